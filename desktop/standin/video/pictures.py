"""The loops on this machine: found in the cache, or made by a worker process."""

import asyncio
import contextlib
import logging
import os
import sys
from pathlib import Path

from desktop.lifeline import die_with_parent
from desktop.standin.video.catalogue import ALL_LOOPS, WATER_DEPTHS_M, LoopId
from desktop.standin.video.loops import Loop

log = logging.getLogger(__name__)

_OUR_OWN = ("CHENGKAN_BEAT_FD", "CHENGKAN_PARENT_PID")  # they speak of this process


class Pictures:
    """Opens loops as they appear. A loop that lies there is opened once and kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[LoopId, Loop] = {}
        self._worker: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._arrived = asyncio.Event()

    async def start(self) -> None:
        """Starts the worker process if a loop is missing."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if self.progress()[0] == len(ALL_LOOPS):
            return
        self._worker = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "desktop.standin.video.encode", "--cache", str(self._folder),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
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

    def best(self, scene: str, profile_id: str, depth_m: float) -> Loop | None:
        """The loop nearest to the wish in the same scene and profile that is there now."""
        depths = WATER_DEPTHS_M if scene == "underpass" else (0.0,)
        for depth in sorted(depths, key=lambda other: abs(other - depth_m)):
            if (loop := self._find(LoopId(scene, profile_id, depth))) is not None:
                return loop
        return None

    async def wait_for(self, scene: str, depth_m: float, timeout_s: float) -> bool:
        """Whether there is any picture of the scene within the time."""
        try:
            async with asyncio.timeout(timeout_s):
                while self.best(scene, "sub", depth_m) is None:
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
