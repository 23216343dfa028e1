"""What the page is told of an alarm."""

import json

from desktop.domain.alarms import Condition
from desktop.domain.cameras import FIRST_WALL_TILE, TileState, TileStatus
from tests.gui.city_map.conftest import acknowledged, an_alarm
from views.city_map.marks import AlarmSheet, alarm_mark, plain, tile_marks, value_text


def test_that_the_look_of_a_mark_tells_the_state():
    looks = {
        "filled": an_alarm(),
        "outline": acknowledged(),
        "dashed": an_alarm(condition=Condition.RTN),
    }
    for look, alarm in looks.items():
        mark = alarm_mark(alarm, "望湖路", "")
        assert mark is not None
        assert json.loads(mark)["look"] == look


def test_that_an_alarm_without_a_position_has_no_mark():
    assert alarm_mark(an_alarm(lon_deg=None), "", "") is None


def test_that_texts_lose_control_and_direction_characters_and_are_cut():
    assert plain("积水\u202e\x00\n告警") == "积水告警"
    assert len(plain("水" * 10_000)) == 60


def test_that_a_value_the_title_says_already_is_not_said_twice():
    assert value_text(an_alarm(value=0.31, unit="m")) == "0.31 m"
    assert value_text(an_alarm(value=0.31, unit="m", title="积水 0.31 m")) == ""


def test_that_the_sheet_is_valid_json_after_puts_and_drops():
    sheet = AlarmSheet()
    for alarm_id in ("a1", "a2"):
        sheet.put(alarm_id, alarm_mark(an_alarm(alarm_id), "", ""))
    sheet.drop("a1")
    sheet.put("a3", None)
    assert [mark["id"] for mark in json.loads(sheet.body())] == ["a2"]


def test_that_only_the_tiles_beside_the_map_are_marked_on_it():
    statuses = [
        TileStatus(2, camera_id="c2", state=TileState.LIVE),
        TileStatus(3),
        TileStatus(FIRST_WALL_TILE, camera_id="c9", state=TileState.LIVE),
    ]
    assert json.loads(tile_marks(statuses)) == [{"id": "c2", "tile": 2, "state": "live"}]
