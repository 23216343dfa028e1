"""Cameras, their streams, and what a tile says of the picture it shows."""

import heapq
import math
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from desktop.domain.geo import distance_m

FIRST_WALL_TILE = 101
"""Tiles from this number on are cells of the video wall; below it those beside the map."""
_LENDER_CHARS = 6

MOVING_FRAMES = 2
"""So many pictures after its first one show that a picture moves."""

_SPARE = 8  # cameras that are measured exactly beyond twice those asked for


class CameraKind(StrEnum):
    FIXED = "fixed"
    PTZ = "ptz"
    DRONE = "drone"
    VEHICLE = "vehicle"
    BODYCAM = "bodycam"


class StreamSize(msgspec.Struct, frozen=True, gc=False):
    width: int
    height: int
    fps: float
    codec: str = "h264"


class Camera(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One row of GET /cameras. Positions are CGCS2000; heading_deg is clockwise from north."""

    camera_id: str
    name: str
    lon_deg: Annotated[float, msgspec.Meta(ge=-180, le=180)] | None = msgspec.field(
        default=None, name="lon"
    )
    lat_deg: Annotated[float, msgspec.Meta(ge=-90, le=90)] | None = msgspec.field(
        default=None, name="lat"
    )
    org_id: str | None = None
    district_id: str | None = None
    source: str = ""
    kind: CameraKind = CameraKind.FIXED
    tags: tuple[str, ...] = ()
    online: bool = True
    ptz: bool = False
    heading_deg: float | None = None
    main: StreamSize | None = None
    sub: StreamSize | None = None
    shared: bool = False  # lent by another body; its pictures carry a watermark
    watermark: bool = False  # the platform wants one on a camera of its own

    @property
    def lender(self) -> str:
        """`公安` of 公安视频平台: room for a badge."""
        return self.source.removesuffix("视频平台")[:_LENDER_CHARS]

    @property
    def is_marked(self) -> bool:
        """Who looks stands across the picture."""
        return self.shared or self.watermark


class RecordedCamera(Camera, frozen=True, kw_only=True, gc=False):
    """What a camera saw from `start` to `end`, in a loop. `source_id` is the camera's own id;
    `camera_id` is another, so that its live picture is never taken for this one."""

    source_id: str
    start: datetime
    end: datetime


def recorded(camera: Camera, start: datetime, end: datetime, name: str) -> RecordedCamera:
    """`name`: what stands above the picture."""
    facts = {field: getattr(camera, field) for field in Camera.__struct_fields__}
    own_id = f"{camera.camera_id}@{start:%Y%m%dT%H%M%S}"
    facts |= {"camera_id": own_id, "name": name, "ptz": False}
    return RecordedCamera(**facts, source_id=camera.camera_id, start=start, end=end)


def own_id(camera: Camera) -> str:
    """Of the device, also where it is its past that is shown."""
    return camera.source_id if isinstance(camera, RecordedCamera) else camera.camera_id


class Protocol(StrEnum):
    HTTP_TS = "http-ts"
    HTTP_FLV = "http-flv"
    HLS = "hls"
    RTSP = "rtsp"


class Stream(msgspec.Struct, frozen=True):
    """One address of a live picture. Short-lived and secret: never stored, never logged."""

    url: str
    protocol: Protocol

    def __repr__(self) -> str:
        return f"Stream(protocol={self.protocol.value!r}, url=<secret>)"


class LiveAnswer(msgspec.Struct, frozen=True):
    """Source: GET /cameras/{id}/live?profile=main|sub."""

    streams: tuple[Stream, ...]
    expires_at: str = ""


class TileState(StrEnum):
    """What stands in a tile; only LIVE may look live."""

    IDLE = "idle"
    OPENING = "opening"
    LIVE = "live"
    STALLED = "stalled"  # 停滞: connected, picture does not move
    RETRY = "retry"  # 重连: lost, another try is planned
    REFUSED = "refused"  # the platform or camera says no
    FAILED = "failed"  # nothing can play it here


class TileStatus(msgspec.Struct, frozen=True):
    """State of one tile, as shown and as reported by `status --json`.

    age_ms is the age of the last new picture on screen; None before the first.
    retry_in_s counts down to the next try in RETRY.
    """

    tile: int
    camera_id: str | None = None
    state: TileState = TileState.IDLE
    transport: str = ""
    frames_shown: int = 0
    fps: float = 0.0
    age_ms: int | None = None
    retry_in_s: float | None = None
    attempt: int = 0
    reason: str = ""
    recorded: bool = False  # not the camera's picture of now


class TileFigures(msgspec.Struct, frozen=True):
    """How the picture of a tile comes, for who asks. Zero or "" where it is not known.

    codec: `h264`, `h265`, …; kbit_s: of the last 3 s; dropped: pictures of this session that came
    too late to be shown; behind_ms: of the stream has come and is not taken in yet; buffer_ms:
    is held back on purpose, against jitter; by_processor: nothing here decodes beside it.
    """

    transport: str = ""
    codec: str = ""
    width: int = 0
    height: int = 0
    fps: float = 0.0
    kbit_s: int = 0
    dropped: int = 0
    behind_ms: int = 0
    buffer_ms: int = 0
    by_processor: bool = False


def nearest_cameras(
    cameras: Sequence[Camera], lon_deg: float, lat_deg: float, count: int
) -> tuple[Camera, ...]:
    """The `count` cameras nearest to a place, nearest first; without position none is near."""
    narrowing = math.cos(math.radians(lat_deg))

    def flat(camera: Camera) -> float:
        """Squared degrees: cheap, and in a city in the order of the true distance."""
        if camera.lon_deg is None or camera.lat_deg is None:
            return math.inf
        east, north = (camera.lon_deg - lon_deg) * narrowing, camera.lat_deg - lat_deg
        return east * east + north * north

    placed = [
        (distance_m(lon_deg, lat_deg, c.lon_deg, c.lat_deg), c.camera_id, c)
        for c in heapq.nsmallest(2 * count + _SPARE, cameras, key=flat)
        if c.lon_deg is not None and c.lat_deg is not None
    ]
    placed.sort(key=lambda row: row[:2])
    return tuple(camera for _, _, camera in placed[:count])
