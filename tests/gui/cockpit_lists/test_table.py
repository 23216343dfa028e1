"""A table lists metrics, or what is open: the gravest first, and how many there are besides."""

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.alarms import Acknowledgement
from desktop.domain.assessment.mirrored import CaseFilter, CaseRow
from desktop.domain.levels import WarningLevel
from desktop.domain.points import AlarmClass, Point, Reading, Threshold
from desktop.domain.units import Unit, UnitKind, UnitState
from tests.gui.cockpit_lists.conftest import saturated
from tests.gui.driving import until
from tests.gui.fake_room import NOW, alarm
from tests.incident_parts import incident
from tests.samples import event

R, A, Y = WarningLevel.RED, WarningLevel.ORANGE, WarningLevel.YELLOW


def raise_(world, *alarms):
    world.room.alarms.merge(event(one, "raised") for one in alarms)
    world.room.alarms.flush()


def test_that_metrics_are_rows_and_an_unknown_one_is_no_0(world):
    world.tell("c.calls", 50)
    world.tell("c.rate", 91.5)
    panel = world.panel("table", "c.calls", "c.rate", "c.noise")
    rows = panel.state.rows
    assert [(row.name, row.last, row.unit) for row in rows] == [
        ("诉求", "50", "件"), ("按期率", "91.5", "%"), ("噪声", "", ""),
    ]  # fmt: skip
    assert [row.is_worse for row in rows] == [False, True, False]
    assert "噪声 没有数据" in panel.accessibleName()


def test_that_a_single_old_metric_has_its_age_beside_it(world):
    world.tell("c.calls", 50, age_s=900)
    world.tell("c.rate", 96.5)
    state = world.panel("table", "c.calls", "c.rate").state
    assert [row.word for row in state.rows] == ["停滞 15 min", ""] and state.head.old == ""


def test_that_alarms_stand_gravest_first_and_the_unacknowledged_before_others(world):
    raise_(
        world, alarm("a1", Y, 30), alarm("a2", R, 300, ack=Acknowledgement(by="张", at=NOW)),
        alarm("a3", R, 900), alarm("a4", A, 60),
    )  # fmt: skip
    panel = world.panel("table", rows="alarms", limit=3)
    assert [row.key for row in panel.state.rows] == ["a3", "a2", "a4"]
    assert [row.word for row in panel.state.rows] == ["未确认", "已确认", "未确认"]
    assert panel.state.rows[0].last == "15 min" and panel.state.more == 1
    assert "特别严重" in panel.accessibleName()
    assert saturated(panel.grab().toImage()) > 20


def test_that_a_filter_by_industry_goes_by_the_class(world):
    kinds = [AlarmClass(class_id="gas", name="燃气", industry="燃气监管"),
             AlarmClass(class_id="manhole", name="井盖", industry="市政设施")]  # fmt: skip
    world.room.alarm_classes.replace([(one.class_id, one) for one in kinds], "1", None)
    raise_(world, alarm("a1", R, class_id="gas"), alarm("a2", A, class_id="manhole"))
    state = world.panel("table", rows="alarms", filter={"industry": "市政设施"}).state
    assert [row.key for row in state.rows] == ["a2"]


def test_that_calm_is_said_and_only_where_it_is_known(world):
    assert world.panel("table", rows="alarms").state.calm == "没有未结束的告警"
    assert world.panel("table", rows="incidents").state.why == "没有数据"
    world.room.incidents.is_told = True
    assert world.panel("table", rows="incidents").state.calm == "没有进行中的应急"
    world.room.health.set_link_connected(False)
    state = world.panel("table", rows="alarms").state
    assert (state.calm, state.why) == ("", "数据链路未连接")


def test_that_alarms_are_looked_for_again_only_after_news(world, monkeypatch):
    from views.cockpit.panels import open_things

    raise_(world, alarm("a1", Y, 300))
    panel = world.panel("table", rows="alarms")
    sought: list[int] = []
    seek = open_things.alarms
    monkeypatch.setattr(open_things, "alarms", lambda *given: sought.append(1) or seek(*given))
    before = panel.state
    for _ in range(5):
        world.clock.move(1)
        panel.refresh()
    assert not sought and panel.state is before
    raise_(world, alarm("a2", R, 20))
    panel.refresh()
    assert sought == [1] and panel.state.rows[0].key == "a2"


def test_that_an_age_below_a_minute_moves_in_steps_of_ten_seconds(world):
    raise_(world, alarm("a1", Y, 30))
    panel = world.panel("table", rows="alarms")
    before = panel.state
    world.clock.move(9)
    panel.refresh()
    assert panel.state is before and before.rows[0].last == "30 s"
    world.clock.move(1)
    panel.refresh()
    assert panel.state.rows[0].last == "40 s"


def test_that_incidents_crews_and_points_are_listed(world):
    world.room.incidents.take([incident(2)])
    assert world.panel("table", rows="incidents").state.rows[0].word == "Ⅱ 级响应"
    units = [Unit(unit_id=f"u{n}", kind=UnitKind.TEAM, name=f"{n} 队", state=state)
             for n, state in enumerate((UnitState.IDLE, UnitState.BUSY))]  # fmt: skip
    world.room.units.replace([(one.unit_id, one) for one in units], "1", None)
    rows = world.panel("table", rows="units").state.rows
    assert [(row.name, row.word) for row in rows] == [("1 队", "作业中"), ("0 队", "空闲")]
    assert world.panel("table", rows="units", filter={"state": "idle"}).state.more == 0


def test_that_only_points_over_a_line_are_listed(world):
    lines = (Threshold(Y, 0.15), Threshold(R, 0.4))
    points = [Point(point_id=one, class_id="w", name=one, unit="m", metric="level_m",
                    thresholds=lines) for one in ("低", "高", "黄")]  # fmt: skip
    world.room.points.replace([(one.point_id, one) for one in points], "1", None)
    for name, level in (("低", 0.1), ("高", 0.42), ("黄", 0.2)):
        reading = Reading(at=NOW, metrics={"level_m": level}, point_id=name)
        world.room.readings.merge([reading])
    world.room.readings.flush()
    state = world.panel("table", rows="points").state
    assert [(row.name, row.level, row.word) for row in state.rows] == [
        ("高", R, "0.42 m"), ("黄", Y, "0.2 m"),
    ]  # fmt: skip


class Cases:
    def __init__(self) -> None:
        self.asked: list[tuple[CaseFilter, int]] = []

    async def page(self, wanted: CaseFilter, after: str = "", limit: int = 50) -> Any:
        self.asked.append((wanted, limit))
        return tuple(
            CaseRow(f"c{n}", "garbage", "暴露垃圾", "handling", "", "", "d1", "", "",
                    int(NOW.timestamp()) - 7200, 0, 0, 3600.0 if n == 0 else None)
            for n in range(limit)
        )  # fmt: skip


def test_that_cases_are_read_beside_the_loop_and_no_total_is_invented(world, run):
    cases = Cases()
    world.room = replace(world.room, assessment=cases)

    async def body():
        panel = world.panel("table", rows="cases", limit=3, filter={"district_id": "d1"})
        assert panel.state.why == "正在取数"
        await until(lambda: panel.state.rows)
        assert [row.word for row in panel.state.rows] == ["超期", "处置中", "处置中"]
        assert panel.state.more == -1 and panel.state.rows[0].last == "2 h"
        wanted, limit = cases.asked[0]
        assert (wanted.district_id, wanted.state, limit) == ("d1", "handling", 4)
        panel.refresh()
        assert len(cases.asked) == 1

    run(body())


@pytest.mark.parametrize("size", [(440, 400), (300, 120), (120, 60), (40, 30)])
def test_that_hostile_titles_stay_within_the_panel(world, size):
    raise_(world, alarm("a1", R, title="<b>积水</b>\n" + "长" * 400))
    panel = world.panel("table", rows="alarms", size=size, title="<i>标题</i>" * 20)
    image = panel.grab().toImage()
    edge = panel.margin_px - 2
    ground = image.pixelColor(image.width() // 2, 1).name()
    right = [image.pixelColor(image.width() - 1 - edge // 2, y).name()
             for y in range(4, image.height() - 4)]  # fmt: skip
    assert set(right) == {ground}
