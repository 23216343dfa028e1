"""A draft finds the response that it has become by its order, whatever was killed in between."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from desktop.commands.draft_results import DraftResults
from desktop.domain.emergency.incidents import ACTIVATE, IncidentState
from desktop.domain.link_messages import OrderCondition, OrderState
from desktop.errors import PlatformAway, PlatformError
from desktop.stores.emergency_draft import EmergencyDraft
from desktop.stores.preferences import Preferences
from tests.gui.driving import until
from tests.gui.emergency.conftest import accepted, begun, incident, no, page, yes
from tests.gui.fake_room import NOW
from views.emergency.page import EmergencyPage

__all__ = ["page"]


@dataclass
class Link:
    """What a link knows of orders; `away`: it cannot say now."""

    known: dict[str, OrderState] = field(default_factory=dict)
    away: bool = False
    asked: list[str] = field(default_factory=list)

    async def order_state(self, order_id: str) -> OrderState | None:
        self.asked.append(order_id)
        if self.away:
            raise PlatformAway("数据链路进程未连接")
        return self.known.get(order_id)


def killed(room, page) -> EmergencyDraft:
    """The drafts as the next window reads them from the disk."""
    preferences = Preferences()
    kept = EmergencyDraft()
    kept.keep_in(preferences)
    preferences.load({"emergency_drafts": room.preferences.get("emergency_drafts")})
    return kept


def results(room, drafts, link) -> DraftResults:
    made = DraftResults(drafts, link, room.health, room.session, room.emergency.opened, drafts)
    made._again.setInterval(10)
    return made


async def given(page, room) -> str:
    """Confirmed, on its way, and no answer yet."""
    room.emergency.keep_in(room.preferences)
    await begun(page, room)
    room.orders.gate = asyncio.Event()
    page.pair.first.bar.held.emit()
    await until(lambda: room.orders.given)
    return room.emergency.shown.order_id


def test_that_the_id_is_kept_before_the_password_is_asked(page, room, run):
    async def scenario():
        order_id = await given(page, room)
        assert room.orders.given == [("confirm", "demo-2026", "incident.draft")]
        assert order_id and killed(room, page).shown.order_id == order_id

    run(scenario())


def test_that_the_order_goes_with_that_id_and_a_password_given_up_forgets_it(
    qtbot, room, advisers, run
):
    async def scenario():
        page = EmergencyPage(room, advisers, ask=yes)
        qtbot.addWidget(page)
        order_id = await given(page, room)
        room.orders.gate.set()
        await until(lambda: not page.acting.busy)
        assert room.emergency.shown.order_id == order_id
        room.emergency.reopen(room.emergency.shown.draft_id)
        given_up = EmergencyPage(room, advisers, ask=no)
        qtbot.addWidget(given_up)
        given_up.preparing.refresh()
        await until(lambda: given_up.preparing.picture is not None)
        given_up.acting.begin(given_up.preparing.picture, "")
        await until(lambda: not given_up.acting.busy)
        assert not room.emergency.shown.order_id

    run(scenario())


@pytest.mark.parametrize(
    ("condition", "text", "incident_id", "trouble"),
    [
        (OrderCondition.ACCEPTED, "", "inc-1", ""),
        (OrderCondition.REFUSED, "平台拒绝：队伍已被占用", "", "平台拒绝：队伍已被占用"),
        (OrderCondition.EXPIRED, "30 秒内没有送到平台，启动响应已作废", "", "启动响应已作废"),
        (None, "", "", "上次启动没有发出"),
    ],
    ids=["executed", "refused", "late", "never left"],
)
def test_that_the_next_window_asks_by_the_id_and_says_what_became_of_it(
    page, room, run, condition, text, incident_id, trouble
):
    async def scenario():
        order_id = await given(page, room)
        drafts, link = killed(room, page), Link()
        if condition is not None:
            link.known[order_id] = OrderState(
                order_id=order_id, verb=ACTIVATE, target_id="flood", condition=condition,
                text=text, result_id=incident_id,
            )  # fmt: skip
        results(room, drafts, link).look()
        await until(lambda: not drafts.unknown())
        assert drafts.shown.incident_id == incident_id
        assert trouble in drafts.shown.trouble and link.asked == [order_id]
        assert bool(drafts.shown.order_id) is bool(incident_id)  # else it can be given again

    run(scenario())


def test_that_it_is_asked_again_until_somebody_knows_and_nothing_is_given_twice(page, room, run):
    async def scenario():
        order_id = await given(page, room)
        drafts, link = killed(room, page), Link(away=True)
        results(room, drafts, link).look()
        await until(lambda: len(link.asked) >= 2)
        assert drafts.unknown()  # neither open again nor done
        link.away = False
        link.known[order_id] = accepted(order_id)
        await until(lambda: not drafts.unknown())
        assert drafts.shown.incident_id == "inc-1"

    run(scenario())


def test_that_a_window_that_waits_itself_asks_nobody(page, room, run):
    async def scenario():
        await given(page, room)
        link = Link()
        results(room, room.emergency, link).look()
        await asyncio.sleep(0.05)
        assert link.asked == [] and room.emergency.shown.is_unknown

    run(scenario())


def test_that_an_act_without_an_answer_cannot_be_given_a_second_time_meanwhile(page, room, run):
    async def scenario():
        await begun(page, room)
        room.orders.error = PlatformAway("平台 30 秒内没有确认这个命令")
        page.acting.begin(page.preparing.picture, "")
        room.orders.error = None  # of the password
        await asyncio.sleep(0)
        room.orders.error = PlatformAway("平台 30 秒内没有确认这个命令")
        await until(lambda: not page.acting.busy)
        assert room.emergency.shown.is_unknown
        page._tell_pair()
        assert "正在用同一编号核对结果" in page.pair.first.bar.why_not
        room.emergency.take_order(accepted(room.emergency.shown.order_id))
        room.incidents.take([incident(IncidentState.ACTIVE)])
        room.incidents.flush()
        await until(lambda: page.board is not None)
        assert page.board.incident_id == "inc-1"

    run(scenario())


def test_that_another_response_of_the_same_alarm_is_not_taken_for_its_own(page, room, run):
    """Same plan, same alarm, same person: only the order says which it is."""

    async def scenario():
        await begun(page, room)
        page.pair.first.bar.held.emit()
        await until(lambda: room.orders.bodies)
        ids = room.orders.bodies[0][2].alarm_ids
        room.incidents.take([incident(by="u-1", alarm_ids=ids, incident_id="inc-other")])
        room.incidents.flush()
        assert not room.emergency.shown.incident_id
        room.emergency.take_order(accepted(room.emergency.shown.order_id, "inc-1"))
        assert room.emergency.shown.incident_id == "inc-1"

    run(scenario())


def test_that_a_refusal_stands_on_the_draft_until_the_next_try(page, room, run):
    async def scenario():
        await begun(page, room)
        room.orders.error = PlatformError("30 秒内没有送到平台")
        page.pair.first.bar.held.emit()
        await until(lambda: not page.acting.busy)
        assert room.emergency.shown.trouble == "30 秒内没有送到平台"
        page.acting.trouble = ""  # a new window
        page._tell_pair()
        assert page.pair.trouble.text() == "30 秒内没有送到平台"
        room.orders.error = None
        await until(lambda: not page.preparing.is_working and page.pair.first.bar.why_not == "")
        page.pair.first.bar.held.emit()
        await until(lambda: not page.acting.busy)
        assert room.emergency.shown.trouble == ""
        assert room.emergency.shown.opened_at == NOW

    run(scenario())


@pytest.mark.parametrize("state", [IncidentState.EXPIRED, IncidentState.WITHDRAWN])
def test_that_a_draft_whose_response_ended_before_the_page_was_made_is_open_again(
    qtbot, room, advisers, run, state
):
    async def scenario():
        draft = room.emergency.begin(("s2",), NOW)
        room.emergency.sent(draft.draft_id, "01A", "inc-1")
        room.incidents.take([incident(state, by="u-1")], whole=True)
        page = EmergencyPage(room, advisers, ask=yes)
        qtbot.addWidget(page)
        page.show()
        await until(lambda: page.preparing.picture is not None)
        assert not room.emergency.shown.is_sent
        assert "没有发出任何命令" in page.pair.trouble.text()
        assert page.pair.first.bar.why_not == ""

    run(scenario())


def test_that_a_draft_of_a_response_of_days_ago_keeps_nobody_waiting(qtbot, room, advisers, run):
    async def scenario():
        draft = room.emergency.begin(("s2",), NOW - timedelta(hours=13))
        room.emergency.sent(draft.draft_id, "01A", "inc-old")
        page = EmergencyPage(room, advisers, ask=yes)
        qtbot.addWidget(page)
        assert room.emergency.shown is not None  # nothing has been told yet
        room.incidents.is_told = True
        page.show()
        page._tick()
        assert room.emergency.shown is None
        page._tell()
        assert "没有正在准备的响应" in page.empty.accessibleName()

    run(scenario())


def test_that_a_refusal_of_the_platform_is_read_and_the_draft_stays(page, room, run):
    async def scenario():
        await begun(page, room)
        room.orders.error = PlatformError("平台拒绝：预案版本不对")
        page.pair.first.bar.held.emit()
        await until(lambda: not page.acting.busy)
        assert "预案版本不对" in page.pair.trouble.text()
        assert not room.emergency.shown.order_id

    run(scenario())
