import pytest

from desktop.domain.cameras import TileState, TileStatus
from desktop.stores.map_state import MapState
from desktop.stores.registers import Register
from desktop.stores.selection import Selection
from desktop.stores.tiles import TileStore
from tests.samples import at, camera


def test_that_a_register_is_replaced_as_a_whole(qapp):
    register = Register()
    register.replace([("C-1", camera("C-1")), ("C-2", camera("C-2"))], "v1", at())
    register.replace([("C-2", camera("C-2"))], "v2", at(60))
    assert register.get("C-1") is None and len(register) == 1
    assert (register.version, register.fetched_at) == ("v2", at(60))


def test_that_a_register_answers_no_key_with_nothing(qapp):
    assert Register().get(None) is None and Register().get("") is None


def test_that_a_selection_is_said_once_and_can_be_emptied(qapp):
    selection = Selection()
    said = []
    selection.alarm_changed.connect(said.append)
    for alarm_id in ("A-1", "A-1", "", ""):
        selection.select_alarm(alarm_id)
    assert said == ["A-1", ""]


def test_that_camera_and_alarm_are_selected_apart(qapp):
    selection = Selection()
    selection.select_alarm("A-1")
    selection.select_camera("C-1")
    assert (selection.alarm_id, selection.camera_id) == ("A-1", "C-1")


def test_that_tiles_are_listed_by_number_with_their_latest_word(qapp):
    tiles = TileStore()
    for number in (10, 2):
        tiles.report(TileStatus(tile=number))
    tiles.report(TileStatus(tile=2, state=TileState.LIVE))
    assert [(t.tile, t.state) for t in tiles.statuses()] == [
        (2, TileState.LIVE),
        (10, TileState.IDLE),
    ]


def test_that_the_map_reports_only_facts_that_status_knows(qapp):
    state = MapState()
    state.report(ready=True, points=7)
    assert (state.ready, state.points) == (True, 7)
    with pytest.raises(AttributeError, match="dragons"):
        state.report(dragons=1)
