"""audit.db: the append-only trail. The link writes it; others read with mode=ro.

Nothing is ever pruned here: how long a trail is kept is the administrator's matter.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from sqlalchemy import Connection, Engine

from desktop.domain.audit import (
    FIRST_PREVIOUS,
    Anchor,
    AuditEntry,
    AuditRow,
    Verdict,
    chained,
    verify,
)
from local_db import mark
from local_db.mark import Reached
from local_db.quarantine import condemning
from local_db.schema import AUDIT, open_database

MOST_CHARS = 1000  # of one text of an entry
_COLUMNS = AuditRow.__struct_fields__
_INSERT = f"INSERT INTO entries ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM entries"


class Told(NamedTuple):
    """How far the platform knows the chain. Times are RFC 3339, empty when never."""

    rows: int
    anchored_seq: int
    anchored_at: str
    waiting: int


class AuditTrail:
    """Opened by the link alone; its methods block, from any thread."""

    def __init__(self, path: Path) -> None:
        """Raises ProfileError; `damage` says why a former file was moved to quarantine."""
        opened = open_database(path, AUDIT)
        self._engine: Engine = opened.engine
        # A cancelled task leaves its write running: the next one waits, and finds its rows.
        self._one = threading.Lock()
        self._path = path
        self.opened = opened
        self.damage = opened.damage
        if opened.missed is not None:
            self._remember_the_gap(opened.missed)

    def close(self) -> None:
        with self._one:
            self._engine.dispose()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._one, condemning(self._path), self._engine.begin() as connection:
            yield connection

    def _remember_the_gap(self, missed: Reached) -> None:
        """The head that was lost stays an anchor: nobody gets a chain without it accepted."""
        now = _time(datetime.now(UTC))
        with self._writing() as connection:
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO anchors VALUES (?, ?, ?, ?)", (*missed, now, now)
            )

    def append(self, entries: Sequence[AuditEntry]) -> Anchor:
        """One transaction; an entry_id that is there already adds nothing. Gives the head."""
        with self._writing() as connection:
            head = _head(connection)
            for entry in entries:
                if _is_there(connection, entry.entry_id):
                    continue
                row = chained(_clean(entry), head)
                connection.exec_driver_sql(_INSERT, _values(row))
                head = Anchor(row.seq, row.hash)
        return head

    def anchor(self, at: datetime) -> Anchor | None:
        """Notes the present head to be told to the platform; None while it is told already."""
        with self._writing() as connection:
            head = _head(connection)
            if not head.seq:
                return None
            added = connection.exec_driver_sql(
                "INSERT OR IGNORE INTO anchors VALUES (?, ?, ?, NULL)",
                (head.seq, head.hash, _time(at)),
            )
        return head if added.rowcount == 1 else None

    def waiting_anchors(self) -> list[Anchor]:
        """Not told yet, oldest first."""
        with self._writing() as connection:
            rows = connection.exec_driver_sql(
                "SELECT seq, hash FROM anchors WHERE told_at IS NULL ORDER BY seq"
            )
            return [Anchor(*row) for row in rows]

    def told(self, anchor: Anchor, at: datetime) -> None:
        with self._writing() as connection:
            connection.exec_driver_sql(
                "UPDATE anchors SET told_at = ? WHERE seq = ?", (_time(at), anchor.seq)
            )


def read_rows(path: Path, limit: int) -> list[AuditRow]:
    """The newest first. Raises sqlite3.Error."""
    with reading(path) as db:
        rows = db.execute(f"{_SELECT} ORDER BY seq DESC LIMIT ?", (limit,)).fetchall()
    return [_row(row) for row in rows]


def read_told(path: Path) -> Told:
    """Raises sqlite3.Error."""
    with reading(path) as db:
        (rows,) = db.execute("SELECT coalesce(max(seq), 0) FROM entries").fetchone()
        last = db.execute(
            "SELECT seq, told_at FROM anchors WHERE told_at IS NOT NULL ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        (waiting,) = db.execute("SELECT count(*) FROM anchors WHERE told_at IS NULL").fetchone()
    seq, at = last or (0, "")
    return Told(rows, seq, at, waiting)


def verify_file(path: Path) -> Verdict:
    """Walks the whole chain, up to where the mark beside it says that it was written.

    Raises sqlite3.Error when the file cannot be read at all.
    """
    reached = mark.read(path)  # first: rows that follow meanwhile do no harm
    with reading(path) as db:
        db.execute("BEGIN")  # rows and anchors of one moment, though the link goes on writing
        anchors = [Anchor(*row) for row in db.execute("SELECT seq, hash FROM anchors")]
        if reached is not None and reached.count:
            anchors.append(Anchor(*reached))
        rows = (_row(row) for row in db.execute(f"{_SELECT} ORDER BY seq"))
        return verify(rows, anchors)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Read-only. In a folder that cannot be written SQLite gets no -shm file: then the file is
    read as one that nobody writes."""
    where = f"file:{quote(str(path.absolute()))}?mode=ro"
    try:
        db = sqlite3.connect(where, uri=True, timeout=5.0)
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        if not path.exists():
            raise
        db = sqlite3.connect(where + "&immutable=1", uri=True)
    db.text_factory = _text  # a row that somebody damaged is found, not an error
    with contextlib.closing(db):
        yield db


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _head(connection: Connection) -> Anchor:
    last = connection.exec_driver_sql(
        "SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return Anchor(*last) if last else Anchor(0, FIRST_PREVIOUS)


def _is_there(connection: Connection, entry_id: str) -> bool:
    found = connection.exec_driver_sql("SELECT 1 FROM entries WHERE entry_id = ?", (entry_id,))
    return found.fetchone() is not None


def _clean(entry: AuditEntry) -> AuditEntry:
    """Text that a database can keep, of bounded length."""

    def kept(text: str) -> str:
        return text[:MOST_CHARS].encode("utf-8", "replace").decode("utf-8")

    return AuditEntry(
        entry_id=kept(entry.entry_id),
        at=entry.at,
        seat=kept(entry.seat),
        user=kept(entry.user),
        role=kept(entry.role),
        action=kept(entry.action),
        target=kept(entry.target),
        outcome=kept(entry.outcome),
        reason=kept(entry.reason),
    )


def _values(row: AuditRow) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _COLUMNS)


def _row(values: tuple[object, ...]) -> AuditRow:
    return AuditRow(**dict(zip(_COLUMNS, values, strict=True)))  # type: ignore[arg-type]


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
