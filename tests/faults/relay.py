"""A second broker between the city and the desk, and in between somebody who meddles.

    with Relay.with_city(tmp_path) as (relay, city): ...
        relay.meddle(Thrice())          # what becomes of alarm events from now on
        relay.publish("alarm/event", b"...")   # to the desk only, of any size

City and both brokers are real; only what passes from one to the other is touched. Heads,
telemetry and the rest pass unchanged, so that the desk can compare.
"""

import contextlib
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import paho.mqtt.client as mqtt

from desktop.standin.accounts import DEMO_PASSWORD
from tests.command_center import called
from tests.faults.rig import PREFIX, City
from tests.integration.link.parts import Broker

EVENT_TOPIC = f"{PREFIX}/alarm/event"
Meddle = Callable[[bytes], list[bytes]]
"""One event of the platform -> what is published in its place, now."""


def honest(payload: bytes) -> list[bytes]:
    return [payload]


def thrice(payload: bytes) -> list[bytes]:
    return [payload] * 3


class Dropped:
    """Every so manieth event is lost."""

    def __init__(self, every: int) -> None:
        self._every = every
        self.lost: list[bytes] = []
        self._seen = 0

    def __call__(self, payload: bytes) -> list[bytes]:
        self._seen += 1
        if self._seen % self._every:
            return [payload]
        self.lost.append(payload)
        return []


class Shuffled:
    """So many events are held and then given out in another order."""

    def __init__(self, within: int, seed: int) -> None:
        self._within = within
        self._chance = random.Random(seed)
        self.held: list[bytes] = []

    def __call__(self, payload: bytes) -> list[bytes]:
        self.held.append(payload)
        if len(self.held) < self._within:
            return []
        given, self.held = self.held, []
        self._chance.shuffle(given)
        return given


class Relay:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.broker = Broker(folder)
        self._lock = threading.Lock()
        self._meddle: Meddle = honest
        self._to = _client("relay-to")
        self._from = _client("relay-from")
        self._from.on_message = self._arrived
        self._from.on_subscribe = lambda *_: self._subscribed.set()
        self._subscribed = threading.Event()
        self._to.connect("127.0.0.1", self.broker.port)
        self._to.loop_start()

    @classmethod
    @contextlib.contextmanager
    def with_city(cls, folder: Path) -> Iterator[tuple[Self, City]]:
        """The city's desks are told the relay's broker."""
        with (
            cls(folder / "relay") as relay,
            City(folder / "city", advertised_mqtt_port=relay.broker.port) as city,
        ):
            relay.listen_to(city)
            yield relay, city

    def listen_to(self, city: City) -> None:
        body = {"username": "zhouyan", "password": DEMO_PASSWORD}
        account = called(f"{city.url}/auth/token", body)["mqtt"]
        self._from.username_pw_set(account["username"], account["password"])
        self._from.on_connect = lambda client, *_: client.subscribe(f"{PREFIX}/#", 1)
        self._from.connect("127.0.0.1", city.mqtt_port)
        self._from.loop_start()
        assert self._subscribed.wait(10.0), "the relay hears the city"

    def meddle(self, meddle: Meddle) -> None:
        with self._lock:
            self._meddle = meddle

    def publish(self, topic: str, payload: bytes | str, qos: int = 1) -> None:
        """Returns when the broker has it."""
        self._to.publish(f"{PREFIX}/{topic}", payload, qos).wait_for_publish(30.0)

    def _arrived(self, client: mqtt.Client, userdata: object, message: mqtt.MQTTMessage) -> None:
        if message.topic != EVENT_TOPIC:
            self._to.publish(message.topic, message.payload, message.qos, retain=True)
            return
        with self._lock:
            for payload in self._meddle(bytes(message.payload)):
                self._to.publish(EVENT_TOPIC, payload, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for client in (self._from, self._to):
            client.disconnect()
            client.loop_stop()
        self.broker.kill()


def _client(client_id: str) -> mqtt.Client:
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id)
    client.max_queued_messages_set(0)
    client.max_inflight_messages_set(500)
    return client
