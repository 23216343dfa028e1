"""What has not come, who was faster, crews nobody knows where, faulty plans, a clock that jumps."""

from datetime import timedelta

import msgspec
import pytest

from desktop.domain.alarms import Acknowledgement
from desktop.domain.emergency.incidents import IncidentState
from desktop.domain.emergency.plans import PlanTask, Requirement, ResponseLevel
from desktop.domain.positions import Position
from desktop.domain.units import Unit, UnitKind, UnitState
from desktop.errors import PlatformError
from desktop.shell.plan_files import usable_plans
from tests.gui.driving import until
from tests.gui.emergency.conftest import CREWS, begun, incident, page, people, plan, seat, yes
from tests.gui.emergency.test_level_change import asked, running, shown
from tests.gui.fake_room import NOW, live_health
from views.emergency.board.clock_facts import coming_clocks
from views.emergency.page import EmergencyPage
from views.emergency.rules import CityRules

__all__ = ["page"]
II = ResponseLevel.II


def grave(page) -> str:
    """What is missing, as it stands above the act."""
    return "\n".join(
        f"{one.number} {one.words}" for one in page.outcome.effects.effects if one.grave
    )


async def looked_again(page) -> None:
    page.preparing.refresh()
    await until(lambda: not page.preparing.is_working)


# ---- not come yet is not empty ----------------------------------------------------------------


def test_that_a_roster_that_has_not_come_is_not_an_empty_one(page, room, run):
    async def scenario():
        room.questions.rows = ()
        await begun(page, room)
        assert "值班表尚未取得（03:12:05 起），正在向平台取" in grave(page)
        assert "值班表没有" not in grave(page)
        room.clock.move(30)
        await looked_again(page)
        assert "（03:12:05 起）" in grave(page)  # since when, and not each time anew
        room.questions.rows = people()[1:]  # nobody of the leaders
        room.register_ages.put("duty", "1", 1, NOW)
        await looked_again(page)
        assert "值班表没有：领导" in grave(page) and "尚未取得" not in grave(page)

    run(scenario())


def test_that_another_edition_of_the_roster_is_read(page, room, run):
    """A window stands for days: who was on duty when it was opened is not on duty now."""

    async def scenario():
        room.register_ages.put("duty", "1", 2, NOW)
        await begun(page, room)
        assert page.preparing.picture.activation.untold == ()
        room.questions.rows = people()[1:]
        room.register_ages.put("duty", "2", 1, NOW)
        await looked_again(page)
        assert page.preparing.picture.activation.untold == ("leaders",)

    run(scenario())


def test_that_crews_and_points_that_have_not_come_are_said(page, room, run):
    async def scenario():
        room.units.replace([], "", None)
        room.points.replace([], "", None)
        await begun(page, room)
        assert "队伍名册尚未取得" in grave(page) and "监测点名册尚未取得" in grave(page)
        assert "可派的队伍" not in grave(page)
        room.units.replace([], "3", NOW)
        await looked_again(page)
        assert "0 支可派的队伍" in grave(page) and "队伍名册" not in grave(page)

    run(scenario())


def test_that_nothing_to_act_by_says_what_has_not_come_on_the_bar(page, room, run):
    async def scenario():
        room.units.replace([], "", None)
        room.questions.rows = ()
        await begun(page, room)
        why = page.pair.first.bar.why_not
        assert "值班表尚未取得" in why and "队伍名册尚未取得" in why

    run(scenario())


def test_that_an_empty_page_says_whether_it_knows(page, room, run):
    async def scenario():
        page._tell()
        assert "进行中的响应尚未取得" in page.empty.accessibleName()
        room.incidents.take([], whole=True)  # of the journal; the platform was not asked yet
        page._tell()
        assert "进行中的响应尚未取得" in page.empty.accessibleName()
        room.incidents.is_told = True
        page._tell()
        assert "没有正在准备的响应" in page.empty.accessibleName()
        room.incidents.offered = False
        page._tell()
        assert "平台没有应急响应接口" in page.empty.accessibleName()
        room.health.set_link_connected(False)
        page._tell()
        assert "进行中的响应尚未取得" in page.empty.accessibleName()

    run(scenario())


# ---- two officers -----------------------------------------------------------------------------


@pytest.mark.parametrize("state", [IncidentState.ACTIVE, IncidentState.DRAFT])
def test_that_who_was_slower_reads_who_was_faster_and_joins(page, room, run, state):
    async def scenario():
        await begun(page, room)
        assert not page.pair.join.isVisible()
        faster = "这些告警已由张敏于 03:12:05 启动响应“滨江环路下穿”（响应中），本次未执行"
        room.orders.error = PlatformError(faster)
        page.acting._ask = _without_asking
        page.pair.first.bar.held.emit()
        await until(lambda: not page.acting.busy)
        assert faster in page.pair.trouble.text() and not room.emergency.shown.order_id
        room.incidents.take([incident(state)])
        room.incidents.flush()
        page._tell()
        assert "按「加入该响应」" in page.pair.first.bar.why_not and page.pair.join.isVisible()
        assert page.incident is None  # the draft is still in hand
        page.pair.join.click()
        assert page.incident.incident_id == "inc-1" and room.emergency.shown is None
        if state is IncidentState.ACTIVE:
            assert page.board.incident_id == "inc-1"
        else:
            room.session.put_session(seat("leader", "u-2", "seat-1"))
            page._tell()
            assert page.pair.second.bar.text == "按住 2 秒 复核并启动"
            assert page.pair.second.bar.why_not == ""

    run(scenario())


async def _without_asking(_parent, _what, _confirm) -> bool:
    return True


def test_that_the_second_person_reads_what_was_begun_and_not_what_lies_here(page, room, run):
    async def scenario():
        begun_at = running(
            state=IncidentState.DRAFT, by="u-9", reasons=("3 h 雨量 87 mm",), level=II,
            second_until=NOW + timedelta(seconds=41), scene_id="flood",
        )  # fmt: skip
        room.session.put_session(seat("leader", "u-2", "seat-1"))
        room.incidents.take([begun_at])
        room.incidents.flush()
        assert [row.text for row in page.evidence.list.rows] == ["3 h 雨量 87 mm"]
        assert page.levels.segments[II].isChecked()
        assert not page.levels.segments[ResponseLevel.I].isEnabled()
        assert "3 队派往 3 点" in page.outcome.effects.accessibleName()
        names = [row.name for row in page.recipients.table.rows]
        assert names == [one[1] for one in CREWS[:3]]
        assert len(page.map.layout_now.sites) == 3

    run(scenario())


# ---- crews ------------------------------------------------------------------------------------


@pytest.fixture
def real_page(qtbot, room):
    """With the solver of the city."""
    page = EmergencyPage(room, CityRules(), ask=yes)
    qtbot.addWidget(page)
    page.resize(1864, 1040)
    page.show()
    rules = plan()
    only = {II: rules.levels[II]}
    room.plans.replace([("flood", plan(levels=only, alarm_classes=("water_level",)))], "平台", NOW)
    return page


def place_crews(room, age_s: float | None, **changes) -> None:
    rows = []
    for unit_id, name, skill, lon, lat in CREWS:
        values = {"kind": UnitKind.TEAM, "skills": ("pump", skill), "state": UnitState.IDLE,
                  "lon_deg": lon, "lat_deg": lat}  # fmt: skip
        rows.append((unit_id, Unit(unit_id=unit_id, name=name, **(values | changes))))
        if age_s is not None:
            at = NOW - timedelta(seconds=age_s)
            fix = Position(at=at, lon_deg=lon, lat_deg=lat, unit_id=unit_id)
            room.positions.merge([fix])
    room.positions.flush()
    room.units.replace(rows, "9", NOW)


async def suggested(page, room) -> None:
    room.emergency.begin(("s1",), NOW)
    room.emergency.choose_plan(room.emergency.shown.draft_id, "flood", II)
    room.emergency.choose_level(room.emergency.shown.draft_id, II)
    await until(lambda: page.preparing.picture is not None and not page.preparing.is_working)


@pytest.mark.parametrize(
    ("age_s", "changes", "words"),
    [
        (5.0, {}, ""),
        (3600.0, {}, "会抽排的班组 9 个都位置过旧"),
        (None, {}, "会抽排的班组 9 个都位置未知"),
        (None, {"lon_deg": None, "lat_deg": None}, "0 支可派的队伍（无位置 9）"),
        (None, {"state": UnitState.OFFLINE}, "0 支可派的队伍（离线 9）"),
        (5.0, {"skills": ("light",)}, "0 支可派的队伍"),
    ],
    ids=["here", "an hour ago", "at the depot", "nowhere", "offline", "other skill"],
)
def test_that_crews_of_which_nobody_knows_where_they_are_are_not_sent_and_it_is_said(
    real_page, room, run, age_s, changes, words
):
    async def scenario():
        place_crews(room, age_s, **changes)
        await suggested(real_page, room)
        said = grave(real_page)
        assert words in said
        orders = real_page.preparing.picture.activation.draft.orders
        assert len(orders) == (0 if words else 8)
        if words:
            assert "未覆盖" in said

    run(scenario())


def test_that_an_old_crew_may_be_sent_by_hand(real_page, room, run):
    async def scenario():
        place_crews(room, 3600.0)
        await suggested(real_page, room)
        room.emergency.pin(room.emergency.shown.draft_id, "T-9", "s2")
        await looked_again(real_page)
        (order,) = real_page.preparing.picture.activation.draft.orders
        assert (order.unit_id, order.site_id) == ("T-9", "s2")

    run(scenario())


# ---- plans ------------------------------------------------------------------------------------


def faulty(**changes):
    """As the platform has sent it; Ⅲ is whole."""
    whole = plan()
    level = msgspec.structs.replace(whole.levels[II], **changes)
    return plan(levels={II: level, ResponseLevel.III: whole.levels[ResponseLevel.III]})


TURNING = (
    PlanTask(task_id="a", title="抽排", skill="pump", within_min=28, after=("b",)),
    PlanTask(task_id="b", title="封控", skill="pump", within_min=28, after=("a",)),
)


@pytest.mark.parametrize(
    ("changes", "words", "is_left"),
    [
        ({"signer_role": ""}, "没有写明由谁签发", False),
        ({"tasks": TURNING}, "任务互相等待：", False),
        (
            {"requires": (Requirement(skill="magic", name="法术", per_site=1),)},
            "没有技能 magic，队伍名册里没有人会",
            True,
        ),
    ],
    ids=["no signer", "a cycle", "unknown skill"],
)
def test_that_a_fault_of_a_plan_stands_beside_the_levels(
    page, room, advisers, run, changes, words, is_left
):
    async def scenario():
        usable, faults = usable_plans({"flood": faulty(**changes)})
        room.plans.faults = faults
        room.plans.replace(usable.items(), "7", NOW)
        advisers.level = II if is_left else ResponseLevel.III
        await begun(page, room)
        assert words in page.levels.trouble.text() and page.levels.trouble.isVisible()
        assert "预案有误" in page.levels.aside.text()
        assert page.levels.segments[II].isEnabled() is is_left
        assert page.levels.segments[ResponseLevel.III].isEnabled()
        if is_left:
            assert "未覆盖" in grave(page) or page.preparing.picture.gathered.crews == ()

    run(scenario())


# ---- the clock --------------------------------------------------------------------------------


def jump(room, seconds: float) -> None:
    """The desk's clock is set; nothing of the kind has passed."""
    monotonic_s = room.clock.monotonic_s
    room.clock.move(seconds)
    room.clock.monotonic_s = lambda: monotonic_s() - seconds


@pytest.mark.parametrize("seconds", [3600.0, -3600.0])
def test_that_a_clock_that_jumps_changes_no_countdown_and_no_clock(page, room, run, seconds):
    async def scenario():
        room.health.put(live_health(clock_offset_s=0.0))
        room.session.put_session(seat("leader", "u-2", "seat-1"))
        room.incidents.take([incident()])
        room.incidents.flush()
        assert page.pair.second.left.text() == "剩 41 s"
        jump(room, seconds)
        page._tick()
        assert page.pair.second.left.text() == "剩 41 s"
        assert page.pair.second.bar.why_not == ""
        await shown(page, room, asked(), "leader", "u-2", "seat-1")
        assert page.running.strip.left.text() == "剩 60 s"
        room.clock.move(6)
        page._tick()
        assert page.running.strip.left.text() == "剩 54 s"
        marks = {one.words for one in page.clocks.marks}
        assert "现在 +0:06" in marks

    run(scenario())


def test_that_a_draft_reads_the_platforms_time_for_its_clocks(page, room, run):
    async def scenario():
        room.health.put(live_health(clock_offset_s=0.0))
        await begun(page, room)
        words = [one.note for one in page.clocks.cells]
        jump(room, 3600.0)
        await looked_again(page)
        page._tick()
        assert [one.note for one in page.clocks.cells] == words

    run(scenario())


def test_that_an_alarm_nobody_acknowledged_leaves_its_clock_open_and_holds_up_nothing(
    page, room, run
):
    async def scenario():
        room.health.put(live_health(clock_offset_s=0.0))
        await shown(page, room, running(clocks={"T0": NOW, "T2": NOW + timedelta(seconds=200)}))
        room.clock.move(300)
        page._tick()
        cells = {one.name: one for one in page.clocks.cells}
        assert cells["T1"].time == "未确认" and cells["T1"].late
        assert cells["T1"].note.startswith("已 5:0")
        assert [one.name for one in page.clocks.cells if one.here] == ["T3"]
        ended = running(
            clocks={"T0": NOW, "T2": NOW + timedelta(seconds=200)}, seq=9,
            state=IncidentState.CLOSED,
        )  # fmt: skip
        room.incidents.take([ended])
        room.incidents.flush()
        page._tick()
        cells = {one.name: one for one in page.clocks.cells}
        assert (cells["T1"].time, cells["T1"].note, cells["T1"].late) == ("未记", "", False)
        assert not [one for one in page.clocks.cells if one.here]

    run(scenario())


def test_that_the_next_clock_is_the_first_that_is_waited_for():
    assert coming_clocks(("T0",))[0] == "T1"
    assert coming_clocks(("T0", "T2"))[0] == "T3"
    assert coming_clocks(("T0", "T2", "T4"))[0] == "T3"
    assert coming_clocks(("T0", "T1", "T2", "T3", "T4", "T5", "T6")) == []


def test_that_a_draft_takes_over_no_confirmation_of_an_earlier_occurrence(page, room, run):
    async def scenario():
        old = room.alarms.get("s2")
        ack = Acknowledgement("张敏", old.raised_at - timedelta(hours=1))
        room.alarms.put("s2", msgspec.structs.replace(old, ack=ack))
        room.alarms.flush()
        await begun(page, room)
        assert page.preparing.picture.activation.draft.t1 is None

    run(scenario())
