"""Alarms on the wall: the runner, its chips and its dialog on the real stores."""

import pytest
from msgspec.structs import replace

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm, Condition
from desktop.domain.cameras import Camera
from desktop.domain.levels import WarningLevel
from desktop.domain.wall import empty_wall, preset
from tests.gui.fake_room import NOW, POINTS, acked, alarm, fake_room, open_room
from views.video_wall.linkage import LinkageRunner, card_line
from views.video_wall.linkage_bar import LinkageBar
from views.video_wall.linkage_dialog import LinkageDialog

R, A, Y = WarningLevel.RED, WarningLevel.ORANGE, WarningLevel.YELLOW


class Wall:
    def __init__(self) -> None:
        self.room: RoomContext = fake_room()
        open_room(self.room)
        rows = [Camera(camera_id=f"cam-{n}", name=f"路口 {n}") for n in range(40)]
        self.room.cameras.replace([(one.camera_id, one) for one in rows], "1", None)
        self.room.points.replace([(one.point_id, one) for one in POINTS], "1", None)
        self.store, self.seen = self.room.wall, True
        self.store.set_wall(empty_wall(preset("9")).fill_from(f"cam-{n}" for n in range(9)))
        self.runner = LinkageRunner(self.room, lambda: self.seen)

    def raise_(self, *some: Alarm) -> None:
        for one in some:
            self.room.alarms.put(one.alarm_id, one)
        self.room.alarms.flush()
        self.runner.look()

    def links(self) -> dict[int, str]:
        cells = enumerate(self.store.wall.cells)
        return {n: cell.link.alarm_id for n, cell in cells if cell.link}


@pytest.fixture
def wall(qapp) -> Wall:
    return Wall()


def red(name: str, camera: int = 20, **facts) -> Alarm:
    return alarm(name, facts.pop("level", R), camera_ids=(f"cam-{camera}",), **facts)


def test_that_a_red_stands_on_the_wall_within_a_moment_and_without_any_action(wall, qtbot):
    wall.room.alarms.put("r", red("r"))
    qtbot.waitUntil(lambda: wall.links() == {7: "r"}, timeout=1000)
    assert wall.store.wall.cells[7].camera_id == "cam-20"
    assert wall.room.tile_linkage.marks[7].level is R


def test_that_the_former_picture_returns_on_close(wall):
    before = wall.store.wall
    wall.raise_(red("r"))
    wall.raise_(replace(red("r", seq=2), condition=Condition.RTN, ack=acked("张敏")))
    assert wall.store.wall == before


def test_that_an_acknowledged_one_returns_after_its_time(wall):
    before = wall.store.wall
    wall.raise_(red("r", ack=acked("张敏")))
    wall.room.clock.move(299)
    wall.runner.look()
    assert wall.links()
    wall.room.clock.move(2)
    wall.runner.look()
    assert wall.store.wall == before
    wall.runner.look()
    assert not wall.links()


def test_that_a_picture_sent_away_by_hand_does_not_come_back(wall):
    wall.raise_(red("r"))
    wall.store.put(7, "cam-30")
    wall.runner.look()
    assert not wall.links() and wall.store.wall.cells[7].camera_id == "cam-30"
    assert [one.alarm_id for one in wall.room.tile_linkage.plan.offers] == ["r"]
    wall.room.tile_linkage.ask("r")
    wall.runner.look()
    assert "r" in wall.links().values()


def test_that_a_linked_cell_that_moves_is_still_the_alarm_s(wall):
    wall.raise_(red("r"))
    wall.store.swap(7, 0)
    wall.runner.look()
    assert wall.links() == {0: "r"}


def test_that_an_alarm_without_cameras_of_its_own_takes_those_of_its_point(wall):
    point = replace(POINTS[0], camera_ids=("cam-33",))
    wall.room.points.replace([(point.point_id, point)], "2", None)
    wall.raise_(alarm("r", R, point_id=point.point_id))
    assert wall.store.wall.cells[7].camera_id == "cam-33"


def test_that_chips_say_how_many_wait_and_one_click_shows_the_next(wall, qtbot):
    bar = LinkageBar(wall.room)
    qtbot.addWidget(bar)
    some = [red(f"y{n}", 20 + n, level=Y, title=f"井盖 {n}", age_s=90 - n) for n in range(3)]
    wall.raise_(red("r", 12), *some)
    assert not bar.chips[R].isVisibleTo(bar) and bar.chips[Y].isVisibleTo(bar)
    assert bar.chips[Y].accessibleName().startswith("黄级 3 条没有画面")
    bar.chips[Y].click()
    wall.runner.look()
    assert wall.links() == {7: "r", 8: "y0"}
    assert [one.alarm_id for one in bar.waiting(Y)] == ["y1", "y2"]
    assert len(bar.menu(Y).actions()) == 2


def test_that_the_list_of_what_waits_is_by_class_and_in_it_by_place(wall, qtbot):
    """A storm raises the same in many places, and twenty lines of one class hide the other."""
    bar = LinkageBar(wall.room)
    qtbot.addWidget(bar)
    first, second = POINTS[0], POINTS[1]
    wall.raise_(
        red("w1", 20, level=Y, class_id="water_level", point_id=first.point_id, age_s=90),
        red("w2", 21, level=Y, class_id="water_level", point_id=first.point_id, age_s=80),
        red("w3", 22, level=Y, class_id="water_level", point_id=second.point_id, age_s=70),
        red("m1", 23, level=Y, class_id="manhole", detail="东门路口，倾斜", age_s=60, title="井盖"),
    )
    menu = bar.menu(Y)
    heads = [one.text() for one in menu.actions()]
    assert heads[0].endswith("2 处 3 条") and heads[1].endswith("1 处 1 条")
    of_water, of_covers = (one.menu().actions() for one in menu.actions())
    assert [one.text().partition(" · ")[0] for one in of_water] == [first.name, second.name]
    assert of_water[0].text().endswith("等 2 条") and "等" not in of_water[1].text()
    assert [one.text() for one in of_covers] == ["东门路口 · 井盖"]
    of_water[0].trigger()
    wall.runner.look()
    assert wall.links() == {7: "w1"}


def test_that_more_reds_than_reserved_cells_wait_in_order(wall, qtbot):
    bar = LinkageBar(wall.room)
    qtbot.addWidget(bar)
    wall.raise_(*(red(f"r{n}", 20 + n, age_s=100 - n) for n in range(4)))
    assert wall.links() == {7: "r0", 8: "r1"}
    assert "2 条在等预留格" in bar.chips[R].accessibleName()


def test_that_a_tab_that_is_chosen_has_the_reds_too_and_the_other_is_tidied(wall):
    wall.raise_(red("r"))
    wall.store.add_tab()
    wall.runner.look()
    assert wall.links() == {7: "r"}
    wall.raise_(replace(red("r", seq=2), condition=Condition.RTN, ack=acked("张敏")))
    wall.store.choose_tab(0)
    wall.runner.look()
    assert not wall.links()


def test_that_the_dialog_reserves_by_a_press_and_levels_by_setting(wall, qtbot):
    wall.room.tile_linkage.keep_in(wall.room.preferences)
    dialog = LinkageDialog(wall.room)
    qtbot.addWidget(dialog)
    dialog.map.pressed.emit(0)
    assert wall.room.tile_linkage.rules.reserved == (0, 7, 8)
    wall.raise_(red("o", level=A))
    assert not wall.links()
    dialog.orange[True].click()
    wall.runner.look()
    assert wall.links() == {0: "o"}
    dialog.returns[60].click()
    assert wall.room.preferences.get("wall_linkage")["return_after_s"] == 60
    dialog.default.click()
    assert wall.room.tile_linkage.rules.reserved is None


def test_that_the_card_names_place_value_and_how_long():
    one = alarm("a", R, age_s=745, value=0.42, limit=0.3, unit="m")
    assert card_line(one, "下穿桥 A", NOW) == "0.42 m，线 0.3 m · 已 12 min · 未确认 · 下穿桥 A"
    plain = alarm("a", R, age_s=5, detail="东门路口\n更多", ack=acked("张敏"))
    assert card_line(plain, "", NOW) == "井盖位移 a · 刚刚 · 东门路口"


def test_that_who_sits_down_next_sees_the_reds_too(wall):
    wall.store.keep_in(wall.room.preferences)
    wall.raise_(red("r"))
    wall.room.preferences.load({})  # signed out: another's tabs
    assert not wall.links()
    wall.runner.look()
    assert list(wall.links().values()) == ["r"]


def test_that_a_red_comes_again_on_a_wall_that_was_opened_or_cut_anew(wall):
    wall.raise_(red("r"))
    wall.store.save_as("早")
    wall.store.open_saved(wall.store.saved[0])
    wall.runner.look()
    assert wall.links() == {7: "r"}
    wall.store.set_layout(preset("4"))
    wall.runner.look()
    assert wall.links() == {3: "r"}
    wall.store.set_layout(preset("9"))
    wall.runner.look()
    assert list(wall.links().values()) == ["r"]
    assert "cam-20" not in {cell.camera_id for cell in wall.store.wall.cells if not cell.link}


def test_that_a_kept_link_waits_for_the_first_words_of_the_link_process(qapp):
    room = fake_room()
    room.wall.link(8, "cam-20", "r", 1.0)
    runner = LinkageRunner(room, lambda: True)
    runner.look()
    assert room.wall.wall.links() == {("r", False)}
    open_room(room)
    room.cameras.replace([("cam-20", Camera(camera_id="cam-20", name="路口"))], "1", None)
    runner.look()  # the open alarms are known by now, and it is not among them
    assert not room.wall.wall.links()


def test_that_a_page_that_nobody_sees_follows_no_alarm(wall, qtbot):
    wall.seen = False
    wall.room.alarms.put("r", red("r"))
    wall.room.alarms.flush()
    qtbot.wait(250)
    assert not wall.links()


@pytest.mark.parametrize(("role", "asks"), [("operator", True), ("admin", False)])
def test_that_recordings_are_sought_only_for_who_may_see_them(wall, monkeypatch, role, asks):
    sought = []
    monkeypatch.setattr("views.video_wall.linkage.loop_runs", lambda: True)
    monkeypatch.setattr(
        wall.runner._scope, "spawn", lambda work, name: (work.close(), sought.append(name))
    )
    open_room(wall.room, role)
    wall.raise_(red("r"))
    assert sought == (["recording of an alarm"] if asks else [])
