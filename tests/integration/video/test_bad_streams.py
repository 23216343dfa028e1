"""Streams that are no good, or not the usual ones, on an ordinary tile."""

import socket
import threading
from http.server import BaseHTTPRequestHandler

import av
import numpy as np
import pytest

from desktop.domain.cameras import Protocol, TileState
from desktop.video.bridge import RemuxFeed
from tests.integration.video import live_source, web_source
from tests.integration.video.conftest import Stage, has_bar

LIMIT_S = 15.0
SECRET = "geheim-9f3a"


def test_that_a_stream_with_b_frames_runs_at_its_full_rate(play):
    async def scene(stage: Stage) -> None:
        with web_source.stream("mpegts", "libx264", web_source.B_FRAMES) as url:
            stage.platform.addresses["c1"] = url
            player = stage.show()
            await stage.until_state(player, TileState.LIVE, LIMIT_S)
            await stage.until(lambda: has_bar(stage.screen.grab(stage.windows[1])), LIMIT_S)
            await stage.until(lambda: 20 <= player.status.fps <= 30, LIMIT_S)
            await stage.pool.close()

    play(scene)


def _jpeg() -> bytes:
    encoder = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = 320, 180, "yuvj420p"
    encoder.time_base = "1/25"
    frame = av.VideoFrame.from_ndarray(np.full((180, 320, 3), 120, np.uint8), format="rgb24")
    (packet,) = encoder.encode(frame.reformat(format="yuvj420p"))
    return bytes(packet)


class _Multipart(BaseHTTPRequestHandler):
    """A web camera: pictures one after the other, each a part of one answer."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=part")
        self.end_headers()
        picture, gone = _jpeg(), threading.Event()
        try:
            while not gone.wait(0.04):
                head = b"--part\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                self.wfile.write(head % len(picture) + picture + b"\r\n")
        except OSError:
            pass  # the player left

    def log_message(self, *_args: object) -> None:
        pass


def test_that_jpegs_where_a_transport_stream_was_told_are_never_called_live(play):
    async def scene(stage: Stage) -> None:
        with web_source.serving(_Multipart) as url:
            stage.platform.addresses["c1"] = f"{url}/live"
            player = stage.show()
            await stage.until_state(player, TileState.RETRY, LIMIT_S)
            assert player.status.reason
            assert player.status.frames_shown == 0
            assert all(status.state is not TileState.LIVE for status in stage.seen)
            await stage.pool.close()

    play(scene)


def test_that_a_stream_without_a_key_frame_shows_no_smear_and_begins_with_the_next_one(
    play, monkeypatch
):
    """A joiner amid a long group: what it gets until then are differences to what it never saw."""
    wants_keys = threading.Event()
    packets = live_source.coded("libx264")
    differences = [packet for packet in packets if not packet[1]]

    class Chosen:
        def __len__(self) -> int:
            return len(packets)

        def __getitem__(self, number: int) -> tuple[bytes, bool]:
            return (packets if wants_keys.is_set() else differences)[number % len(differences)]

    monkeypatch.setattr(live_source, "_packets", Chosen)

    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.RETRY, LIMIT_S)
        assert "没有画面" in player.status.reason
        assert not has_bar(stage.screen.grab(stage.windows[1]))
        assert all(status.state is not TileState.LIVE for status in stage.seen)
        wants_keys.set()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)

    play(scene)


def test_that_a_server_that_only_has_udp_is_a_loss_that_is_tried_again(play):
    """cvlc's: 461 to every SETUP over TCP. No refusal of rights, and nothing waits for ever."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = threading.Thread(target=_answer_461, args=(server,), daemon=True)
        answering.start()
        port = server.getsockname()[1]

        async def scene(stage: Stage) -> None:
            stage.platform.addresses["c1"] = f"rtsp://a:{SECRET}@127.0.0.1:{port}/live"
            stage.platform.protocol = Protocol.RTSP
            player = stage.show()
            await stage.until_state(player, TileState.RETRY, LIMIT_S)
            assert "视频流中断" in player.status.reason
            assert SECRET not in repr(stage.seen)
            await stage.until(lambda: len(stage.platform.asked) >= 2, LIMIT_S)

        play(scene)
        server.shutdown(socket.SHUT_RDWR)
        answering.join(3)


_SDP = (b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\n"
        b"a=rtpmap:96 H264/90000\r\na=control:track1\r\n")  # fmt: skip


def _answer_461(server: socket.socket) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        threading.Thread(target=_talk_461, args=(connection,), daemon=True).start()


def _talk_461(connection: socket.socket) -> None:
    with connection, connection.makefile("rb") as requests:
        method, number = b"", b"0"
        for line in requests:
            if not method:
                method = line.split(b" ")[0]
            if line.lower().startswith(b"cseq:"):
                number = line.split(b":")[1].strip()
            if line != b"\r\n":
                continue
            status, more, body = b"200 OK", b"", b""
            if method == b"DESCRIBE":
                body = _SDP
                more = b"Content-Type: application/sdp\r\nContent-Length: %d\r\n" % len(body)
            elif method == b"SETUP":
                status = b"461 Unsupported Transport"
            head = b"RTSP/1.0 %b\r\nCSeq: %b\r\n%b\r\n" % (status, number, more)
            connection.sendall(head + body)
            method = b""


@pytest.mark.parametrize("protocol", [Protocol.HTTP_TS, Protocol.RTSP])
def test_that_an_address_with_a_password_is_in_no_line_of_the_station_s_log(play, caplog, protocol):
    caplog.set_level("DEBUG")

    async def scene(stage: Stage) -> None:
        scheme = "rtsp" if protocol is Protocol.RTSP else "http"
        stage.platform.addresses["c1"] = f"{scheme}://admin:{SECRET}@127.0.0.1:9/a?token={SECRET}"
        stage.platform.protocol = protocol
        player = stage.show()
        await stage.until_state(player, TileState.RETRY, LIMIT_S)
        assert SECRET not in repr(stage.seen) + player.status.reason

    play(scene)
    assert SECRET not in caplog.text


def test_that_a_bridge_of_what_is_no_stream_ends():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        ended = threading.Event()
        feed = RemuxFeed(f"rtsp://127.0.0.1:{port}/x", Protocol.RTSP, ended.set)
        connection, _ = server.accept()
        connection.sendall(b"\x00\xff" * 4096)
        connection.close()
        assert ended.wait(8)
        assert feed.ended and not feed.refused
        feed.close()
