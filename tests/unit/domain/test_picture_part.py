"""What is cut out, and where it stands: a place of the picture stays where it is in the window."""

import random

import pytest

from desktop.domain.picture_part import WHOLE, Part, Rect, Size, cut, place, standing

MOST = Size(3840, 2160)
WINDOW = Size(1600, 900)
ZOOMED: Part = (0.31, 0.22, 1 / 3.7, 1 / 3.7)


def test_that_a_whole_picture_stands_in_the_middle_with_its_shape():
    assert standing(Size(1920, 1080), WINDOW, WHOLE, False) == Rect(0, 0, 1600, 900)
    assert standing(Size(640, 480), WINDOW, WHOLE, False) == Rect(200, 0, 1200, 900)
    assert standing(Size(640, 480), WINDOW, WHOLE, True) == Rect(0, -150, 1600, 1200)


def test_that_nothing_stands_nowhere():
    assert standing(Size(0, 0), WINDOW, WHOLE, False) == Rect(0, 0, 0, 0)
    assert standing(Size(640, 360), Size(0, 0), WHOLE, True).width == 0
    assert cut(Size(640, 360), Size(0, 0), WHOLE, False, MOST).to == (2, 2)


def test_that_a_whole_picture_is_scaled_to_its_window_and_not_beyond():
    for source in (Size(1920, 1080), Size(640, 360), Size(640, 480)):
        wanted = cut(source, WINDOW, WHOLE, False, MOST)
        rect = standing(source, WINDOW, WHOLE, False)
        assert wanted[:4] == (0, 0, *source)
        assert wanted.to == (round(rect.width), round(rect.height))


@pytest.mark.parametrize("fills", [False, True])
@pytest.mark.parametrize("source", [Size(1920, 1080), Size(640, 480), Size(719, 575)])
def test_that_every_place_of_the_picture_stays_within_a_pixel(source, fills):
    """The pixels that were cut, put where they belong, against the part that was asked for."""
    chance = random.Random(1)
    for _ in range(300):
        zoom = chance.uniform(1.0, 8.0)
        part = (
            chance.uniform(0, 1 - 1 / zoom),
            chance.uniform(0, 1 - 1 / zoom),
            1 / zoom,
            1 / zoom,
        )
        wanted = cut(source, WINDOW, part, fills, MOST)
        rect = standing(source, WINDOW, part, fills)
        at = place(wanted.part(source), part, rect)
        assert abs(at.width - wanted.to.width) <= 1.0 and abs(at.height - wanted.to.height) <= 1.0
        assert at.left <= max(0.0, rect.left) + 0.01 and at.top <= max(0.0, rect.top) + 0.01
        assert at.left + at.width >= min(WINDOW.width, rect.left + rect.width) - 0.01
        assert wanted.to.width < WINDOW.width + 80, "no more is scaled than is seen"


def test_that_what_is_cut_lies_on_even_pixels_of_the_source():
    wanted = cut(Size(1920, 1080), WINDOW, ZOOMED, False, MOST)
    assert not any(value % 2 for value in wanted[:4])
    assert wanted.x + wanted.width <= 1920 and wanted.y + wanted.height <= 1080
