"""Real SQLite files: a lost end is found, a copy is whole and is taken back."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from local_db import backups, mark, outbox, quarantine, schema
from local_db.audit import AuditTrail
from local_db.journal import Journal, Position

NOW = datetime(2026, 7, 14, 18, 0, tzinfo=UTC)


def _written(path: Path, count: int) -> Journal:
    journal = Journal(path)
    for seq in range(1, count + 1):
        journal.set_position(Position("e", seq))
    return journal


def _copied(journal: Path, folder: Path) -> Path:
    """The files as a power cut leaves them: with the write-ahead log."""
    folder.mkdir()
    for ending in ("journal.db", "journal.db-wal", "journal.mark"):
        (folder / ending).write_bytes((journal.parent / ending).read_bytes())
    return folder / "journal.db"


def test_that_a_journal_that_lost_its_end_says_how_much(tmp_path):
    journal = _written(tmp_path / "journal.db", 30)
    cut = _copied(tmp_path / "journal.db", tmp_path / "cut")
    journal.close()
    log = cut.with_name("journal.db-wal")
    os.truncate(log, log.stat().st_size * 2 // 3)
    after = Journal(cut)
    assert 0 < after.position().contiguous < 30
    assert after.opened.lost == 30 - after.position().contiguous and not after.damage
    after.close()
    again = Journal(cut)
    assert again.opened.lost == 0  # told once, then the mark is that of the file
    again.close()


def test_that_a_whole_journal_misses_nothing_after_a_kill_and_after_an_end(tmp_path):
    journal = _written(tmp_path / "journal.db", 30)
    whole = _copied(tmp_path / "journal.db", tmp_path / "whole")
    journal.close()
    for path in (whole, tmp_path / "journal.db"):
        opened = Journal(path)
        assert (opened.opened.lost, opened.position().contiguous) == (0, 30)
        opened.close()


def test_that_what_was_rolled_back_moves_no_mark(tmp_path):
    journal = _written(tmp_path / "journal.db", 3)
    before = mark.read(tmp_path / "journal.db")
    with pytest.raises(sqlite3.OperationalError), journal.engine.begin() as connection:
        connection.connection.driver_connection.execute("DELETE FROM events")
        connection.connection.driver_connection.execute("SELECT nonsense")
    assert mark.read(tmp_path / "journal.db") == before
    journal.close()


def test_that_an_unreadable_mark_is_none(tmp_path):
    journal = _written(tmp_path / "journal.db", 3)
    journal.close()
    (tmp_path / "journal.mark").write_bytes(b"\xff\x00")
    opened = Journal(tmp_path / "journal.db")
    assert opened.opened.lost == 0
    opened.close()


def test_that_a_lost_end_of_the_trail_is_found_after_more_rows_too(tmp_path):
    from local_db.audit import verify_file
    from tests.integration.local_db.test_audit import entry

    trail = AuditTrail(tmp_path / "audit.db")
    trail.append([entry(number) for number in range(5)])
    trail.close()
    with closing(sqlite3.connect(tmp_path / "audit.db")) as db:
        db.execute("DROP TRIGGER entries_no_delete")
        db.execute("DELETE FROM entries WHERE seq > 3")
        db.commit()
    assert verify_file(tmp_path / "audit.db").broken_seq == 4
    trail = AuditTrail(tmp_path / "audit.db")
    assert trail.opened.lost == 2
    trail.append([entry(number) for number in range(10, 20)])
    trail.close()
    assert verify_file(tmp_path / "audit.db").broken_seq == 5


def test_that_a_backup_is_private_complete_and_one_of_seven(tmp_path):
    path = tmp_path / "journal.db"
    journal = _written(path, 3)
    for night in range(10):
        copy = backups.make(path, NOW + timedelta(days=night))
    assert len(backups.newest_first(path)) == backups.KEPT
    assert backups.newest_first(path)[0] == copy and copy.stat().st_mode & 0o077 == 0
    assert backups.made_at(copy) == NOW + timedelta(days=9)
    assert [entry.name for entry in copy.parent.iterdir() if "half" in entry.name] == []
    journal.close()
    restored = Journal(copy)
    assert restored.position() == Position("e", 3)
    restored.close()


def test_that_a_damaged_journal_comes_back_without_the_orders_that_were_on_their_way(tmp_path):
    path = tmp_path / "journal.db"
    journal = _written(path, 3)
    from desktop.domain.link_messages import OrderCondition

    entry = outbox.OutboxEntry("O1", "acknowledge", "a1", {}, "u1", OrderCondition.SENT, 1.0, 2.0)
    outbox.add(journal, entry)
    backups.make(path, NOW)
    outbox.settle(journal, "O1", OrderCondition.ACCEPTED)
    journal.close()
    bad = backups.folder_of(path) / "journal-20300101T000000Z.db"
    bad.write_bytes(b"no database")  # the newest: it is passed over
    path.write_bytes(b"no database")
    restored = Journal(path)
    assert restored.damage and restored.opened.restored_from == NOW
    assert restored.position() == Position("e", 3) and outbox.unsettled(restored) == []
    restored.close()


def test_that_a_condemned_file_is_moved_aside_whatever_a_check_says(tmp_path):
    path = tmp_path / "journal.db"
    _written(path, 3).close()
    quarantine.condemn(path, "数据文件已损坏")
    rebuilt = Journal(path)
    assert rebuilt.damage == "数据文件已损坏" and rebuilt.position() == Position()
    rebuilt.close()
    assert Journal(path).damage == ""


def test_that_a_file_that_is_gone_is_said(tmp_path):
    path = tmp_path / "journal.db"
    _written(path, 3).close()
    path.unlink()
    assert Journal(path).damage == "文件不见了"


def test_that_a_lock_is_no_damage(tmp_path, monkeypatch):
    from desktop.errors import ProfileError

    path = tmp_path / "journal.db"
    _written(path, 3).close()
    monkeypatch.setattr(schema, "BUSY_TIMEOUT_S", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ProfileError, match="占用"):
            Journal(path)
    assert not (tmp_path / "quarantine").exists()
