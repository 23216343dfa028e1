"""desk.db: what belongs to this desk and is of no use elsewhere.

Preferences, the places of the windows and the notices of the last day. Every method blocks and
raises sqlite3.Error when the disk is full or read-only: the station calls them one at a time,
beside the GUI thread, and goes on without them.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from desktop.reasons import storage_reason, system_reason
from local_db.desk_file import open_desk

SEAT = ""  # owner of the values of the seat
NOTICES_KEPT_S = 24 * 3600.0
NOTICES_AT_MOST = 2_000
_COLUMNS = "id, key, level, title, text, count, first_at, at, is_read"  # as in StoredNotice


class StoredNotice(NamedTuple):
    """`at` is the last of `count` times; `level` is notice, warning or red."""

    notice_id: str
    key: str
    level: str
    title: str
    text: str
    count: int
    first_at: datetime
    at: datetime
    is_read: bool


class Desk:
    """An opened desk.db."""

    def __init__(self, path: Path) -> None:
        """Raises ProfileError when the file cannot be used."""
        self._db, self.damage = open_desk(path)

    def close(self) -> None:
        self._db.close()

    def preferences(self, owner: str) -> dict[str, Any]:
        """The owner's own values by key; what cannot be read any more is left out."""
        found: dict[str, Any] = {}
        query = "SELECT key, value FROM preferences WHERE owner = ?"
        for key, value in self._db.execute(query, (owner,)).fetchall():
            with contextlib.suppress(ValueError):
                found[key] = json.loads(value)
        return found

    def put_preferences(self, owner: str, values: dict[str, Any]) -> None:
        rows = [
            (owner, key, json.dumps(value, ensure_ascii=False)) for key, value in values.items()
        ]
        with self._writing() as db:
            db.executemany(
                "INSERT INTO preferences (owner, key, value) VALUES (?, ?, ?) "
                "ON CONFLICT (owner, key) DO UPDATE SET value = excluded.value",
                rows,
            )

    def window_place(self, window: str) -> str | None:
        query = "SELECT place FROM window_places WHERE window = ?"
        row = self._db.execute(query, (window,)).fetchone()
        return row[0] if row else None

    def put_window_place(self, window: str, place: str) -> None:
        with self._writing() as db:
            db.execute(
                "INSERT INTO window_places (window, place) VALUES (?, ?) "
                "ON CONFLICT (window) DO UPDATE SET place = excluded.place",
                (window, place),
            )

    def notices(self, since: datetime) -> list[StoredNotice]:
        """Oldest first."""
        query = f"SELECT {_COLUMNS} FROM notices WHERE at >= ? ORDER BY at"
        rows = self._db.execute(query, (since.timestamp(),)).fetchall()
        return [_notice(*row) for row in rows]

    def put_notice(self, notice: StoredNotice) -> None:
        """Adds it, or replaces its former count; what is older than a day goes."""
        at_s = notice.at.timestamp()
        values = (*notice[:6], notice.first_at.timestamp(), at_s, int(notice.is_read))
        with self._writing() as db:
            db.execute(
                f"INSERT OR REPLACE INTO notices ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            db.execute("DELETE FROM notices WHERE at < ?", (at_s - NOTICES_KEPT_S,))
            db.execute(
                "DELETE FROM notices WHERE id NOT IN "
                "(SELECT id FROM notices ORDER BY at DESC LIMIT ?)",
                (NOTICES_AT_MOST,),
            )

    def mark_read(self) -> None:
        with self._writing() as db:
            db.execute("UPDATE notices SET is_read = 1")

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # SQLite itself ends one that met a full disk
                self._db.execute("ROLLBACK")
            raise


def _notice(
    notice_id: str, key: str, level: str, title: str, text: str, count: int,
    first_at_s: float, at_s: float, is_read: int,
) -> StoredNotice:  # fmt: skip
    first_at, at = datetime.fromtimestamp(first_at_s, UTC), datetime.fromtimestamp(at_s, UTC)
    return StoredNotice(notice_id, key, level, title, text, count, first_at, at, bool(is_read))


def why(error: Exception) -> str:
    """The operator's word for a failure of this file."""
    if isinstance(error, OSError):
        return system_reason(error)
    if isinstance(error, sqlite3.Error):
        return storage_reason(error)
    return str(error)
