"""A page of real widgets; the rules behind it say what the test wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from desktop.domain.duty import Duty
from desktop.domain.emergency.dispatch import (
    Crew,
    Figures,
    Leg,
    Method,
    Proposal,
    Site,
    Unserved,
)
from desktop.domain.emergency.incidents import (
    ACTIVATE,
    Incident,
    IncidentState,
    Signature,
    TimelineEntry,
)
from desktop.domain.emergency.plans import (
    ChannelUse,
    Condition,
    Fact,
    Plan,
    PlanKind,
    PlanLevel,
    PlanTask,
    Requirement,
    ResponseLevel,
)
from desktop.domain.geo import distance_m
from desktop.domain.link_messages import (
    OrderCondition,
    OrderState,
    SessionState,
    User,
)
from desktop.domain.outreach import Channel
from desktop.domain.permissions import Action
from desktop.domain.units import Unit, UnitKind, UnitState
from tests.gui.driving import run, until
from tests.gui.fake_room import (
    NOW,
    A,
    FakeOrders,
    FakeQuestions,
    R,
    Y,
    alarm,
    fake_room,
    fill,
    open_room,
)
from views.emergency.advice import Advice, Asked, Line, Task
from views.emergency.evidence import EvidenceRow
from views.emergency.level_choice import ConditionLine
from views.emergency.page import EmergencyPage

L = ResponseLevel
PLACES = (
    ("s1", R, "银城中路地道", 116.592, 28.9062, 0.28),
    ("s2", R, "滨江环路下穿", 116.601, 28.902, 0.35),
    ("s3", A, "东昌路浦城路口", 116.603, 28.8985, 0.29),
    ("s4", A, "人民路隧道口", 116.597, 28.8972, 0.27),
    ("s5", Y, "东泰路", 116.5965, 28.9003, 0.18),
    ("s6", Y, "乳山路崂山路口", 116.6125, 28.9006, 0.17),
    ("s7", Y, "商城路南泉北路", 116.611, 28.8967, 0.16),
    ("s8", A, "张杨路地道", 116.610, 28.893, 0.28),
)
CREWS = (
    ("T-1", "城管应急 4 组", "pump", 116.596, 28.9078),
    ("T-2", "排水 3 组", "pump", 116.607, 28.907),
    ("T-3", "消防滨江站", "rescue", 116.608, 28.911),
    ("T-4", "泵车 2 号", "pump", 116.616, 28.906),
    ("T-5", "排水 5 组", "pump", 116.584, 28.899),
    ("T-6", "城管应急 2 组", "rescue", 116.591, 28.897),
    ("T-7", "泵车 1 号", "pump", 116.6125, 28.895),
    ("T-8", "排水 1 组", "pump", 116.604, 28.8915),
    ("T-9", "应急电源车 02", "light", 116.6, 28.889),
)


def plan(**changes: Any) -> Plan:
    tasks = (
        PlanTask(task_id="pump", title="强排", skill="pump", within_min=28),
        PlanTask(task_id="rescue", title="搜救警戒", skill="rescue", within_min=28),
    )
    channels = (
        ChannelUse(
            channel=Channel.SMS,
            to="crews",
            text="【城管指挥】{plan}{level}。{place}水深 {value}。请赶赴现场{task}，"
            "{minutes} min 内到，到场回 1，不能到回 2。",
        ),
        ChannelUse(channel=Channel.VOICE, to="leaders", text="{plan}{level}启动：{place}。"),
    )

    def level(two: bool, signer: str) -> PlanLevel:
        return PlanLevel(
            signer_role=signer,
            two_person=two,
            tasks=tasks,
            requires=(Requirement(skill="pump", name="抽排", per_site=1),),
            channels=channels,
            trigger=(
                Condition(fact=Fact.RAIN_3H_MM, value=50, text="3 h 雨量 ≥ 50 mm"),
                Condition(fact=Fact.SITES_OVER_M, value=2, text="下穿通道到 50 cm ≥ 2 处"),
            ),
            scene_id="flood",
        )

    values: dict[str, Any] = {
        "plan_id": "flood", "name": "防汛应急预案", "kind": PlanKind.FLOOD, "edition": "2026 版",
        "line_m": 0.5,
        "levels": {
            L.I: level(True, "leader"), L.II: level(True, "leader"),
            L.III: level(False, "duty_officer"), L.IV: level(False, "dispatcher"),
        },
    }  # fmt: skip
    return Plan(**(values | changes))


@dataclass
class TableAdvisers:
    """Suggests `level` with a few lines; sends the nearest crew to each site in turn."""

    level: ResponseLevel | None = L.II
    plan_id: str = "flood"
    asked: list[Asked] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    gate: Any = None
    reason: str = ""

    def read_streets(self, streets: bytes | None, closures: bytes | None) -> object | None:
        return None

    def advise(self, asked: Asked) -> Advice:
        self.asked.append(asked)
        if self.gate is not None:
            self.gate.wait(5)
        rows = tuple(
            EvidenceRow(f"{name} {value:.2f} m", "升 1.2 · 03:28 到线", "0.8 s", level)
            for _, level, name, _, _, value in PLACES[:3]
        )
        stale = EvidenceRow("张杨路地道 末值 0.28 m", "液位计停滞", "5 min", A, stale=True)
        conditions = {
            level: (
                ConditionLine("3 h 雨量 ≥ 50 mm", "87 mm", True),
                ConditionLine("下穿通道 30 min 内到 50 cm ≥ 2 处", "2 处", True),
                ConditionLine("主干路中断 ≥ 3 条", "1 条", False),
            )
            for level in L
        }
        rain = EvidenceRow("3 h 雨量 87 mm", "橙色 50 mm 以上", "4 min")
        ids = tuple(one[0] for one in PLACES)
        return Advice(self.plan_id, self.level, ids, (*rows, stale, rain), conditions, self.reason)

    def solve(self, task: Task) -> tuple[Proposal, ...]:
        self.tasks.append(task)
        return tuple(
            proposal(method, task, extra) for method, extra in zip(Method, (6, 3, 0), strict=True)
        )

    def ways(self, task: Task, legs: Sequence[Leg]) -> Mapping[tuple[str, str], Line]:
        return {}


def proposal(method: Method, task: Task, extra_min: float) -> Proposal:
    free = {one.unit_id: one for one in task.crews if not one.under_way_to}
    legs: list[Leg] = []
    unserved: list[Unserved] = []
    pinned = {site: unit for unit, site in task.pins.items()}
    for unit in pinned.values():
        free.pop(unit, None)
    crews = {one.unit_id: one for one in task.crews}
    for site in task.sites:
        if (unit := pinned.get(site.site_id)) is not None:
            legs.append(_leg(crews[unit], site, extra_min, by_hand=True))
        elif free:
            best = min(free.values(), key=lambda one: minutes(one, site))
            free.pop(best.unit_id)
            legs.append(_leg(best, site, extra_min))
        else:
            unserved.append(Unserved(site.site_id, "pump", 1, "没有空闲的抽排队"))
    return Proposal(
        method=method, legs=tuple(legs), unserved=tuple(unserved),
        figures=figures(legs, task.sites, len(unserved)),
        reason="先压最晚，再压总时间；Ⅰ 级都赶到在线前；平均多 0.5，最晚早 6 min",
    )  # fmt: skip


def minutes(crew: Crew, site: Site) -> float:
    far = distance_m(crew.lon_deg, crew.lat_deg, site.lon_deg, site.lat_deg)
    return far * 1.3 / 1000 / 12 * 60


def _leg(crew: Crew, site: Site, extra_min: float, by_hand: bool = False) -> Leg:
    return Leg(crew.unit_id, site.site_id, "pump", minutes(crew, site) + extra_min, by_hand)


def figures(legs: Sequence[Leg], sites: Sequence[Site], unserved: int) -> Figures:
    etas = [leg.eta_min for leg in legs]
    red = [site for site in sites if site.level is R]
    return Figures(
        latest_min=max(etas, default=None),
        mean_min=sum(etas) / len(etas) if etas else None,
        within_target=sum(eta <= 28 for eta in etas),
        legs=len(legs),
        red_before_line=len(red),
        red_sites=len(red),
        unserved=unserved,
    )


@dataclass
class DeskOrders(FakeOrders):
    """Remembers what was confirmed and ordered."""

    bodies: list[tuple[str, str, object]] = field(default_factory=list)

    async def confirm(self, password: str, action: Action) -> None:
        await self._give("confirm", password, action.value)

    async def incident(self, verb: str, incident_id: str, body: object, order_id: str = "") -> str:
        self.bodies.append((verb, incident_id, body))
        await self._give(verb, incident_id)
        return order_id or "01ORDER"


class DeskQuestions(FakeQuestions):
    layers: dict[str, bytes] = {}  # noqa: RUF012
    rows: tuple[Duty, ...] = ()

    async def duty(self) -> Sequence[Duty]:
        return self.rows

    async def incident_timeline(self, incident_id: str) -> tuple[TimelineEntry, ...]:
        return ()

    async def layer(self, layer_id: str) -> bytes | None:
        return self.layers.get(layer_id)


def people() -> tuple[Duty, ...]:
    return tuple(
        Duty(org_id=f"org-{n}", role=role, name=name, role_name=word,
             start=NOW - timedelta(hours=4), end=NOW + timedelta(hours=8))
        for n, (role, name, word) in enumerate(
            (("duty_officer", "王建军", "值班领导"), ("operator", "张敏", "值班员"))
        )
    )  # fmt: skip


def seat(role: str = "dispatcher", user_id: str = "u-1", seat_id: str = "seat-3") -> SessionState:
    name = {"dispatcher": "李卫东", "duty_officer": "陈洁", "leader": "王国梁"}.get(role, "张敏")
    return SessionState(user=User(user_id, name, (role,), seat_id=seat_id))


@pytest.fixture
def room(qapp):
    room = fake_room()
    object.__setattr__(room, "orders", DeskOrders())
    object.__setattr__(room, "questions", DeskQuestions())
    open_room(room)
    fill(room)
    room.session.put_session(seat())
    room.questions.rows = people()
    room.plans.replace([("flood", plan())], "平台", NOW)
    room.units.replace(
        [
            (unit_id, Unit(unit_id=unit_id, kind=UnitKind.TEAM, name=name, skills=("pump", skill),
                           lon_deg=lon, lat_deg=lat, state=UnitState.IDLE))
            for unit_id, name, skill, lon, lat in CREWS
        ],
        "1", NOW,
    )  # fmt: skip
    for number, (site, level, name, lon, lat, value) in enumerate(PLACES):
        room.alarms.put(
            site,
            alarm(site, level, 255 - number, title=name, class_id="water_level", lon_deg=lon,
                  lat_deg=lat, value=value, unit="m", camera_ids=(f"cam-{number}",)),
        )  # fmt: skip
    room.alarms.flush()
    return room


@pytest.fixture
def advisers() -> TableAdvisers:
    return TableAdvisers()


__all__ = ["run"]


async def yes(_parent, _what, confirm) -> bool:
    await confirm("demo-2026")
    return True


@pytest.fixture
def page(qtbot, room, advisers):
    page = EmergencyPage(room, advisers, ask=yes)
    qtbot.addWidget(page)
    page.resize(1864, 1040)
    page.show()
    return page


async def begun(page, room, *alarm_ids: str) -> None:
    room.emergency.begin(alarm_ids or ("s2",), NOW)
    await until(lambda: page.preparing.picture is not None and not page.preparing.is_working)


def incident(state=IncidentState.DRAFT, by="u-9", **changes) -> Incident:
    values = {
        "incident_id": "inc-1", "revision": 1, "epoch": "E", "seq": 1, "plan_id": "flood",
        "plan_name": "防汛应急预案", "level": ResponseLevel.II, "drill": False, "state": state,
        "title": "滨江环路下穿 · 防汛应急预案", "alarm_ids": ("s2",), "orders": (),
        "begun": Signature(by, "张敏", "seat-9", NOW),
        "second_until": NOW + timedelta(seconds=41),
    }  # fmt: skip
    return Incident(**(values | changes))


def accepted(order_id: str, result_id: str = "inc-1") -> OrderState:
    """As the link tells it."""
    return OrderState(
        order_id=order_id, verb=ACTIVATE, target_id="flood",
        condition=OrderCondition.ACCEPTED, result_id=result_id,
    )  # fmt: skip


async def no(_parent, _what, _confirm) -> bool:
    return False
