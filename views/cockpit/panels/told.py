"""What stands behind the values of a panel: of when they are, and why there are none."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import takewhile

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


def short_names(names: Sequence[str], title: str) -> list[str]:
    """Without the beginning that all share, where the title says it: 诉求 · 排水 below 民生诉求."""
    shared = (
        ""
        if len(names) < 2
        else "".join(
            letters[0]
            for letters in takewhile(lambda one: len(set(one)) == 1, zip(*names, strict=False))
        )
    )
    said = shared.strip(" ·：")
    if len(said) < 2 or said not in title or any(len(one) < len(shared) + 2 for one in names):
        return list(names)
    return [one[len(shared) :] for one in names]


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
