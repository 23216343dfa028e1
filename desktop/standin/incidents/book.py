"""The platform's incidents: their present state, the gap-free log, receipts and timelines."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from desktop.domain.emergency.incidents import (
    Incident,
    IncidentEvent,
    OrderState,
    TimelineEntry,
)
from desktop.domain.outreach import Receipt, ReceiptState
from desktop.ids import ulid
from desktop.standin.incidents.chain import Line, continued
from desktop.standin.incidents.journal import Done, Effect, Journal, Record

_HOLDING = (OrderState.SENT, OrderState.HELD, OrderState.RECALLING)
Listener = Callable[[IncidentEvent, Sequence[Effect]], None]


class UnknownIncident(KeyError):
    """No incident has this id."""


class IncidentBook:
    """Owns the state of all incidents. One thread: the loop's.

    `commit` is the one transaction: it is on disk whole before anybody is told. `epoch` lives as
    long as the folder.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.log: list[IncidentEvent] = []
        self._incidents: dict[str, Incident] = {}
        self._timelines: dict[str, list[TimelineEntry]] = {}
        self._receipts: dict[str, list[Receipt]] = {}
        self._done: dict[str, Done] = {}
        self._listeners: list[Listener] = []
        self._number = 0
        self.untold: dict[int, tuple[Effect, ...]] = {}
        """Effects by their record's number, until the broker has them."""
        self.carried_out: list[Effect] = []
        """Of the starts before this one, oldest first."""
        self.epoch = ""
        for record in journal.records():
            self._take(record)
            self.carried_out += record.effects
        if not self.epoch:
            self._write(Record(number=1, epoch=ulid()), durable=True)

    # ---- reading ------------------------------------------------------------------------------

    @property
    def seq(self) -> int:
        return len(self.log)

    def on_commit(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def all(self) -> list[Incident]:
        """In the order of their activation."""
        return list(self._incidents.values())

    def open(self) -> list[Incident]:
        return [one for one in self._incidents.values() if one.is_open]

    def get(self, incident_id: str) -> Incident:
        """Raises UnknownIncident."""
        try:
            return self._incidents[incident_id]
        except KeyError:
            raise UnknownIncident(incident_id) from None

    def events_from(self, from_seq: int, limit: int) -> list[IncidentEvent]:
        start = max(from_seq, 1) - 1
        return self.log[start : start + limit]

    def timeline(self, incident_id: str) -> list[TimelineEntry]:
        """Raises UnknownIncident."""
        self.get(incident_id)
        return list(self._timelines.get(incident_id, ()))

    def receipts(self, order_id: str) -> Sequence[Receipt]:
        return self._receipts.get(order_id, ())

    def has_said(self, order_id: str, *states: ReceiptState) -> bool:
        return any(one.state in states for one in self.receipts(order_id))

    def crews_held(self) -> dict[str, Incident]:
        """Who is bound by a real incident. Who has declined or is done is free again."""
        return {
            order.unit_id: incident
            for incident in running(self.all(), drill=False)
            for order in incident.orders
            if order.state in _HOLDING
            and not self.has_said(order.order_id, ReceiptState.DECLINED, ReceiptState.DONE)
        }

    def done(self, key: str) -> tuple[Done, Incident] | None:
        """What a key has done, with the incident as it was answered."""
        done = self._done.get(key)
        return (done, self.log[done.seq - 1].incident) if done else None

    # ---- changing -----------------------------------------------------------------------------

    def commit(
        self,
        incident: Incident,
        kind: str,
        at: datetime,
        lines: Iterable[Line] = (),
        effects: Iterable[Effect] = (),
        done: Done | None = None,
    ) -> Incident:
        """All of it or nothing. Raises OSError, and then nothing has happened."""
        seq = self.seq + 1
        placed = replace(incident, epoch=self.epoch, seq=seq)
        event = IncidentEvent(self.epoch, seq, kind, at, placed)
        wanted = tuple(effects)
        self._write(
            Record(
                number=self._number + 1,
                event=event,
                incident_id=placed.incident_id,
                entries=self._continued(placed.incident_id, lines, at),
                effects=wanted,
                done=replace(done, seq=seq) if done else None,
            ),
            durable=True,
        )
        for listener in self._listeners:
            listener(event, wanted)
        return placed

    def receive(
        self, incident_id: str, receipts: Sequence[Receipt], lines: Iterable[Line], at: datetime
    ) -> None:
        """What came back from crews and people; changes no incident."""
        record = Record(
            number=self._number + 1,
            incident_id=incident_id,
            entries=self._continued(incident_id, lines, at),
            receipts=tuple(receipts),
        )
        self._write(record, durable=False)

    def told(self, number: int) -> None:
        """The broker has the effects of this record."""
        self._write(Record(number=self._number + 1, told=number), durable=False)

    def close(self) -> None:
        self._journal.close()

    def _continued(
        self, incident_id: str, lines: Iterable[Line], at: datetime
    ) -> tuple[TimelineEntry, ...]:
        before = self._timelines.get(incident_id, ())
        return tuple(continued(before, tuple(lines), at))

    def _write(self, record: Record, durable: bool) -> None:
        self._journal.append(record, durable)
        self._take(record)

    def _take(self, record: Record) -> None:
        self._number = record.number
        self.epoch = record.epoch or self.epoch
        if record.event is not None:
            self.log.append(record.event)
            self._incidents[record.event.incident.incident_id] = record.event.incident
        if record.entries:
            self._timelines.setdefault(record.incident_id, []).extend(record.entries)
        for receipt in record.receipts:
            self._receipts.setdefault(receipt.order_id, []).append(receipt)
        if record.done is not None:
            self._done[record.done.key] = record.done
        if any(effect.topic and not effect.drill for effect in record.effects):
            self.untold[record.number] = record.effects
        self.untold.pop(record.told, None)


def running(incidents: Iterable[Incident], drill: bool) -> list[Incident]:
    """Those that hold their alarms and crews against others; drills hold nothing of the real."""
    return [one for one in incidents if one.is_open and one.drill is drill]
