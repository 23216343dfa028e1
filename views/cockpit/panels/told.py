"""What stands behind the values of a panel: of when they are, and why there are none."""

from collections.abc import Collection, Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.cockpit.metrics import Metric
from desktop.domain.cockpit.series import Against, MetricSeries
from views.cockpit.words import period_word, until_words

translate = QCoreApplication.translate


def before_word(against: Against) -> str:
    """Of the value before, as it stands in front of it."""
    return {
        Against.DAY: translate("cockpit", "昨日"),
        Against.WEEK: translate("cockpit", "上周"),
        Against.MONTH: translate("cockpit", "上月"),
        Against.YEAR: translate("cockpit", "去年"),
    }.get(against, "")


def common_period(metrics: Iterable[Metric]) -> str:
    """Empty where they are of different periods."""
    periods = {one.period for one in metrics}
    return period_word(periods.pop()) if len(periods) == 1 else ""


def common_unit(metrics: Iterable[Metric]) -> str:
    """Empty where they differ."""
    units = {one.unit for one in metrics}
    return units.pop() if len(units) == 1 else ""


def until(series: Iterable[MetricSeries | None], now: datetime) -> str:
    """`至 10:31`: to when the oldest of them is complete."""
    samples = [one.present for one in series if one is not None and one.present.as_of is not None]
    oldest = min(samples, key=lambda one: one.as_of or one.at, default=None)
    return until_words(oldest, now)


def note_of(*parts: str) -> str:
    return " · ".join(one for one in parts if one)


def nothing() -> str:
    return translate("cockpit", "没有数据")


def why_nothing(room: RoomContext, names: Collection[str]) -> str:
    """In place of values that are not there."""
    metrics = room.metrics
    if not len(metrics.registry):
        return translate("cockpit", "指标表尚未读出")
    if missing := [name for name in names if name not in metrics.registry]:
        return translate("cockpit", "没有指标 {0}").format("、".join(missing[:3]))
    return metrics.error or nothing()
