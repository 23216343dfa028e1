"""A level as shape, word and colour: octagon 特, triangle 重, diamond 较, circle 般.

Filled is unacknowledged, outline acknowledged, dashed returned but unacknowledged; a grey
outline with an icon is shelved, suppressed or out of service. Without colour it still reads.
"""

from enum import StrEnum
from functools import cache

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from desktop.domain.alarms import AlarmState
from desktop.domain.levels import WarningLevel
from widgets.icons import paint_icon
from widgets.theme import colour, drawn_once, font, level_colour

ROW_PX, HEAD_PX = 28, 44
_BOX = 28.0  # the shapes are described in a square of 28
_SMALLEST_WITH_GLYPH_PX = 20
_GLYPH_PX, _GLYPH_AT_LEAST_PX = 12.5, 12.0

_POINTS = {
    WarningLevel.RED: (
        (9, 1.5), (19, 1.5), (26.5, 9), (26.5, 19), (19, 26.5), (9, 26.5), (1.5, 19), (1.5, 9),
    ),
    WarningLevel.ORANGE: ((14, 1.5), (27, 25.5), (1, 25.5)),
    WarningLevel.YELLOW: ((14, 0.8), (27.2, 14), (14, 27.2), (0.8, 14)),
}  # fmt: skip
_GLYPH_CENTRE_Y = {WarningLevel.ORANGE: 17.4}
_GLYPH_SHARE = {WarningLevel.ORANGE: 0.88}  # a triangle has less room inside
# A triangle and a diamond look smaller than an octagon in the same square.
_OUTSET = {WarningLevel.ORANGE: 2 / 28, WarningLevel.YELLOW: 2 / 28}


def level_word(level: WarningLevel) -> str:
    """Numeral and word of a 预警 level in the language of the screen."""
    translate = QCoreApplication.translate
    word = {
        WarningLevel.RED: translate("levels", "特别严重"),
        WarningLevel.ORANGE: translate("levels", "严重"),
        WarningLevel.YELLOW: translate("levels", "较重"),
        WarningLevel.BLUE: translate("levels", "一般"),
    }[level]
    return f"{level.roman} {word}"


def colour_word(level: WarningLevel) -> str:
    """As everybody says it: 红 橙 黄 蓝."""
    translate = QCoreApplication.translate
    return {
        WarningLevel.RED: translate("levels", "红"),
        WarningLevel.ORANGE: translate("levels", "橙"),
        WarningLevel.YELLOW: translate("levels", "黄"),
        WarningLevel.BLUE: translate("levels", "蓝"),
    }[level]


class LevelLook(StrEnum):
    FILLED = "filled"
    OUTLINE = "outline"
    DASHED = "dashed"
    SHELVED = "shelved"
    SUPPRESSED = "suppressed"
    OUT_OF_SERVICE = "out_of_service"


_ICONS = {
    LevelLook.SHELVED: "clock-outline",
    LevelLook.SUPPRESSED: "bell-off-outline",
    LevelLook.OUT_OF_SERVICE: "wrench-outline",
}
_LOOKS = {
    AlarmState.ACTIVE_UNACKED: LevelLook.FILLED,
    AlarmState.RTN_UNACKED: LevelLook.DASHED,
    AlarmState.SHELVED: LevelLook.SHELVED,
    AlarmState.SUPPRESSED: LevelLook.SUPPRESSED,
    AlarmState.OUT_OF_SERVICE: LevelLook.OUT_OF_SERVICE,
}


def look_of(state: AlarmState) -> LevelLook:
    """What a row, a mark on the map and a mark on the strip look like in this state."""
    return _LOOKS.get(state, LevelLook.OUTLINE)


@cache
def _shape(level: WarningLevel) -> QPainterPath:
    path = QPainterPath()
    if points := _POINTS.get(level):
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        path.closeSubpath()
    else:
        path.addEllipse(QPointF(14, 14), 12.5, 12.5)
    return path


@cache
def _glyph(level: WarningLevel, px: float) -> QPainterPath:
    face = font(100, bold=True)
    path = QPainterPath()
    path.addText(0, 0, face, level.glyph)
    scale = px / 100
    centre = path.boundingRect().center()
    centred = QPainterPath(path.translated(-centre))
    centred = QTransform.fromScale(scale, scale).map(centred)
    return centred.translated(14, _GLYPH_CENTRE_Y.get(level, 14))


def paint_level(
    painter: QPainter,
    rect: QRectF,
    level: WarningLevel,
    look: LevelLook = LevelLook.FILLED,
    ground: QColor | None = None,
) -> None:
    """Paints into the square `rect`; below 20 px only the shape, the word must stand beside it.

    `ground` fills the inside of an outline; None leaves what is there.
    """
    grow = rect.width() * _OUTSET.get(level, 0.0)
    rect = rect.adjusted(-grow, -grow, grow, grow)
    scale = rect.width() / _BOX
    hue = colour("text2") if look in _ICONS else level_colour(level)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(scale, scale)
    pen = QPen(hue, 2.0 if rect.width() >= _SMALLEST_WITH_GLYPH_PX else 3.0)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if look is LevelLook.DASHED:
        pen.setDashPattern([1.6, 1.2])  # in pen widths: 3.2 and 2.4
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    inside = hue if look is LevelLook.FILLED else ground
    painter.setBrush(inside if inside is not None else Qt.BrushStyle.NoBrush)
    painter.drawPath(_shape(level))
    _paint_inside(painter, level, look, hue, scale)
    painter.restore()


def _paint_inside(
    painter: QPainter, level: WarningLevel, look: LevelLook, hue: QColor, scale: float
) -> None:
    if scale * _BOX < _SMALLEST_WITH_GLYPH_PX:
        return
    if name := _ICONS.get(look):
        y = _GLYPH_CENTRE_Y.get(level, 14.0)
        paint_icon(painter, QRectF(14 - 6.5, y - 6.5, 13, 13), name)
        return
    px = max(_GLYPH_PX, _GLYPH_AT_LEAST_PX / scale) * _GLYPH_SHARE.get(level, 1.0)
    ink = colour("ink") if look is LevelLook.FILLED else hue
    painter.fillPath(_glyph(level, round(px, 1)), ink)


@drawn_once
def level_pixmap(level: WarningLevel, look: LevelLook, size_px: int, ratio: float = 1.0) -> QPixmap:
    """Drawn once: for delegates. The picture has `margin_px(size_px)` around the square."""
    margin = margin_px(size_px)
    side = size_px + 2 * margin
    image = QPixmap(round(side * ratio), round(side * ratio))
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_level(painter, QRectF(margin, margin, size_px, size_px), level, look)
    painter.end()
    return image


def margin_px(size_px: int) -> int:
    """Room for the outset of triangle and diamond."""
    return -(-size_px * 3 // 28)


class LevelBadge(QWidget):
    """One level of one alarm, square."""

    def __init__(self, size_px: int = ROW_PX, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size_px = size_px
        self._level: WarningLevel | None = None
        self._look = LevelLook.FILLED
        side = size_px + 2 * margin_px(size_px)
        self.setFixedSize(QSize(side, side))

    def show_level(self, level: WarningLevel | None, look: LevelLook = LevelLook.FILLED) -> None:
        self._level, self._look = level, look
        self.setAccessibleName(level_word(level) if level else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._level is None:
            return
        painter = QPainter(self)
        image = level_pixmap(self._level, self._look, self._size_px, self.devicePixelRatioF())
        painter.drawPixmap(0, 0, image)


if __name__ == "__main__":  # python -m widgets.level_badge
    from widgets.demo import run_demo

    def build() -> list[QWidget]:
        badges = []
        for look in LevelLook:
            for level in WarningLevel:
                badge = LevelBadge(HEAD_PX)
                badge.show_level(level, look)
                badges.append(badge)
        return badges

    run_demo(build)
