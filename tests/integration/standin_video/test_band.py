"""What the band's own slices say is what a decoder shows, to the last sample."""

from pathlib import Path

import av
import numpy as np
import pytest

from desktop.standin.video.access_unit import LiveSource
from desktop.standin.video.catalogue import LoopId
from desktop.standin.video.loops import Loop
from desktop.standin.video.osd import LiveBand
from desktop.standin.video.profiles import MAIN, SUB, Profile

NAME = "滨江大道下穿·通道内"
START_S = 1_790_000_000.0


def luma_of(frame: av.VideoFrame) -> np.ndarray:
    plane = frame.planes[0]
    return np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)


def decoded(loop: Loop, name: str, first: int) -> list[np.ndarray]:
    """Luma of 60 pictures from the number `first` on."""
    source = LiveSource(name, 0.0, lambda: loop)
    decoder = av.CodecContext.create("h264", "r")
    decoder.thread_count = 1
    shown: list[av.VideoFrame] = []
    for number in range(first, first + 60):
        unit = source.unit(number, START_S + number / 25)
        shown += decoder.decode(av.Packet(unit.data))
    return [luma_of(frame) for frame in shown + decoder.decode(None)]


@pytest.mark.parametrize("profile", [SUB, MAIN], ids=["sub", "main"])
def test_that_a_decoder_shows_the_band_as_it_was_drawn(loops: Path, profile: Profile) -> None:
    loop = Loop(loops / LoopId("street", profile.profile_id).file_name)
    drawn, shown = LiveBand(profile, NAME), decoded(loop, NAME, 0)
    assert len(shown) == 60
    for number, luma in enumerate(shown):
        drawn.show(number, START_S + number / 25)
        band = luma[: profile.band_height, : profile.width]
        assert np.array_equal(band, drawn.luma), f"picture {number}"


@pytest.mark.parametrize("profile", [SUB, MAIN], ids=["sub", "main"])
def test_that_no_picture_below_the_band_depends_on_what_the_band_says(
    loops: Path, profile: Profile
) -> None:
    """Another name, time and number: the street is the same to the last sample."""
    loop = Loop(loops / LoopId("street", profile.profile_id).file_name)
    once = decoded(loop, NAME, 0)
    again = decoded(loop, "新港路口", 117_650 * len(loop))
    edge = profile.band_height
    for one, other in zip(once, again, strict=True):
        assert (one[edge - 1] != other[edge - 1]).any()  # the border itself differs
        assert np.array_equal(one[edge:], other[edge:])


def test_that_the_band_costs_little_of_the_stream(loops: Path) -> None:
    """A second of the sub band stays below a quarter of the stream's megabit."""
    loop = Loop(loops / LoopId("street", "sub").file_name)
    source = LiveSource(NAME, 0.0, lambda: loop)
    units = [source.unit(number, START_S + number / 25) for number in range(25)]
    own = sum(len(unit.data) - len(loop.slices(unit.number)) for unit in units)
    assert own * 8 < 250_000


def test_that_a_file_that_is_no_loop_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.loop"
    path.write_bytes(b"something else entirely")
    with pytest.raises(ValueError, match="not a loop"):
        Loop(path)
