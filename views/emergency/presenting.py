"""From one whole picture to what each part of the page shows. No widget is touched here."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.emergency.activation import beginning
from desktop.domain.emergency.clocks import T2
from desktop.domain.emergency.dispatch import Crew, Method, Proposal
from desktop.domain.emergency.gathering import SiteFacts
from desktop.domain.emergency.incidents import IncidentMessage, MessageDraft
from desktop.domain.emergency.plans import Plan, PlanLevel, ResponseLevel, Targets
from desktop.domain.levels import WarningLevel
from desktop.stores.registers import Register
from views.emergency.clock_words import ClockFacts, clocks_before, waits_before
from views.emergency.crew_marks import CrewMark, SiteMark, Way, icon_for
from views.emergency.desk_facts import DUTY, UNITS, not_come
from views.emergency.level_choice import ORDER, LevelView, Segment
from views.emergency.outcome import Effect
from views.emergency.pair_words import level_words, role_word
from views.emergency.preparing import Picture, value_words
from views.emergency.proposals import Card, arrivals_of
from views.emergency.recipients import RecipientRow

translate = QCoreApplication.translate
STALE_POSITION_S = 600.0
MOST_FAULTS = 2


def level_view(picture: Picture, running: ResponseLevel | None) -> LevelView:
    """`running`: of the gravest incident that is open."""
    plan, chosen = picture.plan, picture.draft.level
    if plan is None:
        text = translate("emergency", "平台和本机都没有可用的预案")
        return LevelView(trouble=picture.advice.reason or text)
    suggested = picture.advice.level if picture.advice.plan_id == plan.plan_id else None
    segments = tuple(
        Segment(level, _segment_word(level, suggested, running), level in plan.levels)
        for level in ORDER
    )
    conditions = picture.advice.conditions.get(chosen, ()) if chosen else ()
    level = plan.levels.get(chosen) if chosen else None
    return LevelView(
        segments=segments,
        chosen=chosen if level is not None else None,
        headline=_headline(chosen, suggested),
        aside=_condition_words(level, conditions) if level else "",
        conditions=tuple(conditions),
        signer=signer_words(chosen, level) if chosen and level else "",
        trouble="" if level is not None else _no_level(picture, plan),
    )


def plan_source(plans: Register[Plan]) -> tuple[str, str]:
    """Whose plans are in force and how many faults they have, and these faults."""
    own = not plans.version
    source = translate("emergency", "本机预案") if own else translate("emergency", "平台预案")
    said = [source] if len(plans) else []
    if plans.faults:
        said.append(translate("emergency", "预案有误 {0} 处").format(len(plans.faults)))
    return " · ".join(said), "\n".join(plans.faults)


def faults_of_plan(plans: Register[Plan], plan: Plan | None) -> str:
    """What is wrong with the plan in hand; without one with any, for it may be the missing one."""
    mine = [one for one in plans.faults if plan is None or f"（{plan.plan_id}）" in one]
    more = len(mine) - MOST_FAULTS
    words = [*mine[:MOST_FAULTS], *([f"… +{more}"] if more > 0 else [])]
    return "\n".join(words)


def _segment_word(
    level: ResponseLevel, suggested: ResponseLevel | None, running: ResponseLevel | None
) -> str:
    if level is running:
        return translate("emergency", "现行")
    if level is suggested:
        return translate("emergency", "建议")
    reached = suggested or running
    if reached is not None and level.rank > reached.rank:
        return translate("emergency", "已过")
    return translate("emergency", "未达")


def _headline(chosen: ResponseLevel | None, suggested: ResponseLevel | None) -> str:
    if chosen is None:
        return ""
    words = f"{level_words(chosen)}（{level_word(chosen)}）"
    if chosen is suggested:
        return translate("emergency", "建议 {0}").format(words)
    if suggested is None:
        return translate("emergency", "人工选 {0}").format(words)
    return translate("emergency", "人工选 {0}，建议 {1}").format(words, level_words(suggested))


def level_word(level: ResponseLevel) -> str:
    words = {
        ResponseLevel.I: translate("emergency", "特别重大"),
        ResponseLevel.II: translate("emergency", "重大"),
        ResponseLevel.III: translate("emergency", "较大"),
        ResponseLevel.IV: translate("emergency", "一般"),
    }
    return words[level]


def _condition_words(level: PlanLevel, conditions: Sequence[object]) -> str:
    if not conditions:
        return translate("emergency", "本级没有启动条件")
    held = sum(getattr(one, "holds", None) is True for one in conditions)
    return translate("emergency", "满足 {0} 条中 {1} 条，任 {2} 条即可").format(
        len(conditions), held, level.needed
    )


def signer_words(level: ResponseLevel, known: PlanLevel) -> str:
    if known.two_person:
        return translate("emergency", "签发   {0}须{1}在另一席位复核").format(
            level_words(level), role_word(known.signer_role)
        )
    return translate("emergency", "签发   {0}由{1}一人签发").format(
        level_words(level), role_word(known.signer_role)
    )


def _no_level(picture: Picture, plan: Plan) -> str:
    if not plan.levels:
        return translate("emergency", "这份预案没有任何级别，换一份预案")
    return picture.advice.reason or translate("emergency", "没有达到任何一级的条件：可在上面选一级")


# ---- the proposals and the map --------------------------------------------------------------


def cards_of(picture: Picture, names: Mapping[Method, str]) -> list[Card]:
    if picture.gathered is None or picture.level is None:
        return []
    levels = {one.site_id: one.level for one in picture.gathered.sites}
    return [
        Card(
            one,
            names[one.method],
            arrivals_of(one, levels),
            one.method is picture.recommended,
            picture.level.targets.on_scene_min,
            len(levels),
        )
        for one in picture.proposals
    ]


def site_marks(picture: Picture) -> list[SiteMark]:
    if picture.gathered is None:
        return []
    served = {leg.site_id for leg in picture.chosen.legs} if picture.chosen else set[str]()
    return [
        SiteMark(
            one.site_id, one.name, one.level, one.lon_deg, one.lat_deg,
            site_note(picture.gathered.facts.get(one.site_id)), one.site_id in served,
        )
        for one in picture.gathered.sites
    ]  # fmt: skip


def site_note(facts: SiteFacts | None) -> str:
    """0.35 m · 12 min 到线"""
    if facts is None:
        return ""
    words = [value_words(facts)]
    if facts.is_stale:
        words.append(translate("emergency", "停滞"))
    elif facts.line_in_min is not None:
        words.append(
            translate("emergency", "{0:.0f} min 到线").format(facts.line_in_min)
            if facts.line_in_min > 0
            else translate("emergency", "已过线")
        )
    return " · ".join(filter(None, words))


def crew_marks(picture: Picture) -> list[CrewMark]:
    if picture.gathered is None:
        return []
    sent = {leg.unit_id for leg in picture.chosen.legs} if picture.chosen else set[str]()
    pins = {pin.unit_id for pin in picture.draft.pins}
    return [
        CrewMark(
            one.unit_id, one.name, icon_of(one), one.lon_deg, one.lat_deg,
            one.unit_id in sent, (one.position_age_s or 0.0) > STALE_POSITION_S,
            one.unit_id in pins,
        )
        for one in picture.gathered.crews
    ]  # fmt: skip


def icon_of(crew: Crew) -> str:
    return icon_for(crew.skills)


def ways_of(picture: Picture) -> list[Way]:
    if picture.gathered is None or picture.chosen is None:
        return []
    red = {one.site_id for one in picture.gathered.sites if one.level is WarningLevel.RED}
    return [
        Way(leg.unit_id, leg.site_id, minutes_word(leg.eta_min), leg.site_id in red,
            picture.ways.get((leg.unit_id, leg.site_id), ()))
        for leg in picture.chosen.legs
    ]  # fmt: skip


def minutes_word(minutes: float | None) -> str:
    """12 min; a crew that was sent by hand may have no way."""
    if minutes is None or not math.isfinite(minutes):
        return translate("emergency", "无路")
    return f"{minutes:.0f} min"


# ---- what will happen -----------------------------------------------------------------------


def effects_of(picture: Picture) -> list[Effect]:
    act, gathered = picture.activation, picture.gathered
    if gathered is None:
        return []
    orders = act.draft.orders if act else ()
    crews, sites = {one.unit_id for one in orders}, {one.site_id for one in orders}
    made = [
        Effect(str(len(crews)), translate("emergency", "队派往 {0} 点").format(len(sites))),
        *_missing(picture),
    ]
    if act is not None:
        people = act.preview_people
        channels = channel_counts(act.draft.messages)
        made.append(Effect(str(people), translate("emergency", "人通知：{0}").format(channels)))
        if act.untold and DUTY not in picture.missing:
            who = "、".join(dict.fromkeys(role_word(one) for one in act.untold))
            made.append(Effect("!", translate("emergency", "值班表没有：{0}").format(who), True))
        if act.draft.scene_id:
            words = translate("emergency", "个大屏场景：{0}").format(act.draft.scene_id)
            made.append(Effect("1", words))
        if act.draft.bookmarks:
            words = translate("emergency", "路录像从告警起打标记")
            made.append(Effect(str(len(act.draft.bookmarks)), words))
    if picture.level is not None and picture.level.supplies:
        supplies = "、".join(f"{one.name} {one.count} {one.unit}" for one in picture.level.supplies)
        words = translate("emergency", "种物资：{0}").format(supplies)
        made.append(Effect(str(len(picture.level.supplies)), words))
    return made


def _missing(picture: Picture) -> list[Effect]:
    """Sites that nobody goes to, skills that nobody has, alarms that stand nowhere."""
    assert picture.gathered is not None
    made = [Effect("!", not_come(one, at), True) for one, at in picture.missing.items()]
    names = {one.site_id: one.name for one in picture.gathered.sites}
    lacking: dict[str, int] = {}
    for one in picture.chosen.unserved if picture.chosen else ():
        words = f"{names.get(one.site_id, one.site_id)} {one.reason}".strip()
        lacking[words] = lacking.get(words, 0) + one.missing
    for words, count in list(lacking.items())[:2]:
        made.append(Effect(str(count), translate("emergency", "未覆盖：{0}").format(words), True))
    if len(lacking) > 2:
        rest = sum(list(lacking.values())[2:])
        made.append(Effect(str(rest), translate("emergency", "队次未覆盖，见地图虚线点"), True))
    if picture.gathered.unplaced:
        count = str(len(picture.gathered.unplaced))
        made.append(Effect(count, translate("emergency", "条告警没有位置，不能派队"), True))
    if not picture.gathered.crews and UNITS not in picture.missing:
        left = "、".join(f"{word} {n}" for word, n in picture.gathered.left_out.items())
        words = translate("emergency", "支可派的队伍") + (f"（{left}）" if left else "")
        made.append(Effect("0", words, True))
    return made


def channel_counts(messages: Sequence[MessageDraft | IncidentMessage]) -> str:
    """短信 46、语音 12: how many people by which channel."""
    counts: dict[str, int] = {}
    for one in messages:
        counts[one.channel.value] = counts.get(one.channel.value, 0) + len(one.to)
    return "、".join(f"{channel_word(name)} {count}" for name, count in counts.items()) or "—"


def channel_word(channel: str) -> str:
    words = {
        "handset": translate("emergency", "终端"),
        "sms": translate("emergency", "短信"),
        "voice": translate("emergency", "语音"),
        "radio": translate("emergency", "电台"),
        "group": translate("emergency", "群呼"),
    }
    return words.get(channel, channel)


def recipients_of(picture: Picture) -> list[RecipientRow]:
    act = picture.activation
    if act is None:
        return []
    state = (
        translate("emergency", "演练 不发")
        if picture.draft.drill
        else translate("emergency", "复核后")
    )
    target = picture.level.targets.on_scene_min if picture.level else 28.0
    return [
        RecipientRow(
            one.name,
            channel_word(one.channel),
            f"{one.task} · {one.place}" if one.is_crew else translate("emergency", "通知"),
            minutes_word(one.eta_min) if one.is_crew else "",
            state,
            one.eta_min is not None and one.eta_min > target,
        )
        for one in act.told
    ]


def preview_head(picture: Picture) -> str:
    act = picture.activation
    if act is None or not act.draft.messages:
        return ""
    return message_head(act.draft.messages[0])


def message_head(first: MessageDraft | IncidentMessage) -> str:
    return translate("emergency", "{0}预览 · {1} 人 · {2} 字").format(
        channel_word(first.channel.value), len(first.to), len(first.text)
    )


def choices_of(
    room: RoomContext,
) -> tuple[list[tuple[str, str, bool]], list[tuple[str, str]]]:
    """Open incidents, and drafts that were not sent yet, for the menu beside the title."""
    incidents = [(one.incident_id, one.title, one.drill) for one in room.incidents.open()]
    drafts: list[tuple[str, str]] = []
    for one in room.emergency.drafts():
        if not one.is_sent:
            first = room.alarms.last_known(one.alarm_ids[0]) if one.alarm_ids else None
            title = first.title if first is not None else one.draft_id[-8:]
            drafts.append((one.draft_id, translate("emergency", "准备中：{0}").format(title)))
    return incidents, drafts


# ---- the clocks -----------------------------------------------------------------------------


def clocks_of(picture: Picture, now: datetime, waits_second: bool = False) -> ClockFacts:
    alarms = picture.alarms.values()
    draft = picture.draft
    t0, t1 = beginning(alarms, draft.opened_at if draft.drill else None)
    targets = picture.level.targets if picture.level is not None else Targets()
    gravest = min((one.level for one in alarms), key=lambda one: one.rank, default=None)
    first = _first_there(picture.chosen)
    line = _line(picture)
    orders = len(picture.activation.draft.orders) if picture.activation else 0
    trigger = translate("emergency", "{0} 级触发").format(gravest.roman) if gravest else ""
    return ClockFacts(
        clocks=clocks_before(t0, t1),
        targets=targets,
        now=now,
        trigger=trigger,
        here=T2,
        waits=waits_before(orders, waits_second),
        first_there=now + timedelta(minutes=first) if first is not None else None,
        line_at=now + timedelta(minutes=line[0]) if line else None,
        line_words=line[1] if line else "",
    )


def _first_there(proposal: Proposal | None) -> float | None:
    times = [leg.eta_min for leg in proposal.legs if math.isfinite(leg.eta_min)] if proposal else []
    return min(times, default=None)


def _line(picture: Picture) -> tuple[float, str] | None:
    """The water that is at its line first, and is not there yet."""
    if picture.gathered is None:
        return None
    ahead = [
        (facts.line_in_min, facts.line)
        for facts in picture.gathered.facts.values()
        if facts.line_in_min and facts.line is not None and not facts.is_stale
    ]
    if not ahead:
        return None
    minutes, line = min(ahead)
    return minutes, translate("emergency", "{0:.0f} cm 线").format(line * 100)
