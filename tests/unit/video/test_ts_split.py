"""Pictures out of a transport stream, each with its last byte."""

import contextlib
import io
import random
from itertools import pairwise

import av
import numpy as np
import pytest

from desktop.video.ts_split import PACKET, NoTransportStream, TsSplitter, Unit


def stream(codec: str = "libx264", pictures: int = 12, **options: str) -> tuple[bytes, list[int]]:
    """A transport stream, and where each picture's bytes end in it."""
    out = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 255, (120, 160, 3), np.uint8)
    ends: list[int] = []
    with av.open(out, "w", format="mpegts", options={"flush_packets": "1"} | options) as sink:
        video = sink.add_stream(codec, rate=25)
        video.width, video.height, video.pix_fmt = 160, 120, "yuv420p"
        video.options = {"preset": "ultrafast", "tune": "zerolatency", "g": "6", "bf": "0"}
        if codec == "libx265":
            video.options |= {"x265-params": "log-level=none"}
        for number in range(pictures):
            picture = np.roll(noise, number, 1)
            for packet in video.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                sink.mux(packet)
                ends.append(out.tell())
    return out.getvalue(), ends


def split(data: bytes, cuts: list[int]) -> list[Unit]:
    splitter, found = TsSplitter(), []
    for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
        found += splitter.feed(data[start:end])
    return found


def decoded(units: list[Unit]) -> int:
    context = av.CodecContext.create(units[0].codec, "r")
    frames = [f for unit in units for f in context.decode(av.Packet(unit.data))]
    return len(frames) + len(context.decode(None))


@pytest.mark.parametrize(("codec", "name"), [("libx264", "h264"), ("libx265", "hevc")])
def test_that_every_picture_comes_however_the_bytes_were_cut(codec, name):
    data, ends = stream(codec)
    chance = random.Random(3)
    for _ in range(5):
        cuts = sorted(chance.randrange(len(data)) for _ in range(40))
        units = split(data, cuts)
        assert len(units) == len(ends) and {unit.codec for unit in units} == {name}
    assert decoded(units) == len(ends)
    pts = [unit.pts for unit in units]
    assert [b - a for a, b in pairwise(pts)] == [3600] * (len(ends) - 1)
    assert units[0].is_random and not units[1].is_random


@pytest.mark.parametrize("length", ["1", "0"])
def test_that_a_picture_comes_with_its_last_byte_and_not_with_the_next_picture(length):
    """Whether the stream tells its length or not (ISO/IEC 13818-1: 0 for video)."""
    data, ends = stream(omit_video_pes_length=length)
    splitter, at, late = TsSplitter(), 0, 0
    for number, end in enumerate(ends, start=1):
        seen = len(splitter.feed(data[at:end]))
        at, late = end, late + (seen != 1 and number > 1)
    assert late <= 1  # one may end by chance without stuffing


def test_that_a_missing_packet_costs_its_picture_and_no_other():
    data, ends = stream()
    gap = ends[3] // PACKET * PACKET + 2 * PACKET
    units = split(data[:gap] + data[gap + PACKET :], [])
    assert len(ends) - 2 <= len(units) < len(ends)


def test_that_a_stream_is_found_again_behind_garbage():
    data, ends = stream()
    junk = random.Random(5).randbytes(5000)
    middle = ends[5]
    units = split(data[:middle] + junk + data[middle:], [])
    assert len(units) >= len(ends) - 2


def test_that_what_is_no_transport_stream_is_said_to_be_none():
    with pytest.raises(NoTransportStream):
        TsSplitter().feed(b"<html>" * 50_000)


@pytest.mark.parametrize("seed", range(8))
def test_that_damaged_streams_raise_nothing_else(seed):
    chance = random.Random(seed)
    data = bytearray(stream(pictures=8)[0])
    for _ in range(len(data) // 60):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with contextlib.suppress(NoTransportStream):
        assert len(split(bytes(data), [])) <= 8
