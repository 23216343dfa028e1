"""python -m tests.faults.headless_station PROFILE RECORD: a station without its window.

The real link client, alarm store and log of what was raised, driven by lines of JSON:
{"do": "state" | "alarms" | "sign_in" | "order", ...}, one line answers each.
RECORD gets a line for each
    event that arrived                        {"event": [epoch, seq, kind, alarm_id]}
    alarm that came into or left the list     {"drawn": id}, {"gone": id}
    new list                                  {"list": count}
    order that is given                       {"given": id}
    word about an order                       {"order": [id, condition, text]}
    end of one, for the person who gave it    {"outcome": [id, ""]}, or the words that were shown
and SIGKILL loses none of them.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import msgspec
import qasync
from PySide6.QtCore import QCoreApplication, QObject

from desktop.clock import SystemClock
from desktop.commands.incidents import incident_order
from desktop.commands.orders import LinkOrders
from desktop.domain.alarms import AlarmEvent
from desktop.domain.link_messages import Order, OrderState, ServiceState
from desktop.domain.permissions import Action
from desktop.errors import PlatformError
from desktop.lifeline import die_with_parent
from desktop.settings import socket_path
from desktop.shell.room import link_client
from desktop.stores.keyed import Delta
from desktop.stores.raised_log import RaisedLog
from desktop.tasks import TaskScope


class Station:
    def __init__(self, profile: Path, record: Path, owner: QObject) -> None:
        self._file = record.open("w", encoding="utf-8", buffering=1)
        self._client = link_client(socket_path(profile, "link.sock"), owner)
        self._stores = self._client.stores
        self._orders = LinkOrders(self._client, self._stores.session, owner)
        self._raised = RaisedLog(self._stores.alarms, SystemClock(), owner)
        self._scope = TaskScope(owner)
        self._stores.alarms.event_arrived.connect(self._on_event)
        self._stores.alarms.changed.connect(self._on_delta)
        self._client.snapshot_completed.connect(self._on_list)
        self._client.order_changed.connect(self._on_order)
        self._client.start()

    def answer(self, line: bytes) -> None:
        self._scope.spawn(self._answer(json.loads(line)), name="answer")

    def _give(self, order: Order) -> bool:
        if not self._client.is_connected:
            return False
        self._note(given=order.order_id)
        self._scope.spawn(self._carry(order), name="order")
        return True

    async def _carry(self, order: Order) -> None:
        said = ""
        try:
            await self._orders.carry(order)
        except PlatformError as error:
            said = error.operator_text
        self._note(outcome=[order.order_id, said])

    async def _answer(self, order: dict[str, Any]) -> None:
        match order.pop("do"):
            case "alarms":
                reply = {"open": self._open(), "raised": len(self._raised.alarms())}
            case "order":
                reply = {"sent": self._give(Order(**order))}
            case "incident":
                reply = {"order_id": self._give_incident(**order)}
            case "incidents":
                reply = self._incidents()
            case "confirm":
                reply = await self._confirm(**order)
            case "sign_in":
                reply = await self._sign_in(**order)
            case _:
                reply = self._state()
        sys.stdout.write(json.dumps(reply, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def _give_incident(
        self, verb: str, incident_id: str, body: dict[str, Any], ttl_s: float = 0.0
    ) -> str:
        """As LinkOrders.incident does it; gives the id, "" where no link is there."""
        seen = self._stores.incidents.get(incident_id)
        order = incident_order(verb, incident_id, body, seen)
        if ttl_s:
            order = msgspec.structs.replace(order, ttl_s=ttl_s)
        return order.order_id if self._give(order) else ""

    def _incidents(self) -> dict[str, Any]:
        store = self._stores.incidents
        rows = {i: [one.epoch, one.seq, one.revision, one.state.value, one.title]
                for i, one in store.items().items()}  # fmt: skip
        names = [o.order_id for one in store.items().values() for o in (*one.orders, *one.messages)]
        receipts = {n: {who: len(some) for who, some in store.receipts(n).items()} for n in names}
        return {"items": rows, "receipts": receipts, "offered": store.offered}

    async def _confirm(self, password: str, action: str) -> dict[str, str]:
        try:
            await self._orders.confirm(password, Action(action))
        except PlatformError as error:
            return {"refused": error.operator_text}
        return {"refused": ""}

    async def _sign_in(self, username: str, password: str) -> dict[str, str]:
        try:
            await self._orders.sign_in(username, password)
        except PlatformError as error:
            return {"user": "", "refused": error.operator_text}
        user = self._stores.session.user
        return {"user": user.user_id if user else ""}

    def _open(self) -> dict[str, list[Any]]:
        rows = self._stores.alarms.items().values()
        return {a.alarm_id: [a.epoch, a.seq, a.revision, a.state.value] for a in rows}

    def _state(self) -> dict[str, Any]:
        health, user = self._stores.health.health, self._stores.session.user
        lights = {"mqtt": health.mqtt, "rest": health.rest, "storage": health.storage}
        feeds = {
            name: {"freshness": feed.freshness.value}
            | {f: getattr(feed, f) for f in feed.__struct_fields__ if f not in _NO_COUNTERS}
            for name, feed in health.feeds.items()
        }
        return {
            "linked": self._stores.health.link_connected,
            "snapshot": self._client.is_connected and self._client.has_snapshot,
            "user": user.user_id if user else "",
            "feeds": feeds,
            "outbox": {"pending": health.outbox.pending, "expired": health.outbox.expired},
            "clock_offset_s": health.clock_offset_s,
            "storage_word": health.storage_word,
            "storage_notices": {n.key: [n.title, n.text, n.urgent] for n in health.storage_notices},
        } | _told_by(lights)

    def _on_event(self, event: AlarmEvent) -> None:
        self._note(event=[event.epoch, event.seq, event.kind, event.alarm.alarm_id])

    def _on_delta(self, delta: Delta) -> None:
        for alarm_id in delta.added:
            self._note(drawn=alarm_id)
        for alarm_id in delta.removed:
            self._note(gone=alarm_id)

    def _on_list(self) -> None:
        self._note(list=len(self._stores.alarms.items()))

    def _on_order(self, state: OrderState) -> None:
        self._note(order=[state.order_id, state.condition.value, state.text])

    def _note(self, **facts: Any) -> None:
        self._file.write(json.dumps(facts, ensure_ascii=False) + "\n")


_NO_COUNTERS = ("freshness",)


def _told_by(lights: dict[str, ServiceState]) -> dict[str, Any]:
    conditions = {name: light.condition.value for name, light in lights.items()}
    texts = {f"{name}_text": light.text for name, light in lights.items()}
    return conditions | texts | {"rest_wait_s": lights["rest"].wait_s}


def main() -> None:
    die_with_parent()
    app = QCoreApplication(sys.argv)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    held = bytearray()

    async def run() -> None:
        station = Station(Path(sys.argv[1]), Path(sys.argv[2]), app)
        ended = asyncio.Event()

        def read() -> None:
            data = os.read(0, 65536)
            if not data:
                ended.set()
            held.extend(data)
            while (end := held.find(b"\n")) >= 0:
                line = bytes(held[:end])
                del held[: end + 1]
                station.answer(line)

        loop.add_reader(0, read)
        await ended.wait()

    with loop:
        loop.run_until_complete(run())


if __name__ == "__main__":
    main()
