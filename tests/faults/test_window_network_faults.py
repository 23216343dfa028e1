"""The whole window while one way to the city is bad: that one says so, the others are untouched."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from tests.command_center import rows_of
from tests.faults import invariants
from tests.faults.http_faults import HttpFaults, Says
from tests.faults.proxy import ChaosProxy
from tests.faults.rig import Center, seconds, wait_for

READY_S = 120.0
LIMIT_S = 60.0
ALLOWED = 3.0


class Window:
    """A command center whose REST, broker and pictures come through a proxy each."""

    def __init__(self, center: Center, front: HttpFaults, rest: ChaosProxy, mqtt: ChaosProxy,
                 video: ChaosProxy) -> None:  # fmt: skip
        self.center, self.front = center, front
        self.rest, self.mqtt, self.video = rest, mqtt, video

    def mend(self) -> None:
        self.front.clear()
        for wire in (self.rest, self.mqtt, self.video):
            wire.clear()
            wire.up()

    def feed(self) -> str:
        return self.center.status().get("feeds", {}).get("alarms", {}).get("freshness", "")

    def tiles(self) -> list[str]:
        return [tile["state"] for tile in self.center.status().get("tiles", [])]

    def is_normal(self) -> bool:
        tiles = self.tiles()
        return self.feed() == "live" and bool(tiles) and {*tiles} == {"live"}

    def notices(self) -> list[tuple[str, str]]:
        """Title and text, oldest first."""
        query = "SELECT title, text FROM notices ORDER BY at"
        return [(title, text) for title, text in rows_of(self.center.profile / "desk.db", query)]

    def notice(self, title: str) -> str:
        """The text of the newest one; empty while there is none."""
        return next((text for known, text in reversed(self.notices()) if known == title), "")


@pytest.fixture(scope="module")
def one_window(
    session_folders: None, display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    with ExitStack() as stack:
        rest, mqtt, video = (stack.enter_context(ChaosProxy(0)) for _ in range(3))
        front = stack.enter_context(HttpFaults(rest.port))
        front.video_ports = {rest.port: video.port}
        words = ("--advertised-mqtt-port", str(mqtt.port), "--link-platform", front.url)
        folder = tmp_path_factory.mktemp("window") / "profile"
        center = stack.enter_context(Center(folder, display, standin_words=words))
        rest.target_port = video.target_port = wait_for(
            lambda: _rest_port(center), READY_S, "the stand-in serves"
        )
        mqtt.target_port = wait_for(lambda: _broker_port(center), READY_S, "the broker serves")
        window = Window(center, front, rest, mqtt, video)
        wait_for(center.is_ready, READY_S, "the window is ready")
        yield window


def _rest_port(center: Center) -> int | None:
    if not (center.profile / "runtime.json").exists():
        return None
    return urlsplit(center.runtime().get("control") or "").port


def _broker_port(center: Center) -> int | None:
    broker = center.city.broker()
    found = broker.net_connections("tcp") if broker else []
    ports = [c.laddr.port for c in found if c.status == psutil.CONN_LISTEN]
    return ports[0] if ports else None


@pytest.fixture
def window(one_window: Window) -> Iterator[Window]:
    wait_for(one_window.is_normal, LIMIT_S, "all is well before")
    yield one_window
    one_window.mend()


def back_to_normal(window: Window, measured: dict[str, Any]) -> None:
    window.mend()
    measured["back_s"] = seconds(window.is_normal, 15.0 * ALLOWED, "all is well again")
    invariants.notices_are_plain(window.center.profile)


@pytest.mark.fault("26", "只有视频断（整窗）", promise="画面标为停滞；告警与接口照常")
def test_that_without_pictures_the_tiles_say_so_and_alarms_stay_live(window, measured):
    window.video.down()
    measured["told_s"] = seconds(
        lambda: "live" not in window.tiles(), 4.0 * ALLOWED, "no tile calls itself live"
    )
    alarm = window.center.city.raise_alarm(level="red")
    measured["shown_s"] = seconds(
        lambda: window.center.alarm(alarm["alarm_id"]), 5.0 * ALLOWED, "the alarm is there"
    )
    assert window.feed() == "live"
    assert not window.notice("平台接口中断") and not window.notice("实时通道中断")
    back_to_normal(window, measured)


@pytest.mark.fault("26", "只有 MQTT 断（整窗）", promise="一条通知：什么、影响、下一步；画面照常")
def test_that_without_the_broker_one_notice_says_what_and_pictures_go_on(window, measured):
    window.mqtt.down()
    measured["told_s"] = seconds(
        lambda: window.notice("实时通道中断"), 10.0 * ALLOWED, "it is told"
    )
    text = window.notice("实时通道中断")
    assert "连不上消息服务器" in text and "正在重试" in text and "由平台接口补收" in text
    assert window.feed() != "live" and {*window.tiles()} == {"live"}
    back_to_normal(window, measured)
    wait_for(lambda: window.notice("实时通道已恢复"), LIMIT_S, "its end is told")


@pytest.mark.fault("17", "429（整窗）", promise="限流通知含再试时刻；灯上倒计时")
def test_that_a_pause_the_platform_asked_for_is_a_notice_with_its_end(window, measured):
    window.front.on("", Says(429, headers={"Retry-After": "12"}), times=1)
    measured["told_s"] = seconds(
        lambda: window.notice("平台接口限流"), 20.0 * ALLOWED, "it is told"
    )
    text = window.notice("平台接口限流")
    assert "要求暂停" in text and "自动再试" in text and "照常可看" in text
    assert window.feed() == "live" and {*window.tiles()} == {"live"}
    wait_for(lambda: window.notice("平台接口已恢复"), LIMIT_S, "its end is told")
    back_to_normal(window, measured)
