"""The strip of the frame number can be read after scaling, and is refused when damaged."""

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.standin.video.frame_number import NUMBER_BITS, read_number, strip_bits
from desktop.standin.video.osd import LiveBand
from desktop.standin.video.profiles import MAIN, SUB, Profile


def picture(profile: Profile, number: int) -> np.ndarray:
    band = LiveBand(profile, "滨江大道下穿·通道内")
    band.show(number, 1_790_000_000.0)
    luma = np.full((profile.height, profile.width), 40, np.uint8)
    luma[: profile.band_height] = band.luma
    return luma


@given(st.integers(0, (1 << NUMBER_BITS) - 2))
def test_that_one_step_changes_exactly_two_blocks(number: int) -> None:
    before, after = strip_bits(number), strip_bits(number + 1)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 2


@pytest.mark.parametrize("profile", [SUB, MAIN], ids=["sub", "main"])
@pytest.mark.parametrize("width", [384, 420, 640, 960, 1920])
def test_that_a_scaled_picture_still_tells_its_number(profile: Profile, width: int) -> None:
    frame = av.VideoFrame.from_ndarray(picture(profile, 1_234_567), format="gray")
    scaled = frame.reformat(width, width * 9 // 16, interpolation="BILINEAR")
    assert read_number(scaled.to_ndarray()) == 1_234_567


def test_that_a_torn_strip_is_not_read_as_a_number() -> None:
    upper, lower = picture(SUB, 4095), picture(SUB, 8190)
    torn = np.concatenate([upper[:, :320], lower[:, 320:]], axis=1)
    assert read_number(torn) is None


def test_that_a_black_picture_has_no_number() -> None:
    assert read_number(np.zeros((360, 640), np.uint8)) is None
