"""The broker against the contract: connect, subscribe, and a head within five seconds."""

import asyncio
import ssl
import time
from collections.abc import Callable

from paho.mqtt.client import MQTTv5

from desktop.domain.findings import Finding, failed, ok
from desktop.feeds import alarm_head
from desktop.feeds.wire import DecodeError
from desktop.ids import ulid
from desktop.link.mqtt import Account, Connection, LineSpec, connect_failure
from desktop.link.tls import is_loopback

CONNECT_S = 5.0
HEAD_S = 5.0
PART = "MQTT"


async def check_broker(
    account: Account, prefix: str, seat_id: str, tls: ssl.SSLContext
) -> list[Finding]:
    """Two lines: the connection, and the heartbeat on it."""
    if not account.tls and not is_loopback(account.host):
        fix = "请平台管理员给消息服务器启用 TLS 1.2 以上"
        return [failed(PART, f"{account.host} 未加密", fix)]
    topic = f"{prefix.rstrip('/')}/{alarm_head.FEED.topic}"
    spec = LineSpec(f"desk-{seat_id}-{ulid()[-10:].lower()}-d", ((topic, 0),), persistent=False)
    connection = Connection(spec, account, MQTTv5, tls if account.tls else None)
    heads: asyncio.Queue[bytes] = asyncio.Queue()
    post = asyncio.get_running_loop().call_soon_threadsafe

    def take(_topic: str, payload: bytes, acknowledge: Callable[[], None]) -> None:
        post(heads.put_nowait, payload)

    connection.on_message(take)
    try:
        return await _talk(connection, account, topic, heads)
    finally:
        await asyncio.shield(asyncio.to_thread(connection.close))


async def _talk(
    connection: Connection, account: Account, topic: str, heads: "asyncio.Queue[bytes]"
) -> list[Finding]:
    where = f"{account.host}:{account.port}"
    started_s = time.monotonic()
    try:
        await asyncio.to_thread(connection.connect)
        async with asyncio.timeout(CONNECT_S):
            refused = await connection.answered
    except (OSError, ValueError) as error:
        return [failed(PART, f"{where}：{connect_failure(error)}", "检查网络、端口和证书")]
    if refused:
        fix = "请平台管理员核对 MQTT 5 支持、账号和订阅权限"
        return [failed(PART, f"{where} 拒绝（{refused}）", fix)]
    took_ms = (time.monotonic() - started_s) * 1000
    connected = ok(PART, f"{where}，MQTT 5，{took_ms:.0f} ms")
    return [connected, await _head(topic, heads)]


async def _head(topic: str, heads: "asyncio.Queue[bytes]") -> Finding:
    part = f"MQTT {topic}"
    fix = "请平台每 2 秒发布一次心跳（保留消息）"
    try:
        async with asyncio.timeout(HEAD_S):
            retained = await heads.get()
            head = alarm_head.FEED.decode(topic, retained)
            await heads.get()  # a retained one is from whenever: the next one is alive
    except TimeoutError:
        return failed(part, f"{HEAD_S:.0f} 秒内没有心跳", fix)
    except DecodeError as error:
        return failed(part, f"心跳读不懂：{error.reason}", "请平台管理员按接口约定改正")
    return ok(part, f"心跳正常，序号 {head.seq}")
