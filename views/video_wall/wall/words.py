"""What the wall says in words: figures of a tile, sums of all tiles, names of layouts."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from desktop.domain.cameras import TileState, TileStatus
from desktop.domain.wall import FREE_LAYOUT, Layout
from views.video_wall.tile_seat import TileSeat

translate = QCoreApplication.translate
_CODECS = {"h264": "H.264", "h265": "H.265", "hevc": "H.265", "mjpeg": "MJPEG"}
_TRANSPORTS = {"http-ts": "HTTP-TS", "http-flv": "HTTP-FLV", "hls": "HLS", "rtsp": "RTSP"}


class Counts(NamedTuple):
    """Tiles by what an operator would do about them."""

    live: int = 0
    stalled: int = 0
    lost: int = 0  # opening or trying again
    refused: int = 0
    total: int = 0


def count(statuses: Iterable[TileStatus]) -> Counts:
    states = [status.state for status in statuses if status.camera_id is not None]
    return Counts(
        states.count(TileState.LIVE),
        states.count(TileState.STALLED),
        states.count(TileState.RETRY) + states.count(TileState.OPENING),
        states.count(TileState.REFUSED) + states.count(TileState.FAILED),
        len(states),
    )


def stats_line(seat: TileSeat) -> str:
    """`25.0 帧/s · HTTP-TS · 子码流 640×360 H.264 · 已显示 1234 帧`."""
    status, camera = seat.tile.status, seat.camera
    parts: list[str] = []
    if status.state is TileState.LIVE:
        parts.append(translate("WallWords", "{0} 帧/s").format(f"{status.fps:.1f}"))
    if status.transport:
        parts.append(_TRANSPORTS.get(status.transport, status.transport.upper()))
    size = None
    if camera is not None:
        size = camera.main if seat.profile == "main" else camera.sub
    if size is not None:
        parts.append(f"{size.width}×{size.height} {_CODECS.get(size.codec, size.codec)}")
    parts.append(translate("WallWords", "{0} 帧").format(status.frames_shown))
    return " · ".join(parts)


def layout_name(layout: Layout) -> str:
    if layout.layout_id == FREE_LAYOUT:
        return translate("WallWords", "自由 {0} 格").format(layout.count)
    return translate("WallWords", "{0} 格").format(layout.count)
