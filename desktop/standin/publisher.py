"""The stand-in's voice on MQTT: events, head, telemetry, presence."""

import logging
from datetime import datetime
from typing import Any

import msgspec
from paho.mqtt.client import Client, MQTTv5
from paho.mqtt.enums import CallbackAPIVersion

from desktop.domain.alarms import AlarmEvent
from desktop.domain.levels import WarningLevel
from desktop.standin.alarm_book import AlarmBook
from desktop.standin.broker import MOST_BYTES, PREFIX, Broker
from desktop.standin.water import Water

log = logging.getLogger(__name__)

HEAD_PERIOD_S = 2.0
TELEMETRY_PERIOD_S = 5.0
_PACKET_HEAD_BYTES = 64


class Publisher:
    """paho keeps what the broker has not acknowledged and sends it again after a reconnect."""

    def __init__(self, broker: Broker, book: AlarmBook) -> None:
        self._broker = broker
        self._book = book
        self._client = Client(CallbackAPIVersion.VERSION2, "platform", protocol=MQTTv5)
        self._client.username_pw_set(broker.platform.username, broker.platform.password)
        self._client.will_set(f"{PREFIX}/platform/status", "offline", 1, retain=True)
        self._client.max_queued_messages_set(0)
        self._client.max_inflight_messages_set(200)
        self._client.reconnect_delay_set(1, 2)
        self._client.on_connect = self._greet

    def start(self) -> None:
        self._client.connect_async("127.0.0.1", self._broker.port, keepalive=5)
        self._client.loop_start()

    def stop(self) -> None:
        """Blocks shortly: not for the loop."""
        self._client.disconnect()
        self._client.loop_stop()

    def event(self, event: AlarmEvent) -> None:
        self.raw(f"{PREFIX}/alarm/event", msgspec.json.encode(event), qos=1)

    def head(self, at: datetime) -> None:
        book = self._book
        counts = {level.value: 0 for level in WarningLevel}
        for alarm in book.open_alarms():
            counts[alarm.level.value] += 1
        self._send("alarm/head", {"epoch": book.epoch, "seq": book.seq, "at": at, "open": counts})

    def telemetry(self, water: Water, at: datetime) -> None:
        for point_id, gauge in water.gauges.items():
            reading = {"at": at, "metrics": {"level_m": gauge.measured_m}, "quality": "good",
                       "battery": 0.87}  # fmt: skip
            self._send(f"telemetry/water_level/{point_id}", reading, qos=0)

    def raw(self, topic: str, payload: bytes, qos: int = 0, retain: bool = False) -> None:
        """Raises ValueError for a topic that cannot be, and for more than a broker takes.

        The broker would end the connection, and paho would send the same again for ever.
        """
        if not topic or "\0" in topic:
            raise ValueError("not a topic")
        if len(payload) + len(topic.encode()) + _PACKET_HEAD_BYTES > MOST_BYTES:
            raise ValueError(f"{len(payload)} bytes are more than the broker takes")
        self._client.publish(topic, payload, qos, retain)

    def _send(self, topic: str, content: dict[str, Any], qos: int = 1) -> None:
        if self._client.is_connected():  # a retained value that is late is of no use
            self.raw(f"{PREFIX}/{topic}", msgspec.json.encode(content), qos, retain=True)

    def _greet(self, client: Client, *_: Any) -> None:
        client.publish(f"{PREFIX}/platform/status", "online", 1, retain=True)
