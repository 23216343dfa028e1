"""The sound of one camera, with a player that does what the test says."""

import pytest

from desktop.domain.cameras import TileState
from desktop.domain.wall import CellOrigin, preset
from desktop.stores.sound_state import SoundCondition
from desktop.video.places import SOUND_TILE
from tests.gui.fake_room import FakeClock, open_room
from tests.gui.video_wall.conftest import WallPool
from tests.integration.video.room import TablePlatform, make_cameras, put_cameras
from tests.rooms import room_of
from views.video_wall.wall.grid import WallGrid
from views.video_wall.wall.sound import WallSound


@pytest.fixture
def wall(qtbot):
    pool = WallPool()
    room = room_of(video=pool, orders=None, questions=TablePlatform(), clock=FakeClock())
    open_room(room)
    put_cameras(room, make_cameras(8))
    room.wall.set_layout(preset("4"))
    room.wall.fill(["c1", "c2"])
    grid = WallGrid(room)
    qtbot.addWidget(grid)
    grid.resize(1600, 900)
    with qtbot.waitExposed(grid):
        grid.show()
    sound = WallSound(room, grid)
    pool.go_live()
    return room, grid, pool, sound


def heard(grid) -> list[str]:
    return [grid.tiles_of(n).front.tile._header._sound for n in range(2)]


def call_red(room, waiting: bool, silence_left_s: int = 0) -> None:
    room.sound.report(SoundCondition.READY, "", silence_left_s, waiting)


def test_that_one_camera_sounds_and_another_takes_its_place(wall):
    room, grid, pool, sound = wall
    assert SOUND_TILE not in pool.players  # nothing is made for who never listens
    sound.toggle()
    player = pool.players[SOUND_TILE]
    assert player.status.camera_id == "c1" and heard(grid) == ["timer-sand", ""]
    player.say(TileState.LIVE)  # not before: a sign without a sound is a lie
    assert heard(grid) == ["volume-high", ""]
    room.wall.select(1)
    sound.toggle()
    assert player.status.camera_id == "c2" and heard(grid) == ["", "timer-sand"]
    sound.toggle()
    assert player.status.camera_id is None and heard(grid) == ["", ""]


def test_that_the_wall_of_another_monitor_takes_the_sound_over(wall):
    room, grid, pool, sound = wall
    sound.toggle()
    other = WallSound(room, grid)
    room.wall.select(1)
    other.toggle()
    player = pool.players[SOUND_TILE]
    player.say(TileState.LIVE)
    assert sound.camera_id is None and other.camera_id == "c2"
    sound.look()
    assert player.status.camera_id == "c2", "who gave way does not end what is heard now"


def test_that_a_red_that_calls_is_heard_alone(wall):
    room, grid, pool, sound = wall
    sound.toggle()
    pool.players[SOUND_TILE].say(TileState.LIVE)
    volumes = pool.players[SOUND_TILE].volumes
    assert volumes[-1] == room.preferences.get("volume_percent") > 0
    call_red(room, waiting=True)
    assert volumes[-1] == 0 and heard(grid)[0] == "pause-circle-outline"
    call_red(room, waiting=True, silence_left_s=60)  # the operator wants to listen
    assert volumes[-1] > 0
    call_red(room, waiting=True)
    assert volumes[-1] == 0
    call_red(room, waiting=False)
    assert volumes[-1] > 0 and heard(grid)[0] == "volume-high"


def test_that_a_camera_chosen_while_a_red_calls_begins_mute(wall):
    room, _, pool, sound = wall
    call_red(room, waiting=True)
    sound.toggle()
    assert pool.players[SOUND_TILE].volumes == [0]


def test_that_the_sound_ends_with_the_picture(wall):
    room, grid, pool, sound = wall
    sound.toggle()
    room.wall.put(0, "c3", CellOrigin.HAND)
    sound.look()
    assert pool.players[SOUND_TILE].status.camera_id is None
    sound.toggle()
    assert pool.players[SOUND_TILE].status.camera_id == "c3"
    grid.hide()
    sound.look()
    assert pool.players[SOUND_TILE].status.camera_id is None


def test_that_a_camera_without_sound_is_said_and_not_asked_again(wall, qtbot):
    _, grid, pool, sound = wall
    sound.toggle()
    with qtbot.waitSignal(sound.told, timeout=500) as told:
        pool.players[SOUND_TILE].say(TileState.RETRY, retry_in_s=0.5)
    assert "没有声音" in told.args[0] and heard(grid) == ["", ""]
    assert pool.players[SOUND_TILE].status.camera_id is None
