"""The notice of a flood says how many wait now, not how many waited when it began."""

import pytest
from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from desktop.shell.flood_watch import FloodWatch
from desktop.shell.notices import NoticeBoard
from tests.gui.fake_room import Y, alarm


class FakeSound(QObject):
    flooded = Signal(int)
    in_flood = False


@pytest.fixture
def sound(qapp):
    return FakeSound()


@pytest.fixture
def board(room, qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    made = NoticeBoard(room.clock, parent)
    made.place(QRect(0, 0, 400, 900))
    yield made
    del parent  # lives until here


@pytest.fixture
def watch(room, sound, board):
    return FloodWatch(room, sound, board, board)


def put(room, count: int) -> None:
    for number in range(count):
        room.alarms.put(f"f{number}", alarm(f"f{number}", Y, 1))


def words(board) -> str:
    return board.kept[0].text


def test_that_the_number_follows_and_the_end_is_told(room, sound, board, watch):
    before = len(room.alarms.waiting())
    sound.in_flood = True
    sound.flooded.emit(10)
    assert "10 条" in words(board)
    put(room, 400)
    watch.follow()
    assert f"{before + 400 - 1} 条" in words(board)
    sound.in_flood = False
    watch.follow()
    assert "洪峰已过" in words(board) and f"{before + 400} 条" in words(board)
    assert len(board.kept) == 1 and board.kept[0].count == 1


def test_that_no_timer_runs_outside_of_a_flood(sound, watch):
    assert not watch._following.isActive()
    sound.in_flood = True
    sound.flooded.emit(10)
    assert watch._following.isActive()
    sound.in_flood = False
    watch.follow()
    assert not watch._following.isActive()
