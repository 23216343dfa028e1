"""Each process of the program killed, crashed and hung; what the operator sees, and what is back.

One program for the module; its tests run in the order of the file.
"""

import os
import re
import signal
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest

from tests.command_center import READY_LIMIT_S
from tests.faults import invariants
from tests.faults.rig import Center, seconds, wait_for
from tests.faults.whole_desk import ALLOWANCE, WholeDesk, environment_for_blows

BACK_S = 10.0  # the promise: layout, selection and open alarms are there again
SILENCE_S = 15.0  # no beat for so long is a hang
HANG_BACK_S = SILENCE_S + BACK_S
pytestmark = pytest.mark.timeout(400)


@pytest.fixture(scope="module")
def whole(
    session_folders: None, display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WholeDesk]:
    folder = tmp_path_factory.mktemp("processes")
    blows = folder / "blows"
    blows.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment_for_blows(blows).items():
            patch.setenv(name, value)
        center = Center(folder / "席位 一", display)
    with center:
        whole = WholeDesk(center, blows)
        wait_for(whole.is_live, READY_LIMIT_S, "the program is ready")
        yield whole


@pytest.fixture
def red(whole: WholeDesk) -> Iterator[str]:
    """A red alarm that nobody has acknowledged; it is on screen."""
    alarm_id = whole.center.city.raise_alarm(level="red")["alarm_id"]
    wait_for(lambda: alarm_id in whole.facts()["unacknowledged"], 20.0, "the alarm is there")
    yield alarm_id
    whole.center.city.clear(alarm_id)


def arrange(whole: WholeDesk, alarm_id: str) -> dict[str, Any]:
    """Selection, filter and page as an operator would leave them; gives the facts."""
    done = whole.center.main("open", f"chengkan://alarm/{alarm_id}")
    assert done.returncode == 0, done.stderr
    wait_for(lambda: whole.facts()["selected_alarm"] == alarm_id, 10.0, "it is selected")
    done = whole.center.main("open", "chengkan://view/map")
    assert done.returncode == 0, done.stderr
    whole.center.press("ctrl+f")
    whole.center.press("S", "W")
    arranged = {"view": "map", "selected_alarm": alarm_id, "list_search": "SW"}
    wait_for(lambda: arranged.items() <= whole.facts().items(), 10.0, f"{arranged} is shown")
    wait_for(lambda: noted(whole) >= arranged_notes(arranged), 10.0, "it is kept in desk.db")
    return arranged | {"window": whole.facts()["window"]}


def arranged_notes(arranged: dict[str, Any]) -> set[tuple[str, str]]:
    names = {"view": "last_view"}
    return {(names.get(key, key), f'"{value}"') for key, value in arranged.items()}


def noted(whole: WholeDesk) -> set[tuple[str, str]]:
    from tests.command_center import rows_of

    return {*rows_of(whole.center.profile / "desk.db", "SELECT key, value FROM preferences")}


def is_back(whole: WholeDesk, arranged: dict[str, Any], alarm_id: str) -> Callable[[], bool]:
    def look() -> bool:
        facts = whole.facts()
        return arranged.items() <= facts.items() and (
            alarm_id in facts["unacknowledged"]
            and facts["sound"]["red_waiting"]
            and facts["sound"]["cues"].get("red", 0) > 0
        )  # fmt: skip

    return look


# ---- what stands around the window -----------------------------------------------------------


@pytest.mark.fault("43", "链路、模拟平台、视频、声音进程被杀", promise="≤ 10 s 恢复，其他不受影响")
@pytest.mark.parametrize("name", ["link", "standin", "video-1", "sound"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV], ids=["kill", "segv"])
def test_that_a_dead_process_comes_back_alone(whole, measured, name, number):
    window = whole.pid("station")
    took_s = whole.back_after(name, lambda: whole.kill(name, number), BACK_S)
    measured[f"{name.partition('-')[0]}_back_s"] = took_s
    assert whole.pid("station") == window
    if name == "video-1":
        live = seconds(lambda: live_tiles(whole) == 4, 3 * BACK_S, "four pictures move")
        measured["pictures_back_s"] = live
    if name == "link":
        assert whole.center.status()["feeds"]["alarms"]["freshness"] == "live"
    invariants.notices_are_plain(whole.center.profile)


def live_tiles(whole: WholeDesk) -> int:
    return sum(tile["state"] == "live" for tile in whole.center.status().get("tiles", []))


@pytest.mark.fault("43", "链路进程停住", promise="6 s 内标记停滞，15 s 后留下堆栈并重启")
def test_that_a_link_that_hangs_is_marked_and_started_anew(whole, measured):
    before = whole.pids()
    os.kill(before["link"], signal.SIGSTOP)
    measured["link_marked_s"] = seconds(
        lambda: (
            whole.center.status()["feeds"]["alarms"]["freshness"] != "live"
            or any(key == "link" for key, _, _ in whole.facts()["notices"])
        ),
        6.0 * ALLOWANCE,
        "the desk says that it is silent",
    )
    measured["link_hang_back_s"] = seconds(
        lambda: whole.pids().get("link") not in (None, before["link"]) and whole.is_live(),
        HANG_BACK_S * ALLOWANCE,
        "a new link serves",
    )
    assert whole.pid("station") == before["station"]
    assert "link is silent" in whole.supervisor_log()


# ---- the map's page --------------------------------------------------------------------------


@pytest.mark.gate
@pytest.mark.fault("40", "地图页进程被杀、停住", promise="被杀立即重开，停住 5 s 后重开")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["kill", "stop"])
def test_that_the_map_page_comes_back_alone(whole, measured, number):
    before, page = whole.pids(), psutil.Process(whole.page_pid())
    page.send_signal(number)
    promise_s = 5.0 if number is signal.SIGKILL else 10.0
    word = "killed" if number is signal.SIGKILL else "hung"
    measured[f"page_{word}_back_s"] = seconds(
        lambda: whole.is_live() and not page.is_running() and whole.page_pid() != page.pid,
        promise_s * ALLOWANCE,
        "a new page is there",
    )
    after = whole.pids()
    assert {n: after[n] for n in ("station", "link", "sound")} == {
        n: before[n] for n in ("station", "link", "sound")
    }


@pytest.mark.fault("40", "网页引擎的全部进程被杀", promise="说明原因，按一下按钮 ≤ 10 s 恢复")
def test_that_a_dead_engine_offers_to_start_the_window_anew(whole, measured, red):
    before = whole.pids()
    for name, pid in before.items():
        if name.startswith("web-"):
            os.kill(pid, signal.SIGKILL)
    open_again = "重新打开"  # the first offer when pages have died shortly before
    wait_for(lambda: whole.button("重启窗口") or whole.button(open_again), 40.0, "an offer")
    if whole.button(open_again):
        whole.press_button(open_again)
    wait_for(lambda: whole.button("重启窗口"), 40.0, "the way out")
    wait_for(lambda: red in whole.facts()["unacknowledged"], 20.0, "the alarm is on screen")
    told = whole.times_told("restart")
    whole.press_button("重启窗口")
    measured["engine_back_s"] = seconds(
        lambda: whole.pids().get("station") != before["station"] and whole.is_live(),
        BACK_S * ALLOWANCE,
        "the window with its map is back",
    )
    wait_for(lambda: red in whole.facts()["unacknowledged"], 20.0, "the alarm is on screen")
    wait_for(lambda: whole.facts()["safe"] is False, 20.0, "not in safe mode")
    assert whole.times_told("restart") == told  # it was wished


# ---- the window ------------------------------------------------------------------------------


@pytest.mark.fault("43", "槽函数与任务抛出未捕获的异常", promise="窗口继续，一条通知，记入日志")
def test_that_uncaught_errors_are_told_once_and_survived(whole, measured):
    window, before = whole.pid("station"), whole.times_told("bug")
    whole.strike("station", "slot")
    wait_for(lambda: whole.times_told("bug") == before + 1, 15.0, "a notice")
    whole.strike("station", "task")
    log = whole.center.profile / "log" / "station.log"
    wait_for(lambda: "struck in a task" in log.read_text("utf-8"), 15.0, "it is in the log")
    assert "struck in a slot" in log.read_text("utf-8")
    assert whole.times_told("bug") == before + 1  # the second is counted by the light only
    wait_for(whole.is_live, 30.0, "all is live")
    assert whole.pid("station") == window


@pytest.mark.fault("43", "窗口连续崩溃三次", promise="≤ 10 s 恢复原样；第三次进安全模式，可退出")
def test_that_a_crashed_window_is_back_as_it_was_and_the_third_time_in_safe_mode(
    whole, measured, red
):
    arranged = arrange(whole, red)
    blows: list[Callable[[], None]] = [
        lambda: whole.kill("station", signal.SIGKILL),
        lambda: whole.kill("station", signal.SIGSEGV),
    ]
    for number, blow in enumerate(blows, 1):
        told = whole.times_told("restart")
        before = whole.pids()
        blow()
        wait_for(lambda: not psutil.pid_exists(before["station"]), 10.0, "it is dead")  # noqa: B023
        took_s = seconds(is_back(whole, arranged, red), BACK_S * ALLOWANCE, "all is back")
        measured[f"window_back_{number}_s"] = took_s
        wait_for(lambda: whole.times_told("restart") > told, 10.0, "it is told")  # noqa: B023
        wait_for(whole.is_live, 30.0, "all is live")
        after = whole.pids()
        assert {n: after[n] for n in ("link", "standin", "broker")} == {
            n: before[n] for n in ("link", "standin", "broker")
        }
    assert "Fatal Python error: Segmentation fault" in whole.stack("station")
    whole.strike("station", "abort")
    wait_for(lambda: whole.facts().get("safe"), BACK_S * ALLOWANCE, "safe mode")
    assert "Fatal Python error: Aborted" in whole.stack("station")
    assert "_abort_in_a_worker" in whole.stack("station")
    assert not [name for name in whole.pids() if name.startswith(("web", "video"))]
    wait_for(lambda: red in whole.facts()["unacknowledged"], 20.0, "the alarm is there, too")
    wait_for(lambda: whole.facts()["selected_alarm"] == red, 20.0, "it is selected")
    whole.press_button("恢复视频和地图")
    measured["out_of_safe_s"] = seconds(
        lambda: whole.facts().get("safe") is False and whole.is_live(),
        BACK_S * ALLOWANCE,
        "the whole window is back",
    )
    for _, title, text in whole.notices():  # the log has the stacks of the blows, and shall
        assert not re.search(r"Error|Trace|SIG", title + text), (title, text)


@pytest.mark.fault("43", "窗口停止响应", promise="15 s 后留下堆栈、重启，≤ 10 s 恢复原样")
def test_that_a_hung_window_leaves_its_stack_and_is_back_as_it_was(whole, measured, red):
    arranged = arrange(whole, red)
    before = whole.pids()
    whole.strike("station", "hang")
    measured["hang_found_s"] = seconds(
        lambda: whole.pids().get("station") != before["station"], SILENCE_S * ALLOWANCE, "killed"
    )
    took_s = seconds(is_back(whole, arranged, red), BACK_S * ALLOWANCE, "all is back")
    measured["hang_back_s"] = took_s
    assert "_stand_still_on_purpose" in whole.stack("station")
    assert measured["hang_found_s"] > SILENCE_S - 2
    wait_for(lambda: "停止响应" in whole.told("restart")[-1][2], 20.0, "it is told")
    wait_for(whole.is_live, 30.0, "all is live")
    assert whole.pid("link") == before["link"]


@pytest.mark.fault("43", "模拟平台停住", promise="实时中断可见，15 s 后重启，窗口不受影响")
def test_that_a_hung_standin_is_started_anew(whole, measured):
    before = whole.pids()
    os.kill(before["standin"], signal.SIGSTOP)
    measured["standin_back_s"] = seconds(
        lambda: whole.pids().get("standin") not in (None, before["standin"]) and whole.is_live(),
        HANG_BACK_S * ALLOWANCE,
        "a new stand-in serves",
    )
    assert whole.pid("station") == before["station"]
