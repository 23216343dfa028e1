"""What the panel of two persons says: before the act, while it waits, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.emergency.incidents import SECOND_ROLES, Incident, IncidentState
from desktop.domain.emergency.plans import PlanLevel, ResponseLevel
from desktop.domain.link_messages import ServiceCondition, User
from desktop.domain.permissions import Action
from views.emergency.desk_facts import not_come
from views.emergency.preparing import Picture
from views.emergency.second_person import PairView, Part, PartState
from widgets import rights
from widgets.times import hh_mm_ss

translate = QCoreApplication.translate
_RANKS = ("operator", "dispatcher", "duty_officer", "leader")


@dataclass(frozen=True)
class PairFacts:
    """`incident`: the one that was begun, here or elsewhere; None: nothing was begun yet."""

    room: RoomContext
    picture: Picture | None
    incident: Incident | None
    busy: str
    trouble: str
    now: datetime
    is_stale: bool = False  # the picture is of a choice that is no more


def empty_words(room: RoomContext) -> tuple[str, str]:
    """Title and note of a page without a draft and without a response. What has not come yet is
    no calm."""
    if room.emergency.shown is not None:
        return translate("emergency", "正在整理依据和方案…"), ""
    if not room.health.link_connected:
        return translate("emergency", "进行中的响应尚未取得"), translate(
            "emergency", "数据链路进程未连接，正在重启；连上即取"
        )  # fmt: skip
    if not room.incidents.is_told:
        return translate("emergency", "进行中的响应尚未取得"), translate(
            "emergency", "正在从本机日志和平台取，取得后显示在这里"
        )  # fmt: skip
    if not room.incidents.offered:
        return translate("emergency", "平台没有应急响应接口"), translate(
            "emergency", "启动、回执和解除须按纸质预案进行；请报告管理员"
        )  # fmt: skip
    return translate("emergency", "没有正在准备的响应"), translate(
        "emergency", "在告警上按「应急调度」开始；进行中的响应和待复核的发起也在这里"
    )


def level_words(level: ResponseLevel) -> str:
    return translate("emergency", "{0} 级").format(level.warning.roman)


def role_word(role: str) -> str:
    words = {
        "operator": translate("emergency", "值班员"),
        "dispatcher": translate("emergency", "调度员"),
        "duty_officer": translate("emergency", "应急值班"),
        "leader": translate("emergency", "领导"),
        "leaders": translate("emergency", "领导"),
    }
    return words.get(role, role)


def needs_second(level: PlanLevel, user: User | None) -> bool:
    """Two persons sign, or the one who may sign alone sits elsewhere."""
    return level.two_person or user is None or not may_sign(user.roles, level.signer_role)


def may_sign(roles: Iterable[str], signer_role: str) -> bool:
    """A role, or one above it."""
    rank = {role: number for number, role in enumerate(_RANKS)}
    wanted = rank.get(signer_role, len(_RANKS))
    return any(role == signer_role or rank.get(role, -1) >= wanted for role in roles)


def pair_of(facts: PairFacts) -> PairView:
    incident = facts.incident
    if incident is None or incident.state in (IncidentState.EXPIRED, IncidentState.WITHDRAWN):
        return _before(facts, incident)
    if incident.state is IncidentState.DRAFT:
        return _waiting(facts, incident)
    return _after(incident)


# ---- before ---------------------------------------------------------------------------------


def _before(facts: PairFacts, ended: Incident | None) -> PairView:
    picture, user = facts.picture, facts.room.session.user
    level = picture.level if picture else None
    name = level_words(picture.draft.level) if picture and picture.draft.level else ""
    drill = picture is not None and picture.draft.drill
    words = translate("emergency", "按住 2 秒 发起 {0}演练") if drill else translate(
        "emergency", "按住 2 秒 发起 {0}响应"
    )  # fmt: skip
    pair = level is None or needs_second(level, user)
    second = Part(
        translate("emergency", "另一席位") if pair else "—",
        PartState.IDLE,
        translate("emergency", "发起后 {0:.0f} s 内复核").format(_second_s(level))
        if pair
        else translate("emergency", "本级一人签发"),
    )
    return PairView(
        aside=_who_signs(level, name),
        first=Part(
            _me(user), PartState.HOLD, words.format(f"{name} " if name else ""),
            why_not=facts.busy or _unresolved(facts.room) or why_not_begin(facts) or _anew(facts),
            note=translate("emergency", "按满后再输入一次本人密码"),
        ),
        second=second,
        checks=tuple(_checks(picture)) if picture else (),
        trouble=facts.trouble or _last_try(facts.room) or _ended(ended),
        join=_to_join(facts),
    )  # fmt: skip


def _anew(facts: PairFacts) -> str:
    return translate("emergency", "正在按新的选择编制方案") if facts.is_stale else ""


def _unresolved(room: RoomContext) -> str:
    """Given, and nobody knows yet what became of it."""
    draft = room.emergency.shown
    if draft is None or not draft.is_unknown:
        return ""
    return translate("emergency", "上次启动已发出，正在用同一编号核对结果，不会重复执行")


def _last_try(room: RoomContext) -> str:
    draft = room.emergency.shown
    return draft.trouble if draft is not None else ""


def _to_join(facts: PairFacts) -> str:
    """incident_id of who was faster with the same alarms."""
    other = running_for(facts.room, facts.picture) if facts.picture is not None else None
    return other.incident_id if other is not None else ""


def _second_s(level: PlanLevel | None) -> float:
    return level.targets.second_s if level is not None else 60.0


def _who_signs(level: PlanLevel | None, name: str) -> str:
    if level is None:
        return ""
    if level.two_person:
        return translate("emergency", "{0}启动 · 两人两席").format(name)
    return translate("emergency", "{0}启动 · {1}签发").format(name, role_word(level.signer_role))


def _me(user: User | None) -> str:
    if user is None:
        return translate("emergency", "未登录")
    return f"{user.name} {user.seat_id or ''}".strip()


def why_not_begin(facts: PairFacts) -> str:
    """Why nothing can be begun now; it stands on the bar."""
    room, picture = facts.room, facts.picture
    user = room.session.user
    if user is None:
        return translate("emergency", "未登录，不能发起")
    if reason := rights.why_not(user.roles, Action.INCIDENT_DRAFT):
        return reason
    if reason := away(room):
        return reason
    if picture is None:
        return translate("emergency", "还没有选告警")
    if picture.is_over:
        return translate("emergency", "开始时的告警已全部结束：请在仍未结束的告警上重新开始")
    if picture.plan is None:
        return translate("emergency", "没有预案，不能发起")
    if picture.level is None:
        return translate("emergency", "还没有级别：在左侧选一级")
    if picture.draft.drill and (reason := rights.why_not(user.roles, Action.DRILL_RUN)):
        return reason
    if (other := running_for(room, picture)) is not None:
        return _already(other)
    if picture.activation is None and picture.missing:
        return "；".join(not_come(one, at) for one, at in picture.missing.items())
    if picture.activation is None:
        return translate("emergency", "没有可派的队伍，也没有可通知的人")
    return ""


def _already(other: Incident) -> str:
    """Who was faster, when, and how far it is."""
    words = (
        translate("emergency", "{0} {1} 已就这些告警发起「{2}」，待复核；按「加入该响应」")
        if other.state is IncidentState.DRAFT
        else translate("emergency", "{0} {1} 已就这些告警启动「{2}」；按「加入该响应」")
    )
    return words.format(hh_mm_ss(other.begun.at), other.begun.name, other.title)


def away(room: RoomContext) -> str:
    if not room.health.link_connected:
        return translate("emergency", "数据链路进程未连接，正在重启，连上即可发起")
    if room.health.health.rest.condition is ServiceCondition.DOWN:
        return translate("emergency", "接口中断：启动不排队，恢复后再按")
    return ""


def running_for(room: RoomContext, picture: Picture) -> Incident | None:
    """Somebody else has begun for the same alarm: two acts for one event are one too many."""
    first = set(picture.draft.alarm_ids[:1])  # the others are left out where they have one
    for one in room.incidents.open():
        if one.drill is picture.draft.drill and first.intersection(one.alarm_ids):
            return one
    return None


def _checks(picture: Picture) -> list[tuple[str, bool]]:
    act = picture.activation
    if act is None or picture.gathered is None or picture.chosen is None:
        return []
    sites = {one.site_id for one in act.draft.orders}
    unserved = picture.chosen.figures.unserved
    crews = translate("emergency", "{0} 队 {1} 点 未覆盖 {2}").format(
        len({one.unit_id for one in act.draft.orders}), len(sites), unserved
    )
    people = translate("emergency", "通知 {0} 人").format(act.preview_people)
    return [
        (translate("emergency", "级别 {0}").format(level_words(act.draft.level)), True),
        (crews, unserved == 0),
        (people, not act.untold),
        _scene(act.draft.scene_id),
    ]


def _scene(scene_id: str) -> tuple[str, bool]:
    if not scene_id:
        return translate("emergency", "大屏不换场景"), True
    return translate("emergency", "大屏换场景"), True


def _ended(incident: Incident | None) -> str:
    if incident is None:
        return ""
    if incident.state is IncidentState.EXPIRED:
        return translate("emergency", "上一次无人复核，已作废，没有发出任何命令")
    reason = f"：{incident.end_reason}" if incident.end_reason else ""
    return translate("emergency", "上一次已撤回，没有发出任何命令") + reason


# ---- waiting for the second person ----------------------------------------------------------


def is_giver(incident: Incident, user: User | None) -> bool:
    return user is not None and incident.begun.user_id == user.user_id


def same_seat(seat_id: str) -> str:
    return translate("emergency", "须在另一席位复核：两席同为 {0}").format(seat_id)


def same_seat_cure() -> str:
    """Two machines of one name are one seat to the platform."""
    return translate("emergency", "若是两台机器：管理员须各设 seat_id")


def why_not_approve(room: RoomContext, incident: Incident) -> str:
    user = room.session.user
    if user is None:
        return translate("emergency", "未登录，不能复核")
    if is_giver(incident, user):
        return translate("emergency", "发起人不能复核自己的发起")
    if user.seat_id and user.seat_id == incident.begun.seat_id:
        return same_seat(user.seat_id)
    if reason := rights.why_not(user.roles, Action.INCIDENT_APPROVE):
        return reason
    if not set(user.roles).intersection(SECOND_ROLES):
        return translate("emergency", "须应急值班或领导复核")
    return away(room)


def _waiting(facts: PairFacts, incident: Incident) -> PairView:
    user = facts.room.session.user
    mine = is_giver(incident, user)
    until = incident.second_until
    left = (until - facts.now).total_seconds() if until is not None else None
    late = left is not None and left <= 0
    first = Part(
        f"{incident.begun.name} {incident.begun.seat_id}".strip(),
        PartState.DONE,
        translate("emergency", "已按住 2.0 s"),
        note=translate("emergency", "{0} · 口令已核").format(hh_mm_ss(incident.begun.at)),
    )
    if mine:
        second = Part(
            translate("emergency", "另一席位"), PartState.WAITING,
            translate("emergency", "等待复核"),
            note=translate("emergency", "已送到有权复核的席位"),
        )  # fmt: skip
    else:
        why = facts.busy or why_not_approve(facts.room, incident)
        why = translate("emergency", "已超时，等平台作废") if late and not why else why
        second = Part(
            _me(user), PartState.HOLD, translate("emergency", "按住 2 秒 复核并启动"),
            why_not=why, note=_second_note(user, incident),
        )  # fmt: skip
    return PairView(
        aside=translate("emergency", "{0}启动").format(level_words(incident.level)),
        first=first,
        second=second,
        checks=tuple(_incident_checks(incident)),
        window=translate("emergency", "复核窗口 {0} 打开").format(hh_mm_ss(incident.begun.at)),
        left_s=None if left is None else max(0.0, left),
        all_s=(until - incident.begun.at).total_seconds() if until else 60.0,
        can_withdraw=mine and not facts.busy,
        can_refuse=not mine and not facts.busy and not why_not_approve(facts.room, incident),
        trouble=facts.trouble,
        key=incident.incident_id,
    )


def _second_note(user: User | None, incident: Incident) -> str:
    if user is not None and user.seat_id and user.seat_id == incident.begun.seat_id:
        return same_seat_cure()
    return translate("emergency", "按满后再输入一次本人密码")


def _incident_checks(incident: Incident) -> list[tuple[str, bool]]:
    sites = {one.site_id for one in incident.orders}
    people = sum(len(one.to) for one in incident.messages)
    words = translate("emergency", "{0} 队派往 {1} 点")
    checks = [
        (translate("emergency", "级别 {0}").format(level_words(incident.level)), True),
        (words.format(len({one.unit_id for one in incident.orders}), len(sites)), True),
        (translate("emergency", "通知 {0} 人").format(people), True),
        _scene(incident.scene_id),
    ]
    if incident.drill:
        checks.append((translate("emergency", "演练：不发出任何真实命令"), True))
    return checks


def _after(incident: Incident) -> PairView:
    signed = incident.second
    return PairView(
        aside=translate("emergency", "{0}已启动").format(level_words(incident.level)),
        first=Part(incident.begun.name, PartState.DONE, translate("emergency", "已签"),
                   note=hh_mm_ss(incident.begun.at)),
        second=Part(
            signed.name if signed else "—", PartState.DONE if signed else PartState.IDLE,
            translate("emergency", "已签") if signed else translate("emergency", "本级一人签发"),
            note=hh_mm_ss(signed.at) if signed else "",
        ),
        checks=tuple(_incident_checks(incident)),
    )  # fmt: skip
