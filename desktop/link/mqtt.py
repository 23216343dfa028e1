"""One connection to the platform's broker that is kept up.

paho reads on its own thread; every connection is a new client object, so that an
acknowledgement that comes late can only reach the connection its message came by.
"""

import asyncio
import functools
import logging
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from paho.mqtt.client import Client, MQTTMessage, MQTTv5, MQTTv311
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from desktop.clock import Clock
from desktop.domain.link_messages import ServiceCondition
from desktop.feeds.wire import MAX_MESSAGE_BYTES
from desktop.link.backoff import Backoff
from desktop.link.tls import is_loopback
from desktop.reasons import system_reason

log = logging.getLogger(__name__)

KEEPALIVE_S = 5
SESSION_EXPIRY_S = 86_400
RECEIVE_MAXIMUM = 500
CONNECT_TIMEOUT_S = 5.0
LONGEST_PAUSE_S = 10.0  # the broker is the fast path: back within 15 s after an outage
STEADY_S = 10.0  # a connection that lived this long was a good one
_BAD_PASSWORD = {"Bad user name or password", "Not authorized", "Bad authentication method"}


_PLAIN = "plain"
_REASONS = {  # names of MQTT 5 reason codes
    "Keep alive timeout": "没有应答",
    "Server shutting down": "服务器正在关闭",
    "Server unavailable": "服务器暂不可用",
    "Server busy": "服务器忙",
    "Unsupported protocol version": "协议版本不符，改用 3.1.1",
    "Client identifier not valid": "不接受本席位的标识",
}


class Account(NamedTuple):
    """Where and as whom to connect. Source: `mqtt` of POST /auth/token."""

    host: str
    port: int
    username: str
    password: str
    tls: bool

    def __repr__(self) -> str:
        return f"Account({self.host}:{self.port}, tls={self.tls}, <secret>)"


class LineSpec(NamedTuple):
    """`topics` are (filter, QoS). A persistent line keeps its session in the broker for a day."""

    client_id: str
    topics: tuple[tuple[str, int], ...]
    persistent: bool
    optional: frozenset[str] = frozenset()  # without them the line is of use all the same


OnMessage = Callable[[str, bytes, Callable[[], None]], None]
"""Topic, payload, and what acknowledges it; called on paho's thread."""
OnState = Callable[[ServiceCondition, str], None]
"""Condition and the operator's text; called in the loop."""


class Connection:
    """One life of a connection: from CONNECT until it is lost, never twice."""

    def __init__(
        self,
        spec: LineSpec,
        account: Account,
        protocol: MQTTProtocolVersion,
        tls: ssl.SSLContext | None,
    ) -> None:
        self._spec = spec
        self._account = account
        self._protocol = protocol
        self._alive = True
        self._lock = threading.RLock()
        self._loop = asyncio.get_running_loop()
        self.answered: asyncio.Future[str] = self._loop.create_future()  # "" or why not
        self.lost: asyncio.Future[str] = self._loop.create_future()
        self.client = self._make_client(tls)

    def _make_client(self, tls: ssl.SSLContext | None) -> Client:
        modern = self._protocol == MQTTv5
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=self._spec.client_id,
            clean_session=None if modern else not self._spec.persistent,
            protocol=self._protocol,
            manual_ack=True,
            reconnect_on_failure=False,
        )
        client.username_pw_set(self._account.username, self._account.password)
        client.connect_timeout = CONNECT_TIMEOUT_S
        if tls is not None:
            client.tls_set_context(tls)
        client.on_connect = self._on_connect
        client.on_subscribe = self._on_subscribe
        client.on_disconnect = self._on_disconnect
        return client

    def on_message(self, take: OnMessage) -> None:
        def arrived(client: Client, userdata: Any, message: MQTTMessage) -> None:
            try:
                topic = message.topic
            except UnicodeDecodeError:
                topic = "?"
            take(topic, bytes(message.payload), functools.partial(self._acknowledge, message))

        self.client.on_message = arrived

    def connect(self) -> None:
        """Blocks up to CONNECT_TIMEOUT_S: not for the loop. Raises OSError."""
        properties = None
        start: bool | int = 3  # paho: clean start on the first connect only
        if self._protocol == MQTTv5:
            properties = Properties(PacketTypes.CONNECT)
            properties.SessionExpiryInterval = SESSION_EXPIRY_S if self._spec.persistent else 0
            properties.ReceiveMaximum = RECEIVE_MAXIMUM
            properties.MaximumPacketSize = MAX_MESSAGE_BYTES
            start = not self._spec.persistent
        self.client.connect(
            self._account.host,
            self._account.port,
            keepalive=KEEPALIVE_S,
            clean_start=start,
            properties=properties,
        )
        with self._lock:
            if self._alive:
                self.client.loop_start()
                return
        self.client.disconnect()  # closed while it connected: nobody would end its thread

    def close(self) -> None:
        """Blocks until paho's thread has ended: not for the loop."""
        with self._lock:
            self._alive = False
        self.client.disconnect()
        self.client.loop_stop()

    def _acknowledge(self, message: MQTTMessage) -> None:
        with self._lock:
            if self._alive:
                self.client.ack(message.mid, message.qos)

    # ---- paho's thread -------------------------------------------------------------------

    def _on_connect(
        self, client: Client, userdata: Any, flags: Any, code: ReasonCode, properties: Any
    ) -> None:
        if code.is_failure:
            self._tell(self.answered, code.getName())
        else:
            client.subscribe(list(self._spec.topics))

    def _on_subscribe(
        self, client: Client, userdata: Any, mid: int, codes: Sequence[ReasonCode], _: Any
    ) -> None:
        pairs = zip(self._spec.topics, codes, strict=False)
        refused = [(topic, code.getName()) for (topic, _), code in pairs if code.is_failure]
        for topic, name in refused:
            log.warning("mqtt %s: %s is not ours to read: %s", self._spec.client_id, topic, name)
        failed = next((name for topic, name in refused if topic not in self._spec.optional), "")
        self._tell(self.answered, failed and f"subscribe: {failed}")

    def _on_disconnect(
        self, client: Client, userdata: Any, flags: Any, code: ReasonCode, properties: Any
    ) -> None:
        with self._lock:
            self._alive = False
        self._tell(self.answered, code.getName())
        self._tell(self.lost, code.getName())

    def _tell(self, future: "asyncio.Future[str]", value: str) -> None:
        def settle() -> None:
            if not future.done():
                future.set_result(value)

        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(settle)


class MqttLine:
    """Keeps one connection up until it is cancelled."""

    def __init__(
        self,
        spec: LineSpec,
        account: Callable[[], Account],
        tls: ssl.SSLContext | None,
        on_message: OnMessage,
        on_state: OnState,
        clock: Clock,
    ) -> None:
        """`account` is asked before each connection: passwords of the broker expire."""
        self._spec = spec
        self._account = account
        self._tls = tls
        self._on_message = on_message
        self._on_state = on_state
        self._clock = clock
        self._backoff = Backoff(LONGEST_PAUSE_S)
        self._protocol = MQTTv5

    async def run(self) -> None:
        """Never returns. Each state is told once, with the operator's text."""
        while True:
            started_s = self._clock.monotonic_s()
            account = self._account()
            where = f"{account.host}:{account.port}"
            if not self._backoff.failures:
                self._on_state(ServiceCondition.CONNECTING, f"正在连接消息服务器 {where}")
            condition, reason = await self._live(account)
            if self._clock.monotonic_s() - started_s > STEADY_S:
                self._backoff.succeeded()
            wait_s = self._backoff.failed()
            log.warning("mqtt %s: %s (%s)", self._spec.client_id, condition.value, reason)
            self._on_state(condition, failure_text(where, condition, reason))
            await self._clock.sleep(wait_s)

    async def _live(self, account: Account) -> tuple[ServiceCondition, str]:
        """One connection from its start to its end; gives how it ended."""
        if not account.tls and not is_loopback(account.host):
            return ServiceCondition.REFUSED, _PLAIN
        tls = self._tls if account.tls else None
        connection = Connection(self._spec, account, self._protocol, tls)
        connection.on_message(self._on_message)
        try:
            try:
                await asyncio.to_thread(connection.connect)
                async with asyncio.timeout(CONNECT_TIMEOUT_S):
                    refused = await connection.answered
            except (OSError, ValueError) as error:  # TimeoutError and ssl errors are OSError
                return ServiceCondition.DOWN, connect_failure(error)
            if refused:
                return self._refused(refused)
            log.info("mqtt %s: connected, v%d", self._spec.client_id, self._protocol)
            self._on_state(ServiceCondition.UP, "")
            return ServiceCondition.DOWN, await connection.lost
        finally:
            await asyncio.shield(asyncio.to_thread(connection.close))

    def _refused(self, reason: str) -> tuple[ServiceCondition, str]:
        if reason in _BAD_PASSWORD or reason.startswith("subscribe"):
            return ServiceCondition.REFUSED, reason
        # A broker that does not know version 5 says so, or just closes the connection.
        self._protocol = MQTTv311 if self._protocol == MQTTv5 else MQTTv5
        return ServiceCondition.DOWN, reason


def connect_failure(error: Exception) -> str:
    """The operator's words for what stopped a connection."""
    if isinstance(error, socket.gaierror):
        return "找不到主机名"
    return system_reason(error) if isinstance(error, OSError) else "连接失败"


def failure_text(where: str, condition: ServiceCondition, reason: str) -> str:
    if reason == _PLAIN:
        return f"消息服务器 {where} 未加密：本机以外只许加密连接（TLS），请联系平台管理员"
    if condition is ServiceCondition.REFUSED:
        if reason.startswith("subscribe"):
            return f"消息服务器 {where} 不允许订阅告警（无权限），请联系平台管理员；仍在重试"
        return f"消息服务器 {where} 拒绝登录（用户名或密码不对），正在换取新凭据"
    if reason == "Session taken over":
        return f"同一席位已在另一处登录，本机被消息服务器 {where} 断开；仍在重试"
    words = _REASONS.get(reason, "连接中断" if reason.isascii() else reason)
    return f"连不上消息服务器 {where}（{words}），正在重试；告警由平台接口补收"
