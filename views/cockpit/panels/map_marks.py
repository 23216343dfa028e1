"""Which alarms stand on the map of a cockpit, and which of them stand as one."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from desktop.domain.alarms import Alarm, AlarmState
from desktop.domain.levels import WarningLevel
from desktop.domain.points import AlarmClass

ABNORMAL = (WarningLevel.RED, WarningLevel.ORANGE, WarningLevel.YELLOW)
"""Those of the lowest level are counted; on a map for leaders they would only hide the others."""
WATER = frozenset(
    {"water_level", "underpass_water", "river_level", "pipe_level", "pump", "flow"}
)  # fmt: skip
_SET_ASIDE = (AlarmState.SHELVED, AlarmState.SUPPRESSED, AlarmState.OUT_OF_SERVICE)


class Mark(NamedTuple):
    """One alarm in its place. `words`: name and value, for the gravest."""

    alarm_id: str
    level: WarningLevel
    state: AlarmState
    lon_deg: float
    lat_deg: float
    words: str


class Shown(NamedTuple):
    """`marks`: gravest first, the newest of equals; `counts`: by level, with those that have no
    place."""

    marks: tuple[Mark, ...]
    counts: tuple[tuple[WarningLevel, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


class Cluster(NamedTuple):
    """`x`, `y` of its first mark; `count` with it."""

    mark: Mark
    x: float
    y: float
    count: int


def is_wanted(
    alarm: Alarm, wanted: Mapping[str, str], classes: Mapping[str, AlarmClass], scope_id: str = ""
) -> bool:
    """By the panel's `filter`: layer, industry, class_id, district_id; `scope_id`: a district."""
    if alarm.state in _SET_ASIDE:
        return False
    district = wanted.get("district_id") or scope_id
    if district and alarm.district_id != district:
        return False
    if wanted.get("layer") == "water" and alarm.class_id not in WATER:
        return False
    if (class_id := wanted.get("class_id")) and alarm.class_id != class_id:
        return False
    known = classes.get(alarm.class_id)
    industry = wanted.get("industry")
    return not industry or (known is not None and known.industry == industry)


def shown(alarms: Iterable[Alarm], words_of: Callable[[Alarm], str]) -> Shown:
    """`alarms` are those wanted; words are asked for only where they may be painted."""
    counts: Counter[WarningLevel] = Counter()
    placed: list[Alarm] = []
    for alarm in alarms:
        counts[alarm.level] += 1
        has_place = alarm.lon_deg is not None and alarm.lat_deg is not None
        if has_place and alarm.level in ABNORMAL:
            placed.append(alarm)
    placed.sort(key=lambda one: (one.level.rank, -one.raised_at.timestamp(), one.alarm_id))
    marks = tuple(
        Mark(
            one.alarm_id, one.level, one.state, one.lon_deg or 0.0, one.lat_deg or 0.0,
            words_of(one) if one.level is WarningLevel.RED else "",
        )
        for one in placed
    )  # fmt: skip
    return Shown(marks, tuple((level, counts[level]) for level in WarningLevel))


def with_value(words: str, alarm: Alarm) -> str:
    """Words that hold a figure already are left as they are."""
    if alarm.value is None or any(sign.isdigit() for sign in words):
        return words
    return f"{words} {alarm.value:g} {alarm.unit}".rstrip()


def clusters(
    marks: Sequence[Mark],
    at: Callable[[Mark], tuple[float, float]],
    near_px_of: Mapping[WarningLevel, float],
) -> tuple[Cluster, ...]:
    """Of the same level so near to the first; the gravest stand last, on top."""
    found: list[Cluster] = []
    cells: dict[tuple[WarningLevel, int, int], list[int]] = {}
    for mark in marks:
        x, y = at(mark)
        near_px = near_px_of[mark.level]
        column, row = int(x // near_px), int(y // near_px)
        around = [
            index
            for dx in (-1, 0, 1) for dy in (-1, 0, 1)
            for index in cells.get((mark.level, column + dx, row + dy), ())
        ]  # fmt: skip
        near = next((n for n in around if _within(found[n], x, y, near_px)), None)
        if near is None:
            cells.setdefault((mark.level, column, row), []).append(len(found))
            found.append(Cluster(mark, x, y, 1))
        else:
            found[near] = found[near]._replace(count=found[near].count + 1)
    return tuple(reversed(found))


def _within(one: Cluster, x: float, y: float, near_px: float) -> bool:
    return (one.x - x) ** 2 + (one.y - y) ** 2 <= near_px**2
