"""Numbers that are read from a screen, and what they say of a wall."""

import numpy as np
import pytest

from tests.bench import cameras, moving_clip, screen_numbers
from tests.bench.cameras import PHASE_S, age_s, phase
from tests.bench.screen_numbers import Course, Grid

NUMBER = 123


def line_of(numbers: list[int], width: int) -> np.ndarray:
    """One row of pixels through the strips of tiles that stand side by side."""
    line = []
    for number in numbers:
        luma = np.full((moving_clip.HEIGHT, moving_clip.WIDTH), 120, np.uint8)
        moving_clip._burn_in(luma, number)
        row = luma[round(moving_clip.HEIGHT * screen_numbers._STRIP_AT)]
        line.append(row[np.arange(width) * moving_clip.WIDTH // width])
    return np.concatenate(line)


@pytest.mark.parametrize("columns", [1, 2, 3, 5])
def test_that_each_tile_of_a_row_is_read_by_itself(columns: int):
    wide, _ = Grid(columns, columns).tile
    numbers = [NUMBER + 7 * column for column in range(columns)]
    line = line_of(numbers, wide)
    assert [screen_numbers._read(line, column, wide) for column in range(columns)] == numbers


def test_that_no_picture_is_no_number():
    wide, _ = Grid(9, 3).tile
    assert screen_numbers._read(np.zeros(wide, np.uint8), 0, wide) is None


def test_that_the_age_of_a_picture_is_from_when_it_was_due():
    camera = "cam-3"
    due_s = 40 * cameras.SECONDS + phase(camera) * PHASE_S + NUMBER / cameras.FPS
    assert age_s(camera, NUMBER, due_s + 0.35) == pytest.approx(0.35, abs=1e-6)


def test_that_a_picture_that_comes_back_is_counted_once():
    course = Course("cam-1", [(0.0, 5), (0.1, 6), (0.2, 5), (0.3, 7)])
    assert course.shown() == 3
