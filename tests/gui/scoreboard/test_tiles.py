"""Figures of the matrix that are drawn once and copied: they look as if drawn where they stand."""

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from views.scoreboard import tiles
from widgets import theme

ROUNDING = 12
"""Of 255: a letter's rim is mixed with the ground in another order."""
SIZE = QRect(0, 0, 50, 37)


def painted(work, ratio: float = 1.0) -> QImage:
    image = QImage(round(50 * ratio), round(37 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.colour("bg1"))
    painter = QPainter(image)
    work(painter)
    painter.end()
    return image


def apart(one: QImage, other: QImage) -> int:
    """The most that a byte of any pixel differs by."""
    first, second = (np.frombuffer(image.constBits(), np.uint8) for image in (one, other))
    return int(np.abs(first.astype(int) - second.astype(int)).max())


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("shade", range(4))
def test_that_a_copied_figure_is_the_drawn_one(qapp, shade, ratio):
    copied = painted(
        lambda p: tiles.paint_figure(p, SIZE, tiles.Figure("95.4", shade, False), "bg1", ratio),
        ratio,
    )
    drawn = painted(
        lambda p: tiles._draw_figure(p, SIZE, tiles.Figure("95.4", shade, False)), ratio
    )
    assert apart(copied, drawn) <= ROUNDING


def test_that_words_at_each_side_are_the_drawn_ones(qapp):
    for side in (tiles.LEFT, tiles.CENTRE, tiles.RIGHT):
        said = tiles.Words("望湖区 98", 14, "text2", side)
        copied = painted(lambda p, said=said: tiles.paint_words(p, SIZE, said, "bg1", 1.0))
        drawn = painted(lambda p, said=said: tiles._draw_words(p, SIZE, said))
        assert apart(copied, drawn) <= ROUNDING


def test_that_another_theme_is_drawn_anew(qapp):
    dark = painted(
        lambda p: tiles.paint_figure(p, SIZE, tiles.Figure("95.4", 1, False), "bg1", 1.0)
    )
    theme.use(theme.LIGHT)
    try:
        light = painted(
            lambda p: tiles.paint_figure(p, SIZE, tiles.Figure("95.4", 1, False), "bg1", 1.0)
        )
    finally:
        theme.use(theme.DARK)
    assert apart(dark, light) > 50


def test_that_a_fraction_of_pixels_is_drawn_where_it_stands(qapp):
    before = tiles._figure.cache_info().currsize
    painted(
        lambda p: tiles.paint_figure(p, SIZE, tiles.Figure("11.1", 1, False), "bg1", 1.25), 1.25
    )
    assert tiles._figure.cache_info().currsize == before
