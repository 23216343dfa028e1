"""Certificates that are not right, on a real encrypted server: refused, each in its own words."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from desktop.clock import SystemClock
from desktop.domain.link_messages import ServiceCondition
from desktop.link.mqtt import Account, LineSpec, MqttLine
from desktop.link.rest import Rest, Unreachable
from desktop.link.tls import context_for, is_loopback
from tests.integration.link.certificates import Authority

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
SPEC = LineSpec("desk-s1-p1-a", (("city/1/alarm/event", 1),), True)
# paho leaves a socket whose handshake failed to be closed with its last reference.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <ssl:ResourceWarning")
WRONG = {"unknown": "签发机构不受信任", "elsewhere": "不是发给这台主机", "expired": "已过期"}


class City:
    """One trusted authority, and the certificate that a test's server shows."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._trusted = Authority(folder, "trusted")

    def certificate(self, fault: str) -> Path:
        match fault:
            case "unknown":
                return Authority(self._folder, "stranger").server()
            case "elsewhere":
                return self._trusted.server("127.0.0.2")
            case "expired":
                return self._trusted.server(expired=True)
        return self._trusted.server()

    def context(self) -> ssl.SSLContext:
        return context_for("https://127.0.0.1/api/v1", str(self._trusted.ca_file))


def with_server(certificate: Path, play: Callable[[int], Awaitable[str]]) -> tuple[str, bytes]:
    """What `play(port)` gives, and what the server was sent by clients that trusted it."""
    heard = bytearray()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.extend(await reader.read(4096))
        writer.write(OK)
        writer.close()

    async def run() -> str:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
        asyncio.get_running_loop().set_exception_handler(lambda loop, facts: None)
        try:
            return await play(server.sockets[0].getsockname()[1])
        finally:
            server.close()
            await asyncio.sleep(0.05)  # its transports close in the next turns of the loop

    return asyncio.run(run()), bytes(heard)


def by_rest(city: City) -> Callable[[int], Awaitable[str]]:
    async def play(port: int) -> str:
        rest = Rest(
            f"https://127.0.0.1:{port}/api/v1", city.context(), SystemClock(), lambda text: None
        )
        try:
            answer = await rest.call("POST", "/auth/token", body={"password": "CANARY"})
            return f"{answer.status}"
        except Unreachable as error:
            return error.operator_text
        finally:
            await rest.close()

    return play


def by_mqtt(city: City) -> Callable[[int], Awaitable[str]]:
    async def play(port: int) -> str:
        states: asyncio.Queue[tuple[ServiceCondition, str]] = asyncio.Queue()
        account = Account("127.0.0.1", port, "desk", "CANARY", True)
        line = MqttLine(
            SPEC,
            lambda: account,
            city.context(),
            lambda *_: None,
            lambda *state: states.put_nowait(state),
            SystemClock(),
        )
        async with asyncio.timeout(15.0), asyncio.TaskGroup() as group:
            running = group.create_task(line.run())
            while (state := await states.get())[0] is not ServiceCondition.DOWN:
                pass
            running.cancel()
        return state[1]

    return play


@pytest.mark.parametrize("by", [by_rest, by_mqtt])
@pytest.mark.parametrize("fault", WRONG)
def test_that_a_wrong_certificate_is_named_and_no_password_is_sent(tmp_path, by, fault):
    city = City(tmp_path)
    text, heard = with_server(city.certificate(fault), by(city))
    assert WRONG[fault] in text
    assert [words for words in WRONG.values() if words in text] == [WRONG[fault]]
    assert heard == b""


@pytest.mark.parametrize("by", [by_rest, by_mqtt])
def test_that_a_right_certificate_is_trusted(tmp_path, by):
    city = City(tmp_path)
    text, heard = with_server(city.certificate(""), by(city))
    assert b"CANARY" in heard and "证书" not in text


@pytest.mark.parametrize("host", ["127.0.0.1.evil.example", "127.evil.example", "10.0.0.1", ""])
def test_that_a_name_that_only_looks_like_this_machine_is_another_one(host):
    assert not is_loopback(host)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_that_this_machine_is_known_by_its_addresses(host):
    assert is_loopback(host)
