"""The health view says what is wrong, since when and what to do; unknown is grey, not well."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace

import pytest

from desktop.domain.audit import AuditPage, AuditRow
from desktop.domain.cameras import Camera
from desktop.domain.findings import Report, failed, ok
from desktop.domain.freshness import Freshness
from desktop.domain.link_messages import (
    FeedState,
    OutboxState,
    ServiceCondition,
    ServiceState,
    SessionState,
    User,
)
from desktop.domain.points import Point, Reading
from desktop.domain.registers import RegisterNotes, RegisterState
from desktop.domain.tickets import Ticket
from desktop.errors import PlatformError
from desktop.stores.process_state import ProcessRow
from desktop.stores.sound_state import SoundCondition
from tests.gui.driving import until
from tests.gui.fake_room import NOW, live_health, open_room
from views.health.page import HealthPage
from views.health.rows import feed_rows
from widgets.plain_label import PlainLabel
from widgets.status_light import LightCondition


class Questions:
    """Answers of the link and of the machine."""

    def __init__(self) -> None:
        self.states_: tuple[RegisterState, ...] = ()
        self.audit: AuditPage | Exception = AuditPage(rows=(), count=0)
        self.registers = SimpleNamespace(states=self._states)

    async def _states(self) -> tuple[RegisterState, ...]:
        return self.states_

    async def examine_machine(self) -> Report:
        return Report("profile", "now", (ok("Python", "3.11"), failed("磁盘", "满了", "清理磁盘")))

    async def examine_platform(self) -> Report:
        raise PlatformError("平台接口不可用；请稍候再试")

    async def audit_page(self) -> AuditPage:
        if isinstance(self.audit, Exception):
            raise self.audit
        return self.audit


@pytest.fixture
def questions() -> Questions:
    return Questions()


@pytest.fixture
def page(qtbot, room, questions, run):
    object.__setattr__(room, "questions", questions)
    made = HealthPage(room)
    qtbot.addWidget(made)
    made.resize(1864, 1000)

    async def show() -> None:
        made.show()
        await until(lambda: bool(made.subsystems.rows))

    run(show())
    return made


def line(page, name: str):
    page.tell()
    (found,) = [row for row in page.subsystems.rows if row._light.name == name]
    return found._light.state, found.hint.text()


def cells(table) -> list[list[str]]:
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_that_each_trouble_says_what_to_do(page, room):
    down = ServiceState(ServiceCondition.DOWN, NOW, "平台接口不可用：网络不通，正在重试")
    room.health.put(live_health(rest=down, outbox=OutboxState(2, 1), clock_offset_s=-600.0))
    room.sound.report(SoundCondition.NO_DEVICE, "", 0, False)
    for name, condition in (
        ("平台接口 REST", LightCondition.DOWN),
        ("待发命令", LightCondition.STALE),
        ("时钟", LightCondition.STALE),
        ("声音", LightCondition.DOWN),
    ):
        state, hint = line(page, name)
        assert (state.condition, bool(hint)) == (condition, True), name
    assert line(page, "时钟")[0].word == "快 10 min"
    assert "timedatectl" in line(page, "时钟")[1]
    assert "4 项要处理" in page.header.summary.text()


def test_that_without_the_link_nothing_looks_well(page, room):
    room.health.set_link_connected(False)
    for name in ("数据链路", "实时通道 MQTT", "平台接口 REST", "待发命令", "本机存储"):
        assert line(page, name)[0].condition is not LightCondition.UP, name
    assert "重启" in line(page, "数据链路")[1]


def test_that_a_link_that_hangs_is_not_believed(page, room):
    room.clock.move(10)
    page._watch.check()
    assert line(page, "数据链路")[0].condition is LightCondition.STALE
    assert line(page, "平台接口 REST")[0].condition is LightCondition.STALE


def test_that_a_feed_shows_what_was_late_refused_and_not_read(page, room):
    counts = {"received": 12_345, "stored": 12_000, "rejected": 3, "duplicates": 7, "late": 2}
    unmapped = ("alarm.mood", "colour")
    feed = FeedState(Freshness.STALE, backfilled=5, age_s=40.0, unmapped=unmapped, **counts)
    room.health.put(live_health(feeds={"alarms": feed, "odd_feed": FeedState()}))
    page.tell()
    rows = cells(page.feeds)
    assert rows[0] == ["告警事件", "停滞", "40 s", "12,345", "12,000", "2", "7", "3", "5", "2"]
    assert rows[1][:4] == ["odd_feed", "未收到", "—", "—"]
    model = page.feeds.model()
    from PySide6.QtCore import Qt

    assert "alarm.mood" in model.index(0, 9).data(Qt.ItemDataRole.ToolTipRole)


def test_that_eyes_and_touch_are_rates_and_ears_are_unknown(page, room):
    cameras = [
        Camera(camera_id=f"c{n}", name="x", source="公安视频平台", online=n > 0) for n in range(4)
    ]
    room.cameras.replace([(c.camera_id, c) for c in cameras], "1", NOW)
    points = [Point(point_id=f"P{n}", class_id="water_level", name=f"点 {n}") for n in range(3)]
    room.points.replace([(p.point_id, p) for p in points], "1", NOW)
    for number, age_s in ((0, 5), (1, 500)):
        at = NOW - timedelta(seconds=age_s)
        reading = Reading(at=at, metrics={"level_m": 0.1}, point_id=f"P{number}",
                          class_id="water_level")  # fmt: skip
        room.readings.merge([reading])
    page.tell()
    texts = {label.text() for label in page.findChildren(PlainLabel)}
    assert {"75.0 %", "33.3 %", "3 / 4 路在线", "1 / 3 个在线", "未接入诉求数据"} <= texts
    assert [row[0] for row in cells(page.looking.leaves[0].table)] == ["点 2", "点 1"]


def test_that_a_rate_of_sensors_does_not_look_live_without_a_way_to_them(page, room):
    point = Point(point_id="P", class_id="water_level", name="点")
    room.points.replace([("P", point)], "1", NOW)
    reading = Reading(at=NOW, metrics={"level_m": 0.1}, point_id="P", class_id="water_level")
    room.readings.merge([reading])
    room.health.put(live_health(mqtt=ServiceState(ServiceCondition.DOWN, NOW, "正在重连")))
    page.tell()
    assert page.touch._share.text() == "100.0 %"
    assert page.touch._share.property("tone") == "stale"
    assert "不是现状" in page.touch._age.text()


def appeal(number: int, before: timedelta, category: str) -> tuple[str, Ticket]:
    made = Ticket(
        ticket_id=f"t{number}", text="没水", category=category, created_at=NOW - before
    )  # fmt: skip
    return made.ticket_id, made


def hear(page, room, run, as_of):
    """The texts of the tile when the register was confirmed at a moment."""

    async def scene():
        room.register_ages.put("tickets", "1", len(room.tickets), as_of)
        page.tell()
        await asyncio.sleep(0.02)

    run(scene())
    return {label.text() for label in page.ears.findChildren(PlainLabel)}


def test_that_ears_count_today_and_the_last_hour_and_grow_with_each_appeal(page, room, run):
    rows = [appeal(n, timedelta(minutes=n), "停水") for n in range(3)]
    rows += [appeal(9, timedelta(minutes=70), "噪声扰民"), appeal(10, timedelta(hours=25), "停水")]
    room.tickets.replace(rows, "1", NOW)
    texts = hear(page, room, run, NOW - timedelta(seconds=20))
    assert {"4", "今日 · 近 1 h 3 件", "数据龄 20 s", "12345 与诉求 · 昨日此时 1 件"} <= texts
    assert page.ears.bars.accessibleName() == "停水 75.0 %; 噪声扰民 25.0 %"
    room.tickets.replace([*rows, appeal(11, timedelta(), "噪声扰民")], "2", NOW)
    assert "5" in hear(page, room, run, NOW)


def test_that_who_may_not_read_appeals_sees_how_many_and_not_what_about(page, room, run):
    room.tickets.replace([appeal(n, timedelta(minutes=n), "停水") for n in range(4)], "1", NOW)
    open_room(room, "admin")
    texts = hear(page, room, run, NOW - timedelta(seconds=20))
    assert "4" in texts and any("本角色不显示类别" in text for text in texts)
    assert page.ears.bars.accessibleName() == ""
    open_room(room, "leader")
    assert not any("本角色" in text for text in hear(page, room, run, NOW))
    assert "停水" in page.ears.bars.accessibleName()


def test_that_old_figures_of_the_ears_are_not_told_as_present_ones(page, room, run):
    room.tickets.replace([appeal(1, timedelta(minutes=9), "停水")], "1", NOW)
    assert "数据龄 8 min，不是现状" in hear(page, room, run, NOW - timedelta(minutes=8))


def test_that_a_register_says_its_age_and_what_is_wrong_with_it(page, room, questions, run):
    notes = RegisterNotes(refusals={"没有坐标": 12}, findings=("单位树成环：A、B",))
    as_of = NOW - timedelta(hours=2)
    questions.states_ = (RegisterState("orgs", 69, as_of, None, notes),)

    async def scene():
        room.register_ages.put("orgs", "v", 69, as_of)
        await until(lambda: "单位树成环" in str(cells(page.registers)))

    run(scene())
    assert cells(page.registers)[0][:4] == ["机构", "69", "01:12:05", "2 h"]


def test_that_processes_are_looked_at_only_while_the_view_is_open(page, room, run):
    asked: list[bool] = []
    room.processes.watched.connect(lambda wanted: asked.append(wanted))

    async def scene():
        page.hide()
        page.show()
        await asyncio.sleep(0.02)

    run(scene())
    assert asked == [False, True]
    room.processes.put((ProcessRow("link", 7, 60.4, 1.2, 3), ProcessRow("web-1", 8, 9, 0)), NOW)
    assert cells(page.processes) == [
        ["数据链路", "7", "2", "60", "1"],
        ["地图引擎 1", "8", "—", "9", "0"],
    ]


def test_that_the_examination_shows_what_is_broken_first_and_is_audited(page, room, run):
    async def scene():
        page.header.button.click()
        await until(lambda: bool(cells(page.looking.leaves[1].table)))

    run(scene())
    rows = cells(page.looking.leaves[1].table)
    assert [row[0] for row in rows] == ["故障", "故障", "正常"]
    assert rows[0][1:] == ["磁盘", "满了\n→ 清理磁盘"]
    assert rows[1][1:] == ["平台", "平台接口不可用\n→ 请稍候再试"]
    assert [entry.action for entry in room.audit.waiting] == ["doctor.run"]
    assert page.header.button.text() == "体检"


def row(seq: int) -> AuditRow:
    return AuditRow(seq=seq, entry_id=f"e{seq}", at="2026-07-14T08:00:00.000+00:00", seat="s",
                    user="u1", role="leader", action="video.live", target="cam-1",
                    outcome="no_right", reason="无权", previous="", hash="")  # fmt: skip


def test_that_the_trail_is_for_those_who_may_and_says_whether_it_holds(page, room, questions, run):
    page.looking.show_leaf(2)  # signed in as operator
    assert "无权查看审计记录" in page.looking.leaves[2].empty.accessibleName()
    questions.audit = AuditPage(rows=(row(2), row(1)), count=2, broken_seq=2, reason="内容不同")
    room.session.put_session(SessionState(user=User("u", "王", ("leader",))))

    async def scene():
        page.looking.show_leaf(2)
        await until(lambda: bool(cells(page.looking.leaves[2].table)))

    run(scene())
    assert cells(page.looking.leaves[2].table)[0][:6] == [
        "2", "07-14 16:00:00", "u1", "观看实时视频", "cam-1", "无权",
    ]  # fmt: skip
    assert "第 2 条起不可信" in page.looking.head_note.text()
    room.session.put_session(SessionState(user=User("u", "张", ("operator",))))
    assert cells(page.looking.leaves[2].table) == []


def test_that_missing_numbers_of_the_log_stand_where_their_filling_is_counted():
    (row,) = feed_rows({"alarms": FeedState(Freshness.LIVE, backfilled=7, missing=12)})
    cell = row[8]
    assert (cell.text, cell.tone) == ("缺 12", "stale")
    assert "12" in cell.tip and "7" in cell.tip
