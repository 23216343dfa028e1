"""Builds the stores and hands them out as one RoomContext."""

from pathlib import Path

from PySide6.QtCore import QObject

from desktop.clock import SystemClock
from desktop.context import Orders, Questions, RoomContext
from desktop.settings import Settings
from desktop.stores.alarms import AlarmStore
from desktop.stores.health import HealthStore, SessionStore
from desktop.stores.link_client import LinkClient, LinkedStores
from desktop.stores.map_state import MapState
from desktop.stores.readings import ReadingStore
from desktop.stores.registers import Register
from desktop.stores.selection import Selection
from desktop.stores.tiles import TileStore


def link_client(socket_path: Path, owner: QObject) -> LinkClient:
    stores = LinkedStores(
        AlarmStore(owner), ReadingStore(owner), HealthStore(owner), SessionStore(owner)
    )
    return LinkClient(socket_path, stores, owner)


def build_room(
    client: LinkClient,
    orders: Orders,
    questions: Questions,
    settings: Settings,
    safe: bool,
    owner: QObject,
) -> RoomContext:
    """`owner` keeps every store alive; in safe mode there is no video."""
    clock, stores = SystemClock(), client.stores
    video = None
    if not safe:
        from desktop.video.pool import VideoPool

        video = VideoPool(questions, clock, settings, owner)
    return RoomContext(
        alarms=stores.alarms,
        cameras=Register(owner),
        points=Register(owner),
        alarm_classes=Register(owner),
        layers=Register(owner),
        readings=stores.readings,
        health=stores.health,
        session=stores.session,
        selection=Selection(owner),
        tiles=TileStore(owner),
        map_state=MapState(owner),
        video=video,
        orders=orders,
        questions=questions,
        clock=clock,
        settings=settings,
    )
