"""RTSP for a libVLC that has none: demuxed by PyAV, remuxed as MPEG-TS, read by libVLC.

Nothing is encoded anew. Exceptions of PyAV carry the address, so none leaves this module.
"""

import contextlib
import ctypes
import logging
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

import vlc

from desktop.memory import give_back
from desktop.video.stream_refusal import av_refusal

log = logging.getLogger(__name__)

_OPEN_TIMEOUT_S, READ_TIMEOUT_S = 3.0, 3.0
_MAX_WAITING_BYTES = 8 << 20
_SINK = {"flush_packets": "1"}  # not when the buffer is full: a small picture would wait for more
# Carried on as it comes, a stream need not be known; each 0.1 s of looking at it comes later.
_OPTIONS = {"rtsp_transport": "tcp", "fflags": "nobuffer", "analyzeduration": "100000"}


class ByteQueue:
    """Bytes from one thread to another; the writer waits when the reader falls behind."""

    def __init__(self, limit_bytes: int = _MAX_WAITING_BYTES) -> None:
        self._parts: deque[bytes] = deque()
        self._waiting = 0
        self._limit = limit_bytes
        self._closed = False
        self._changed = threading.Condition()

    def write(self, data: bytes) -> int:
        """Raises BrokenPipeError after `close`."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._waiting < self._limit)
            if self._closed:
                raise BrokenPipeError
            self._parts.append(bytes(data))
            self._waiting += len(data)
            self._changed.notify_all()
        return len(data)

    def read(self, size: int) -> bytes:
        """At least one byte; nothing at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._waiting > 0)
            if not self._parts:
                return b""
            part = self._parts.popleft()
            if len(part) > size:
                self._parts.appendleft(part[size:])
                part = part[:size]
            self._waiting -= len(part)
            self._changed.notify_all()
            return part

    def close(self) -> None:
        """What was not read is dropped: it is of the past."""
        with self._changed:
            self._closed = True
            self._parts.clear()
            self._waiting = 0
            self._changed.notify_all()


class TsBridge:
    """One RTSP session as a libVLC media. Keep it as long as the player lives."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._queue = ByteQueue()
        self.refused = 0  # the RTSP status with which the server said no
        self.ended = False  # what libVLC shows from here on are leftovers of the past
        # libVLC keeps bare pointers to these callbacks (python-vlc #169).
        self._callbacks: tuple[Any, ...] = (
            vlc.CallbackDecorators.MediaOpenCb(self._opened),
            vlc.CallbackDecorators.MediaReadCb(self._read),
            vlc.CallbackDecorators.MediaCloseCb(self._closed),
        )
        threading.Thread(target=self._run, name="rtsp-bridge", daemon=True).start()

    def media(self, instance: vlc.Instance) -> vlc.Media:
        opened, read, closed = self._callbacks
        no_seek = ctypes.cast(0, vlc.CallbackDecorators.MediaSeekCb)
        return instance.media_new_callbacks(opened, read, no_seek, closed, None)

    def close(self) -> None:
        """Ends the session; a read that waits returns at once."""
        self._queue.close()

    def forget(self) -> None:
        """After libVLC has released the media: the callbacks tie the bridge to itself."""
        self._callbacks = ()

    def _opened(self, _opaque: Any, data_pointer: Any, size_pointer: Any) -> int:
        size_pointer[0] = ctypes.c_uint64(-1).value  # unknown: a live source
        return 0

    def _read(self, _opaque: Any, buffer: Any, size: int) -> int:
        part = self._queue.read(size)
        ctypes.memmove(buffer, part, len(part))
        return len(part)

    def _closed(self, _opaque: Any) -> None:
        self._queue.close()

    def _run(self) -> None:
        try:
            self._remux()
        except Exception as error:  # its text names the address with its secret
            self.refused = av_refusal(error)
            log.info("rtsp bridge ended: %s", type(error).__name__)
        finally:
            self.ended = True
            self._queue.close()
            give_back()

    def _remux(self) -> None:
        import av  # heavy: only where a camera has nothing but RTSP
        import av.logging as av_log
        from av.bitstream import BitStreamFilterContext

        av_log.set_level(av_log.PANIC)
        timeout = (_OPEN_TIMEOUT_S, READ_TIMEOUT_S)
        with contextlib.ExitStack() as stack:
            source = stack.enter_context(av.open(self._url, options=_OPTIONS, timeout=timeout))
            sink = stack.enter_context(
                av.open(self._queue, "w", format="mpegts", buffer_size=4096, options=_SINK)
            )
            video = source.streams.video[0]
            target = sink.add_stream_from_template(video)
            # Parameter sets that came in the session description only: a decoder that joins
            # the transport stream needs them before each key frame.
            extra = BitStreamFilterContext("dump_extra=freq=keyframe", in_stream=video)
            for packet in in_time(source.demux(video)):
                if packet.dts is None:
                    continue
                for whole in extra.filter(packet):
                    whole.stream = target
                    sink.mux(whole)


def in_time(packets: Iterable[Any]) -> Iterator[Any]:
    """Raises TimeoutError after a pause that libav gave up at.

    It hands out first what its parser still held: shown then, it would be taken for news.
    """
    last_s = time.monotonic()
    for packet in packets:
        now_s = time.monotonic()
        if now_s - last_s >= READ_TIMEOUT_S:
            raise TimeoutError
        last_s = now_s
        yield packet
