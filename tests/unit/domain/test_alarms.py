import json

import msgspec
import pytest

from desktop.domain.alarms import (
    Alarm,
    AlarmState,
    Condition,
    Flow,
    Suppression,
    needs_acknowledgement,
    supersedes,
)
from tests.samples import acknowledged, alarm

WIRE = {
    "alarm_id": "A-1",
    "revision": 3,
    "epoch": "e1",
    "seq": 17,
    "class_id": "underpass_water",
    "level": "red",
    "condition": "active",
    "title": "下穿通道积水",
    "raised_at": "2026-11-21T19:00:00Z",
    "updated_at": "2026-11-21T19:00:05+08:00",
    "lon": 116.6,
    "lat": 28.9,
    "unit": "m",
    "a_field_of_next_year": {"x": 1},
}


def decode(**changed) -> Alarm:
    return msgspec.json.decode(json.dumps(WIRE | changed), type=Alarm)


def test_that_an_alarm_is_read_with_its_position_and_without_fields_of_next_year():
    read = decode()
    assert (read.alarm_id, read.lon_deg, read.lat_deg) == ("A-1", 116.6, 28.9)
    assert read.state is AlarmState.ACTIVE_UNACKED


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("raised_at", "2026-11-21T19:00:00", "timezone"),
        ("value", "0.42", r"\$.value"),
        ("lon", 181, r"<= 180"),
        ("lat", -91, r">= -90"),
        ("seq", -1, r"\$.seq"),
        ("level", "purple", "purple"),
        ("camera_ids", "C-1", r"\$.camera_ids"),
        ("alarm_id", None, r"\$.alarm_id"),
    ],
)
def test_that_a_wrong_field_is_refused_by_name(field, value, reason):
    with pytest.raises(msgspec.ValidationError, match=reason):
        decode(**{field: value})


def test_that_an_alarm_without_a_position_is_read():
    bare = {key: value for key, value in WIRE.items() if key not in ("lon", "lat")}
    assert msgspec.json.decode(json.dumps(bare), type=Alarm).lon_deg is None


RTN = Condition.RTN


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, AlarmState.ACTIVE_UNACKED),
        ({"ack": acknowledged()}, AlarmState.ACTIVE_ACKED),
        ({"condition": RTN}, AlarmState.RTN_UNACKED),
        ({"condition": RTN, "latched": True, "ack": acknowledged()}, AlarmState.LATCHED),
        ({"condition": RTN, "ack": acknowledged()}, AlarmState.CLOSED),
        (
            {"condition": RTN, "ack": acknowledged(), "flow": Flow.HANDLING},
            AlarmState.RTN_OPEN,
        ),
        ({"condition": RTN, "ack": acknowledged(), "flow": Flow.VERIFY}, AlarmState.RTN_OPEN),
        ({"condition": RTN, "ack": acknowledged(), "flow": Flow.DONE}, AlarmState.CLOSED),
        ({"suppression": Suppression.SHELVED}, AlarmState.SHELVED),
        ({"suppression": Suppression.SUPPRESSED, "condition": RTN}, AlarmState.SUPPRESSED),
        (
            {"suppression": Suppression.OUT_OF_SERVICE, "ack": acknowledged()},
            AlarmState.OUT_OF_SERVICE,
        ),
    ],
)
def test_that_the_state_follows_from_condition_answer_suppression_and_flow(facts, state):
    assert alarm(**facts).state is state
    assert alarm(**facts).is_open is (state is not AlarmState.CLOSED)


def test_that_only_unanswered_alarms_in_sight_need_an_answer():
    assert needs_acknowledgement(alarm())
    assert needs_acknowledgement(alarm(condition=RTN))
    assert not needs_acknowledgement(alarm(ack=acknowledged()))
    assert not needs_acknowledgement(alarm(suppression=Suppression.SHELVED))


def test_that_the_log_decides_what_is_newer_not_the_clock():
    from tests.samples import at

    newer = alarm(seq=5, updated_at=at(0))
    older = alarm(seq=4, updated_at=at(60))
    assert supersedes(newer, older)
    assert not supersedes(older, newer)


def test_that_a_duplicate_changes_nothing():
    assert not supersedes(alarm(seq=4), alarm(seq=4))
    assert supersedes(alarm(seq=4, revision=2), alarm(seq=4, revision=1))


def test_that_another_epoch_stands_whatever_its_number():
    assert supersedes(alarm(seq=1, epoch="e2"), alarm(seq=900, epoch="e1"))
    assert supersedes(alarm(), None)
