"""Which cameras a cockpit shows: those of its file, else those at the gravest alarms."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from desktop.domain.alarms import Alarm, needs_acknowledgement
from desktop.domain.cameras import Camera
from desktop.domain.levels import WarningLevel
from desktop.domain.linkage import default_cameras
from desktop.domain.tile_linkage import is_shown_by_linkage
from views.cockpit.panels.map_marks import with_value

MOST_ALARMS = 12
_MOST_OF_ONE = 2


class Wanted(NamedTuple):
    """`level` and `foot` of the alarm that the camera is shown for; none of its own choice."""

    camera_id: str
    level: WarningLevel | None = None
    foot: str = ""


def gravest(alarms: Iterable[Alarm]) -> list[Alarm]:
    """Down to the third level, those that nobody has acknowledged before the others."""
    open_ones = [
        one for one in alarms
        if is_shown_by_linkage(one) and one.level is not WarningLevel.BLUE
    ]  # fmt: skip
    open_ones.sort(
        key=lambda one: (
            one.level.rank, not needs_acknowledgement(one), -one.raised_at.timestamp(),
        )
    )  # fmt: skip
    return open_ones[:MOST_ALARMS]


def by_alarms(
    alarms: Iterable[Alarm], near: Callable[[Alarm], tuple[str, ...]], limit: int
) -> list[Wanted]:
    """One camera for each alarm, then a second one where there is room."""
    rows = [(one, (one.camera_ids or near(one))[:_MOST_OF_ONE]) for one in alarms]
    found: dict[str, Wanted] = {}
    for turn in range(_MOST_OF_ONE):
        for alarm, ids in rows:
            if turn < len(ids) and len(found) < limit:
                found.setdefault(ids[turn], Wanted(ids[turn], alarm.level, foot_of(alarm)))
    return list(found.values())


def foot_of(alarm: Alarm) -> str:
    return with_value(alarm.title, alarm)


def by_filter(cameras: Iterable[Camera], wanted: Mapping[str, str], limit: int) -> list[Wanted]:
    """Online ones of a `tag` and of a `district_id`, in the order of the register."""
    tag, district = wanted.get("tag"), wanted.get("district_id")
    fitting = (
        one for one in cameras
        if (not tag or tag in one.tags) and (not district or one.district_id == district)
    )  # fmt: skip
    return [Wanted(camera_id) for camera_id in default_cameras(fitting, limit)]
