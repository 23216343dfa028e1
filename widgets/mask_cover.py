"""Covers parts of a picture that another process draws: a window of its own above it, cut to the
shape of the masks, as the watermark is."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF, QRegion
from PySide6.QtWidgets import QWidget

from desktop.domain.picture_part import WHOLE, Part, Size, place, standing
from desktop.domain.privacy_masks import Mask
from widgets.theme import colour

USUAL = Size(16, 9)
"""The shape of a picture whose size is not known yet."""


class MaskCover(QWidget):
    """Has the place of the picture. Takes no mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
        self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._masks: tuple[Mask, ...] = ()
        self._cut_for: tuple[object, ...] = ()
        self._seen = False
        self.hide()

    def show_masks(self, masks: Sequence[Mask], source: Size, part: Part, fills: bool) -> None:
        """`source`: pixels of the picture; `part` of it is looked at, and `fills` the place."""
        wanted = (tuple(masks), source, part, fills, self.size())
        if wanted != self._cut_for:
            self._cut_for, self._masks = wanted, wanted[0]
            self._cut(source, part, fills, self.size())
        self.be_seen(self._seen)

    def be_seen(self, seen: bool) -> None:
        """Whether there is a picture below."""
        self._seen = seen
        wanted = seen and bool(self._masks)
        if wanted == self.isHidden():
            self.setVisible(wanted)
            if wanted:
                self.raise_()

    def _cut(self, source: Size, part: Part, fills: bool, size: QSize) -> None:
        rect = standing(source, Size(size.width(), size.height()), part, fills)
        if not self._masks or not rect.width:
            return
        whole = place(WHOLE, part, rect)
        shape = QRegion()
        for mask in self._masks:
            corners = [
                QPointF(whole.left + x * whole.width, whole.top + y * whole.height) for x, y in mask
            ]
            shape += QRegion(QPolygonF(corners).toPolygon())
        self.setMask(shape)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("bg2"))
