"""What another seat has begun, as the second person reads it before signing."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.emergency.clocks import T2
from desktop.domain.emergency.dispatch import Method
from desktop.domain.emergency.incidents import Incident
from desktop.domain.emergency.plans import Plan, Targets
from desktop.domain.levels import WarningLevel
from views.emergency import presenting
from views.emergency.clock_words import ClockFacts, waits_before
from views.emergency.crew_marks import CrewMark, SiteMark, Way
from views.emergency.evidence import EvidenceRow
from views.emergency.level_choice import ORDER, LevelView, Segment
from views.emergency.outcome import Effect
from views.emergency.pair_words import level_words
from views.emergency.presenting import level_word, minutes_word, signer_words
from views.emergency.recipients import RecipientRow
from views.emergency.showing import Parts

translate = QCoreApplication.translate


def show_begun(parts: Parts, room: RoomContext, incident: Incident) -> None:
    """What the second person signs: as it stood when it was begun, and nothing of this seat's."""
    parts.evidence.show_rows([EvidenceRow(line) for line in incident.reasons])
    parts.levels.show_view(begun_level(incident, room.plans.get(incident.plan_id)))
    parts.levels.show_plans([(incident.plan_id, incident.plan_name)], incident.plan_id, "")
    parts.levels.tell()
    first = next(iter(incident.messages), None)
    head = presenting.message_head(first) if first is not None else ""
    parts.outcome.show_outcome(_effects(incident), head, first.text if first is not None else "")
    names = parts.proposals.names()
    chosen = next((one for one in names if one.value == incident.method), None)
    parts.proposals.show_cards((), None, _method_words(names, chosen))
    parts.proposals.tell(incident.method and translate("emergency", "按发起席选定的方案"))
    name = names[chosen] if chosen is not None else translate("emergency", "发起席的方案")
    words = translate("emergency", "{0} · 连线上为预计到达").format(name)
    parts.map.show_marks(*begun_marks(incident, room), words)
    rows = _recipients(incident)
    parts.recipients.show_rows(
        rows,
        translate("emergency", "复核后发出"),
        translate("emergency", "{0} 个对象").format(len(rows)),
    )


def _method_words(names: Mapping[Method, str], chosen: Method | None) -> dict[Method, str]:
    """What stands on the cards: their figures are at the seat that worked them out."""
    used = translate("emergency", "{0}\n发起席选定")
    other = translate("emergency", "{0}\n发起席未选")
    return {
        method: (used if method is chosen else other).format(name) for method, name in names.items()
    }


def begun_clocks(incident: Incident, plan: Plan | None, now: datetime) -> ClockFacts:
    level = plan.levels.get(incident.level) if plan is not None else None
    minutes = [one.eta_min for one in incident.orders if one.eta_min is not None]
    return ClockFacts(
        clocks=incident.clocks,
        targets=level.targets if level is not None else Targets(),
        now=now,
        here=T2,
        waits=waits_before(len(incident.orders), waits_second=True),
        first_there=now + timedelta(minutes=min(minutes)) if minutes else None,
    )


def _effects(incident: Incident) -> list[Effect]:
    crews = {one.unit_id for one in incident.orders}
    sites = {one.site_id for one in incident.orders}
    people = sum(len(one.to) for one in incident.messages)
    channels = presenting.channel_counts(incident.messages)
    made = [
        Effect(str(len(crews)), translate("emergency", "队派往 {0} 点").format(len(sites))),
        Effect(str(people), translate("emergency", "人通知：{0}").format(channels)),
    ]
    if incident.scene_id:
        words = translate("emergency", "个大屏场景：{0}").format(incident.scene_id)
        made.append(Effect("1", words))
    if incident.bookmarks:
        words = translate("emergency", "路录像从告警起打标记")
        made.append(Effect(str(len(incident.bookmarks)), words))
    return made


def _recipients(incident: Incident) -> list[RecipientRow]:
    state = translate("emergency", "演练 不发") if incident.drill else translate(
        "emergency", "复核后"
    )  # fmt: skip
    handset, told = presenting.channel_word("handset"), translate("emergency", "通知")
    rows = [
        RecipientRow(
            one.unit_name, handset, f"{one.task} · {one.place}",
            presenting.minutes_word(one.eta_min), state,
        )
        for one in sorted(incident.orders, key=lambda one: one.eta_min or 1e9)
    ]  # fmt: skip
    crews = {one.unit_id for one in incident.orders}
    for message in incident.messages:
        channel = presenting.channel_word(message.channel.value)
        for person, name in zip(message.to, message.names, strict=False):
            if person not in crews:
                rows.append(RecipientRow(name, channel, told, "", state))
    return rows


def begun_level(incident: Incident, plan: Plan | None) -> LevelView:
    """Of what another seat has begun: the level stands, nothing can be chosen."""
    level = plan.levels.get(incident.level) if plan is not None else None
    segments = tuple(Segment(one, "", one is incident.level) for one in ORDER)
    words = f"{level_words(incident.level)}（{level_word(incident.level)}）"
    return LevelView(
        segments=segments,
        chosen=incident.level,
        headline=translate("emergency", "发起 {0}").format(words),
        signer=signer_words(incident.level, level) if level is not None else "",
    )


def begun_marks(
    incident: Incident, room: RoomContext
) -> tuple[list[SiteMark], list[CrewMark], list[Way]]:
    """Sites and ways of its orders; a crew stands where it was seen last, or is not drawn."""
    sites: dict[str, SiteMark] = {}
    crews: dict[str, CrewMark] = {}
    ways: list[Way] = []
    for one in incident.orders:
        alarm = room.alarms.last_known(one.site_id)
        level = alarm.level if alarm is not None else incident.level.warning
        sites[one.site_id] = SiteMark(
            one.site_id, one.place, level, one.lon_deg, one.lat_deg, "", True
        )
        fix = room.positions.get(one.unit_id)
        unit = room.units.get(one.unit_id)
        at = fix if fix is not None else unit
        if at is not None and at.lon_deg is not None and at.lat_deg is not None:
            crews[one.unit_id] = CrewMark(
                one.unit_id, one.unit_name, "truck-outline", at.lon_deg, at.lat_deg, True, False,
                False,
            )  # fmt: skip
            red = level is WarningLevel.RED
            ways.append(Way(one.unit_id, one.site_id, minutes_word(one.eta_min), red, ()))
    return list(sites.values()), list(crews.values()), ways
