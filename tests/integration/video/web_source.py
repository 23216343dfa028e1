"""A camera by HTTP as FLV, HLS or H.265: encoded on the way, in real time."""

import contextlib
import functools
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import av
import numpy as np

WIDTH, HEIGHT, FPS = 320, 180, 25
_FAST = {"g": "25", "bf": "0", "preset": "ultrafast", "tune": "zerolatency"}
B_FRAMES = {"g": "25", "bf": "2", "b_strategy": "0", "preset": "ultrafast"}
_X265 = {"x265-params": "log-level=none:pools=1:frame-threads=1"}


def encode_live(
    out: Any,
    container: str,
    codec: str,
    go_on: Callable[[], bool],
    coding: dict[str, str] = _FAST,
    **options: str,
) -> None:
    """A bright bar that moves over grey, until the reader leaves."""
    with av.open(out, "w", format=container, options=options | {"flush_packets": "1"}) as sink:
        stream = sink.add_stream(
            codec, rate=FPS, options=coding | (_X265 if "265" in codec else {})
        )
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        start_s, number = time.monotonic(), 0
        while go_on():
            picture = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
            left = number * 6 % WIDTH
            picture[:, left : left + 24] = (255, 220, 40)
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                sink.mux(packet)
            number += 1
            time.sleep(max(0.0, start_s + number / FPS - time.monotonic()))


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args: object) -> None:
        pass  # a player that leaves is no error


class _Stream(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    container, codec = "flv", "libx264"
    coding: dict[str, str] = _FAST

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/live")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        with contextlib.suppress(OSError):
            encode_live(self, self.container, self.codec, lambda: True, self.coding)

    def write(self, data: bytes) -> int:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))
        return len(data)

    def log_message(self, *_args: object) -> None:
        pass


class _Files(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@contextlib.contextmanager
def serving(handler: Any) -> Iterator[str]:
    with _Quiet(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@contextlib.contextmanager
def stream(container: str, codec: str, coding: dict[str, str] = _FAST) -> Iterator[str]:
    kind = type("Kind", (_Stream,), {"container": container, "codec": codec, "coding": coding})
    with serving(kind) as base:
        yield f"{base}/moved"


@contextlib.contextmanager
def play_list() -> Iterator[str]:
    """Parts of one second each."""
    ended = threading.Event()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        target = str(Path(name, "live.m3u8"))
        encode = functools.partial(
            encode_live, target, "hls", "libx264", lambda: not ended.is_set()
        )
        options = {"hls_time": "1", "hls_list_size": "4", "hls_flags": "delete_segments"}
        thread = threading.Thread(target=encode, kwargs=options)
        thread.start()
        while not Path(target).exists():
            time.sleep(0.02)
        with serving(functools.partial(_Files, directory=name)) as base:
            yield f"{base}/live.m3u8"
        ended.set()
        thread.join(3)
