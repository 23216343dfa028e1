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
    mark["stale"] = (now - reading.at).total_seconds() > STALE_AFTER_S
    return mark


def point_marks(rows: Iterable[tuple[Point, Reading | None]], now: datetime) -> bytes:
    marks = [
        point_mark(point, reading, now)
        for point, reading in rows
        if point.lon_deg is not None and point.lat_deg is not None
    ]
    return json.dumps(marks, ensure_ascii=False, separators=(",", ":")).encode()
