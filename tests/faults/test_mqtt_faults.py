"""The message channel on bad days. City, brokers and link are real processes."""

import contextlib
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.feeds import water_levels
from desktop.feeds.wire import DecodeError
from tests.faults import invariants
from tests.faults.relay import Dropped, Relay, Shuffled, honest, thrice
from tests.faults.rig import City, Desk, seconds, wait_for

SLACK = invariants.ALLOWANCE


@pytest.fixture
def relayed(nothing_left_running: None, tmp_path: Path) -> Iterator[tuple[Relay, City, Desk]]:
    with (
        Relay.with_city(tmp_path) as (relay, city),
        Desk(tmp_path / "desk", city.url) as desk,
    ):
        desk.sign_in()
        yield relay, city, desk


def raise_many(city: City, count: int, **facts: object) -> list[str]:
    return [city.raise_alarm(**facts)["alarm_id"] for _ in range(count)]


def all_good(city: City, desk: Desk) -> None:
    invariants.nothing_lost(city, desk)
    invariants.nothing_shown_twice(desk)
    feeds = desk.lights()["feeds"]
    invariants.stale_is_marked({name: feeds[name] for name in ("alarms", "alarm_head")})
    invariants.notices_are_plain(desk.profile)


def alarm_feed(desk: Desk) -> dict:
    return desk.lights()["feeds"]["alarms"]


def unmapped(desk: Desk) -> list[str]:
    return alarm_feed(desk)["unmapped"]


def is_shown(desk: Desk, alarm_ids: list[str]) -> bool:
    return {*alarm_ids} <= {*desk.open_alarms()}


# ---- the broker goes ---------------------------------------------------------------------


@pytest.mark.fault(
    "1", "消息服务器 kill -9，20 s", promise="≤ 10 s 示中断；期间 300 条由平台接口补收，各一次"
)
def test_that_a_killed_broker_is_told_and_rest_takes_over(city: City, desk: Desk, measured):
    gone_s = time.monotonic()
    city.broker_down()
    wait_for(
        lambda: desk.lights()["mqtt"] == "down", 10.0 * SLACK, "the channel is shown as broken"
    )
    measured["told_s"] = round(time.monotonic() - gone_s, 2)
    text = desk.lights()["mqtt_text"]
    assert "连不上消息服务器" in text and "平台接口补收" in text
    alarm_ids = raise_many(city, 300)
    measured["by_rest_s"] = seconds(
        lambda: is_shown(desk, alarm_ids), 30.0, "all 300 are shown while the broker is away"
    )
    away_s = gone_s + 20.0 - time.monotonic()
    threading.Event().wait(max(away_s, 0.0))  # the fault's own length
    assert desk.lights()["mqtt"] == "down"
    city.broker_up()
    measured["normal_s"] = invariants.normal_again(desk)
    all_good(city, desk)


@pytest.mark.fault("2", "消息服务器停顿 30 s", promise="≤ 6 s 示数据延迟；恢复后合并")
def test_that_a_broker_that_stands_still_is_told_though_tcp_is_up(city: City, desk: Desk, measured):
    city.pause_broker()
    began_s = time.monotonic()
    try:
        measured["told_s"] = seconds(
            lambda: "数据延迟" in desk.lights()["mqtt_text"] or desk.lights()["mqtt"] == "down",
            6.0 * SLACK,
            "the delay is told",
        )
        alarm_ids = raise_many(city, 50)
        measured["by_rest_s"] = seconds(
            lambda: is_shown(desk, alarm_ids), 30.0, "alarms come by REST meanwhile"
        )
        threading.Event().wait(max(began_s + 30.0 - time.monotonic(), 0.0))
    finally:
        city.resume_broker()
    measured["normal_s"] = invariants.normal_again(desk)
    all_good(city, desk)


@pytest.mark.gate
@pytest.mark.fault("3", "消息服务器重启，会话全失", promise="重新订阅、补收；一条不少")
def test_that_a_broker_without_its_memory_is_subscribed_to_anew(city: City, desk: Desk, measured):
    city.broker_down()
    for path in city.state.rglob("mosquitto.db*"):
        path.unlink()
    missed = raise_many(city, 20)
    city.broker_up()
    measured["normal_s"] = invariants.normal_again(desk)
    wait_for(lambda: is_shown(desk, missed), 15.0, "what was missed is shown")
    stored = alarm_feed(desk)["stored"]
    desk.wait_shown(raise_many(city, 1)[0])
    wait_for(lambda: alarm_feed(desk)["stored"] > stored, 5.0, "news come by MQTT again")
    all_good(city, desk)


# ---- what it delivers is wrong -----------------------------------------------------------


@pytest.mark.gate
@pytest.mark.fault("5", "每条消息送三次", promise="只显示一条，重复次数不变")
def test_that_a_message_that_comes_three_times_counts_once(relayed, measured):
    relay, city, desk = relayed
    relay.meddle(thrice)
    alarm_ids = raise_many(city, 60)
    for alarm_id in alarm_ids[::3]:
        city.clear(alarm_id)
    measured["duplicates"] = wait_for(
        lambda: (n := alarm_feed(desk)["duplicates"]) >= 2 * 80 and n, 20.0, "all came thrice"
    )
    all_good(city, desk)
    theirs = {a["alarm_id"]: a["occurrences"] for a in city.rest("/alarms?state=open")["items"]}
    bodies = desk.journal("SELECT alarm_id, body FROM alarms")
    ours = {alarm_id: json.loads(body)["occurrences"] for alarm_id, body in bodies}
    assert all(ours[i] == theirs[i] == 1 for i in alarm_ids)


@pytest.mark.gate
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.fault("6", "200 条内乱序，解除先于触发", promise="按序号为准，没有假告警")
def test_that_any_order_ends_as_the_platform_has_it(relayed, measured, seed: int):
    relay, city, desk = relayed
    shuffled = Shuffled(200, seed)
    relay.meddle(shuffled)
    for alarm_id in raise_many(city, 100):
        city.clear(alarm_id)
    measured["normal_s"] = seconds(
        lambda: alarm_feed(desk)["received"] >= 200, 30.0, "the shuffled ones have come"
    )
    relay.meddle(honest)
    for payload in shuffled.held:
        relay.publish("alarm/event", payload)
    all_good(city, desk)


@pytest.mark.gate
@pytest.mark.fault("7", "序号缺失", promise="诊断可见，≤ 5 s 补齐")
def test_that_a_gap_is_shown_and_filled(relayed, measured):
    relay, city, desk = relayed
    relay.meddle(dropped := Dropped(every=3))
    alarm_ids = raise_many(city, 30)
    measured["filled_s"] = seconds(
        lambda: is_shown(desk, alarm_ids), 5.0 * SLACK, "what was lost is shown"
    )
    assert len(dropped.lost) >= 10
    wait_for(lambda: alarm_feed(desk)["backfilled"] >= 10, 10.0, "they are counted")
    all_good(city, desk)


@pytest.mark.gate
@pytest.mark.fault("7", "序号缺失", promise="诊断可见，≤ 5 s 补齐")
def test_that_a_gap_that_nobody_can_fill_stays_visible(relayed, measured):
    relay, city, desk = relayed
    city.rest_fault("500")
    relay.meddle(dropped := Dropped(every=4))
    raise_many(city, 12)
    lost = {json.loads(payload)["seq"] for payload in dropped.lost}
    measured["seen_s"] = seconds(
        lambda: alarm_feed(desk)["missing"] >= len(lost), 5.0 * SLACK, "the gap is counted"
    )
    city.rest_fault("ok")
    wait_for(lambda: alarm_feed(desk)["missing"] == 0, 60.0, "the gap is filled")
    all_good(city, desk)


@pytest.mark.fault("10", "1 MB 与 20 MB 消息", promise="丢弃；连接不断")
def test_that_a_giant_message_costs_neither_the_connection_nor_memory(relayed, measured):
    relay, city, desk = relayed
    before_mb = invariants.memory_mb(desk.link_pid)
    seen: set[str] = set()
    for size_bytes in (1_000_000, 20_000_000):
        relay.publish("alarm/event", b"x" * size_bytes)
        relay.publish("telemetry/water_level/giant", b"x" * size_bytes)
        alarm_id = city.raise_alarm()["alarm_id"]
        wait_for(
            lambda alarm_id=alarm_id: (
                seen.add(desk.lights()["mqtt"]) or alarm_id in desk.open_alarms()
            ),
            15.0,
            "an alarm behind it is shown",
        )
    assert seen == {"up"}
    measured["link_grew_mb"] = round(invariants.memory_mb(desk.link_pid) - before_mb, 1)
    assert measured["link_grew_mb"] < 40
    wait_for(lambda: alarm_feed(desk)["stored"] >= 2, 10.0, "both are counted")
    assert alarm_feed(desk)["rejected"] == 0
    all_good(city, desk)


# ---- what it delivers cannot be read -----------------------------------------------------


def deep(depth: int) -> str:
    return "[" * depth + "]" * depth


def event(**more: object) -> str:
    """What an honest platform would send, with something changed; never part of its log."""
    alarm = {
        "alarm_id": "hostile",
        "revision": 1,
        "epoch": "0",
        "seq": 1,
        "class_id": "water_level",
        "level": "yellow",
        "condition": "active",
        "title": "测试",
        "raised_at": "2026-07-14T16:42:31.000+08:00",
        "updated_at": "2026-07-14T16:42:31.000+08:00",
    }
    facts = {"epoch": "0", "seq": 1, "kind": "raised", "at": alarm["raised_at"]}
    return json.dumps(facts | {"alarm": alarm | more}, ensure_ascii=True)


HOSTILE = {
    "NaN": (event(value=float("nan")), "NaN is not a number"),
    "Infinity": (event(value=float("-inf")), "-Infinity is not a number"),
    "1e999": (event(value=7).replace('"value": 7', '"value": 1e999'), "not finite"),
    "2^63": (event(value=2**63), "integer beyond 2^53"),
    "5,000 digits": (event(value=7).replace('"value": 7', '"value": ' + "9" * 5000), "digit"),
    "lone surrogate": (event(alarm_id="\ud800"), "U+D800"),
    "depth 1e5": (deep(100_000), "deeper than 16"),
    "depth 17": (event(extra=json.loads(deep(17))), "deeper than 16"),
    "duplicate key": (event().replace('"seq": 1', '"seq": 1, "seq": 2', 1), "duplicate key"),
    "null level": (event(level=None), "alarm.level"),
    "not JSON": ("{", "Expecting property name"),
    "not UTF-8": ("\xff\xfe{}", "not UTF-8"),
}


@pytest.mark.gate
@pytest.mark.fault("11", "NaN、1e999、2^63、孤立代理、深度 1e5、重复键", promise="隔离并注明原因")
def test_that_what_cannot_be_read_is_put_aside_with_its_reason(city: City, desk: Desk, measured):
    before = alarm_feed(desk)["rejected"]
    for payload, _ in HOSTILE.values():
        city.publish("alarm/event", payload, encoding="latin-1")
    counted = lambda: alarm_feed(desk)["rejected"] - before >= len(HOSTILE)  # noqa: E731
    with contextlib.suppress(AssertionError):  # then the rows tell which one is missing
        wait_for(counted, 15.0, "all are counted")
    rows = desk.journal("SELECT reason, payload FROM quarantine WHERE topic LIKE '%alarm/event'")
    for name, (_, reason) in HOSTILE.items():
        assert any(reason in told for told, _ in rows), f"{name} is not among {rows}"
    sent = {payload.encode("latin-1")[: 64 * 1024] for payload, _ in HOSTILE.values()}
    assert {body for _, body in rows} <= sent  # one of each reason, as it came
    assert counted()
    measured["put_aside"] = len(HOSTILE)
    assert "hostile" not in desk.open_alarms()
    desk.wait_shown(raise_many(city, 1)[0])
    all_good(city, desk)


@pytest.mark.gate
@pytest.mark.parametrize("level", ["NaN", "1e999", "null", '"0.3"', "true"])
@pytest.mark.fault("11", "NaN、1e999、2^63、孤立代理、深度 1e5、重复键", promise="隔离并注明原因")
def test_that_a_reading_that_is_no_number_is_no_reading(level: str):
    """It would be stored as NULL and shown as 0: the gauge would look dry."""
    payload = f'{{"at": "2026-07-14T16:42:31+08:00", "metrics": {{"level_m": {level}}}}}'
    with pytest.raises(DecodeError):
        water_levels.FEED.decode("city/1/telemetry/water_level/SW-0500", payload.encode())


# ---- a platform that is newer than this desk ---------------------------------------------


@pytest.mark.gate
@pytest.mark.fault(
    "14", "未知枚举、未知、缺失、改名的字段", promise="按未知类型保留该行；每天提示一次"
)
def test_that_alarms_of_a_newer_platform_are_kept(relayed, measured):
    """The relay makes the city a newer one: what it says of its alarms has other words."""
    relay, city, desk = relayed
    changes = itertools.cycle([_new_words, _missing_field, _renamed_field, _nothing_else])
    relay.meddle(lambda payload: [_changed(payload, next(changes))])
    alarm_ids = raise_many(city, 8, level="blue")
    measured["shown_s"] = seconds(lambda: is_shown(desk, alarm_ids), 15.0, "every row is kept")
    wait_for(lambda: alarm_feed(desk)["received"] >= 8, 10.0, "they are counted")
    assert alarm_feed(desk)["rejected"] == 0
    names = wait_for(
        lambda: (n := unmapped(desk)) and "alarm.level=purple" in n and n, 10.0, "it is told"
    )
    assert {"alarm.flow=zen", "alarm.colour", "alarm.title（缺）", "alarm.level（缺）"} <= {*names}
    # What the head told first came by REST, in the words that we know.
    came = [json.loads(body)["alarm"] for (body,) in desk.journal("SELECT body FROM events")]
    unclear = {alarm["alarm_id"] for alarm in came if alarm.get("level") in (None, "purple")}
    assert unclear & {*alarm_ids}
    bodies = dict(desk.journal("SELECT alarm_id, body FROM alarms"))
    levels = {json.loads(bodies[alarm_id])["level"] for alarm_id in unclear}
    assert levels == {"red"}  # an unknown and a missing level hide nothing
    relay.meddle(honest)
    all_good(city, desk)


def _changed(payload: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    event = json.loads(payload)
    change(event["alarm"])
    event["alarm"]["colour"] = {"of": ["the", "sky"]}  # in each: the link samples one a second
    return json.dumps(event).encode()


def _new_words(alarm: dict[str, Any]) -> None:
    alarm |= {"level": "purple", "flow": "zen", "class_id": "meteorite"}


def _missing_field(alarm: dict[str, Any]) -> None:
    del alarm["title"]


def _renamed_field(alarm: dict[str, Any]) -> None:
    alarm["severity"] = alarm.pop("level")


def _nothing_else(alarm: dict[str, Any]) -> None:
    pass
