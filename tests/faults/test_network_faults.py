"""Wires between desk and platform that are slow, cut, deaf or thin: each is degraded alone."""

import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest

from tests.faults import invariants
from tests.faults.proxy import (
    Bandwidth,
    Blackhole,
    ChaosProxy,
    Latency,
    LimitData,
    ResetPeer,
    Slicer,
    Toxic,
    Way,
)
from tests.faults.rig import City, Desk, seconds, wait_for

LIMIT_S = 45.0
ALLOWED = 3.0  # limits of time are so many times the promise


class Wires:
    """One proxy each for REST and for the broker."""

    def __init__(self, rest: ChaosProxy, mqtt: ChaosProxy) -> None:
        self.rest, self.mqtt = rest, mqtt

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.rest.port}/api/v1"

    def add(self, toxic: Toxic, way: Way = Way.BOTH) -> None:
        for wire in (self.rest, self.mqtt):
            wire.add(toxic, way)

    def mend(self) -> None:
        for wire in (self.rest, self.mqtt):
            wire.clear()
            wire.up()


@pytest.fixture(scope="module")
def wired(
    session_folders: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[City, Wires]]:
    """The broker's port that sign-ins name is the proxy's."""
    with ExitStack() as stack:
        rest, mqtt = (stack.enter_context(ChaosProxy(0)) for _ in range(2))
        folder = tmp_path_factory.mktemp("network") / "city"
        city = stack.enter_context(City(folder, advertised_mqtt_port=mqtt.port))
        rest.target_port, mqtt.target_port = city.rest_port, city.mqtt_port
        yield city, Wires(rest, mqtt)


@pytest.fixture
def city(wired: tuple[City, Wires]) -> City:
    return wired[0]


@pytest.fixture(scope="module")
def one_desk(wired: tuple[City, Wires], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(tmp_path_factory.mktemp("network") / "desk", wired[1].url) as desk:
        desk.sign_in()
        yield desk


@pytest.fixture
def wires(wired: tuple[City, Wires], one_desk: Desk) -> Iterator[Wires]:
    """As they should be, before and after."""
    invariants.normal_again(one_desk)
    yield wired[1]
    wired[1].mend()


@pytest.fixture
def desk(one_desk: Desk, wires: Wires) -> Desk:
    return one_desk


def back_to_normal(city: City, desk: Desk, wires: Wires, measured: dict[str, Any]) -> None:
    """I6 and I1, and nothing that came in halves was taken for a message."""
    wires.mend()
    measured["back_s"] = invariants.normal_again(desk)
    invariants.nothing_lost(city, desk)
    invariants.nothing_shown_twice(desk)
    feeds = desk.lights()["feeds"]
    assert [feed["rejected"] for feed in feeds.values()] == [0] * len(feeds)


def until_settled(desk: Desk, order_id: str) -> list[str]:
    """Condition and text at the end of an order."""

    def end() -> list[str] | None:
        state = desk.order_states().get(order_id, ["", ""])
        return state if state[0] in ("accepted", "refused", "expired") else None

    return wait_for(end, LIMIT_S, "the order has an end")


def conditions_told(desk: Desk, order_id: str) -> list[str]:
    """In the order in which the station was told them."""
    lines = [line["order"] for life in desk.records() for line in life if "order" in line]
    return [condition for told_id, condition, _ in lines if told_id == order_id]


@pytest.mark.fault("23", "延迟 2 s ± 1 s", promise="“已发送 未确认”；无假中断")
def test_that_a_slow_way_shows_orders_as_sent_and_is_no_outage(city, desk, wires, measured):
    alarm_id = city.raise_alarm(level="orange")["alarm_id"]
    desk.wait_shown(alarm_id)
    wires.add(Latency(2.0, jitter_s=1.0), Way.DOWN)
    began_s = time.monotonic()
    order_id = desk.order("acknowledge", alarm_id, note="")
    wait_for(lambda: desk.order_states().get(order_id, [""])[0] == "sent", 5.0, "已发送")
    assert until_settled(desk, order_id)[0] == "accepted"
    measured["accepted_s"] = round(time.monotonic() - began_s, 1)
    assert measured["accepted_s"] >= 1.0
    late = city.raise_alarm(level="red")
    measured["shown_s"] = desk.wait_shown(late["alarm_id"], 6.0 * ALLOWED)
    lights = desk.lights()
    assert (lights["mqtt"], lights["rest"]) == ("up", "up")
    assert conditions_told(desk, order_id)[-2:] == ["sent", "accepted"]
    back_to_normal(city, desk, wires, measured)
    invariants.orders_executed_once(city, desk, [order_id])


SHAKEN: list[tuple[str, Toxic, Way]] = [
    ("reset_peer", ResetPeer(), Way.DOWN),
    ("limit_data", LimitData(100), Way.DOWN),
    ("blackhole", Blackhole(), Way.BOTH),
    ("blackhole_up", Blackhole(), Way.UP),
]


@pytest.mark.fault("24", "黑洞、复位、截断", promise="≤ 15 s 恢复；半截消息不解析")
@pytest.mark.parametrize(("toxic", "way"), [s[1:] for s in SHAKEN], ids=[s[0] for s in SHAKEN])
def test_that_a_broken_way_is_said_and_everything_comes_afterwards(
    city, desk, wires, toxic, way, measured
):
    wires.add(toxic, way)
    measured["told_s"] = seconds(
        lambda: desk.lights()["mqtt"] != "up" or "数据延迟" in desk.lights()["mqtt_text"],
        10.0 * ALLOWED,
        "the line to the broker is not called up",
    )
    missed = [city.raise_alarm(level="orange")["alarm_id"] for _ in range(5)]
    wait_for(lambda: desk.lights()["rest"] == "down", 20.0 * ALLOWED, "REST is called down")
    assert "正在重试" in desk.lights()["rest_text"]
    back_to_normal(city, desk, wires, measured)
    shown = desk.open_alarms()
    assert all(alarm_id in shown for alarm_id in missed)


@pytest.mark.fault("24", "逐字节切片", promise="照常；半截消息不解析")
def test_that_single_bytes_become_whole_messages(city, desk, wires, measured):
    wires.add(Slicer(1))
    ids = [city.raise_alarm(level="orange")["alarm_id"] for _ in range(5)]
    measured["shown_s"] = max(desk.wait_shown(alarm_id, 15.0) for alarm_id in ids)
    order_id = desk.order("acknowledge", ids[0], note="")
    assert until_settled(desk, order_id)[0] == "accepted"
    assert desk.lights()["mqtt"] == "up"
    back_to_normal(city, desk, wires, measured)


class Guzzler:
    """Takes everything that it can get from an address until it is told to stop."""

    def __init__(self, url: str) -> None:
        self.taken = 0
        self._url = url
        self._enough = threading.Event()
        self._thread = threading.Thread(target=self._run, name="guzzler")
        self._thread.start()

    def _run(self) -> None:
        while not self._enough.is_set():
            with urllib.request.urlopen(self._url, timeout=30.0) as answer:
                while not self._enough.is_set() and (data := answer.read(4096)):
                    self.taken += len(data)

    def stop(self) -> None:
        self._enough.set()
        self._thread.join(30.0)


def picture_address(city: City, wires: Wires) -> str:
    """Of a live picture, through the wire of REST."""
    live = wait_for(lambda: _live(city, "cam-0001"), LIMIT_S, "its picture is drawn")
    (url,) = [one["url"] for one in live["streams"] if one["protocol"] == "http-ts"]
    return url.replace(f":{city.rest_port}/", f":{wires.rest.port}/")


def _live(city: City, camera_id: str) -> Any:
    with suppress(OSError):
        return city.rest(f"/cameras/{camera_id}/live?profile=main")


@pytest.mark.fault("25", "带宽 256 kbit/s 且被视频占满", promise="告警优先：≤ 2 s 可见")
def test_that_alarms_come_through_a_thin_way_that_pictures_fill(city, desk, wires, measured):
    guzzler = Guzzler(picture_address(city, wires))
    try:
        wires.add(Bandwidth(32_000), Way.DOWN)
        before = guzzler.taken
        through = wires.rest.bytes[Way.DOWN] + wires.mqtt.bytes[Way.DOWN]
        began_s = time.monotonic()
        shown_s = []
        for _ in range(10):
            shown_s.append(desk.wait_shown(city.raise_alarm(level="red")["alarm_id"], LIMIT_S))
        wait_for(lambda: time.monotonic() > began_s + 3.0, 5.0, "a rate can be told")
        took_s = time.monotonic() - began_s
        through = wires.rest.bytes[Way.DOWN] + wires.mqtt.bytes[Way.DOWN] - through
        measured["shown_most_s"] = max(shown_s)
        measured["picture_bytes_s"] = round((guzzler.taken - before) / took_s)
        measured["pipe_bytes_s"] = round(through / took_s)
        assert max(shown_s) <= 2.0  # as promised: a tenth of it was measured
        assert desk.lights()["mqtt"] == "up"
    finally:
        guzzler.stop()
    back_to_normal(city, desk, wires, measured)


@pytest.mark.fault("26", "只有 MQTT 断", promise="告警改由接口补收；接口灯不变")
def test_that_without_the_broker_alarms_come_by_rest_and_rest_is_not_blamed(
    city, desk, wires, measured
):
    wires.mqtt.down()
    measured["told_s"] = seconds(
        lambda: desk.lights()["mqtt"] == "down", 10.0 * ALLOWED, "the broker is called away"
    )
    lights = desk.lights()
    assert "告警由平台接口补收" in lights["mqtt_text"] and lights["rest"] == "up"
    measured["shown_s"] = desk.wait_shown(city.raise_alarm(level="red")["alarm_id"], 15.0)
    assert lights["feeds"]["alarms"]["freshness"] != "live"  # I3: by polling is not live
    back_to_normal(city, desk, wires, measured)


@pytest.mark.fault("26", "只有 REST 断", promise="告警照常实时；命令排队，恢复后执行一次")
def test_that_without_rest_alarms_stay_live_and_orders_wait(city, desk, wires, measured):
    wires.rest.down()
    alarm_id = city.raise_alarm(level="red")["alarm_id"]
    measured["shown_s"] = desk.wait_shown(alarm_id)
    order_id = desk.order("acknowledge", alarm_id, note="")
    seconds(lambda: desk.lights()["rest"] == "down", 10.0 * ALLOWED, "REST is called away")
    wait_for(lambda: desk.order_states().get(order_id, [""])[0] == "queued", LIMIT_S, "it waits")
    lights = desk.lights()
    assert lights["mqtt"] == "up" and lights["feeds"]["alarms"]["freshness"] == "live"
    assert "连接被拒绝" in lights["rest_text"] and lights["outbox"]["pending"] == 1
    wires.mend()
    assert until_settled(desk, order_id)[0] == "accepted"
    back_to_normal(city, desk, wires, measured)
    invariants.orders_executed_once(city, desk, [order_id])
