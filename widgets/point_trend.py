"""The course of a point as its chart wants it: lines, forecast, and in which unit."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.domain.points import Point
from desktop.domain.water_levels import WaterSituation
from widgets.trend_chart import PAST_MIN, Trend, TrendForecast, TrendLine

_LONGEST_MIN = 180


def point_trend(
    point: Point | None, situation: WaterSituation, now: datetime, water: bool
) -> Trend:
    """`water`: a level in metres, which is told in centimetres and goes on as it rises."""
    scale = 100.0 if water else 1.0
    goal = situation.forecast
    ahead = (
        TrendForecast(now + timedelta(minutes=goal.minutes), goal.line.value * scale)
        if water and goal is not None and 0 < goal.minutes <= _LONGEST_MIN and not situation.stale
        else None
    )
    lines = point.thresholds if point is not None else ()
    empty = QCoreApplication.translate("PointTrend", "近 {0} min 没有读数")
    return Trend(
        course=[(at, value * scale) for at, value in situation.course],
        now=now,
        lines=[TrendLine(one.level, one.value * scale, f"{one.value * scale:g}") for one in lines],
        forecast=ahead,
        level=situation.level,
        stale=situation.stale,
        empty_text=empty.format(PAST_MIN),
    )
