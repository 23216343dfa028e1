"""The supervisor killed at any moment: nothing stays behind, nothing stops the next start."""

import random
import threading
import time
from collections.abc import Iterator

import psutil
import pytest

from tests.command_center import READY_LIMIT_S
from tests.faults import invariants
from tests.faults.rig import Center, seconds, wait_for
from tests.faults.whole_desk import WholeDesk

GONE_S = 5.0
pytestmark = pytest.mark.timeout(300)
SEEDS = range(10)


@pytest.fixture(scope="module")
def folder(session_folders: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """One profile for all: what a kill has left there is what the next start finds."""
    yield tmp_path_factory.mktemp("orphans")


def moment(seed: int) -> float:
    """Seconds after the start: even seeds fall into the start-up, odd ones into the work."""
    chance = random.Random(seed)
    return chance.uniform(0.3, 6.0) if seed % 2 == 0 else chance.uniform(6.0, 12.0)


def left_over(tree: set[psutil.Process]) -> list[psutil.Process]:
    left = []
    for process in tree:
        try:
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                left.append(process)
        except psutil.NoSuchProcess:
            continue
    return left


def watch_until(center: Center, at_s: float) -> set[psutil.Process]:
    """Everything that was seen below the supervisor until that moment."""
    seen: set[psutil.Process] = set()
    pause, root = threading.Event(), psutil.Process(center.process.pid)
    while time.time() - root.create_time() < at_s:
        seen |= set(root.children(recursive=True))
        pause.wait(0.02)
    return seen | set(root.children(recursive=True))


@pytest.mark.fault("43", "守护进程在十个时刻被杀", promise="5 s 内无残留，下次照常启动")
@pytest.mark.parametrize("seed", SEEDS)
def test_that_nothing_outlives_a_supervisor_that_is_killed(folder, display, measured, seed):
    center = Center(folder / "席位 一", display)
    with center:
        tree = watch_until(center, moment(seed))
        center.process.kill()
        center.process.wait()
        try:
            measured["gone_s"] = seconds(
                lambda: not left_over(tree), 3 * GONE_S, "everything has ended"
            )
        except AssertionError:
            names = [" ".join(p.cmdline())[:150] for p in left_over(tree)]
            raise AssertionError(f"seed {seed}, killed at {moment(seed):.1f} s: {names}") from None
        assert measured["gone_s"] < 3 * GONE_S


@pytest.mark.gate
@pytest.mark.fault("43", "守护进程被杀后再次启动", promise="锁和套接字不挡路，数据库完好")
def test_that_the_next_start_finds_no_stale_lock_or_socket(folder, display, measured):
    center = Center(folder / "席位 一", display)
    with center:
        tree = watch_until(center, 2.5)
        center.process.kill()
        center.process.wait()
        wait_for(lambda: not left_over(tree), 3 * GONE_S, "everything has ended")
    with Center(folder / "席位 一", display) as center:
        whole = WholeDesk(center)
        measured["next_start_s"] = seconds(whole.is_live, READY_LIMIT_S, "it serves again")
        invariants.databases_are_whole(center.profile)
