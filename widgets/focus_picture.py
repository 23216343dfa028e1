"""A live picture that Qt paints: with who looks across it, masks in it, and any part of it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.domain.picture_part import WHOLE, Part, Rect, Size, place, standing
from widgets.theme import colour
from widgets.watermark import write_across

Mask = Sequence[tuple[float, float]]
"""Corners as fractions of the whole picture."""

_NEAR_PX = 1.0
_MARK_ALPHA = 0.55


def image_over(pixels: memoryview | bytes, size: Size, stride: int) -> QImage:
    """Not a copy: the caller keeps `pixels` for as long as the image."""
    return QImage(pixels, size.width, size.height, stride, QImage.Format.Format_RGB32)


class FocusPicture(QWidget):
    """Paints what it was given last, once per turn of the loop. Sizes are device pixels."""

    window_changed = Signal()
    window_resized = Signal(object)  # Size

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        # Native like the picture that it stands in for: the order of windows is that of tiles.
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pixels: memoryview | bytes = b""  # what the image lies over
        self._image = QImage()
        self._source, self._shown = Size(0, 0), WHOLE
        self._part, self._fills = WHOLE, False
        self._masks: tuple[QPolygonF, ...] = ()
        self._mark = ""
        self._mark_image = QPixmap()
        self.painted = 0
        self.hide()

    # ---- what is to be seen -----------------------------------------------------------------

    def show_frame(
        self, pixels: memoryview | bytes, size: Size, stride: int, source: Size, part: Part
    ) -> None:
        """`part` of a source picture of this size, in 32 bit pixels that are not copied."""
        self._image = image_over(pixels, size, stride)
        self._pixels = pixels
        self._source, self._shown = source, part
        self.update()

    def forget(self) -> None:
        """Nothing of one camera may be seen under the name of the next."""
        self._image, self._pixels = QImage(), b""
        self._part = WHOLE
        self.update()

    def look(self, part: Part, fills: bool) -> None:
        """At once with the pixels that are there; sharper ones follow."""
        self._part, self._fills = part, fills
        self.update()

    def mark(self, text: str) -> None:
        if text != self._mark:
            self._mark = text
            self._mark_image = QPixmap()
            self.update()

    def show_masks(self, masks: Sequence[Mask]) -> None:
        self._masks = tuple(QPolygonF([QPointF(x, y) for x, y in mask]) for mask in masks)
        self.update()

    # ---- what others ask --------------------------------------------------------------------

    @property
    def has_picture(self) -> bool:
        return not self._image.isNull()

    def window_size(self) -> Size:
        ratio = self.devicePixelRatioF()
        return Size(round(self.width() * ratio), round(self.height() * ratio))

    def part_rect(self) -> QRect:
        """Where the part that is looked at stands, in this widget; beyond it where it fills it."""
        rect, ratio = self._standing(), self.devicePixelRatioF()
        if not rect.width:
            return self.rect()
        return QRectF(
            rect.left / ratio, rect.top / ratio, rect.width / ratio, rect.height / ratio
        ).toRect()

    def frame(self) -> QPixmap:
        """As it is painted; empty without a picture."""
        if not self.has_picture:
            return QPixmap()
        kept = QPixmap(QSize(*self.window_size()))
        kept.setDevicePixelRatio(self.devicePixelRatioF())
        painter = QPainter(kept)
        self._paint(painter)
        painter.end()
        return kept

    def dress(self, still: QImage) -> QImage:
        """A still of the whole picture with the masks and the mark that it was seen with."""
        dressed = still.copy()
        painter = QPainter(dressed)
        whole = Rect(0.0, 0.0, float(dressed.width()), float(dressed.height()))
        self._paint_masks(painter, whole, WHOLE)
        if self._mark:
            painter.setOpacity(_MARK_ALPHA)
            painter.setPen(colour("border"))
            write_across(painter, dressed.size(), self._mark)
        painter.end()
        return dressed

    # ---- painting ---------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint(painter)
        self.painted += 1

    def _paint(self, painter: QPainter) -> None:
        rect = self._standing()
        if not self.has_picture or not rect.width:
            painter.fillRect(self.rect(), colour("bg0"))
            return
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        target = self._paint_ground(painter, place(self._shown, self._part, rect))
        painter.setClipRect(target.intersected(_rectf(rect)))
        size = self._image.size()
        wide, high = target.width() - size.width(), target.height() - size.height()
        if abs(wide) <= _NEAR_PX and abs(high) <= _NEAR_PX:
            painter.drawImage(target.topLeft().toPoint(), self._image)
        else:
            painter.drawImage(target, self._image)
        if self._masks:
            self._paint_masks(painter, rect, self._part)
        if self._mark:
            painter.setClipping(False)
            painter.resetTransform()
            painter.drawPixmap(0, 0, self._marked())

    def _paint_ground(self, painter: QPainter, at: Rect) -> QRectF:
        """The edges that the picture leaves; where the picture is."""
        target, window = _rectf(at), self.window_size()
        whole = QRectF(0, 0, window.width, window.height)
        if not target.adjusted(-1, -1, 1, 1).contains(whole):
            painter.fillRect(whole, colour("bg0"))
        return target

    def _paint_masks(self, painter: QPainter, rect: Rect, part: Part) -> None:
        """Where the corners stand while `part` stands at `rect`."""
        whole = place(WHOLE, part, rect)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("bg2"))
        for mask in self._masks:
            corners = [
                QPointF(whole.left + p.x() * whole.width, whole.top + p.y() * whole.height)
                for p in mask.toList()
            ]
            painter.drawPolygon(QPolygonF(corners))

    def _marked(self) -> QPixmap:
        if self._mark_image.isNull():
            ratio = self.devicePixelRatioF()
            self._mark_image = QPixmap(QSize(*self.window_size()))
            self._mark_image.setDevicePixelRatio(ratio)
            self._mark_image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._mark_image)
            painter.setOpacity(_MARK_ALPHA)
            painter.setPen(colour("border"))
            write_across(painter, self.size(), self._mark)
            painter.end()
        return self._mark_image

    def _standing(self) -> Rect:
        return standing(self._source, self.window_size(), self._part, self._fills)

    # ---- Qt ---------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WinIdChange:
            self.window_changed.emit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._mark_image = QPixmap()
        self.window_resized.emit(self.window_size())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._mark_image = QPixmap()  # megabytes that nobody sees


def _rectf(rect: Rect) -> QRectF:
    return QRectF(rect.left, rect.top, rect.width, rect.height)


if __name__ == "__main__":  # python -m widgets.focus_picture
    from widgets.demo import run_demo

    def build() -> list[FocusPicture]:
        picture = FocusPicture()
        picture.setMinimumSize(640, 360)
        ramp = bytes(v for _ in range(90) for x in range(160) for v in (x, 90, 255 - x, 255))
        picture.show_frame(ramp, Size(160, 90), 640, Size(160, 90), WHOLE)
        picture.show_masks([[(0.1, 0.1), (0.3, 0.1), (0.2, 0.4)]])
        picture.mark("张敏 一号席 2026-07-18 03:11")
        return [picture]

    run_demo(build)
