"""One session of a focus picture: reads the stream and decodes it on a thread of its own.

A transport stream is taken apart here (desktop.video.ts_split), RTSP by libav. Exceptions of
PyAV carry the address, so none leaves this module.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Generator
from fractions import Fraction
from functools import partial
from typing import Any

from desktop.domain.cameras import Protocol
from desktop.memory import give_back
from desktop.video.bridge import in_time
from desktop.video.http_feed import HttpFeed
from desktop.video.pace import Pace
from desktop.video.relay import Relay
from desktop.video.stream_refusal import av_refusal
from desktop.video.ts_split import NoTransportStream, TsSplitter, Unit
from desktop.video.wire import Open, PlayerState

log = logging.getLogger(__name__)

_TIMEOUT_S = 3.0
_READ_BYTES = 64 << 10
TS_BASE = Fraction(1, 90000)
_WRAP = 1 << 33
_RTSP = {
    "rtsp_transport": "tcp",  # and no fflags=nobuffer: desktop.video.bridge says why
    "flags": "low_delay",
    "analyzeduration": "100000",
    "max_delay": "0",
    "reorder_queue_size": "0",
}
_BAD_LIMIT = 100
"""Coded pictures in a row without one that can be shown: what comes is no picture."""

_Pictures = Generator[tuple[Any, float], None, None]
"""av.VideoFrame, and when its last byte had come."""

_NAMES = {"hevc": "h265"}


class Decoding:
    """`deliver` gets each picture (av.VideoFrame) and when its last byte came; on the thread."""

    def __init__(
        self,
        order: Open,
        relay: Relay,
        news: Callable[[], None],
        deliver: Callable[["Decoding", Any, float], None],
    ) -> None:
        self.session = order.session
        self.state = PlayerState.OPENING
        self.refused, self.unreachable, self.untrusted = 0, False, False
        self.decoded = self.damaged = self.received_bytes = 0
        self.codec, self.width, self.height = "", 0, 0
        self.pace = Pace()
        self._news, self._deliver = news, deliver
        self._stopped = False
        self._bad = 0
        self._waited_s = 0.0
        self._last_pts: float | None = None
        self._feed: HttpFeed | None = None
        if order.protocol is Protocol.HTTP_TS:
            self._feed = HttpFeed(order.url, relay, _nothing)
        self._url = order.url
        threading.Thread(target=self._run, name="decoding", daemon=True).start()

    def stop(self) -> None:
        """Does not wait; nothing is delivered any more. RTSP may need its time limit."""
        self._stopped = True
        if self._feed is not None:
            self._feed.stop()

    def _run(self) -> None:
        try:
            with contextlib.closing(self._pictures()) as pictures:
                for frame, came_s in pictures:
                    if self._stopped:
                        break
                    self._take(frame, came_s)
        except Exception as error:  # its text names the address with its secret
            self.refused = av_refusal(error)
            self.unreachable = isinstance(error, ConnectionRefusedError)
            log.info("picture ended: %s", type(error).__name__)
        if self._feed is not None:
            self.refused, self.unreachable = self._feed.refused, self._feed.unreachable
            self.untrusted = self._feed.untrusted
            self._feed.close()
        self.state = PlayerState.ENDED
        self._news()
        give_back()

    def _take(self, frame: Any, came_s: float) -> None:
        self.decoded += 1
        if frame.is_corrupt:
            self.damaged += 1
            return
        if frame.pts is not None:
            pts_s = float(frame.pts * (frame.time_base or TS_BASE))
            before, self._last_pts = self._last_pts, pts_s
            if before is not None and before - 1.0 < pts_s <= before:
                return  # never back in time
        self._bad = 0
        self.state = PlayerState.PLAYING
        self.width, self.height = frame.width, frame.height
        self._deliver(self, frame, came_s)

    def _pictures(self) -> _Pictures:
        import av.logging as av_log

        av_log.set_level(av_log.PANIC)
        return self._of_transport_stream() if self._feed is not None else self._of_rtsp()

    def _decoded(self, decode: Callable[[], Any], came_s: float) -> _Pictures:
        import av.error

        self._bad += 1
        if self._bad > _BAD_LIMIT:
            raise av.error.InvalidDataError(0, "")
        try:
            frames = decode()
        except av.error.InvalidDataError:
            self.damaged += 1
            return
        for frame in frames:
            yield frame, came_s

    # -- HTTP ------------------------------------------------------------------------------

    def _of_transport_stream(self) -> _Pictures:
        import av

        feed, splitter = self._feed, TsSplitter()
        assert feed is not None
        context: Any = None
        codec = ""
        stamps = _Stamps()
        while data := self._read(feed):
            came_s = time.monotonic()
            try:
                units = splitter.feed(data)
            except NoTransportStream:
                return
            for unit in units:
                if unit.codec != codec:
                    codec = unit.codec
                    self.codec = _NAMES.get(codec, codec)
                    context = _context(codec)
                pts = stamps.whole(unit.pts)
                if self._is_left_out(came_s, pts, unit) or self._stopped:
                    continue
                packet = av.Packet(unit.data)
                packet.pts, packet.time_base = pts, TS_BASE
                yield from self._decoded(partial(context.decode, packet), came_s)

    def _read(self, feed: HttpFeed) -> bytes:
        start_s = time.monotonic()
        data = feed.read(_READ_BYTES)
        self._waited_s = time.monotonic() - start_s
        self.received_bytes = feed.received_bytes
        return data

    def _is_left_out(self, came_s: float, pts: int | None, unit: Unit) -> bool:
        waited_s, self._waited_s = self._waited_s, 0.0
        self.pace.note(time.monotonic(), None if pts is None else pts / 90000, waited_s)
        return self.pace.must_skip and not unit.is_random

    # -- RTSP ------------------------------------------------------------------------------

    def _of_rtsp(self) -> _Pictures:
        import av

        with av.open(self._url, options=_RTSP, timeout=(_TIMEOUT_S, _TIMEOUT_S)) as source:
            video = source.streams.video[0]
            self.codec = _NAMES.get(video.codec.name, video.codec.name)
            context = video.codec_context
            context.thread_count = 1
            context.flags |= _low_delay()
            start_s = time.monotonic()
            for packet in in_time(source.demux(video)):
                if self._stopped:
                    return
                came_s = time.monotonic()
                self.received_bytes += packet.size
                pts_s = None if packet.pts is None else float(packet.pts * packet.time_base)
                self.pace.note(came_s, pts_s, came_s - start_s)
                if not (self.pace.must_skip and not packet.is_keyframe):
                    yield from self._decoded(packet.decode, came_s)
                start_s = time.monotonic()


class _Stamps:
    """Time stamps beyond the 33 bits of a transport stream, which last for 26 hours."""

    def __init__(self) -> None:
        self._base = 0
        self._last: int | None = None

    def whole(self, pts: int | None) -> int | None:
        if pts is None:
            return None
        if self._last is not None and self._last - pts > _WRAP // 2:
            self._base += _WRAP
        self._last = pts
        return self._base + pts


def _context(codec: str) -> Any:
    from av import CodecContext

    context = CodecContext.create(codec, "r")
    context.thread_count = 1  # a second thread would hold a picture back
    context.flags |= _low_delay()
    return context


def _low_delay() -> int:
    from av.codec.context import Flags

    return Flags.low_delay


def _nothing() -> None:
    """The first bytes are no news here: only a picture is."""
