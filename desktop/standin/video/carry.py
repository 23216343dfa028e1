"""Carries a stream to one connection until it ends, fails or is too slow."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from desktop.standin.video.access_unit import AccessUnit
from desktop.standin.video.broadcast import Viewer
from desktop.standin.video.hub import Fault

Pack = Callable[[AccessUnit, bytes], bytes]


async def carry(
    viewer: Viewer,
    first: bytes,
    pack: Pack,
    send: Callable[[bytes], Awaitable[None]],
    fault: Callable[[], Fault],
    gone: Coroutine[Any, Any, None],
) -> None:
    """Sends `first`, then each unit as `pack(unit, ts_packets)`.

    `gone` returns when the other side has left. Returns also when the viewer was dropped.
    """
    work = (
        asyncio.ensure_future(_pump(viewer, first, pack, send, fault)),
        asyncio.ensure_future(gone),
        asyncio.ensure_future(viewer.ended.wait()),
    )
    try:
        await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)


async def _pump(
    viewer: Viewer,
    first: bytes,
    pack: Pack,
    send: Callable[[bytes], Awaitable[None]],
    fault: Callable[[], Fault],
) -> None:
    data = first
    while True:
        match fault():
            case Fault.FROZEN:
                pass
            case Fault.GARBAGE:
                await send(os.urandom(max(1, len(data))))
            case _:
                await send(data)
        data = pack(*await viewer.units.get())
