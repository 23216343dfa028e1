"""A camera for tests: real H.264 as MPEG-TS over HTTP, in real time, that can fail on order."""

import contextlib
import io
import socket
import threading
import time
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import av
import numpy as np

WIDTH, HEIGHT, FPS, GOP = 640, 360, 25, 25
SECONDS = 2
_RATE, _PIECE, _TONE_HZ = 48_000, 1152, 600


def _packets() -> tuple[tuple[bytes, bool], ...]:
    return coded("libx264")


@cache
def coded(codec: str) -> tuple[tuple[bytes, bool], ...]:
    """Two seconds of a bright bar that moves over a grey ramp, encoded once."""
    out = io.BytesIO()
    ramp = np.tile(np.linspace(60, 190, WIDTH, dtype=np.uint8), (HEIGHT, 1))
    with av.open(out, "w", format="mpegts") as sink:
        stream = sink.add_stream(codec, rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"g": str(GOP), "bf": "0", "preset": "ultrafast", "sc_threshold": "0"}
        if codec == "libx265":
            stream.options = {
                "preset": "ultrafast", "x265-params": f"keyint={GOP}:bframes=0:log-level=none",
            }  # fmt: skip
        packets = []
        for number in range(FPS * SECONDS):
            picture = np.repeat(ramp[:, :, None], 3, axis=2).copy()
            left = number * 12 % WIDTH
            picture[:, left : left + 40] = (255, 220, 40)
            packets += stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24"))
        packets += stream.encode(None)
        return tuple((bytes(packet), packet.is_keyframe) for packet in packets)


class _Tone:
    """A sine at full scale, beside the pictures of `sink`."""

    def __init__(self, sink) -> None:
        self._sink, self._stream = sink, sink.add_stream("mp2", rate=_RATE, layout="mono")
        self._done = 0

    def go_on(self, until_s: float) -> None:
        """Muxes what there is of it until then."""
        while self._done / _RATE < until_s:
            times = (np.arange(_PIECE) + self._done) / _RATE
            wave = (np.sin(2 * np.pi * _TONE_HZ * times) * 32767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(wave[None, :], format="s16", layout="mono")
            frame.sample_rate, frame.pts = _RATE, self._done
            frame.time_base = Fraction(1, _RATE)
            self._done += _PIECE
            for packet in self._stream.encode(frame):
                self._sink.mux(packet)


class LiveSource:
    """`frozen` keeps connections open and sends nothing; `close` drops them all."""

    def __init__(self, port: int = 0) -> None:
        source = self
        self.moving = threading.Event()
        self.moving.set()
        self.connections: set[socket.socket] = set()
        self.opened = 0
        self.sounds = False  # a tone at full scale beside the picture
        self.status = 200  # anything else is all that a player gets
        self.kept = 0  # pictures that a joiner gets at once, with the time stamps that they had
        self.held_up_s = 0.0  # the way holds up for so long once what is sent, and loses nothing
        self.newest = 0  # number of the picture that was sent last
        self._closing = False

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                source._serve(self)

            def log_message(self, *_args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, *_args: object) -> None:
                pass  # a player that leaves is no error

        self._server = Server(("127.0.0.1", port), Handler)
        self.port = self._server.server_address[1]
        self._accepting = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )
        self._accepting.start()

    def url(self, name: str = "a") -> str:
        return f"http://127.0.0.1:{self.port}/live/{name}.ts?token=SECRETTOKEN"

    def freeze(self) -> None:
        self.moving.clear()

    def go_on(self) -> None:
        self.moving.set()

    def close(self) -> None:
        self._closing = True
        self.moving.set()
        self._server.shutdown()
        self._accepting.join()
        self._server.server_close()
        for connection in tuple(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        with contextlib.suppress(OSError), self._open(handler.connection):  # the player left
            self.moving.wait()
            handler.send_response(source_status := self.status)
            if source_status != 200:
                handler.send_header("Content-Length", "0")
                if source_status == 401:
                    handler.send_header("WWW-Authenticate", 'Basic realm="camera"')
                handler.end_headers()
                return
            handler.send_header("Content-Type", "video/mp2t")
            handler.end_headers()
            self._stream(handler.wfile.write)

    @contextlib.contextmanager
    def _open(self, connection: socket.socket) -> Iterator[None]:
        self.opened += 1
        self.connections.add(connection)
        try:
            yield
        finally:
            self.connections.discard(connection)

    def _stream(self, write) -> None:
        packets = _packets()
        buffer = io.BytesIO()
        with av.open(buffer, "w", format="mpegts") as sink:
            stream = sink.add_stream("libx264", rate=FPS)
            stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
            tone = _Tone(sink) if self.sounds else None
            start_s = time.monotonic() - self.kept / FPS
            number = 0
            while not self._closing:
                self.moving.wait()
                pause_s, self.held_up_s = self.held_up_s, 0.0
                time.sleep(pause_s)
                data, key = packets[number % len(packets)]
                packet = av.Packet(data)
                packet.stream = stream
                packet.pts = packet.dts = number * 90000 // FPS
                packet.time_base = Fraction(1, 90000)
                packet.is_keyframe = key
                sink.mux(packet)
                if tone is not None:
                    tone.go_on((number + 1) / FPS)
                write(buffer.getvalue())
                self.newest = number
                buffer.seek(0)
                buffer.truncate()
                number += 1
                behind_s = start_s + number / FPS - time.monotonic()
                if behind_s > 0:
                    time.sleep(behind_s)
                elif behind_s < -1:
                    start_s = time.monotonic() - number / FPS  # was frozen: live goes on from now
