"""Alarm events from a real broker into the journal, each acknowledged after its commit.

The peer is a bare subscriber on the same broker that acknowledges and counts and does nothing
else. Both find the same events waiting in a persistent session.
"""

import asyncio
import json
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from desktop.clock import SystemClock
from desktop.feeds import alarms
from desktop.link.ingest import Arrived, Batch
from desktop.link.mqtt import Account, LineSpec, MqttLine
from local_db.journal import Position
from tests.integration.link.parts import EPOCH, PREFIX, Broker, Publisher, alarm
from tests.unit.link.fakes import make_ingest

EVENTS = 6_000
TOPIC = f"{PREFIX}/alarm/event"
LIMIT_S = 15.0


def measure() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as name:
        broker = Broker(Path(name))
        try:
            for client_id in ("peer", "desk"):
                _open_session(broker.port, client_id)
            _publish(broker.port)
            peer_s = _count(broker.port)
            ours_s, commits = asyncio.run(_ingest(broker.port, Path(name) / "journal.db"))
        finally:
            broker.kill()
    return {
        "events_per_s": round(EVENTS / ours_s),
        "counting_peer_events_per_s": round(EVENTS / peer_s),
        "ratio": round(peer_s / ours_s, 2),
        "events_per_commit": round(EVENTS / commits, 1),
    }


def _client(client_id: str) -> mqtt.Client:
    return mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=client_id, protocol=mqtt.MQTTv5)


def _connect(client: mqtt.Client, port: int) -> None:
    properties = Properties(PacketTypes.CONNECT)
    properties.SessionExpiryInterval = 3600
    properties.ReceiveMaximum = 500
    client.connect("127.0.0.1", port, clean_start=False, properties=properties)
    client.loop_start()


def _open_session(port: int, client_id: str) -> None:
    subscribed = threading.Event()
    client = _client(client_id)
    client.on_connect = lambda *_: client.subscribe(TOPIC, 1)
    client.on_subscribe = lambda *_: subscribed.set()
    _connect(client, port)
    assert subscribed.wait(LIMIT_S)
    client.disconnect()
    client.loop_stop()


def _publish(port: int) -> None:
    publisher = Publisher(port)
    sent = []
    for number in range(EVENTS):
        changed = alarm(number % 500, number + 1)
        event = {"epoch": EPOCH, "seq": number + 1, "kind": "updated", "at": changed["updated_at"]}
        sent.append(publisher.raw("alarm/event", json.dumps(event | {"alarm": changed})))
    for message in sent:
        message.wait_for_publish(LIMIT_S)
    publisher.stop()


def _count(port: int) -> float:
    """Seconds until the bare subscriber has seen them all."""
    seen, all_seen = 0, threading.Event()

    def arrived(*_: Any) -> None:
        nonlocal seen
        seen += 1
        if seen == EVENTS:
            all_seen.set()

    client = _client("peer")
    client.on_message = arrived
    start_s = time.perf_counter()
    _connect(client, port)
    assert all_seen.wait(LIMIT_S), f"{seen} arrived"
    took_s = time.perf_counter() - start_s
    client.disconnect()
    client.loop_stop()
    return took_s


async def _ingest(port: int, path: Path) -> tuple[float, int]:
    """Seconds until all are committed, and in how many commits."""
    batches: asyncio.Queue[Batch] = asyncio.Queue()
    journal, ingest = make_ingest(path, batches.put_nowait)
    ingest.start()
    await ingest.take_snapshot(Position(EPOCH, 0), [], set(), True)
    account = Account("127.0.0.1", port, "desk", "", False)
    line = MqttLine(
        LineSpec("desk", ((TOPIC, 1),), True),
        lambda: account,
        None,
        lambda topic, payload, ack: ingest.put(Arrived(alarms.FEED, topic, payload, ack)),
        lambda condition, text: None,
        SystemClock(),
    )
    start_s = time.perf_counter()
    stored = commits = 0
    async with asyncio.timeout(LIMIT_S), asyncio.TaskGroup() as group:
        running = group.create_task(line.run())
        while stored < EVENTS:
            stored += len((await batches.get()).events)
            commits += 1
        took_s = time.perf_counter() - start_s
        running.cancel()
    await asyncio.to_thread(ingest.stop)
    journal.close()
    return took_s, commits
