"""What the panels of a cockpit say about a value: figures, times, goals, changes, doubts."""

from collections.abc import Iterable
from datetime import datetime
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from desktop.domain.cockpit.cockpit_file import Panel, Side, Threshold
from desktop.domain.cockpit.metrics import Direction, Metric, Period
from desktop.domain.cockpit.series import Against, Change, MetricSample
from widgets.times import age_text, local

if TYPE_CHECKING:
    from views.cockpit.panel import MetricValue

translate = QCoreApplication.translate
_WAN, _YI = 1e4, 1e8
_FIRST_WAN = 1e5
"""Up to here every digit is written."""
_ENOUGH_FOR_A_SHARE = 20.0
UP, DOWN, SAME = "up", "down", "same"
"""Marks; `painting.paint_mark` draws them."""


class Figures(NamedTuple):
    digits: str
    unit: str

    @property
    def text(self) -> str:
        return f"{self.digits} {self.unit}".strip()


class Standing(NamedTuple):
    """How far a value can be trusted. `words` is empty while it is fresh; `why` may be empty."""

    is_known: bool
    is_stale: bool
    words: str
    why: str = ""


class Verdict(NamedTuple):
    """Against its target. `gap`: by how much it is missed, in the metric's own digits."""

    met: bool
    word: str
    mark: str
    gap: str


class ChangeWords(NamedTuple):
    """`against`: 环比 and the like; `mark`: one of UP, DOWN, SAME; `amount`: without sign;
    `verdict`: 变好, 变差 or empty where the metric has no better side."""

    against: str
    mark: str
    amount: str
    verdict: str
    better: bool | None


def figures(metric: Metric, value: float | None) -> Figures:
    """From 100,000 on in 万, from 10^8 in 亿. A dash where nothing is known."""
    if value is None or not isfinite(value):
        return Figures("—", metric.unit)
    for size, word in ((_YI, translate("cockpit", "亿")), (_WAN, translate("cockpit", "万"))):
        if abs(value) >= max(size, _FIRST_WAN):
            digits = f"{value / size:,.{1 if abs(value) < 1000 * size else 0}f}"
            return Figures(digits, f"{word}{metric.unit}")
    return Figures(metric.text(value), metric.unit)


def count_text(number: float) -> str:
    """86,412; 23.0 万."""
    found = figures(_COUNT, number)
    return f"{found.digits} {found.unit}".strip()


_COUNT = Metric(metric_id="count.of", name="-", source="-")


def period_word(period: Period) -> str:
    words = {
        Period.NOW: translate("cockpit", "此刻"),
        Period.HOUR: translate("cockpit", "近 1 小时"),
        Period.DAY: translate("cockpit", "今日"),
        Period.MONTH: translate("cockpit", "本月"),
    }
    return words[period]


def until_words(sample: MetricSample | None, now: datetime) -> str:
    """至 10:31, with the date where it is not today's; empty where nothing is known."""
    if sample is None or sample.as_of is None:
        return ""
    moment = local(sample.as_of)
    form = "%H:%M" if moment.date() == local(now).date() else "%m-%d %H:%M"
    return translate("cockpit", "至 {0}").format(f"{moment:{form}}")


def oldest_of(values: Iterable["MetricValue"]) -> MetricSample | None:
    """Of several values the one that is known to the earliest time."""
    samples = [one.series.present for one in values if one.series is not None]
    dated = [(one.as_of, n, one) for n, one in enumerate(samples) if one.as_of is not None]
    return min(dated)[2] if dated else None


def standing_of(value: "MetricValue", error: str = "") -> Standing:
    """`error`: why the last question failed, `room.metrics.error`."""
    if value.value is None:
        nothing = translate("cockpit", "没有数据")
        return Standing(False, value.is_stale, nothing, error if value.series is None else "")
    if not value.is_stale:
        return Standing(True, False, "")
    return Standing(True, True, stale_words(value.age_s), error)


def stale_words(age_s: float | None) -> str:
    """Below a minute in steps of ten seconds: an age is no clock."""
    if age_s is None:
        return translate("cockpit", "停滞")
    rounded = age_s if age_s >= 60.0 else age_s // 10 * 10
    return translate("cockpit", "停滞 {0}").format(age_text(rounded))


def target_of(panel: Panel, metric: Metric) -> float | None:
    return metric.target if panel.target is None else panel.target


def goal_words(metric: Metric, target: float | None) -> str:
    """≥95; empty where nothing is aimed at."""
    if target is None:
        return ""
    sign = {Direction.UP: "≥", Direction.DOWN: "≤"}.get(metric.direction, "")
    return f"{sign}{target:,g}"


def limit_words(panel: Panel, metric: Metric, value: float | None) -> str:
    """≥40 较重: the gravest limit that is reached, else the first that would be."""
    if not panel.thresholds:
        return ""
    reached = [one for one in panel.thresholds if value is not None and one.is_reached(value)]
    shown = min(reached, key=lambda one: one.level.rank) if reached else max(
        panel.thresholds, key=lambda one: one.level.rank
    )  # fmt: skip
    return f"{threshold_words(shown)} {metric.unit}".strip()


def threshold_words(one: Threshold) -> str:
    return f"{'≥' if one.side is Side.ABOVE else '≤'}{one.at:,g}"


def verdict_of(metric: Metric, value: float | None, target: float | None) -> Verdict | None:
    """None where nothing is aimed at or known."""
    met = None if value is None else metric.meets(value, target)
    if met is None or value is None or target is None:
        return None
    word = translate("cockpit", "达标") if met else translate("cockpit", "未达标")
    return Verdict(met, word, UP if value > target else DOWN, metric.text(abs(value - target)))


def against_word(against: Against) -> str:
    words = {
        Against.DAY: translate("cockpit", "较昨日同时"),
        Against.WEEK: translate("cockpit", "较上周同时"),
        Against.MONTH: translate("cockpit", "环比"),
        Against.YEAR: translate("cockpit", "同比"),
    }
    return words.get(against, "")


def change_words(metric: Metric, change: Change | None) -> ChangeWords | None:
    """A change that rounds to nothing is none."""
    if change is None:
        return None
    share = change.share
    in_share = not (metric.decimals or metric.is_rate) and abs(change.before) >= _ENOUGH_FOR_A_SHARE
    if in_share and share is not None:
        amount = f"{abs(share):.0%}" if abs(share) >= 0.1 else f"{abs(share):.1%}"
    else:
        amount = metric.text(abs(change.difference))
    against = against_word(change.against)
    if not any(digit in amount for digit in "123456789"):
        return ChangeWords(against, SAME, "", translate("cockpit", "持平"), None)
    mark = UP if change.difference > 0 else DOWN
    return ChangeWords(against, mark, amount, better_word(change.better), change.better)


def better_word(better: bool | None) -> str:
    if better is None:
        return ""
    return translate("cockpit", "变好") if better else translate("cockpit", "变差")
