"""How much of the city's eyes and touch is there: online rates, and what is silent. Pure."""

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from desktop.domain.cameras import Camera
from desktop.domain.points import Point

INTERVAL_S = 30.0  # contract: telemetry comes every 30 s at the latest
MISSED = 3  # intervals without a value count as offline


class OnlineRate(NamedTuple):
    """Of one group; `online` is None while nothing is known of it."""

    name: str
    online: int | None
    total: int

    @property
    def share(self) -> float | None:
        """0..1; None when unknown or empty."""
        if self.online is None or not self.total:
            return None
        return self.online / self.total


class Silent(NamedTuple):
    """A point that should report; `since` is its last value, None when it never came."""

    point: Point
    since: datetime | None


def eyes(cameras: Iterable[Camera]) -> list[OnlineRate]:
    """Cameras online by source platform, as the platform's register says; largest first."""
    total: Counter[str] = Counter()
    online: Counter[str] = Counter()
    for camera in cameras:
        total[camera.source] += 1
        online[camera.source] += camera.online
    return [OnlineRate(name, online[name], count) for name, count in total.most_common()]


class Heard(NamedTuple):
    """What was heard of the points. `limits_s` by class_id where it is not the usual one.

    `listening_s`: how long this desk has been listening; before a limit is over nobody can
    say that a point never reports.
    """

    newest: Mapping[str, datetime]  # point_id -> its last value
    now: datetime
    limits_s: Mapping[str, float] = {}
    listening_s: float = math.inf

    def limit_s(self, point: Point) -> float:
        return self.limits_s.get(point.class_id, MISSED * INTERVAL_S)

    def is_fresh(self, point: Point) -> bool:
        at = self.newest.get(point.point_id)
        return at is not None and (self.now - at).total_seconds() <= self.limit_s(point)

    def is_judged(self, point: Point) -> bool:
        return point.point_id in self.newest or self.listening_s > self.limit_s(point)


def limit_s(gaps_s: Sequence[float]) -> float:
    """Three of the intervals in which the points of a class really report."""
    usual_s = statistics.median(gaps_s) if gaps_s else INTERVAL_S
    return MISSED * max(INTERVAL_S, usual_s)


def touch(points: Iterable[Point], heard: Heard) -> list[OnlineRate]:
    """Points that reported within three intervals, by class; largest first.

    A class of which no value ever came is unknown: its feed is not connected to this desk,
    which says nothing of the sensors.
    """
    total: Counter[str] = Counter()
    online: Counter[str] = Counter()
    every = list(points)
    classes = {point.class_id for point in every if point.point_id in heard.newest}
    for point in every:
        if point.class_id not in classes or heard.is_judged(point):
            total[point.class_id] += 1
            online[point.class_id] += heard.is_fresh(point)
    return [
        OnlineRate(name, online[name] if name in classes else None, count)
        for name, count in total.most_common()
    ]


def silent(points: Iterable[Point], heard: Heard) -> list[Silent]:
    """Points of a class that reports, without a value for three intervals; longest first."""
    every = list(points)
    classes = {point.class_id for point in every if point.point_id in heard.newest}
    found = [
        Silent(point, heard.newest.get(point.point_id))
        for point in every
        if point.class_id in classes and heard.is_judged(point) and not heard.is_fresh(point)
    ]
    found.sort(key=lambda one: (one.since is not None, one.since or heard.now, one.point.point_id))
    return found


def whole(rates: Iterable[OnlineRate]) -> OnlineRate:
    """Of all groups of which something is known."""
    known = [rate for rate in rates if rate.online is not None]
    if not known:
        return OnlineRate("", None, 0)
    return OnlineRate("", sum(rate.online or 0 for rate in known), sum(r.total for r in known))
