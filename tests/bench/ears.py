"""Where a message is on its way: listeners beside the desk, for the hops of a measurement.

One hears what the broker gives out, one what the link tells its stations. Both only look for
some bytes, so that they are no load themselves; they count from the monotonic clock.
"""

import socket
import threading
import time
from typing import Any

import paho.mqtt.client as mqtt

from desktop.domain.framing import FrameSplitter
from tests.command_center import CommandCenter, called

_READ_BYTES = 256 * 1024
_LIMIT_S = 15.0


class Ears:
    """`expect` some bytes; `heard_s` says when each ear heard them first."""

    def __init__(self, center: CommandCenter) -> None:
        self._wanted = b""
        self._heard_s: dict[str, float] = {}
        self._lock = threading.Lock()
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(center.profile / "link.sock"))
        self._client = _subscriber(center, lambda payload: self._hear("broker", payload))
        threading.Thread(target=self._listen, name="ears", daemon=True).start()

    def expect(self, wanted: bytes) -> None:
        with self._lock:
            self._wanted, self._heard_s = wanted, {}

    def heard_s(self) -> dict[str, float]:
        """By ear: broker, link. Monotonic seconds."""
        with self._lock:
            return dict(self._heard_s)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()
        self._socket.close()

    def _hear(self, ear: str, data: bytes) -> None:
        if self._wanted and self._wanted in data:
            with self._lock:
                self._heard_s.setdefault(ear, time.perf_counter())

    def _listen(self) -> None:
        splitter = FrameSplitter()
        try:
            while data := self._socket.recv(_READ_BYTES):
                for body in splitter.feed(data):
                    self._hear("link", body)
        except OSError:
            return  # closed


def _subscriber(center: CommandCenter, hear: Any) -> mqtt.Client:
    base = str(center.runtime()["platform_url"])
    account = called(f"{base}/demo/accounts")[0]
    words = {"username": account["username"], "password": account["password"]}
    broker = called(f"{base}/auth/token", words)["mqtt"]
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, "ears", protocol=mqtt.MQTTv5)
    client.username_pw_set(broker["username"], broker["password"])
    subscribed = threading.Event()
    client.on_connect = lambda *_: client.subscribe(f"{broker['prefix']}/alarm/event", 0)
    client.on_subscribe = lambda *_: subscribed.set()
    client.on_message = lambda _client, _facts, message: hear(message.payload)
    client.connect(broker["host"], broker["port"])
    client.loop_start()
    if not subscribed.wait(_LIMIT_S):
        raise RuntimeError("the broker gives no subscription")
    return client
