"""Figures and periods as the scoreboard writes them."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.assessment.evaluation import Status
from desktop.domain.assessment.figures import Level
from desktop.domain.assessment.indicators import Indicator, Unit
from desktop.domain.assessment.periods import PeriodKind, kind_of

_SMALL_TARGET = 2.0
translate = QCoreApplication.translate


def figure(indicator: Indicator, value: float | None, decimals: int = 1) -> str:
    """Without its unit; `—` where there is none."""
    if value is None or value != value:
        return "—"
    if indicator.unit is Unit.COUNT:
        return f"{value:,.0f}"
    return f"{value:,.{_decimals(indicator, decimals)}f}"


def _decimals(indicator: Indicator, usual: int) -> int:
    """A target of half an hour wants minutes."""
    is_small = indicator.target is not None and indicator.target < _SMALL_TARGET
    is_fine = indicator.unit is not Unit.PERCENT and is_small
    return 2 if indicator.unit is Unit.POINTS or is_fine else usual


def unit_word(indicator: Indicator) -> str:
    return indicator.unit.word


def goal(indicator: Indicator) -> str:
    """`≥ 95`; empty where nothing is aimed at."""
    if indicator.target is None:
        return ""
    return f"{'≥' if indicator.higher_is_better else '≤'}{indicator.target:g}"


def status_word(status: int, level: Level = Level.DISTRICT) -> str:
    """What a person's post does not do is not late with anything."""
    if level is Level.PERSON and status == Status.NOT_REPORTED:
        return "—"
    words = {
        Status.NOTHING_DUE: translate("scoreboard", "无应办"),
        Status.NOT_REPORTED: translate("scoreboard", "未上报"),
        Status.CONTRADICTORY: translate("scoreboard", "矛盾"),
    }
    return words.get(Status(status), "")


def difference(value: float | None, indicator: Indicator) -> str:
    """`+0.8 个点`, signed, in the indicator's unit."""
    if value is None:
        return "—"
    word = (
        translate("scoreboard", "个点") if indicator.unit is Unit.PERCENT else indicator.unit.word
    )
    decimals = _decimals(indicator, 1)
    if round(abs(value), decimals) == 0:
        return translate("scoreboard", "持平")
    return f"{value:+.{decimals}f} {word}".replace("-", "−")


def period_word(period: str) -> str:
    kind, year = kind_of(period), period[:4]
    if kind is PeriodKind.YEAR:
        return translate("scoreboard", "{0} 年").format(year)
    if kind is PeriodKind.QUARTER:
        return translate("scoreboard", "{0} 年 {1} 季度").format(year, period[-1])
    return translate("scoreboard", "{0} 年 {1} 月").format(year, int(period[5:]))


def level_word(level: Level) -> str:
    words = {
        Level.DISTRICT: translate("scoreboard", "区"),
        Level.STREET: translate("scoreboard", "街道"),
        Level.ORG: translate("scoreboard", "部门"),
        Level.PERSON: translate("scoreboard", "个人"),
    }
    return words[level]


def two_lines(name: str) -> str:
    """A title of a narrow column, broken where it reads best."""
    if len(name) <= 3:
        return name
    cut = len(name) // 2
    return f"{name[:cut]}\n{name[cut:]}"
