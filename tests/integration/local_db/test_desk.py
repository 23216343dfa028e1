"""desk.db on a real disk."""

import contextlib
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from desktop.errors import ProfileError
from local_db import schema, tables
from local_db.desk import Desk, StoredNotice

NOW = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "desk.db")
    yield made
    made.close()


def notice(notice_id: str, age_h: float = 0, **changes) -> StoredNotice:
    at = NOW - timedelta(hours=age_h)
    made = StoredNotice(notice_id, "k", "notice", "标题", "说明", 1, at, at, False)
    return made._replace(**changes)


def test_that_the_migrations_lead_to_the_tables_that_the_code_uses(tmp_path):
    engine = schema.open_database(tmp_path / "desk.db", schema.DESK).engine
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.desk) == []
    engine.dispose()


def test_that_a_new_file_is_what_the_migrations_lead_to(tmp_path):
    def form(path: Path) -> list[tuple[str, ...]]:
        with contextlib.closing(sqlite3.connect(path)) as db:
            told = [db.execute(f"PRAGMA {name}").fetchone() for name in ("application_id",)]
            told += db.execute("SELECT version_num FROM alembic_version").fetchall()
            rows = db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        return told + [(name, re.sub(r"[\s\"]+", "", sql or "")) for name, sql in rows]

    Desk(tmp_path / "new.db").close()
    schema.open_database(tmp_path / "migrated.db", schema.DESK).engine.dispose()
    assert form(tmp_path / "new.db") == form(tmp_path / "migrated.db")


def test_that_an_older_file_is_migrated_and_a_newer_one_refused(tmp_path):
    path = tmp_path / "desk.db"
    Desk(path).close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        for name in ("alembic_version", "preferences", "window_places", "notices"):
            db.execute(f"DROP TABLE {name}")  # as before the first migration
    made = Desk(path)
    made.put_window_place("main", "{1}")
    assert made.window_place("main") == "{1}"
    assert made.damage == ""
    made.close()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE alembic_version SET version_num = 'd9999'")
        db.commit()
    with pytest.raises(ProfileError, match="更新版本"):
        Desk(path)


def test_that_a_damaged_file_is_moved_aside_and_a_new_one_serves(tmp_path):
    path = tmp_path / "desk.db"
    path.write_bytes(b"no database at all" * 300)
    desk = Desk(path)
    desk.put_preferences("", {"theme": "light"})
    assert desk.preferences("") == {"theme": "light"}
    assert desk.damage
    desk.close()
    assert len(list((tmp_path / "quarantine").glob("desk-*.db"))) == 1


def test_that_each_owner_has_values_of_their_own(desk):
    desk.put_preferences("", {"theme": "light", "volume_percent": 80})
    desk.put_preferences("u-1", {"theme": "dark", "list_levels": ["red"]})
    desk.put_preferences("u-1", {"theme": "light"})
    assert desk.preferences("u-1") == {"theme": "light", "list_levels": ["red"]}
    assert desk.preferences("") == {"theme": "light", "volume_percent": 80}
    assert desk.preferences("u-2") == {}


def test_that_the_place_of_a_window_is_the_last_one(desk):
    assert desk.window_place("main") is None
    desk.put_window_place("main", "{1}")
    desk.put_window_place("main", "{2}")
    assert desk.window_place("main") == "{2}"


def test_that_notices_are_kept_for_a_day_and_counted_in_place(desk):
    desk.put_notice(notice("old", age_h=25))
    desk.put_notice(notice("a", age_h=23))
    desk.put_notice(notice("b"))
    desk.put_notice(notice("b", count=7))
    kept = desk.notices(NOW - timedelta(days=1))
    assert [(one.notice_id, one.count) for one in kept] == [("a", 1), ("b", 7)]
    assert kept[0].at == NOW - timedelta(hours=23)
    desk.mark_read()
    assert all(one.is_read for one in desk.notices(NOW - timedelta(days=2)))
    assert [one.notice_id for one in desk.notices(NOW - timedelta(days=3))] == ["a", "b"]
