"""People on the map: the words of a card, what its buttons order, and who is nearest."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.commands.near import nearest
from desktop.domain.outreach import CALL, Channel, Person
from desktop.domain.positions import Position
from desktop.domain.units import Unit, UnitKind, UnitState
from tests.gui.driving import until
from tests.gui.fake_room import NOW, open_room
from tests.gui.reach.conftest import COVER
from tests.samples import outreach
from views.city_map.reaching import Reaching
from widgets.near_units import NearUnitsDialog
from widgets.text_order import TextOrderDialog


def fix(unit_id: str, east_deg: float, kind: UnitKind = UnitKind.RADIO, **facts) -> Position:
    return Position(
        at=NOW, lon_deg=116.6 + east_deg, lat_deg=28.9, unit_id=unit_id, kind=kind, **facts
    )


@pytest.fixture
def reaching(desk, qtbot) -> Reaching:
    window = QWidget()
    qtbot.addWidget(window)
    units = [Unit(unit_id=f"R-{n}", kind=UnitKind.RADIO, name=f"防汛手台 {n}") for n in range(4)]
    desk.units.replace([(unit.unit_id, unit) for unit in units], "v1", NOW)
    desk.positions.merge([fix("R-1", 0.004), fix("R-2", 0.001), fix("R-3", 0.002)])
    return Reaching(desk, window)


def test_that_the_nearest_on_duty_come_first():
    some = [
        fix("far", 0.02), fix("near", 0.001), fix("off", 0.0, state=UnitState.OFF_DUTY),
        fix("car", 0.0, UnitKind.VEHICLE), fix("away", 0.2), fix("crew", 0.003, UnitKind.TEAM),
    ]  # fmt: skip
    found = nearest(some, 116.6, 28.9, NOW)
    assert [one.position.unit_id for one in found] == ["near", "crew", "far"]
    assert 95 < found[0].distance_m < 100


def test_that_the_card_of_a_cover_notifies_its_owner(reaching, desk, run):
    buttons = dict(reaching.owner_buttons(COVER))
    assert list(buttons.values()) == ["通知责任人", "语音呼叫"]

    async def press() -> None:
        reaching.press(f"notify:{COVER.asset_id}")
        reaching.press(f"notify:{COVER.asset_id}")  # a second press before the first is over
        await until(lambda: bool(desk.orders.given))

    run(press())
    assert [verb for verb, _ in desk.orders.given] == ["send"]


def test_that_a_role_without_the_right_has_no_button_and_reads_why(reaching, desk):
    open_room(desk, "leader")
    assert [word for _, word in reaching.unit_buttons("R-1")] == ["语音呼叫"]
    assert "领导无权发送通知" in dict(reaching.unit_rows("R-1"))["说明"]


def test_that_a_call_is_shown_and_ended_from_the_card(reaching, desk, run):
    person = Person("R-1", "防汛手台 1")
    known = {"people": (person,), "about": "R-1", "channel": Channel.RADIO, "made_at": NOW}
    one = outreach("O-9", verb=CALL, **known)
    desk.outreach.put("O-9", one)
    assert dict(reaching.unit_rows("R-1"))["呼叫"] == "防汛手台 1 呼叫中 · 0 s 前"
    assert ("end:O-9", "挂断") in reaching.unit_buttons("R-1")

    async def press() -> None:
        reaching.press("end:O-9")
        await until(lambda: bool(desk.orders.given))

    run(press())
    assert desk.orders.given == [("hang_up", "O-9")]


def test_that_two_chosen_radios_are_a_group_call(reaching, desk, run, qtbot):
    reaching.open_near(116.6, 28.9, "人民路 112 号")
    dialog = reaching.dialog
    assert isinstance(dialog, NearUnitsDialog)
    assert dialog.table.rowCount() == 3
    assert not dialog.call.isEnabled()
    for line in (0, 1):
        dialog.table.cellClicked.emit(line, 0)
    assert dialog.call.text() == "组呼 2 台"

    async def press() -> None:
        qtbot.mouseClick(dialog.call, Qt.MouseButton.LeftButton)
        await until(lambda: bool(desk.orders.given))

    run(press())
    ((verb, draft),) = desk.orders.given
    assert verb == "call" and draft.channel is Channel.GROUP
    assert [person.person_id for person in draft.people] == ["R-2", "R-3"]
    dialog.close()


def test_that_no_row_changes_its_place_while_radios_are_chosen(reaching, desk, qtbot):
    reaching.open_near(116.6, 28.9)
    dialog = reaching.dialog
    assert isinstance(dialog, NearUnitsDialog)
    dialog.table.cellClicked.emit(0, 0)
    before = [dialog.table.item(n, 0).text() for n in range(3)]
    later = Position(at=NOW.replace(minute=13), lon_deg=116.6, lat_deg=28.9, unit_id="R-1",
                     kind=UnitKind.RADIO)  # fmt: skip
    desk.positions.merge([later])
    dialog.read()
    assert [dialog.table.item(n, 0).text() for n in range(3)] == before
    assert dialog.table.item(0, 0).checkState() is Qt.CheckState.Checked
    dialog.close()


def test_that_words_are_sent_once_they_are_written(run, qtbot):
    said: list[str] = []

    async def send(text: str) -> None:
        said.append(text)

    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = TextOrderDialog("防汛手台 1", send, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    assert not dialog.button.isEnabled()
    dialog.text.setPlainText("x" * 501)
    assert not dialog.button.isEnabled()
    dialog.text.setPlainText("请报告位置")

    async def press() -> None:
        qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: bool(said))

    run(press())
    assert said == ["请报告位置"] and dialog.isHidden()
