"""The badge of the top bar that stands there while an incident runs."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.domain.emergency.incidents import Incident
from desktop.domain.levels import WarningLevel
from widgets.level_badge import LevelLook, level_pixmap, margin_px
from widgets.plain_label import plain_tip

LEVEL_PX = 24
_NAMED = 6


class IncidentBadge(QToolButton):
    """How many incidents run, by the shape of the gravest; not there while none does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        side = LEVEL_PX + 2 * margin_px(LEVEL_PX)
        self._level: WarningLevel | None = None
        self.incident_id = ""
        self.setObjectName("incident_badge")
        self.setProperty("segment", True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(side, side))
        self.hide()

    def show_incidents(self, running: Sequence[Incident]) -> None:
        self.setVisible(bool(running))
        if not running:
            return
        first = running[0]
        self._level, self.incident_id = first.level.warning, first.incident_id
        self.draw()
        real, drills = sum(not one.drill for one in running), sum(one.drill for one in running)
        words = self.tr("应急 {0}").format(real) if real else ""
        more = self.tr("演练 {0}").format(drills) if drills else ""
        self.setText(" · ".join(filter(None, (words, more))))
        self.setToolTip(plain_tip("\n".join(one.title for one in running[:_NAMED])))
        self.setAccessibleName(self.tr("进行中的响应：{0}").format(self.text()))

    def draw(self) -> None:
        if self._level is not None:
            ratio = self.devicePixelRatioF()
            self.setIcon(level_pixmap(self._level, LevelLook.OUTLINE, LEVEL_PX, ratio))
