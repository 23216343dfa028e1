"""The video process by itself: its ties to the parent and what it keeps secret."""

import contextlib
import json
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from tests.integration.video.conftest import has_bar
from tests.integration.video.live_source import LiveSource

ROOT = Path(__file__).resolve().parents[3]
SECRET = "SECRETTOKEN"

_PARENT = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-m", "desktop.video.helper"],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def process(screen, monkeypatch):
    monkeypatch.setenv("DISPLAY", screen.name)
    made = subprocess.Popen(
        [sys.executable, "-m", "desktop.video.helper"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    yield made
    made.kill()
    made.wait(3)
    for pipe in (made.stdin, made.stdout, made.stderr):
        with contextlib.suppress(BrokenPipeError):
            pipe.close()


def say(process: subprocess.Popen[bytes], **order: object) -> None:
    assert process.stdin
    process.stdin.write(json.dumps(order).encode() + b"\n")
    process.stdin.flush()


def open_order(url: str, protocol: str) -> dict[str, object]:
    return {
        "type": "open",
        "player": 0,
        "session": 1,
        "window_id": 0,
        "url": url,
        "protocol": protocol,
        "caching_ms": 300,
    }


def reports(process: subprocess.Popen[bytes]):
    assert process.stdout
    for line in process.stdout:
        message = json.loads(line)
        if message["type"] == "report":
            yield from message["players"]


def test_that_it_says_what_it_can_play_and_ends_with_its_stdin(process):
    ready = json.loads(process.stdout.readline())
    assert ready["pid"] == process.pid
    assert "http-ts" in ready["capabilities"]["protocols"]
    assert psutil.Process(process.pid).nice() >= 10
    process.stdin.close()
    assert process.wait(5) == 0


def test_that_the_bridge_shows_what_libvlc_gets_as_bytes_only(screen, process):
    """The way of RTSP where libVLC has none: demuxed here, remuxed, read back by libVLC."""
    source, window_id = LiveSource(), screen.window()
    say(process, **(open_order(source.url(), "rtsp") | {"window_id": window_id}))
    shown = next(r for r in reports(process) if r.get("displayed", 0) > 10)
    # A busy machine drops what is late; that is not the bridge, which would lose all or nothing.
    assert shown.get("lost", 0) <= shown["displayed"]
    assert has_bar(screen.grab(window_id))
    process.stdin.close()
    assert process.wait(5) == 0
    source.close()


@pytest.mark.parametrize("status", [403, 404])
def test_that_a_refusal_by_rtsp_carries_its_status(process, status):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection, connection.makefile("rb") as requests:
                number, describes = b"0", False
                for line in requests:
                    describes |= line.startswith(b"DESCRIBE")
                    if line.lower().startswith(b"cseq:"):
                        number = line.split(b":")[1].strip()
                    if line == b"\r\n":
                        said = b"%d No" % status if describes else b"200 OK"
                        connection.sendall(b"RTSP/1.0 %b\r\nCSeq: %b\r\n\r\n" % (said, number))

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        port = server.getsockname()[1]
        say(process, **open_order(f"rtsp://127.0.0.1:{port}/live?token={SECRET}", "rtsp"))
        ended = next(r for r in reports(process) if r["state"] == "ended")
        assert ended["refused"] == status
        process.stdin.close()
        assert process.wait(5) == 0
        serving.join(5)


def test_that_nothing_is_left_when_the_parent_is_killed():
    parent = subprocess.Popen(
        [sys.executable, "-c", _PARENT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout and parent.stdin
    child = psutil.Process(int(parent.stdout.readline()))
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    psutil.wait_procs([child], timeout=3)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("protocol", ["http-ts", "rtsp"])
def test_that_a_secret_address_is_in_no_argument_and_no_output(process, protocol):
    url = f"{protocol.split('-')[0]}://admin:{SECRET}@127.0.0.1:9/live?token={SECRET}"
    say(process, **open_order(url, protocol))
    ended = next(r for r in reports(process) if r["state"] == "ended")
    assert ended["session"] == 1
    assert SECRET not in " ".join(psutil.Process(process.pid).cmdline())
    # An order that it cannot read, with the secret where the exception's text repeats it.
    say(process, **(open_order(url, protocol) | {"protocol": SECRET}))
    out, err = process.communicate(timeout=3)
    assert SECRET.encode() not in out + err
    assert b"ValidationError" in err  # what went wrong is told all the same
