"""RTSP, FLV and HLS for libVLC: demuxed by PyAV, remuxed as MPEG-TS, read from a pipe.

Nothing is encoded anew. Exceptions of PyAV carry the address, so none leaves this module.
Debian's libVLC has no RTSP; it takes 5 s to open an FLV stream that has no sound.
"""

import contextlib
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from desktop.domain.cameras import Protocol
from desktop.memory import give_back
from desktop.video.feed import Feed
from desktop.video.stream_refusal import av_refusal

log = logging.getLogger(__name__)

_OPEN_TIMEOUT_S, READ_TIMEOUT_S = 3.0, 3.0
_SINK = {"flush_packets": "1"}  # not when the buffer is full: a small picture would wait for more
# Carried on as it comes, a stream need not be known; each 0.1 s of looking at it comes later.
# Never with fflags=nobuffer: what libav looked at is then thrown away, and that is the key frame
# which a server keeps for who joins (measured: the first picture up to 2 s later).
_SOON = {"analyzeduration": "100000"}
_EARLY_PACKETS = 50
_EARLY_STEP_S = 0.001
_WEB = {"protocol_whitelist": "http,https,tcp,tls,crypto"}  # a play list may not name our files


@dataclass(frozen=True)
class _Way:
    options: dict[str, str]
    read_timeout_s: float = READ_TIMEOUT_S


_WAYS = {
    Protocol.RTSP: _Way(_SOON | {"rtsp_transport": "tcp"}),
    Protocol.HTTP_FLV: _Way(_SOON | _WEB | {"probesize": "65536"}),
    # One part of the list at a time, and then nothing until the next.
    Protocol.HLS: _Way(_WEB | {"live_start_index": "-2"}, read_timeout_s=15.0),
}


class RemuxFeed(Feed):
    """One session of PyAV on a thread of its own."""

    def __init__(self, url: str, protocol: Protocol, news: Callable[[], None]) -> None:
        super().__init__(news, in_time=protocol is not Protocol.HLS)
        self._url, self._way = url, _WAYS[protocol]
        self._stopped = False
        threading.Thread(target=self._run, name="bridge", daemon=True).start()

    def stop(self) -> None:
        """The session ends with its next packet, or with its time limit."""
        self._stopped = True

    def write(self, data: bytes) -> int:
        """What PyAV calls for each part. Raises BrokenPipeError once nobody reads."""
        view = memoryview(data)
        while view:
            if self._stopped:
                raise BrokenPipeError
            view = view[os.write(self._write_fd, view) :]
        return len(data)

    def _run(self) -> None:
        refused = 0
        try:
            self._remux()
        except Exception as error:  # its text names the address with its secret
            refused = av_refusal(error)
            log.info("bridge ended: %s", type(error).__name__)
        finally:
            self._end(refused)
            give_back()

    def _remux(self) -> None:
        import av  # heavy: only where a camera has nothing but these
        import av.logging as av_log

        av_log.set_level(av_log.PANIC)
        limit_s = self._way.read_timeout_s
        with contextlib.ExitStack() as stack:
            source = stack.enter_context(
                av.open(self._url, options=self._way.options, timeout=(_OPEN_TIMEOUT_S, limit_s))
            )
            sink = stack.enter_context(
                av.open(self, "w", format="mpegts", buffer_size=4096, options=_SINK)
            )
            video = source.streams.video[0]
            self.codec = {"hevc": "h265"}.get(video.codec.name, video.codec.name)
            target = sink.add_stream_from_template(video)
            prepare = _preparation(video)
            for packet in dated(in_time(source.demux(video), limit_s)):
                if self._stopped:
                    return
                self._received(packet.size)
                for whole in prepare(packet):
                    whole.stream = target
                    sink.mux(whole)


def _preparation(video: Any) -> Any:
    """Parameter sets that came outside of the stream: a decoder that joins the transport stream
    needs them before each key frame. For those of MP4 and FLV the muxer sees to that itself.
    """
    from av.bitstream import BitStreamFilterContext

    if bytes(video.codec_context.extradata or b"")[:1] == b"\x01":
        return lambda packet: (packet,)
    return BitStreamFilterContext("dump_extra=freq=keyframe", in_stream=video).filter


def dated(packets: Iterable[Any]) -> Iterator[Any]:
    """Packets with a time at which they are decoded; others only before all of those.

    libav cannot tell that time of the first ones, among them the key frame: it is reckoned back
    from the first that has one.
    """
    early: list[Any] | None = []
    for packet in packets:
        if packet.dts is None:
            if early is not None and packet.size and len(early) < _EARLY_PACKETS:
                early.append(packet)
            continue
        if early is not None:
            step = max(1, round(_EARLY_STEP_S / packet.time_base))
            for place, one in enumerate(early):
                one.dts = packet.dts - (len(early) - place) * step
                one.pts = one.dts if one.pts is None else max(one.pts, one.dts)
                yield one
            early = None
        yield packet


def in_time(packets: Iterable[Any], limit_s: float = READ_TIMEOUT_S) -> Iterator[Any]:
    """Raises TimeoutError after a pause that libav gave up at.

    It hands out first what its parser still held: shown then, it would be taken for news.
    """
    last_s = time.monotonic()
    for packet in packets:
        now_s = time.monotonic()
        if now_s - last_s >= limit_s:
            raise TimeoutError
        yield packet
        last_s = time.monotonic()  # the time that libVLC took to read is not the server's
