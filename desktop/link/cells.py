"""Cells of layers, got when the map looks at them and kept for when the platform is away."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import quote

from desktop.clock import Clock
from desktop.errors import PlatformError
from desktop.feeds.wire import DecodeError
from desktop.link.register_layers import clean_layer
from desktop.link.rest import Refused, Rest, Unreachable
from local_db.cache_writer import CacheWriter

log = logging.getLogger(__name__)

FRESH_S = 600.0
DEADLINE_S = 8.0
MOST_AT_ONCE = 4
MOST_IN_MEMORY = 64
NOTHING = b'{"type":"FeatureCollection","features":[]}'
_GONE = 404

Place = tuple[str, int, int, int]  # layer_id, z, x, y


def _ample() -> bool:
    return True


class Cells:
    """Asks the platform again after ten minutes, with the ETag of what is here."""

    def __init__(
        self, rest: Rest, writer: CacheWriter, clock: Clock, room: Callable[[], bool] = _ample
    ) -> None:
        """`room`: whether the disk has some left for what can be fetched again."""
        self._room = room
        self._rest, self._writer, self._clock = rest, writer, clock
        self._recent: OrderedDict[Place, tuple[float, bytes]] = OrderedDict()
        self._turn = asyncio.Semaphore(MOST_AT_ONCE)

    async def get(self, layer_id: str, z: int, x: int, y: int) -> bytes:
        """GeoJSON; NOTHING where the layer has nothing. Raises PlatformError."""
        place = (layer_id, z, x, y)
        known = self._recent.get(place)
        if known is not None and self._clock.monotonic_s() < known[0]:
            self._recent.move_to_end(place)
            return known[1]
        async with self._turn:
            body = await self._fetch(place)
        self._recent[place] = (self._clock.monotonic_s() + FRESH_S, body)
        if len(self._recent) > MOST_IN_MEMORY:
            self._recent.popitem(last=False)
        return body

    async def _fetch(self, place: Place) -> bytes:
        layer_id, z, x, y = place
        url = self._rest.base_url
        kept = await asyncio.to_thread(self._writer.cell, layer_id, z, x, y, url)
        headers = {"If-None-Match": kept[0]} if kept and kept[0] else {}
        path = f"/layers/{quote(layer_id, safe='')}/cells/{z}/{x}/{y}"
        try:
            answer = await self._rest.get(path, headers=headers, deadline_s=DEADLINE_S)
        except Refused as error:
            if error.status != _GONE:
                raise
            return NOTHING
        except Unreachable:
            if kept is None:
                raise
            return kept[1]
        if answer.status == 304 and kept is not None:
            return kept[1]
        try:
            body = await asyncio.to_thread(clean_layer, answer.body)
        except DecodeError as error:
            log.warning("cell %s: %s", path, error.reason)
            raise PlatformError("平台返回异常：图层分块读不懂") from None
        if not self._room():
            return body
        now_s = self._clock.now().timestamp()
        await asyncio.to_thread(self._writer.put_cell, place, answer.etag, body, url, now_s)
        return body
