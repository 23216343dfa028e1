"""Fills the parts of the page: from what is prepared here, or from what another seat has begun."""

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.emergency.incidents import IncidentState
from views.emergency import presenting
from views.emergency.crew_map import CrewMap
from views.emergency.evidence import EvidencePanel
from views.emergency.level_choice import LevelPanel
from views.emergency.outcome import OutcomePanel
from views.emergency.preparing import Picture
from views.emergency.proposals import ProposalPanel
from views.emergency.recipients import RecipientPanel

translate = QCoreApplication.translate


class Parts(NamedTuple):
    evidence: EvidencePanel
    levels: LevelPanel
    outcome: OutcomePanel
    proposals: ProposalPanel
    map: CrewMap
    recipients: RecipientPanel


def show_picture(parts: Parts, room: RoomContext, picture: Picture) -> None:
    parts.evidence.show_rows(picture.advice.rows)
    running = next(
        (
            one.level
            for one in room.incidents.open()
            if not one.drill and one.state is not IncidentState.DRAFT
        ),
        None,
    )
    view = presenting.level_view(picture, running)
    faults = presenting.faults_of_plan(room.plans, picture.plan)
    trouble = "\n".join(filter(None, (view.trouble, faults)))
    parts.levels.show_view(replace(view, trouble=trouble))
    plans = [(p.plan_id, f"{p.name} {p.edition}") for p in room.plans.rows()]
    source, trouble = presenting.plan_source(room.plans)
    parts.levels.show_plans(plans, picture.draft.plan_id, trouble)
    parts.levels.tell(source)
    parts.outcome.show_outcome(
        presenting.effects_of(picture),
        presenting.preview_head(picture),
        picture.activation.preview if picture.activation else "",
    )
    names = parts.proposals.names()
    chosen = picture.chosen.method if picture.chosen else None
    parts.proposals.show_cards(presenting.cards_of(picture, names), chosen)
    _show_solved(parts, picture, names.get(chosen, "") if chosen else "")
    rows = presenting.recipients_of(picture)
    aside = (
        translate("emergency", "演练：不发出")
        if picture.draft.drill
        else translate("emergency", "复核后发出")
    )
    parts.recipients.show_rows(rows, aside, translate("emergency", "{0} 个对象").format(len(rows)))


def _show_solved(parts: Parts, picture: Picture, name: str) -> None:
    gathered = picture.gathered
    if gathered is None:
        parts.proposals.tell()
        parts.map.show_marks((), (), (), "")
        return
    words = translate("emergency", "{0} 点 × {1} 队")
    pins = len(picture.draft.pins)
    note = (
        translate("emergency", "手派 {0} 队，右键取消").format(pins)
        if pins
        else translate("emergency", "拖队伍到点位可改派")
    )
    parts.proposals.tell(words.format(len(gathered.sites), len(gathered.crews)), note)
    parts.map.show_marks(
        presenting.site_marks(picture),
        presenting.crew_marks(picture),
        presenting.ways_of(picture),
        translate("emergency", "{0} · 连线上为预计到达").format(name) if name else "",
    )
