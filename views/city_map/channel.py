"""The one object that the page can call. It takes ids and plain numbers, and checks them."""

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

_LONGEST_ID = 128
_LONGEST_FACTS = 2000
_MARKS = frozenset({"alarm", "camera", "unit", "point", "item"})


class Channel(QObject):
    """Signals in the first group go to the page, those in the second come from it."""

    stale = Signal(str, int)  # document, version: fetch it again
    selected = Signal(str, str)  # alarm_id, camera_id; "" for none
    unitSelected = Signal(str)  # unit_id, "" for none
    moveAsked = Signal(float, float)  # lon_deg, lat_deg: bring into the middle
    viewAsked = Signal(float, float, float)  # lon_deg, lat_deg, zoom
    placeAsked = Signal(float, float, float)  # the same, and a ring round the place
    trustTold = Signal(bool)  # whether the alarms shown are live
    themeTold = Signal(str)
    baseMapChanged = Signal()
    pinged = Signal(int)

    ready = Signal(bool)  # whether there was a base map
    mark_clicked = Signal(str, str)  # kind, id
    area_clicked = Signal(str, str)  # layer_id, the area's properties as JSON
    card_pressed = Signal(str)  # action
    layers_pressed = Signal()
    place_pressed = Signal(float, float)  # lon_deg, lat_deg: pressed long, or by the right button
    view_moved = Signal(float, float, float)  # lon_deg, lat_deg, zoom
    ponged = Signal(int)
    request_refused = Signal()  # the page's policy refused something

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hover_text: Callable[[str, str], str] = lambda kind, mark_id: ""

    @Slot(bool)
    def pageReady(self, has_base_map: bool) -> None:
        self.ready.emit(has_base_map)

    @Slot(str, str)
    def clicked(self, kind: str, mark_id: str) -> None:
        if _is_mark(kind, mark_id):
            self.mark_clicked.emit(kind, mark_id)

    @Slot(str, str, result=str)
    def hoverAsked(self, kind: str, mark_id: str) -> str:
        return self.hover_text(kind, mark_id) if _is_mark(kind, mark_id) else ""

    @Slot(str, str)
    def areaClicked(self, layer_id: str, facts: str) -> None:
        if len(layer_id) <= _LONGEST_ID and len(facts) <= _LONGEST_FACTS:
            self.area_clicked.emit(layer_id, facts)

    @Slot(str)
    def cardPressed(self, action: str) -> None:
        if len(action) <= _LONGEST_ID:
            self.card_pressed.emit(action)

    @Slot()
    def layersPressed(self) -> None:
        self.layers_pressed.emit()

    @Slot(float, float, float)
    def viewMoved(self, lon_deg: float, lat_deg: float, zoom: float) -> None:
        numbers = (lon_deg, lat_deg, zoom)
        if all(map(math.isfinite, numbers)) and abs(lon_deg) <= 180 and abs(lat_deg) <= 90:
            self.view_moved.emit(*numbers)

    @Slot(float, float)
    def placePressed(self, lon_deg: float, lat_deg: float) -> None:
        if abs(lon_deg) <= 180 and abs(lat_deg) <= 90:
            self.place_pressed.emit(lon_deg, lat_deg)

    @Slot(int)
    def pong(self, number: int) -> None:
        self.ponged.emit(number)

    @Slot(str)
    def refused(self, directive: str) -> None:
        self.request_refused.emit()


def _is_mark(kind: str, mark_id: str) -> bool:
    return kind in _MARKS and 0 < len(mark_id) <= _LONGEST_ID
