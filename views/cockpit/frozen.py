"""A picture of a wall that stands still, and never looks as if it were live."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.stores.cockpit_screen import Frozen
from views.cockpit.painting import baseline, cut, line_px, paint_words, width_of
from views.cockpit.type_scale import TypeScale, desk_scale
from widgets.hatch import paint_hatch
from widgets.theme import colour
from widgets.times import local

_EDGE_SHARE = 0.5
"""Of a line of type: the hatched edge around everything."""


class FrozenCover(QWidget):
    """Over the cockpit, below nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("frozen_cover")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.frozen: Frozen | None = None
        self._picture = QPixmap()
        self._scale = desk_scale(1080)
        self.hide()

    @property
    def words(self) -> str:
        frozen = self.frozen
        if frozen is None:
            return ""
        since = self.tr("已冻结 {0} 起").format(f"{local(frozen.at):%H:%M}")
        return f"{since}　{frozen.note}".rstrip("　")

    def freeze(self, frozen: Frozen, picture: QPixmap, scale: TypeScale) -> None:
        self.frozen, self._picture, self._scale = frozen, picture, scale
        self.setAccessibleName(self.words)
        self.show()
        self.raise_()
        self.update()

    def thaw(self) -> None:
        self.frozen, self._picture = None, QPixmap()
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        scale = self._scale
        painter = QPainter(self)
        edge, high = scale.body_px * _EDGE_SHARE, line_px(scale.title_px) + scale.gap_px
        whole = QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        inner = whole.adjusted(edge, high, -edge, -edge)  # nothing of it is hidden
        painter.drawPixmap(inner, self._picture, QRectF(self._picture.rect()))
        for box in (
            QRectF(0, 0, whole.width(), high),
            QRectF(0, whole.height() - edge, whole.width(), edge),
            QRectF(0, 0, edge, whole.height()),
            QRectF(whole.width() - edge, 0, edge, whole.height()),
        ):
            painter.fillRect(box, colour("bg1"))
            paint_hatch(painter, box, alpha=0.8)
        px = scale.title_px
        words = cut(self.words, px, whole.width() - 8 * scale.gap_px, True)
        wide = width_of(words, px, True)
        row = QRectF((whole.width() - wide) / 2 - scale.gap_px, 0, wide + 2 * scale.gap_px, high)
        painter.fillRect(row, colour("bg1"))
        middle = whole.width() / 2
        base = baseline(row, px)
        paint_words(painter, middle, base, words, px, "stale", bold=True, align="centre")
