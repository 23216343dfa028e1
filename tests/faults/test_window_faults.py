"""Monitors that go, sound that goes, an X server that dies, starts without what is needed."""

import contextlib
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from desktop.control_client import ask
from tests.command_center import READY_LIMIT_S
from tests.faults.monitors import HEIGHT_PX, WIDTH_PX, Monitors, side_by_side
from tests.faults.rig import Center, seconds, wait_for
from tests.faults.whole_desk import WholeDesk

LOOK_S = 30.0
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def monitors() -> Iterator[Monitors]:
    with side_by_side("LEFT", "RIGHT") as monitors:
        yield monitors


def on(whole: WholeDesk, screen: str) -> Callable[[], bool]:
    """Wholly on that monitor."""
    first_px = 0 if screen == "LEFT" else WIDTH_PX  # RIGHT, or the middle one of three

    def look() -> bool:
        window = whole.facts()["window"]
        if not window or window["screen"] != screen:
            return False
        x, _, width, _ = window["place"]
        return first_px <= x and x + width <= first_px + WIDTH_PX

    return look


@pytest.mark.fault("44", "显示器被拔掉、插回；窗口被杀", promise="≤ 3 s 移到可见处，插回后回原处")
def test_that_a_window_is_never_left_on_a_monitor_that_is_gone(
    session_folders, monitors, tmp_path, measured
):
    with Center(tmp_path / "席位 一", monitors.display) as center:
        whole = WholeDesk(center)
        wait_for(whole.is_live, READY_LIMIT_S, "the program is ready")
        wait_for(on(whole, "LEFT"), LOOK_S, "it begins on the first monitor")
        move_to_the_right(whole)
        wait_for(on(whole, "RIGHT"), LOOK_S, "the window stands at the right")
        wait_for(lambda: "RIGHT" in kept_place(whole), LOOK_S, "the place is kept")
        whole.kill("station")
        wait_for(on(whole, "RIGHT"), 30.0, "a new window stands where the old one stood")
        wait_for(whole.is_live, 30.0, "all is live")
        monitors.unplug("RIGHT")
        measured["parked_s"] = seconds(on(whole, "LEFT"), 9.0, "it came to the other monitor")
        wait_for(lambda: whole.told("desk_told"), LOOK_S, "it is told")
        assert "RIGHT" in whole.told("desk_told")[0][2]
        assert "RIGHT" in kept_place(whole), "where it was parked is not kept"
        monitors.plug("RIGHT", WIDTH_PX)
        measured["returned_s"] = seconds(on(whole, "RIGHT"), 9.0, "it went back")
        monitors.unplug("RIGHT")
        wait_for(on(whole, "LEFT"), LOOK_S, "parked again")
        whole.kill("station")
        wait_for(on(whole, "LEFT"), 30.0, "a start without the monitor stands in sight")


@pytest.mark.fault(
    "44b", "三屏：视频墙所在的第二屏被拔掉、插回；窗口被杀", promise="原屏原墙恢复，画面都在"
)
def test_that_the_wall_on_the_second_of_three_monitors_comes_back_with_its_pictures(
    session_folders, tmp_path, measured
):
    with (
        side_by_side("LEFT", "MIDDLE", "FAR") as monitors,
        Center(tmp_path / "席位 一", monitors.display) as center,
    ):
        whole = WholeDesk(center)
        wait_for(whole.is_live, READY_LIMIT_S, "the program is ready")
        wait_for(on(whole, "LEFT"), LOOK_S, "it begins on the first monitor")
        move_to_the_right(whole)
        wait_for(on(whole, "MIDDLE"), LOOK_S, "the window stands on the second")
        wait_for(lambda: "MIDDLE" in kept_place(whole), LOOK_S, "the place is kept")
        wait_for(lambda: fill_wall(whole), 30.0, "something hangs on the wall")
        hung = wait_for(lambda: live_on_wall(whole, least=12), 60.0, "the wall is live")
        monitors.unplug("MIDDLE")
        measured["parked_s"] = seconds(on(whole, "LEFT"), 9.0, "it came to the first monitor")
        wait_for(lambda: live_on_wall(whole) >= hung, 30.0, "every picture goes on")
        monitors.plug("MIDDLE", WIDTH_PX)
        measured["returned_s"] = seconds(on(whole, "MIDDLE"), 9.0, "it went back, not to FAR")
        wait_for(lambda: live_on_wall(whole) >= hung, 30.0, "with every picture")
        whole.kill("station")
        wait_for(on(whole, "MIDDLE"), 60.0, "a new window stands where the old one stood")
        wait_for(whole.is_live, 60.0, "all is live")
        ask(center.profile, {"word": "view", "view_id": "wall"})
        measured["wall_s"] = seconds(
            lambda: live_on_wall(whole) >= hung, 30.0, "the wall is as it was"
        )


@pytest.mark.fault(
    "44c", "三屏：墙甩到第二屏，该屏被拔掉、插回；窗口被杀", promise="工作站不被盖住，墙回到原屏"
)
def test_that_a_wall_thrown_to_another_monitor_goes_and_comes_with_it(
    session_folders, tmp_path, measured
):
    with (
        side_by_side("LEFT", "MIDDLE", "FAR") as monitors,
        Center(tmp_path / "席位 一", monitors.display) as center,
    ):
        whole = WholeDesk(center)
        wait_for(whole.is_live, READY_LIMIT_S, "the program is ready")
        wait_for(lambda: fill_wall(whole), 30.0, "something hangs on the wall")
        hung = wait_for(lambda: live_on_wall(whole, least=9), 60.0, "the wall is live")
        center.press("t")
        threading.Event().wait(1.0)  # the menu takes the keys
        center.press("2")
        measured["thrown_s"] = seconds(
            lambda: thrown_to(whole, "MIDDLE") and live_on_wall(whole) >= hung,
            30.0,
            "its pictures hang on the second monitor",
        )
        monitors.unplug("MIDDLE")
        wait_for(lambda: not thrown_to(whole, "MIDDLE"), 9.0, "its window is gone")
        wait_for(lambda: whole.told("wall_screens"), LOOK_S, "it is told")
        assert on(whole, "LEFT")(), "the workstation stands where it stood"
        monitors.plug("MIDDLE", WIDTH_PX)
        measured["returned_s"] = seconds(
            lambda: thrown_to(whole, "MIDDLE") and live_on_wall(whole) >= hung,
            30.0,
            "it hangs there again, with every picture",
        )
        whole.kill("station")
        wait_for(whole.is_live, 60.0, "all is live")
        measured["wall_s"] = seconds(
            lambda: thrown_to(whole, "MIDDLE") and live_on_wall(whole) >= hung,
            30.0,
            "a new window hangs it where it hung",
        )


def thrown_to(whole: WholeDesk, screen: str) -> bool:
    """Whether a wall stands there now, over the whole monitor."""
    shown = [one for one in whole.facts()["walls"] if one["screen"] == screen]
    place = [WIDTH_PX, 0, WIDTH_PX, HEIGHT_PX]
    return bool(shown) and shown[0]["place"] == place


def fill_wall(whole: WholeDesk) -> bool:
    """By the scene of floods; without a window manager only a click gives a window the keys, and
    not at once."""
    ask(whole.center.profile, {"word": "view", "view_id": "wall"})
    x_px, y_px, width_px, height_px = whole.facts()["window"]["place"]
    whole.center.click(x_px + width_px * 5 // 8, y_px + height_px // 2)
    threading.Event().wait(1.0)
    whole.center.press("ctrl+alt+1")
    threading.Event().wait(3.0)
    return any(one["tile"] > 100 for one in whole.center.status().get("tiles", []))


def live_on_wall(whole: WholeDesk, least: int = 0) -> frozenset[str]:
    """The cameras of the wall that are live; none before there are so many."""
    tiles = whole.center.status().get("tiles", [])
    live = {one["camera_id"] for one in tiles if one["tile"] > 100 and one["state"] == "live"}
    return frozenset(live) if len(live) >= least else frozenset()


def move_to_the_right(whole: WholeDesk) -> None:
    """As somebody drags it there; no window manager is needed for that."""
    env = whole.center.env
    name = ["xdotool", "search", "--onlyvisible", "--name", "值班工作站"]
    found = subprocess.run(name, env=env, capture_output=True, text=True, check=True, timeout=10)
    window = found.stdout.split()[0]
    for words in (("windowsize", window, "1400", "850"), ("windowmove", window, "2100", "60")):
        subprocess.run(["xdotool", *words], env=env, check=True, timeout=10)


def kept_place(whole: WholeDesk) -> str:
    from tests.command_center import rows_of

    rows = rows_of(whole.center.profile / "desk.db", "SELECT place FROM window_places")
    return rows[0][0] if rows else ""


@pytest.mark.gate
@pytest.mark.fault("—", "显示服务器被杀", promise="≤ 10 s 全部有序结束，一行说明")
def test_that_a_dead_x_server_ends_everything_with_one_line(
    session_folders, monitors, tmp_path, measured
):
    errors = tmp_path / "stderr"
    with errors.open("w") as file, redirected_stderr(file.fileno()):
        center = Center(tmp_path / "席位 一", monitors.display)
    with center:
        whole = WholeDesk(center)
        wait_for(whole.is_live, READY_LIMIT_S, "the program is ready")
        tree = [psutil.Process(pid) for pid in center.tree()]
        monitors.server.kill()
        measured["ended_s"] = seconds(
            lambda: center.process.poll() is not None, 30.0, "the program has ended"
        )
        assert center.process.returncode == 1
        wait_for(lambda: not [p for p in tree if p.is_running()], 5.0, "nothing is left")
        lines = errors.read_text("utf-8").splitlines()
        assert len(lines) == 1 and "显示器" in lines[0] and "已断开" in lines[0], lines


@contextlib.contextmanager
def redirected_stderr(fd: int) -> Iterator[None]:
    """Children that are started meanwhile inherit it."""
    kept = os.dup(2)
    os.dup2(fd, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


# ---- starts without what is needed -----------------------------------------------------------


@pytest.mark.fault("43", "地图引擎的程序文件缺失", promise="≤ 40 s 安全模式可用，说明原因")
def test_that_a_machine_without_the_engine_gets_its_alarms_in_safe_mode(
    session_folders, display, tmp_path, measured
):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QTWEBENGINEPROCESS_PATH", str(tmp_path / "none"))
        center = Center(tmp_path / "席位 一", display)
    with center:
        whole = WholeDesk(center)
        measured["safe_s"] = seconds(lambda: whole.facts().get("safe"), 120.0, "safe mode")
        wait_for(center.is_ready, LOOK_S, "it can be worked with")
        alarm_id = center.city.raise_alarm(level="orange")["alarm_id"]
        wait_for(lambda: alarm_id in whole.facts()["unacknowledged"], LOOK_S, "alarms come")
        wait_for(lambda: whole.button("恢复视频和地图"), LOOK_S, "the way out")


# ---- sound -----------------------------------------------------------------------------------


class SoundServer:
    """PulseAudio of our own with outputs that go nowhere."""

    def __init__(self, runtime: Path) -> None:
        runtime.mkdir(mode=0o700)
        self.env = os.environ | {"XDG_RUNTIME_DIR": str(runtime), "HOME": str(runtime)}
        self.env.pop("PULSE_SERVER", None)
        words = ["--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        self.process = subprocess.Popen(
            ["pulseaudio", "-n", *words, "-L", "module-native-protocol-unix"],
            env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_for(lambda: self._said("info") is not None, 15.0, "the sound server answers")

    def plug(self) -> None:
        assert self._said("load-module", "module-null-sink", "sink_name=desk") is not None

    def unplug(self) -> None:
        assert self._said("unload-module", "module-null-sink") is not None

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(5)

    def _said(self, *words: str) -> str | None:
        command = ["pactl", *words]
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=10)
        return done.stdout if done.returncode == 0 else None


@pytest.fixture
def sound_server(tmp_path: Path) -> Iterator[SoundServer]:
    if shutil.which("pulseaudio") is None:
        pytest.skip("no pulseaudio on this machine")
    server = SoundServer(tmp_path / "runtime")
    yield server
    server.end()


@pytest.mark.fault("45", "没有声音设备、设备消失、声音服务停住", promise="本台无声、红框；可恢复")
def test_that_a_desk_without_sound_says_so_and_lights_its_frame(
    session_folders, display, sound_server, tmp_path, measured
):
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_RUNTIME_DIR", "HOME"):
            patch.setenv(name, sound_server.env[name])
        patch.delenv("PULSE_SERVER", raising=False)
        center = Center(tmp_path / "席位 一", display)
    with center:
        whole = WholeDesk(center)
        wait_for(whole.is_live, READY_LIMIT_S, "the program is ready")
        wait_for(sound_is(whole, "no_device"), 60.0, "it says that there is no device")
        wait_for(lambda: whole.told("mute"), LOOK_S, "it is told")
        assert "扬声器" in whole.told("mute")[0][2]
        alarm_id = center.city.raise_alarm(level="red")["alarm_id"]
        wait_for(lambda: whole.facts()["sound"]["red_waiting"], 15.0, "the red frame")
        wait_for(lambda: whole.facts()["frame_lit"], 5.0, "it is lit")
        sound_server.plug()
        measured["sound_back_s"] = seconds(sound_is(whole, "ready"), 30.0, "it sounds")
        sound_server.unplug()
        measured["loss_told_s"] = seconds(sound_is(whole, "no_device"), 30.0, "the loss is told")
        wait_for(lambda: mute_card(whole), LOOK_S, "a red notice")
        sound_server.plug()
        wait_for(sound_is(whole, "ready"), 30.0, "it sounds again")
        sound_server.process.send_signal(signal.SIGSTOP)
        try:
            measured["hung_server_told_s"] = seconds(
                lambda: whole.facts()["sound"]["condition"] != "ready", 60.0, "it is told"
            )
            wait_for(whole.is_live, LOOK_S, "the window goes on")
        finally:
            sound_server.process.send_signal(signal.SIGCONT)
        wait_for(sound_is(whole, "ready"), 60.0, "it sounds again")
        center.city.clear(alarm_id)


def sound_is(whole: WholeDesk, condition: str) -> Callable[[], bool]:
    return lambda: whole.facts().get("sound", {}).get("condition") == condition


def mute_card(whole: WholeDesk) -> bool:
    return any(key == "mute" and "无声" in title for key, title, _ in whole.facts()["notices"])
