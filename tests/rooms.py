"""A control room of real, empty stores; a test puts its own parts in."""

from typing import Any

from desktop.clock import SystemClock
from desktop.context import RoomContext
from desktop.settings import Settings
from desktop.stores.alarms import AlarmStore
from desktop.stores.health import HealthStore, SessionStore
from desktop.stores.map_state import MapState
from desktop.stores.raised_log import RaisedLog
from desktop.stores.readings import ReadingStore
from desktop.stores.registers import Register
from desktop.stores.selection import Selection
from desktop.stores.tiles import TileStore


def room_of(**parts: Any) -> RoomContext:
    """`parts` are fields of RoomContext; orders and questions have no default."""
    alarms, clock = parts.pop("alarms", None) or AlarmStore(), parts.pop("clock", SystemClock())
    return RoomContext(
        **{
            "alarms": alarms,
            "raised": RaisedLog(alarms, clock),
            "cameras": Register(),
            "points": Register(),
            "alarm_classes": Register(),
            "layers": Register(),
            "readings": ReadingStore(),
            "health": HealthStore(),
            "session": SessionStore(),
            "selection": Selection(),
            "tiles": TileStore(),
            "map_state": MapState(),
            "video": None,
            "clock": clock,
            "settings": Settings(),
        }
        | parts
    )
