"""The stand-in's voice on MQTT: events, head, telemetry, presence."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zlib import crc32

import msgspec
from paho.mqtt.client import Client, MQTTMessageInfo, MQTTv5, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from desktop.domain.alarms import AlarmEvent
from desktop.domain.levels import WarningLevel
from desktop.standin.alarm_book import AlarmBook
from desktop.standin.broker import MOST_BYTES, PREFIX, Broker
from desktop.standin.city import City
from desktop.standin.rota import Rota
from desktop.standin.weather import Weather

log = logging.getLogger(__name__)

HEAD_PERIOD_S = 2.0
TELEMETRY_PERIOD_S = 5.0
WEATHER_PERIOD_S = 5.0
_PACKET_HEAD_BYTES = 64


class Publisher:
    """paho keeps what the broker has not acknowledged and sends it again after a reconnect."""

    def __init__(self, broker: Broker, book: AlarmBook) -> None:
        self._broker = broker
        self._book = book
        self._gauges, self._given = Rota(TELEMETRY_PERIOD_S), Rota(TELEMETRY_PERIOD_S)
        protocol = MQTTv5 if broker.speaks_v5 else MQTTv311
        self._client = Client(CallbackAPIVersion.VERSION2, "platform", protocol=protocol)
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

    def telemetry(self, city: City, at: datetime, seconds_s: float) -> None:
        """What the gauges measure, and what a scenario gives to other points: of those whose turn
        it is after so many seconds more.
        """
        gauges = city.water.gauges
        for point_id in self._gauges.turn(tuple(gauges), seconds_s):
            if point_id not in city.silent:
                self._reading("water_level", point_id, {"level_m": gauges[point_id].measured_m}, at)
        for point_id in self._given.turn(tuple(city.readings), seconds_s):
            if point_id not in city.silent and city.knows(point_id):
                class_id = city.places.point(point_id).class_id
                self._reading(class_id, point_id, city.readings[point_id], at)

    def weather(self, weather: Weather) -> None:
        self._send("weather", msgspec.to_builtins(weather))

    def _reading(
        self, class_id: str, point_id: str, metrics: Mapping[str, float], at: datetime
    ) -> None:
        battery = 0.55 + crc32(point_id.encode()) % 45 / 100
        reading = {"at": at, "metrics": metrics, "quality": "good", "battery": round(battery, 2)}
        self._send(f"telemetry/{class_id}/{point_id}", reading, qos=0)

    def brief(self, topic: str, content: object, expiry_s: int | None = None) -> None:
        """A retained value of QoS 0; the broker forgets it after `expiry_s`."""
        if not self._client.is_connected():
            return
        properties = None
        if expiry_s is not None and self._broker.speaks_v5:
            properties = Properties(PacketTypes.PUBLISH)
            properties.MessageExpiryInterval = expiry_s
        self._client.publish(f"{PREFIX}/{topic}", msgspec.json.encode(content), 0, True, properties)

    def raw(
        self, topic: str, payload: bytes, qos: int = 0, retain: bool = False
    ) -> MQTTMessageInfo:
        """The answer tells whether the broker has it.

        Raises ValueError for a topic that cannot be, and for more than a broker takes: it
        would end the connection, and paho would send the same again for ever.
        """
        if not topic or "\0" in topic:
            raise ValueError("not a topic")
        if len(payload) + len(topic.encode()) + _PACKET_HEAD_BYTES > MOST_BYTES:
            raise ValueError(f"{len(payload)} bytes are more than the broker takes")
        sent = self._client.publish(topic, payload, qos, retain)
        if qos and sent.rc is MQTTErrorCode.MQTT_ERR_NO_CONN:
            # paho keeps it for the connection that comes, but would refuse to tell of it for ever
            sent.rc = MQTTErrorCode.MQTT_ERR_SUCCESS
        return sent

    def _send(self, topic: str, content: dict[str, Any], qos: int = 1) -> None:
        if self._client.is_connected():  # a retained value that is late is of no use
            self.raw(f"{PREFIX}/{topic}", msgspec.json.encode(content), qos, retain=True)

    def _greet(self, client: Client, *_: Any) -> None:
        client.publish(f"{PREFIX}/platform/status", "online", 1, retain=True)
