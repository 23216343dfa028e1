"""The column of facts beside an enlarged picture of an alarm."""

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QLabel

from desktop.domain.alarms import Condition
from desktop.domain.levels import WarningLevel
from desktop.domain.wall import preset
from tests.gui.driving import run, until
from tests.gui.fake_room import POINTS, acked, alarm, fake_room, fill, open_room
from tests.gui.video_wall.conftest import WallPool
from tests.integration.video.room import TablePlatform, make_cameras, make_room, put_cameras
from views.video_wall.aids import WallAids
from views.video_wall.event_facts import WIDTH_PX, EventFacts
from views.video_wall.wall.grid import WallGrid

__all__ = ["run"]
RED = alarm("r", WarningLevel.RED, age_s=745, value=0.42, limit=0.3, unit="m", title="通道积水",
            detail="东门路口\n更多", camera_ids=("c9",))  # fmt: skip


def texts(facts: EventFacts) -> list[str]:
    return [one.text() for one in facts.findChildren(QLabel) if not one.isHidden() and one.text()]


def test_that_it_says_level_value_line_how_long_and_who_knows(qtbot):
    room = fake_room()
    facts = EventFacts(room)
    qtbot.addWidget(facts)
    facts.tell(RED)
    said = texts(facts)
    assert said[:4] == ["Ⅰ 特别严重", "通道积水", "0.42 m", "警戒线 0.3 m"]
    assert "02:59 · 12 min" in said
    assert {"未确认", "存在", "东门路口"} <= set(said) and "更多" not in " ".join(said)
    facts.tell(replace(RED, value=None, ack=acked("张敏"), condition=Condition.RTN))
    said = texts(facts)
    assert "0.42 m" not in said and "警戒线 0.3 m" not in said
    assert "已恢复" in said and any(one.startswith("张敏 ") for one in said)


def test_that_the_gauge_that_still_speaks_gives_the_value_of_now(qtbot):
    room = fake_room()
    open_room(room)
    fill(room)
    facts = EventFacts(room)
    qtbot.addWidget(facts)
    facts.tell(replace(RED, point_id=POINTS[0].point_id, value=0.2))
    said = texts(facts)
    assert "0.31 m" in said and "0.2 m" not in said
    assert POINTS[0].name in said and "读数" in said


def test_that_the_course_of_the_gauge_stands_below_and_its_past_is_asked_for_once(qtbot, run):
    room = fake_room()
    open_room(room)
    fill(room)
    facts = EventFacts(room)
    qtbot.addWidget(facts)
    of_gauge = replace(RED, point_id=POINTS[0].point_id)

    async def work() -> None:
        facts.tell(of_gauge)
        facts.tell(of_gauge)
        await until(lambda: bool(room.questions.asked))

    run(work())
    assert room.questions.asked == [("series", POINTS[0].point_id, "level_m")]
    assert "近 60 min · cm" in texts(facts) and not facts.trend.isHidden()
    facts.tell(RED)
    assert facts.trend.isHidden() and "近 60 min · cm" not in texts(facts)


@pytest.fixture
def wall(qtbot):
    room = make_room(TablePlatform(), WallPool())
    put_cameras(room, make_cameras(12))
    open_room(room)
    room.wall.set_layout(preset("4"))
    grid = WallGrid(room)
    qtbot.addWidget(grid)
    aids = WallAids(room, grid, grid)
    for control in aids.controls:
        qtbot.addWidget(control)
    grid.resize(1200, 700)
    with qtbot.waitExposed(grid):
        grid.show()
    room.alarms.put("r", RED)
    room.alarms.flush()
    aids.linkage.look()
    return room, grid, aids


def test_that_the_column_stands_beside_an_enlarged_alarm_and_nowhere_else(wall):
    room, grid, aids = wall
    cell = next(n for n, one in enumerate(room.wall.wall.cells) if one.link)
    assert aids.facts.isHidden()
    room.wall.focus(cell)
    tile = grid.tiles_of(cell).front.tile
    assert not aids.facts.isHidden()
    assert aids.facts.geometry().right() == grid.width() - 1 and aids.facts.width() == WIDTH_PX
    assert tile.geometry().right() < aids.facts.x()
    room.wall.focus((cell + 1) % 4)
    assert aids.facts.isHidden()
    room.wall.focus(cell)
    room.wall.focus(None)
    assert aids.facts.isHidden() and tile.geometry() == grid.rects()[cell]
