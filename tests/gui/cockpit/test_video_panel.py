"""Which cameras, how they are laid out, and that nothing runs while nobody looks."""

import pytest

from desktop.domain.cameras import Camera
from desktop.domain.cockpit.cockpit_file import Panel, PanelKind
from tests.gui.fake_room import NOW, R, Y, alarm
from views.cockpit.panel import PanelContext
from views.cockpit.panels.video import VideoPanel, columns_for
from views.cockpit.panels.video_choice import by_alarms, foot_of, gravest
from views.cockpit.type_scale import desk_scale

CAMERAS = [
    Camera(camera_id=f"c{n}", name=f"口{n}", online=n != 2, tags=("park",) if n > 3 else ())
    for n in range(8)
]


@pytest.fixture
def make(room):
    room.cameras.replace([(row.camera_id, row) for row in CAMERAS], "1", NOW)
    made: list[VideoPanel] = []

    def give(**lines) -> VideoPanel:
        panel = Panel(kind=PanelKind.VIDEO, id="v", limit=4, **lines)
        made.append(VideoPanel(panel, PanelContext(room, desk_scale(1080), lambda: None)))
        made[-1].resize(960, 260)
        return made[-1]

    yield give
    for one in made:
        one.stop()
        one.deleteLater()


def ids(panel: VideoPanel) -> list[str]:
    return [one.camera_id for one in panel.state_now().wanted]


def test_that_cameras_of_the_file_come_first_then_those_of_a_tag(make):
    assert ids(make(cameras=("c5", "gone", "c1"))) == ["c5", "c1"]
    assert ids(make(filter={"tag": "park"})) == ["c4", "c5", "c6", "c7"]


def test_that_the_gravest_alarms_bring_their_cameras_each_one_before_a_second(make, room):
    for one in (
        alarm("y", Y, camera_ids=("c6",)), alarm("r", R, camera_ids=("c3", "c4", "c5")),
    ):  # fmt: skip
        room.alarms.put(one.alarm_id, one)
    room.alarms.flush()
    assert ids(make())[:3] == ["c3", "c6", "c4"]
    assert "c2" not in ids(make()), "one that is off line is not chosen to fill up"


def test_that_a_camera_that_stays_wanted_keeps_its_tile_and_all_end_with_the_panel(make, room):
    panel = make(cameras=("c0", "c1"))
    panel.start()
    assert [seat.camera.camera_id for seat in panel.seats] == ["c0", "c1"]
    first = panel.seats[1]
    panel.panel = Panel(kind=PanelKind.VIDEO, id="v", limit=4, cameras=("c1", "c7"))
    panel.refresh()
    assert panel.seats[1] is first
    assert {seat.camera.camera_id for seat in panel.seats} == {"c1", "c7"}
    panel.stop()
    assert panel.seats == ()


def test_that_pictures_are_as_large_as_the_panel_allows():
    assert columns_for(4, 1900, 420, 40) == 4
    assert columns_for(4, 1100, 900, 40) == 2
    assert columns_for(6, 1100, 430, 40) == 3


def test_that_a_figure_stands_once_in_the_words_below_a_picture():
    assert foot_of(alarm("a", R, title="积水 0.42 m", value=0.42, unit="m")) == "积水 0.42 m"
    assert foot_of(alarm("a", R, title="积水", value=0.42, unit="m")) == "积水 0.42 m"
    rows = gravest([alarm("a", Y, camera_ids=("c1",))])
    assert by_alarms(rows, lambda _: (), 4)[0].level is Y
