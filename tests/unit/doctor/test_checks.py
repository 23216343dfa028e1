"""Single checks on made-up machines and profiles: each names what to do."""

import os
import sqlite3
from collections import namedtuple
from contextlib import closing
from datetime import UTC, datetime

import pytest

from desktop.doctor import machine, probes, profile, screens
from desktop.doctor.examine import clock_finding
from desktop.domain.audit import AuditEntry
from desktop.domain.findings import Finding, Verdict, exit_code, failed, ok, skipped, warning
from local_db import schema
from local_db.audit import AuditTrail
from local_db.journal import Journal

NOW = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)


def test_that_the_exit_code_is_that_of_the_worst_finding():
    assert exit_code([ok("a", "b"), skipped("a", "b")]) == 0
    assert exit_code([ok("a", "b"), warning("a", "b", "c")]) == 1
    assert exit_code([warning("a", "b", "c"), failed("a", "b", "c")]) == 2


@pytest.mark.parametrize(
    ("offset_s", "verdict", "words"),
    [
        (0.4, Verdict.OK, "+0.4 秒"),
        (-600, Verdict.WARNING, "慢 10 分钟"),
        (600, Verdict.WARNING, "快 10 分钟"),
        (-35, Verdict.WARNING, "慢 35 秒"),
        (9000, Verdict.WARNING, "2.5 小时"),
    ],
)
def test_that_a_wrong_clock_is_told_with_what_to_do(offset_s, verdict, words):
    found = clock_finding(offset_s)
    assert found.verdict is verdict and words in found.reason
    assert bool(found.fix) is (verdict is Verdict.WARNING)


_Usage = namedtuple("_Usage", "total used free")


@pytest.mark.parametrize(
    ("free", "verdict"),
    [(3 << 30, Verdict.OK), (1 << 30, Verdict.WARNING), (100 << 20, Verdict.FAILED)],
)
def test_that_a_disk_that_runs_full_is_told_in_time(free, verdict, monkeypatch, tmp_path):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda folder: _Usage(1, 1, free))
    found = machine.disk(tmp_path / "not" / "there" / "yet")
    assert found.verdict is verdict
    assert bool(found.fix) is (verdict is not Verdict.OK)


def test_that_the_stand_in_needs_a_broker_and_a_real_platform_does_not(monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda *names, **more: None)
    assert machine.broker(standin=True).verdict is Verdict.FAILED
    assert "apt-get install mosquitto" in machine.broker(standin=True).fix
    assert machine.broker(standin=False).verdict is Verdict.SKIPPED


def by_part(path) -> dict[str, Finding]:
    return {found.part: found for check in profile.checks(path) for found in [check()]}


def test_that_a_profile_that_is_not_there_yet_is_no_fault(tmp_path):
    found = by_part(tmp_path / "new")
    assert exit_code(list(found.values())) == 0
    assert "首次启动时建立" in found["配置目录"].reason


def test_that_a_read_only_profile_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(profile.os, "access", lambda path, mode: False)
    found = profile.folder(tmp_path)
    assert found.verdict is Verdict.FAILED
    assert "只读" in found.reason and "chmod" in found.fix


def test_that_a_file_in_place_of_the_profile_is_named(tmp_path):
    (tmp_path / "profile").write_text("x")
    found = by_part(tmp_path / "profile")
    assert found["配置目录"].verdict is Verdict.FAILED
    assert "--profile" in found["配置目录"].fix


def test_that_every_database_of_the_profile_is_looked_at(tmp_path):
    names = {kind.name for kind in profile.kinds()}
    assert {"journal", "cache", "audit"} <= names
    Journal(tmp_path / "journal.db").close()
    found = by_part(tmp_path)
    assert {f"数据库 {name}.db" for name in names} <= found.keys()
    assert found["数据库 journal.db"].verdict is Verdict.OK


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.write_bytes(b"not a database at all" * 100), "损坏"),
        (lambda path: _say(path, "PRAGMA application_id = 7"), "不是本程序"),
        (lambda path: _say(path, "UPDATE alembic_version SET version_num='j9'"), "更新版本"),
    ],
)
def test_that_a_spoilt_database_is_told_and_not_touched(spoil, words, tmp_path):
    path = tmp_path / "journal.db"
    Journal(path).close()
    spoil(path)
    before = path.read_bytes()
    found = profile.database(tmp_path, schema.JOURNAL)
    assert found.verdict is Verdict.FAILED
    assert words in found.reason and found.fix
    assert path.read_bytes() == before


def _say(path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(statement)


def test_that_a_broken_chain_fails_the_examination(tmp_path):
    trail = AuditTrail(tmp_path / "audit.db")
    trail.append([AuditEntry(entry_id=f"e{n}", at=NOW, action="x") for n in range(3)])
    trail.close()
    assert profile.audit_chain(tmp_path).verdict is Verdict.OK
    _say(tmp_path / "audit.db", "DROP TRIGGER entries_no_update")
    _say(tmp_path / "audit.db", "UPDATE entries SET user='x' WHERE seq=2")
    found = profile.audit_chain(tmp_path)
    assert found.verdict is Verdict.FAILED and "第 2 条起" in found.reason
    assert "不要删除" in found.fix


def test_that_settings_that_cannot_be_read_are_named_and_the_rest_goes_on(tmp_path):
    (tmp_path / "settings.toml").write_text("tile_count = 99\n")
    found = by_part(tmp_path)
    assert found["配置文件"].verdict is Verdict.FAILED
    assert "tile_count" in found["配置文件"].reason
    assert profile.known_settings(tmp_path).tile_count == 4


def test_that_other_peoples_access_is_told(tmp_path):
    tmp_path.chmod(0o755)
    assert "chmod 700" in profile.folder(tmp_path).fix


QT = {"qt": "6", "display": True, "font": True, "chinese_fonts": 3, "gl": "llvmpipe",
      "software": True, "sounds": ["HDMI"],
      "screens": [{"name": "A", "width": 1920, "height": 1080, "dpr": 1.0}]}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "part", "verdict"),
    [
        ({}, "声音", Verdict.OK),
        ({"sounds": []}, "声音", Verdict.WARNING),
        ({"sounds": None}, "声音", Verdict.FAILED),
        ({"font": False}, "中文字体", Verdict.WARNING),
        ({"font": False, "chinese_fonts": 0}, "中文字体", Verdict.FAILED),
        ({"gl": ""}, "图形", Verdict.WARNING),
        ({"display": False, "screens": []}, "屏幕", Verdict.SKIPPED),
    ],
)
def test_that_what_qt_finds_is_told_in_words(change, part, verdict, monkeypatch):
    monkeypatch.setattr(screens, "run_probe", lambda *call: QT | change)
    found = {one.part: one for one in screens.screen()}[part]
    assert found.verdict is verdict
    assert found.fix or verdict in (Verdict.OK, Verdict.SKIPPED)


def test_that_a_probe_that_hangs_has_still_said_what_it_had_found(monkeypatch, tmp_path):
    (tmp_path / "hangs.py").write_text(
        "import time\nprint('{\"screens\": 1}', flush=True)\ntime.sleep(60)"
    )
    monkeypatch.setattr(probes, "ROOT", tmp_path)
    monkeypatch.setitem(probes.MODULES, "screen", "hangs")
    assert probes.run_probe("screen", "Qt", 1.0) == {"screens": 1}


def test_that_a_screen_too_small_for_the_window_is_told(monkeypatch):
    small = QT | {"screens": [{"name": "A", "width": 1024, "height": 600, "dpr": 1.0}]}
    monkeypatch.setattr(screens, "run_probe", lambda *call: small)
    assert screens.screen()[-1].verdict is Verdict.WARNING


@pytest.mark.skipif(os.geteuid() != 0, reason="root only")
def test_that_root_is_warned_of():
    assert machine.user().verdict is Verdict.WARNING


@pytest.mark.parametrize(
    ("kind", "words"),
    [(schema.CACHE, "由平台重建"), (schema.JOURNAL, "命令须重新下达"), (schema.DESK, "从头开始"),
     (schema.AUDIT, "不要删除")],
)  # fmt: skip
def test_that_what_is_lost_with_a_damaged_file_is_told(tmp_path, kind, words):
    (tmp_path / f"{kind.name}.db").write_bytes(b"\x7f" * 5000)
    found = profile.database(tmp_path, kind)
    assert found.verdict is Verdict.FAILED and words in found.fix
