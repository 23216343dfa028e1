"""A control room of real stores with hand-written orders and questions."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.context import RoomContext
from desktop.domain.alarms import (
    Acknowledgement,
    Alarm,
    AlarmEvent,
    Condition,
    Flow,
    Quality,
    Suppression,
)
from desktop.domain.freshness import Freshness
from desktop.domain.levels import WarningLevel
from desktop.domain.link_messages import (
    DemoAccount,
    FeedState,
    LinkHealth,
    OutboxState,
    PlatformState,
    ServiceCondition,
    ServiceState,
    SessionState,
    User,
)
from desktop.domain.points import AlarmClass, Point, Reading, Threshold
from desktop.domain.search import Hit
from desktop.errors import PlatformError
from desktop.settings import Settings
from tests.rooms import room_of

NOW = datetime(2026, 7, 17, 19, 12, 5, tzinfo=UTC)  # 03:12:05 in the city
R, A, Y, B = WarningLevel.RED, WarningLevel.ORANGE, WarningLevel.YELLOW, WarningLevel.BLUE
UP = ServiceState(ServiceCondition.UP, NOW - timedelta(hours=2))
ROLES = {
    "operator": "值班员",
    "dispatcher": "调度员",
    "duty_officer": "应急值班",
    "leader": "领导",
    "admin": "管理员",
}
ACCOUNTS = tuple(
    DemoAccount(username, "demo", name, role, ROLES[role])
    for username, name, role in (
        ("zhangmin", "张敏", "operator"),
        ("liweidong", "李卫东", "dispatcher"),
        ("chenjie", "陈洁", "duty_officer"),
        ("wangguoliang", "王国梁", "leader"),
        ("admin", "系统管理", "admin"),
    )
)


@dataclass
class FakeClock:
    """Stands still until it is moved; `real` lets it run from NOW."""

    at: datetime = NOW
    real: bool = False
    started: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.at + (datetime.now(UTC) - self.started) if self.real else self.at

    def monotonic_s(self) -> float:
        return self.now().timestamp()

    async def sleep(self, seconds_s: float) -> None:
        await asyncio.sleep(0)

    def move(self, seconds_s: float) -> None:
        self.at += timedelta(seconds=seconds_s)


@dataclass
class FakeOrders:
    """Records what was ordered; `answer` is awaited, `error` raised."""

    given: list[tuple[str, ...]] = field(default_factory=list)
    error: Exception | None = None
    gate: asyncio.Event | None = None

    async def sign_in(self, username: str, password: str) -> None:
        await self._give("sign_in", username, password)

    async def sign_out(self) -> None:
        await self._give("sign_out")

    async def acknowledge(self, alarm_id: str, note: str = "") -> None:
        await self._give("acknowledge", alarm_id)

    async def _give(self, *order: str) -> None:
        self.given.append(order)
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error


@dataclass
class FakeQuestions:
    events: tuple[AlarmEvent, ...] = ()
    readings: tuple[Reading, ...] = ()
    hits: tuple[Hit, ...] = ()
    error: Exception | None = None
    asked: list[tuple[str, ...]] = field(default_factory=list)

    async def live(self, camera_id: str, profile: str) -> Any:
        raise PlatformError("没有画面")

    async def search(self, text: str, kinds: tuple[str, ...], limit: int) -> tuple[Hit, ...]:
        self.asked.append(("search", text))
        return self.hits[:limit]

    async def alarm_history(self, alarm_id: str) -> tuple[AlarmEvent, ...]:
        self.asked.append(("alarm_history", alarm_id))
        if self.error is not None:
            raise self.error
        return self.events

    async def series(self, point_id: str, metric: str, minutes: int) -> tuple[Reading, ...]:
        self.asked.append(("series", point_id, metric))
        return self.readings

    async def layer(self, layer_id: str) -> bytes | None:
        return None


def fake_room(real_clock: bool = False, **settings: Any) -> RoomContext:
    return room_of(
        orders=FakeOrders(),
        questions=FakeQuestions(),
        clock=FakeClock(real=real_clock),
        settings=Settings(**settings),
    )


def live_health(age_s: float | None = 0.8, **changes: Any) -> LinkHealth:
    feeds = {
        name: FeedState(Freshness.LIVE, received=900, stored=900, age_s=age_s)
        for name in ("alarms", "water_levels")
    }
    values: dict[str, Any] = {
        "mqtt": UP, "rest": UP, "feeds": feeds, "outbox": OutboxState(), "clock_offset_s": 0.2
    }  # fmt: skip
    return LinkHealth(**(values | changes))


def open_room(room: RoomContext, role: str = "operator", health: LinkHealth | None = None) -> None:
    """Link connected, platform known, somebody signed in."""
    room.health.set_link_connected(True)
    room.health.put(health or live_health())
    room.session.put_platform(
        PlatformState(url="http://127.0.0.1:8093/api/v1", standin=True, demo_accounts=ACCOUNTS)
    )
    room.session.put_session(SessionState(user=User("u-1", "张敏", (role,))))


def alarm(alarm_id: str, level: WarningLevel = Y, age_s: float = 60, **changes: Any) -> Alarm:
    raised = NOW - timedelta(seconds=age_s)
    values: dict[str, Any] = {
        "alarm_id": alarm_id,
        "revision": 1,
        "epoch": "01J2X",
        "seq": 1,
        "class_id": "manhole",
        "level": level,
        "condition": Condition.ACTIVE,
        "title": f"井盖位移 {alarm_id}",
        "raised_at": raised,
        "updated_at": raised,
    }
    return Alarm(**(values | changes))


def acked(by: str, age_s: float = 30) -> Acknowledgement:
    return Acknowledgement(by, NOW - timedelta(seconds=age_s))


def event(kind: str, of: Alarm, seq: int, age_s: float = 0) -> AlarmEvent:
    return AlarmEvent("01J2X", seq, kind, NOW - timedelta(seconds=age_s), of)


# ---- a believable night ------------------------------------------------------------------

POINTS = (
    Point(
        point_id="SW-0417", class_id="underpass_water", name="滨江环路下穿通道", unit="m",
        metric="level_m", lon_deg=116.601, lat_deg=28.902,
        thresholds=(Threshold(B, 0.05, "5 cm"), Threshold(Y, 0.15), Threshold(A, 0.27),
                    Threshold(R, 0.50, "50 cm")),
    ),
    Point(point_id="SW-0102", class_id="water_level", name="东门路 / 浦城路口", unit="m",
          metric="level_m", thresholds=(Threshold(Y, 0.15), Threshold(A, 0.27), Threshold(R, 0.5))),
    Point(point_id="RV-0003", class_id="river_level", name="澄江滨江闸上", unit="m",
          metric="level_m", thresholds=(Threshold(Y, 4.55), Threshold(A, 4.8), Threshold(R, 5.1))),
)  # fmt: skip
CLASSES = (
    AlarmClass(
        class_id="underpass_water", name="下穿通道积水", industry="市政设施",
        guidance="封路 落两端道闸，交警封控\n查人 看 1、2 号画面，有人先救\n"
        "抢排 派泵车，复位 2 号泵（限 1 次）",
        acknowledge_within_s={"red": 60, "orange": 180, "yellow": 600, "blue": 1800},
    ),
    AlarmClass(
        class_id="manhole", name="井盖",
        guidance="围挡 通知最近网格员设围挡\n核实 看画面确认位移\n复位 派养护单位复位并拍照",
    ),
)  # fmt: skip
_NIGHT = (
    ("a01", R, 38, "下穿通道积水 0.31 m", "滨江环路下穿通道 · 北→南", "", {}),
    ("a02", A, 165, "2 号排水泵跳停", "滨江环路泵站 · 过载", "", {"class_id": "pump"}),
    ("a03", A, 540, "道路积水 0.28 m", "东门路/浦城路口", "张敏", {"class_id": "water_level",
     "point_id": "SW-0102", "value": 0.28, "limit": 0.27, "unit": "m", "flow": Flow.HANDLING}),
    ("a04", A, 720, "井盖位移 倾角 17.5°", "银城中路 128 号 · 雨水井", "张敏", {"value": 17.5,
     "limit": 10.0, "unit": "°", "flow": Flow.HANDLING}),
    ("a05", A, 960, "泵站市电中断", "东门路泵站 · 备用电已切换", "", {"condition": Condition.RTN,
     "class_id": "power", "cleared_at": NOW - timedelta(seconds=120)}),
    ("a06", Y, 240, "树木倒伏占道", "滨明路近启新路 · 视频识别", "", {"class_id": "ai_video"}),
    ("a07", Y, 660, "道路积水 超 15 cm", "滨江街道 · 5 处合并", "张敏", {"occurrences": 5,
     "flow": Flow.HANDLING}),
    ("a08", Y, 1320, "澄江水位 4.38 m", "距警戒 4.55 m 差 17 cm", "李卫东", {"flow": Flow.ASSESS,
     "class_id": "river_level", "point_id": "RV-0003"}),
    ("a09", Y, 1560, "架空线缆脱落", "乳山路 61 号 · 12345 来件", "张敏", {}),
    ("a10", Y, 2460, "工地围挡倾斜 8°", "张杨路地块 · 东侧", "李卫东", {}),
    ("a11", B, 47, "视频停滞", "滨江环路泵站 · 前池", "", {"class_id": "ai_video",
     "quality": Quality.STALE}),
    ("a12", B, 1980, "路灯离线", "滨东南路照明片区", "张敏", {"occurrences": 14,
     "class_id": "street_light"}),
    ("a13", B, 3700, "井盖电量低于 15 %", "商城路、南泉北路", "", {"occurrences": 3}),
    ("a14", B, 4000, "雨水箅子堵塞", "崂山路 / 乳山路口", "张敏", {"flow": Flow.HANDLING}),
    ("a15", B, 5200, "垃圾箱满溢 88 %", "世纪大道绿地 3 号", "李卫东", {}),
    ("a16", B, 7300, "雨量计数据补收", "滨江站 · 补收 17 min", "李卫东", {}),
)  # fmt: skip


def night() -> list[Alarm]:
    """About 35 open alarms around one underpass at three in the morning."""
    made = []
    for seq, (alarm_id, level, age_s, title, detail, who, more) in enumerate(_NIGHT, start=1):
        values: dict[str, Any] = {"title": title, "detail": detail, "seq": seq}
        if who:
            values["ack"] = acked(who, age_s / 2)
        if alarm_id == "a01":
            values |= {"class_id": "underpass_water", "point_id": "SW-0417", "value": 0.31,
                       "limit": 0.27, "unit": "m", "cause_id": "a02"}  # fmt: skip
        if alarm_id == "a11":
            values["cause_id"] = "a02"
        made.append(alarm(alarm_id, level, age_s, **(values | more)))
    streets = "临江大道 昌邑路 栖霞路 招远路 名商路 富城路 东园路 丰和路 启新路 桃林路".split()  # noqa: SIM905
    for number in range(17):
        street = streets[number % len(streets)]
        made.append(
            alarm(f"b{number:02}", B if number % 4 else Y, 3000 + 1900 * number, seq=40 + number,
                  title=("路灯回路断电", "井盖水位高", "雨水口淤堵", "箱变门开")[number % 4],
                  detail=f"{street} {10 + number * 7} 号", ack=acked("李卫东", 500))
        )  # fmt: skip
    made.append(alarm("c01", Y, 9000, title="围挡施工占道", suppression=Suppression.SHELVED,
                      suppressed_until=NOW + timedelta(minutes=40)))  # fmt: skip
    made.append(alarm("c02", B, 900, title="网关离线", suppression=Suppression.SUPPRESSED))
    return made


def rising_water(minutes: int = 60, every_s: int = 30, to_m: float = 0.31) -> list[Reading]:
    """A course that ends at `to_m` rising 1.2 cm a minute."""
    steps = minutes * 60 // every_s
    made = []
    for step in range(steps + 1):
        before_min = (steps - step) * every_s / 60
        level = (
            to_m - 0.012 * before_min
            if before_min < 12
            else max(0.0, (to_m - 0.144) * (1 - (before_min - 12) / 48) ** 1.3)
        )
        made.append(
            Reading(
                at=NOW - timedelta(seconds=before_min * 60 + 0.8),
                metrics={"level_m": level},
                point_id="SW-0417",
                class_id="underpass_water",
            )
        )
    return made  # fmt: skip


def fill(room: RoomContext) -> None:
    """The night in the stores, the underpass selected."""
    room.points.replace([(p.point_id, p) for p in POINTS], "1", NOW)
    room.alarm_classes.replace([(c.class_id, c) for c in CLASSES], "1", NOW)
    room.alarms.replace_open(night())
    room.alarms.flush()
    room.readings.merge(rising_water())
    room.readings.flush()
    red = room.alarms.get("a01")
    assert red is not None and isinstance(room.questions, FakeQuestions)
    room.questions.events = (
        event("raised", alarm("a01", A, 300, value=0.27, unit="m"), 10, 300),
        event("level_up", alarm("a01", R, 38, value=0.31, unit="m"), 11, 38),
    )
