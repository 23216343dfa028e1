"""The card of a bridge: opened from a sensor on the map, in the registers, or of an alarm."""

import asyncio

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from desktop.domain.bridges import Bridge, Standing, bridge_of, standing_of
from desktop.domain.points import Point
from desktop.errors import PlatformError
from desktop.tasks import TaskScope
from views.city_map.live_layers import platform_now
from widgets.bridge_dialog import BridgeDialog, Course, SensorReads

PAST_MIN = 60
AT_ONCE = 4


class BridgeCards(QObject):
    """One dialog at a time."""

    def __init__(self, room: RoomContext, window: QWidget) -> None:
        super().__init__(window)
        self._room, self._window = room, window
        self._scope = TaskScope(self)
        self.dialog: BridgeDialog | None = None

    def open(self, point_id: str) -> None:
        """Nothing happens for a point that is on no bridge."""
        room = self._room
        point = room.points.get(point_id)
        bridge = bridge_of(point, room.points.rows()) if point is not None else None
        if bridge is None:
            return
        reads = SensorReads(self._standing, self._course, lambda: platform_now(room))
        if self.dialog is not None:
            self.dialog.close()
        show = room.selection.ask_camera
        self.dialog = dialog = BridgeDialog(
            bridge, reads, self._cameras(bridge), show, self._window
        )
        dialog.destroyed.connect(lambda _=None, gone=dialog: self._forget(gone))
        dialog.open_over(self._window.window())
        self._scope.spawn(self._fetch(bridge), "courses of a bridge")

    def _forget(self, gone: BridgeDialog) -> None:
        if self.dialog is gone:
            self.dialog = None

    def _standing(self, point: Point) -> Standing:
        reading = self._room.readings.get(point.point_id)
        return standing_of(point, reading, platform_now(self._room))

    def _course(self, point: Point) -> Course:
        return [
            (reading.at.timestamp(), reading.metrics[point.metric])
            for reading in self._room.readings.course(point.point_id)
            if point.metric in reading.metrics
        ]

    def _cameras(self, bridge: Bridge) -> list[tuple[str, str]]:
        """Those that look at the bridge itself come first."""
        known = [self._room.cameras.get(camera_id) for camera_id in bridge.camera_ids]
        found = [camera for camera in known if camera is not None]
        found.sort(key=lambda camera: "bridge" not in camera.tags)
        return [(camera.camera_id, camera.name) for camera in found]

    async def _fetch(self, bridge: Bridge) -> None:
        """The last hour of each sensor; what cannot be had grows from the live feed."""
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(point: Point) -> None:
            async with turns:
                try:
                    found = await self._room.questions.series(
                        point.point_id, point.metric, PAST_MIN
                    )
                except PlatformError:
                    return
            self._room.readings.back_fill(point.point_id, found)

        await asyncio.gather(*(one(point) for point in bridge.sensors))
        if self.dialog is not None:
            self.dialog.refresh()
