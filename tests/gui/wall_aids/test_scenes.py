"""Scenes on the wall, their button, their keys and offers."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop.domain.cameras import Camera
from desktop.domain.levels import WarningLevel
from desktop.domain.wall import CellOrigin
from desktop.domain.wall_scenes import Emergency, Rule, Scene
from desktop.domain.weather import Weather
from desktop.shell.keys import KeyRegistry
from desktop.shell.scene_watch import SHIPPED, SceneWatch, read_scene_files
from desktop.stores.wall_scenes import SceneStore
from tests.gui.driving import until
from tests.gui.fake_room import NOW, alarm
from views.video_wall.scenes import SceneButton, SceneRunner

R, A, Y, _ = WarningLevel
FLOOD = Scene(
    scene_id="flood", name="防汛", layout="4", key=1, layouts={R: "9"},
    rules=(Rule("通道", 4, tags=("underpass",)), Rule("更多", 5, tags=("river",), from_level=R)),
    emergency=Emergency(weather=Y, class_ids=("water_level",), alarms_from=A),
)  # fmt: skip


class Notices:
    def __init__(self) -> None:
        self.shown: dict[str, tuple[str, str]] = {}

    def post(self, key: str, title: str, text: str) -> None:
        self.shown[key] = (title, text)

    def settle(self, key: str) -> None:
        self.shown.pop(key, None)


class Desk(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.keys = KeyRegistry(self, [("wall", "视频墙")])
        self.notices = Notices()
        self.views: list[str] = []

    def show_view(self, view_id: str) -> None:
        self.views.append(view_id)


@pytest.fixture
def desk(qtbot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    return made


def give_cameras(room) -> None:
    rows = [Camera(camera_id=f"u{n}", name=f"通道 {n}", tags=("underpass",)) for n in range(6)]
    rows += [Camera(camera_id=f"r{n}", name=f"河道 {n}", tags=("river",)) for n in range(6)]
    room.cameras.replace([(one.camera_id, one) for one in rows], "1", None)


def test_that_a_scene_fills_the_wall_and_held_cells_stay(room, run):
    give_cameras(room)
    room.scenes.replace([FLOOD])
    runner = SceneRunner(room)
    told: list[str] = []
    runner.stood.connect(told.append)
    room.wall.put(0, "own")
    room.wall.hold(0, True)

    async def work() -> None:
        room.scenes.ask("flood")
        await until(lambda: room.scenes.standing == "flood")

    run(work())
    cells = room.wall.wall.cells
    assert [cell.camera_id for cell in cells] == ["own", "u1", "u2", "u3"]
    assert cells[1].origin is CellOrigin.SCENE and "3 路" in told[0] and "没有动" in told[0]
    button = SceneButton(room)
    assert button.text() == "场景 防汛"
    room.wall.clear_all()
    assert room.scenes.standing == "" and button.text() == "场景"


def test_that_a_scene_asked_for_before_its_time_comes_when_the_cameras_are_there(room, run):
    room.scenes.replace([FLOOD])
    room.scenes.ask("flood")

    async def work() -> None:
        runner = SceneRunner(room)
        assert room.scenes.standing == ""
        give_cameras(room)
        await until(lambda: room.scenes.standing == "flood")
        assert runner is not None

    run(work())


def test_that_a_graver_level_brings_the_larger_layout(room, run):
    give_cameras(room)
    room.scenes.replace([FLOOD])
    room.scenes.show_levels({"flood": R})
    runner = SceneRunner(room)

    async def work() -> None:
        runner.show("flood")
        await until(lambda: room.scenes.standing == "flood")

    run(work())
    assert room.wall.wall.layout.count == 9
    assert sum(cell.camera_id is not None for cell in room.wall.wall.cells) == 9


def test_that_a_scene_without_cameras_changes_nothing_and_says_so(room, run):
    room.cameras.replace([("x", Camera(camera_id="x", name="x"))], "1", None)
    room.scenes.replace([FLOOD])
    runner, told = SceneRunner(room), list[str]()
    runner.told.connect(told.append)
    before = room.wall.wall

    async def work() -> None:
        runner.show("flood")
        await until(lambda: bool(told))

    run(work())
    assert room.wall.wall == before and "没有找到" in told[0]


def test_that_a_level_offers_its_scene_once_and_a_graver_one_once_more(room, desk):
    room.scenes.replace([FLOOD])
    watch = SceneWatch(room, desk, desk)
    watch.look()
    assert not desk.notices.shown
    room.weather.put(Weather(at=NOW, signal=Y))
    watch.look()
    assert desk.notices.shown["scene:flood"][0] == "防汛达到黄级"
    assert "Ctrl+Alt+1" in desk.notices.shown["scene:flood"][1]
    desk.notices.shown.clear()
    watch.look()
    assert not desk.notices.shown
    room.alarms.put("r", alarm("r", R, class_id="water_level"))
    watch.look()
    assert desk.notices.shown["scene:flood"][0] == "防汛达到红级"
    assert room.scenes.level_of("flood") is R and room.scenes.waiting == ""


def test_that_it_switches_by_itself_only_by_setting(room, desk):
    room.scenes.replace([FLOOD])
    room.preferences.set("wall_scene_by_level", True)
    watch = SceneWatch(room, desk, desk)
    room.weather.put(Weather(at=NOW, signal=A))
    watch.look()
    assert room.scenes.waiting == "flood" and not desk.views


def test_that_every_scene_has_a_key_and_a_command_of_its_own(room, desk):
    watch = SceneWatch(room, desk, desk)
    room.scenes.replace([FLOOD])
    line = next(one for one in desk.keys.working() if one.name == "scene:flood")
    assert line.sequences == ("Ctrl+Alt+1",) and line.words == "视频墙场景：防汛"
    desk.keys.run("scene:flood")
    assert desk.views == ["wall"] and room.scenes.waiting == "flood"
    assert watch is not None


def test_that_the_city_s_own_files_come_on_top_and_a_bad_one_is_named(tmp_path: Path):
    store = SceneStore()
    (tmp_path / "flood.toml").write_text((SHIPPED / "flood.toml").read_text().replace(
        'name = "防汛"', 'name = "台风"'))  # fmt: skip
    (tmp_path / "bad.toml").write_text('scene_id = "x"\nname = 5\n')
    (tmp_path / "latin.toml").write_bytes(b'name = "\xff"')
    read_scene_files(store, [SHIPPED, tmp_path, tmp_path / "none"])
    assert store.scenes[0].name == "台风" and len(store.scenes) == 5
    assert {one.file for one in store.faults} == {"bad.toml", "latin.toml"}


def test_that_the_menu_names_scenes_levels_keys_and_faults(room, qtbot):
    room.scenes.replace([FLOOD])
    room.scenes.show_levels({"flood": A})
    button = SceneButton(room)
    qtbot.addWidget(button)
    texts = [one.text() for one in button.choices().actions() if one.text()]
    assert texts[0] == "防汛（橙级）\tCtrl+Alt+1"
    auto = next(one for one in button.choices().actions() if "自动" in one.text())
    auto.trigger()
    assert room.preferences.get("wall_scene_by_level") is True
