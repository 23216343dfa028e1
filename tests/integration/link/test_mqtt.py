"""One line against brokers that are not as they should be."""

import asyncio
import itertools
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from paho.mqtt.client import MQTTv5

from desktop.clock import SystemClock
from desktop.domain.link_messages import ServiceCondition
from desktop.link.mqtt import Account, Connection, LineSpec, MqttLine
from tests.integration.link.parts import PREFIX, Broker, Publisher

SPEC = LineSpec("desk-s1-p1-a", (("city/1/alarm/event", 1),), True)
OLD_BROKER_SAYS_NO = b"\x20\x02\x00\x01"
ACCEPTED = b"\x20\x02\x00\x00"


async def _first(
    condition: ServiceCondition,
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    host: str = "127.0.0.1",
) -> str:
    """Runs a line until it is in this condition; gives its text."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    states: asyncio.Queue[tuple[ServiceCondition, str]] = asyncio.Queue()
    account = Account(host, port, "desk", "secret", False)
    line = MqttLine(
        SPEC,
        lambda: account,
        None,
        lambda *_: None,
        lambda *state: states.put_nowait(state),
        SystemClock(),
    )
    async with asyncio.timeout(15.0), asyncio.TaskGroup() as group:
        running = group.create_task(line.run())
        while (state := await states.get())[0] is not condition:
            pass
        running.cancel()
    server.close()
    return state[1]


def test_that_a_broker_of_version_3_is_spoken_to_in_its_language():
    versions: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readexactly(9)  # fixed header, "MQTT", level
            versions.append(head[8])
            if head[8] == 5:
                writer.write(OLD_BROKER_SAYS_NO)
                return
            await reader.readexactly(head[1] - 7)
            writer.write(ACCEPTED)
            subscribe = await reader.readexactly(2)
            body = await reader.readexactly(subscribe[1])
            writer.write(b"\x90\x03" + body[:2] + b"\x01")
            await reader.read()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    assert asyncio.run(_first(ServiceCondition.UP, serve)) == ""
    assert versions == [5, 4]


def test_that_a_connection_that_is_closed_while_it_connects_does_not_live_on():
    """A sign-out in that moment: nobody would ever end its thread and its session."""

    async def run() -> bytes:
        heard: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heard.set_result(await reader.read())  # to its end: the client has gone
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        account = Account("127.0.0.1", port, "desk", "secret", False)
        connection = Connection(SPEC, account, MQTTv5, None)
        await asyncio.to_thread(connection.close)
        await asyncio.to_thread(connection.connect)
        async with asyncio.timeout(5.0):
            said = await heard
        server.close()
        return said

    assert asyncio.run(run())[-2:-1] in (b"\xe0", b"\x00")  # DISCONNECT, not silence
    assert not [thread for thread in threading.enumerate() if "paho" in thread.name]


def test_that_an_unencrypted_broker_elsewhere_is_refused_before_a_password_is_sent():
    asked = itertools.count()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        next(asked)
        writer.close()

    text = asyncio.run(_first(ServiceCondition.REFUSED, serve, host="192.0.2.1"))
    assert "未加密" in text and next(asked) == 0


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_that_something_that_is_no_broker_is_named_as_unreachable(answer):
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        writer.close()

    text = asyncio.run(_first(ServiceCondition.DOWN, serve))
    assert "连不上消息服务器 127.0.0.1" in text


class Held:
    """A line whose messages nobody has acknowledged yet."""

    def __init__(self, spec: LineSpec, port: int) -> None:
        self.up = asyncio.Queue[None]()
        self.arrived = asyncio.Queue[tuple[bytes, Callable[[], None]]]()
        loop = asyncio.get_running_loop()

        def take(topic: str, payload: bytes, acknowledge: Callable[[], None]) -> None:
            loop.call_soon_threadsafe(self.arrived.put_nowait, (payload, acknowledge))

        def told(condition: ServiceCondition, text: str) -> None:
            if condition is ServiceCondition.UP:
                self.up.put_nowait(None)

        account = Account("127.0.0.1", port, "desk", "secret", False)
        self.line = MqttLine(spec, lambda: account, None, take, told, SystemClock())


def test_that_a_late_acknowledgement_does_not_reach_the_next_connection(tmp_path: Path):
    """A broker that lost its sessions counts packet ids from 1 again: the late one would fit."""
    spec = LineSpec("desk-s1-p1-a", ((f"{PREFIX}/alarm/event", 1),), True)
    broker = Broker(tmp_path)

    async def publish(*payloads: bytes) -> None:
        publisher = Publisher(broker.port)
        for payload in payloads:
            message = publisher.raw("alarm/event", payload)
            await asyncio.to_thread(message.wait_for_publish, 5.0)
        await asyncio.to_thread(publisher.stop)

    async def run() -> bytes:
        async with asyncio.timeout(40.0), asyncio.TaskGroup() as group:
            first = Held(spec, broker.port)
            running = group.create_task(first.line.run())
            await first.up.get()
            await publish(b"one")
            _, acknowledge_one = await first.arrived.get()
            await asyncio.to_thread(broker.kill)
            await asyncio.to_thread(broker.start)
            await first.up.get()
            await publish(b"two")
            assert (await first.arrived.get())[0] == b"two"
            acknowledge_one()
            running.cancel()
            await asyncio.wait([running])
            await publish(b"three")  # what comes if "two" counts as taken
            second = Held(spec, broker.port)
            running = group.create_task(second.line.run())
            payload, _ = await second.arrived.get()
            running.cancel()
            return payload

    try:
        assert asyncio.run(run()) == b"two"
    finally:
        broker.kill()
