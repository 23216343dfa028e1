"""Tries the way to a platform step by step: python -m desktop.link.reach URL [CA_FILE].

One line of JSON a step, as it ends; the steps behind a failure are not tried. Exit code 0 when
all went well. The window starts it as a process of its own: it has no network itself.
"""

import asyncio
import json
import socket
import ssl
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from time import monotonic
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

from desktop.errors import SettingsError
from desktop.lifeline import die_with_parent
from desktop.link.mqtt import connect_failure
from desktop.link.rest import server_time
from desktop.link.tls import context_for

STEP_LIMIT_S = 6.0
CLOCK_LIMIT_S = 30.0  # beyond it deadlines and ages on screen are wrong
_PORTS = {"http": 80, "https": 443}


class Step(NamedTuple):
    """`name` is one of address, dns, tcp, tls, http, health, clock; `text` is for the operator."""

    name: str
    ok: bool
    text: str


class _Failed(Exception):
    """The operator's words for why a step did not go."""


async def steps(url: str, ca_file: str = "") -> AsyncIterator[Step]:
    """Ends with the first step that fails."""
    attempt = _Attempt(url.strip().rstrip("/"), ca_file.strip())
    for name, act in (
        ("address", attempt.look_at_address),
        ("dns", attempt.resolve),
        ("tcp", attempt.connect),
        ("tls", attempt.encrypt),
        ("http", attempt.ask),
        ("health", attempt.look_at_health),
        ("clock", attempt.look_at_clock),
    ):
        try:
            yield Step(name, True, await asyncio.wait_for(act(), STEP_LIMIT_S))
        except TimeoutError:
            yield Step(name, False, f"{STEP_LIMIT_S:.0f} 秒内没有应答")
            return
        except (_Failed, SettingsError, OSError, httpx.HTTPError) as error:
            yield Step(name, False, _why(error, urlsplit(url).hostname or ""))
            return


class _Attempt:
    """What one step finds out, the next one uses."""

    def __init__(self, url: str, ca_file: str) -> None:
        self._url, self._ca_file = url, ca_file
        self._ip = ""
        self._body = b""
        self._offset_s: float | None = None

    async def look_at_address(self) -> str:
        self._tls = context_for(self._url, self._ca_file)
        parts = urlsplit(self._url)
        try:
            self._port = parts.port or _PORTS[parts.scheme]
        except ValueError:
            raise _Failed("端口应为 1 到 65535 的数") from None
        self._host, self._encrypted = parts.hostname or "", parts.scheme == "https"
        return f"{self._host} 端口 {self._port}"

    async def resolve(self) -> str:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        self._ip = str(found[0][4][0])
        return self._ip

    async def connect(self) -> str:
        began_s = monotonic()
        _, writer = await asyncio.open_connection(self._ip, self._port)
        writer.close()
        return f"{(monotonic() - began_s) * 1000:.0f} ms"

    async def encrypt(self) -> str:
        if not self._encrypted:
            return "本机地址，不加密"
        _, writer = await asyncio.open_connection(
            self._ip, self._port, ssl=self._tls, server_hostname=self._host
        )
        secured: ssl.SSLObject = writer.get_extra_info("ssl_object")
        until = ssl.cert_time_to_seconds(str((secured.getpeercert() or {}).get("notAfter")))
        version = secured.version()
        writer.close()
        return f"{version}，证书有效至 {datetime.fromtimestamp(until, UTC):%Y-%m-%d}"

    async def ask(self) -> str:
        verify = self._tls if self._encrypted else False
        async with httpx.AsyncClient(verify=verify, trust_env=False) as client:
            before_s, before = monotonic(), datetime.now(UTC)
            answer = await client.get(self._url + "/health", timeout=STEP_LIMIT_S)
            trip_s = monotonic() - before_s
        if answer.status_code != 200:
            said = f"GET /health 回答 {answer.status_code}"
            raise _Failed(f"{said}，请核对地址中的路径（如 /api/v1）")
        self._body = answer.content[:65536]
        if (theirs := server_time(self._body)) is not None:
            self._offset_s = (theirs - before).total_seconds() - trip_s / 2
        return f"200，{trip_s * 1000:.0f} ms"

    async def look_at_health(self) -> str:
        try:
            said = json.loads(self._body)
        except ValueError:
            raise _Failed("回答不是 JSON：这个地址可能不是平台接口") from None
        if not isinstance(said, dict) or "time" not in said:
            raise _Failed("回答中没有平台时间：这个地址可能不是平台接口")
        version = str(said.get("version") or "")[:40]
        return f"平台版本 {version}" if version.isprintable() and version else "平台正常"

    async def look_at_clock(self) -> str:
        if self._offset_s is None:
            raise _Failed("平台时间读不出")
        words = f"相差 {abs(self._offset_s):.1f} s"
        if abs(self._offset_s) > CLOCK_LIMIT_S:
            raise _Failed(f"{words}，超过 {CLOCK_LIMIT_S:.0f} s：请先校准本机时钟")
        return words


def _why(error: Exception, host: str) -> str:
    if isinstance(error, SettingsError):
        return error.operator_text
    if isinstance(error, _Failed):
        return str(error)
    if isinstance(error, httpx.HTTPError):
        return "连接中断或应答不是 HTTP"
    where = f" {host}" if isinstance(error, socket.gaierror) else ""
    return connect_failure(error) + where


async def _run(url: str, ca_file: str) -> int:
    went_well = True
    async for step in steps(url, ca_file):
        print(json.dumps(step._asdict(), ensure_ascii=False), flush=True)
        went_well = step.ok
    return 0 if went_well else 1


if __name__ == "__main__":
    die_with_parent()
    sys.exit(asyncio.run(_run(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")))
