"""The band tells exactly what changed, and writes the time of the city."""

import numpy as np
import pytest

from desktop.standin.video.osd import LiveBand
from desktop.standin.video.profiles import MAIN, SUB, Profile

NAME = "滨江大道下穿·通道内"


@pytest.mark.parametrize("profile", [SUB, MAIN], ids=["sub", "main"])
def test_that_every_macroblock_that_differs_is_named_as_changed(profile: Profile) -> None:
    band = LiveBand(profile, NAME)
    band.show(0, 1_790_000_000.0)
    for number in range(1, 60):
        before = band.luma.copy()
        changed = band.show(number, 1_790_000_000.0 + number / 25)
        ys, xs = np.nonzero(before != band.luma)
        differing = {
            int(y // 16 * profile.width_mbs + x // 16) for y, x in zip(ys, xs, strict=True)
        }
        assert differing <= changed
        assert 0 < len(changed) < profile.band_mbs / 4


def test_that_the_same_moment_changes_nothing() -> None:
    band = LiveBand(SUB, NAME)
    band.show(7, 1_790_000_000.0)
    assert band.show(7, 1_790_000_000.0) == set()


def test_that_a_very_long_name_leaves_room_for_the_clock() -> None:
    short, long = LiveBand(SUB, "甲"), LiveBand(SUB, "很长的名字" * 30)
    for band in (short, long):
        band.show(0, 1_790_000_000.0)
    before = long.luma.copy()
    assert long.show(1, 1_790_000_001.0)
    assert (before[:16] != long.luma[:16]).any()
