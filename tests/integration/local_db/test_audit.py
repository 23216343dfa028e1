"""audit.db as a real file: append-only, found out when it was edited from outside."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from desktop.domain.audit import AuditEntry
from local_db import schema, tables
from local_db.audit import AuditTrail, read_rows, read_told, verify_file

NOW = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)


def entry(number: int, **more: str) -> AuditEntry:
    return AuditEntry(entry_id=f"e{number}", at=NOW, action="alarm.acknowledge", **more)


@pytest.fixture
def trail(tmp_path: Path):
    trail = AuditTrail(tmp_path / "audit.db")
    trail.append([entry(n, target="告警") for n in range(1, 6)])
    yield trail
    trail.close()


@pytest.fixture
def file(trail, tmp_path: Path) -> Path:
    return tmp_path / "audit.db"


def test_that_the_migration_leads_to_the_tables_that_the_code_uses(tmp_path):
    engine = schema.open_database(tmp_path / "audit.db", schema.AUDIT).engine
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.audit) == []
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET reason = 'x' WHERE seq = 2",
        "DELETE FROM entries WHERE seq = 5",
        "DELETE FROM entries",
        "INSERT OR REPLACE INTO entries SELECT seq, entry_id || 'x', at, seat, user, role, action,"
        " target, outcome, reason, previous, hash FROM entries WHERE seq = 2",
        "INSERT INTO entries SELECT seq + 9, entry_id || 'x', at, seat, user, role, action,"
        " target, outcome, reason, previous, hash FROM entries WHERE seq = 2",
    ],
)
def test_that_sqlite_itself_refuses_to_change_a_row(file, statement):
    with (
        closing(sqlite3.connect(file)) as db,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        db.execute(statement)


def test_that_anchors_can_be_told_but_not_changed_or_removed(trail, file):
    assert trail.anchor(NOW) is not None
    with closing(sqlite3.connect(file)) as db:
        for statement in ("DELETE FROM anchors", "UPDATE anchors SET hash = 'x'"):
            with pytest.raises(sqlite3.IntegrityError):
                db.execute(statement)
    (anchor,) = trail.waiting_anchors()
    trail.told(anchor, NOW)
    assert trail.waiting_anchors() == []
    assert trail.anchor(NOW) is None
    told = read_told(file)
    assert (told.rows, told.anchored_seq, told.waiting) == (5, 5, 0)


@pytest.mark.parametrize(
    ("statement", "first_broken"),
    [
        ("UPDATE entries SET user = 'somebody' WHERE seq = 3", 3),
        ("DELETE FROM entries WHERE seq = 2", 2),
        ("UPDATE entries SET reason = x'ff' WHERE seq = 4", 4),
        ("UPDATE entries SET reason = CAST(x'ff' AS TEXT) WHERE seq = 4", 4),
        ("DELETE FROM entries WHERE seq > 3", 4),
    ],
)
def test_that_a_file_edited_behind_the_triggers_is_found(trail, file, statement, first_broken):
    trail.anchor(NOW)
    assert verify_file(file).broken_seq is None
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        for name in ("entries_no_update", "entries_no_delete"):
            db.execute(f"DROP TRIGGER {name}")
        db.execute(statement)
    verdict = verify_file(file)
    assert verdict.broken_seq == first_broken
    assert verdict.reason


def test_that_a_report_told_twice_is_one_row_and_the_chain_goes_on_after_a_restart(trail, file):
    trail.append([entry(5), entry(6)])
    trail.close()
    again = AuditTrail(file)
    again.append([entry(7)])
    again.close()
    assert [row.entry_id for row in read_rows(file, 3)] == ["e7", "e6", "e5"]
    assert verify_file(file).row_count == 7


def test_that_text_nobody_could_keep_is_kept_as_well_as_can_be(trail, file):
    trail.append([entry(8, reason="\ud800" + "长" * 5000)])
    (row,) = read_rows(file, 1)
    assert row.reason.startswith("?长") and len(row.reason) == 1000
    assert verify_file(file).broken_seq is None


def test_that_the_trail_is_read_in_a_folder_that_cannot_be_written(trail, file, tmp_path):
    trail.close()
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "audit.db").write_bytes(file.read_bytes())
    copy.chmod(0o500)
    try:
        assert verify_file(copy / "audit.db").row_count == 5
    finally:
        copy.chmod(0o700)
