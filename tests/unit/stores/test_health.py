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

UP = ServiceState(ServiceCondition.UP, None, "")
GOOD = LinkHealth(mqtt=UP, rest=UP, feeds={"alarms": FeedState(received=3)}, outbox=OutboxState(2))


@pytest.fixture
def store(qapp):
    return HealthStore()


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
