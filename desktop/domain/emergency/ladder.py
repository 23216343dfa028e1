"""The escalation ladder (催办) of one order: what follows while nobody has accepted, and when.

What has been done stands in the incident (orders that replace it) and in the texts that were
sent, never in the memory of a window: a desk that starts anew does nothing twice. A step that
nobody carried out in time is not made up for by itself: it asks (reliability: a late order never
fires by itself).
"""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from desktop.domain.alarms import Note
from desktop.domain.emergency.clocks import T2
from desktop.domain.emergency.incidents import Incident, IncidentOrder, IncidentState, OrderState
from desktop.domain.emergency.plans import LadderStep
from desktop.domain.emergency.receipt_matrix import Row
from desktop.domain.outreach import Channel, ReceiptState

SAME, NEXT = "same", "next"
LATE_S = 120.0
"""So long after its time a step still goes by itself."""
_MARK_CHARS = 6
_MARK = re.compile(r"【催办\d+ 令[^】]*】")


class StepState(StrEnum):
    DONE = "done"
    SKIPPED = "skipped"  # a later one was done
    HELD = "held"  # an operator holds the ladder of this order
    COMING = "coming"
    DUE = "due"
    LATE = "late"  # its time has passed by more than LATE_S: only by hand


class Step(Struct, frozen=True, kw_only=True):
    """One step of one order. `at`: when it is due."""

    order_id: str
    number: int
    """1 for the first of the plan's ladder."""
    channel: Channel
    to: str
    at: datetime
    state: StepState

    @property
    def key(self) -> tuple[str, int]:
        return self.order_id, self.number


def order_mark(order_id: str) -> str:
    """Number of an order as people say it and as texts carry it."""
    return order_id[-_MARK_CHARS:].upper()


def step_mark(order_id: str, number: int) -> str:
    """Begins the text of a step; by it every desk knows that it was sent."""
    return f"【催办{number} 令{order_mark(order_id)}】"


def marks_in(texts: Iterable[str]) -> frozenset[str]:
    """The marks of all steps that these texts carried out."""
    return frozenset(mark for text in texts for mark in _MARK.findall(text))


def step_text(order: IncidentOrder, number: int, drill: bool) -> str:
    stamp = "【演练】" if drill else ""
    return (
        f"{stamp}{step_mark(order.order_id, number)}{order.unit_name}：{order.place} {order.task}"
        "尚未接受，请立即回执：能到回 1，不能到回 2"
    )[:500]


def hold_note(order_id: str, hold: bool) -> str:
    """Text of the note that holds a ladder, or lets it go on."""
    return f"{'暂停' if hold else '恢复'}催办 令{order_mark(order_id)}"


def is_held(order_id: str, notes: Iterable[Note]) -> bool:
    """By the newest of the notes about it."""
    stop, on = hold_note(order_id, True), hold_note(order_id, False)
    last = max((n for n in notes if n.text in (stop, on)), key=lambda n: n.at, default=None)
    return last is not None and last.text == stop


def begun_at(order: IncidentOrder, incident: Incident) -> datetime | None:
    """When its time began to run: in a drill nothing is sent, it runs from the activation."""
    return order.sent_at or incident.clocks.get(T2)


def is_over(order: IncidentOrder, row: Row | None, incident: Incident) -> bool:
    """Somebody has accepted, another crew goes, it was recalled, or all is being ended."""
    if incident.state is not IncidentState.ACTIVE or begun_at(order, incident) is None:
        return True
    if order.state not in (OrderState.SENT, OrderState.BLOCKED):
        return True
    if row is not None and (row.replaced_by or row.reached(ReceiptState.ACCEPTED)):
        return True
    return any(one.replaces == order.order_id for one in incident.orders)


def steps(
    order: IncidentOrder,
    row: Row | None,
    incident: Incident,
    ladder: Sequence[LadderStep],
    sent: Collection[str],
    now: datetime,
    failed: Collection[str] = (),
) -> tuple[Step, ...]:
    """Every step of the order's ladder, empty where it is over.

    `sent`: `marks_in` all messages of the incident and of this desk; `failed`: in those that the
    platform refused, or that came too late: only a hand sends them again. Who has declined is not
    asked again: those steps are left out.
    """
    begun = begun_at(order, incident)
    if begun is None or is_over(order, row, incident):
        return ()
    held = is_held(order.order_id, incident.notes)
    marks = [step_mark(order.order_id, number) for number in range(1, len(ladder) + 1)]
    done = [number for number, mark in enumerate(marks, start=1) if mark in sent]
    declined = row is not None and row.declined is not None
    found = list[Step]()
    for number, one in enumerate(ladder, start=1):
        if declined and one.to == SAME:
            continue
        at = begun + timedelta(seconds=one.after_s)
        state = _state(number, done, held, at, now)
        if state is StepState.DUE and marks[number - 1] in failed:
            state = StepState.LATE
        found.append(
            Step(order_id=order.order_id, number=number, channel=one.channel, to=one.to,
                 at=at, state=state)
        )  # fmt: skip
    return tuple(found)


def _state(number: int, sent: Sequence[int], held: bool, at: datetime, now: datetime) -> StepState:
    if number in sent:
        return StepState.DONE
    if sent and number < max(sent):
        return StepState.SKIPPED
    if held:
        return StepState.HELD
    if now < at:
        return StepState.COMING
    return StepState.DUE if now - at <= timedelta(seconds=LATE_S) else StepState.LATE


def due(found: Sequence[Step]) -> Step | None:
    """The one that goes now: the last that is due. What lies before it is not made up for."""
    ready = [one for one in found if one.state is StepState.DUE]
    return ready[-1] if ready else None


def coming(found: Sequence[Step]) -> Step | None:
    """What is shown with its timer: the next that was not done yet."""
    for one in found:
        if one.state in (StepState.COMING, StepState.DUE, StepState.HELD):
            return one
    late = [one for one in found if one.state is StepState.LATE]
    return late[-1] if late else None


def carries_out(incident: Incident, seat_id: str) -> bool:
    """One seat alone climbs: the one that activated it. Others may by hand."""
    return incident.state is IncidentState.ACTIVE and incident.begun.seat_id == seat_id
