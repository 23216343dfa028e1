"""No alarm lost, none shown twice, every order once or visibly not: kills by seeded plans."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults import invariants
from tests.faults.campaign import campaign
from tests.faults.rig import AEDES, POINT, Center, City, Desk, seconds, wait_for

GATE_SEEDS = range(10)
GATE_KILLS = 3
KILLS = 12
BROKERS = {"mosquitto": "", "aedes": str(AEDES)}
PROMISE = "本机记录与平台台账一致，不重复显示，每条命令执行一次或明示作废"


@pytest.fixture(scope="module")
def shared_desk(
    session_folders: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[City, Desk]]:
    """One city and one desk for all seeds of the gate: what one seed spoils the next one sees."""
    folder = tmp_path_factory.mktemp("no loss")
    with City(folder / "city") as city, Desk(folder / "desk", city.url) as desk:
        desk.sign_in()
        yield city, desk


@pytest.mark.gate
@pytest.mark.fault("38a", "链路、消息服务器、窗口 kill -9：短序列", promise=PROMISE)
@pytest.mark.parametrize("seed", GATE_SEEDS)
def test_that_short_plans_of_kills_lose_and_double_nothing(
    shared_desk: tuple[City, Desk], seed: int, measured: dict[str, Any]
):
    city, desk = shared_desk
    measured["kills"] = GATE_KILLS
    campaign(city, desk, seed, kills=GATE_KILLS, pause_s=(0.15, 0.5), measured=measured)


@pytest.mark.fault("38b", "链路、消息服务器、窗口 kill -9：长序列，两种消息服务器", promise=PROMISE)
@pytest.mark.parametrize("broker", BROKERS)
@pytest.mark.parametrize("seed", range(101, 104))
@pytest.mark.timeout(300)
def test_that_long_plans_of_kills_lose_and_double_nothing(
    tmp_path: Path, seed: int, broker: str, measured: dict[str, Any]
):
    """A fresh city and desk each; aedes keeps nothing and speaks MQTT 3.1.1 only."""
    measured["broker"], measured["kills"] = broker, KILLS
    with (
        City(tmp_path / "city", broker_program=BROKERS[broker]) as city,
        Desk(tmp_path / "desk", city.url) as desk,
    ):
        desk.sign_in()
        campaign(city, desk, seed, kills=KILLS, measured=measured)
        invariants.databases_are_whole(desk.profile)
        invariants.notices_are_plain(desk.profile)


@pytest.mark.gate
@pytest.mark.fault("38c", "整个程序的窗口被 kill -9 三次", promise=PROMISE)
@pytest.mark.timeout(240)
def test_that_a_window_killed_three_times_comes_back_with_every_alarm(
    tmp_path: Path, display: str, measured: dict[str, Any]
):
    """The third time in ten minutes it comes back in safe mode: the list, no map, no video."""
    with Center(tmp_path / "profile", display) as center:
        wait_for(center.is_ready, 90.0, "the command center is ready")
        center.since = center.position()
        back_s = []
        for _ in range(3):
            pid = wait_for(lambda: center.pid("station"), 10.0, "the window's pid")
            before = center.city.raise_alarm(level="orange", point_id=POINT)["alarm_id"]
            back_s.append(_killed(center, pid))
            during = center.city.raise_alarm(level="orange", point_id=POINT)["alarm_id"]
            invariants.nothing_lost(center.city, center)
            assert center.alarm(before)["ack"] is None and center.alarm(during)["ack"] is None
        measured["back_s"] = max(back_s)
        invariants.notices_are_plain(center.profile)


def _killed(center: Center, pid: int) -> float:
    """Ends the window; seconds until the next one shows the list."""
    os.kill(pid, signal.SIGKILL)
    return seconds(
        lambda: center.is_ready() and center.pid("station") not in (None, pid),
        60.0,
        "the next window is ready",
    )
