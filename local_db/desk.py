"""desk.db: what belongs to this desk and is of no use elsewhere.

Preferences, the places of the windows and the notices of the last day. Every method blocks and
raises sqlalchemy.exc.SQLAlchemyError when the disk is full or read-only: the station calls
them one at a time, beside the GUI thread, and goes on without them.
"""

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError

from desktop.reasons import storage_reason, system_reason
from local_db import tables
from local_db.schema import DESK, open_database

SEAT = ""  # owner of the values of the seat
NOTICES_KEPT_S = 24 * 3600.0
NOTICES_AT_MOST = 2_000


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
        opened = open_database(path, DESK)
        self.damage = opened.damage
        self._engine: Engine = opened.engine

    def close(self) -> None:
        self._engine.dispose()

    def preferences(self, owner: str) -> dict[str, Any]:
        """The owner's own values by key; what cannot be read any more is left out."""
        wanted = select(tables.preferences).where(tables.preferences.c.owner == owner)
        found: dict[str, Any] = {}
        with self._engine.begin() as connection:
            for row in connection.execute(wanted):
                try:
                    found[row.key] = json.loads(row.value)
                except ValueError:
                    continue
        return found

    def put_preferences(self, owner: str, values: dict[str, Any]) -> None:
        rows = [
            {"owner": owner, "key": key, "value": json.dumps(value, ensure_ascii=False)}
            for key, value in values.items()
        ]
        put = insert(tables.preferences)
        put = put.on_conflict_do_update(
            index_elements=["owner", "key"], set_={"value": put.excluded.value}
        )
        with self._engine.begin() as connection:
            connection.execute(put, rows)

    def window_place(self, window: str) -> str | None:
        wanted = select(tables.window_places.c.place).where(tables.window_places.c.window == window)
        with self._engine.begin() as connection:
            return connection.execute(wanted).scalar()

    def put_window_place(self, window: str, place: str) -> None:
        put = insert(tables.window_places).values(window=window, place=place)
        put = put.on_conflict_do_update(index_elements=["window"], set_={"place": place})
        with self._engine.begin() as connection:
            connection.execute(put)

    def notices(self, since: datetime) -> list[StoredNotice]:
        """Oldest first."""
        table = tables.notices
        wanted = select(table).where(table.c.at >= since.timestamp()).order_by(table.c.at)
        with self._engine.begin() as connection:
            return [
                StoredNotice(
                    row.id, row.key, row.level, row.title, row.text, row._mapping["count"],
                    datetime.fromtimestamp(row.first_at, UTC),
                    datetime.fromtimestamp(row.at, UTC), bool(row.is_read),
                )
                for row in connection.execute(wanted)
            ]  # fmt: skip

    def put_notice(self, notice: StoredNotice) -> None:
        """Adds it, or replaces its former count; what is older than a day goes."""
        table = tables.notices
        values = {
            "id": notice.notice_id, "key": notice.key, "level": notice.level,
            "title": notice.title, "text": notice.text, "count": notice.count,
            "first_at": notice.first_at.timestamp(), "at": notice.at.timestamp(),
            "is_read": int(notice.is_read),
        }  # fmt: skip
        put = insert(table).values(values)
        put = put.on_conflict_do_update(index_elements=["id"], set_=values)
        newest = select(table.c.id).order_by(table.c.at.desc()).limit(NOTICES_AT_MOST)
        with self._engine.begin() as connection:
            connection.execute(put)
            before = notice.at.timestamp() - NOTICES_KEPT_S
            connection.execute(delete(table).where(table.c.at < before))
            connection.execute(delete(table).where(table.c.id.not_in(newest)))

    def mark_read(self) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(tables.notices).values(is_read=1))


def why(error: Exception) -> str:
    """The operator's word for a failure of this file."""
    if isinstance(error, OSError):
        return system_reason(error)
    if isinstance(error, SQLAlchemyError | sqlite3.Error):
        return storage_reason(error)
    return str(error)
