"""Late messages and fields that nobody reads: counted without costing a flood anything."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.alarms import AlarmEvent
from desktop.domain.points import Reading
from desktop.link.counters import FeedCounters
from desktop.link.unmapped import MOST_NAMES, UnmappedFields, known_fields, unknown_fields
from tests.samples import alarm, event

NOW = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)


def reading(age_s: float) -> Reading:
    return Reading(at=NOW - timedelta(seconds=age_s), metrics={"level_m": 0.1})


@pytest.mark.parametrize(
    ("age_s", "offset_s", "late"),
    [(1, 0.0, 0), (11, 0.0, 1), (11, -600.0, 0), (1, 600.0, 1), (11, None, 0)],
)
def test_that_late_is_measured_by_the_platforms_clock(age_s, offset_s, late):
    counters = FeedCounters(offset_s=offset_s)
    counters.examine(reading(age_s), b"{}", NOW, 0.0)
    assert counters.late == late


def test_that_a_retained_value_of_before_our_time_is_old_not_late():
    counters = FeedCounters(offset_s=0.0)
    counters.examine(reading(3600), b"{}", NOW, 0.0, is_first=True)
    assert counters.late == 0


def test_that_unknown_fields_are_named_with_their_path():
    known = known_fields(AlarmEvent)
    body = {"epoch": "e", "seq": 1, "colour": 2, "alarm": {"title": "x", "mood": 1}}
    body["alarm"]["notes"] = [{"by": "x", "at": "y", "text": "z", "star": 1}]
    assert unknown_fields(body, known) == ["colour", "alarm.mood", "alarm.notes.star"]
    assert unknown_fields([1, "x", None], known) == []


def test_that_every_field_of_a_real_event_is_known():
    import msgspec

    body = msgspec.json.decode(msgspec.json.encode(event(alarm())))
    assert unknown_fields(body, known_fields(AlarmEvent)) == []


def test_that_one_message_a_second_is_looked_at():
    fields = UnmappedFields()
    for number, at_s in enumerate((0.0, 0.5, 1.0)):
        fields.look(json.dumps({f"x{number}": 1}).encode(), Reading, at_s)
    assert fields.names == ("x0", "x2")


def test_that_a_platform_with_ever_new_fields_does_not_fill_the_memory():
    fields = UnmappedFields()
    fields.look(json.dumps({f"x{n}": 1 for n in range(500)}).encode(), Reading, 0.0)
    assert len(fields.names) == MOST_NAMES
