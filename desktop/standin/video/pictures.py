"""The loops on this machine: found in the cache, or made by a worker process."""

import asyncio
import contextlib
import logging
import os
import sys
from pathlib import Path

from desktop.lifeline import die_with_parent
from desktop.standin.video.catalogue import ALL_LOOPS, LoopId, alike
from desktop.standin.video.loops import Loop
from desktop.standin.video.scenes.light import Variant

log = logging.getLogger(__name__)

_OUR_OWN = ("CHENGKAN_BEAT_FD", "CHENGKAN_PARENT_PID")  # they speak of this process


class Pictures:
    """Opens loops as they appear. A loop that lies there is opened once and kept.

    `best` and `want` may be called from any thread.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[LoopId, Loop] = {}
        self._worker: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._arrived = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._asked: list[LoopId] = []

    async def start(self, variant: Variant) -> None:
        """Starts the worker process if a loop is missing; it begins with `variant`."""
        self._loop = asyncio.get_running_loop()
        self._folder.mkdir(parents=True, exist_ok=True)
        if self.progress()[0] == len(ALL_LOOPS):
            return
        self._worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "desktop.standin.video.encode", "--cache", str(self._folder),
            "--variant", variant,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            env={key: value for key, value in os.environ.items() if key not in _OUR_OWN},
            preexec_fn=die_with_parent,  # at once: its imports take a second
        )  # fmt: skip
        self._reader = asyncio.create_task(self._follow(), name="pictures")

    async def stop(self) -> None:
        if self._worker is not None and self._worker.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._worker.kill()
            await self._worker.wait()
        if self._reader is not None:
            await self._reader

    def progress(self) -> tuple[int, int]:
        """Loops there, loops in all."""
        return sum(self._find(loop_id) is not None for loop_id in ALL_LOOPS), len(ALL_LOOPS)

    def best(self, wish: LoopId) -> Loop | None:
        """The loop nearest to the wish in the same scene and profile that is there now.

        What is not there itself is wanted from now on.
        """
        for loop_id in alike(wish):
            if (loop := self._find(loop_id)) is not None:
                if loop_id != wish:
                    self.want(wish)
                return loop
        self.want(wish)
        return None

    def want(self, wish: LoopId) -> None:
        """Makes it the next to be drawn, once."""
        wish = next(iter(alike(wish)))
        if self._worker is None or self._loop is None or wish in self._asked:
            return
        self._asked.append(wish)
        self._loop.call_soon_threadsafe(self._tell, wish)

    def _tell(self, wish: LoopId) -> None:
        assert self._worker is not None and self._worker.stdin is not None
        if self._worker.returncode is None and not self._worker.stdin.is_closing():
            self._worker.stdin.write(f"{wish.file_name}\n".encode())

    async def wait_for(self, wish: LoopId, timeout_s: float) -> bool:
        """Whether there is any picture of the scene within the time."""
        try:
            async with asyncio.timeout(timeout_s):
                while self.best(wish) is None:
                    self._arrived.clear()
                    with contextlib.suppress(TimeoutError):
                        # Another process may fill the same folder: look again by oneself.
                        await asyncio.wait_for(self._arrived.wait(), 0.5)
        except TimeoutError:
            return False
        return True

    def _find(self, loop_id: LoopId) -> Loop | None:
        loop = self._open.get(loop_id)
        path = self._folder / loop_id.file_name
        if loop is None and path.exists():
            loop = self._open[loop_id] = Loop(path)
        return loop

    async def _follow(self) -> None:
        assert self._worker is not None and self._worker.stdout is not None
        async for line in self._worker.stdout:
            log.info("pictures: %s", line.decode("utf-8", "replace").strip())
            self._arrived.set()
        if await self._worker.wait() > 0:
            log.error("the worker that draws camera pictures ended with an error")
