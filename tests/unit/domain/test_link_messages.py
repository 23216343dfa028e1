from typing import get_args

import msgspec
import pytest

from desktop.domain.framing import FrameSplitter, frame
from desktop.domain.link_messages import (
    AlarmEvents,
    AlarmSnapshot,
    Answer,
    CatalogueChanged,
    DemoAccount,
    FeedState,
    LinkHealth,
    Message,
    Order,
    OrderCondition,
    OrderState,
    OutboxState,
    PlatformState,
    Question,
    Readings,
    ServiceCondition,
    ServiceState,
    SessionState,
    SignIn,
    SignOut,
    ToLink,
    ToStation,
    User,
)
from tests.samples import acknowledged, alarm, at, event, reading

UP = ServiceState(ServiceCondition.UP, at(), "")
TO_STATION = [
    PlatformState(
        url="http://x/api/v1",
        standin=True,
        demo_accounts=(DemoAccount("zhang", "p", "张三", "operator", "值班员"),),
    ),
    SessionState(user=User("u1", "张三", ("operator",)), refused=""),
    AlarmSnapshot(alarms=(alarm(ack=acknowledged()),), first=True, last=False),
    AlarmEvents(events=(event(alarm()),), backfilled=True),
    Readings(readings=(reading(),)),
    CatalogueChanged(name="cameras", version="v1", count=3, fetched_at=at()),
    LinkHealth(mqtt=UP, rest=UP, feeds={"alarms": FeedState(received=3)}, outbox=OutboxState(1, 0)),
    OrderState(order_id="O", verb="acknowledge", target_id="A", condition=OrderCondition.QUEUED),
    Answer(request_id="Q", body=b"{}"),
]
TO_LINK = [
    SignIn(username="zhang", password="hunter2"),
    SignOut(),
    Order(order_id="O", verb="acknowledge", target_id="A-1", body={"note": "已看"}),
    Question(request_id="Q", name="live", params={"camera_id": "C-1"}),
]


@pytest.mark.parametrize("message", TO_STATION, ids=lambda m: type(m).__name__)
def test_that_the_station_reads_what_the_link_says(message):
    (body,) = FrameSplitter().feed(frame(message))
    assert msgspec.msgpack.decode(body, type=ToStation) == message


@pytest.mark.parametrize("message", TO_LINK, ids=lambda m: type(m).__name__)
def test_that_the_link_reads_what_the_station_says(message):
    (body,) = FrameSplitter().feed(frame(message))
    assert msgspec.msgpack.decode(body, type=ToLink) == message


def test_that_every_kind_of_message_is_tried_here():
    assert {type(m) for m in TO_STATION} == set(get_args(ToStation))
    assert {type(m) for m in TO_LINK} == set(get_args(ToLink))
    assert {type(m) for m in TO_STATION + TO_LINK} == set(Message.__subclasses__())


def test_that_a_message_for_the_other_side_is_refused():
    (body,) = FrameSplitter().feed(frame(SignOut()))
    with pytest.raises(msgspec.ValidationError, match="SignOut"):
        msgspec.msgpack.decode(body, type=ToStation)


def test_that_a_password_is_never_printed():
    assert "hunter2" not in repr(SignIn(username="zhang", password="hunter2"))
