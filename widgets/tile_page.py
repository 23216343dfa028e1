"""What stands in a tile where no live picture stands: never black without a reason."""

from datetime import datetime

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.domain.cameras import TileStatus
from widgets.hatch import paint_hatch
from widgets.theme import BODY_PX, LINE_PX, NOTE_PX, STRONG_PX, colour, font
from widgets.tile_words import is_past, next_try_text, state_word
from widgets.times import hh_mm_ss

STRIP_PX = 28
_SIDE_PX = 16
_DARK = QColor(0, 0, 0, 140)  # 55 %: a picture of the past must not look like the present
_MAX_STRIP_CHARS = 12
_BREAKS = "，：；。、"
_MAX_CHARS = 400  # laying out a text of a million characters takes a second


class TilePage(QWidget):
    """Grey with word, reason and next try; or the last picture, darkened and hatched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = TileStatus(0)
        self._frame = QPixmap()
        self._last_picture_at: datetime | None = None
        self._scale = 1.0

    def enlarge(self, scale: float) -> None:
        """For who reads it from far away."""
        if scale != self._scale:
            self._scale = scale
            self.update()

    @property
    def has_frame(self) -> bool:
        return not self._frame.isNull() and is_past(self._status)

    def keep_frame(self, frame: QPixmap) -> None:
        """The last picture as it stood on screen."""
        self._frame = frame
        self.update()

    def forget_picture(self) -> None:
        self._frame, self._last_picture_at = QPixmap(), None
        self.update()

    def show_status(self, status: TileStatus, last_picture_at: datetime | None) -> None:
        before = self._shown()
        if last_picture_at is not None:
            self._last_picture_at = last_picture_at
        self._status = status
        if self._shown() != before:  # a status comes each 250 ms, its words change each second
            self.update()

    def _shown(self) -> tuple[object, ...]:
        return self.has_frame, *(self.strip_lines() if self.has_frame else self.lines())

    def lines(self) -> tuple[str, str, str]:
        """Word, reason, next try: also what the tile's accessible description says."""
        status = self._status
        return state_word(status.state), status.reason[:_MAX_CHARS], next_try_text(status)

    def strip_lines(self) -> tuple[str, str]:
        """What stands below a kept picture: `画面停滞`, `末帧 03:11:18 · 第 3 次重试 4 s 后`."""
        last = self.tr("末帧 ") + hh_mm_ss(self._last_picture_at) if self._last_picture_at else ""
        return self._status.reason[:_MAX_STRIP_CHARS], " · ".join(
            filter(None, (last, next_try_text(self._status)))
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg2"))
        if self.has_frame:
            self._paint_past(painter)
        painter.scale(self._scale, self._scale)
        wide, high = int(self.width() / self._scale), int(self.height() / self._scale)
        if self.has_frame:
            self._paint_strip(painter, QRect(0, high - STRIP_PX, wide, STRIP_PX))
        else:
            self._paint_reason(painter, wide, high)

    def _paint_past(self, painter: QPainter) -> None:
        painter.drawPixmap(fit(self.rect(), self._frame.width(), self._frame.height()), self._frame)
        painter.fillRect(self.rect(), _DARK)
        paint_hatch(painter, QRectF(self.rect()))

    def _paint_strip(self, painter: QPainter, strip: QRect) -> None:
        painter.fillRect(strip, colour("bg1"))
        word, rest = self.strip_lines()
        bold = font(BODY_PX, bold=True)
        width = QFontMetrics(bold).horizontalAdvance(word)
        note = QFontMetrics(font(NOTE_PX))
        rest = note.elidedText(
            rest, Qt.TextElideMode.ElideRight, strip.width() - width - 2 * _SIDE_PX - 8
        )
        left = max(_SIDE_PX, (strip.width() - width - 8 - note.horizontalAdvance(rest)) // 2)
        painter.setPen(colour("stale"))
        painter.setFont(bold)
        painter.drawText(strip.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)
        painter.setPen(colour("text"))
        painter.setFont(font(NOTE_PX))
        painter.drawText(
            strip.adjusted(left + width + 8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, rest
        )

    def _paint_reason(self, painter: QPainter, wide: int, high: int) -> None:
        word, reason, next_try = self.lines()
        rows = [(word, STRONG_PX, True, "text")]
        rows += [(line, BODY_PX, False, "text2") for line in self._wrap(reason, wide)]
        if next_try:
            rows.append((next_try, NOTE_PX, False, "text2"))
        top = (high - sum(LINE_PX[px] for _, px, _, _ in rows)) // 2
        for text, px, bold, token in rows:
            painter.setFont(font(px, bold))
            painter.setPen(colour(token))
            row = QRect(_SIDE_PX, top, wide - 2 * _SIDE_PX, LINE_PX[px])
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, text)
            top += LINE_PX[px]

    def _wrap(self, text: str, wide: int, most_lines: int = 3) -> list[str]:
        """Behind a comma or colon where that leaves half a line, else anywhere, as Chinese may;
        what does not fit in the last line is cut."""
        metrics, width = QFontMetrics(font(BODY_PX)), wide - 2 * _SIDE_PX
        lines: list[str] = []
        rest = " ".join(text.split())
        while rest and len(lines) < most_lines - 1:
            end = len(rest)
            while end > 1 and metrics.horizontalAdvance(rest[:end]) > width:
                end -= 1
            if end < len(rest):
                mark = 1 + max(rest.rfind(sign, 0, end) for sign in _BREAKS)
                end = mark if mark >= end // 2 else end
            lines.append(rest[:end])
            rest = rest[end:]
        if rest:
            lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
        return lines


def fit(room: QRect, wide: int, high: int) -> QRect:
    """The largest rectangle of this shape in the middle of `room`."""
    width = min(room.width(), room.height() * wide // high)
    height = min(room.height(), room.width() * high // wide)
    left = room.left() + (room.width() - width) // 2
    return QRect(left, room.top() + (room.height() - height) // 2, width, height)
