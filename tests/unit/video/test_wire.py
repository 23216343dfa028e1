from pathlib import Path

import pytest

from desktop.domain.cameras import Protocol
from desktop.video import wire
from desktop.video.probe import capabilities

SECRET = "http://10.0.0.1/live.ts?token=SECRETTOKEN"


def test_that_an_order_survives_the_line_and_never_shows_its_address():
    order = wire.Open(1, 7, 0x400001, SECRET, Protocol.HTTP_TS, 300)
    line = wire.encode(order)
    assert b"\n" not in line
    assert wire.decode_to_video(line) == order
    assert "SECRET" not in repr(order) and "SECRET" not in f"{(order,)}"


def make_plugins(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / f"lib{name}_plugin.so").touch()
    return folder


@pytest.mark.parametrize(
    "plugins, rtsp, protocols",
    [
        (("avcodec", "filesystem", "ts"), "bridge", {"http-ts", "http-flv", "hls", "rtsp"}),
        (("avcodec", "filesystem"), "none", set()),
        (("avcodec", "ts"), "none", set()),
    ],
)
def test_that_what_can_be_played_is_told_from_the_plugins(tmp_path, plugins, rtsp, protocols):
    found = capabilities("3.0", make_plugins(tmp_path, *plugins))
    assert (found.rtsp, {p.value for p in found.protocols}) == (rtsp, protocols)


def test_that_a_libvlc_without_decoders_gives_a_reason(tmp_path):
    found = capabilities("3.0", make_plugins(tmp_path, "filesystem", "ts"))
    assert found.protocols == () and "vlc-plugin-base" in found.reason
