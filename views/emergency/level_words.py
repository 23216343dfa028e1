"""What the strip of the level says of a response that runs: who asks for what, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.emergency.incidents import (
    SECOND_ROLES,
    Incident,
    IncidentState,
    LevelAnswer,
    LevelOutcome,
)
from desktop.domain.emergency.plans import PlanLevel, ResponseLevel
from desktop.domain.emergency.supplement import Lack
from desktop.domain.link_messages import User
from desktop.domain.permissions import Action
from views.emergency.level_facts import LevelPicture
from views.emergency.pair_words import away, level_words, needs_second, role_word, same_seat
from widgets import rights
from widgets.times import hh_mm_ss

translate = QCoreApplication.translate


@dataclass(frozen=True)
class StripFacts:
    room: RoomContext
    incident: Incident
    picture: LevelPicture | None
    now: datetime
    busy: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class StripView:
    """`left_s` of `all_s`: until nobody can sign any more; None: nothing waits.

    `bar`: words on the bar of the second person, `why_not` on it; empty: it is not asked here.
    """

    level: ResponseLevel
    head: str
    words: str = ""
    marked: bool = False
    left_s: float | None = None
    all_s: float = 60.0
    bar: str = ""
    why_not: str = ""
    can_withdraw: bool = False
    can_refuse: bool = False
    change_refusal: str = ""
    lacking: str = ""
    can_supplement: bool = False


def strip_of(facts: StripFacts) -> StripView:
    incident = facts.incident
    drill = translate("emergency", "演练 ") if incident.drill else ""
    head = translate("emergency", "{0}{1}响应").format(drill, level_words(incident.level))
    if incident.asked is not None and incident.state is IncidentState.ACTIVE:
        return _waiting(facts, head)
    words, marked = _words(facts)
    lacking = lacking_words(facts.picture.lacks) if _fits(facts) and facts.picture else ""
    return StripView(
        incident.level, head, words, marked,
        change_refusal=facts.busy or why_not_change(facts.room, incident),
        lacking=lacking,
        can_supplement=incident.state is IncidentState.ACTIVE and not facts.busy
        and not _why_not_order(facts.room),
    )  # fmt: skip


def _fits(facts: StripFacts) -> bool:
    """Whether what was worked out is about this incident at this level."""
    known = facts.picture.incident if facts.picture is not None else None
    mine = facts.incident
    return known is not None and (known.incident_id, known.level) == (mine.incident_id, mine.level)


def _words(facts: StripFacts) -> tuple[str, bool]:
    """The first that has something to say: a refusal, an outcome that nobody has seen, a graver
    level whose conditions hold, the last change."""
    if facts.trouble:
        return facts.trouble, True
    told, picture = facts.incident.level_answer, facts.picture
    if told is not None and told.outcome is not LevelOutcome.CHANGED:
        return outcome_words(told, facts.incident.level), True
    if picture is not None and _fits(facts) and picture.reached is not None:
        held = [one.text for one in picture.advice.conditions.get(picture.reached, ()) if one.holds]
        words = translate("emergency", "条件已达 {0}：{1}")
        return words.format(level_words(picture.reached), "；".join(held)), True
    return (outcome_words(told, facts.incident.level), False) if told is not None else ("", False)


def outcome_words(told: LevelAnswer, level: ResponseLevel) -> str:
    at, asked, wanted = hh_mm_ss(told.at), told.asked.name, level_words(told.level)
    match told.outcome:
        case LevelOutcome.EXPIRED:
            words = translate("emergency", "{0} {1} 提请 {2} 无人复核，已作废，维持 {3}")
            return words.format(at, asked, wanted, level_words(level))
        case LevelOutcome.WITHDRAWN:
            words = translate("emergency", "{0} {1} 撤回了提请 {2}，维持 {3}")
            return words.format(at, asked, wanted, level_words(level))
        case LevelOutcome.REFUSED:
            words = translate("emergency", "{0} {1} 退回了 {2} 提请的 {3}，维持 {4}")
            return words.format(at, told.by, asked, wanted, level_words(level))
        case LevelOutcome.CHANGED:
            before = f"{told.before.warning.roman} → " if told.before is not None else ""
            who = translate("emergency", "{0} 提请，{1} 复核").format(asked, told.by)
            return f"{at} {before}{wanted} · {who if told.by else asked}"


def lacking_words(lacks: Sequence[Lack]) -> str:
    """本级还缺：抽排 3 队、照明 1 队"""
    if not lacks:
        return ""
    each = "、".join(
        translate("emergency", "{0} {1} 队").format(one.name, one.count) for one in lacks
    )
    return translate("emergency", "本级还缺：{0}").format(each)


# ---- while it waits -------------------------------------------------------------------------


def _waiting(facts: StripFacts, head: str) -> StripView:
    incident, room = facts.incident, facts.room
    asked, until = incident.asked, incident.second_until
    assert asked is not None
    mine = room.session.user is not None and asked.by.user_id == room.session.user.user_id
    left = (until - facts.now).total_seconds() if until is not None else None
    late = left is not None and left <= 0
    word = _change_word(incident.level, asked.level)
    words = translate("emergency", "{0} {1} {2} 提请{3}到 {4}").format(
        hh_mm_ss(asked.by.at), asked.by.name, asked.by.seat_id, word, level_words(asked.level)
    )
    why = facts.busy or why_not_sign(room, incident)
    why = translate("emergency", "已超时，等平台作废") if late and not why else why
    refusal = translate("emergency", "已有一次级别变更待复核")
    return StripView(
        incident.level, head, facts.trouble or f"{words}{_evidence(facts, asked.level)}", True,
        left_s=None if left is None else max(0.0, left),
        all_s=(until - asked.by.at).total_seconds() if until is not None else 60.0,
        bar="" if mine else translate("emergency", "按住 2 秒 复核并{0}").format(word),
        why_not="" if mine else why,
        can_withdraw=mine and not facts.busy,
        can_refuse=not mine and not why,
        change_refusal=refusal,
    )  # fmt: skip


def _evidence(facts: StripFacts, level: ResponseLevel) -> str:
    """What holds for the level that is asked for, as this seat sees it."""
    known = facts.picture
    if known is None or known.incident.incident_id != facts.incident.incident_id:
        return ""
    lines = known.advice.conditions.get(level, ())
    held = "；".join(one.text for one in lines if one.holds)
    return translate("emergency", " · 依据：{0}").format(held or translate("emergency", "条件未达"))


def _change_word(before: ResponseLevel, after: ResponseLevel) -> str:
    if after.rank < before.rank:
        return translate("emergency", "升级")
    return translate("emergency", "降级")


def why_not_sign(room: RoomContext, incident: Incident) -> str:
    """Why this seat cannot be the second person."""
    user, asker = room.session.user, incident.asker
    if user is None:
        return translate("emergency", "未登录，不能复核")
    if asker.user_id == user.user_id:
        return translate("emergency", "提请人不能复核自己的提请")
    if user.seat_id and user.seat_id == asker.seat_id:
        return same_seat(user.seat_id)
    if reason := rights.why_not(user.roles, Action.INCIDENT_APPROVE):
        return reason
    if not set(user.roles).intersection(SECOND_ROLES):
        return translate("emergency", "须应急值班或领导复核")
    return away(room)


def asks_me(incident: Incident, user: User | None) -> bool:
    """Whether the second person of a level may be the one who sits here."""
    return (
        incident.asked is not None
        and incident.state is IncidentState.ACTIVE
        and user is not None
        and incident.asked.by.user_id != user.user_id
    )


def why_not_change(room: RoomContext, incident: Incident) -> str:
    user = room.session.user
    if user is None:
        return translate("emergency", "未登录，不能变更级别")
    if incident.state is not IncidentState.ACTIVE:
        return translate("emergency", "响应已不在执行，不能变更级别")
    if room.plans.get(incident.plan_id) is None:
        return translate("emergency", "本机没有这份预案，不能变更级别")
    return rights.why_not(user.roles, Action.INCIDENT_APPROVE) or away(room)


def _why_not_order(room: RoomContext) -> str:
    user = room.session.user
    return rights.why_not(user.roles, Action.INCIDENT_ORDER) if user is not None else "—"


# ---- the choice of another level ------------------------------------------------------------


def signing_words(level: ResponseLevel, plan: PlanLevel, user: User | None) -> str:
    """Who signs it, and within which time."""
    if needs_second(plan, user):
        return translate("emergency", "{0}：提请后须在另一席位复核，{1:.0f} s 内有效").format(
            level_words(level), plan.targets.second_s
        )
    return translate("emergency", "{0}：{1}一人签发，立即生效").format(
        level_words(level), role_word(plan.signer_role)
    )


def bar_words(before: ResponseLevel, after: ResponseLevel, plan: PlanLevel,
              user: User | None) -> str:  # fmt: skip
    word = _change_word(before, after)
    if needs_second(plan, user):
        return translate("emergency", "按住 2 秒 提请{0}到 {1}").format(word, level_words(after))
    return translate("emergency", "按住 2 秒 {0}到 {1}").format(word, level_words(after))


def difference_words(before: PlanLevel | None, after: PlanLevel) -> list[str]:
    """What the plan asks otherwise at the other level, line by line."""
    known = before.requires if before is not None else ()
    strength = {one.skill: one for one in known}
    made: list[str] = []
    crews: list[str] = []
    for one in after.requires:
        old = strength.get(one.skill)
        if old is None or (old.per_site, old.count) != (one.per_site, one.count):
            crews.append(f"{one.name} {_strength(one.per_site, one.count)}")
    if crews:
        made.append(translate("emergency", "力量：{0}").format("、".join(crews)))
    tasks = {one.task_id for one in before.tasks} if before is not None else set[str]()
    new = [one.title for one in after.tasks if one.task_id not in tasks]
    if new:
        made.append(translate("emergency", "任务：新增 {0}").format("、".join(new)))
    items = {one.item_id for one in before.checklist} if before is not None else set[str]()
    more = sum(one.item_id not in items for one in after.checklist)
    if more:
        made.append(translate("emergency", "检查单：新增 {0} 项").format(more))
    if after.scene_id and (before is None or after.scene_id != before.scene_id):
        made.append(translate("emergency", "大屏：换到场景 {0}").format(after.scene_id))
    first = min((one.after_s for one in after.ladder), default=None)
    if first is not None:
        made.append(translate("emergency", "催办：{0:.0f} s 无应答起").format(first))
    return made


def _strength(per_site: int, count: int) -> str:
    if per_site:
        return translate("emergency", "每点 {0} 队").format(per_site)
    return translate("emergency", "共 {0} 队").format(count)
