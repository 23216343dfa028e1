"""Who has got, read, accepted or declined what of an incident: one row for each crew or person.

Receipts overtake each other and some are lost: a later step tells that the earlier ones were
taken too. Only what has changed is looked at again: ten thousand receipts in ten seconds are
usual at the beginning of a large activation.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import IntEnum
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.emergency.incidents import Incident, IncidentMessage, IncidentOrder, OrderState
from desktop.domain.outreach import Channel, Receipt, ReceiptState

ANSWER_LIMIT_S = 120.0
"""Where a plan has no ladder: after so long without an answer it is the operator's matter."""
UNDELIVERED_S = 30.0
"""A handset that is on has it within seconds."""

Receipts = Mapping[str, Sequence[Receipt]]
_NOTHING: Receipts = {}


class Standing(IntEnum):
    """How far one of them is; the order is that of the table."""

    DECLINED = 0
    SILENT = 1  # read or delivered, but no answer within the limit
    UNDELIVERED = 2
    RECALL_UNREAD = 3
    HELD = 4  # of a draft: not sent
    WAITING = 5  # sent, the limit has not passed
    ACCEPTED = 6
    ON_SCENE = 7
    DONE = 8
    REPLACED = 9  # another crew goes
    RECALLED = 10

    @property
    def is_trouble(self) -> bool:
        return self <= Standing.RECALL_UNREAD


class Row(Struct, frozen=True, kw_only=True):
    """One crew with its order, or one person with one message. Times are those of the receipts."""

    order_id: str
    person_id: str
    name: str
    task: str = ""
    place: str = ""
    channel: Channel | None = None
    lead: bool = False
    state: OrderState = OrderState.SENT
    sent_at: datetime | None = None
    steps: dict[ReceiptState, Receipt] = {}
    replaced_by: str = ""
    """Name of the crew that goes instead."""

    @property
    def is_crew(self) -> bool:
        return self.channel is None

    @property
    def is_informed(self) -> bool:
        """A message has done its work with what its channel can tell: a text has no reading."""
        return self.channel is not None and self.reached(_ENOUGH[self.channel])

    @property
    def furthest(self) -> Receipt | None:
        return max(self.steps.values(), key=lambda one: (one.state.rank, one.at), default=None)

    def at(self, state: ReceiptState) -> datetime | None:
        known = self.steps.get(state)
        return known.at if known is not None else None

    def reached(self, state: ReceiptState) -> bool:
        """Also where that receipt itself was lost. Who declines has read, but not accepted."""
        if state in _YES:
            ranks = [one.rank for one in self.steps if one in _YES]
            return self.declined is None and max(ranks, default=0) >= state.rank
        return any(one.rank >= state.rank for one in self.steps)

    @property
    def declined(self) -> Receipt | None:
        """A later yes takes a no back."""
        no = self.steps.get(ReceiptState.DECLINED)
        if no is None or any((yes := self.at(step)) and yes > no.at for step in _YES):
            return None
        return no

    @property
    def waiting_since(self) -> datetime | None:
        """When it was sent, while nobody has answered."""
        is_answered = self.declined or self.reached(ReceiptState.ACCEPTED)
        return None if is_answered or self.state not in _UNDER_WAY else self.sent_at


_YES = (ReceiptState.ACCEPTED, ReceiptState.ON_SCENE, ReceiptState.DONE)
_ENOUGH = {
    Channel.SMS: ReceiptState.DELIVERED, Channel.RADIO: ReceiptState.DELIVERED,
    Channel.GROUP: ReceiptState.DELIVERED, Channel.HANDSET: ReceiptState.READ,
    Channel.VOICE: ReceiptState.READ,
}  # fmt: skip
_UNDER_WAY = (OrderState.SENT, OrderState.BLOCKED)
_RECALLS = {
    OrderState.HELD: Standing.HELD,
    OrderState.RECALLING: Standing.RECALL_UNREAD,
    OrderState.RECALL_UNREAD: Standing.RECALL_UNREAD,
    OrderState.RECALLED: Standing.RECALLED,
}
_STEPS = (
    (ReceiptState.DONE, Standing.DONE),
    (ReceiptState.ON_SCENE, Standing.ON_SCENE),
    (ReceiptState.ACCEPTED, Standing.ACCEPTED),
)


class Totals(NamedTuple):
    """`silent`: sent, and neither yes nor no; of a message: not even that it has come."""

    sent: int = 0
    delivered: int = 0
    read: int = 0
    accepted: int = 0
    declined: int = 0
    silent: int = 0
    on_scene: int = 0
    done: int = 0

    def plus(self, other: "Totals", sign: int = 1) -> "Totals":
        return Totals(*(a + sign * b for a, b in zip(self, other, strict=True)))


def standing(row: Row, now: datetime, limit_s: float = ANSWER_LIMIT_S) -> Standing:
    """`limit_s`: after so many seconds without an answer it is a trouble."""
    if row.replaced_by:
        return Standing.REPLACED
    if known := _RECALLS.get(row.state):
        return known
    if row.state is OrderState.DONE:
        return Standing.DONE
    if row.declined:
        return Standing.DECLINED
    for step, found in _STEPS:
        if row.reached(step):
            return found
    waited = now - row.sent_at if row.sent_at else timedelta()
    if waited >= timedelta(seconds=UNDELIVERED_S) and not row.steps:
        return Standing.UNDELIVERED
    if row.is_informed:
        return Standing.WAITING
    return Standing.SILENT if waited >= timedelta(seconds=limit_s) else Standing.WAITING


def tally(row: Row) -> Totals:
    """What one row adds to the totals: a replaced or held one nothing; after a recall what had
    come of it, and nobody waits for an answer any more."""
    if row.replaced_by or row.state is OrderState.HELD:
        return Totals()
    accepted, declined = row.reached(ReceiptState.ACCEPTED), row.declined is not None
    waited_for = row.state in _UNDER_WAY and not row.is_informed
    return Totals(
        sent=1,
        delivered=int(row.reached(ReceiptState.DELIVERED)),
        read=int(row.reached(ReceiptState.READ)),
        accepted=int(accepted),
        declined=int(declined),
        silent=int(waited_for and not accepted and not declined),
        on_scene=int(row.reached(ReceiptState.ON_SCENE)),
        done=int(row.reached(ReceiptState.DONE)),
    )


class ReceiptMatrix:
    """The rows of one incident, kept in step with it; totals of crews and of messages."""

    def __init__(self) -> None:
        self._incident: Incident | None = None
        self._rows: dict[tuple[str, str], Row] = {}
        self._seen: dict[tuple[str, str], Sequence[Receipt]] = {}
        self._totals = {True: Totals(), False: Totals()}

    @property
    def rows(self) -> tuple[Row, ...]:
        """In the order of the incident: crews, then people."""
        return tuple(self._rows.values())

    @property
    def totals(self) -> Totals:
        return self._totals[True].plus(self._totals[False])

    def totals_of(self, crews: bool) -> Totals:
        """Of the orders of crews alone, or of the messages alone."""
        return self._totals[crews]

    def get(self, order_id: str, person_id: str) -> Row | None:
        return self._rows.get((order_id, person_id))

    def show(self, incident: Incident) -> None:
        """After each event of it; receipts that are known stay."""
        if incident == self._incident:
            return
        if self._incident is None or incident.incident_id != self._incident.incident_id:
            self._seen.clear()
        self._incident = incident
        before, self._rows = self._rows, {}
        self._totals = {True: Totals(), False: Totals()}
        replaced = {one.replaces: one.unit_name for one in incident.orders if one.replaces}
        begun = incident.clocks.get("T2")  # in a drill nothing has a time of sending
        for order in incident.orders:
            self._add(_crew_row(order, begun, replaced.get(order.order_id, "")), before)
        for message in incident.messages:
            for person, name in zip(message.to, _names(message), strict=True):
                self._add(_person_row(message, begun, person, name), before)

    def take(self, order_id: str, receipts: Receipts) -> bool:
        """What has come for one order or message so far; True where a row is another now."""
        changed = False
        for person_id, steps in receipts.items():
            key = (order_id, person_id)
            if self._seen.get(key) is steps or (row := self._rows.get(key)) is None:
                continue
            self._seen[key] = steps
            after = replace(row, steps={one.state: one for one in steps})
            self._rows[key] = after
            self._count(row, -1)
            self._count(after, 1)
            changed = True
        return changed

    def ordered(self, now: datetime, limit_s: float = ANSWER_LIMIT_S) -> list[tuple[Standing, Row]]:
        """Troubles first, the gravest of them before; what is alike stays in its order."""
        found = [(standing(row, now, limit_s), row) for row in self._rows.values()]
        return sorted(found, key=lambda one: _place(*one))

    def _add(self, row: Row, before: Mapping[tuple[str, str], Row]) -> None:
        key = (row.order_id, row.person_id)
        if known := before.get(key):
            row = replace(row, steps=known.steps)
        self._rows[key] = row
        self._count(row, 1)

    def _count(self, row: Row, sign: int) -> None:
        self._totals[row.is_crew] = self._totals[row.is_crew].plus(tally(row), sign)


def _place(found: Standing, row: Row) -> tuple[int, int]:
    """Crews' troubles before people's. Who goes well keeps its place: a row that moves with each
    receipt cannot be read."""
    if found.is_trouble:
        return (0 if row.is_crew else 1), found
    return (3 if found >= Standing.REPLACED else 2), 0


def _crew_row(order: IncidentOrder, begun: datetime | None, replaced_by: str) -> Row:
    return Row(
        order_id=order.order_id,
        person_id=order.unit_id,
        name=order.unit_name or order.unit_id,
        task=order.task,
        place=order.place,
        lead=order.lead,
        state=order.state,
        sent_at=order.sent_at or begun,
        replaced_by=replaced_by,
    )


def _person_row(message: IncidentMessage, begun: datetime | None, person_id: str, name: str) -> Row:
    return Row(
        order_id=message.order_id,
        person_id=person_id,
        name=name or person_id,
        task=message.text,
        channel=message.channel,
        state=message.state,
        sent_at=message.sent_at or begun,
    )


def _names(message: IncidentMessage) -> tuple[str, ...]:
    """A platform may name fewer than it was told to reach."""
    return (*message.names, *message.to[len(message.names) :])[: len(message.to)]
