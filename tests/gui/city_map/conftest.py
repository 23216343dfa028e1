"""A control room of real stores, the real page in the real engine, and a loop that drives both."""

import asyncio
import gc
import json
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import qasync

from desktop.context import RoomContext
from desktop.domain.alarms import Acknowledgement, Alarm, Condition
from desktop.domain.cameras import Camera
from desktop.domain.freshness import Freshness
from desktop.domain.levels import WarningLevel
from desktop.domain.link_messages import (
    FeedState,
    LinkHealth,
    OutboxState,
    ServiceCondition,
    ServiceState,
)
from desktop.stores.health import HealthStore
from tests.rooms import room_of

NOW = datetime(2026, 7, 18, 3, 12, 5, tzinfo=UTC)
LON, LAT = 116.5995, 28.9003


@dataclass
class Layers:
    """Stands for the link's mirror: what it holds can be changed by a test."""

    body: bytes | None

    async def layer(self, layer_id: str) -> bytes | None:
        return self.body


def small_base_map() -> bytes:
    road = {
        "type": "Feature",
        "properties": {"kind": "road", "name": "望湖路", "class": 2, "tunnel": False},
        "geometry": {"type": "LineString", "coordinates": [[116.59, 28.9], [116.61, 28.901]]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [road]}).encode()


def an_alarm(alarm_id: str = "a1", **facts: Any) -> Alarm:
    defaults: dict[str, Any] = {
        "alarm_id": alarm_id,
        "revision": 1,
        "epoch": "e1",
        "seq": 1,
        "class_id": "underpass_water",
        "level": WarningLevel.RED,
        "condition": Condition.ACTIVE,
        "title": "下穿通道积水",
        "raised_at": NOW,
        "updated_at": NOW,
        "lon_deg": LON,
        "lat_deg": LAT,
    }
    return Alarm(**(defaults | facts))


def acknowledged(**facts: Any) -> Alarm:
    return an_alarm(ack=Acknowledgement("张敏", NOW), **facts)


def a_camera(camera_id: str, lon_deg: float, lat_deg: float) -> Camera:
    return Camera(camera_id=camera_id, name=camera_id, lon_deg=lon_deg, lat_deg=lat_deg)


def alarm_feed(freshness: Freshness, age_s: float | None = 1.0) -> LinkHealth:
    feed = FeedState(freshness=freshness, age_s=age_s)
    up = ServiceState(ServiceCondition.UP)
    return LinkHealth(mqtt=up, rest=up, feeds={"alarms": feed}, outbox=OutboxState())


@pytest.fixture
def layers() -> Layers:
    return Layers(small_base_map())


@pytest.fixture
def room(qapp, layers) -> RoomContext:
    health = HealthStore()
    health.set_link_connected(True)
    health.put(alarm_feed(Freshness.LIVE))
    return room_of(
        health=health,
        orders=SimpleNamespace(),  # type: ignore[arg-type]
        questions=layers,  # type: ignore[arg-type]
    )


@dataclass
class Stage:
    """The view on a screen, and ways to look into its page."""

    room: RoomContext
    view: Any = None

    async def open(self, wait_ready: bool = True) -> None:
        from views.city_map import VIEW

        self.view = VIEW.build(self.room)
        self.view.resize(764, 600)
        self.view.show()
        if wait_ready:
            await until(lambda: self.room.map_state.ready, "the map is ready")

    async def ask(self, script: str) -> Any:
        """The value of an expression, or of statements with a `return`, through JSON."""
        body = script if "return" in script else f"return ({script});"
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def take(text: str) -> None:
            if not answer.done():
                answer.set_result(text)

        self.page.runJavaScript(f"JSON.stringify((() => {{ {body} }})() ?? null)", 0, take)
        return json.loads(await asyncio.wait_for(answer, 5) or "null")

    async def until_page(self, script: str, what: str) -> None:
        deadline = time.monotonic() + 5
        while not await self.ask(script):
            assert time.monotonic() < deadline, what
            await asyncio.sleep(0.02)

    @property
    def page(self):
        return self.view.page_view.page()

    async def close(self) -> None:
        if self.view is None:
            return
        gone = asyncio.get_running_loop().create_future()
        self.view.destroyed.connect(lambda: gone.set_result(None))
        self.view.close()
        self.view.deleteLater()
        await asyncio.wait_for(gone, 5)
        await asyncio.sleep(0)  # what was cancelled with it ends in this turn of the loop


async def until(condition: Callable[[], bool], what: str, within_s: float = 15.0) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {within_s} s: {what}"
        await asyncio.sleep(0.02)


Play = Callable[[Callable[[Stage], Coroutine[Any, Any, None]]], None]


@pytest.fixture
def play(qapp, room) -> Iterator[Play]:
    """Runs a scene on Qt's loop and closes the view after it."""
    # The Qt objects of earlier tests end here, in their own thread: a collection that happens
    # to start in a worker thread would end their timers from there, which is a crash.
    gc.collect()
    qapp.setQuitOnLastWindowClosed(False)  # closing the view must not stop the loop
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)

    def run(scene: Callable[[Stage], Coroutine[Any, Any, None]]) -> None:
        async def whole() -> None:
            stage = Stage(room)
            try:
                await scene(stage)
            finally:
                await stage.close()

        loop.run_until_complete(asyncio.wait_for(whole(), 40))

    yield run
    loop.close()
    qapp.setQuitOnLastWindowClosed(True)
    asyncio.set_event_loop(None)
