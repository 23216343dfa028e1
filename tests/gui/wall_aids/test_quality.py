"""The quality rules on the real wall, with players that do what the test says."""

import pytest

from desktop.domain.cameras import StreamSize, TileFigures, TileState
from desktop.domain.wall import CellProfile, preset
from tests.gui.fake_room import FakeClock
from tests.gui.video_wall.conftest import WallPool
from tests.integration.video.room import TablePlatform, make_cameras, put_cameras
from tests.rooms import room_of
from views.video_wall.quality import QualityRunner
from views.video_wall.wall.grid import WallGrid

BIG = StreamSize(640, 200, 25.0)  # so small a sub stream that every tile asks for the main one


@pytest.fixture
def wall(qtbot):
    from msgspec.structs import replace

    pool = WallPool()
    room = room_of(video=pool, orders=None, questions=TablePlatform(), clock=FakeClock())
    put_cameras(room, tuple(replace(one, sub=BIG) for one in make_cameras(8)))
    room.wall.set_layout(preset("4"))
    room.wall.fill(["c1", "c2", "c3", "c4"])
    grid = WallGrid(room)
    qtbot.addWidget(grid)
    grid.resize(1600, 900)
    with qtbot.waitExposed(grid):
        grid.show()
    qtbot.waitUntil(lambda: len(playing(pool)) == 4)
    runner = QualityRunner(room, grid)
    runner.tick()
    return room, grid, pool, runner


def playing(pool) -> set[str]:
    return {one.status.camera_id for one in pool.players.values() if one.status.camera_id}


def run(room, runner, seconds_s: float) -> None:
    for _ in range(round(seconds_s / 0.5)):
        room.clock.move(0.5)
        runner.tick()


def profiles(grid) -> str:
    return "".join(grid.tiles_of(n).front.profile[0] for n in range(grid.count))


def say(pool, fps: float, **figures: int) -> None:
    for name in ("c1", "c2", "c3", "c4"):
        pool.of(name).now = TileFigures(fps=fps, **figures)
        pool.of(name).say(TileState.LIVE, age_ms=40, fps=fps)


def test_that_tiles_that_ask_for_more_than_the_machine_carries_are_made_worse(wall):
    room, grid, pool, runner = wall
    assert profiles(grid) == "mmmm"
    say(pool, 25.0)
    run(room, runner, 8)
    assert profiles(grid) == "mmmm"
    say(pool, 12.0)
    run(room, runner, 1)
    choices = [choice.profile for choice in runner.quality.choices.values()]
    assert choices.count("sub") == 1 and runner.quality.is_limited()


def test_that_pictures_that_are_lost_at_full_rate_are_a_reason_too(wall):
    room, grid, pool, runner = wall
    say(pool, 25.0)
    run(room, runner, 8)
    assert profiles(grid) == "mmmm" and not runner.quality.is_limited()
    for second in range(1, 6):
        if not runner.quality.is_limited():
            say(pool, 25.0, dropped=8 * second)
            run(room, runner, 1)
    choices = [choice.profile for choice in runner.quality.choices.values()]
    assert choices.count("sub") == 1 and runner.quality.is_limited()


def test_that_a_stream_that_is_away_makes_no_other_worse(wall):
    room, grid, pool, runner = wall
    say(pool, 25.0)
    run(room, runner, 8)
    pool.of("c1").say(TileState.RETRY, retry_in_s=4.0)
    pool.of("c2").say(TileState.STALLED, age_ms=3000)
    run(room, runner, 20)
    assert profiles(grid) == "mmmm"


def test_that_the_operator_s_choice_is_said_and_stands(wall):
    room, grid, pool, runner = wall
    say(pool, 25.0)
    run(room, runner, 3)
    room.wall.set_profile(0, CellProfile.SUB)
    runner.tick()
    assert runner.quality.choices[0].profile == "sub"
    assert grid.tiles_of(0).front.tile._header._note.endswith("手动")
    assert grid.tiles_of(1).front.tile._header._note.startswith("主")


def test_that_an_enlarged_tile_does_not_wait_for_the_next_look(wall, qtbot):
    room, grid, _, runner = wall
    room.wall.set_profile(0, CellProfile.AUTO)
    room.wall.focus(0)
    qtbot.waitUntil(lambda: runner.quality.choices[0].why.value == "enlarged", timeout=1000)
    assert grid.tiles_of(0).front.profile == "main"
