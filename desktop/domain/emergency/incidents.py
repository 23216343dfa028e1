"""An incident (应急响应): one activation of a plan, with its orders, receipts and clocks.

Source: POST /incidents and its relatives, MQTT city/{adcode}/incident/event (contract). The
platform owns the state; receipts change no revision.
"""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from desktop.domain.alarms import AwareTime, LatDeg, LonDeg, Note
from desktop.domain.alarms import Sequence as Seq
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.outreach import Channel, Receipt, ReceiptState

ACTIVATE, APPROVE, WITHDRAW = "incident.activate", "incident.approve", "incident.withdraw"
ADD_ORDERS, RECALL, STAND_DOWN = "incident.orders", "incident.recall", "incident.stand-down"
NOTE, RAISE_LEVEL, TICK, CLOCK = (
    "incident.note",
    "incident.level",
    "incident.tick",
    "incident.clock",
)
"""Verbs of Order, each with its right; the body is JSON under the key `json`."""
INCIDENT_VERBS = frozenset(
    (ACTIVATE, APPROVE, WITHDRAW, ADD_ORDERS, RECALL, STAND_DOWN, NOTE, RAISE_LEVEL, TICK, CLOCK)
)
SECOND_ROLES = ("duty_officer", "leader")
MOST_ORDERS = 500


class IncidentState(StrEnum):
    DRAFT = "draft"  # waits for the second person
    ACTIVE = "active"
    STANDING_DOWN = "standing_down"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"  # by who began it, or refused by the second person
    EXPIRED = "expired"  # no second person came in time; nothing was sent


class OrderState(StrEnum):
    """Of one crew's order; what the crew has said stands in the receipts."""

    HELD = "held"  # of a draft: not sent
    SENT = "sent"
    BLOCKED = "blocked"  # a drill: recorded, never given to a real channel
    RECALLING = "recalling"
    RECALLED = "recalled"  # the crew has read the recall
    RECALL_UNREAD = "recall_unread"
    DONE = "done"


class OrderDraft(Struct, frozen=True, kw_only=True):
    """One crew to one site, as the desk proposes it."""

    unit_id: str
    task_id: str
    task: str
    site_id: str
    """alarm_id of the site."""
    place: str
    lon_deg: LonDeg = msgspec.field(name="lon")
    lat_deg: LatDeg = msgspec.field(name="lat")
    eta_min: float | None = None
    within_min: float | None = None
    lead: bool = False


class MessageDraft(Struct, frozen=True, kw_only=True):
    """One text to some people by one channel; ids as in POST /messages."""

    to: tuple[str, ...]
    channel: Channel
    text: str


class IncidentDraft(Struct, frozen=True, kw_only=True):
    """Body of POST /incidents: everything of the one act. `t0`: the alarm, `t1`: its confirmation.

    `scene_id`, `map_view`, `bookmarks` go with it, so that every desk and wall does the same.
    """

    plan_id: str
    level: ResponseLevel
    drill: bool
    title: str
    alarm_ids: tuple[str, ...]
    orders: Annotated[tuple[OrderDraft, ...], Meta(max_length=MOST_ORDERS)]
    messages: tuple[MessageDraft, ...] = ()
    t0: AwareTime
    t1: AwareTime | None = None
    method: str = ""
    """Which of the assignments was chosen: see dispatch.Method."""
    reasons: tuple[str, ...] = ()
    """The evidence as it stood when it was signed, line by line."""
    scene_id: str = ""
    map_view: tuple[float, float, float] | None = None
    """lon, lat, zoom."""
    bookmarks: tuple[str, ...] = ()
    """camera_ids whose recording is marked from t0 on."""


class IncidentOrder(Struct, frozen=True, kw_only=True):
    order_id: str
    unit_id: str
    unit_name: str
    task_id: str
    task: str
    site_id: str
    place: str
    lon_deg: LonDeg = msgspec.field(name="lon")
    lat_deg: LatDeg = msgspec.field(name="lat")
    state: OrderState
    sent_at: AwareTime | None = None
    due_at: AwareTime | None = None
    eta_min: float | None = None
    lead: bool = False
    replaces: str = ""
    """order_id of the declined or silent one."""
    recalled_at: AwareTime | None = None


class IncidentMessage(Struct, frozen=True, kw_only=True):
    """`order_id` names it in receipts, one per person."""

    order_id: str
    to: tuple[str, ...]
    names: tuple[str, ...]
    channel: Channel
    text: str
    state: OrderState
    sent_at: AwareTime | None = None


class Signature(Struct, frozen=True):
    user_id: str
    name: str
    seat_id: str
    at: AwareTime


class LevelAsked(Struct, frozen=True):
    """A level of a running incident that waits for the second person until `second_until`."""

    level: ResponseLevel
    by: Signature


class LevelOutcome(StrEnum):
    CHANGED = "changed"
    EXPIRED = "expired"  # no second person came in time
    WITHDRAWN = "withdrawn"  # by who asked
    REFUSED = "refused"  # by the second person


class LevelAnswer(Struct, frozen=True, kw_only=True):
    """What became of the last wish for another level, so that a desk that was away knows it too.

    `by`: who signed, refused or withdrew; empty where one signature sufficed, or time ran out.
    `before`: the level that was in force.
    """

    level: ResponseLevel
    asked: Signature
    outcome: LevelOutcome
    at: AwareTime
    by: str = ""
    reason: str = ""
    before: ResponseLevel | None = None

    @property
    def was_raised(self) -> bool:
        changed = self.outcome is LevelOutcome.CHANGED and self.before is not None
        return changed and self.before is not None and self.level.rank < self.before.rank


class Tick(Struct, frozen=True):
    """A line of the checklist that was ticked."""

    item_id: str
    by: str
    at: AwareTime


class Incident(Struct, frozen=True, kw_only=True):
    """The whole incident after its latest event; unknown fields are ignored."""

    incident_id: str
    revision: Annotated[int, Meta(ge=0)]
    epoch: str
    seq: Seq
    plan_id: str
    plan_name: str
    level: ResponseLevel
    drill: bool
    state: IncidentState
    title: str
    alarm_ids: tuple[str, ...]
    orders: tuple[IncidentOrder, ...]
    messages: tuple[IncidentMessage, ...] = ()
    begun: Signature
    second: Signature | None = None
    second_until: AwareTime | None = None
    """Of a draft that needs a second person: until then."""
    asked: LevelAsked | None = None
    level_answer: LevelAnswer | None = None
    clocks: dict[str, AwareTime] = {}
    """T0 alarm, T1 confirmed, T2 activated, T3 all accepted, T4 first on scene, T5 controlled,
    T6 cleared; what has not come is missing."""
    ticks: tuple[Tick, ...] = ()
    notes: tuple[Note, ...] = ()
    scene_id: str = ""
    map_view: tuple[float, float, float] | None = None
    bookmarks: tuple[str, ...] = ()
    method: str = ""
    reasons: tuple[str, ...] = ()
    end_reason: str = ""

    @property
    def asker(self) -> Signature:
        """Whom the second person must not be: who asked for the level, else who began it."""
        return self.asked.by if self.asked is not None else self.begun

    @property
    def is_open(self) -> bool:
        return self.state in (
            IncidentState.DRAFT, IncidentState.ACTIVE, IncidentState.STANDING_DOWN
        )  # fmt: skip


class IncidentEvent(Struct, frozen=True):
    """MQTT incident/event and GET /incident-events: (epoch, seq) is its identity."""

    epoch: str
    seq: Seq
    kind: str
    at: AwareTime
    incident: Incident


class IncidentHead(Struct, frozen=True):
    """MQTT incident/head, retained, each 2 s: the last number of the log, and a heartbeat.

    `open`: warning level → responses under way (drills apart).
    """

    epoch: str
    seq: Seq
    at: AwareTime
    open: dict[str, int] = {}


class TimelineEntry(Struct, frozen=True, kw_only=True):
    """GET /incidents/{id}/timeline: append-only; `hash` = SHA-256 over `previous` and the canonical
    JSON (sorted keys, no spaces, UTF-8) of the other fields but `hash`."""

    number: Annotated[int, Meta(ge=1)]
    at: AwareTime
    kind: str
    text: str
    by: str = ""
    ref: str = ""
    """order_id, alarm_id or camera_id that it is about."""
    previous: str = ""
    hash: str = ""


class Outcome(Struct, frozen=True):
    """How far one crew or person is, for the receipt matrix."""

    steps: dict[ReceiptState, Receipt]

    @property
    def furthest(self) -> Receipt | None:
        return max(self.steps.values(), key=lambda one: (one.state.rank, one.at), default=None)
