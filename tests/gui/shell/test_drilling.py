"""From a figure to what it counts: each view lists just that."""

from collections.abc import Iterator

import pytest

from desktop.domain.levels import WarningLevel
from desktop.domain.links import ViewLink, link_text, parse_link
from desktop.errors import OperatorError
from desktop.shell.main_window import MainWindow
from tests.gui.fake_room import R, Y, alarm
from tests.gui.windows import DESK_VIEWS, put_alarms
from views.city_map.layer_choice import HIDDEN_KEY, LayerChoice


@pytest.fixture
def window(room) -> Iterator[MainWindow]:
    made = MainWindow(room, DESK_VIEWS)
    put_alarms(room, alarm("a1", R, class_id="gas"), alarm("a2", Y, class_id="manhole"))
    yield made
    made.deleteLater()


def listed(window: MainWindow) -> list[str]:
    model = window.workstation.list.model
    return [model.row(number).alarm.alarm_id for number in range(model.rowCount())]


@pytest.mark.parametrize(
    ("query", "ids"),
    [("level=red", ["a1"]), ("class_id=manhole", ["a2"]), ("state=unacked", ["a1", "a2"])],
)
def test_that_alarms_of_a_figure_are_listed_and_nothing_else(window, query, ids):
    window.workstation.list.show_levels(frozenset({WarningLevel.BLUE}))
    window.overlays.follow(f"chengkan://view/alarms?{query}")
    assert window.shown_view() == "alarms"
    assert listed(window) == ids


def test_that_a_key_or_a_value_that_is_not_known_is_told(window):
    for odd in ("alarms?colour=red", "alarms?level=pink", "alarms?state=maybe", "alarms/part"):
        with pytest.raises(OperatorError):
            window.overlays.opener.open_text(f"view/{odd}")


def test_that_a_layer_that_is_asked_for_is_shown_and_the_others_stay(room):
    room.preferences.set(HIDDEN_KEY, ["point.water_level", "unit.team", "unit.officer", "grids"])
    choice = LayerChoice(room.preferences)
    choice.ask("water")
    assert choice.hidden == {"unit.team", "unit.officer", "grids"}
    choice.ask("units")
    assert choice.hidden == {"grids"}


def test_that_a_link_with_part_and_filter_reads_back_as_it_was_written():
    link = ViewLink("cockpit", "gas", (("industry", "城市水务"), ("level", "red")))
    assert parse_link(link_text(link)) == link
