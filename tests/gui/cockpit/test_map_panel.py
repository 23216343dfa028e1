"""只显异常: counts, clusters, names, and a section that does not swim."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from desktop.domain.cockpit.cockpit_file import Drill, Panel, PanelKind
from desktop.domain.levels import WarningLevel
from desktop.domain.link_messages import SessionState
from tests.gui.fake_room import B, R, Y, alarm
from views.cockpit.panel import PanelContext
from views.cockpit.panels.map import MapPanel
from views.cockpit.panels.map_marks import Mark, clusters, is_wanted
from views.cockpit.type_scale import desk_scale
from widgets.theme import colour, level_colour


def context(room) -> PanelContext:
    return PanelContext(room, desk_scale(1080), lambda: None)


@pytest.fixture
def panel(room):
    made = MapPanel(Panel(kind=PanelKind.MAP, id="map"), context(room))
    made.resize(900, 500)
    yield made
    made.deleteLater()


def put(room, *alarms) -> None:
    for one in alarms:
        room.alarms.put(one.alarm_id, one)
    room.alarms.flush()


def test_that_every_level_is_counted_and_the_lowest_stands_not_on_the_map(panel, room):
    put(room, alarm("a", R, lon_deg=116.61, lat_deg=28.91), alarm("b", B, lon_deg=116.6,
        lat_deg=28.9), alarm("c", Y, lon_deg=None, lat_deg=None))  # fmt: skip
    state = panel.state_now()
    assert state.shown.total == 3
    assert dict(state.shown.counts)[WarningLevel.BLUE] == 1
    assert [one.alarm_id for one in state.shown.marks] == ["a"]


def test_that_the_section_stays_until_a_mark_leaves_it(panel, room):
    put(room, alarm("a", R, lon_deg=116.60, lat_deg=28.90))
    first = panel.state_now().view
    put(room, alarm("b", Y, lon_deg=116.601, lat_deg=28.901))
    assert panel.state_now().view == first
    put(room, alarm("c", Y, lon_deg=116.70, lat_deg=28.95))
    second = panel.state_now().view
    assert second.px_per_m < first.px_per_m


def test_that_marks_of_one_level_in_one_place_stand_as_one_and_the_gravest_on_top():
    def mark(name: str, level: WarningLevel, x: float) -> Mark:
        return Mark(name, level, alarm(name, level).state, x, 0.0, "")

    marks = [mark("r", R, 0), mark("y1", Y, 5), mark("y2", Y, 9), mark("y3", Y, 300)]
    found = clusters(marks, lambda one: (one.lon_deg, one.lat_deg), {R: 40, Y: 40})
    assert [(one.mark.alarm_id, one.count) for one in found] == [("y3", 1), ("y1", 2), ("r", 1)]


def test_that_a_red_mark_is_seen_in_its_colour_and_leads_to_the_reds(panel, room):
    put(room, alarm("a", R, lon_deg=116.60, lat_deg=28.90))
    panel.refresh()
    image = QImage(QSize(900, 500), QImage.Format.Format_RGB32)
    panel.render(image)
    at = panel._clusters[0]
    assert image.pixelColor(round(at.x - 12), round(at.y)) == level_colour(R)
    assert image.pixelColor(4, 480) == colour("bg0")
    assert panel.drill_at(round(at.x), round(at.y)) == Drill(view="alarms", filter={"level": "red"})
    assert panel.drill_at(5, 480) is None


@pytest.mark.parametrize(
    ("wanted", "is_there"),
    [({}, True), ({"layer": "water"}, True), ({"class_id": "gas"}, False),
     ({"district_id": "d9"}, False)],
)  # fmt: skip
def test_that_the_filter_of_the_file_chooses_the_alarms(wanted, is_there):
    one = alarm("a", R, class_id="underpass_water", district_id="d1")
    assert is_wanted(one, wanted, {}) is is_there


def test_that_without_a_live_feed_the_age_of_the_alarms_is_told(panel, room):
    assert panel.state_now().doubt == ""
    room.health.set_link_connected(False)
    assert panel.state_now().doubt.startswith("停滞")
    room.session.put_session(SessionState())
