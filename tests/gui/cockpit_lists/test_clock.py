"""The incident clock: seconds only in its digits, honest before, while and after."""

from datetime import timedelta

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.domain.emergency.clocks import T0, T1, T2, T4
from desktop.domain.emergency.incidents import IncidentState
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.outreach import ReceiptState
from desktop.domain.points import Point
from desktop.domain.units import Unit, UnitKind, UnitState
from tests.gui.cockpit_lists.conftest import saturated
from tests.gui.fake_room import NOW, alarm, rising_water
from tests.incident_parts import incident, receipt
from tests.samples import event

BEGUN = NOW - timedelta(minutes=17, seconds=4)
CLOCKS = {T0: BEGUN, T1: BEGUN + timedelta(seconds=50), T2: BEGUN + timedelta(seconds=250)}
SIZE = (440, 720)


def tell(world, *incidents):
    world.room.incidents.is_told = True
    world.room.incidents.take(incidents)
    world.room.incidents.flush()


def running(orders: int = 4, **changes):
    made = incident(orders, clocks=CLOCKS, **changes)
    sent = tuple(replace(one, sent_at=CLOCKS[T2], eta_min=19.0) for one in made.orders)
    return replace(made, orders=sent)


def test_that_the_time_since_the_alarm_and_what_is_left_are_shown(world):
    tell(world, running())
    panel = world.panel("clock", target=28.0, size=SIZE)
    assert panel.ticking.time == "17:04" and panel.ticking.left == "剩 10:56"
    facts = panel.state.facts
    assert facts.signed == "Ⅱ 级响应　签发 张敏　复核 王国梁"
    assert [row.name for row in facts.rows] == ["T0", "T1", "T2", "T3", "T4"]
    assert [row.come for row in facts.rows] == [True, True, True, False, False]
    assert facts.rows[4].time == "预计 03:18" and facts.expected_min == 23
    assert "已 17 min，目标 28 min" in panel.accessibleName()


def test_that_a_wall_names_nobody_whole(world):
    tell(world, running())
    panel = world.panel("clock", target=28.0, size=SIZE, wall=True)
    assert panel.state.facts.signed == "Ⅱ 级响应　签发 张*　复核 王**"


def test_that_a_second_paints_only_the_digits(world, qtbot):
    tell(world, running())
    panel = world.panel("clock", target=28.0, size=SIZE)
    panel.show()
    qtbot.waitExposed(panel)
    qtbot.wait(200)  # a screen may show a new window twice
    before, paints, ticks = panel.state, panel.paints, panel.ticks
    world.clock.move(1)
    panel.refresh()
    qtbot.waitUntil(lambda: panel.ticks == ticks + 1, timeout=3000)
    assert panel.state is before and panel.paints == paints
    assert panel.ticking.time == "17:05"
    world.clock.move(60)
    panel.refresh()
    qtbot.waitUntil(lambda: panel.paints == paints + 1, timeout=3000)
    assert panel.state.now_min == 18


def _apart(one: QImage, other: QImage) -> int:
    """The largest difference of a colour."""
    pixels = [
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8)
        for image in (one, other)
    ]
    return int(np.abs(pixels[0].astype(int) - pixels[1]).max())


def test_that_the_digits_painted_alone_are_those_of_a_whole_painting(world, qtbot):
    tell(world, running())
    panel = world.panel("clock", target=28.0, size=SIZE)
    panel.show()
    qtbot.waitExposed(panel)
    QApplication.processEvents()
    ticks = panel.ticks
    for _ in range(4):
        world.clock.move(1)
        panel.refresh()
    qtbot.waitUntil(lambda: panel.ticks > ticks, timeout=3000)
    whole = panel.grab().toImage()

    def is_same() -> bool:  # the X server shows it a moment later
        seen = panel.screen().grabWindow(panel.winId()).toImage()
        return _apart(seen, whole) <= 16  # window and picture round their edges differently

    qtbot.waitUntil(is_same, timeout=3000)


def test_that_beyond_the_line_is_told_with_a_mark_and_without_a_colour(world):
    tell(world, running(level=ResponseLevel.II))
    panel = world.panel("clock", target=28.0, size=SIZE)
    calm = saturated(panel.grab().toImage())
    world.clock.move(11 * 60)
    panel.refresh()
    assert panel.ticking.left == "已超 00:04" and panel.ticking.is_over
    assert abs(saturated(panel.grab().toImage()) - calm) < 10  # its level alone


def test_that_the_first_on_scene_decides_and_the_time_goes_on(world):
    tell(world, replace(running(), clocks=CLOCKS | {T4: BEGUN + timedelta(minutes=12)}))
    panel = world.panel("clock", target=28.0, size=SIZE)
    assert panel.ticking.left == "首到 12:00 达标" and panel.ticking.time == "17:04"
    late = replace(running(), clocks=CLOCKS | {T4: BEGUN + timedelta(minutes=30)}, seq=8)
    tell(world, late)
    panel.refresh()
    assert panel.ticking.left == "首到 30:00 未达标" and panel.ticking.is_over


def test_that_the_gravest_is_shown_and_the_others_counted(world):
    grave = replace(running(), incident_id="YJ-9", level=ResponseLevel.I, title="大事")
    tell(world, running(), grave)
    panel = world.panel("clock", size=SIZE, title="应急进行中")
    assert panel.state.facts.title == "大事" and panel.state.count == 2
    assert panel.accessibleName().startswith("应急进行中 2 起；大事")


def test_that_a_drill_and_a_draft_are_named_so(world):
    tell(world, running(drill=True, state=IncidentState.DRAFT))
    panel = world.panel("clock", size=SIZE)
    assert "演练进行中 1 起" in panel.accessibleName() and "待复核" in panel.accessibleName()
    tell(world, running(state=IncidentState.DRAFT, seq=9))
    panel.refresh()
    assert panel.accessibleName().startswith("应急待复核 1 起")


def test_that_in_calm_who_could_go_is_counted_anew_with_each_register(world):
    tell(world)
    panel = world.panel("clock", size=SIZE)
    assert panel.state.ready == ()
    states = (UnitState.IDLE, UnitState.BUSY, UnitState.OFFLINE)
    units = [Unit(unit_id=one, kind=UnitKind.TEAM, name="x", state=one) for one in states]
    world.room.units.replace([(one.unit_id, one) for one in units], "1", None)
    panel.refresh()
    assert panel.state.ready == (("待命队伍", "1/2"),)
    assert "待命队伍 1/2" in panel.accessibleName()


def test_that_receipts_and_crews_are_counted(world):
    one = running()
    tell(world, one)
    kinds = (UnitKind.TEAM, UnitKind.VEHICLE, UnitKind.VEHICLE, UnitKind.DRONE)
    units = [Unit(unit_id=order.unit_id, kind=kind, name="x")
             for order, kind in zip(one.orders, kinds, strict=True)]  # fmt: skip
    world.room.units.replace([(unit.unit_id, unit) for unit in units], "1", None)

    def said(order, state, after_s):
        return receipt(order.order_id, order.unit_id, state, after_s)

    yes = [said(order, ReceiptState.ACCEPTED, 9) for order in one.orders[:3]]
    there = said(one.orders[0], ReceiptState.ON_SCENE, 600)
    world.room.incidents.take_receipts([*yes, there])
    panel = world.panel("clock", size=SIZE)
    facts = panel.state.facts
    assert (facts.rows[3].time, facts.rows[3].since) == ("3/4 队", "缺 1")
    assert facts.facts[-1] == ("力量", "队伍 1　车辆 2　其他 1　到场 1/4")
    world.room.incidents.take_receipts([said(one.orders[3], ReceiptState.ACCEPTED, 12)])
    panel.refresh()
    assert panel.state.facts.rows[3].since == ""


def test_that_old_water_is_not_the_present(world):
    point = Point(point_id="SW-0417", class_id="underpass_water", name="下穿", unit="m",
                  metric="level_m")  # fmt: skip
    world.room.points.replace([("SW-0417", point)], "1", None)
    world.room.readings.merge(rising_water())
    world.room.readings.flush()
    red = alarm("a01", class_id="underpass_water", point_id="SW-0417")
    world.room.alarms.merge([event(red, "raised")])
    tell(world, running())
    panel = world.panel("clock", size=SIZE)
    assert panel.state.facts.facts[0] == ("水深　涨速", "0.31 m　+1.2 cm/min")
    world.clock.move(600)
    panel.refresh()
    assert panel.state.facts.facts[0] == ("水深", "0.31 m，停在 03:12")


def test_that_after_the_end_calm_stands_with_the_last_result(world):
    over = replace(running(), state=IncidentState.CLOSED,
                   clocks=CLOCKS | {T4: BEGUN + timedelta(minutes=23, seconds=11)})  # fmt: skip
    tell(world, over)
    panel = world.panel("clock", target=28.0, size=SIZE)
    assert panel.state.calm == "没有进行中的应急" and panel.ticking.time == ""
    assert panel.state.last[2] == "首到 23:11，目标 28 min，达标"
    before = panel.state
    world.clock.move(1)
    panel.refresh()
    assert panel.state is before


def test_that_none_is_no_calm_before_it_was_told_or_without_the_link(world):
    panel = world.panel("clock", size=SIZE)
    assert (panel.state.calm, panel.state.why) == ("", "进行中的应急尚未取得")
    world.room.incidents.is_told = True
    panel.refresh()
    assert panel.state.calm
    world.room.health.set_link_connected(False)
    panel.refresh()
    assert panel.state.old == "链路断开" and not panel.state.calm


@pytest.mark.parametrize("size", [(440, 720), (440, 420), (300, 260), (160, 120), (60, 40)])
def test_that_it_paints_at_every_size_with_hostile_words(world, size):
    tell(world, running(title="<b>积水</b>\n" + "长" * 300))
    panel = world.panel("clock", size=size, title="应急" * 40)
    image = panel.grab().toImage()
    edge = panel.margin_px // 3
    column = {image.pixelColor(image.width() - 1 - edge, y).name()
              for y in range(5, image.height() - 5)}  # fmt: skip
    assert len(column) == 1
