"""The geometry of the workstation at every size it must bear."""

import itertools

import pytest

from desktop.shell.places import Mode, places
from desktop.shell.scaling import scale_factor

SIZES = [(1310, 728), (1364, 980), (1864, 1040), (2504, 1400), (3784, 2120)]


@pytest.mark.parametrize(("size", "mode"), list(itertools.product(SIZES, Mode)))
def test_that_parts_fill_the_ground_on_the_grid_without_touching(size, mode):
    width, height = size
    shown = [rect for rect in places(width, height, mode) if rect is not None]
    for rect in shown:
        assert rect.width > 0 and rect.height > 0
        assert rect.x >= 0 and rect.x + rect.width <= width
        assert rect.y >= 0 and rect.y + rect.height <= height
    for one, other in itertools.combinations(shown, 2):
        apart_x = max(one.x - other.x - other.width, other.x - one.x - one.width)
        apart_y = max(one.y - other.y - other.height, other.y - one.y - one.height)
        assert max(apart_x, apart_y) >= 4


def test_that_the_reference_size_has_the_measures_of_the_design():
    at = places(1864, 1040, Mode.ALARMS)
    assert (at.alarms.width, at.detail.width, at.video.width) == (360, 316, 396)
    assert (at.map.x, at.map.y, at.map.width, at.map.height) == (364, 4, 780, 952)
    assert at.strip.height == 80


@pytest.mark.parametrize(
    ("monitor_px", "percent", "factor"),
    [
        ((1366, 768), 100, 1.0),
        ((1920, 1080), 100, 1.0),
        ((1920, 1080), 125, 1.25),
        ((2560, 1440), 100, 1.3),
        ((3840, 2160), 100, 2.0),
        ((3840, 1080), 100, 1.0),
        (None, 150, 1.5),
    ],
)
def test_that_a_larger_monitor_gets_a_larger_picture(monitor_px, percent, factor):
    assert scale_factor(monitor_px, percent) == factor
