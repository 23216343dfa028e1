"""Links: each brings the operator there, or waits until it can."""

import pytest
from PySide6.QtCore import QObject

from desktop.domain.cameras import Camera
from desktop.domain.link_messages import SessionState
from desktop.errors import OperatorError
from desktop.shell.open_link import Opener
from desktop.shell.places import VIEW_IDS
from desktop.shell.view_table import views
from tests.gui.fake_room import NOW, R, alarm


class FakeDesk(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def show_view(self, view_id: str) -> None:
        self.shown.append(view_id)

    def view_ids(self) -> tuple[str, ...]:
        return ("alarms", "map", "video")

    def locate(self) -> None:
        self.shown.append("located")


@pytest.fixture
def desk(qapp) -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def opener(room, desk) -> Opener:
    room.alarms.put("a1", alarm("a1", R))
    room.alarms.flush()
    rows = [
        Camera(camera_id="cam-7", name="北口", lon_deg=116.6, lat_deg=28.9),
        Camera(camera_id="cam-8", name="没有位置"),
    ]
    room.cameras.replace([(row.camera_id, row) for row in rows], "1", NOW)
    return Opener(room, desk, desk)


@pytest.fixture
def flown(room) -> list[tuple[float, ...]]:
    made: list[tuple[float, ...]] = []
    room.map_state.fly_asked.connect(lambda *to: made.append(to))
    return made


def test_that_an_alarm_is_selected_and_located(opener, desk, room):
    opener.open_text("chengkan://alarm/a1")
    assert room.selection.alarm_id == "a1" and desk.shown == ["located"]


def test_that_a_camera_is_shown_with_map_and_picture(opener, desk, room, flown):
    asked: list[str] = []
    room.selection.camera_asked.connect(asked.append)
    opener.open_text("camera/cam-7")
    assert desk.shown == ["alarms"] and asked == ["cam-7"] and flown == [(116.6, 28.9, 17.0)]


def test_that_a_camera_without_position_still_shows_its_picture(opener, room, flown):
    opener.open_text("camera/cam-8")
    assert room.selection.camera_id == "cam-8" and flown == []


def test_that_a_view_is_shown_and_the_map_goes_where_it_is_told(opener, desk, flown):
    opener.open_text("view/video")
    opener.open_text("map?lon=116.61&lat=28.91&zoom=15")
    assert desk.shown == ["video", "map"] and flown == [(116.61, 28.91, 15.0)]


@pytest.mark.parametrize("text", ["alarm/gone", "camera/cam-9", "view/moon", "moon/1"])
def test_that_what_is_not_there_is_told_and_changes_nothing(opener, desk, room, text):
    with pytest.raises(OperatorError) as refusal:
        opener.open_text(text)
    assert refusal.value.operator_text and desk.shown == [] and room.selection.alarm_id == ""


def test_that_a_link_waits_for_somebody_to_sign_in(opener, desk, room):
    user = room.session.user
    room.session.put_session(SessionState())
    opener.open_text("alarm/a1")
    assert desk.shown == []
    room.session.put_session(SessionState(user=user))
    assert desk.shown == ["located"]


def test_that_a_link_waits_for_the_register_and_tells_when_it_leads_nowhere(opener, desk, room):
    room.cameras.replace([], "2", NOW)
    refused: list[str] = []
    opener.refused.connect(refused.append)
    opener.open_text("camera/cam-9")
    assert refused == []
    room.cameras.replace([("cam-7", Camera(camera_id="cam-7", name="北口"))], "3", NOW)
    assert len(refused) == 1 and "cam-9" in refused[0]


def test_that_nothing_moves_behind_the_lock(opener, desk):
    opener.set_locked(True)
    opener.open_text("view/map")
    assert desk.shown == []
    opener.set_locked(False)
    assert desk.shown == ["map"]


def test_that_a_link_goes_before_what_the_operator_had_until_they_sign_out(opener, room):
    assert not opener.led
    opener.open_text("view/map")
    assert opener.led
    room.session.put_session(SessionState())
    assert not opener.led


def test_that_the_command_line_knows_every_view():
    assert tuple(spec.view_id for spec in views(safe=False)) == VIEW_IDS


def test_that_a_response_can_be_led_in_safe_mode_too():
    found = [spec.view_id for spec in views(safe=True)]
    assert found == ["alarms", "emergency", "registers", "health", "settings"]
