"""The lights and their texts."""

from desktop.domain.freshness import Freshness
from desktop.domain.link_messages import OutboxState, ServiceCondition
from desktop.link.health import Health
from tests.unit.link.fakes import MovedClock


def _connected() -> tuple[MovedClock, Health]:
    clock = MovedClock()
    clock.passed_s = 100.0
    health = Health(clock)
    health.turn_mqtt(ServiceCondition.UP, "")
    health.counters["alarm_head"].note_received(100.0)
    return clock, health


def test_that_six_seconds_without_head_are_a_delay_though_the_line_is_up():
    clock, health = _connected()
    clock.passed_s = 105.0
    assert health.message(OutboxState()).mqtt.text == ""
    clock.passed_s = 107.0
    message = health.message(OutboxState())
    assert message.mqtt.condition is ServiceCondition.UP and "数据延迟" in message.mqtt.text
    assert message.feeds["alarms"].freshness is Freshness.STALE


def test_that_a_head_keeps_the_alarm_feed_alive_without_alarms():
    clock, health = _connected()
    clock.passed_s = 103.0
    feed = health.message(OutboxState()).feeds["alarms"]
    assert (feed.freshness, feed.age_s) == (Freshness.LIVE, 3.0)


def test_that_a_lost_line_makes_every_known_feed_lost():
    _, health = _connected()
    health.turn_mqtt(ServiceCondition.DOWN, "连不上")
    feeds = health.message(OutboxState()).feeds
    assert feeds["alarms"].freshness is Freshness.LOST
    assert feeds["water_levels"].freshness is Freshness.NEVER


def test_that_since_moves_only_with_the_condition():
    clock, health = _connected()
    assert health.turn_rest("没有应答")
    since = health.rest.state.since
    clock.passed_s += 5.0
    assert health.turn_rest("连接被拒绝") and health.rest.state.since == since
    assert not health.turn_rest("连接被拒绝")
    assert health.turn_rest("") and health.rest.state.since != since


def test_that_a_platform_that_asked_for_a_pause_is_told_with_its_end_in_the_citys_time():
    _, health = _connected()
    health.turn_rest("平台请求过多，要求稍候")
    told = health.message(OutboxState(), obliged_s=27.4).rest
    assert told.condition is ServiceCondition.DOWN and told.wait_s == 28.0
    assert "16:02:07 自动再试" in told.text  # 08:00 UTC and 100 s, in the zone of the city
    assert health.message(OutboxState()).rest == health.rest.state
    health.turn_rest("")
    assert health.message(OutboxState(), obliged_s=5.0).rest.wait_s == 0.0
