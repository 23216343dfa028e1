"""The tiles that follow the selected alarm: its own cameras first, then the nearest."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm
from desktop.domain.cameras import Camera, nearest_cameras
from desktop.domain.levels import WarningLevel
from desktop.domain.link_messages import ServiceCondition
from desktop.domain.linkage import assign_tiles, default_cameras, linked_cameras
from desktop.offload import offload
from desktop.tasks import TaskScope
from views.video_wall.large_focus import LargeFocus
from views.video_wall.tile_grid import COLUMN_STEP_PX, COLUMN_WIDTH_PX, tile_rects
from views.video_wall.tile_seat import TileSeat
from widgets.seen_timer import SeenTimer
from widgets.theme import colour

_EXPOSURE_MS = 250
_MANY_CAMERAS = 2000
"""Above it the distances are reckoned beside the GUI loop (50,000 take about 0.1 s)."""


def build_nearest(room: RoomContext) -> QWidget:
    return NearestTiles(room)


class NearestTiles(QWidget):
    """Tiles 1 to settings.tile_count. A held tile, and a camera already shown, stay."""

    focus_requested = Signal(int)  # tile number: the shell enlarges the column

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nearest_tiles")
        self.setAccessibleName(self.tr("关联视频"))
        self._room = room
        self._scope = TaskScope(self)
        self._shown: tuple[str | None, ...] = (None,) * room.settings.tile_count
        self._followed: str | None = None  # alarm_id the tiles were set for; "" is none
        self._rest_up = False
        self._seats = [TileSeat(n, room, self) for n in range(1, len(self._shown) + 1)]
        for seat in self._seats:
            seat.tile.selected.connect(self._on_selected)
            seat.tile.focus_requested.connect(self._on_focus)
            seat.tile.held_changed.connect(self._on_held)
        self._large = 0  # index of the seat that has the large place where there is one
        self.focus = LargeFocus(room, self)
        SeenTimer(self, _EXPOSURE_MS, self._check_exposure)
        room.selection.alarm_changed.connect(self.follow)
        room.selection.camera_asked.connect(self.show_camera)
        room.cameras.changed.connect(self._on_cameras)
        room.alarms.changed.connect(self._on_alarms)
        room.health.changed.connect(self._on_health)
        self.follow(room.selection.alarm_id)

    @property
    def cameras(self) -> tuple[str | None, ...]:
        """camera_id by tile."""
        return self._shown

    def sizeHint(self) -> QSize:
        return QSize(COLUMN_WIDTH_PX, COLUMN_STEP_PX * len(self._seats))

    def follow(self, alarm_id: str) -> None:
        """Sets the tiles for an alarm, or for none with an empty id."""
        alarm = self._room.alarms.last_known(alarm_id) if alarm_id else None
        rows = self._room.cameras.rows()
        if not rows or (alarm_id and alarm is None):
            self._followed = None  # comes later with the register or the snapshot
            return
        self._followed = alarm_id
        if alarm is None:
            self._assign(default_cameras(rows, len(self._seats)))
        elif len(rows) <= _MANY_CAMERAS:
            self._assign(self._linked(alarm, rows))
        else:
            self._scope.spawn(self._follow_beside(alarm, rows), name="nearest cameras")

    def held(self) -> dict[int, str]:
        """Tile number to the camera that the operator holds there."""
        pairs = zip(self._seats, self._shown, strict=True)
        return {seat.tile.number: shown for seat, shown in pairs if shown and seat.tile.held}

    def hold(self, cameras: Mapping[int, str]) -> None:
        """Brings held cameras back to their tiles; a tile that is not there is left out."""
        shown = list(self._shown)
        for seat in self._seats:
            if (camera_id := cameras.get(seat.tile.number)) is not None:
                shown[seat.tile.number - 1] = camera_id
                seat.tile.hold(True)
        self._shown = tuple(shown)
        for seat, camera_id in zip(self._seats, self._shown, strict=True):
            seat.seat(self._room.cameras.get(camera_id))

    def show_camera(self, camera_id: str) -> None:
        """This camera in the first tile that is not held, until another alarm is selected."""
        if camera_id in self._shown or self._room.cameras.get(camera_id) is None:
            return
        free = [
            shown
            for shown, seat in zip(self._shown, self._seats, strict=True)
            if shown is not None and not seat.tile.held
        ]
        held = sum(seat.tile.held for seat in self._seats)
        self._assign((camera_id, *free)[: len(self._shown) - held])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """In a column by number; where one place is the largest it goes to the chosen tile."""
        rects = tile_rects(self.width(), self.height(), len(self._seats))
        large = self._large if rects[0].width() > rects[-1].width() else 0
        order = [large, *(n for n in range(len(self._seats)) if n != large)]
        for index, rect in zip(order, rects, strict=True):
            self._seats[index].tile.setGeometry(rect)
            self._seats[index].fit_profile()
        self.focus.follow(self._seats[large] if rects[0].width() > rects[-1].width() else None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("bg0"))

    async def _follow_beside(self, alarm: Alarm, rows: tuple[Camera, ...]) -> None:
        wanted = await offload(self._linked, alarm, rows)
        if self._followed == alarm.alarm_id:  # not overtaken by another selection
            self._assign(wanted)

    def _linked(self, alarm: Alarm, rows: tuple[Camera, ...]) -> tuple[str, ...]:
        """Pure: touches no widget, runs beside the GUI loop for a big register."""
        known = {camera.camera_id for camera in rows}

        def nearest(lon_deg: float, lat_deg: float, count: int) -> tuple[str, ...]:
            found = nearest_cameras(rows, lon_deg, lat_deg, count)
            return tuple(camera.camera_id for camera in found)

        count = len(self._shown)
        ids = linked_cameras(alarm, nearest, count + len(alarm.camera_ids))
        return tuple(camera_id for camera_id in ids if camera_id in known)[:count]

    def _assign(self, wanted: tuple[str, ...]) -> None:
        held = {index for index, seat in enumerate(self._seats) if seat.tile.held}
        self._shown = assign_tiles(self._shown, held, wanted)
        for seat, camera_id in zip(self._seats, self._shown, strict=True):
            seat.seat(self._room.cameras.get(camera_id))
        self._mark_linked()
        self.focus.check()

    def _mark_linked(self) -> None:
        alarm = self._room.alarms.get(self._room.selection.alarm_id)  # ended: no frame
        red = alarm is not None and alarm.level is WarningLevel.RED
        for seat, camera_id in zip(self._seats, self._shown, strict=True):
            named = red and alarm is not None and camera_id in alarm.camera_ids
            seat.tile.link_to(WarningLevel.RED if named else None)

    def _check_exposure(self) -> None:
        for seat in self._seats:
            seat.check_exposure()
        self.focus.check()

    def _on_selected(self, number: int) -> None:
        camera_id = self._shown[number - 1]
        if camera_id is not None:
            self._room.selection.select_camera(camera_id)

    def _on_focus(self, number: int) -> None:
        self._large = number - 1
        self._place()
        self.focus_requested.emit(number)

    def _on_held(self, _number: int, held: bool) -> None:
        if not held:
            self.follow(self._room.selection.alarm_id)

    def _on_cameras(self) -> None:
        for seat, camera_id in zip(self._seats, self._shown, strict=True):
            seat.seat(self._room.cameras.get(camera_id))
        if self._followed is None or None in self._shown:
            self.follow(self._room.selection.alarm_id)

    def _on_alarms(self) -> None:
        if self._followed is None:
            self.follow(self._room.selection.alarm_id)
        self._mark_linked()

    def _on_health(self) -> None:
        """A platform that came back is asked at once, whatever the tiles wait for."""
        rest_up = self._room.health.health.rest.condition is ServiceCondition.UP
        if rest_up and not self._rest_up:
            for seat in self._seats:
                seat.retry_now()
            self.focus.retry_now()
        self._rest_up = rest_up
