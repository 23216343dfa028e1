"""Plans (预案): for each level what triggers it, who signs, who and what is sent, what is told.

Source: GET /plans (contract); resources/plans/*.yaml are the stand-in's and the fallback. Levels
on the wire are I to IV (突发事件应对法: I is the gravest).
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from desktop.domain.levels import WarningLevel
from desktop.domain.outreach import Channel

Identifier = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Minutes = Annotated[float, Meta(gt=0, le=1440)]


class ResponseLevel(StrEnum):
    """响应级别."""

    I = "I"  # noqa: E741
    II = "II"
    III = "III"
    IV = "IV"

    @property
    def warning(self) -> WarningLevel:
        """The same level as a colour with its shape."""
        return tuple(WarningLevel)[tuple(ResponseLevel).index(self)]

    @property
    def rank(self) -> int:
        """1 for I to 4 for IV: the smaller, the graver."""
        return self.warning.rank

    @property
    def word(self) -> str:
        """Of an 事件: 特别重大, 重大, 较大, 一般."""
        return ("特别重大", "重大", "较大", "一般")[self.rank - 1]


class PlanKind(StrEnum):
    FLOOD = "flood"  # 防汛内涝
    GAS_LEAK = "gas_leak"  # 燃气泄漏
    COLLAPSE = "collapse"  # 路面塌陷
    EVENT = "event"  # 重大活动


class Fact(StrEnum):
    """What a trigger can ask about; evidence.py says how each is computed, and from what."""

    RAIN_1H_MM = "rain_1h_mm"
    RAIN_3H_MM = "rain_3h_mm"
    RAIN_SIGNAL = "rain_signal"  # rank turned round: 4 red, 3 orange, 2 yellow, 1 blue, 0 none
    OPEN_ALARMS = "open_alarms"  # of the plan's classes, of the condition's level or graver
    SITES_OVER_M = "sites_over_m"  # points whose reading is at or over `line_m`
    SITES_REACHING_M = "sites_reaching_m"  # that reach `line_m` within `within_min` at their rise
    GAS_LEL_PERCENT = "gas_lel_percent"  # the highest reading of the alarms' points
    ROADS_CUT = "roads_cut"  # closures in force


class Condition(Struct, frozen=True, kw_only=True):
    """`fact` at or over `value`. Which of the others count depends on the fact."""

    fact: Fact
    value: float
    text: str
    """As it stands on screen: 3 h 雨量 ≥ 50 mm."""
    level: WarningLevel | None = None
    line_m: Annotated[float, Meta(gt=0, le=10)] | None = None
    within_min: Minutes | None = None


class Requirement(Struct, frozen=True, kw_only=True):
    """Crews of one skill: `per_site` for each site, at least `count` in all, `reserve` kept back in
    each district."""

    skill: Identifier
    name: str
    per_site: Annotated[int, Meta(ge=0, le=20)] = 0
    count: Annotated[int, Meta(ge=0, le=500)] = 0
    reserve: Annotated[int, Meta(ge=0, le=50)] = 0


class Supply(Struct, frozen=True, kw_only=True):
    name: str
    count: Annotated[int, Meta(ge=1)]
    unit: str = "件"


class PlanTask(Struct, frozen=True, kw_only=True):
    """What somebody has to do. `after`: tasks of the same level that come first."""

    task_id: Identifier
    title: str
    skill: Identifier
    within_min: Minutes
    detail: str = ""
    lead_org_id: str = ""
    after: tuple[str, ...] = ()


class ChannelUse(Struct, frozen=True, kw_only=True):
    """Who is told by what: a duty role (of /duty), `crews` or `leaders`. The text may name {place},
    {level}, {plan}, {value}, {minutes}, {task}."""

    channel: Channel
    to: str
    text: Annotated[str, Meta(min_length=1, max_length=500)]


class LadderStep(Struct, frozen=True, kw_only=True):
    """What follows when nobody has accepted after `after_s` seconds."""

    after_s: Annotated[float, Meta(ge=5, le=3600)]
    channel: Channel
    to: str
    """`same`: again by this channel; `next`: the next crew; or a duty role."""


class ChecklistItem(Struct, frozen=True, kw_only=True):
    item_id: Identifier
    text: str
    role: str = "duty_officer"


class Targets(Struct, frozen=True, kw_only=True):
    """Minutes after T0 (the alarm), except `second_s`: T1 confirm, T2 activate, T3 all accepted,
    T4 first on scene, T5 controlled, T6 cleared."""

    confirm_min: Minutes = 1
    activate_min: Minutes = 5
    accepted_min: Minutes = 8
    on_scene_min: Minutes = 28
    controlled_min: Minutes | None = None
    cleared_min: Minutes | None = None
    second_s: Annotated[float, Meta(ge=10, le=600)] = 60.0


class PlanLevel(Struct, frozen=True, kw_only=True):
    """`signer_role`: of POST /auth/token. `needed`: so many of `trigger` must hold."""

    signer_role: str
    two_person: bool
    tasks: Annotated[tuple[PlanTask, ...], Meta(min_length=1, max_length=50)]
    requires: tuple[Requirement, ...]
    trigger: tuple[Condition, ...] = ()
    needed: Annotated[int, Meta(ge=1)] = 1
    supplies: tuple[Supply, ...] = ()
    scene_id: str = ""
    """Of resources/wall_scenes or GET /wall/scenes; empty: the wall stays."""
    map_layers: tuple[str, ...] = ()
    map_zoom: Annotated[float, Meta(ge=8, le=19)] = 14
    channels: tuple[ChannelUse, ...] = ()
    ladder: tuple[LadderStep, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    targets: Targets = Targets()


class Plan(Struct, frozen=True, kw_only=True):
    """`alarm_classes`: what it is about; `line_m`: the depth that must not be reached."""

    plan_id: Identifier
    name: str
    kind: PlanKind
    edition: str
    levels: dict[ResponseLevel, PlanLevel]
    alarm_classes: tuple[str, ...] = ()
    line_m: Annotated[float, Meta(gt=0, le=10)] | None = None
    crew_kinds: tuple[str, ...] = ("team", "vehicle")
