"""One crew or one person of an incident: how far its receipts are, and whether that is a trouble.

Receipts overtake each other and some are lost: a later step tells that the earlier ones were
taken too.
"""

from datetime import datetime, timedelta
from enum import IntEnum
from operator import add, sub
from typing import NamedTuple

from msgspec import Struct

from desktop.domain.emergency.incidents import OrderState
from desktop.domain.outreach import Channel, Receipt, ReceiptState

ANSWER_LIMIT_S = 120.0
"""Where a plan has no ladder: after so long without an answer it is the operator's matter."""
UNDELIVERED_S = 30.0
"""A handset that is on has it within seconds."""


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

    def plus(self, other: "Totals") -> "Totals":
        return Totals(*map(add, self, other))

    def minus(self, other: "Totals") -> "Totals":
        return Totals(*map(sub, self, other))


def standing(row: Row, now: datetime, limit_s: float = ANSWER_LIMIT_S) -> Standing:
    """`limit_s`: after so many seconds without an answer it is a trouble."""
    if row.replaced_by:
        return Standing.REPLACED
    if known := _RECALLS.get(row.state):
        return known
    if row.state is OrderState.DONE:
        return Standing.DONE
    if row.steps and (known := _answer(row)) is not None:
        return known
    waited = now - row.sent_at if row.sent_at else timedelta()
    if waited >= timedelta(seconds=UNDELIVERED_S) and not row.steps:
        return Standing.UNDELIVERED
    if row.is_informed:
        return Standing.WAITING
    return Standing.SILENT if waited >= timedelta(seconds=limit_s) else Standing.WAITING


def turns_at(row: Row, now: datetime, limit_s: float = ANSWER_LIMIT_S) -> datetime | None:
    """When time alone may make another standing of it; None: only a receipt or an event can."""
    if row.sent_at is None or row.state not in _UNDER_WAY or row.is_informed:
        return None
    limits_s = (UNDELIVERED_S, limit_s)
    return min((at for one in limits_s if (at := row.sent_at + timedelta(seconds=one)) > now),
               default=None)  # fmt: skip


def _answer(row: Row) -> Standing | None:
    if row.declined:
        return Standing.DECLINED
    return next((found for step, found in _STEPS if row.reached(step)), None)


def tally(row: Row) -> Totals:
    """What one row adds to the totals: a replaced or held one nothing; after a recall what had
    come of it, and nobody waits for an answer any more."""
    if row.replaced_by or row.state is OrderState.HELD:
        return Totals()
    if not row.steps:
        return _UNANSWERED if row.state in _UNDER_WAY else _SENT
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


_SENT, _UNANSWERED = Totals(sent=1), Totals(sent=1, silent=1)
