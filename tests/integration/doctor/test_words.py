"""`doctor` and `audit verify` as programs: quick, without a display, on broken profiles."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.domain.audit import AuditEntry
from local_db.audit import AuditTrail

ROOT = Path(__file__).resolve().parents[3]
LIMIT_S = 10.0


def run(profile: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "DISPLAY"} | more
    command = [sys.executable, str(ROOT / "main.py"), "--profile", str(profile), *words]
    return subprocess.run(
        command, cwd=profile.parent, env=environment, capture_output=True, text=True, timeout=60
    )


def examined(profile: Path, **more: str) -> tuple[int, dict[str, dict[str, str]]]:
    started_s = time.monotonic()
    done = run(profile, "doctor", "--json", **more)
    assert time.monotonic() - started_s < LIMIT_S
    report = json.loads(done.stdout)
    assert report["exit_code"] == done.returncode
    assert done.stderr == ""
    return done.returncode, {found["part"]: found for found in report["findings"]}


def test_that_a_machine_without_a_display_is_examined_in_ten_seconds(tmp_path):
    code, found = examined(tmp_path / "profile")
    assert code in (0, 1), [f for f in found.values() if f["verdict"] == "failed"]
    for part in ("Python", "libVLC", "RTSP", "解码", "中文字体", "声音", "磁盘空间", "时钟",
                 "时区", "本机端口", "系统限额", "mosquitto", "密钥环", "审计链",
                 "数据库 journal.db"):  # fmt: skip
        assert part in found
    assert found["显示器"]["verdict"] == "warning"
    for one in found.values():
        assert one["fix"] or one["verdict"] in ("ok", "skipped"), one


@pytest.mark.skipif("DISPLAY" not in os.environ, reason="no display")
def test_that_with_a_display_the_web_engine_draws_and_the_screens_are_named(tmp_path):
    _, found = examined(tmp_path / "profile", DISPLAY=os.environ["DISPLAY"])
    assert found["地图引擎"]["verdict"] == "ok", found["地图引擎"]
    assert any(part.startswith("屏幕 ") for part in found)


def test_that_a_broken_profile_is_examined_and_not_touched(tmp_path):
    profile = tmp_path / "profile"
    profile.mkdir(mode=0o700)
    (profile / "settings.toml").write_text("= nonsense")
    (profile / "journal.db").write_bytes(b"garbage" * 1000)
    code, found = examined(profile)
    assert code == 2
    assert found["配置文件"]["verdict"] == "failed"
    assert found["数据库 journal.db"]["verdict"] == "failed"
    assert sorted(path.name for path in profile.iterdir()) == ["journal.db", "settings.toml"]


def test_that_a_chain_is_verified_and_its_first_broken_row_named(tmp_path):
    profile = tmp_path / "profile"
    profile.mkdir()
    done = run(profile, "audit", "verify")
    assert done.returncode == 1 and "还没有审计记录" in done.stderr
    trail = AuditTrail(profile / "audit.db")
    now = datetime.now(UTC)
    trail.append([AuditEntry(entry_id=f"row-{n}", at=now, action="x") for n in range(5)])
    trail.close()
    done = run(profile, "audit", "verify")
    assert done.returncode == 0 and "5 条，链完整" in done.stdout
    data = (profile / "audit.db").read_bytes()
    (profile / "audit.db").write_bytes(data.replace(b"row-2", b"row-x"))
    done = run(profile, "audit", "verify", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 2
    assert (report["ok"], report["broken_seq"], report["rows"]) == (False, 3, 2)


def test_that_a_platform_check_without_a_password_says_how(tmp_path):
    done = run(tmp_path / "p", "doctor", "--platform", "http://127.0.0.1:9/api/v1", "--user", "x")
    assert done.returncode == 1 and "CHENGKAN_PASSWORD" in done.stderr


def test_that_a_platform_that_is_not_there_is_told_with_what_to_do(tmp_path):
    where = "http://127.0.0.1:9/api/v1"
    done = run(tmp_path / "p", "doctor", "--platform", where, "--user", "x", CHENGKAN_PASSWORD="pw")
    assert done.returncode == 2
    assert "[故障] POST /auth/token" in done.stdout and "→" in done.stdout
    assert "pw" not in done.stdout + done.stderr
