"""What stands in a cell without a picture, drawn by the grid itself: no player is made for it."""

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from widgets.icons import paint_icon
from widgets.theme import BODY_PX, NOTE_PX, colour, font

_ICON_PX, _HINT_FROM_PX = 28, 150


def paint_empty(
    painter: QPainter,
    rect: QRect,
    number: int,
    chosen: bool,
    held: bool,
    missing: bool,
    aimed: bool,
) -> None:
    """`missing`: a camera is wanted here that the register does not know (yet)."""
    painter.fillRect(rect, colour("bg1"))
    painter.setPen(QPen(colour("line"), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(rect).adjusted(4.5, 4.5, -4.5, -4.5))
    _paint_number(painter, rect, number)
    if held:
        place = QRectF(rect.right() - 26, rect.top() + 6, 16, 16)
        paint_icon(painter, place, "pin-outline", "text")
    words = _words(held, missing, rect.width() >= _HINT_FROM_PX)
    middle = rect.center()
    icon = QRectF(middle.x() - _ICON_PX / 2, middle.y() - _ICON_PX + 2, _ICON_PX, _ICON_PX)
    paint_icon(painter, icon, "cctv", "line")
    painter.setFont(font(BODY_PX if rect.width() >= _HINT_FROM_PX else NOTE_PX))
    painter.setPen(colour("text2"))
    line = QRect(rect.left() + 8, middle.y() + 8, rect.width() - 16, 24)
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)
    if chosen or aimed:
        paint_ring(painter, rect)


def paint_ring(painter: QPainter, rect: QRect) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour("focus"), 2))
    painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))


def _paint_number(painter: QPainter, rect: QRect, number: int) -> None:
    square = QRectF(rect.left() + 10, rect.top() + 6, 20, 20)
    painter.setPen(QPen(colour("border"), 1))
    painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(colour("text2"))
    painter.setFont(font(NOTE_PX, bold=True))
    painter.drawText(square, Qt.AlignmentFlag.AlignCenter, str(number))


def _words(held: bool, missing: bool, wide: bool) -> str:
    translate = QCoreApplication.translate
    if missing:
        return translate("WallGrid", "名册中没有这路摄像机")
    if held:
        return translate("WallGrid", "固定留空")
    if wide:
        return translate("WallGrid", "空闲 · 拖入摄像机")
    return translate("WallGrid", "空闲")
