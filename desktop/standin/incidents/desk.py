"""The incident desk of the platform: commands in, effects out, what time and crews bring."""

import asyncio
import logging
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from desktop.domain.emergency.incidents import (
    Incident,
    IncidentEvent,
    IncidentState,
    OrderState,
)
from desktop.domain.levels import WarningLevel
from desktop.domain.outreach import Receipt, ReceiptState
from desktop.standin.broker import PREFIX
from desktop.standin.fleet import Fleet
from desktop.standin.incidents import clocks, levels
from desktop.standin.incidents.book import IncidentBook
from desktop.standin.incidents.chain import Line
from desktop.standin.incidents.commands import IncidentCommands
from desktop.standin.incidents.handsets import CrewHandsets
from desktop.standin.incidents.journal import Effect, Journal
from desktop.standin.incidents.outward import Outward, Post
from desktop.standin.incidents.settings import Settings
from desktop.standin.incidents.surroundings import Surroundings
from desktop.standin.ledger import Ledger

log = logging.getLogger(__name__)

_TICK_S = 0.1
_HEAD_S = 2.0
_CLOCKS_S = 1.0
_RECEIPT_WORDS = {
    ReceiptState.DELIVERED: "已送达", ReceiptState.READ: "已读", ReceiptState.ACCEPTED: "已接受",
    ReceiptState.DECLINED: "谢绝", ReceiptState.ON_SCENE: "已到场", ReceiptState.DONE: "处置完成",
    ReceiptState.RINGING: "振铃", ReceiptState.CONNECTED: "已接通",
    ReceiptState.UNANSWERED: "无人接听",
}  # fmt: skip
_BACK = (OrderState.RECALLING,)


class IncidentDesk:
    """Everything of incidents, wired once. One thread: the loop's."""

    def __init__(
        self, state: Path, city: Surroundings, fleet: Fleet, ledger: Ledger, post: Post
    ) -> None:
        self.settings = Settings()
        self.book = IncidentBook(Journal(state / "incidents.jsonl"))
        self.commands = IncidentCommands(self.book, city, ledger, self.settings, self._mark_alarms)
        self._city, self._fleet, self._post = city, fleet, post
        self._handsets = CrewHandsets(self.book, city, fleet, self.settings)
        self._outward = Outward(self.book, post, ledger)
        self._since_head_s = self._since_clocks_s = 0.0
        self._done: dict[str, set[str]] = {}
        self.book.on_commit(self._committed)

    def begin(self) -> None:
        """Takes up what ran when the platform ended."""
        self._fleet.step(0.0, self._city.now())  # who is on duty
        self._outward.restore()
        for incident in self.book.open():
            self._handsets.follow(incident)
            for order in incident.orders:
                if self.book.has_said(order.order_id, ReceiptState.DONE):
                    self._done.setdefault(incident.incident_id, set()).add(order.order_id)

    async def run(self) -> None:
        """Never returns."""
        before = time.monotonic()
        while True:
            await asyncio.sleep(_TICK_S)
            now = time.monotonic()
            try:
                self.tick(min(now - before, 2.0))
            except Exception:  # a fault of one incident must not stop the city
                log.exception("incidents")
            before = now

    def tick(self, seconds_s: float) -> None:
        """What has come in, what has run out, what is told."""
        self._fleet.hurry = self.settings.speed
        at = self._city.now()
        for incident_id, receipts in self._handsets.tick(seconds_s).items():
            self._take_receipts(incident_id, receipts, at)
        for incident_id, states in self._handsets.settled_recalls(seconds_s).items():
            self._take_recalls(incident_id, states, at)
        for incident in self.book.open():
            self._let_time_pass(incident, at)
        self._since_clocks_s += seconds_s
        if self._since_clocks_s >= _CLOCKS_S:
            self._since_clocks_s = 0.0
            self._look_at_clocks(at)
        self._outward.check()
        self._since_head_s += seconds_s
        if self._since_head_s >= _HEAD_S:
            self._since_head_s = 0.0
            self.tell_head(at)

    # ---- what is told -------------------------------------------------------------------------

    def _committed(self, event: IncidentEvent, effects: Sequence[Effect]) -> None:
        try:
            self._post.raw(f"{PREFIX}/incident/event", msgspec.json.encode(event), 1)
        except ValueError as error:  # too long for MQTT: the head says that there is one more
            log.info("incident event %d goes by REST only: %s", event.seq, error)
        self._outward.carry_out(effects)
        self._handsets.follow(event.incident)

    def tell_head(self, at: datetime) -> None:
        counts = {level.value: 0 for level in WarningLevel}
        for incident in self.book.open():
            if not incident.drill:
                counts[incident.level.warning.value] += 1
        head = {"epoch": self.book.epoch, "seq": self.book.seq, "at": at, "open": counts}
        self._post.raw(f"{PREFIX}/incident/head", msgspec.json.encode(head), 1, True)

    def _mark_alarms(self, incident: Incident) -> None:
        if not incident.drill:
            for alarm_id in incident.alarm_ids:
                self._city.mark_alarm(alarm_id, incident.incident_id)

    # ---- what comes in ------------------------------------------------------------------------

    def _take_receipts(self, incident_id: str, receipts: list[Receipt], at: datetime) -> None:
        incident = self.book.get(incident_id)
        names = {order.unit_id: order.unit_name for order in incident.orders}
        for message in incident.messages:
            names |= dict(zip(message.to, message.names, strict=False))
        lines = [
            Line("receipt", f"{one.note and one.note + '：'}{names.get(one.unit_id, one.unit_id)}"
                 f" {_RECEIPT_WORDS[one.state]}", names.get(one.unit_id, ""), one.order_id)
            for one in receipts
        ]  # fmt: skip
        self.book.receive(incident_id, receipts, lines, at)
        for one in receipts:
            facts = {"unit_id": one.unit_id, "state": one.state.value, "at": one.at,
                     "by": one.by, "note": one.note}  # fmt: skip
            topic = f"{PREFIX}/receipt/{one.order_id}"
            self._post.raw(topic, msgspec.json.encode(facts), 1)
            if one.state is ReceiptState.DONE:
                self._done.setdefault(incident_id, set()).add(one.order_id)
        self._move_clocks(incident, at)

    def _take_recalls(self, incident_id: str, states: dict[str, OrderState], at: datetime) -> None:
        incident = self.book.get(incident_id)
        orders = tuple(
            replace(one, state=states.get(one.order_id, one.state)) for one in incident.orders
        )
        messages = tuple(
            replace(one, state=states.get(one.order_id, one.state)) for one in incident.messages
        )
        who = {one.order_id: one.unit_name for one in orders}
        who |= {one.order_id: f"通知（{'、'.join(one.names[:2])}…）" for one in messages}
        lines = [
            Line("recall_state", f"{who.get(order_id, order_id)}"
                 f" {'已读撤回' if state is OrderState.RECALLED else '未读撤回，时限已过'}",
                 ref=order_id)
            for order_id, state in states.items()
        ]  # fmt: skip
        changed = replace(incident, orders=orders, messages=messages)
        self.book.commit(changed, "recalled", at, lines)

    # ---- what time brings ---------------------------------------------------------------------

    def _let_time_pass(self, incident: Incident, at: datetime) -> None:
        if incident.second_until is not None and at > incident.second_until:
            self._expire(incident, at)
        elif incident.state is IncidentState.STANDING_DOWN:
            items = (*incident.orders, *incident.messages)
            if not any(one.state in _BACK for one in items):
                self._close(incident, at)

    def _expire(self, incident: Incident, at: datetime) -> None:
        changed = replace(incident, second_until=None, revision=incident.revision + 1)
        if incident.asked is not None:
            act = levels.expired(changed, at)
            self.book.commit(act.incident, "level_expired", at, act.lines)
            return
        line = Line("expired", "第二人没有在时限内批准，没有发出任何内容")
        self.book.commit(replace(changed, state=IncidentState.EXPIRED), "expired", at, [line])

    def _close(self, incident: Incident, at: datetime) -> None:
        told = {"T6": at, **incident.clocks}  # lifted is cleared, unless somebody told it before
        revision = incident.revision + 1
        closed = replace(incident, state=IncidentState.CLOSED, revision=revision, clocks=told)
        line = Line("closed", "响应已解除，队伍已解锁", ref=incident.incident_id)
        self.book.commit(closed, "closed", at, [line])

    def _look_at_clocks(self, at: datetime) -> None:
        """Once a second: what is done and what is under the line; many crews in one event."""
        for incident in self.book.open():
            done = self._done.pop(incident.incident_id, set())
            orders = tuple(
                replace(one, state=OrderState.DONE)
                if one.order_id in done and one.state is OrderState.SENT else one
                for one in incident.orders
            )  # fmt: skip
            if orders != incident.orders:
                incident = self.book.commit(replace(incident, orders=orders), "done", at)
            self._move_clocks(incident, at)

    def _move_clocks(self, incident: Incident, at: datetime) -> None:
        """By receipts and by the points: no new revision, but an event."""
        moved = clocks.moved(incident, self.book.receipts, self._city.alarm, at)
        if moved:
            lines = [Line("clock", f"{name} {clocks.WORDS[name]}", ref=name) for name in moved]
            changed = replace(incident, clocks=dict(incident.clocks) | moved)
            self.book.commit(changed, "clock", at, lines)
