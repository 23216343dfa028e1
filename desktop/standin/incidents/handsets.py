"""Crews and people of incidents: they answer, drive there, work, and read that they are recalled.

What each does next follows from what it has said, so that a new start of the platform goes on
where the last one ended. Time is real seconds times the lever's speed.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Protocol
from zlib import crc32

from desktop.domain.emergency.incidents import (
    Incident,
    IncidentMessage,
    IncidentOrder,
    IncidentState,
    OrderState,
)
from desktop.domain.outreach import Channel, Receipt, ReceiptState
from desktop.standin.incidents.book import IncidentBook
from desktop.standin.incidents.settings import Settings
from desktop.standin.incidents.surroundings import Surroundings

RECALL_LIMIT_S = 120.0
"""Then a recall counts as unread."""
_TURN_OUT_S, _WORK_S = (15.0, 45.0), (420.0, 900.0)
_READS_RECALL_S = (3.0, 12.0)
_DRILL_NOTE, _NO = "演练", "正在处理另一处，请另派"
_OUT = (OrderState.SENT, OrderState.BLOCKED)
_LIVE = (IncidentState.ACTIVE, IncidentState.STANDING_DOWN)


class Drivers(Protocol):
    """Who really moves: the fleet."""

    def send(
        self, unit_id: str, order_id: str, lon_deg: float, lat_deg: float, wait_s: float = 0.0
    ) -> None: ...

    def free(self, unit_id: str) -> None: ...

    def errand_of(self, unit_id: str) -> tuple[str, float] | None: ...

    def can_hear(self, unit_id: str) -> bool: ...


@dataclass
class _Answer:
    """One crew or person for one order; `steps`: (after so many seconds, what it says)."""

    incident_id: str
    order_id: str
    person_id: str
    drill: bool
    steps: deque[tuple[float, ReceiptState]] = field(default_factory=deque)
    left_s: float = 0.0
    place: tuple[float, float] | None = None
    """Where it drives to before it says ON_SCENE; None: it says so after its time."""


@dataclass
class _Recall:
    incident_id: str
    order_id: str
    reads_after_s: float | None
    elapsed_s: float = 0.0


class CrewHandsets:
    """`follow` after each change of an incident, `tick` ten times a second."""

    def __init__(
        self, book: IncidentBook, city: Surroundings, drivers: Drivers, settings: Settings
    ) -> None:
        self._book, self._city = book, city
        self._drivers, self._settings = drivers, settings
        self._answers: dict[tuple[str, str], _Answer] = {}
        self._recalls: dict[str, _Recall] = {}

    # ---- what there is to answer --------------------------------------------------------------

    def follow(self, incident: Incident) -> None:
        """Begins what has been sent, ends what was recalled."""
        if incident.state not in _LIVE:
            for order in incident.orders:
                self._forget(order.order_id, order.unit_id)
            for message in incident.messages:
                for person_id in message.to:
                    self._forget(message.order_id, person_id)
            return
        for order in incident.orders:
            self._follow_order(incident, order)
        for message in incident.messages:
            self._follow_message(incident, message)

    def _follow_order(self, incident: Incident, order: IncidentOrder) -> None:
        mark = (order.order_id, order.unit_id)
        if order.state is OrderState.RECALLING:
            self._begin_recall(incident, order.order_id, (order.unit_id,))
        elif order.state not in _OUT:
            self._forget(*mark)
        elif mark not in self._answers and not self._is_over(order.order_id, order.unit_id):
            place = None if incident.drill else (order.lon_deg, order.lat_deg)
            steps = self._crew_steps(incident, order)
            self._begin(_Answer(incident.incident_id, *mark, incident.drill, steps, place=place))

    def _follow_message(self, incident: Incident, message: IncidentMessage) -> None:
        if message.state is OrderState.RECALLING:
            self._begin_recall(incident, message.order_id, message.to)
        for person_id in message.to:
            mark = (message.order_id, person_id)
            if message.state not in _OUT:
                self._answers.pop(mark, None)
            elif mark not in self._answers and not self._is_over(*mark):
                steps = self._person_steps(message, person_id)
                self._begin(_Answer(incident.incident_id, *mark, incident.drill, steps))

    def _is_over(self, order_id: str, person_id: str) -> bool:
        last = (ReceiptState.DECLINED, ReceiptState.DONE)
        return any(one.unit_id == person_id and one.state in last
                   for one in self._book.receipts(order_id))  # fmt: skip

    def _begin(self, answer: _Answer) -> None:
        """Goes on behind what it has said already."""
        said = {one.state for one in self._book.receipts(answer.order_id)
                if one.unit_id == answer.person_id}  # fmt: skip
        while answer.steps and answer.steps[0][1] in said:
            answer.steps.popleft()
        answer.left_s = answer.steps[0][0] if answer.steps else 0.0
        if answer.place is not None and ReceiptState.ON_SCENE in said:  # of the start before
            self._drivers.send(answer.person_id, answer.order_id, *answer.place)
        self._answers[answer.order_id, answer.person_id] = answer

    def _begin_recall(self, incident: Incident, order_id: str, people: Iterable[str]) -> None:
        if order_id in self._recalls:
            return
        reads = [s for one in people if (s := self._reads_recall_s(order_id, one)) is not None]
        self._recalls[order_id] = _Recall(
            incident.incident_id, order_id, min(reads) if reads else None
        )

    # ---- how somebody answers -----------------------------------------------------------------

    def _chance(self, *words: str) -> Random:
        return Random(crc32("|".join((str(self._city.seed), *words)).encode()))

    def _crew_steps(
        self, incident: Incident, order: IncidentOrder
    ) -> deque[tuple[float, ReceiptState]]:
        steps = self._said_steps(order.unit_id)
        if not incident.drill and not self._hears(order.unit_id):
            return deque()
        if not steps or steps[-1][1] is not ReceiptState.ACCEPTED:
            return steps
        chance = self._chance(order.order_id)
        way_s = (order.eta_min or 8.0) * 60 + _TURN_OUT_S[0] if incident.drill else 0.0
        steps.append((way_s, ReceiptState.ON_SCENE))
        steps.append((chance.uniform(*_WORK_S), ReceiptState.DONE))
        return steps

    def _hears(self, unit_id: str) -> bool:
        return self._settings.is_given(unit_id) or self._drivers.can_hear(unit_id)

    def _said_steps(self, person_id: str) -> deque[tuple[float, ReceiptState]]:
        """Delivered, read, accepted or declined: each so long after the one before."""
        manner = self._settings.manner(person_id, self._city.seed)
        last = ReceiptState.DECLINED if manner.declines else ReceiptState.ACCEPTED
        moments = ((manner.delivered_s, ReceiptState.DELIVERED), (manner.read_s, ReceiptState.READ),
                   (manner.taken_s, last))  # fmt: skip
        steps: deque[tuple[float, ReceiptState]] = deque()
        elapsed_s = 0.0
        for moment_s, state in moments:
            if moment_s is None:
                break
            steps.append((moment_s - elapsed_s, state))
            elapsed_s = moment_s
        return steps

    def _person_steps(
        self, message: IncidentMessage, person_id: str
    ) -> deque[tuple[float, ReceiptState]]:
        """A text message tells that it has arrived, no more; a call is picked up or not."""
        manner = self._settings.manner(person_id, self._city.seed)
        if message.channel is Channel.SMS:
            return deque([(manner.delivered_s, ReceiptState.DELIVERED)] if manner.delivered_s
                         else [])  # fmt: skip
        if message.channel is not Channel.VOICE:
            return self._said_steps(person_id)
        if manner.delivered_s is None:
            return deque([(1.0, ReceiptState.UNANSWERED)])
        if manner.read_s is None or manner.taken_s is None:
            return deque([(0.6, ReceiptState.RINGING), (20.0, ReceiptState.UNANSWERED)])
        return deque([(0.6, ReceiptState.RINGING), (5.0, ReceiptState.CONNECTED)])

    def _reads_recall_s(self, order_id: str, person_id: str) -> float | None:
        manner = self._settings.manner(person_id, self._city.seed)
        if manner.delivered_s is None:
            return None
        return self._chance("recall", order_id, person_id).uniform(*_READS_RECALL_S)

    # ---- time ---------------------------------------------------------------------------------

    def tick(self, seconds_s: float) -> dict[str, list[Receipt]]:
        """What came in, by incident."""
        passed_s = seconds_s * self._settings.speed
        found: dict[str, list[Receipt]] = {}
        for answer in self._answers.values():
            self._go_on(answer, passed_s, found.setdefault(answer.incident_id, []))
        return {incident_id: receipts for incident_id, receipts in found.items() if receipts}

    def _go_on(self, answer: _Answer, passed_s: float, receipts: list[Receipt]) -> None:
        answer.left_s -= passed_s
        while answer.steps and answer.left_s <= 0:
            state = answer.steps[0][1]
            if state is ReceiptState.ON_SCENE and not self._is_on_scene(answer):
                return
            answer.steps.popleft()
            answer.left_s += answer.steps[0][0] if answer.steps else 0.0
            receipts.append(self._receipt(answer, state))
            if state is ReceiptState.DONE and answer.place is not None:
                self._let_go(answer)

    def _is_on_scene(self, answer: _Answer) -> bool:
        """Sends it off once it is free; a crew of several sites takes them one by one."""
        if answer.place is None:
            return True
        errand = self._drivers.errand_of(answer.person_id)
        if errand is None:
            wait_s = self._chance("out", answer.order_id).uniform(*_TURN_OUT_S)
            self._drivers.send(answer.person_id, answer.order_id, *answer.place, wait_s)
            return False
        is_there = errand[0] == answer.order_id and errand[1] <= 0.0
        if is_there:
            answer.left_s = 0.0  # the work begins now
        return is_there

    def _receipt(self, answer: _Answer, state: ReceiptState) -> Receipt:
        note = _NO if state is ReceiptState.DECLINED else ""
        if answer.drill:
            note = f"{_DRILL_NOTE} {note}".strip()
        unit = self._city.unit(answer.person_id)
        return Receipt(unit_id=answer.person_id, state=state, at=self._city.now(),
                       by=unit.name if unit is not None else "", note=note,
                       order_id=answer.order_id)  # fmt: skip

    def settled_recalls(self, seconds_s: float) -> dict[str, dict[str, OrderState]]:
        """By incident: order_id -> read, or unread when its limit is over."""
        found: dict[str, dict[str, OrderState]] = {}
        for order_id, recall in list(self._recalls.items()):
            recall.elapsed_s += seconds_s * self._settings.speed
            after_s = recall.reads_after_s
            if after_s is not None and recall.elapsed_s >= after_s:
                state = OrderState.RECALLED
            elif recall.elapsed_s >= RECALL_LIMIT_S:
                state = OrderState.RECALL_UNREAD
            else:
                continue
            del self._recalls[order_id]
            found.setdefault(recall.incident_id, {})[order_id] = state
        return found

    # ---- the end ------------------------------------------------------------------------------

    def _let_go(self, answer: _Answer) -> None:
        errand = self._drivers.errand_of(answer.person_id)
        if errand is not None and errand[0] == answer.order_id:
            self._drivers.free(answer.person_id)

    def _forget(self, order_id: str, unit_id: str) -> None:
        answer = self._answers.pop((order_id, unit_id), None)
        if answer is not None and answer.place is not None:
            self._let_go(answer)
