"""Everything that a view may touch, handed in; built once in desktop.shell.app."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from desktop.clock import Clock
from desktop.domain.alarms import AlarmEvent
from desktop.domain.cameras import Camera, LiveAnswer
from desktop.domain.points import AlarmClass, Point, Reading
from desktop.settings import Settings
from desktop.stores.alarms import AlarmStore
from desktop.stores.health import HealthStore, SessionStore
from desktop.stores.map_state import MapState
from desktop.stores.readings import ReadingStore
from desktop.stores.registers import Register
from desktop.stores.selection import Selection
from desktop.stores.tiles import TileStore
from desktop.tasks import AsyncAction

__all__ = ["AsyncAction", "Orders", "Questions", "RoomContext", "ViewSpec"]

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.video.pool import VideoPool


class Orders(Protocol):
    """What an operator can order. Each raises PlatformError with the operator's text."""

    async def sign_in(self, username: str, password: str) -> None: ...

    async def sign_out(self) -> None: ...

    async def acknowledge(self, alarm_id: str, note: str = "") -> None:
        """Returns when the platform has accepted; the row turns with the platform's event."""
        ...


class Questions(Protocol):
    """What a view can ask of the platform. Each raises PlatformError."""

    async def live(self, camera_id: str, profile: str) -> LiveAnswer: ...

    async def alarm_history(self, alarm_id: str) -> tuple[AlarmEvent, ...]: ...

    async def series(self, point_id: str, metric: str, minutes: int) -> tuple[Reading, ...]: ...

    async def layer(self, layer_id: str) -> bytes | None:
        """GeoJSON of one layer from cache.db, None where it is not mirrored yet."""
        ...


@dataclass(frozen=True)
class RoomContext:
    """One control room: its state and the orders it can give. Views get nothing else."""

    alarms: AlarmStore
    cameras: Register[Camera]
    points: Register[Point]
    alarm_classes: Register[AlarmClass]
    layers: Register[str]  # layer_id -> ETag
    readings: ReadingStore
    health: HealthStore
    session: SessionStore
    selection: Selection
    tiles: TileStore
    map_state: MapState
    video: "VideoPool | None"  # None in safe mode
    orders: Orders
    questions: Questions
    clock: Clock
    settings: Settings


@dataclass(frozen=True)
class ViewSpec:
    """One view: `build` makes its widget once; the shell places it."""

    view_id: str
    title: str  # Chinese source text, translated by the shell
    icon: str  # file name in resources/icons
    build: "Callable[[RoomContext], QWidget]"
