"""The seat asks for a sound test once in a shift, whatever happens to its window."""

import asyncio
from contextlib import asynccontextmanager

from desktop.domain.link_messages import SessionState, User
from desktop.shell.main_window import MainWindow
from desktop.shell.seat import Seat
from tests.gui.driving import until
from tests.gui.windows import DESK_VIEWS, exposed

SHIFT_S = 12 * 3600.0


@asynccontextmanager
async def cues(qtbot, room, folder, user_id: str = "u-1"):
    """A window on this profile whose user is signed in before it has read what it keeps.

    Gives the seat and how many cues its list has; after it the window has gone as by a kill.
    """
    room.session.put_session(SessionState())
    room.preferences.load({})
    window = exposed(qtbot, MainWindow(room, DESK_VIEWS))
    seat = Seat(folder, room, window, lambda: None)
    loaded: list[str] = []
    seat._kept.loaded.connect(loaded.append)
    preparing = asyncio.ensure_future(seat.prepare())
    await asyncio.sleep(0)
    room.session.put_session(SessionState(user=User(user_id, "某人", ("operator",))))
    await preparing
    await until(lambda: user_id in loaded)
    yield seat, sum(notice.title == "接班试音" for notice in window.notices.kept)
    await seat.keeping.close()
    window.close()
    seat.deleteLater()


def test_that_a_window_that_was_killed_and_started_anew_does_not_ask_again(
    qtbot, room, run, tmp_path
):
    async def scene() -> None:
        for _ in range(2):
            async with cues(qtbot, room, tmp_path) as (_, asked):
                assert asked == 1
            room.clock.move(3600)

    run(scene())


def test_that_the_next_person_and_the_next_shift_are_asked(qtbot, room, run, tmp_path):
    async def scene() -> None:
        async with cues(qtbot, room, tmp_path) as (_, asked):
            assert asked == 1
        async with cues(qtbot, room, tmp_path, "u-2") as (_, asked):
            assert asked == 2  # the list is the desk's
        room.clock.move(SHIFT_S)
        async with cues(qtbot, room, tmp_path) as (_, asked):
            assert asked == 3

    run(scene())


def test_that_who_has_tested_the_sound_in_this_shift_is_not_asked(qtbot, room, run, tmp_path):
    async def scene() -> None:
        async with cues(qtbot, room, tmp_path) as (seat, _):
            room.clock.move(SHIFT_S)
            room.preferences.set("sound_tested_on", "2099-01-01 08:00")
            seat._kept.flush()
        async with cues(qtbot, room, tmp_path) as (_, asked):
            assert asked == 1

    run(scene())
