"""Incidents as the platform would tell them, for tests of rules and of the board."""

from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.domain.emergency.incidents import (
    Incident,
    IncidentMessage,
    IncidentOrder,
    IncidentState,
    OrderState,
    Signature,
    TimelineEntry,
)
from desktop.domain.emergency.plans import (
    ChecklistItem,
    LadderStep,
    Plan,
    PlanKind,
    PlanLevel,
    PlanTask,
    Requirement,
    ResponseLevel,
    Targets,
)
from desktop.domain.emergency.timeline import chained
from desktop.domain.outreach import Channel, Receipt, ReceiptState

T0 = datetime(2026, 7, 17, 19, 2, 0, tzinfo=UTC)
SENT = T0 + timedelta(minutes=4)
SEAT = "seat-1"
LADDER = (
    LadderStep(after_s=60, channel=Channel.VOICE, to="same"),
    LadderStep(after_s=120, channel=Channel.SMS, to="duty_officer"),
    LadderStep(after_s=180, channel=Channel.HANDSET, to="next"),
)
CHECKLIST = (
    ChecklistItem(item_id="close", text="下穿通道两端封控到位"),
    ChecklistItem(item_id="people", text="通道内人员车辆清点完毕"),
    ChecklistItem(item_id="pump", text="泵车接管排水，水位开始回落"),
    ChecklistItem(item_id="board", text="情报板已改：前方积水 禁止驶入"),
)
NAMES = (
    "抽排班组 3 组", "泵车 澄A·12345", "抢险车 澄A·20814", "抽排班组 1 组", "照明车 澄A·71002",
    "井盖班组 2 组", "执法车 澄A·30517", "抢修班组 5 组",
)  # fmt: skip
PLACES = ("滨江环路下穿通道", "东门路与浦城路口", "银城中路地道", "望湖路下穿通道")


def order(number: int, **changes: Any) -> IncidentOrder:
    values: dict[str, Any] = {
        "order_id": f"01KA{number:06d}",
        "unit_id": f"T-{number:04d}",
        "unit_name": NAMES[number % len(NAMES)],
        "task_id": "drain",
        "task": "抽排",
        "site_id": f"a{number % 4:02d}",
        "place": PLACES[number % 4],
        "lon_deg": 116.60 + 0.004 * (number % 4),
        "lat_deg": 28.90 + 0.003 * (number % 4 % 3),
        "state": OrderState.SENT,
        "sent_at": SENT,
        "due_at": SENT + timedelta(minutes=24),
        "eta_min": 9.0,
        "lead": number == 0,
    }
    return IncidentOrder(**(values | changes))


def message(number: int, people: int = 3, **changes: Any) -> IncidentMessage:
    values: dict[str, Any] = {
        "order_id": f"01MS{number:06d}",
        "to": tuple(f"P-{number}-{k}" for k in range(people)),
        "names": tuple(f"值班员 {number}-{k}" for k in range(people)),
        "channel": Channel.SMS,
        "text": "【城管指挥】防汛Ⅱ级。滨江环路下穿水深 0.35 m，03:28 前到 50 cm。",
        "state": OrderState.SENT,
        "sent_at": SENT,
    }
    return IncidentMessage(**(values | changes))


def incident(orders: int = 8, messages: int = 1, **changes: Any) -> Incident:
    values: dict[str, Any] = {
        "incident_id": "YJ-20260718-003",
        "revision": 3,
        "epoch": "01J2X",
        "seq": 7,
        "plan_id": "flood",
        "plan_name": "防汛内涝应急预案",
        "level": ResponseLevel.II,
        "drill": False,
        "state": IncidentState.ACTIVE,
        "title": "滨江环路下穿积水",
        "alarm_ids": ("a01", "a03"),
        "orders": tuple(order(n) for n in range(orders)),
        "messages": tuple(message(n) for n in range(messages)),
        "begun": Signature("u-1", "张敏", SEAT, SENT),
        "second": Signature("u-2", "王国梁", "seat-2", SENT),
        "clocks": {"T0": T0, "T1": T0 + timedelta(seconds=52), "T2": SENT},
        "method": "最晚到达最短",
        "reasons": ("3 h 雨量 87 mm ≥ 50 mm（雨量站，4 min 前）", "30 min 内到 50 cm 2 处"),
    }
    return Incident(**(values | changes))


def receipt(
    order_id: str, person: str, state: ReceiptState, after_s: float, **more: Any
) -> Receipt:
    return Receipt(
        order_id=order_id, unit_id=person, state=state, at=SENT + timedelta(seconds=after_s), **more
    )


def plan(ladder: tuple[LadderStep, ...] = LADDER, **changes: Any) -> Plan:
    """Every level alike."""
    level = PlanLevel(
        signer_role="duty_officer",
        two_person=True,
        tasks=(PlanTask(task_id="drain", title="抽排", skill="pump", within_min=28),),
        requires=(Requirement(skill="pump", name="泵车", per_site=1),),
        ladder=ladder,
        checklist=CHECKLIST,
        targets=Targets(controlled_min=90, cleared_min=180),
    )
    values: dict[str, Any] = {
        "plan_id": "flood",
        "name": "防汛内涝应急预案",
        "kind": PlanKind.FLOOD,
        "edition": "2026",
        "levels": {one: level for one in ResponseLevel},
    }
    return Plan(**(values | changes))


def timeline(count: int = 5) -> tuple[TimelineEntry, ...]:
    made: list[TimelineEntry] = []
    words = (
        "发起：张敏 3 号席",
        "复核通过：王国梁",
        "调度令下达 8 条",
        "通知 3 人",
        "大屏切换：防汛-下穿",
    )
    for number in range(count):
        entry = TimelineEntry(
            number=1,
            at=SENT + timedelta(seconds=number),
            kind="order",
            text=words[number % len(words)],
            by="张敏",
            ref=f"01KA{number:06d}",
        )
        made.append(chained(entry, made[-1] if made else None))
    return tuple(made)
