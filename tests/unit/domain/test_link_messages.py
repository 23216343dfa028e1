from typing import get_args

import msgspec
import pytest

from desktop.domain.framing import FrameSplitter, frame
from desktop.domain.levels import WarningLevel
from desktop.domain.link_messages import (
    AlarmEvents,
    AlarmSnapshot,
    Answer,
    Audited,
    AuditKept,
    CatalogueChanged,
    Confirm,
    DemoAccount,
    FeedState,
    IncidentReceiptsTold,
    IncidentsTold,
    LinkHealth,
    Message,
    Order,
    OrderCondition,
    OrderState,
    OutboxState,
    OutreachTold,
    PlatformState,
    Positions,
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
    WeatherTold,
)
from desktop.domain.positions import Position
from desktop.domain.weather import Weather
from tests.incident_samples import incident, receipt
from tests.incident_samples import message as text_message
from tests.samples import acknowledged, alarm, at, event, outreach, reading

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
    Positions(positions=(Position(at=at(), lon_deg=116.6, lat_deg=28.9, unit_id="V-1"),)),
    WeatherTold(weather=Weather(at=at(), signal=WarningLevel.ORANGE, rain_mm_h=23.4)),
    OutreachTold(items=(outreach(),), whole=True),
    IncidentsTold(items=(incident(messages=(text_message(1, 3),)),), whole=True, offered=False),
    IncidentReceiptsTold(receipts=(receipt(),)),
    CatalogueChanged(name="cameras", version="v1", count=3, fetched_at=at()),
    LinkHealth(mqtt=UP, rest=UP, feeds={"alarms": FeedState(received=3)}, outbox=OutboxState(1, 0)),
    OrderState(order_id="O", verb="acknowledge", target_id="A", condition=OrderCondition.QUEUED),
    Answer(request_id="Q", body=b"{}"),
    AuditKept(entry_ids=("E1", "E2")),
]
TO_LINK = [
    SignIn(username="zhang", password="hunter2"),
    SignOut(),
    Order(order_id="O", verb="acknowledge", target_id="A-1", body={"note": "已看"}),
    Question(request_id="Q", name="live", params={"camera_id": "C-1"}),
    Confirm(request_id="Q", action="register.export", password="hunter2"),
    Audited(entry_id="E1", at=at(), action="video.live", target="C-1", user="u1", role="operator"),
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
    for message in TO_LINK:
        assert "hunter2" not in repr(message)
