"""Bytes of the topics `position/{kind}/{unit_id}` and `weather`."""

import json
from typing import Any

import pytest

from desktop.domain.levels import WarningLevel
from desktop.domain.units import UnitKind, UnitState
from desktop.feeds import instruments, positions, water_levels, weather
from desktop.feeds.wire import DecodeError
from desktop.link.telemetry import feed_of

TOPIC = "city/990100/position/vehicle/V-0001"


def a_fix(**facts: Any) -> bytes:
    known = {"at": "2026-07-18T11:12:05+08:00", "lon": 116.6, "lat": 28.9, "speed_kmh": 31.5,
             "heading_deg": 270, "state": "busy"}  # fmt: skip
    return json.dumps(known | facts).encode()


def test_that_kind_and_id_come_from_the_topic():
    fix = positions.FEED.decode(TOPIC, a_fix(unit_id="X", kind="drone"))
    assert (fix.unit_id, fix.kind, fix.state) == ("V-0001", UnitKind.VEHICLE, UnitState.BUSY)
    crew = positions.FEED.decode("city/990100/position/crew/T-1", a_fix())
    assert crew.kind is UnitKind.TEAM


@pytest.mark.parametrize(
    "payload",
    [
        a_fix(lon=191),
        a_fix(lat="28.9"),
        a_fix(lon=0, lat=0),
        a_fix(at="2026-07-18T11:12:05"),
        a_fix(speed_kmh=-1),
        a_fix(state="sleeping"),
        b'{"lon":1,"lon":2,"lat":3,"at":"2026-07-18T11:12:05Z"}',
        b"\xff",
    ],
)
def test_that_a_fix_that_cannot_be_is_refused(payload):
    with pytest.raises(DecodeError):
        positions.FEED.decode(TOPIC, payload)


@pytest.mark.parametrize("topic", ["city/9/position/ship/S-1", "city/9/position/vehicle/"])
def test_that_a_topic_that_names_no_unit_is_refused(topic):
    with pytest.raises(DecodeError):
        positions.FEED.decode(topic, a_fix())


def test_that_the_topics_lead_to_their_feeds():
    assert feed_of(TOPIC) is positions.FEED
    assert feed_of("city/990100/weather") is weather.FEED
    assert feed_of("city/990100/telemetry/bridge/QL-1001") is instruments.FEED
    assert feed_of("city/990100/telemetry/water_level/SW-0001") is water_levels.FEED
    assert feed_of("city/990100/position/vehicle") is None


@pytest.mark.parametrize(("wire", "level"), [("orange", WarningLevel.ORANGE), (None, None),
                                             ("none", None)])  # fmt: skip
def test_that_no_signal_may_be_null_or_a_word(wire, level):
    body = {"at": "2026-07-18T03:12:05Z", "signal": wire, "rain_mm_h": 23.4, "text": "大到暴雨"}
    told = weather.FEED.decode("city/990100/weather", json.dumps(body).encode())
    assert (told.signal, told.rain_mm_h) == (level, 23.4)


def test_that_a_signal_that_nobody_knows_is_refused():
    body = b'{"at":"2026-07-18T03:12:05Z","signal":"purple","rain_mm_h":1}'
    with pytest.raises(DecodeError):
        weather.FEED.decode("city/990100/weather", body)
