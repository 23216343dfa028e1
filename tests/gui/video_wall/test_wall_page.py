import pytest

from desktop.domain.wall import preset
from desktop.shell.keys import WIDGET_KEYS, KeyGroup
from tests.integration.video.room import TablePlatform, make_cameras, make_room, put_cameras
from views.video_wall.wall.page import WallPage
from views.video_wall.wall.wall_keys import WallKeys


class NoRegisters:
    """The directory asks and hears nothing; this is about the wall beside it."""

    def __getattr__(self, name: str):
        async def nothing(*_args: object, **_named: object):
            return ()

        return nothing


class Platform(TablePlatform):
    registers = NoRegisters()


@pytest.fixture
def room(pool):
    room = make_room(Platform(), pool)
    put_cameras(room, make_cameras(30))
    room.wall.set_layout(preset("4"))
    return room


@pytest.fixture
def page(qtbot, room, monkeypatch) -> WallPage:
    from views.video_wall.directory import CameraDirectory

    monkeypatch.setattr(CameraDirectory, "read", lambda self: None)
    page = WallPage(room)
    qtbot.addWidget(page)
    page.resize(1800, 980)
    return page


def ids(room) -> list[str | None]:
    return [cell.camera_id for cell in room.wall.wall.cells]


def test_that_cameras_dropped_over_several_cells_fill_from_there(page, room):
    page.take_cameras(["c1", "c2"], 2)
    assert ids(room) == [None, None, "c1", "c2"]
    assert page.strip.message == ""


def test_that_what_found_no_place_is_said_and_a_larger_layout_takes_it(page, room):
    page.take_cameras([f"c{n}" for n in range(1, 7)], 0)
    assert "选了 6 路，放入 4 路" in page.strip.message
    page.strip._way_out.click()
    assert room.wall.wall.layout.count == 6
    assert ids(room) == [f"c{n}" for n in range(1, 7)]


def test_that_a_held_cell_is_replaced_only_after_a_second_word(page, room):
    room.wall.put(0, "c1")
    room.wall.hold(0, True)
    page.take_cameras(["c2"], 0)
    assert ids(room)[0] == "c1" and "已固定" in page.strip.message
    page.strip._way_out.click()
    assert ids(room)[0] == "c2" and page.strip.message == ""


def test_that_a_chosen_camera_goes_where_there_is_room(page, room):
    room.wall.fill(["c1", "c2"])
    page.choose_cameras(["c3"])
    page.choose_cameras(["c4"])
    assert ids(room) == ["c1", "c2", "c3", "c4"]
    assert room.wall.selected == 3


def test_that_with_every_cell_held_nothing_is_replaced(page, room):
    room.wall.fill(["c1", "c2", "c3", "c4"])
    for index in range(4):
        room.wall.hold(index, True)
    page.choose_cameras(["c5"])
    assert "c5" not in ids(room) and page.strip.message


def test_that_the_head_shows_tabs_and_layout_and_changes_them(qtbot, page, room):
    page.head.add.click()
    assert len(page.head.tabs) == 2 and page.head.tabs[1].isChecked()
    page.head.layouts[6].click()
    assert room.wall.wall.layout.count == 13
    page.head.tabs[0].click()
    assert room.wall.chosen_tab == 0
    assert [b.isChecked() for b in page.head.layouts].index(True) == 1


def test_that_only_the_wall_and_its_strip_stay_on_a_bare_screen(page):
    page.set_bare(True)
    assert page.head.isHidden() and page.directory.isHidden() and not page.strip.isHidden()
    assert not page.levels.isHidden()  # the top bar that says it is gone
    page.set_bare(False)
    assert not page.head.isHidden() and not page.directory.isHidden()


def test_that_a_right_click_offers_to_split_only_a_merged_cell(page, room):
    room.wall.set_layout(preset("6"))
    room.wall.put(0, "c1")

    def words(index: int) -> str:
        return " ".join(action.text() for action in page._cell_menu.build(index).actions())

    assert "拆分" in words(0) and "截图" in words(0)
    assert "拆分" not in words(1) and "截图" not in words(1)


def test_that_each_key_of_the_wall_is_on_the_sheet(page):
    from PySide6.QtGui import QKeySequence

    names = {name for one in WIDGET_KEYS if one.group is KeyGroup.WALL for name in one.sequences}
    for key in page.grid.keys._orders:
        text = QKeySequence(key).toString()
        if text not in ("Enter", "="):  # the same as Return and +
            assert text in names, text
    assert isinstance(page.grid.keys, WallKeys)
