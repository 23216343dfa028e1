"""The one object that the page can call. It takes ids and plain numbers, and checks them."""

import math

from PySide6.QtCore import QObject, Signal, Slot

_LONGEST_ID = 128


class Channel(QObject):
    """Signals in the first group go to the page, those in the second come from it."""

    stale = Signal(str, int)  # document, version: fetch it again
    selected = Signal(str, str)  # alarm_id, camera_id; "" for none
    moveAsked = Signal(float, float)  # lon_deg, lat_deg: bring into the middle
    viewAsked = Signal(float, float, float)  # lon_deg, lat_deg, zoom
    trustTold = Signal(bool)  # whether the alarms shown are live
    baseMapChanged = Signal()
    pinged = Signal(int)

    ready = Signal(bool)  # whether there was a base map
    alarm_clicked = Signal(str)
    camera_clicked = Signal(str)
    view_moved = Signal(float, float, float)  # lon_deg, lat_deg, zoom
    ponged = Signal(int)
    request_refused = Signal()  # the page's policy refused something

    @Slot(bool)
    def pageReady(self, has_base_map: bool) -> None:
        self.ready.emit(has_base_map)

    @Slot(str)
    def alarmClicked(self, alarm_id: str) -> None:
        if 0 < len(alarm_id) <= _LONGEST_ID:
            self.alarm_clicked.emit(alarm_id)

    @Slot(str)
    def cameraClicked(self, camera_id: str) -> None:
        if 0 < len(camera_id) <= _LONGEST_ID:
            self.camera_clicked.emit(camera_id)

    @Slot(float, float, float)
    def viewMoved(self, lon_deg: float, lat_deg: float, zoom: float) -> None:
        numbers = (lon_deg, lat_deg, zoom)
        if all(map(math.isfinite, numbers)) and abs(lon_deg) <= 180 and abs(lat_deg) <= 90:
            self.view_moved.emit(*numbers)

    @Slot(int)
    def pong(self, number: int) -> None:
        self.ponged.emit(number)

    @Slot(str)
    def refused(self, directive: str) -> None:
        self.request_refused.emit()
