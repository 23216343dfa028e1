"""One focus picture: the newest one that was decoded, scaled to its window, into shared memory."""

import contextlib
import logging
import mmap
import os
import threading
import time
from collections.abc import Callable
from typing import Any

from desktop.domain.picture_part import WHOLE, Cut, Part, Size, cut
from desktop.video.decoding import TS_BASE, Decoding
from desktop.video.relay import Relay
from desktop.video.slots import MOST, STILL, TOTAL_BYTES, Slots, Turns
from desktop.video.wire import (
    Frame,
    FromVideo,
    Look,
    Open,
    Picture,
    PlayerReport,
    PlayerState,
    Still,
    Stop,
    Taken,
    ToPlayer,
)

log = logging.getLogger(__name__)

_PERIOD_S = 1 / 25
_BURST_S = 2 * _PERIOD_S
"""Pictures come unevenly: one that was late does not cost the next one its turn."""

_FORMAT = "bgra"


class AvPlayer:
    """Orders on the caller's thread; one thread decodes, one scales and writes."""

    def __init__(
        self,
        number: int,
        relay: Relay,
        news: Callable[[], None],
        say: Callable[[FromVideo], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.number = number
        self._relay, self._news, self._say, self._clock = relay, news, say, clock
        self._changed = threading.Condition()
        self._decoding: Decoding | None = None
        self._session = 0
        self._slots: Slots | None = None
        self._memory_fd = -1
        self._turns = Turns()
        self._window = Size(0, 0)
        self._part: Part = WHOLE
        self._fills = False
        self._newest: tuple[Any, float] | None = None  # waits to be shown
        self._last: tuple[Any, float] | None = None  # was shown last
        self._still_asked = False
        self._displayed = self._lost = self._stills = 0
        self._shown_at_s: float | None = None
        self._due_s = 0.0
        threading.Thread(target=self._publish, name=f"publish-{number}", daemon=True).start()

    @property
    def quiet(self) -> bool:
        return self._decoding is None

    def order(self, order: ToPlayer) -> None:
        with self._changed:
            match order:
                case Open():
                    self._open(order)
                case Stop():
                    self._stop(order.session)
                case Taken():
                    self._turns.take(order.number, order.slot)
                case Still():
                    self._still_asked = True
                case Look():
                    self._part = (order.left, order.top, order.width, order.height)
                    self._fills = order.aspect > 0
                    self._newest = self._newest or self._last
                case Frame():
                    self._window = Size(
                        min(max(order.width, 0), MOST.width), min(max(order.height, 0), MOST.height)
                    )
                    self._newest = self._newest or self._last
            self._changed.notify()

    def report(self) -> PlayerReport:
        now_s = self._clock()
        with self._changed:
            run = self._decoding
            if run is None:
                return PlayerReport(self.number, self._session, PlayerState.IDLE)
            state = run.state
            if state is PlayerState.PLAYING and not self._displayed:
                state = PlayerState.OPENING
            return PlayerReport(
                self.number,
                self._session,
                state,
                displayed=self._displayed,
                lost=self._lost + run.damaged,
                decoded=run.decoded,
                received_bytes=run.received_bytes,
                codec=run.codec,
                width=run.width,
                height=run.height,
                changed_ago_s=None if self._shown_at_s is None else now_s - self._shown_at_s,
                refused=run.refused if state is PlayerState.ENDED else 0,
                unreachable=run.unreachable,
                untrusted=run.untrusted,
                late_s=run.pace.late_s,
            )

    # -- under the lock --------------------------------------------------------------------

    def _open(self, order: Open) -> None:
        self._stop(order.session)
        if self._slots is None:
            self._slots = _shared(order.window_id)
        self._decoding = Decoding(order, self._relay, self._news, self._deliver)

    def _stop(self, session: int) -> None:
        if self._decoding is not None:
            self._decoding.stop()
        self._decoding = None
        self._session = session
        self._newest = self._last = self._shown_at_s = None
        self._still_asked = False
        self._displayed = self._lost = 0

    # -- on the thread that decodes --------------------------------------------------------

    def _deliver(self, run: Decoding, frame: Any, came_s: float) -> None:
        with self._changed:
            if run is self._decoding:
                if self._newest is not None and not self._turns.is_free:
                    self._lost += 1
                self._newest = (frame, came_s)
                self._changed.notify()

    # -- on the thread that writes ---------------------------------------------------------

    def _publish(self) -> None:
        scaler = _Scaler()
        while True:
            with self._changed:
                while not self._is_due():
                    wait_s = self._due_s - self._clock() if self._is_wanted() else None
                    self._changed.wait(wait_s if wait_s is None or wait_s > 0 else 0.001)
                still, self._still_asked = self._still_asked and self._last is not None, False
                picture, self._newest = self._newest, None
                run, slots = self._decoding, self._slots
                view = (self._window, self._part, self._fills)
                last = self._last = picture or self._last
                begun = self._turns.begin() if picture is not None else None
            if run is None or slots is None:
                self._give_up()
                continue
            try:
                if still and last is not None:
                    self._write_still(scaler, run, slots, *last)
                if picture is not None and begun is not None:
                    self._write(scaler, run, slots, picture, view, begun)
            except (ValueError, OSError) as error:  # libav's are both: a picture it cannot scale
                run.damaged += 1
                log.info("picture not shown: %s", type(error).__name__)
                self._give_up()

    def _is_wanted(self) -> bool:
        able = self._slots is not None and min(self._window) > 0
        return able and self._turns.is_free and self._newest is not None

    def _is_due(self) -> bool:
        if self._still_asked and self._last is not None and not self._is_wanted():
            return self._newest is None
        return self._is_wanted() and self._clock() >= self._due_s

    def _give_up(self) -> None:
        with self._changed:
            self._turns.give_up()

    def _write(
        self,
        scaler: "_Scaler",
        run: Decoding,
        slots: Slots,
        picture: tuple[Any, float],
        view: tuple[Size, Part, bool],
        begun: tuple[int, int],
    ) -> None:
        frame, came_s = picture
        source, (slot, number) = Size(frame.width, frame.height), begun
        wanted = cut(source, *view, MOST)
        done = scaler.scaled(frame, wanted)
        slots.write(slot, number, memoryview(done.planes[0]))
        with self._changed:
            if run is not self._decoding:
                self._turns.give_up()
                return
            now_s = self._clock()
            self._due_s = max(self._due_s, now_s - _BURST_S) + _PERIOD_S
            first = not self._displayed
            self._displayed += 1
            self._shown_at_s = now_s
            said = _picture(self.number, run.session, number, slot, done, source, came_s)
        self._say(said(wanted.part(source)))
        if first:
            self._news()

    def _write_still(
        self, scaler: "_Scaler", run: Decoding, slots: Slots, frame: Any, came_s: float
    ) -> None:
        source = Size(frame.width, frame.height)
        small = Size(min(source.width, MOST.width), min(source.height, MOST.height))
        done = scaler.scaled(frame, Cut(0, 0, *source, small))
        self._stills += 1
        slots.write(STILL, self._stills, memoryview(done.planes[0]))
        said = _picture(self.number, run.session, self._stills, STILL, done, source, came_s)
        self._say(said(WHOLE))


def _picture(
    player: int, session: int, number: int, slot: int, done: Any, source: Size, came_s: float
) -> Callable[[Part], Picture]:
    def of(part: Part) -> Picture:
        stride = done.planes[0].line_size
        return Picture(
            player,
            session,
            number,
            slot,
            done.width,
            done.height,
            stride,
            source.width,
            source.height,
            part,
            came_s,
        )

    return of


class _Scaler:
    """Cuts and scales; what it has set up serves until the picture or the view changes."""

    def __init__(self) -> None:
        self._reformatter: Any = None
        self._known: tuple[Any, ...] = ()
        self._graph: Any = None

    def scaled(self, frame: Any, wanted: Cut) -> Any:
        from av.video.reformatter import VideoReformatter

        if self._reformatter is None:
            self._reformatter = VideoReformatter()
        if (wanted.width, wanted.height) != (frame.width, frame.height):
            frame = self._cropped(frame, wanted)
        return self._reformatter.reformat(
            frame, wanted.to.width, wanted.to.height, _FORMAT, interpolation="BILINEAR", threads=1
        )

    def _cropped(self, frame: Any, wanted: Cut) -> Any:
        from av.filter import Graph

        box = (wanted.x, wanted.y, wanted.width, wanted.height)
        known = (frame.width, frame.height, frame.format.name, frame.time_base, *box)
        if known != self._known:
            self._known = known
            graph = self._graph = Graph()
            source = graph.add_buffer(
                width=frame.width,
                height=frame.height,
                format=frame.format,
                time_base=frame.time_base or TS_BASE,
            )
            cropped = graph.add("crop", "{2}:{3}:{0}:{1}".format(*box))
            sink = graph.add("buffersink")
            source.link_to(cropped)
            cropped.link_to(sink)
            graph.configure()
        self._graph.push(frame)
        return self._graph.pull()


def _shared(station_fd: int) -> Slots | None:
    """The station's memory, by the number that the file has there; None where it is no such."""
    with contextlib.suppress(OSError, ValueError):
        fd = os.open(f"/proc/{os.getppid()}/fd/{station_fd}", os.O_RDWR | os.O_CLOEXEC)
        try:
            if os.fstat(fd).st_size == TOTAL_BYTES:
                return Slots(mmap.mmap(fd, TOTAL_BYTES))
        finally:
            os.close(fd)
    return None
