"""A still picture of a cell, from the key to what the shell gets to write."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from desktop.domain.cameras import TileState
from views.video_wall.wall.still import still_of
from widgets.video_tile import NativePicture

SEEN = QColor(30, 160, 90)


@pytest.fixture
def live(qtbot, monkeypatch, room, grid, pool):
    """The first cell has a picture of one colour."""
    if QGuiApplication.platformName() != "xcb":
        pytest.skip("only a real screen has pixels")
    monkeypatch.setattr(
        NativePicture, "paintEvent", lambda self, _e: QPainter(self).fillRect(self.rect(), SEEN)
    )
    room.wall.put(0, "c1")
    pool.of("c1").say(TileState.LIVE, age_ms=400)
    seat = grid.tiles_of(0).front
    qtbot.waitUntil(lambda: still_of(seat, room.clock) is not None)
    qtbot.waitUntil(lambda: _middle(still_of(seat, room.clock).image) == SEEN)
    return seat


def _middle(image: QImage) -> QColor:
    return image.pixelColor(image.width() // 2, image.height() // 2)


def test_that_a_still_is_the_picture_alone_with_the_time_it_was_new(live, room):
    still = still_of(live, room.clock)
    assert still.image.size() == live.tile.picture_rect.size()
    assert still.camera_id == "c1"
    assert still.taken_at - still.shown_at == timedelta(milliseconds=400)


def test_that_nothing_old_passes_for_the_present(live, room, pool):
    pool.of("c1").say(TileState.STALLED, age_ms=9000)
    assert still_of(live, room.clock) is None


def test_that_the_key_asks_for_the_chosen_cell(qtbot, grid, live):
    asked = []
    grid.snapshot_asked.connect(asked.append)
    qtbot.keyClick(grid, Qt.Key.Key_S)
    assert asked == [0]
