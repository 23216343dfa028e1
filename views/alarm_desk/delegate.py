"""Paints one row of the alarm list: badge, title and place, age and state."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from views.alarm_desk.model import ROW_ROLE
from views.alarm_desk.rows import AlarmRow
from views.alarm_desk.wording import translate
from widgets import icons
from widgets.hatch import paint_hatch
from widgets.level_badge import ROW_PX, level_pixmap, margin_px
from widgets.theme import BODY_PX, NOTE_PX, colour, font
from widgets.times import age_text

HEIGHT_PX = 56
_LEFT_PX, _GAP_PX, _RIGHT_PX = 12, 12, 12
_TITLE_Y_PX, _PLACE_Y_PX = 8, 30
_STEP_PX, _MARK_PX = 20, 16  # of a row below its cause; of the mark that unfolds
_FOLD_REACH_PX = 88  # the mark and the count behind it
_CACHE_AT_MOST = 4000


def left_px(row: AlarmRow) -> int:
    """Of the badge, from the row's edge: below its cause a row stands further in."""
    return _LEFT_PX + min(row.depth, 3) * _STEP_PX


def unfolds_at(row: AlarmRow, x_px: float, y_px: float) -> bool:
    """Whether a press at a place of the row is one on the mark that lists its members."""
    words_px = left_px(row) + ROW_PX + _GAP_PX
    return bool(row.folds) and y_px >= _PLACE_Y_PX - 4 and x_px < words_px + _FOLD_REACH_PX


class TextCache:
    """Laid-out, elided lines: laying out is most of the cost of a row."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, int, bool, int], tuple[QStaticText, int]] = {}
        self._metrics = {
            (px, bold): QFontMetrics(font(px, bold))
            for px in (NOTE_PX, BODY_PX)
            for bold in (False, True)
        }

    def line(self, text: str, px: int, bold: bool, width_px: int) -> tuple[QStaticText, int]:
        """The text cut to `width_px`, and its width."""
        key = (text, px, bold, width_px)
        if (made := self._lines.get(key)) is not None:
            return made
        metrics = self._metrics[px, bold]
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width_px)
        static = QStaticText(cut)
        static.setTextFormat(Qt.TextFormat.PlainText)
        static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        static.prepare(font=font(px, bold))
        if len(self._lines) > _CACHE_AT_MOST:
            self._lines.clear()
        self._lines[key] = made = (static, metrics.horizontalAdvance(cut))
        return made


class AlarmDelegate(QStyledItemDelegate):
    """`now` gives the wall time of this paint; `trusted` whether the feed is live."""

    def __init__(
        self, now: Callable[[], datetime], trusted: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._trusted = trusted
        self._cache = TextCache()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(200, HEIGHT_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: AlarmRow | None = index.data(ROW_ROLE)
        if row is None:
            return
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        self._paint_ground(painter, rect, selected, hovered)
        self._paint_badge(painter, rect, row)
        if row.stale or not self._trusted():
            column = QRectF(rect.right() - 95, rect.top() + 2, 96, rect.height() - 4)
            paint_hatch(painter, column, "stale", 0.18)
        if row.closed:
            painter.setOpacity(0.55)
        self._paint_words(painter, rect, row, selected)
        painter.setOpacity(1.0)

    def _paint_ground(self, painter: QPainter, rect: QRect, selected: bool, hovered: bool) -> None:
        if selected:
            painter.fillRect(rect, colour("selection"))
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))
            return
        if hovered:
            painter.fillRect(rect, colour("bg2"))
        painter.setPen(QPen(colour("bg3"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_badge(self, painter: QPainter, rect: QRect, row: AlarmRow) -> None:
        ratio = painter.device().devicePixelRatioF()
        image = level_pixmap(row.alarm.level, row.look, ROW_PX, ratio)
        margin = margin_px(ROW_PX)
        top = rect.top() + (HEIGHT_PX - ROW_PX) // 2 - margin
        left = rect.left() + left_px(row)
        painter.drawPixmap(left - margin, top, image)
        if row.depth:
            painter.setPen(QPen(colour("border"), 1))
            x = left - _STEP_PX // 2
            painter.drawLine(x, rect.top(), x, rect.bottom())

    def _paint_words(self, painter: QPainter, rect: QRect, row: AlarmRow, selected: bool) -> None:
        left = rect.left() + left_px(row) + ROW_PX + _GAP_PX
        right = rect.right() + 1 - _RIGHT_PX
        quiet = "text" if selected else "text2"
        age_s = (self._now() - row.alarm.raised_at).total_seconds()
        urgent = row.waiting and row.alarm.level.rank == 1
        age = self._right(painter, rect, right, _TITLE_Y_PX + 2, age_text(age_s), urgent, quiet)
        state_tone = "stale" if row.stale else ("text" if row.waiting else quiet)
        words = translate("alarm_desk", "已结束") if row.closed else row.state
        if row.stale:
            words = translate("alarm_desk", "数据停滞")
        state = self._right(painter, rect, right, _PLACE_Y_PX, words, False, state_tone)
        chips = self._chips(row)
        chips_px = sum(self._chip_px(text) + 6 for text, _ in chips)
        room_px = right - left - age - 8 - chips_px
        title, width = self._cache.line(row.title, BODY_PX, row.waiting, room_px)
        self._draw(painter, left, rect.top() + _TITLE_Y_PX, title, BODY_PX, row.waiting, "text")
        x = left + width + 8
        for text, outlined in chips:
            x += self._paint_chip(painter, x, rect.top() + _TITLE_Y_PX + 2, text, outlined) + 6
        if row.folds:
            name = "chevron-down" if row.unfolded else "chevron-right"
            mark = icons.pixmap(name, "text", _MARK_PX, painter.device().devicePixelRatioF())
            painter.drawPixmap(left - 2, rect.top() + _PLACE_Y_PX, mark)
            left += _MARK_PX
        place, _ = self._cache.line(row.place, NOTE_PX, False, right - left - state - 8)
        self._draw(painter, left, rect.top() + _PLACE_Y_PX, place, NOTE_PX, False, quiet)

    def _chips(self, row: AlarmRow) -> list[tuple[str, bool]]:
        chips = []
        if row.first_out:
            chips.append((translate("alarm_desk", "首出"), True))
        if row.alarm.occurrences > 1:
            chips.append((f"×{row.alarm.occurrences}", False))
        return chips

    def _chip_px(self, text: str) -> int:
        return self._cache.line(text, NOTE_PX, True, 80)[1] + 8

    def _paint_chip(self, painter: QPainter, x: int, y: int, text: str, outlined: bool) -> int:
        width = self._chip_px(text)
        box = QRectF(x + 0.5, y + 0.5, width - 1, 15)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("text2"), 1) if outlined else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if outlined else colour("bg3"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        static, _ = self._cache.line(text, NOTE_PX, True, 80)
        self._draw(painter, x + 4, y, static, NOTE_PX, True, "text")
        return width

    def _right(
        self, painter: QPainter, rect: QRect, right: int, y: int, text: str, bold: bool, tone: str
    ) -> int:
        static, width = self._cache.line(text, NOTE_PX, bold, 160)
        self._draw(painter, right - width, rect.top() + y, static, NOTE_PX, bold, tone)
        return width

    def _draw(
        self, painter: QPainter, x: int, y: int, static: QStaticText, px: int, bold: bool, tone: str
    ) -> None:
        painter.setFont(font(px, bold))
        painter.setPen(colour(tone))
        # The face's line is higher than the design's: its text is centred on the design's line.
        line_px = 20 if px == BODY_PX else 16
        painter.drawStaticText(
            QPoint(x, y + (line_px - round(static.size().height())) // 2), static
        )
