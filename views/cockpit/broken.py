"""What stands in the place of a panel that cannot be shown: file, line and reason."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.cockpit.cockpit_file import BrokenPanel
from views.cockpit.panel import RADIUS_PX
from views.cockpit.type_scale import TypeScale
from widgets.hatch import paint_hatch
from widgets.painted_text import paint_text
from widgets.theme import colour, font

_HATCH_PX = 8
_WRAPPED = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWrapAnywhere


class BrokenTile(QWidget):
    """The other panels of the cockpit are not touched by it."""

    def __init__(self, panel: BrokenPanel, scale: TypeScale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel, self._scale = panel, scale
        self.setObjectName(f"broken_{panel.id}")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(f"{self.title} {panel.fault}")

    @property
    def title(self) -> str:
        return self.panel.title or self.tr("面板 {0}").format(self.panel.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        scale, fault = self._scale, self.panel.fault
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg0"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("bg1"))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_PX, RADIUS_PX)
        paint_hatch(painter, QRectF(0, 0, _HATCH_PX, self.height()), "stale")
        body = self.rect().adjusted(scale.gap_px + _HATCH_PX, scale.gap_px, -scale.gap_px, -4)
        head = QRect(body.left(), body.top(), body.width(), round(scale.title_px * 1.4))
        paint_text(painter, head, self.title, scale.title_px, "text2", bold=True)
        place = fault.file
        if fault.line:
            place = self.tr("{0} 第 {1} 行").format(fault.file, fault.line)
        line = head.translated(0, head.height())
        paint_text(painter, line, place, scale.body_px, "stale")
        painter.setFont(font(scale.body_px))
        painter.setPen(colour("text"))
        rest = body.adjusted(0, line.bottom() - body.top(), 0, 0)
        painter.drawText(rest, _WRAPPED, fault.reason)
