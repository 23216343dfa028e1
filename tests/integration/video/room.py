"""A control room with real stores and a platform that answers from a table."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm, Condition
from desktop.domain.cameras import Camera, LiveAnswer, Protocol, Stream, TileStatus
from desktop.domain.levels import WarningLevel
from desktop.errors import PlatformAway, PlatformError
from tests.rooms import room_of


@dataclass
class TablePlatform:
    """Answers `live` by camera_id; a text in place of an address is a refusal."""

    addresses: dict[str, str] = field(default_factory=dict)
    protocol: Protocol = Protocol.HTTP_TS
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def live(self, camera_id: str, profile: str) -> LiveAnswer:
        self.asked.append((camera_id, profile))
        address = self.addresses.get(camera_id, "平台拒绝：无此摄像机的权限")
        if "://" not in address:
            raise (PlatformAway if address.startswith("平台接口不可用") else PlatformError)(address)
        return LiveAnswer((Stream(address, self.protocol),))


async def until(
    condition: Callable[[], object], limit_s: float, seen: Sequence[TileStatus]
) -> float:
    """Seconds that it took. Fails after `limit_s`, with the last that was seen."""
    start_s = time.monotonic()
    while not condition():
        if time.monotonic() - start_s > limit_s:
            pytest.fail(f"not within {limit_s} s; last: {seen[-1:]}")
        await asyncio.sleep(0.01)
    return time.monotonic() - start_s


def make_room(platform: TablePlatform, video=None) -> RoomContext:
    return room_of(video=video, orders=None, questions=platform)


def make_cameras(count: int = 8) -> tuple[Camera, ...]:
    """In a row from west to east, about 100 m apart."""
    return tuple(
        Camera(camera_id=f"c{n}", name=f"滨江大道 {n} 号", lon_deg=116.6 + n / 1000, lat_deg=28.9)
        for n in range(1, count + 1)
    )


def put_cameras(room: RoomContext, cameras: tuple[Camera, ...]) -> None:
    room.cameras.replace([(c.camera_id, c) for c in cameras], "1", None)


def make_alarm(alarm_id: str = "a1", seq: int = 1, **changes: object) -> Alarm:
    at = datetime(2026, 7, 18, 3, 11, tzinfo=UTC)
    fields: dict[str, object] = {
        "alarm_id": alarm_id,
        "revision": 1,
        "epoch": "E",
        "seq": seq,
        "class_id": "underpass_water",
        "level": WarningLevel.RED,
        "condition": Condition.ACTIVE,
        "title": "下穿通道积水 0.31 m",
        "raised_at": at,
        "updated_at": at,
        "lon_deg": 116.608,
        "lat_deg": 28.9,
    }
    return Alarm(**(fields | changes))
