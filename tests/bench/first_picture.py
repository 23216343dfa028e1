"""From `show` to the first picture of a tile, against the first decoded picture without a tile."""

import statistics
import time

import av

from desktop.domain.cameras import TileState
from tests.bench.streams import CAMERAS, Streams, Tiles, on_screen, serving

TRIES = 8


def measure() -> dict[str, object]:
    """Milliseconds. `cold_ms` has the start of the video process in it."""
    with serving() as streams:
        cold_s, warm_s = on_screen(streams, _tiles)
        floor_s = [_decoded(streams) for _ in range(TRIES)]
    return {
        "cold_ms": round(cold_s * 1000),
        "median_ms": round(statistics.median(warm_s) * 1000),
        "max_ms": round(max(warm_s) * 1000),
        "decode_floor_median_ms": round(statistics.median(floor_s) * 1000),
        "ratio": round(statistics.median(warm_s) / statistics.median(floor_s), 2),
    }


async def _tiles(tiles: Tiles) -> tuple[float, list[float]]:
    spans_s: list[float] = []
    for number in range(TRIES + 1):
        player = tiles.show(number % len(CAMERAS) + 1)
        spans_s.append(await tiles.until(lambda p=player: p.status.state is TileState.LIVE))
        player.clear()
        await tiles.until(lambda p=player: p.status.state is TileState.IDLE)
    return spans_s[0], spans_s[1:]


def _decoded(streams: Streams) -> float:
    start_s = time.perf_counter()
    with av.open(streams.address("cam-1"), timeout=(5.0, 5.0)) as source:
        next(source.decode(video=0))
    return time.perf_counter() - start_s
