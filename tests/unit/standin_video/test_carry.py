"""A viewer that does not read is dropped; nobody waits for it."""

import asyncio

from desktop.standin.video.access_unit import AccessUnit
from desktop.standin.video.broadcast import Viewer
from desktop.standin.video.carry import carry
from desktop.standin.video.hub import Fault

UNIT = AccessUnit(1, False, b"")


def test_that_a_viewer_who_does_not_read_is_dropped() -> None:
    async def run() -> int:
        viewer = Viewer([], b"")

        async def stuck(_: bytes) -> None:
            await asyncio.Event().wait()

        never = asyncio.Event()

        async def gone() -> None:
            await never.wait()

        work = asyncio.create_task(
            carry(viewer, b"", lambda _, ts: ts, stuck, lambda: Fault.OK, gone())
        )
        taken = 0
        while not viewer.ended.is_set():
            viewer.take(UNIT, b"x")
            taken += 1
            await asyncio.sleep(0)
        await asyncio.wait_for(work, 1)
        return taken

    assert asyncio.run(run()) <= 60


def test_that_a_frozen_stream_sends_nothing_but_stays_open() -> None:
    async def run() -> tuple[list[bytes], bool]:
        viewer, sent = Viewer([], b""), []

        async def send(data: bytes) -> None:
            sent.append(data)

        left = asyncio.Event()

        async def gone() -> None:
            await left.wait()

        work = asyncio.create_task(
            carry(viewer, b"a", lambda _, ts: ts, send, lambda: Fault.FROZEN, gone())
        )
        for _ in range(5):
            viewer.take(UNIT, b"x")
            await asyncio.sleep(0)
        still_open = not work.done()
        left.set()
        await asyncio.wait_for(work, 1)
        return sent, still_open

    assert asyncio.run(run()) == ([], True)
