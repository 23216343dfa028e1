"""What the page is told of measured points: value, level, and how far towards the top line."""

import json
from collections.abc import Iterable
from datetime import datetime

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Reading

STALE_AFTER_S = 600.0


def level_of(point: Point, value: float) -> WarningLevel | None:
    """The highest line reached."""
    reached = [line for line in point.thresholds if value >= line.value]
    return max(reached, key=lambda line: line.value).level if reached else None


def value_of(point: Point, reading: Reading | None) -> float | None:
    if reading is None:
        return None
    if point.metric in reading.metrics:
        return reading.metrics[point.metric]
    return next(iter(reading.metrics.values()), None)


def value_text(point: Point, value: float) -> str:
    figure = f"{value:.2f}" if point.unit == "m" else f"{value:.3g}"
    return f"{figure} {point.unit}".strip()


def is_stale(reading: Reading, now: datetime) -> bool:
    return (now - reading.at).total_seconds() > STALE_AFTER_S


def point_mark(point: Point, reading: Reading | None, now: datetime) -> dict[str, object]:
    mark: dict[str, object] = {
        "id": point.point_id,
        "lon": point.lon_deg,
        "lat": point.lat_deg,
        "class": point.class_id,
    }
    value = value_of(point, reading)
    if value is None or reading is None:
        return mark
    level = level_of(point, value)
    top = max((line.value for line in point.thresholds), default=0.0)
    mark["text"] = value_text(point, value)
    mark["level"] = level.value if level else "normal"
    mark["part"] = round(min(value / top, 1.0), 2) if top > 0 else None
    mark["stale"] = is_stale(reading, now)
    return mark


class PointSheet:
    """Encodes a point only when it has another reading, or the reading has become old."""

    def __init__(self) -> None:
        self._marks: dict[str, tuple[Point, Reading | None, bool, str]] = {}

    def body(self, rows: Iterable[tuple[Point, Reading | None]], now: datetime) -> bytes:
        """What has no place is left out."""
        marks = [
            self._mark(point, reading, now)
            for point, reading in rows
            if point.lon_deg is not None and point.lat_deg is not None
        ]
        return f"[{','.join(marks)}]".encode()

    def _mark(self, point: Point, reading: Reading | None, now: datetime) -> str:
        stale = reading is not None and is_stale(reading, now)
        known = self._marks.get(point.point_id)
        if known and known[0] is point and known[1] is reading and known[2] == stale:
            return known[3]
        mark = json.dumps(
            point_mark(point, reading, now), ensure_ascii=False, separators=(",", ":")
        )
        self._marks[point.point_id] = (point, reading, stale, mark)
        return mark
