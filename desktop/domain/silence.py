"""Which measured points have fallen silent, and what a desk reports of it. Pure.

A point is silent when it has missed SILENT_AFTER of its own intervals. Many of one class at
once are one fact: they share one report.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from desktop.domain.levels import WarningLevel

SILENT_AFTER = 3
SHORTEST_SILENCE_S, LONGEST_INTERVAL_S = 90.0, 3600.0
USUAL_INTERVAL_S = 60.0
TOGETHER = 5  # silent points of one class that make one report
NAMED = 3
CLASS_ID = "device_silent"

PointKey = tuple[str, str]  # class_id, point_id


class Heard(NamedTuple):
    """The last reading of a point, and how far apart its readings lie."""

    at: datetime
    interval_s: float = USUAL_INTERVAL_S

    def then(self, at: datetime) -> "Heard":
        """After a further reading. A longer gap counts at once, a shorter one little by little."""
        gap_s = (at - self.at).total_seconds()
        if gap_s <= 0:
            return self
        return Heard(at, min(max(gap_s, 0.9 * self.interval_s), LONGEST_INTERVAL_S))

    def limit_s(self) -> float:
        return max(SHORTEST_SILENCE_S, SILENT_AFTER * self.interval_s)


class Finding(NamedTuple):
    """What is reported: `point_ids` are behind it, the first names the place."""

    condition_key: str
    class_id: str  # of the silent points
    level: WarningLevel
    title: str
    detail: str
    point_ids: tuple[str, ...]


def silent_points(
    heard: Mapping[PointKey, Heard], now: datetime, line_up_since: datetime
) -> dict[PointKey, float]:
    """Seconds of silence by point, longest first; `now` is the platform's clock.

    Time without a line to the broker is nobody's silence.
    """
    found = {
        key: (now - max(last.at, line_up_since)).total_seconds()
        for key, last in heard.items()
        if now - max(last.at, line_up_since) > timedelta(seconds=last.limit_s())
    }
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def findings(
    silent: Mapping[PointKey, float], names: Mapping[str, str], class_names: Mapping[str, str]
) -> list[Finding]:
    """`names` are those of the points. What has no name is called by its id."""
    by_class: dict[str, list[str]] = {}
    for class_id, point_id in silent:
        by_class.setdefault(class_id, []).append(point_id)
    found: list[Finding] = []
    for class_id, point_ids in by_class.items():
        word = class_names.get(class_id, class_id)
        if len(point_ids) >= TOGETHER:
            found.append(_many(class_id, word, point_ids, names))
        else:
            found += [_one(class_id, p, silent[class_id, p], names, word) for p in point_ids]
    return found


def _one(
    class_id: str, point_id: str, silent_s: float, names: Mapping[str, str], word: str
) -> Finding:
    return Finding(
        f"{CLASS_ID}/{point_id}",
        class_id,
        WarningLevel.BLUE,
        f"设备静默 {names.get(point_id, point_id)}",
        f"{word}测点已 {silent_s / 60:.0f} min 没有数据，画面上的数值是旧值",
        (point_id,),
    )


def _many(class_id: str, word: str, point_ids: Sequence[str], names: Mapping[str, str]) -> Finding:
    first = "、".join(names.get(point_id, point_id) for point_id in point_ids[:NAMED])
    return Finding(
        f"{CLASS_ID}/{class_id}/many",
        class_id,
        WarningLevel.YELLOW,
        f"{word}测点成片静默 {len(point_ids)} 台",
        f"{first} 等，疑为链路或供电原因",
        tuple(point_ids),
    )


def unknown_to(known_point_ids: Iterable[str], found: Sequence[Finding]) -> list[Finding]:
    """What the platform has no alarm for yet: one whose every point is known is left out."""
    known = set(known_point_ids)
    return [finding for finding in found if not known.issuperset(finding.point_ids)]
