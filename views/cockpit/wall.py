"""A cockpit for a room: one monitor, read from metres away, no hand on it."""

from collections import OrderedDict

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.cockpit_rules import CockpitFiles
from desktop.context import RoomContext
from desktop.domain.cockpit.cockpit_file import Cockpit, Panel, PanelKind
from desktop.stores.cockpit_screen import DISTANCE_KEY, PITCH_KEY
from views.cockpit.access import refusal_of, scope_of
from views.cockpit.frozen import FrozenCover
from views.cockpit.grid import CockpitGrid
from views.cockpit.panel import PanelContext
from views.cockpit.type_scale import TypeScale, fitted_scale
from views.cockpit.wall_strip import StripWords, WallStrip
from widgets.theme import colour, font

KEPT_GRIDS = 4
SHIFT_MS = 180_000
SHIFTS_PX = ((0, 0), (2, 0), (4, 0), (4, 2), (4, 4), (2, 4), (0, 4), (0, 2))
"""Where the picture stands in turn, so that no line burns in; its size never changes."""
_SHIFT_PX = 4
_SECOND_MS = 1000


class CockpitWall(QWidget):
    """Shows what room.cockpit_screen says."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cockpit_wall")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._room = room
        self._grids: OrderedDict[str, CockpitGrid] = OrderedDict()
        self._shift = 0
        self._trouble = ""
        self.grid: CockpitGrid | None = None
        self.inside = QWidget(self)
        self.strip = WallStrip(self.inside)
        self.cover = FrozenCover(self)
        self._shifting = QTimer(self, interval=SHIFT_MS)
        self._shifting.timeout.connect(self.shift)
        self._second = QTimer(self, interval=_SECOND_MS)
        self._second.timeout.connect(self._tell)
        room.cockpit_screen.changed.connect(self.refresh)
        room.cockpits.changed.connect(self.refresh)
        room.session.changed.connect(self.refresh)
        room.preferences.changed.connect(self._on_preference)

    def sizeHint(self) -> QSize:
        return QSize(1920, 1080)

    # ---- what it shows ----------------------------------------------------------------------

    def refresh(self) -> None:
        """The cockpit of this moment; what is frozen stays as it was."""
        if not self.isVisible():
            return
        frozen = self._room.cockpit_screen.frozen
        if frozen is not None:
            self._freeze()
            return
        self.cover.thaw()
        files = self._room.cockpits.files
        wanted = self._room.cockpit_screen.rotation.shown
        cockpit = files.cockpits.get(wanted) if files is not None else None
        self._trouble = self._why_not(files, wanted, cockpit)
        self._show(cockpit if not self._trouble else None)
        self._tell()

    def _why_not(self, files: CockpitFiles | None, wanted: str, cockpit: Cockpit | None) -> str:
        if files is None:
            return self.tr("正在读取驾驶舱文件")
        if cockpit is None:
            told = next((str(one) for one in files.faults if one.file == f"{wanted}.yaml"), "")
            return told or self.tr("没有名为 {0} 的驾驶舱").format(wanted)
        user = self._room.session.user
        return refusal_of(cockpit, user.roles if user is not None else ())

    def _show(self, cockpit: Cockpit | None) -> None:
        before, self.grid = self.grid, None
        if cockpit is not None:
            self.grid = self._grid_of(cockpit)
        self.strip.set_scale(self.scale())
        self._place()
        if self.grid is not None and cockpit is not None:
            if self.grid.cockpit != cockpit:
                self.grid.show_cockpit(cockpit)
            self.grid.show()
        if before is not None and before is not self.grid:
            before.hide()
        self.update()

    def _grid_of(self, cockpit: Cockpit) -> CockpitGrid:
        grid = self._grids.get(cockpit.id)
        if grid is None:
            grid = self._grids[cockpit.id] = CockpitGrid(self._context, self.inside)
            grid.hide()
        self._grids.move_to_end(cockpit.id)
        while len(self._grids) > KEPT_GRIDS:
            _, old = self._grids.popitem(last=False)
            old.hide()
            old.deleteLater()
        return grid

    def scale(self) -> TypeScale:
        """Computed from where the readers stand, no larger than this monitor has room for."""
        preferences = self._room.preferences
        return fitted_scale(
            float(preferences.get(PITCH_KEY)), float(preferences.get(DISTANCE_KEY)), self.height()
        )

    def _context(self, _size: QSize) -> PanelContext:
        room = self._room
        scope_id = scope_of(room.session.user, room.orgs.rows())
        return PanelContext(room, self.scale(), self._files, scope_id, is_wall=True)

    def _files(self) -> CockpitFiles | None:
        return self._room.cockpits.files

    def _on_preference(self, key: str) -> None:
        if key in (PITCH_KEY, DISTANCE_KEY):
            for grid in self._grids.values():
                grid.rescale()
            self.refresh()

    # ---- the strip --------------------------------------------------------------------------

    def _tell(self) -> None:
        room, rotation = self._room, self._room.cockpit_screen.rotation
        if room.cockpit_screen.frozen is not None:
            return
        cockpit = self.grid.cockpit if self.grid is not None else None
        platform = room.session.platform
        self.strip.tell(
            StripWords(
                title=cockpit.title if cockpit is not None else "",
                place=rotation.at + 1 if len(rotation.ids) > 1 else 0,
                count=len(rotation.ids),
                left_s=rotation.left_s(room.clock.monotonic_s()),
                is_paused=rotation.is_paused,
                front=rotation.front.words if rotation.front is not None else "",
                is_ended=rotation.ended_s is not None,
                is_demo=platform is not None and platform.standin,
                has_clock=cockpit is None or not _tells_time(cockpit),
                at=room.clock.now(),
            )
        )

    # ---- standing still ---------------------------------------------------------------------

    def _freeze(self) -> None:
        frozen = self._room.cockpit_screen.frozen
        assert frozen is not None
        if self.cover.frozen == frozen:
            return
        self.cover.setGeometry(self.rect())
        self.cover.freeze(frozen, self.grab_screen(), self.scale())
        if self.grid is not None:
            self.grid.hide()  # nothing is asked for, no stream runs

    def grab_screen(self) -> QPixmap:
        """As it stands on the screen, with the pictures of other processes in it."""
        screen = self.screen()
        if QGuiApplication.platformName() != "xcb" or screen is None:
            return self.grab()
        return screen.grabWindow(int(self.winId()))

    # ---- size and life ----------------------------------------------------------------------

    def shift(self) -> None:
        self._shift = (self._shift + 1) % len(SHIFTS_PX)
        self._place()

    def _place(self) -> None:
        size = QSize(self.width() - _SHIFT_PX, self.height() - _SHIFT_PX)
        self.inside.setGeometry(QRect(QPoint(*SHIFTS_PX[self._shift]), size))
        strip = self.strip.height_px
        self.strip.setGeometry(0, size.height() - strip, size.width(), strip)
        if self.grid is not None:
            self.grid.setGeometry(0, 0, size.width(), size.height() - strip)
        self.cover.setGeometry(self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.set_scale(self.scale())
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._room.cockpits.watch()
        self._shifting.start()
        self._second.start()
        QTimer.singleShot(0, self, self.refresh)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._shifting.stop()
        self._second.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("bg0"))
        if self._trouble:
            painter.setFont(font(self.scale().headline_px))
            painter.setPen(colour("text2"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(80, 80, -80, -80), flags, self._trouble)


def _tells_time(cockpit: Cockpit) -> bool:
    """The sentence has a clock of its own."""
    return any(
        isinstance(one.panel, Panel) and one.panel.kind is PanelKind.SENTENCE
        for one in cockpit.panels
    )
