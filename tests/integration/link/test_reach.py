"""The connection test against real servers of this machine: every step, and what stops it."""

import asyncio
import json
import socket
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.link import reach
from desktop.link.reach import Step, steps
from tests.integration.link.certificates import Authority

NAMES = ["address", "dns", "tcp", "tls", "http", "health", "clock"]


def health(offset_s: float = 0.0) -> bytes:
    time = datetime.now(UTC) + timedelta(seconds=offset_s)
    return json.dumps({"time": time.isoformat(), "version": "1.4.2"}).encode()


@asynccontextmanager
async def platform(
    body: bytes | None, status: int = 200, certificate: Path | None = None
) -> AsyncIterator[str]:
    """Answers every request so; `body` None never answers."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"GET /api/v1/health ")
            if body is None:
                await reader.read()
            else:
                writer.write(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n" % (status, len(body)))
                writer.write(body)
        except (asyncio.IncompleteReadError, OSError):
            pass  # a step that only connects
        finally:
            writer.close()

    tls = None
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    scheme = "https" if tls else "http"
    try:
        yield f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/v1"
    finally:
        server.close()


def try_it(body: bytes | None, ca_file: str = "", **server) -> list[Step]:
    async def scene() -> list[Step]:
        async with platform(body, **server) as url:
            return [step async for step in steps(url + "/", ca_file)]

    return asyncio.run(scene())


def try_address(url: str, ca_file: str = "") -> list[Step]:
    async def scene() -> list[Step]:
        return [step async for step in steps(url, ca_file)]

    return asyncio.run(scene())


def test_that_a_good_platform_goes_through_every_step() -> None:
    made = try_it(health())
    assert [step.name for step in made] == NAMES and all(step.ok for step in made)
    assert "1.4.2" in made[5].text and "相差 0." in made[6].text


def test_that_an_encrypted_platform_is_trusted_by_its_authority(tmp_path: Path) -> None:
    authority = Authority(tmp_path, "city")
    made = try_it(health(), str(authority.ca_file), certificate=authority.server())
    assert [step.name for step in made] == NAMES and all(step.ok for step in made)
    assert made[3].text.startswith("TLSv1.") and "证书有效至" in made[3].text


@pytest.mark.parametrize(
    ("body", "status", "name", "words"),
    [
        (health(), 404, "http", "404"),
        (b"<html>router</html>", 200, "health", "不是 JSON"),
        (b"[1]", 200, "health", "平台时间"),
        (b'{"time": "noon"}', 200, "clock", "读不出"),
        (health(600), 200, "clock", "校准"),
        (health(-600), 200, "clock", "校准"),
    ],
)
def test_that_the_step_that_fails_is_the_last_and_says_why(body, status, name, words) -> None:
    made = try_it(body, status=status)
    assert [step.name for step in made] == NAMES[: NAMES.index(name) + 1]
    assert not made[-1].ok and words in made[-1].text and all(step.ok for step in made[:-1])


@pytest.mark.parametrize(
    ("url", "name", "words"),
    [
        ("", "address", "不对"),
        ("city", "address", "不对"),
        ("http://city.example/api/v1", "address", "https"),
        ("https://u:p@city/api/v1", "address", "密码"),
        ("https://127.0.0.1:99999/api/v1", "address", "端口"),
        ("https://city.invalid/api/v1", "dns", "找不到主机名"),
    ],
)
def test_that_a_wrong_address_is_said(url: str, name: str, words: str) -> None:
    made = try_address(url)
    assert made[-1].name == name and not made[-1].ok and words in made[-1].text


def test_that_a_closed_port_is_said() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = try_address(f"http://127.0.0.1:{port}/api/v1")
    assert made[-1] == Step("tcp", False, "连接被拒绝")


@pytest.mark.parametrize(
    ("expired", "known", "words"), [(True, True, "过期"), (False, False, "不受信任")]
)
def test_that_a_certificate_that_is_not_trusted_is_said(tmp_path, expired, known, words) -> None:
    authority, other = Authority(tmp_path, "city"), Authority(tmp_path, "other")
    ca_file = str((authority if known else other).ca_file)
    made = try_it(health(), ca_file, certificate=authority.server(expired=expired))
    assert made[-1].name == "tls" and words in made[-1].text


def test_that_a_file_that_is_no_certificate_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.pem").write_text("no")
    made = try_address("https://127.0.0.1/api/v1", str(tmp_path / "x.pem"))
    assert made == [made[0]] and "PEM" in made[0].text


def test_that_a_platform_without_a_word_does_not_hang_the_test(monkeypatch) -> None:
    monkeypatch.setattr(reach, "STEP_LIMIT_S", 0.3)
    made = try_it(None)
    assert made[-1].name == "http" and not made[-1].ok


def test_that_the_process_prints_one_line_a_step() -> None:
    async def scene() -> tuple[bytes, int | None]:
        async with platform(health()) as url:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "desktop.link.reach", url,
                cwd=Path(__file__).resolve().parents[3], stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            out, _ = await process.communicate()
            return out, process.returncode

    out, code = asyncio.run(scene())
    assert code == 0 and [json.loads(line)["name"] for line in out.splitlines()] == NAMES
