"""A short recording in a loop: real MP4 and HLS by HTTP, through the feed that libVLC reads."""

import functools
import http.server
import itertools
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from desktop.video.clip_feed import ClipFeed

CLIP_S = 1.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("clip")
    head = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=s=160x90:r=25", "-t",
            str(CLIP_S), "-c:v", "libx264", "-g", "25", "-pix_fmt", "yuv420p"]  # fmt: skip
    subprocess.run([*head, "-movflags", "+faststart", str(made / "clip.mp4")], check=True)
    subprocess.run([*head, "-f", "hls", "-hls_playlist_type", "vod", str(made / "clip.m3u8")],
                   check=True)  # fmt: skip
    return made


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None: ...


@pytest.fixture
def base(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("name", ["clip.mp4", "clip.m3u8"])
def test_that_a_recording_goes_round_with_time_that_only_grows(base: str, name: str, tmp_path):
    feed = ClipFeed(f"{base}/{name}", lambda: None)
    file = int(feed.address.removeprefix("fd://"))
    got, end_s = bytearray(), time.monotonic() + 8.0
    while time.monotonic() < end_s and not feed.ended:
        got += os.read(file, 65536)
        (tmp_path / "got.ts").write_bytes(got)
        times = times_of(tmp_path / "got.ts")
        if times and times[-1] - times[0] > 1.6 * CLIP_S:
            break
    feed.close()
    assert times[-1] - times[0] > 1.6 * CLIP_S, "it did not begin again"
    assert all(a < b for a, b in itertools.pairwise(times))
    assert feed.codec == "h264"


def times_of(path: Path) -> list[float]:
    try:
        with av.open(str(path)) as source:
            base = float(source.streams.video[0].time_base)
            return [p.dts * base for p in source.demux(video=0) if p.dts is not None]
    except (av.error.FFmpegError, IndexError):
        return []


def test_that_an_address_that_is_gone_ends_the_feed_with_the_server_s_word(base: str):
    news = threading.Event()
    feed = ClipFeed(f"{base}/none.m3u8", news.set)
    assert news.wait(5) and feed.ended and feed.refused == 404
    feed.close()


def test_that_a_stopped_feed_goes_within_a_moment(base: str):
    news = threading.Event()
    feed = ClipFeed(f"{base}/clip.mp4", news.set)
    assert news.wait(5)
    feed.close()
    end_s = time.monotonic() + 3
    while not feed.ended and time.monotonic() < end_s:
        news.wait(0.02)
    assert feed.ended
