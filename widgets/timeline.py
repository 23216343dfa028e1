"""The strip below the map: twelve hours of alarms, how many, and where nothing was heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.domain.levels import WarningLevel
from widgets.hatch import paint_hatch
from widgets.level_badge import LevelLook, paint_level
from widgets.plain_label import plain_tip
from widgets.theme import NOTE_PX, colour, font
from widgets.times import CITY_ZONE, hh_mm, local

HOURS = 12
BAR_MIN = 10
_LEFT_PX, _RIGHT_PX, _HEIGHT_PX = 76, 64, 80
_MARK_PX, _MARK_Y_PX, _AXIS_Y_PX = 24, 16, 54
_HOUR_WORD_PX = 44
_BARS_PX = 24  # height of a bar at the flood line and above


class TimelineMark(NamedTuple):
    alarm_id: str
    at: datetime
    level: WarningLevel
    look: LevelLook
    title: str
    count: int = 1  # for how many alarms of this minute it stands; 0: another counts it


class TimelineGap(NamedTuple):
    """A stretch without sign of life; `text` stands beside it."""

    start: datetime
    end: datetime
    text: str


class Timeline(QWidget):
    """Marks that would cover each other are drawn as the gravest of them, with their count."""

    alarm_chosen = Signal(str)

    def __init__(self, flood_line: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flood_line = flood_line
        self._now: datetime | None = None
        self._marks: Sequence[TimelineMark] = ()
        self._bars: Sequence[tuple[datetime, int]] = ()
        self._gaps: Sequence[TimelineGap] = ()
        self._known_since: datetime | None = None
        self._chosen = ""
        self.setProperty("ground", "1")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(1180, _HEIGHT_PX)

    def show_strip(
        self,
        now: datetime,
        marks: Sequence[TimelineMark],
        bars: Sequence[tuple[datetime, int]],
        gaps: Sequence[TimelineGap] = (),
        known_since: datetime | None = None,
    ) -> None:
        """`bars`: start of each 10 min and its new alarms; before `known_since` they lack."""
        self._now, self._marks, self._bars = now, marks, bars
        self._gaps, self._known_since = gaps, known_since
        self.update()

    def choose(self, alarm_id: str) -> None:
        self._chosen = alarm_id
        self.update()

    def mark_groups(self) -> list[tuple[float, list[TimelineMark]]]:
        """x of each drawn mark and what it stands for, gravest first."""
        groups: list[tuple[float, list[TimelineMark]]] = []
        for mark in sorted(self._marks, key=lambda one: one.at):
            x = self._x(mark.at)
            if x < _LEFT_PX:
                continue
            if groups and x - groups[-1][0] < _MARK_PX + 8:
                groups[-1][1].append(mark)
            else:
                groups.append((x, [mark]))
        for _, members in groups:
            members.sort(key=lambda one: (one.alarm_id != self._chosen, one.level.rank))
        return groups

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if members := self._at(event.position()):
            self.alarm_chosen.emit(members[0].alarm_id)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            if members := self._at(QPointF(event.pos())):
                lines = [f"{hh_mm(one.at)}  {one.title}" for one in members[:8]]
                QToolTip.showText(event.globalPos(), plain_tip("\n".join(lines)), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)  # type: ignore[arg-type]

    def _at(self, place: QPointF) -> list[TimelineMark]:
        if abs(place.y() - _MARK_Y_PX) > _MARK_PX:
            return []
        for x, members in self.mark_groups():
            if abs(place.x() - x) <= _MARK_PX / 2 + 2:
                return members
        return []

    def _x(self, at: datetime) -> float:
        assert self._now is not None
        width = self.width() - _LEFT_PX - _RIGHT_PX
        past_h = (self._now - at).total_seconds() / 3600
        return _LEFT_PX + width * (1 - past_h / HOURS)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg1"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_names(painter)
        if self._now is None:
            return
        self._paint_bars(painter)
        self._paint_axis(painter)
        self._paint_gaps(painter)
        self._paint_marks(painter)
        self._paint_now(painter)

    def _paint_names(self, painter: QPainter) -> None:
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour("text2"))
        painter.drawText(QRectF(16, 8, 56, 16), self.tr("告警"))
        painter.drawText(QRectF(16, 36, 64, 16), self.tr("条/10 min"))

    def _paint_bars(self, painter: QPainter) -> None:
        width = self.width() - _LEFT_PX - _RIGHT_PX
        bar = width / (HOURS * 60 / BAR_MIN)
        y = _AXIS_Y_PX - _BARS_PX + 0.5
        pen = QPen(colour("line"), 1, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.drawLine(QPointF(_LEFT_PX, y), QPointF(self.width() - _RIGHT_PX, y))
        for start, count in self._bars:
            x = self._x(start)
            height = min(1.0, count / self._flood_line) * _BARS_PX
            if count and x + bar > _LEFT_PX:
                left = max(x, _LEFT_PX)
                right = min(x + bar - 2, self._x(self._now))  # type: ignore[arg-type]
                painter.fillRect(
                    QRectF(left, _AXIS_Y_PX - height, max(2.0, right - left), height),
                    colour("normal"),
                )

    def _paint_axis(self, painter: QPainter) -> None:
        now = self._now
        assert now is not None
        painter.setPen(QPen(colour("line"), 1))
        right = self.width() - _RIGHT_PX
        painter.drawLine(QPointF(_LEFT_PX, _AXIS_Y_PX + 0.5), QPointF(right, _AXIS_Y_PX + 0.5))
        hour = local(now).replace(minute=0, second=0, microsecond=0)
        every = self.hours_between_words()
        for back in range(HOURS):
            at = hour - timedelta(hours=back)
            x = self._x(at)
            if x < _LEFT_PX + 16 or right - x < 24:
                continue
            painter.setPen(QPen(colour("border"), 1))
            painter.drawLine(QPointF(int(x) + 0.5, _AXIS_Y_PX), QPointF(int(x) + 0.5, 58))
            if local(at).hour % every:
                continue
            painter.setPen(colour("text2"))
            box = QRectF(x - 24, 60, 48, 16)
            text = f"{at.astimezone(CITY_ZONE):%H:%M}"
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def hours_between_words(self) -> int:
        """1, 2, 3 or 4: so that two words of the axis never touch."""
        hour_px = (self.width() - _LEFT_PX - _RIGHT_PX) / HOURS
        return next((n for n in (1, 2, 3) if n * hour_px >= _HOUR_WORD_PX), 4)

    def _paint_gaps(self, painter: QPainter) -> None:
        painter.setFont(font(NOTE_PX))
        if self._known_since is not None and (x := self._x(self._known_since)) > _LEFT_PX + 8:
            # Before this seat was started only what is still open is known.
            box = QRectF(_LEFT_PX, _AXIS_Y_PX - _BARS_PX, x - _LEFT_PX, _BARS_PX)
            paint_hatch(painter, box, "border", 0.16)
            text = self.tr("{0} 开席前只列未结告警").format(hh_mm(self._known_since))
            painter.setPen(colour("border"))
            if painter.fontMetrics().horizontalAdvance(text) + 16 < box.width():
                painter.drawText(box.adjusted(8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QPen(colour("stale"), 1))
        for gap in self._gaps:
            box = self._gap_box(gap)
            if box.right() > _LEFT_PX:
                paint_hatch(painter, box, "stale", 0.6)
                painter.drawRect(box)
        for gap, box in self.gap_labels(painter.fontMetrics()):
            painter.drawText(box, gap.text)

    def _gap_box(self, gap: TimelineGap) -> QRectF:
        left, right = max(_LEFT_PX, self._x(gap.start)), self._x(gap.end)
        return QRectF(left, _AXIS_Y_PX - _BARS_PX, max(3.0, right - left), _BARS_PX)

    def gap_labels(self, metrics: QFontMetrics) -> list[tuple[TimelineGap, QRectF]]:
        """The newest first; one that would cover a newer one is left out."""
        placed: list[tuple[TimelineGap, QRectF]] = []
        for gap in reversed(self._gaps):
            box = self._gap_box(gap)
            width = metrics.horizontalAdvance(gap.text)
            at_left = box.right() + 6 + width > self.width() - _RIGHT_PX
            x = box.left() - 6 - width if at_left else box.right() + 6
            label = QRectF(x, box.top(), width + 2, 16)
            free = not any(label.intersects(other) for _, other in placed)
            if box.right() > _LEFT_PX and free:
                placed.append((gap, label))
        return placed

    def _paint_marks(self, painter: QPainter) -> None:
        painter.setFont(font(NOTE_PX, bold=True))
        half = _MARK_PX / 2
        for x, members in self.mark_groups():
            gravest = members[0]
            box = QRectF(x - half, _MARK_Y_PX - half, _MARK_PX, _MARK_PX)
            if gravest.alarm_id == self._chosen:
                painter.setPen(QPen(colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 4, 4)
            paint_level(painter, box, gravest.level, gravest.look, colour("bg1"))
            if (count := sum(one.count for one in members)) > 1:
                self._paint_count(painter, x + half, count)

    def _paint_count(self, painter: QPainter, left: float, count: int) -> None:
        text = str(count)
        if count >= 10_000:
            text = self.tr("{0} 万").format(f"{count // 1_000 / 10:.1f}")
        width = max(14, painter.fontMetrics().horizontalAdvance(text) + 6)
        # Ends before the words at the right end.
        box = QRectF(min(left - 4, self.width() - 4 - width), 0, width, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("bg3"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_now(self, painter: QPainter) -> None:
        now = self._now
        assert now is not None
        x = int(self._x(now)) + 1
        painter.fillRect(QRectF(x - 1, 6, 2, 54), colour("focus"))
        painter.setPen(colour("text"))
        painter.setFont(font(NOTE_PX, bold=True))
        painter.drawText(QRectF(x + 16, 26, 48, 16), self.tr("现在"))
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour("text2"))
        painter.drawText(QRectF(x + 16, 42, 48, 16), hh_mm(now))


if __name__ == "__main__":  # python -m widgets.timeline
    from datetime import UTC

    from widgets.demo import run_demo

    def build() -> list[QWidget]:
        now = datetime.now(UTC)
        strip = Timeline()
        marks = [
            TimelineMark(
                str(i), now - timedelta(minutes=17 * i), level, LevelLook.OUTLINE, "道路积水"
            )
            for i, level in enumerate([*WarningLevel] * 7)
        ]
        bars = [(now - timedelta(minutes=10 * (i + 1)), (i * 7) % 12) for i in range(40)]
        gap = TimelineGap(
            now - timedelta(minutes=230), now - timedelta(minutes=213), "缺口 17 min 已补收"
        )
        strip.show_strip(now, marks, bars, [gap], now - timedelta(hours=7))
        strip.choose("3")
        return [strip]

    run_demo(build, 1220)
