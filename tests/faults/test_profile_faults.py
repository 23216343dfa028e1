"""The profile folder under the whole program: broken settings, damaged files, read-only, in use."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop.lifeline import die_with_parent
from local_db.cache import read_cameras
from local_db.journal import Journal
from tests.command_center import ROOT
from tests.faults import damage
from tests.faults.rig import Center, wait_for
from tests.faults.small_disk import small_disk
from tests.faults.whole_desk import WholeDesk

START_LIMIT_S = 90.0
BROKEN = 'seat_id = "3 号台"\ntext_scale_percent = 110\nlanguage = "zh_C\n[contacts\n'


@pytest.fixture(scope="module")
def center(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Center]:
    """In a folder with Chinese and blanks in its path."""
    profile = tmp_path_factory.mktemp("home") / "指挥 中心" / "席位 一 100%"
    with Center(profile, display) as center:
        wait_for(center.is_ready, START_LIMIT_S, "the window is ready")
        yield center


@pytest.mark.fault("37", "同一配置目录再次启动", promise="一行说明，前一个窗口到前面")
def test_that_a_second_start_is_refused_in_one_line(center: Center) -> None:
    second = center.main()
    assert second.returncode == 1
    (line,) = second.stderr.strip().splitlines()
    assert str(center.process.pid) in line and "已打开的窗口" in line
    assert center.is_ready()


@pytest.mark.fault("48", "settings.toml 损坏、数据文件损坏、路径含中文和空格", promise="启动并说明")
def test_that_a_desk_with_broken_files_starts_and_says_what_was_lost(
    center: Center, measured: dict[str, Any]
) -> None:
    wait_for(lambda: len(read_cameras(center.profile / "cache.db")) > 5, 60.0, "cameras")
    center.end()
    profile = center.profile
    (profile / "settings.toml").write_text(BROKEN, "utf-8")
    damage.middle_page(profile / "cache.db")
    damage.header(profile / "journal.db")
    damage.half(profile / "desk.db")
    center.start()
    wait_for(center.is_ready, START_LIMIT_S, "the window is ready in spite of all")
    measured["启动_s"] = round(time.monotonic() - center.began_s, 1)
    desk = WholeDesk(center)
    for key, words in {
        "settings": ("配置文件损坏", "settings.toml.bad-"),
        "storage_cache": ("名册缓存已重建", "quarantine"),
        "storage_journal": ("告警记录已重建", "核对"),
        "desk_rebuilt": ("个人设置已重建", "quarantine"),
    }.items():
        (_, title, text) = wait_for(lambda one=key: desk.told(one), 30.0, f"{key} is told")[-1]
        assert words[0] in title and words[1] in text
    (backup,) = profile.glob("settings.toml.bad-*")
    assert backup.read_text("utf-8") == BROKEN
    kept = (profile / "settings.toml").read_text("utf-8")
    assert 'seat_id = "3 号台"' in kept and "text_scale_percent = 110" in kept
    assert len(list((profile / "quarantine").glob("*.db"))) == 3
    wait_for(desk.is_live, 30.0, "all is live")


def _started(profile: Path, display: str) -> "subprocess.Popen[str]":
    env = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    words = [sys.executable, "main.py", "--profile", str(profile), "--as", "operator"]
    return subprocess.Popen(
        [*words, "--scale", "small"],
        cwd=ROOT,
        env=env,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=die_with_parent,
    )


@pytest.mark.fault("48", "配置目录只读", promise="一行说明")
def test_that_a_read_only_profile_is_said_in_one_line(display: str, tmp_path: Path) -> None:
    with small_disk(tmp_path / "home", 8) as disk:
        disk.read_only()
        with _started(disk.folder / "profile", display) as process:
            assert process.wait(60) == 1
            assert process.stderr is not None
            (line,) = process.stderr.read().strip().splitlines()
    assert "磁盘只读" in line and "--profile" in line


@pytest.mark.fault("39", "新版本的数据文件，首次启动", promise="窗口说明，文件不动")
def test_that_a_newer_profile_is_refused_in_a_window(display: str, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    profile.mkdir()
    with closing(Journal(profile / "journal.db")):
        pass
    damage.revision(profile / "journal.db", "j9999")
    before = (profile / "journal.db").read_bytes()
    with _started(profile, display) as process:
        window = wait_for(lambda: _window(display, "城瞰不能启动"), START_LIMIT_S, "the window")
        env = {"DISPLAY": display, "PATH": "/usr/bin:/bin"}
        subprocess.run(["xdotool", "windowfocus", window, "key", "Escape"], env=env, check=True)
        assert process.wait(30) == 1
        assert process.stderr is not None
        assert "由更新版本的程序写成" in process.stderr.read()
    assert (profile / "journal.db").read_bytes() == before


def _window(display: str, title: str) -> str:
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", title],
        env={"DISPLAY": display, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.split()[0] if found.stdout.split() else ""
