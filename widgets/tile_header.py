"""The strip above a tile's picture: number, camera, state and age. Nothing lies on the picture."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from desktop.domain.cameras import TileState, TileStatus
from widgets.hatch import paint_hatch
from widgets.icons import paint_icon
from widgets.plain_label import plain_tip
from widgets.theme import BODY_PX, NOTE_PX, colour, font
from widgets.tile_words import header_text, is_past, short_header_text

HEADER_PX = 28
_NUMBER_PX, _SIDE_PX, _GAP_PX, _PIN_PX = 20, 8, 8, 24
_KIND_PX = 16
_NARROW_PX = 340


class PinButton(QAbstractButton):
    """Held: the tile keeps its camera whatever alarm is selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFixedSize(_PIN_PX, _PIN_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.toggled.connect(self._tell)
        self._tell(False)

    def enlarge(self, scale: float) -> None:
        self.setFixedSize(round(_PIN_PX * scale), round(_PIN_PX * scale))

    def sizeHint(self) -> QSize:
        return QSize(_PIN_PX, _PIN_PX)

    def _tell(self, held: bool) -> None:
        text = self.tr("取消固定：随所选告警切换") if held else self.tr("固定此画面")
        self.setToolTip(plain_tip(text))
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.isChecked():
            painter.fillRect(self.rect(), colour("selection"))
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        token = "text" if self.isChecked() or self.underMouse() else "border"
        paint_icon(painter, QRectF(self.rect()).adjusted(4, 4, -4, -4), "pin-outline", token)


class TileHeader(QWidget):
    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._name = self._source = self._kind = self._note = self._sound = ""
        self._scale = 1.0
        self._status = TileStatus(number)
        self._text = header_text(self._status)
        self.setFixedHeight(HEADER_PX)
        self.pin = PinButton(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 2, 0)
        row.addStretch(1)
        row.addWidget(self.pin)
        self.pin.toggled.connect(self._show_pin)

    @property
    def text(self) -> str:
        return self._text

    @property
    def shown_text(self) -> str:
        """A narrow tile says less of its state, and more of its name."""
        narrow = self.width() < _NARROW_PX * self._scale
        return short_header_text(self._status) if narrow else self._text

    def enlarge(self, scale: float) -> None:
        """For who reads it from far away; everything in it is drawn so many times as large."""
        if scale != self._scale:
            self._scale = scale
            self.setFixedHeight(round(HEADER_PX * scale))
            self.pin.enlarge(scale)
            self._show_pin()
            self.update()

    def _show_pin(self) -> None:
        """Who reads from far away presses nothing: there the name has its room, unless it says
        that the picture is held."""
        self.pin.setVisible(self._scale == 1.0 or self.pin.isChecked())

    def show_name(self, name: str) -> None:
        if name != self._name:
            self._name = name
            self.update()

    def show_number(self, number: int) -> None:
        """Of its place on the wall, where tiles move; 0 where nobody asks for it by number."""
        if number != self._number:
            self._number = number
            self.update()

    def show_kind(self, icon: str) -> None:
        """What carries the camera, as an icon before its name; empty: nothing worth a sign."""
        if icon != self._kind:
            self._kind = icon
            self.update()

    def show_note(self, note: str) -> None:
        """Behind the age, as `主`: which stream, how far it is enlarged."""
        if note != self._note:
            self._note = note
            self.update()

    def show_sound(self, icon: str) -> None:
        """Of the one picture that is heard; empty: none."""
        if icon != self._sound:
            self._sound = icon
            self.update()

    def show_source(self, source: str) -> None:
        """Whose camera it is, where it is not our own."""
        if source != self._source:
            self._source = source
            self.update()

    def show_status(self, status: TileStatus) -> None:
        text = header_text(status)
        if text != self._text or status.state is not self._status.state:
            self._status, self._text = status, text
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("bg2"))
        stalled = is_past(self._status)
        if stalled:
            paint_hatch(painter, QRectF(self.rect()))
        painter.scale(self._scale, self._scale)
        right = self.width() - _SIDE_PX if self.pin.isHidden() else self.pin.x() - 4
        right = self._paint_sound(painter, int(right / self._scale))
        right = self._paint_state(painter, right)
        left = _SIDE_PX
        if self._number > 0:
            self._paint_number(painter)
            left += _NUMBER_PX + _GAP_PX
        left = self._paint_source(painter, left)
        left = self._paint_kind(painter, left)
        painter.setFont(font(BODY_PX, bold=True))
        painter.setPen(colour("text"))
        room = QRect(left, 0, right - left - _GAP_PX, HEADER_PX)
        name = painter.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideRight, room.width()
        )
        if stalled:  # letters on a hatch are hard to read
            painter.fillRect(
                QRect(left - 4, 0, painter.fontMetrics().horizontalAdvance(name) + 8, HEADER_PX),
                colour("bg2"),
            )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_source(self, painter: QPainter, left: int) -> int:
        """Paints the badge; returns where the name begins."""
        if not self._source:
            return left
        painter.setFont(font(NOTE_PX))
        width = painter.fontMetrics().horizontalAdvance(self._source) + 8
        badge = QRectF(left + 0.5, 5.5, width, HEADER_PX - 11)
        painter.setPen(QPen(colour("border"), 1))
        painter.setBrush(colour("bg2"))
        painter.drawRoundedRect(badge, 3, 3)
        painter.setPen(colour("text2"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self._source)
        return left + width + _GAP_PX

    def _paint_kind(self, painter: QPainter, left: int) -> int:
        if not self._kind:
            return left
        top = (HEADER_PX - _KIND_PX) / 2
        paint_icon(painter, QRectF(left - 2, top, _KIND_PX, _KIND_PX), self._kind, "text2")
        return left + _KIND_PX + 2

    def _paint_sound(self, painter: QPainter, right: int) -> int:
        if not self._sound:
            return right
        top = (HEADER_PX - _KIND_PX) / 2
        box = QRectF(right - _KIND_PX, top, _KIND_PX, _KIND_PX)
        if is_past(self._status):  # lines on a hatch are hard to read
            painter.fillRect(box.adjusted(-4, 0, 2, 0), colour("bg2"))
        paint_icon(painter, box, self._sound, "text")
        return right - _KIND_PX - _GAP_PX

    def _paint_number(self, painter: QPainter) -> None:
        top = (HEADER_PX - _NUMBER_PX) // 2
        square = QRectF(_SIDE_PX, top, _NUMBER_PX, _NUMBER_PX)
        if is_past(self._status):
            painter.setPen(QPen(colour("stale"), 2))
            painter.setBrush(colour("bg2"))
            painter.drawRoundedRect(square.adjusted(1, 1, -1, -1), 3, 3)
            painter.setPen(colour("stale"))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("text"))
            painter.drawRoundedRect(square, 3, 3)
            painter.setPen(colour("ink"))
        painter.setFont(font(NOTE_PX, bold=True))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _paint_state(self, painter: QPainter, right: int) -> int:
        """Paints the word so that it ends at `right`; returns where it begins."""
        stalled = is_past(self._status)
        if self._note:
            right = self._paint_note(painter, right)
        face, text = font(NOTE_PX, bold=stalled), self.shown_text
        width = QFontMetrics(face).horizontalAdvance(text)
        left = right - width - (8 if stalled else 0)
        painter.setFont(face)
        if stalled:
            badge = QRectF(left - 8, 4, width + 16, HEADER_PX - 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("stale"))
            painter.drawRoundedRect(badge, 4, 4)
            painter.setPen(colour("ink"))
        else:
            self._paint_dot(painter, left - 10)
            painter.setPen(colour("text2"))
        box = QRect(left, 0, width + 2, HEADER_PX)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        return left - 16

    def _paint_note(self, painter: QPainter, right: int) -> int:
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour("text2"))
        width = painter.fontMetrics().horizontalAdvance(self._note)
        box = QRect(right - width, 0, width + 2, HEADER_PX)
        if is_past(self._status):  # letters on a hatch are hard to read
            painter.fillRect(box.adjusted(-4, 0, 2, 0), colour("bg2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._note)
        return right - width - _GAP_PX

    def _paint_dot(self, painter: QPainter, centre_x: int) -> None:
        """Filled when live, a ring otherwise: readable without colour."""
        live = self._status.state is TileState.LIVE
        painter.setPen(QPen(colour("text" if live else "border"), 1.5))
        painter.setBrush(colour("text") if live else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(centre_x - 4, HEADER_PX / 2 - 4, 8, 8))
