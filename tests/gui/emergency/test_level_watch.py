"""While a response runs, a graver level that is reached is said once, wherever one looks."""

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtWidgets import QWidget

from desktop.domain.emergency.incidents import IncidentState
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.weather import Weather
from desktop.shell.level_watch import LevelWatch
from desktop.shell.notices import NoticeBoard
from desktop.standin.plans import city_plans
from tests.gui.driving import until
from tests.gui.emergency_board.conftest import night, put


class Board(NoticeBoard):
    """Remembers what it was told."""

    def __init__(self, clock, parent):
        super().__init__(clock, parent)
        self.posted: list[tuple[str, str, str]] = []
        self.settled: list[str] = []

    def post(self, key, title, text, level="notice"):
        self.posted.append((key, title, text))
        super().post(key, title, text, level)

    def settle(self, key):
        self.settled.append(key)
        super().settle(key)


@pytest.fixture
def board(qtbot, room):
    window = QWidget()
    qtbot.addWidget(window)
    room.plans.replace([("flood", city_plans()["flood"])], "1", room.clock.now())
    made = Board(room.clock, window)
    made.watch = LevelWatch(room, made, window)
    made.watch._timer.stop()
    yield made
    assert window is not None


def running(**changes):
    facts = {"plan_id": "flood", "level": ResponseLevel.III, "drill": False} | changes
    return night(incident_id="IN-7", **facts)


def rain(room, mm: float):
    at = room.clock.now()
    room.weather.put(Weather(at=at, rain_1h_mm=mm / 2, rain_3h_mm=mm))


async def looked(board):
    board.watch.look()
    await until(lambda: not board.watch._looking)


def test_that_a_graver_level_is_said_once_and_goes_when_it_was_raised(board, room, run):
    async def work():
        put(room, running())
        rain(room, 20)
        await looked(board)
        assert board.posted == []
        rain(room, 64)
        for _ in range(3):
            await looked(board)
        ((key, title, text),) = board.posted
        assert title == "应急响应已达到 Ⅱ 级条件"
        assert "3 h 雨量 ≥ 50 mm" in text and "现行 Ⅲ 级" in text
        rain(room, 120)
        await looked(board)
        assert board.posted[-1][1] == "应急响应已达到 Ⅰ 级条件"
        board.settled.clear()
        known = room.incidents.get("IN-7")
        put(room, msgspec.structs.replace(known, level=ResponseLevel.I, seq=known.seq + 1))
        await looked(board)
        assert board.settled == [key] and len(board.posted) == 2

    run(work())


@pytest.mark.parametrize("changes", [{"drill": True}, {"state": IncidentState.DRAFT},
                                     {"plan_id": "gone"}])  # fmt: skip
def test_that_a_drill_a_draft_and_an_unknown_plan_say_nothing(board, room, run, changes):
    async def work():
        put(room, running(**changes))
        rain(room, 120)
        await looked(board)
        assert board.posted == []

    run(work())


def test_that_rain_that_nobody_has_told_of_late_says_nothing(board, room, run):
    async def work():
        put(room, running())
        rain(room, 120)
        room.clock.at += timedelta(minutes=20)
        await looked(board)
        assert board.posted == []

    run(work())


def test_that_the_watch_rests_without_a_response(board, room, run):
    async def work():
        put(room, running())
        assert board.watch._timer.isActive()
        known = room.incidents.get("IN-7")
        put(room, msgspec.structs.replace(known, state=IncidentState.CLOSED, seq=known.seq + 1))
        await looked(board)
        assert not board.watch._timer.isActive()

    run(work())
