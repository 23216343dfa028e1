"""Cameras, units, points and weather on their way from the stores to the page."""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.context import RoomContext
from desktop.offload import offload
from desktop.stores.keyed import Delta
from desktop.stores.throttle import Throttle
from desktop.tasks import TaskScope
from views.city_map.marks import tile_marks
from views.city_map.packing import camera_pack
from views.city_map.point_marks import PointSheet
from views.city_map.publishing import Publisher
from views.city_map.unit_sheet import UnitSheet

AGE_EVERY_MS = 5000
UNITS_AT_MOST_MS = 1000  # each telling is a picture of the whole map
POINTS_AT_MOST_MS = 2000


class Seen(QObject):
    """Whether anybody can see the map: what changes often waits while nobody does."""

    shown = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_shown = True

    def turn(self, shown: bool) -> None:
        self.is_shown = shown
        if shown:
            self.shown.emit()


def platform_now(room: RoomContext) -> datetime:
    """A desk whose clock is wrong does not make the city old."""
    offset_s = room.health.health.clock_offset_s
    return room.clock.now() + timedelta(seconds=offset_s or 0.0)


class CameraLayer(QObject):
    """All cameras as one pack, and which of them stand in the tiles."""

    changed = Signal()

    def __init__(self, room: RoomContext, publisher: Publisher, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._publisher = room, publisher
        self._scope = TaskScope(self)
        self._tiles = b"[]"
        self.count = 0
        room.cameras.changed.connect(self._on_cameras)
        room.tiles.changed.connect(self.tell_tiles)

    def _on_cameras(self) -> None:
        self._scope.spawn(self.fetch(), name="cameras for the map")

    async def fetch(self) -> None:
        cameras = self._room.cameras.rows()
        body = await offload(camera_pack, cameras)
        self.count = len(cameras)
        self._publisher.packed("cameras", body)
        self.changed.emit()

    def tell_tiles(self) -> None:
        body = tile_marks(self._room.tiles.statuses())
        if body != self._tiles or "tiles" not in self._publisher:
            self._tiles = body
            self._publisher.json("tiles", body)


class UnitLayer(QObject):
    """The units, at most once a second, and every few seconds for their age."""

    changed = Signal()

    def __init__(
        self, room: RoomContext, publisher: Publisher, seen: Seen, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._room, self._publisher, self._seen = room, publisher, seen
        self.sheet = UnitSheet()
        self.sheet.put(room.positions.items().values())
        self._waits = False
        self._telling = Throttle(self.tell, UNITS_AT_MOST_MS, self)
        room.positions.changed.connect(self._on_positions)
        seen.shown.connect(self._on_shown)
        self._ageing = QTimer(self, interval=AGE_EVERY_MS)
        self._ageing.timeout.connect(self._telling.call)
        self._ageing.start()

    def _on_positions(self, delta: Delta) -> None:
        positions = (self._room.positions.get(key) for key in (*delta.added, *delta.updated))
        self.sheet.put(position for position in positions if position is not None)
        self._telling.call()

    def _on_shown(self) -> None:
        if self._waits:
            self.tell()

    def tell(self) -> None:
        if not len(self.sheet):
            return
        self._waits = not self._seen.is_shown
        if self._waits:
            return
        now_s = platform_now(self._room).timestamp()
        self._publisher.packed("units", self.sheet.body(now_s))
        self.changed.emit()


class PointLayer(QObject):
    """Measured points with their newest values, every two seconds at most."""

    def __init__(
        self, room: RoomContext, publisher: Publisher, seen: Seen, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._room, self._publisher, self._seen = room, publisher, seen
        self._sheet, self._said = PointSheet(), b""
        self._telling = Throttle(self.tell, POINTS_AT_MOST_MS, self)
        room.points.changed.connect(self._telling.call)
        room.readings.changed.connect(self._telling.call)
        seen.shown.connect(self.tell)

    def tell(self) -> None:
        if not self._seen.is_shown:
            return
        room = self._room
        rows = [(point, room.readings.get(point.point_id)) for point in room.points.rows()]
        body = self._sheet.body(rows, platform_now(room))
        if body != self._said:
            self._said = body
            self._publisher.json("points", body)
