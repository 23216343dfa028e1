"""One watched stream: pictures made once, by the wall clock, for everybody who watches."""

import asyncio
import time
from collections.abc import Iterator

from desktop.standin.video.access_unit import AccessUnit, LiveSource
from desktop.standin.video.mpegts import TsMuxer
from desktop.standin.video.profiles import FPS

_QUEUE_UNITS = 2 * FPS  # a viewer that is later than this is dropped
_LATE_UNITS = FPS  # a pause of the process longer than this is jumped over


class Viewer:
    """One open connection. `units` carries None when the stream has ended for it."""

    def __init__(self, backlog: list[AccessUnit], ts_backlog: bytes) -> None:
        self.backlog = backlog
        self.ts_backlog = ts_backlog
        self.units: asyncio.Queue[tuple[AccessUnit, bytes]] = asyncio.Queue(_QUEUE_UNITS)
        self.ended = asyncio.Event()

    def take(self, unit: AccessUnit, packets: bytes) -> None:
        try:
            self.units.put_nowait((unit, packets))
        except asyncio.QueueFull:
            self.ended.set()


class Broadcast:
    """Runs while it has viewers; `epoch_s` is the monotonic time of picture 0."""

    def __init__(self, source: LiveSource, epoch_s: float) -> None:
        self.source = source
        self._epoch_s = epoch_s
        self._muxer = TsMuxer()
        self._viewers: set[Viewer] = set()
        self._gop: list[AccessUnit] = []
        self._next = source.first_number(self._present())
        for _ in self._due_units():
            pass

    def __len__(self) -> int:
        return len(self._viewers)

    def join(self) -> Viewer:
        """The viewer gets the pictures since the last IDR at once, then each new one."""
        viewer = Viewer(list(self._gop), self._muxer.burst(self._gop))
        self._viewers.add(viewer)
        return viewer

    def leave(self, viewer: Viewer) -> None:
        self._viewers.discard(viewer)

    def end(self) -> None:
        """Ends the stream for all viewers."""
        for viewer in self._viewers:
            viewer.ended.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            due_s = self._epoch_s + self._next / FPS
            await asyncio.sleep(max(0.0, due_s - time.monotonic()))
            for unit, packets in self._due_units():
                for viewer in tuple(self._viewers):
                    viewer.take(unit, packets)

    def _present(self) -> int:
        return int((time.monotonic() - self._epoch_s) * FPS + 1e-6)

    def _due_units(self) -> Iterator[tuple[AccessUnit, bytes]]:
        present = self._present()
        if present - self._next > _LATE_UNITS:
            self._next = self.source.first_number(present)
        wall_s = time.time()
        while self._next <= present:
            unit = self.source.unit(self._next, wall_s + (self._next - present) / FPS)
            self._next += 1
            if unit.is_idr:
                self._gop = []
            self._gop.append(unit)
            yield unit, self._muxer.mux(unit)
