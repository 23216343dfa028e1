from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from desktop.domain.link_messages import (
    FeedState,
    LinkHealth,
    OutboxState,
    PlatformState,
    ServiceCondition,
    ServiceState,
    SessionState,
    User,
)
from desktop.stores.health import HealthStore, SessionStore

START = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)
UP = ServiceState(ServiceCondition.UP, None, "")
GOOD = LinkHealth(mqtt=UP, rest=UP, feeds={"alarms": FeedState(received=3)}, outbox=OutboxState(2))


@pytest.fixture
def store(qapp):
    return HealthStore()


class DeskClock:
    """Its wall can be set by hand, and then differs from what has passed."""

    def __init__(self) -> None:
        self.passed_s = self.set_s = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.passed_s + self.set_s)

    def monotonic_s(self) -> float:
        return self.passed_s

    async def sleep(self, seconds_s: float) -> None:
        raise AssertionError


def told(store: HealthStore, offset_s: float | None) -> None:
    store.set_link_connected(True)
    store.put(msgspec.structs.replace(GOOD, clock_offset_s=offset_s))


def test_that_the_platforms_time_goes_on_while_the_desks_clock_jumps(store):
    clock = DeskClock()
    told(store, 2.0)
    assert store.platform_now(clock) == START + timedelta(seconds=2)
    clock.passed_s, clock.set_s = 10.0, 3600.0
    assert store.platform_now(clock) == START + timedelta(seconds=12)
    told(store, -3598.5)  # the link has measured it anew
    assert store.platform_now(clock) == START + timedelta(seconds=11.5)
    clock.passed_s, clock.set_s = 20.0, -7200.0
    assert store.platform_now(clock) == START + timedelta(seconds=21.5)


def test_that_a_link_that_is_gone_takes_no_time_away_and_an_unknown_offset_is_none(store):
    clock = DeskClock()
    assert store.platform_now(clock) == START
    told(store, 60.0)
    store.platform_now(clock)
    store.set_link_connected(False)
    clock.passed_s = 5.0
    assert store.platform_now(clock) == START + timedelta(seconds=65)


def test_that_everything_is_down_before_the_link_was_reached(store):
    assert store.health.mqtt.condition is ServiceCondition.DOWN
    assert store.health.rest.condition is ServiceCondition.DOWN


def test_that_the_lights_are_those_of_the_link_while_it_is_connected(store):
    store.set_link_connected(True)
    store.put(GOOD)
    assert store.health == GOOD


def test_that_no_light_stays_green_when_the_link_is_gone_but_counters_do(store):
    store.set_link_connected(True)
    store.put(GOOD)
    store.set_link_connected(False)
    assert store.health.mqtt.condition is ServiceCondition.DOWN
    assert store.health.mqtt.text
    assert (store.health.feeds, store.health.outbox) == (GOOD.feeds, GOOD.outbox)


def test_that_only_a_change_of_the_connection_is_said(store):
    said = []
    store.changed.connect(lambda: said.append(store.link_connected))
    for connected in (False, True, True, False):
        store.set_link_connected(connected)
    assert said == [True, False]


def test_that_a_refused_sign_in_is_said_with_its_reason(qapp):
    session = SessionStore()
    reasons = []
    session.refused.connect(reasons.append)
    session.put_session(SessionState(refused="密码不对"))
    session.put_session(SessionState(user=User("u1", "张三")))
    assert reasons == ["密码不对"] and session.user.name == "张三"


def test_that_signing_out_forgets_the_person_and_keeps_the_platform(qapp):
    session = SessionStore()
    session.put_platform(PlatformState(url="http://x", standin=True))
    session.put_session(SessionState(user=User("u1", "张三")))
    session.put_session(SessionState())
    assert session.user is None and session.platform.standin
