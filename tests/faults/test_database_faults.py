"""The desk's databases are damaged, cut, locked and exchanged under a real link."""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config

from local_db import backups, schema
from local_db.cache import read_cameras
from tests.command_center import ROOT
from tests.faults import damage, invariants
from tests.faults.rig import City, Desk, seconds, wait_for

REBUILT_S = 30.0
SHOWN_S = 5.0
LINK_REFUSES, LINK_FAILED = 2, 70


@pytest.fixture(scope="module")
def city(one_city: City) -> City:
    """One for all: what is damaged here belongs to the desks."""
    return one_city


def told(desk: Desk, key: str, limit_s: float = 20.0) -> tuple[str, str]:
    """Title and text of what is said of one of the files."""
    notice = wait_for(
        lambda: desk.lights()["storage_notices"].get(key), limit_s, f"a notice of {key}"
    )
    return notice[0], notice[1]


def in_the_trail(desk: Desk, action: str) -> None:
    """What was found of the trail is the trail's own entry too."""
    query = f"SELECT 1 FROM entries WHERE action = '{action}'"
    wait_for(lambda: desk.audit(query), 10.0, f"{action} in the trail")


def end_link(desk: Desk) -> None:
    """As at a power cut: nothing is put in order."""
    desk.kill_link()
    wait_for(lambda: not desk.lights()["linked"], 10.0, "the station has noticed")


def in_quarantine(desk: Desk, name: str) -> list[Path]:
    return sorted((desk.profile / "quarantine").glob(f"{name}-*.db"))


def has_alarm(desk: Desk, alarm_id: str) -> bool:
    return bool(desk.journal("SELECT 1 FROM alarms WHERE alarm_id = ?", alarm_id))


def raised(city: City, desk: Desk) -> str:
    alarm_id = city.raise_alarm(level="red")["alarm_id"]
    desk.wait_shown(alarm_id)
    wait_for(lambda: has_alarm(desk, alarm_id), 10.0, "it is in the journal")
    return alarm_id


def main_py(desk: Desk, *words: str) -> "subprocess.CompletedProcess[str]":
    program = [sys.executable, "main.py", *words, "--profile", str(desk.profile)]
    return subprocess.run(
        program, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


# ---- damage ------------------------------------------------------------------------------


@pytest.mark.fault("35", "cache.db 损坏：文件头、中间页、末页、半个、空文件", promise="≤ 30 s 重建")
def test_that_a_damaged_cache_is_rebuilt_and_said_and_the_journal_stays(
    city: City, desk: Desk, measured: dict[str, Any]
) -> None:
    cache = desk.profile / "cache.db"
    wait_for(lambda: len(read_cameras(cache)) > 5, REBUILT_S * 3, "the cameras are mirrored")
    known = len(read_cameras(cache))
    slowest_s = 0.0
    for name, harm in damage.DAMAGES.items():
        alarm_id = raised(city, desk)
        end_link(desk)
        harm(cache)
        desk.start_link()
        title, text = told(desk, "cache")
        assert "名册" in title and "quarantine" in text and "不用操作" in text, name
        assert "journal" not in desk.lights()["storage_notices"], name
        slowest_s = max(
            slowest_s,
            seconds(lambda: len(read_cameras(cache)) == known, REBUILT_S * 3, "cameras again"),
        )
        desk.wait_shown(alarm_id)
        assert has_alarm(desk, alarm_id), name
    assert len(in_quarantine(desk, "cache")) == 3
    assert desk.lights()["storage_word"] == "已重建"
    measured["重建最慢_s"] = slowest_s
    invariants.nothing_lost(city, desk)
    invariants.normal_again(desk)


@pytest.mark.fault("35", "journal.db 损坏：文件头、中间页、末页、半个、空文件", promise="≤ 30 s")
def test_that_a_damaged_journal_comes_back_from_its_backup_and_the_platform(
    city: City, desk: Desk, measured: dict[str, Any]
) -> None:
    journal = desk.profile / "journal.db"
    before = raised(city, desk)
    backups.make(journal, datetime.now(UTC))
    slowest_s = 0.0
    for name, harm in {**damage.DAMAGES, "gone": damage.gone}.items():
        after = raised(city, desk)
        end_link(desk)
        harm(journal)
        began_s = time.monotonic()
        desk.start_link()
        title, text = told(desk, "journal")
        assert "已恢复" in title and "备份" in text and "核对" in text, name
        wait_for(lambda one=after: has_alarm(desk, one), REBUILT_S * 3, "back from the platform")
        desk.wait_live()
        slowest_s = max(slowest_s, time.monotonic() - began_s)
        for alarm_id in (before, after):
            desk.wait_shown(alarm_id)
        assert "cache" not in desk.lights()["storage_notices"], name
    assert len(in_quarantine(desk, "journal")) == 3
    measured["恢复最慢_s"] = round(slowest_s, 2)
    assert slowest_s <= REBUILT_S * 3
    invariants.nothing_lost(city, desk)


@pytest.mark.fault("35", "journal.db 损坏且没有备份", promise="≤ 30 s")
def test_that_a_damaged_journal_without_a_backup_is_made_anew(city: City, desk: Desk) -> None:
    alarm_id = raised(city, desk)
    end_link(desk)
    damage.header(desk.profile / "journal.db")
    desk.start_link()
    title, text = told(desk, "journal")
    assert "已重建" in title and "丢失" in text and "核对" in text
    wait_for(lambda: has_alarm(desk, alarm_id), REBUILT_S * 3, "open alarms are back")
    desk.wait_live()
    desk.since = desk.position()  # the log of before belongs to the file that is gone
    raised(city, desk)
    invariants.nothing_lost(city, desk)


@pytest.mark.fault("35", "audit.db 损坏", promise="另起新链，照常记录")
def test_that_a_damaged_trail_starts_a_new_chain_and_says_so(city: City, desk: Desk) -> None:
    audit = desk.profile / "audit.db"
    for harm in (damage.header, damage.half, damage.zero_length):
        end_link(desk)
        harm(audit)
        desk.start_link()
        title, text = told(desk, "audit")
        assert "另起" in title and "保全原文件" in text
        in_the_trail(desk, "audit.restarted")
    desk.wait_live()
    assert main_py(desk, "audit", "verify").returncode == 0


@pytest.mark.fault("35", "运行中页面损坏", promise="自动重建，告警不断")
def test_that_damage_met_while_working_is_mended_by_a_new_link(city: City, desk: Desk) -> None:
    """The file is harmed under a link that has it open, as by a failing disk."""
    raised(city, desk)
    before = desk.link_pid
    journal = desk.profile / "journal.db"
    with closing(sqlite3.connect(journal)) as db:
        pages = {
            row[0]
            for row in db.execute(
                "SELECT rootpage FROM sqlite_master WHERE tbl_name IN ('events', 'alarms')"
            )
        }
        db.execute("PRAGMA wal_checkpoint(RESTART)")
    with journal.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * damage.PAGE_BYTES)
            file.write(b"\xee" * damage.PAGE_BYTES)
    with closing(sqlite3.connect(journal, timeout=20)) as db:  # who else writes: caches are void
        db.execute("INSERT OR REPLACE INTO meta VALUES ('nudge', '1')")
        db.commit()
    alarm_id = city.raise_alarm(level="red")["alarm_id"]
    assert wait_ended(desk) == LINK_FAILED
    desk.start_link()  # the supervisor's part
    assert desk.link_pid != before
    title, _ = told(desk, "journal")
    assert "已重建" in title
    desk.wait_shown(alarm_id)
    desk.wait_live()


def wait_ended(desk: Desk) -> int:
    process = desk.link.process
    assert process is not None and process.stdin is not None
    code = process.wait(30)
    process.stdin.close()
    return code


# ---- a lost end --------------------------------------------------------------------------


@pytest.mark.gate
@pytest.mark.fault("36", "journal.db 的 WAL 截到 2/3", promise="一定报出，由平台补齐")
def test_that_a_cut_log_of_the_journal_is_never_taken_for_well(
    city: City, desk: Desk, measured: dict[str, Any]
) -> None:
    alarms = [city.raise_alarm()["alarm_id"] for _ in range(20)]
    for alarm_id in alarms:
        desk.wait_shown(alarm_id)
    wait_for(lambda: has_alarm(desk, alarms[-1]), 10.0, "they are in the journal")
    end_link(desk)
    assert damage.cut_log(desk.profile / "journal.db") > 0
    findings = json.loads(main_py(desk, "doctor", "--json").stdout)["findings"]
    (found,) = [one for one in findings if one["part"] == "数据库 journal.db"]
    assert found["verdict"] == "failed" and "不见了" in found["reason"]
    desk.start_link()
    title, text = told(desk, "journal")
    assert "缺了末尾" in title and "补收" in text and "核对" in text
    measured["补齐_s"] = invariants.nothing_lost(city, desk)
    for alarm_id in alarms:
        desk.wait_shown(alarm_id)


@pytest.mark.fault("36", "audit.db 的 WAL 截到 2/3", promise="一定报出")
def test_that_a_cut_log_of_the_trail_is_found_now_and_ever_after(city: City, desk: Desk) -> None:
    for _ in range(6):
        order_id = desk.order("acknowledge", raised(city, desk))
        wait_for(lambda one=order_id: one in desk.order_states(), 10.0, "it was answered")
    end_link(desk)
    assert damage.cut_log(desk.profile / "audit.db") > 0
    cut = main_py(desk, "audit", "verify")
    assert cut.returncode == 2 and "末尾缺" in cut.stdout
    desk.start_link()
    title, text = told(desk, "audit")
    assert "缺了末尾" in title and "管理员" in text
    in_the_trail(desk, "audit.tail_lost")
    desk.wait_live()
    assert main_py(desk, "audit", "verify").returncode == 2  # rows that follow do not heal it


# ---- a lock ------------------------------------------------------------------------------


@pytest.mark.fault("37", "别的进程占住 journal.db 写锁 10 s", promise="告警照常显示")
def test_that_alarms_are_shown_though_another_program_holds_the_lock(
    city: City, desk: Desk, measured: dict[str, Any]
) -> None:
    with closing(sqlite3.connect(desk.profile / "journal.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began_s = time.monotonic()
        alarm_id = city.raise_alarm(level="red")["alarm_id"]
        measured["显示_s"] = desk.wait_shown(alarm_id, SHOWN_S * 3)
        title, text = told(desk, "write")
        assert "写不进" in title and "占用" in text and "没有存盘" in text
        assert not has_alarm(desk, alarm_id)
        desk.kill_station()  # a window that comes now sees what is in memory only
        desk.start_station()
        desk.wait_shown(alarm_id)
        wait_for(lambda: time.monotonic() - began_s >= 10, 15.0, "ten seconds are over")
        other.execute("ROLLBACK")
    wait_for(lambda: has_alarm(desk, alarm_id), 15.0, "it is saved")
    wait_for(lambda: "已恢复" in told(desk, "write")[0], 15.0, "that is said")
    invariants.nothing_lost(city, desk)
    desk.wait_live()


# ---- versions ----------------------------------------------------------------------------


@pytest.mark.fault("39", "旧版本的 journal.db", promise="升级，先备份")
def test_that_an_older_file_is_migrated_with_a_copy_of_before(city: City, desk: Desk) -> None:
    end_link(desk)
    journal = desk.profile / "journal.db"
    damage.gone(journal)
    journal.with_suffix(".mark").unlink()
    _made_by_the_first_version(journal)
    desk.start_link()
    desk.wait_live()
    assert desk.journal("SELECT value FROM meta WHERE key = 'profile_id'") == [("of-before",)]
    assert desk.journal("SELECT version_num FROM alembic_version") == [(schema.JOURNAL.head,)]
    (copy,) = desk.profile.glob("journal-before-*.db")
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [("j0001",)]
    assert desk.lights()["storage_notices"] == {}


def _made_by_the_first_version(path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "local_db/migrations/journal"))
    engine = schema._engine(path, schema.JOURNAL)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "j0001")
        connection.exec_driver_sql("INSERT INTO meta VALUES ('profile_id', 'of-before')")
        connection.exec_driver_sql(f"PRAGMA application_id={schema.JOURNAL.application_id}")
    engine.dispose()


@pytest.mark.fault("39", "新版本写的数据文件", promise="拒绝并说明，文件不动")
@pytest.mark.parametrize("name", ["journal", "cache", "audit"])
def test_that_a_file_of_a_newer_version_is_refused_on_screen_and_left_alone(
    city: City, desk: Desk, name: str
) -> None:
    end_link(desk)
    path = desk.profile / f"{name}.db"
    damage.revision(path, "z9999")
    before = path.read_bytes()
    desk.link.start()
    desk._own_link()
    assert wait_ended(desk) == LINK_REFUSES
    desk.link.start("--stay")  # what the supervisor does then
    desk._own_link()
    wait_for(lambda: "由更新版本的程序写成" in str(desk.lights()), 20.0, "the station is told")
    assert path.read_bytes() == before and not in_quarantine(desk, name)


# ---- the audit trail ---------------------------------------------------------------------


@pytest.mark.fault("47", "审计记录被改一行、末尾被删", promise="指出第一条")
def test_that_a_changed_row_and_a_removed_end_are_named(city: City, desk: Desk) -> None:
    desk.order("acknowledge", raised(city, desk))
    wait_for(lambda: len(desk.audit("SELECT 1 FROM entries")) >= 4, 10.0, "a few rows")
    end_link(desk)
    audit = desk.profile / "audit.db"
    whole = audit_copy(audit)
    (last,) = desk.audit("SELECT max(seq) FROM entries")[0]
    _behind_the_triggers(audit, "UPDATE entries SET user = 'somebody' WHERE seq = 2")
    verdict = json.loads(main_py(desk, "audit", "verify", "--json").stdout)
    assert (verdict["ok"], verdict["broken_seq"]) == (False, 2)
    audit_put(audit, whole)
    _behind_the_triggers(audit, f"DELETE FROM entries WHERE seq > {last - 2}")
    _behind_the_triggers(audit, "DELETE FROM anchors")
    verdict = json.loads(main_py(desk, "audit", "verify", "--json").stdout)
    assert (verdict["ok"], verdict["broken_seq"]) == (False, last - 1)
    assert "末尾缺 2 条" in verdict["reason"]
    audit_put(audit, whole)
    assert main_py(desk, "audit", "verify").returncode == 0


def audit_copy(path: Path) -> bytes:
    damage.settle(path)
    return path.read_bytes()


def audit_put(path: Path, whole: bytes) -> None:
    for ending in damage.COMPANIONS:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.write_bytes(whole)


def _behind_the_triggers(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        kinds = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in db.execute(kinds).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute(statement)
        db.commit()
    damage.settle(path)
