import pytest

from desktop.video.part import crop
from desktop.video.wire import Look


@pytest.mark.parametrize(
    ("look", "size", "expected"),
    [
        (Look(0), (640, 360), None),
        (Look(0, 0.5, 0.25, 0.5, 0.5), (640, 360), "320+90+0+90"),
        (Look(0, aspect=1.0), (640, 360), "140+0+140+0"),
        (Look(0, aspect=2.0), (640, 360), "0+20+0+20"),
        (Look(0, 0.9, 0.9, 0.5, 0.5), (640, 360), "320+180+0+0"),
        (Look(0, 0.5, 0.5, 0.0, 0.0), (640, 360), None),
    ],
)
def test_that_a_part_is_cut_out_in_pixels_and_never_beyond_the_picture(look, size, expected):
    assert crop(look, *size) == expected
