"""2,000 units at 100 fixes a second: what link and station pay, as a share of one core.

CPU time of this process, not wall time: other work on the machine does not count.
"""

import asyncio
import os
import random
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import msgspec

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication

from desktop.domain.framing import FrameSplitter, frame
from desktop.domain.link_messages import Positions, ToStation
from desktop.domain.positions import Position
from desktop.feeds import FEEDS
from desktop.link.counters import FeedCounters
from desktop.link.positions import Positions as Fixes
from desktop.link.telemetry import Telemetry
from desktop.stores.positions import PositionStore
from views.city_map.publishing import Publisher
from views.city_map.unit_sheet import UnitSheet

UNITS, FIXES_PER_S, SECONDS, BATCHES_PER_S, TICKS_PER_S = 2000, 100, 30, 2, 5
_START = datetime(2026, 7, 18, 3, 0, tzinfo=UTC)


def measure() -> dict[str, object]:
    application = QCoreApplication.instance() or QCoreApplication([])
    frames: list[bytes] = []
    link_s = asyncio.run(_link(frames))
    station_s = _station(frames)
    del application
    return {
        "units": UNITS,
        "fixes_per_s": FIXES_PER_S,
        "link_percent_of_core": round(100 * link_s / SECONDS, 2),
        "station_percent_of_core": round(100 * station_s / SECONDS, 2),
        "goal_station_percent": 2.0,
    }


async def _link(frames: list[bytes]) -> float:
    """From paho's callback to the frames for the station."""
    clock: Any = SimpleNamespace(now=lambda: _START, monotonic_s=time.monotonic)
    line = Fixes(lambda part: frames.append(frame(Positions(positions=part))), clock)
    counters = {feed.feed_id: FeedCounters() for feed in FEEDS}
    telemetry = Telemetry(counters, None, lambda _: None, clock, line.put)  # type: ignore[arg-type]
    messages = _messages()
    started = time.process_time()
    for tick in range(SECONDS * TICKS_PER_S):
        share = FIXES_PER_S // TICKS_PER_S
        for topic, payload in messages[tick * share : (tick + 1) * share]:
            telemetry.put(topic, payload, lambda: None)
        waiting, telemetry._waiting = telemetry._waiting, {}
        await telemetry._take(waiting)
        if tick % (TICKS_PER_S // BATCHES_PER_S) == 0:
            line.flush()
    return time.process_time() - started


def _station(frames: list[bytes]) -> float:
    """From the frames to the columns that the page fetches."""
    decoder = msgspec.msgpack.Decoder(ToStation)
    store, sheet, splitter = PositionStore(), UnitSheet(), FrameSplitter()
    scheme: Any = SimpleNamespace(serve=lambda documents: None)
    channel: Any = SimpleNamespace(stale=SimpleNamespace(emit=lambda *_: None))
    publisher = Publisher(scheme, channel)
    store.changed.connect(
        lambda delta: sheet.put(
            fix for key in (*delta.added, *delta.updated) if (fix := store.get(key)) is not None
        )
    )
    store.merge(_fix(number, 0.0) for number in range(UNITS))
    store.flush()
    started = time.process_time()
    for data in frames:
        for body in splitter.feed(data):
            message = decoder.decode(body)
            assert isinstance(message, Positions)
            store.merge(message.positions)
        store.flush()
        publisher.packed("units", sheet.body(_START.timestamp() + 60))
    return time.process_time() - started


def _fix(number: int, second: float) -> Position:
    at = _START + timedelta(seconds=second)
    place = {"lon_deg": 116.4 + number * 1e-4, "lat_deg": 28.8 + number * 1e-4}
    return Position(at=at, unit_id=f"V-{number:04}", heading_deg=90.0, speed_kmh=30.0, **place)


def _messages() -> list[tuple[str, bytes]]:
    dice = random.Random(1)
    made = []
    for number in range(SECONDS * FIXES_PER_S):
        fix = _fix(dice.randrange(UNITS), 1 + number / FIXES_PER_S)
        body = {"at": fix.at, "lon": fix.lon_deg, "lat": fix.lat_deg, "speed_kmh": 30.5,
                "heading_deg": 90.0, "state": "busy"}  # fmt: skip
        made.append((f"city/990100/position/vehicle/{fix.unit_id}", msgspec.json.encode(body)))
    return made


if __name__ == "__main__":
    print(measure())
