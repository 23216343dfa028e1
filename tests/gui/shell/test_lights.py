"""A light that says "well" while it is not is worse than none."""

import pytest

from desktop.domain.cameras import TileState, TileStatus
from desktop.domain.freshness import Freshness
from desktop.domain.link_messages import FeedState, OutboxState, ServiceCondition, ServiceState
from desktop.shell.lights import clock_light, storage_light
from desktop.shell.top_bar import TopBar
from tests.gui.fake_room import NOW, live_health
from widgets.status_light import LightCondition


@pytest.fixture
def bar(qtbot, room):
    made = TopBar(room)
    qtbot.addWidget(made)
    made.resize(1920, 40)
    made.show()
    return made


def test_that_all_well_is_grey_and_says_the_age_of_the_last_word(bar):
    assert bar.live.state[:2] == (LightCondition.UP, "0.8 s")
    assert bar.rest.state[:2] == (LightCondition.UP, "正常")
    assert bar.outbox.state[:2] == (LightCondition.UP, "0")
    assert bar.offset.state[:2] == (LightCondition.UP, "准")
    assert not bar.storage.isVisible()


def test_that_the_age_grows_between_the_words_of_the_link(bar, room):
    room.clock.move(2)
    bar._tick()
    assert bar.live.state.word == "2.8 s"


def test_that_a_dead_link_turns_every_light_that_it_fed(bar, room):
    room.health.set_link_connected(False)
    assert bar.live.state.condition is LightCondition.DOWN
    assert bar.rest.state.condition is LightCondition.DOWN
    assert bar.outbox.state.condition is not LightCondition.UP
    assert "正在重启" in bar.rest.state.tip


def test_that_a_link_that_hangs_is_not_believed(bar, room):
    room.clock.move(10)
    bar._watch.check()
    bar._tick()
    assert bar.live.state.condition is LightCondition.STALE
    assert bar.rest.state.condition is LightCondition.STALE
    assert bar.outbox.state.condition is not LightCondition.UP


@pytest.mark.parametrize(
    ("condition", "light"),
    [
        (ServiceCondition.CONNECTING, LightCondition.WAITING),
        (ServiceCondition.UNKNOWN, LightCondition.WAITING),
        (ServiceCondition.DOWN, LightCondition.DOWN),
        (ServiceCondition.REFUSED, LightCondition.DOWN),
    ],
)
def test_that_a_service_says_what_since_when_and_what_is_done(bar, room, condition, light):
    state = ServiceState(condition, NOW, "证书被拒，请联系管理员")
    room.health.put(live_health(mqtt=state, rest=state))
    for shown in (bar.live.state, bar.rest.state):
        assert shown.condition is light
        assert "证书被拒" in shown.tip and "自 03:12:05 起" in shown.tip


def test_that_a_feed_without_heartbeat_is_stale_though_the_connection_stands(bar, room):
    room.health.put(live_health(feeds={"alarms": FeedState(Freshness.STALE, age_s=9.0)}))
    assert bar.live.state.condition is LightCondition.STALE
    room.health.put(live_health(feeds={"alarms": FeedState(Freshness.NEVER)}))
    assert bar.live.state.condition is not LightCondition.UP


@pytest.mark.parametrize(
    ("states", "condition", "word", "age"),
    [
        ((TileState.LIVE,) * 4, LightCondition.UP, "4/4", ""),
        ((TileState.LIVE,) * 3 + (TileState.STALLED,), LightCondition.STALE, "3/4", "停滞 1"),
        ((TileState.LIVE, TileState.RETRY, TileState.FAILED), LightCondition.STALE, "1/3", "断 2"),
        ((TileState.OPENING,), LightCondition.WAITING, "0/1", ""),
        ((TileState.IDLE,) * 4, LightCondition.UP, "—", ""),  # a page without pictures
        ((), LightCondition.UP, "—", ""),
    ],
)
def test_that_only_moving_pictures_are_counted_as_live(bar, room, states, condition, word, age):
    for number, state in enumerate(states, start=1):
        room.tiles.report(TileStatus(number, f"c{number}", state, reason="断线"))
    room.tiles.flush()
    assert bar.video.state[:3] == (condition, word, age)


def test_that_an_expired_order_is_not_grey(bar, room):
    room.health.put(live_health(outbox=OutboxState(pending=2, expired=1)))
    assert bar.outbox.state[:3] == (LightCondition.STALE, "2", "过期 1")


@pytest.mark.parametrize(
    ("offset_s", "word", "condition"),
    [
        (None, "未知", LightCondition.WAITING),
        (1.9, "准", LightCondition.UP),
        (5.0, "-5 s", LightCondition.STALE),
        (-61, "+61 s", LightCondition.STALE),
    ],
)
def test_that_a_wrong_clock_is_told_from_two_seconds_on(offset_s, word, condition):
    assert clock_light(offset_s)[:2] == (condition, word)


def test_that_a_full_disk_and_a_rebuilt_database_have_a_light_and_a_good_disk_none():
    full = ServiceState(ServiceCondition.DOWN, None, "磁盘已满")
    rebuilt = ServiceState(ServiceCondition.UP, None, "缓存已损坏，已重建")
    assert storage_light(ServiceState(ServiceCondition.UP)) is None
    assert storage_light(full)[:2] == (LightCondition.DOWN, "未落盘")
    assert storage_light(rebuilt)[:2] == (LightCondition.STALE, "已重建")


def test_that_the_demo_badge_is_only_on_the_stand_in(bar, room):
    from desktop.domain.link_messages import PlatformState

    assert bar._demo.isVisible()
    room.session.put_platform(PlatformState(url="https://city.example/api/v1"))
    assert not bar._demo.isVisible()


def test_that_errors_of_the_program_are_counted_in_a_light_of_their_own(bar):
    assert not bar.bugs.isVisible()
    bar.show_bugs(2, "<b>x</b> failed: KeyError: 'a'")
    assert bar.bugs.isVisible()
    assert bar.bugs.state[:2] == (LightCondition.DOWN, "2")
    assert "程序内部错误 2 次" in bar.bugs.state.tip and "KeyError" in bar.bugs.state.tip
    assert "&lt;b&gt;" in bar.bugs.toolTip()
