"""What an alarm tells of the moments before it."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from desktop.domain.alarms import Clip
from desktop.domain.levels import WarningLevel
from desktop.standin.catalogue import points
from desktop.standin.city import City, Draft
from desktop.standin.clips import BEFORE, clip_of
from desktop.standin.video.recordings import DAY_S, recorded_spans

AT = datetime(2026, 7, 18, 3, 0, 7, 250_000, tzinfo=UTC)


def a_point(*camera_ids: str):
    return replace(points()[0], camera_ids=camera_ids)


def a_camera_with_a_gap() -> tuple[str, datetime]:
    """And a moment within the gap."""
    first = int(AT.timestamp()) // DAY_S * DAY_S
    for number in range(200):
        camera_id = f"cam-{number:04}"
        spans = recorded_spans(camera_id, first, first + DAY_S, first + DAY_S + 60)
        if len(spans) == 2:
            return camera_id, datetime.fromtimestamp(spans[0][1] + 60, UTC)
    raise AssertionError("no camera has a gap")


def test_that_an_alarm_names_the_ten_seconds_before_it_of_its_first_camera():
    point = next(one for one in points() if clip_of(one, AT))
    alarm = City(now=lambda: AT).raise_alarm(Draft(point, WarningLevel.RED, "积水"))
    assert alarm.clip == Clip(point.camera_ids[0], AT - BEFORE, AT)


def test_that_what_a_scenario_cut_out_itself_stands():
    point = next(one for one in points() if one.camera_ids)
    own = Clip("cam-0003", AT - timedelta(seconds=8), AT + timedelta(seconds=4))
    draft = Draft(point, WarningLevel.RED, "高空坠物", clip=own)
    assert City(now=lambda: AT).raise_alarm(draft).clip == own


def test_that_a_camera_without_a_recording_gives_way_to_the_next_one():
    with_gap, at = a_camera_with_a_gap()
    assert clip_of(a_point(with_gap), at) is None
    found = clip_of(a_point(with_gap, "cam-0001"), at)
    assert found is not None and found.camera_id == "cam-0001"


def test_that_without_a_camera_there_is_no_clip():
    assert clip_of(a_point(), AT) is None
