import pytest

from desktop.domain.cameras import Camera, TileState
from desktop.domain.link_messages import LinkHealth, OutboxState, ServiceCondition, ServiceState
from tests.integration.video.room import make_alarm, make_cameras, put_cameras
from views.video_wall import NearestTiles, build_nearest
from views.video_wall.tile_grid import tile_rects
from widgets.video_tile import VideoTile


@pytest.fixture
def wall(qtbot, room) -> NearestTiles:
    wall = build_nearest(room)
    qtbot.addWidget(wall)
    wall.resize(412, 952)
    wall.show()
    qtbot.waitUntil(lambda: all(p.opened for p in room.video.players.values()), timeout=2000)
    return wall


def tiles(wall: NearestTiles) -> list[VideoTile]:
    return sorted(wall.findChildren(VideoTile), key=lambda tile: tile.number)


def select(room, alarm) -> None:
    room.alarms.put(alarm.alarm_id, alarm)
    room.selection.select_alarm(alarm.alarm_id)


def test_that_without_an_alarm_the_first_cameras_online_are_shown(wall, room):
    assert wall.cameras == ("c1", "c2", "c3", "c4")
    assert [p.opened for p in room.video.players.values()] == [
        [(f"c{n}", "sub")] for n in range(1, 5)
    ]


def test_that_an_alarm_brings_its_own_cameras_and_leaves_running_ones_alone(wall, room):
    select(room, make_alarm(camera_ids=("c6", "c3"), lon_deg=116.608))
    assert wall.cameras == ("c6", "c8", "c3", "c7")
    assert room.video.players[3].opened == [("c3", "sub")]  # not opened a second time
    assert room.video.players[1].opened == [("c1", "sub"), ("c6", "sub")]


def test_that_a_held_tile_keeps_its_camera_until_it_is_let_go(wall, room):
    tiles(wall)[0]._header.pin.click()
    select(room, make_alarm(camera_ids=("c5", "c6", "c7", "c8")))
    assert wall.cameras == ("c1", "c5", "c6", "c7")
    tiles(wall)[0]._header.pin.click()
    assert wall.cameras == ("c8", "c5", "c6", "c7")


def test_that_an_alarm_selected_before_the_registers_came_is_followed_later(qtbot, room):
    put_cameras(room, ())
    wall = build_nearest(room)
    qtbot.addWidget(wall)
    room.selection.select_alarm("a1")
    put_cameras(room, make_cameras(8))
    assert wall.cameras == (None,) * 4
    room.alarms.put("a1", make_alarm(camera_ids=("c5",)))
    room.alarms.flush()
    assert wall.cameras[0] == "c5"


def test_that_a_named_camera_that_the_register_lacks_is_passed_over(wall, room):
    select(room, make_alarm(camera_ids=("gone", "c5")))
    assert "gone" not in wall.cameras and "c5" in wall.cameras


def test_that_only_cameras_named_by_a_red_alarm_are_framed(wall, room):
    select(room, make_alarm(camera_ids=("c6",)))
    framed = [tile.number for tile in tiles(wall) if "关联" in tile.accessibleDescription()]
    assert [wall.cameras[number - 1] for number in framed] == ["c6"]


def test_that_every_status_is_reported_with_its_camera(wall, room):
    room.video.players[2].say(TileState.LIVE, fps=25.0, age_ms=80)
    status = room.tiles.get("2")
    assert (status.camera_id, status.state, status.fps) == ("c2", TileState.LIVE, 25.0)


def test_that_a_click_points_at_the_camera(qtbot, wall, room):
    with qtbot.waitSignal(room.selection.camera_changed) as changed:
        tiles(wall)[1].selected.emit(2)
    assert changed.args == ["c2"]


def test_that_an_enlarged_wall_asks_for_the_main_stream(wall, room):
    wall.resize(2560, 1380)
    assert room.video.players[1].opened[-1] == ("c1", "main")
    wall.resize(412, 952)
    assert room.video.players[1].opened[-1] == ("c1", "sub")


def test_that_a_hidden_wall_tells_its_players(qtbot, wall, room):
    wall.hide()
    qtbot.waitUntil(lambda: not room.video.players[1].exposed, timeout=1000)


def test_that_the_return_of_the_platform_ends_all_waits_once(wall, room):
    up, down = (ServiceState(c) for c in (ServiceCondition.UP, ServiceCondition.DOWN))
    room.health.set_link_connected(True)
    for rest in (down, up, up):
        room.health.put(LinkHealth(mqtt=up, rest=rest, feeds={}, outbox=OutboxState()))
    assert [p.retries for p in room.video.players.values()] == [1, 1, 1, 1]


def test_that_safe_mode_has_words_in_place_of_pictures(qtbot, room):
    import dataclasses

    wall = build_nearest(dataclasses.replace(room, video=None))
    qtbot.addWidget(wall)
    wall.resize(412, 952)
    wall.show()
    assert [tile.page_lines()[1] for tile in tiles(wall)] == ["安全模式：视频未启动"] * 4


def test_that_a_camera_without_a_place_does_not_hinder_the_others(wall, room):
    put_cameras(room, (*make_cameras(8), Camera(camera_id="x", name="无位置")))
    select(room, make_alarm())
    assert set(wall.cameras) == {"c5", "c6", "c7", "c8"}


def test_that_tiles_stand_in_a_column_as_high_as_their_pictures_need():
    column = tile_rects(412, 1040, 4)
    assert [(r.x(), r.y(), r.width(), r.height()) for r in column] == [
        (0, 262 * n, 412, 254) for n in range(4)
    ]
    assert {r.height() for r in tile_rects(412, 2000, 4)} == {261}  # 408 x 229 of picture


def test_that_wide_ground_is_used_by_the_larger_of_two_arrangements():
    one_above_three = tile_rects(1180, 944, 4)
    assert one_above_three[0].width() == 1180 and len({r.y() for r in one_above_three[1:]}) == 1
    two_by_two = tile_rects(1920, 1040, 4)
    assert {(r.x(), r.y()) for r in two_by_two} == {(0, 0), (964, 0), (0, 524), (964, 524)}
    for rects, bottom in ((one_above_three, 944), (two_by_two, 1040)):
        assert all(r.bottom() < bottom for r in rects)
        assert not any(a.intersects(b) for a in rects for b in rects if a is not b)
