"""What comes out of one session, by the numbers burnt into its pictures."""

import io
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler
from itertools import pairwise

import av
import numpy as np
import pytest

from desktop.domain.cameras import Protocol
from desktop.standin.video.frame_number import read_number
from desktop.video.decoding import Decoding
from desktop.video.relay import Relay
from desktop.video.wire import Open, PlayerState
from tests.faults.numbered_clip import SHAPES, _picture
from tests.integration.video.web_source import serving

COUNT = 40


@cache
def recording(b_frames: int) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mpegts") as sink:
        video = sink.add_stream("libx264", rate=25)
        video.width, video.height, video.pix_fmt = 640, 360, "yuv420p"
        video.options = {"preset": "ultrafast", "g": "20", "bf": str(b_frames), "b_strategy": "0"}
        for number in range(COUNT):
            gray = av.VideoFrame.from_ndarray(_picture(SHAPES["h264"], number), format="gray8")
            sink.mux(video.encode(gray.reformat(format="yuv420p")))
        sink.mux(video.encode(None))
    return out.getvalue()


@pytest.fixture(scope="module")
def relay() -> Relay:
    """Its thread lives as long as its process."""
    return Relay(0.0)


def numbers_of(data: bytes, relay: Relay) -> tuple[list[int | None], Decoding]:
    class Once(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args: object) -> None:
            pass

    found: list[int | None] = []
    ended = threading.Event()

    def deliver(_run: Decoding, frame: av.VideoFrame, _came_s: float) -> None:
        found.append(read_number(np.ascontiguousarray(frame.to_ndarray(format="gray8"))))

    with serving(Once) as base:
        order = Open(0, 1, 0, f"{base}/live.ts", Protocol.HTTP_TS, 0)
        run = Decoding(order, relay, ended.set, deliver)
        assert ended.wait(15)
    return found, run


@pytest.mark.parametrize("b_frames", [0, 2])
def test_that_pictures_come_in_the_order_of_the_camera(relay, b_frames):
    """With B-frames the stream has them in another order than the camera."""
    found, run = numbers_of(recording(b_frames), relay)
    assert None not in found
    assert all(a < b for a, b in pairwise(found)), found
    assert len(found) >= COUNT - 1 - 4 * b_frames
    assert (run.state, run.codec, run.width) == (PlayerState.ENDED, "h264", 640)


def test_that_what_is_no_picture_ends_the_session(relay):
    found, run = numbers_of(b"<html>no</html>" * 20_000, relay)
    assert not found and run.state is PlayerState.ENDED


def test_that_a_stream_that_begins_amid_a_group_shows_nothing_smeared(relay):
    data = recording(0)
    found, _run = numbers_of(data[: 188 * 3] + data[188 * (len(data) // 188 // 4) :], relay)
    assert found and None not in found
