"""Walls of everybody: by right, with a line in the trail, and known to all tabs at once."""

import pytest

from desktop.domain.audit import Outcome
from desktop.shell.shared_walls import SharedWalls
from desktop.shell.wall_files import FOLDER
from tests.gui.driving import until
from tests.gui.fake_room import fake_room, open_room


@pytest.mark.parametrize(("role", "may"), [("duty_officer", True), ("operator", False)])
def test_that_only_who_may_edit_shares_and_both_stand_in_the_trail(run, tmp_path, role, may):
    async def work():
        room = fake_room()
        open_room(room, role)
        told: list[str] = []
        SharedWalls(tmp_path, room, room.wall).refused.connect(told.append)
        room.wall.fill(["a", "b"])
        room.wall.share_as("防汛")
        await until(lambda: bool(room.wall.saved) or bool(told))
        (row,) = room.audit.waiting
        assert row.target == "防汛" and (row.outcome == Outcome.NO_RIGHT) is not may
        assert [one.name for one in room.wall.saved] == (["防汛"] if may else [])
        assert bool(told) is not may and (tmp_path / FOLDER).exists() is may
        if may:
            room.wall.unshare_asked.emit("防汛")
            await until(lambda: not room.wall.saved)

    run(work())
