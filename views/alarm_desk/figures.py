"""The three figures at the head of the detail: what decides comes last and is the loudest."""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.alarms import Alarm, Condition
from desktop.domain.points import Point
from desktop.domain.water_levels import WaterSituation, red_line
from views.alarm_desk.wording import translate
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import KPI_PX, NOTE_PX
from widgets.times import age_text, short_age_text

# Within this the minutes to the line are the loudest thing on the screen.
HOT_WITHIN_MIN = 30.0


class Figure(NamedTuple):
    """`heat`: "" plain, "true" red ground, "stale" not the present."""

    value: str
    unit: str
    note: str
    heat: str = ""


def water_figures(alarm: Alarm, point: Point | None, water: WaterSituation) -> tuple[Figure, ...]:
    """Level, rise, minutes to the line. Old readings give no minutes."""
    stale = "stale" if water.stale else ""
    if water.course:
        age = short_age_text(water.age_s or 0.0)
        level = Figure(
            f"{water.course[-1][1]:.2f}",
            "m",
            translate("alarm_desk", "水位 {0}前").format(age + " "),
            stale,
        )
    else:
        value = "—" if alarm.value is None else f"{alarm.value:.2f}"
        level = Figure(value, "m", translate("alarm_desk", "报警时水位"), "")
    rise = _rise_figure(water, stale)
    return level, rise, _line_figure(point, water)


def _rise_figure(water: WaterSituation, stale: str) -> Figure:
    if water.rise_cm_min is None:
        return Figure("—", "cm/min", translate("alarm_desk", "读数不足 1 min"), stale)
    if water.rise_cm_min < 0:
        text = f"{-water.rise_cm_min:.1f}"
        return Figure(text, "cm/min", translate("alarm_desk", "下降 近 2 min"), stale)
    return Figure(
        f"{water.rise_cm_min:.1f}", "cm/min", translate("alarm_desk", "上升 近 2 min"), stale
    )


def _line_figure(point: Point | None, water: WaterSituation) -> Figure:
    goal = water.forecast
    if water.stale:
        return Figure("—", "min", translate("alarm_desk", "读数停滞 无法预计"), "stale")
    if goal is None:
        line = red_line(point.thresholds) if point is not None else None
        note = (
            translate("alarm_desk", "未涨 距 {0:.0f} cm 线").format(line.value * 100)
            if line is not None
            else translate("alarm_desk", "没有警戒线")
        )
        return Figure("—", "min", note)
    line_cm = goal.line.value * 100
    if goal.minutes <= 0:
        return Figure(
            f"{line_cm:.0f}",
            "cm",
            translate("alarm_desk", "已过 {0:.0f} cm 线").format(line_cm),
            "true",
        )
    heat = "true" if goal.minutes <= HOT_WITHIN_MIN else ""
    if goal.minutes > 180:
        return Figure(">3", "h", translate("alarm_desk", "距 {0:.0f} cm 线").format(line_cm))
    return Figure(
        f"{goal.minutes:.0f}",
        "min",
        translate("alarm_desk", "距 {0:.0f} cm 线").format(line_cm),
        heat,
    )


def other_figures(alarm: Alarm, now: datetime) -> tuple[Figure, ...]:
    """Value, limit and how long it has been standing."""
    age = age_text((now - alarm.raised_at).total_seconds()).split()
    figures = [Figure(age[0], age[1], translate("alarm_desk", "已持续"))]
    if alarm.condition is Condition.RTN and alarm.cleared_at is not None:
        since = age_text((now - alarm.cleared_at).total_seconds()).split()
        figures = [Figure(since[0], since[1], translate("alarm_desk", "恢复已有"))]
    if alarm.limit is not None:
        figures.insert(0, Figure(f"{alarm.limit:g}", alarm.unit, translate("alarm_desk", "限值")))
    if alarm.value is not None:
        figures.insert(0, Figure(f"{alarm.value:g}", alarm.unit, translate("alarm_desk", "报警值")))
    if len(figures) < 3:
        times = Figure(
            str(alarm.occurrences),
            translate("alarm_desk", "次"),
            translate("alarm_desk", "累计发生"),
        )
        figures.append(times)
    return tuple(figures)


class FigureRow(QWidget):
    """Three figures of 28 px; fits 284 px."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = [_FigureCell(self) for _ in range(3)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for cell, stretch in zip(self._cells, (9, 10, 10), strict=True):
            row.addWidget(cell, stretch)

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        for cell, figure in zip(self._cells, (*figures, None, None, None), strict=False):
            cell.setVisible(figure is not None)
            if figure is not None:
                cell.show_figure(figure)


class _FigureCell(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._value = PlainLabel(px=KPI_PX, bold=True)
        self._unit = PlainLabel(px=NOTE_PX, tone="text2")
        self._note = ElidedLabel(px=NOTE_PX, tone="text2")
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(self._value, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._unit, 1, Qt.AlignmentFlag.AlignBottom)
        self._unit.setContentsMargins(0, 0, 0, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 0, 6)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._note)
        self._value.setFixedHeight(36)
        self._note.setFixedHeight(16)

    def show_figure(self, figure: Figure) -> None:
        self._value.setText(figure.value)
        self._unit.setText(figure.unit)
        self._note.setText(figure.note)
        self.setAccessibleName(f"{figure.note} {figure.value} {figure.unit}")
        if self.property("hot") != figure.heat:
            self.setProperty("hot", figure.heat)
            for part in (self, self._value, self._unit, self._note):
                part.style().unpolish(part)
                part.style().polish(part)
