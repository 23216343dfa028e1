"""The disk below a real link: it fills up, comes back, and fails now and then."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.link import disk as link_disk
from local_db import backups
from tests.faults import invariants
from tests.faults.rig import City, Desk, seconds, wait_for
from tests.faults.small_disk import SmallDisk, small_disk

SHOWN_S = 5.0
SAVED_S = 5.0
FIU = Path("/usr/lib/fiu")
WRITES_FAIL = "name=posix/io/rw/pwrite"


@pytest.fixture(scope="module")
def city(one_city: City) -> City:
    return one_city


@pytest.fixture
def disk(nothing_left_running: None, tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", 1500) as disk:
        yield disk


def notice(desk: Desk, key: str) -> list[Any]:
    return desk.lights()["storage_notices"].get(key) or ["", "", False]


def is_saved(desk: Desk, alarm_id: str) -> bool:
    return bool(desk.journal("SELECT 1 FROM alarms WHERE alarm_id = ?", alarm_id))


def red_alarm(city: City) -> str:
    return city.raise_alarm(level="red")["alarm_id"]


@pytest.mark.gate
@pytest.mark.fault("33", "磁盘写满，再腾出空间", promise="告警照常显示；≤ 5 s 补存")
def test_that_a_full_disk_hides_no_alarm_and_loses_none(
    city: City, disk: SmallDisk, measured: dict[str, Any]
) -> None:
    with Desk(disk.folder, city.url) as desk:
        desk.sign_in()
        link = desk.link_pid
        ballast = desk.profile / link_disk.BALLAST_FILE
        wait_for(
            lambda: ballast.exists() and ballast.stat().st_blocks * 512 >= 16 << 20,
            15.0,
            "the reserve is laid",
        )
        disk.leave(200 << 20)
        wait_for(lambda: "只剩" in notice(desk, "disk")[0], 20.0, "little room is said")
        assert "停止缓存" in notice(desk, "disk")[1]
        assert desk.lights()["storage_word"] == "空间不足"
        _fill_until_the_reserve_goes(city, desk, disk)
        _full(city, desk, disk, measured)
        disk.whole_again()
        measured["补存_s"] = wait_saved(desk)
        wait_for(lambda: "已恢复" in notice(desk, "write")[0], 15.0, "it is said that all is well")
        wait_for(lambda: "disk" not in desk.lights()["storage_notices"], 20.0, "room is enough")
        assert desk.link_pid == link and desk.link.process.poll() is None
        invariants.nothing_lost(city, desk)
        invariants.databases_are_whole(desk.profile)
        invariants.normal_again(desk)


def _fill_until_the_reserve_goes(city: City, desk: Desk, disk: SmallDisk) -> None:
    ballast = desk.profile / link_disk.BALLAST_FILE

    def gone() -> bool:
        if ballast.exists():
            disk.leave(0)
            red_alarm(city)
        return not ballast.exists()

    wait_for(gone, 30.0, "the reserve is given up")
    alarm_id = red_alarm(city)
    wait_for(lambda: is_saved(desk, alarm_id), 15.0, "it is saved in the room of the reserve")


def _full(city: City, desk: Desk, disk: SmallDisk, measured: dict[str, Any]) -> None:
    """Without a reserve: what comes now is in memory only."""
    disk.leave(0)
    slowest_s = 0.0
    for _ in range(5):
        slowest_s = max(slowest_s, desk.wait_shown(red_alarm(city), SHOWN_S * 3))
        disk.leave(0)
    measured["满盘显示最慢_s"] = slowest_s
    wait_for(lambda: desk.lights()["storage"] == "down", 15.0, "the light is red")
    title, text, urgent = notice(desk, "write")
    assert (title, urgent) == ("磁盘已满", True)
    assert "没有存盘" in text and "清理磁盘" in text and desk.lights()["storage_word"] == "未落盘"
    alarm_id = red_alarm(city)
    desk.wait_shown(alarm_id, SHOWN_S * 3)
    assert not is_saved(desk, alarm_id)
    order_id = desk.order("acknowledge", alarm_id)
    condition, words = wait_for(
        lambda: desk.order_states().get(order_id), 10.0, "the order is answered"
    )[:2]
    assert condition == "refused" and "磁盘" in words
    desk.kill_station()  # a window that comes now sees what is in memory, too
    desk.start_station()
    desk.wait_shown(alarm_id, SHOWN_S * 3)


def wait_saved(desk: Desk) -> float:
    def all_saved() -> bool:
        return all(is_saved(desk, alarm_id) for alarm_id in desk.open_alarms())

    return seconds(all_saved, SAVED_S * 3, "what was in memory is saved")


@pytest.mark.fault("33", "启动时磁盘已满", promise="说明原因，腾出后照常启动")
def test_that_a_link_that_finds_the_disk_full_says_so_and_starts_when_there_is_room(
    city: City, disk: SmallDisk
) -> None:
    with Desk(disk.folder, city.url) as desk:
        desk.sign_in()
        alarm_id = red_alarm(city)
        desk.wait_shown(alarm_id)
        wait_for(lambda: is_saved(desk, alarm_id), 10.0, "it is saved")
        desk.kill_link()
        (desk.profile / link_disk.BALLAST_FILE).unlink(missing_ok=True)
        disk.leave(0)
        desk.link.start("--stay")
        desk._own_link()
        wait_for(lambda: "磁盘" in str(desk.lights()), 20.0, "the window says why")
        assert not (desk.profile / "quarantine").exists()
        desk.kill_link()
        disk.whole_again()
        desk.start_link()
        desk.wait_live()
        desk.wait_shown(alarm_id)
        assert desk.lights()["storage_notices"] == {}


@pytest.fixture
def shaky(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, city: City) -> Iterator[Desk]:
    """A desk whose link's writes can be made to fail from outside (libfiu)."""
    if not (shutil.which("fiu-ctrl") and (FIU / "fiu_run_preload.so").exists()):
        pytest.skip("libfiu is not installed (apt-get install fiu-utils)")
    with Desk(tmp_path / "desk", city.url) as desk:
        desk.sign_in()
        desk.kill_link()
        with monkeypatch.context() as patch:
            parts = [FIU / "fiu_run_preload.so", FIU / "fiu_posix_preload.so"]
            patch.setenv("LD_PRELOAD", " ".join(map(str, parts)))
            patch.setenv("FIU_CTRL_FIFO", str(tmp_path / "fiu"))
            desk.start_link()
        desk.wait_live()
        yield desk


def disturb(desk: Desk, order: str) -> None:
    fifo = desk.profile.parent.parent / "fiu"
    words = ["fiu-ctrl", "-f", str(fifo), "-c", order, str(desk.link_pid)]
    subprocess.run(words, check=True, timeout=20)


@pytest.mark.fault("34", "磁盘读写随机出错 2 %", promise="重试，不丢不重")
def test_that_a_disk_that_stumbles_loses_and_doubles_nothing(
    city: City, shaky: Desk, measured: dict[str, Any]
) -> None:
    disturb(shaky, f"enable_random {WRITES_FAIL},probability=0.02,failinfo=5")
    alarms = [red_alarm(city) for _ in range(60)]
    for alarm_id in alarms:
        shaky.wait_shown(alarm_id, SHOWN_S * 3)
    disturb(shaky, f"disable {WRITES_FAIL}")
    wait_for(lambda: shaky.lights()["storage"] == "up", 15.0, "writing works")
    measured["补齐_s"] = invariants.nothing_lost(city, shaky)
    invariants.nothing_shown_twice(shaky)
    assert not (shaky.profile / "quarantine").exists()
    invariants.databases_are_whole(shaky.profile)


@pytest.mark.fault("34", "磁盘写入一直出错", promise="告警照常显示，明确提示未存盘")
def test_that_a_disk_that_refuses_every_write_is_said_and_got_over(city: City, shaky: Desk) -> None:
    disturb(shaky, f"enable {WRITES_FAIL},failinfo=5")
    alarm_id = red_alarm(city)
    shaky.wait_shown(alarm_id, SHOWN_S * 3)
    wait_for(lambda: shaky.lights()["storage"] == "down", 15.0, "the light is red")
    title, text, urgent = notice(shaky, "write")
    assert "写不进磁盘" in title and "磁盘读写出错" in text and urgent
    disturb(shaky, f"disable {WRITES_FAIL}")
    wait_for(lambda: is_saved(shaky, alarm_id), 15.0, "it is saved")
    wait_for(lambda: shaky.lights()["storage"] == "up", 15.0, "the light is green")
    invariants.nothing_lost(city, shaky)
    assert not (shaky.profile / "quarantine").exists()
    backups.make(shaky.profile / "journal.db", datetime.now(UTC))
