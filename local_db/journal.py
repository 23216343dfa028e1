"""journal.db: the gap-free event log, the latest state of each alarm, and what was refused.

Every method runs on the one writer thread of the link. The hot path writes raw batches
(measured: a third of the cost of the ORM's Core), the rest goes through SQLAlchemy.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.sqlite import insert

from desktop.domain.alarms import Alarm, AlarmEvent, supersedes
from local_db import tables
from local_db.schema import JOURNAL, open_database

E = TypeVar("E")

MAX_QUARANTINE_BYTES = 64 * 1024
MAX_QUARANTINE_ROWS = 1000
_INSERT_EVENT = "INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?)"
_PUT_ALARM = """
INSERT INTO alarms VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (alarm_id) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq,
    revision = excluded.revision, is_open = excluded.is_open, body = excluded.body
WHERE excluded.epoch <> alarms.epoch
   OR (excluded.seq, excluded.revision) > (alarms.seq, alarms.revision)
"""
_OLDEST_EVENTS = """
SELECT rowid, at, EXISTS (SELECT 1 FROM alarms WHERE alarms.alarm_id = events.alarm_id AND is_open)
FROM events WHERE rowid > ? ORDER BY rowid LIMIT ?
"""
_SILENT_ALARMS = """
SELECT rowid, kept, CASE WHEN kept THEN x'' ELSE body END FROM (
    SELECT rowid, body, is_open OR EXISTS (
        SELECT 1 FROM events WHERE events.alarm_id = alarms.alarm_id
    ) AS kept
    FROM alarms WHERE rowid > ? ORDER BY rowid LIMIT ?
)
"""
_PUT_META = "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
_encode = msgspec.json.Encoder().encode
_decode_alarm = msgspec.json.Decoder(Alarm).decode
_decode_alarms = msgspec.json.Decoder(list[Alarm]).decode


class StoredEvent(NamedTuple, Generic[E]):
    """An event of one of the logs and the message that it came in."""

    event: E
    body: bytes


class Position(NamedTuple):
    """Up to where the log of `epoch` is complete. An empty epoch: nothing known yet."""

    epoch: str = ""
    contiguous: int = 0


class Journal:
    """Opened by the link alone; the station reads the same file with mode=ro."""

    def __init__(self, path: Path) -> None:
        """Raises ProfileError; see `damage` for what had to be moved aside."""
        opened = open_database(path, JOURNAL)
        self.engine: Engine = opened.engine
        self.path = path
        self.opened = opened
        self.damage = opened.damage

    def close(self) -> None:
        self.engine.dispose()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Without the lock of a writer: another program that has it holds up no reader."""
        with contextlib.closing(self.engine.raw_connection()) as connection:
            yield connection.driver_connection  # pyright: ignore

    # ---- the log -------------------------------------------------------------------------

    def record(
        self, stored: Sequence[StoredEvent[AlarmEvent]], position: Position, stale: bool = False
    ) -> None:
        """One transaction: events, the alarms after them, and how far the log is complete.

        Events that are there already change nothing. `stale` ones, of an epoch that is
        gone, are kept without touching the present state.
        """
        latest: dict[str, Alarm] = {}
        for event, _ in stored:
            if not stale and supersedes(event.alarm, latest.get(event.alarm.alarm_id)):
                latest[event.alarm.alarm_id] = event.alarm
        with self.engine.begin() as connection:
            raw = raw_of(connection)
            raw.executemany(_INSERT_EVENT, [_event_row(entry) for entry in stored])
            raw.executemany(_PUT_ALARM, [_alarm_row(alarm) for alarm in latest.values()])
            raw.executemany(_PUT_META, _position_rows(position))

    def position(self) -> Position:
        epoch = self.meta("epoch")
        return Position(epoch, int(self.meta("contiguous") or 0))

    def set_position(self, position: Position) -> None:
        with self.engine.begin() as connection:
            raw_of(connection).executemany(_PUT_META, _position_rows(position))

    def sequences_after(self, position: Position) -> set[int]:
        """Sequence numbers of the epoch that are stored beyond the complete part."""
        query = select(tables.events.c.seq).where(
            tables.events.c.epoch == position.epoch, tables.events.c.seq > position.contiguous
        )
        with self.engine.begin() as connection:
            return set(connection.execute(query).scalars())

    # ---- alarms --------------------------------------------------------------------------

    def present(self, alarm_ids: Iterable[str]) -> dict[str, Alarm]:
        """The known ones of these, by alarm_id; without rows that this version cannot read."""
        query = "SELECT body FROM alarms WHERE alarm_id IN (SELECT value FROM json_each(?))"
        with self.reading() as db:
            rows = db.execute(query, (msgspec.json.encode(list(alarm_ids)).decode(),)).fetchall()
        found = (_readable(body) for (body,) in rows)
        return {alarm.alarm_id: alarm for alarm in found if alarm is not None}

    def open_alarms(self) -> list[Alarm]:
        """Rows that this version cannot read are left out; the next snapshot repairs them."""
        with self.reading() as db:
            rows = db.execute("SELECT body FROM alarms WHERE is_open").fetchall()
        try:
            return _decode_alarms(b"[" + b",".join(body for (body,) in rows) + b"]")
        except msgspec.MsgspecError:
            return [alarm for (body,) in rows if (alarm := _readable(body))]

    def merge_snapshot(
        self,
        as_of: Position,
        alarms: Sequence[Alarm],
        unreadable: Iterable[str] = (),
        is_whole: bool = True,
    ) -> bool:
        """The platform's open alarms as of a position; True when the open list changed.

        What is open here, absent there and not newer than the snapshot is closed, unless
        the snapshot may have holes. An alarm that was there but `unreadable` stays as it is.
        """
        given = {alarm.alarm_id for alarm in alarms} | set(unreadable)
        with self.engine.begin() as connection:
            raw = raw_of(connection)
            before = raw.total_changes
            raw.executemany(_PUT_ALARM, [_alarm_row(alarm) for alarm in alarms])
            rows = raw.execute("SELECT alarm_id, epoch, seq FROM alarms WHERE is_open")
            gone = [
                (alarm_id,)
                for alarm_id, epoch, seq in rows.fetchall()
                if alarm_id not in given
                and (epoch != as_of.epoch or (is_whole and seq <= as_of.contiguous))
            ]
            raw.executemany("UPDATE alarms SET is_open = 0 WHERE alarm_id = ?", gone)
            return raw.total_changes != before

    # ---- what was refused ----------------------------------------------------------------

    def put_quarantine(self, rows: Iterable[tuple[str, datetime, str, bytes]]) -> None:
        """(topic, received_at, reason, payload); the same topic and reason are counted."""
        table = tables.quarantine
        with self.engine.begin() as connection:
            for topic, received_at, reason, payload in rows:
                statement = insert(table).values(
                    topic=topic,
                    received_at=received_at.isoformat(),
                    reason=reason,
                    payload=payload[:MAX_QUARANTINE_BYTES],
                    count=1,
                )
                connection.execute(
                    statement.on_conflict_do_update(
                        index_elements=["topic", "reason"],
                        set_={
                            "count": table.c.count + 1,
                            "received_at": statement.excluded.received_at,
                        },
                    )
                )
            newest = select(table.c.id).order_by(table.c.id.desc()).limit(MAX_QUARANTINE_ROWS)
            connection.execute(delete(table).where(table.c.id.not_in(newest)))

    # ---- meta ----------------------------------------------------------------------------

    def meta(self, key: str) -> str:
        """Empty when it was never set."""
        with self.reading() as db:
            row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] or "" if row else ""

    def set_meta(self, key: str, value: str) -> None:
        with self.engine.begin() as connection:
            raw_of(connection).execute(_PUT_META, (key, value))

    # ---- what is forgotten ---------------------------------------------------------------

    def prune_events(self, before: datetime, after_row: int, count: int) -> int:
        """Looks at the next `count` events behind `after_row` and forgets the old ones.

        Events of open alarms stay, however old. Rows lie in the order of their arrival.
        Gives the row to go on from; 0 when what follows is young, or nothing follows.
        """
        with self.engine.begin() as connection:
            raw = raw_of(connection)
            rows = raw.execute(_OLDEST_EVENTS, (after_row, count)).fetchall()
            old = [row for row, at, _ in rows if _is_before(at, before)]
            gone = [(row,) for row, at, is_open in rows if not is_open and _is_before(at, before)]
            raw.executemany("DELETE FROM events WHERE rowid = ?", gone)
        return rows[-1][0] if old and len(rows) == count else 0

    def prune_alarms(self, before: datetime, after_row: int, count: int) -> int:
        """The same for closed alarms of which no event is left."""
        with self.engine.begin() as connection:
            raw = raw_of(connection)
            rows = raw.execute(_SILENT_ALARMS, (after_row, count)).fetchall()
            gone = [
                (row,)
                for row, is_kept, body in rows
                if not is_kept and ((alarm := _readable(body)) is None or alarm.updated_at < before)
            ]
            raw.executemany("DELETE FROM alarms WHERE rowid = ?", gone)
        return rows[-1][0] if len(rows) == count else 0


def raw_of(connection) -> sqlite3.Connection:  # pyright: ignore
    """Below SQLAlchemy, for what is written often."""
    return connection.connection.driver_connection  # pyright: ignore


def _is_before(at: str, limit: datetime) -> bool:
    """Platforms give times of any offset: text cannot be compared."""
    return datetime.fromisoformat(at) < limit


def _event_row(entry: StoredEvent[AlarmEvent]) -> tuple[str, int, str, str, str, bytes]:
    event, body = entry
    return event.epoch, event.seq, event.kind, event.at.isoformat(), event.alarm.alarm_id, body


def _alarm_row(alarm: Alarm) -> tuple[str, str, int, int, int, bytes]:
    is_open = int(alarm.is_open)
    return alarm.alarm_id, alarm.epoch, alarm.seq, alarm.revision, is_open, _encode(alarm)


def _position_rows(position: Position) -> list[tuple[str, str]]:
    return [("epoch", position.epoch), ("contiguous", str(position.contiguous))]


def _readable(body: bytes) -> Alarm | None:
    try:
        return _decode_alarm(body)
    except msgspec.MsgspecError:
        return None
