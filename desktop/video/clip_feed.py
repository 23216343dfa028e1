"""A short recording in a loop, for libVLC an endless stream: HLS VOD or MP4 by HTTP.

The same part is opened again and again, each time with later time stamps. Packets go out at the
pace of the recording, a little ahead: a pipe that is filled at once would be played out at once
after a stall. Exceptions of PyAV carry the address, so none leaves this module.
"""

import threading
import time
from collections.abc import Callable
from typing import Any

from desktop.domain.cameras import Protocol
from desktop.video.bridge import RemuxFeed

_AHEAD_S = 0.5
_TIMEOUT_S = (3.0, 8.0)
_OPTIONS = {"protocol_whitelist": "http,https,tcp,tls,crypto"}
_SINK = {"flush_packets": "1"}
_PAUSE_S = 0.2
"""Between the end and the beginning: nobody takes the jump for something that happened."""


class ClipFeed(RemuxFeed):
    """Ends when the address is not valid any more; a fresh one is asked for then."""

    def __init__(self, url: str, news: Callable[[], None]) -> None:
        self._gone = threading.Event()
        super().__init__(url, Protocol.HLS, news)

    def stop(self) -> None:
        super().stop()
        self._gone.set()

    def _remux(self) -> None:
        import av
        import av.logging as av_log

        av_log.set_level(av_log.PANIC)
        begun_s, shift_s = time.monotonic(), 0.0
        with av.open(self, "w", format="mpegts", buffer_size=4096, options=_SINK) as sink:
            target = None
            while not self._stopped:
                with av.open(self._url, options=_OPTIONS, timeout=_TIMEOUT_S) as source:
                    video = source.streams.video[0]
                    if target is None:
                        self.codec = {"hevc": "h265"}.get(video.codec.name, video.codec.name)
                        target = sink.add_stream_from_template(video)
                    last_s = self._once(source, sink, target, begun_s, shift_s)
                if last_s <= 0.0:
                    return  # nothing in it: no endless turning
                shift_s += last_s + _PAUSE_S

    def _once(self, source: Any, sink: Any, target: Any, begun_s: float, shift_s: float) -> float:
        """Sends all of it; its length in seconds."""
        video = source.streams.video[0]
        base = float(video.time_base)
        first = last_s = None
        for packet in source.demux(video):
            if packet.dts is None:
                continue
            if first is None:
                first = packet.dts
            last_s = (packet.dts - first) * base
            wait_s = begun_s + shift_s + last_s - _AHEAD_S - time.monotonic()
            if self._stopped or (wait_s > 0 and self._gone.wait(wait_s)):
                break
            shift = round(shift_s / base) - first
            packet.dts += shift
            packet.pts = packet.dts if packet.pts is None else packet.pts + shift
            self._received(packet.size)
            packet.stream = target
            sink.mux(packet)
        return last_s or 0.0
