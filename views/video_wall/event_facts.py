"""Beside the enlarged picture of an alarm: what it is, how high, how long, who knows of it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm, Condition
from desktop.domain.points import Point
from desktop.domain.water_levels import is_water, metric_of, water_situation
from desktop.errors import PlatformError
from desktop.tasks import TaskScope, loop_runs
from widgets.level_badge import LevelBadge, level_word
from widgets.plain_label import PlainLabel
from widgets.point_trend import point_trend
from widgets.theme import STRONG_PX, TITLE_PX
from widgets.times import age_text, hh_mm
from widgets.trend_chart import PAST_MIN, TrendChart

WIDTH_PX, _BADGE_PX, _VALUE_PX, _PAD_PX = 344, 40, 44, 16
_TREND_PX = 240


class EventFacts(QFrame):
    """Legible from four metres; a fact that is not known has no line."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("event_facts")
        self.setAccessibleName(self.tr("告警要点"))
        self.setProperty("ground", "1")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._room = room
        self._badge = LevelBadge(_BADGE_PX)
        self._level = PlainLabel(px=TITLE_PX, bold=True)
        self._title = self._wrapped(TITLE_PX, bold=True)
        self._value = PlainLabel(px=_VALUE_PX, bold=True)
        self._limit = self._wrapped(TITLE_PX, tone="text2")
        self._guidance = self._wrapped(TITLE_PX)
        self._trend_head = PlainLabel(px=STRONG_PX, tone="text2")
        self.trend = TrendChart(_TREND_PX, STRONG_PX)
        self._asked_for = ""  # alarm_id whose course of before was asked for
        self._scope = TaskScope(self)
        self._rows = QGridLayout()
        self._rows.setSpacing(8)
        self._rows.setColumnStretch(1, 1)
        self._facts: list[tuple[PlainLabel, PlainLabel]] = []
        self._lay_out()
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH_PX, super().sizeHint().height())

    def tell(self, alarm: Alarm) -> None:
        """Each second: the value and its age go on by themselves."""
        point = self._room.points.get(alarm.point_id) if alarm.point_id else None
        self._badge.show_level(alarm.level)
        self._level.setText(level_word(alarm.level))
        self._title.setText(alarm.title)
        value, limit = self._figures(alarm, point)
        self._show(self._value, value)
        self._show(self._limit, limit)
        self._show(self._guidance, self._steps(alarm))
        self._show_rows(self._lines(alarm, point))
        self._show_trend(alarm, point)

    # ---- what is said -----------------------------------------------------------------------

    def _figures(self, alarm: Alarm, point: Point | None) -> tuple[str, str]:
        """The value of now where the gauge still speaks, else that of the alarm."""
        value, unit = alarm.value, alarm.unit
        reading = self._room.readings.get(point.point_id) if point is not None else None
        if point is not None and reading is not None and point.metric in reading.metrics:
            value, unit = reading.metrics[point.metric], point.unit or unit
        if value is None:
            return "", ""
        limit = "" if alarm.limit is None else f"{alarm.limit:.3g} {alarm.unit}".strip()
        return f"{value:.3g} {unit}".strip(), limit and self.tr("警戒线 {0}").format(limit)

    def _lines(self, alarm: Alarm, point: Point | None) -> list[tuple[str, str]]:
        now = self._room.clock.now()
        age_s = (now - alarm.raised_at).total_seconds()
        active = alarm.condition is Condition.ACTIVE
        ack = self.tr("未确认")
        if alarm.ack is not None:
            ack = f"{alarm.ack.by} {hh_mm(alarm.ack.at)}"
        lines = [
            (self.tr("状态"), self.tr("存在") if active else self.tr("已恢复")),
            (self.tr("发生"), f"{hh_mm(alarm.raised_at)} · {age_text(age_s)}"),
            (self.tr("确认"), ack),
        ]
        reading = self._room.readings.get(point.point_id) if point is not None else None
        if reading is not None:
            lines.append((self.tr("读数"), age_text((now - reading.at).total_seconds())))
        place = point.name if point is not None else alarm.detail.partition("\n")[0]
        if place:
            lines.append((self.tr("地点"), place))
        return lines

    def _show_trend(self, alarm: Alarm, point: Point | None) -> None:
        """Of what is measured there; without a gauge nothing."""
        if point is not None and alarm.alarm_id != self._asked_for and loop_runs():
            self._asked_for = alarm.alarm_id
            self._scope.spawn(self._fetch_course(point), name="course beside a picture")
        readings = self._room.readings.course(point.point_id) if point is not None else ()
        for part in (self._trend_head, self.trend):
            part.setVisible(bool(readings))
        if not readings:
            return
        now, water = self._room.clock.now(), is_water(alarm, point, readings[-1])
        unit = "cm" if water or point is None else point.unit
        self._trend_head.setText(self.tr("近 {0} min · {1}").format(PAST_MIN, unit))
        self.trend.show_trend(point_trend(point, water_situation(point, readings, now), now, water))

    async def _fetch_course(self, point: Point) -> None:
        """What was measured before this desk listened; it is shown with the next second."""
        room = self._room
        metric = metric_of(point, room.readings.get(point.point_id))
        try:
            readings = await room.questions.series(point.point_id, metric or "level_m", PAST_MIN)
        except PlatformError:
            return  # what came by the live feed is shown
        room.readings.back_fill(point.point_id, readings)

    def _steps(self, alarm: Alarm) -> str:
        known = self._room.alarm_classes.get(alarm.class_id)
        return alarm.guidance or (known.guidance if known is not None else "")

    # ---- widgets ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._badge)
        head.addWidget(self._level, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD_PX, _PAD_PX, _PAD_PX, _PAD_PX)
        column.setSpacing(8)
        column.addLayout(head)
        for part in (self._title, self._value, self._limit):
            column.addWidget(part)
        column.addSpacing(8)
        column.addLayout(self._rows)
        column.addSpacing(8)
        column.addWidget(self._guidance)
        column.addStretch(1)
        column.addWidget(self._trend_head)
        column.addWidget(self.trend)

    def _wrapped(self, px: int, bold: bool = False, tone: str = "text") -> PlainLabel:
        label = PlainLabel(px=px, bold=bold, tone=tone)
        label.setWordWrap(True)
        return label

    def _show(self, label: PlainLabel, text: str) -> None:
        if label.text() != text:
            label.setText(text)
        label.setVisible(bool(text))

    def _show_rows(self, lines: list[tuple[str, str]]) -> None:
        while len(self._facts) < len(lines):
            pair = PlainLabel(px=TITLE_PX, tone="text2"), self._wrapped(TITLE_PX)
            for column, label in enumerate(pair):
                self._rows.addWidget(label, len(self._facts), column, Qt.AlignmentFlag.AlignTop)
            self._facts.append(pair)
        for number, pair in enumerate(self._facts):
            for label, text in zip(pair, lines[number] if number < len(lines) else ("", ""),
                                   strict=True):  # fmt: skip
                self._show(label, text)
