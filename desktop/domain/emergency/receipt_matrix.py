"""Who has got, read, accepted or declined what of an incident: one row for each crew or person.

Only what has changed is looked at again: ten thousand receipts in ten seconds are usual at the
beginning of a large activation.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from desktop.domain.emergency.incidents import Incident, IncidentMessage, IncidentOrder
from desktop.domain.emergency.receipt_rows import (
    ANSWER_LIMIT_S,
    Row,
    Standing,
    Totals,
    standing,
    tally,
)
from desktop.domain.emergency.row_order import Found, Key, RowOrder
from desktop.domain.outreach import Receipt

__all__ = ("ANSWER_LIMIT_S", "ReceiptMatrix", "Row", "Standing", "Totals", "standing", "tally")

Receipts = Mapping[str, Sequence[Receipt]]


class ReceiptMatrix:
    """The rows of one incident, kept in step with it; totals of crews and of messages."""

    def __init__(self) -> None:
        self._incident: Incident | None = None
        self._rows: dict[Key, Row] = {}
        self._seen: dict[Key, Sequence[Receipt]] = {}
        self._tallies: dict[Key, Totals] = {}
        self._totals = {True: Totals(), False: Totals()}
        self._order = RowOrder()

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
        same = self._told_before(incident)
        self._incident = incident
        before, self._rows = self._rows, {}
        tallies, self._tallies = self._tallies, {}
        replaced = {one.replaces: one.unit_name for one in incident.orders if one.replaces}
        begun = incident.clocks.get("T2")  # in a drill nothing has a time of sending
        for order in incident.orders:
            self._add(_crew_row(order, begun, replaced.get(order.order_id, "")), before)
        for message in incident.messages:
            if message.order_id in same:
                keys = [(message.order_id, person) for person in message.to]
                self._rows.update((key, before[key]) for key in keys)
                self._tallies.update((key, tallies[key]) for key in keys)
                continue
            for person, name in zip(message.to, _names(message), strict=True):
                self._add(_person_row(message, begun, person, name), before)
        self._sum_up()
        self._order.restart(self._rows)

    def take(self, order_id: str, receipts: Receipts) -> bool:
        """What has come for one order or message so far; True where a row is another now."""
        changed = False
        for person_id, steps in receipts.items():
            key = (order_id, person_id)
            if self._seen.get(key) is steps or (row := self._rows.get(key)) is None:
                continue
            self._seen[key] = steps
            self._rows[key] = after = replace(row, steps={one.state: one for one in steps})
            self._order.touch(key)
            self._count(key, after)
            changed = True
        return changed

    def ordered(self, now: datetime, limit_s: float = ANSWER_LIMIT_S) -> list[Found]:
        """Troubles first, the gravest of them before; what is alike stays in its order.

        A pair that has not changed is the same object as before.
        """
        return self._order.ordered(self._rows, now, limit_s)

    def crews(self) -> dict[str, Standing]:
        """By order_id, as `ordered` has found them last."""
        known = self._incident.orders if self._incident is not None else ()
        found = ((one.order_id, self._order.found((one.order_id, one.unit_id))) for one in known)
        return {order_id: pair[0] for order_id, pair in found if pair is not None}

    def _told_before(self, incident: Incident) -> frozenset[str]:
        """Messages whose rows stand as they are: thousands of people, and an event that says
        something of a crew."""
        was = self._incident
        if was is None or was.incident_id != incident.incident_id:
            return frozenset()
        if was.clocks.get("T2") != incident.clocks.get("T2"):
            return frozenset()
        known = {one.order_id: one for one in was.messages}
        return frozenset(
            one.order_id for one in incident.messages if known.get(one.order_id) == one
        )

    def _add(self, row: Row, before: Mapping[Key, Row]) -> None:
        key = (row.order_id, row.person_id)
        if known := before.get(key):
            row = replace(row, steps=known.steps)
        self._rows[key] = row
        self._tallies[key] = tally(row)

    def _count(self, key: Key, row: Row) -> None:
        was, now = self._tallies[key], tally(row)
        if was != now:
            self._tallies[key] = now
            self._totals[row.is_crew] = self._totals[row.is_crew].plus(now).minus(was)

    def _sum_up(self) -> None:
        for crews in (True, False):
            some = [self._tallies[key] for key, row in self._rows.items() if row.is_crew is crews]
            self._totals[crews] = Totals(*map(sum, zip(*some, strict=True)))


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
