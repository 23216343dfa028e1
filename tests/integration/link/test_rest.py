"""The REST client against a server that misbehaves on the wire."""

import asyncio
import gzip
import json
import resource
import socket
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from desktop.clock import SystemClock
from desktop.errors import PlatformError, SettingsError
from desktop.link.redaction import Redactor
from desktop.link.rest import Refused, Rest, SessionEnded, Unreachable
from desktop.link.session import Session
from desktop.link.tls import context_for

Script = Callable[[str, asyncio.StreamWriter], Awaitable[None]]


def answer(status: int, body: bytes = b"{}", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def with_server(script: Script, play: Callable[[Rest, list[str]], Awaitable[Any]]) -> list[str]:
    """Runs `play` against a server that answers each request as `script` says."""
    requests: list[str] = []
    reached: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        requests.append(head)
        try:
            await script(head, writer)
            await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        rest = Rest(f"http://127.0.0.1:{port}/api/v1", False, SystemClock(), reached.append)
        try:
            await play(rest, reached)
        finally:
            await rest.close()
            server.close()

    asyncio.run(run())
    return requests


def says(*answers: bytes) -> Script:
    left = list(answers)

    async def script(head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(left.pop(0) if len(left) > 1 else left[0])

    return script


def test_that_a_platform_that_is_not_there_is_told_by_what_the_system_says():
    async def play() -> None:
        with socket.create_server(("127.0.0.1", 0)) as gone:
            port = gone.getsockname()[1]
        rest = Rest(f"http://127.0.0.1:{port}/api/v1", False, SystemClock(), lambda text: None)
        with pytest.raises(Unreachable, match="连接被拒绝"):
            await rest.get("/health")
        await rest.close()

    asyncio.run(play())


def test_that_a_body_that_drips_is_cut_at_the_deadline_of_the_whole_call():
    async def drip(head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(40):
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.1)

    async def play(rest: Rest, reached: list[str]) -> None:
        started_s = time.monotonic()
        with pytest.raises(Unreachable, match="没有应答"):
            await rest.get("/health", deadline_s=0.5)
        assert time.monotonic() - started_s < 3.5  # it drips for 4 s

    with_server(drip, play)


def test_that_an_answer_to_an_older_question_does_not_end_a_pause_that_was_asked_for():
    async def script(head: str, writer: asyncio.StreamWriter) -> None:
        if "/cases" in head:
            await asyncio.sleep(0.5)
            writer.write(answer(200))
        else:
            writer.write(answer(429, Retry_After="60"))

    async def play(rest: Rest, reached: list[str]) -> None:
        older = asyncio.create_task(rest.get("/cases"))
        await asyncio.sleep(0.1)
        with pytest.raises(Unreachable, match="稍候"):
            await rest.get("/alarms")
        assert (await older).status == 200
        assert reached == ["平台请求过多，要求稍候"]
        assert rest.wait_s > 50

    with_server(script, play)


def test_that_a_small_bomb_does_not_become_a_large_body():
    bomb = gzip.compress(b"\0" * 300_000_000, 9)

    async def play(rest: Rest, reached: list[str]) -> None:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with pytest.raises(Unreachable, match="32 MiB"):
            await rest.get("/cameras")
        grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        assert grown_kib < 120 * 1024

    with_server(says(answer(200, bomb, Content_Encoding="gzip")), play)


def test_that_a_packed_body_arrives_unpacked():
    async def play(rest: Rest, reached: list[str]) -> None:
        assert (await rest.get("/x")).body == b'{"a":1}'

    with_server(says(answer(200, gzip.compress(b'{"a":1}'), Content_Encoding="gzip")), play)


def test_that_retry_after_is_obeyed_even_by_urgent_calls():
    async def play(rest: Rest, reached: list[str]) -> None:
        for _ in range(3):
            with pytest.raises(Unreachable):
                await rest.call("GET", "/x", urgent=True)
        assert 25.0 < rest.obliged_s <= 30.0

    assert len(with_server(says(answer(429, Retry_After="30")), play)) == 1


def test_that_a_platform_in_trouble_is_not_hammered():
    async def play(rest: Rest, reached: list[str]) -> None:
        for _ in range(200):
            with pytest.raises(Unreachable):
                await rest.get("/x")
        assert reached == ["平台内部故障（503）"]

    assert len(with_server(says(answer(503)), play)) == 1


def test_that_a_refusal_carries_the_platforms_words():
    problem = '{"title":"Forbidden","detail":"领导只读","code":"role"}'.encode()

    async def play(rest: Rest, reached: list[str]) -> None:
        with pytest.raises(Refused, match="无权限：领导只读") as caught:
            await rest.get("/x")
        assert (caught.value.status, caught.value.problem.code) == (403, "role")

    with_server(says(answer(403, problem, Content_Type="application/problem+json")), play)


@pytest.mark.parametrize("words", ["Not Found", "only ascii", "\u202e\x00", ""])
def test_that_words_that_no_operator_reads_are_replaced(words):
    problem = json.dumps({"title": "Forbidden", "detail": words}).encode()

    async def play(rest: Rest, reached: list[str]) -> None:
        with pytest.raises(Refused) as caught:
            await rest.get("/x")
        assert caught.value.operator_text == "无权限进行此操作，请联系管理员"

    with_server(says(answer(403, problem)), play)


def test_that_an_html_error_page_is_no_traceback():
    async def play(rest: Rest, reached: list[str]) -> None:
        with pytest.raises(PlatformError, match="平台返回异常（418）"):
            await rest.get("/x")

    with_server(says(answer(418, b"<html>teapot</html>")), play)


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b'{"items": [1, 2', "application/json", "内容不完整或读不懂"),
        (b"[" * 100_000, "application/json", "内容不完整或读不懂"),
        (b"{}", "text/html; charset=utf-8", "应为 JSON，却是 text/html"),
        (b"<html>login</html>", "text/html", "应为 JSON"),
    ],
)
def test_that_an_answer_that_is_no_json_is_no_success(body, kind, words):
    async def play(rest: Rest, reached: list[str]) -> None:
        with pytest.raises(Unreachable, match=words) as caught:
            await rest.get("/x")
        assert reached == [f"平台返回异常（{words}）"] or words == "应为 JSON"
        assert not caught.value.untouched

    with_server(says(answer(200, body, Content_Type=kind)), play)


@pytest.mark.parametrize("kind", ["application/geo+json", "application/json; charset=utf-8"])
def test_that_every_kind_of_json_is_taken(kind):
    async def play(rest: Rest, reached: list[str]) -> None:
        assert (await rest.get("/x")).body == b"{}" and reached == [""]

    with_server(says(answer(200, b"{}", Content_Type=kind)), play)


def test_that_a_name_that_is_not_found_is_named_and_nothing_was_done():
    async def play() -> None:
        rest = Rest("https://city.invalid/api/v1", True, SystemClock(), lambda text: None)
        with pytest.raises(Unreachable, match=r"找不到主机名 city\.invalid") as caught:
            await rest.get("/health")
        assert caught.value.untouched
        await rest.close()

    asyncio.run(play())


TOKEN = (
    b'{"access_token":"new-token","expires_in":600,"refresh_token":"r2",'
    b'"user":{"user_id":"u1","name":"n"},'
    b'"mqtt":{"host":"127.0.0.1","port":1883,"prefix":"city/1"}}'
)


def session_of(rest: Rest, ended: list[str]) -> Session:
    return Session(rest, Redactor(), SystemClock(), ended.append)


def test_that_an_expired_token_is_renewed_once_for_many_callers():
    async def script(head: str, writer: asyncio.StreamWriter) -> None:
        if "/auth/" in head:
            token = TOKEN if "/auth/refresh" in head else TOKEN.replace(b"new-token", b"old-token")
            writer.write(answer(200, token))
        else:
            writer.write(answer(200 if "Bearer new-token" in head else 401))

    async def play(rest: Rest, reached: list[str]) -> None:
        session = session_of(rest, [])
        await session.sign_in("w", "p")
        answers = await asyncio.gather(*(rest.get(f"/{n}") for n in range(5)))
        assert [one.status for one in answers] == [200] * 5

    requests = with_server(script, play)
    assert len([head for head in requests if "/auth/refresh" in head]) == 1


def grant(token: str, user_id: str = "u1") -> bytes:
    return answer(
        200,
        TOKEN.replace(b"new-token", token.encode()).replace(b'"u1"', b'"%s"' % user_id.encode()),
    )


def test_that_signing_out_counts_at_once_and_a_late_renewal_brings_nobody_back():
    async def play(rest: Rest, reached: list[str]) -> None:
        session = session_of(rest, ended := [])
        await session.sign_in("w", "p")
        renewal = asyncio.ensure_future(session.renew("token-a"))
        await renewing.wait()
        out = asyncio.ensure_future(session.sign_out())
        await asyncio.sleep(0)
        assert session.user is None
        go_on.set()
        assert await renewal is False and session.user is None
        await out
        assert ended == ["", ""]

    renewing, go_on = asyncio.Event(), asyncio.Event()

    async def script(head: str, writer: asyncio.StreamWriter) -> None:
        if "/auth/refresh" in head:
            renewing.set()
            await go_on.wait()
        writer.write(grant("token-b" if "/auth/refresh" in head else "token-a"))

    requests = with_server(script, play)
    (told,) = [head for head in requests if "/auth/logout" in head]
    assert "Bearer token-a" in told


def test_that_a_call_of_one_user_is_never_repeated_with_the_token_of_the_next():
    async def script(head: str, writer: asyncio.StreamWriter) -> None:
        if "/auth/token" in head:
            count[0] += 1
            writer.write(grant(f"token-{count[0]}", f"u{count[0]}"))
        elif "/auth/logout" in head:
            writer.write(answer(200))
        else:
            await session[0].sign_out()
            await session[0].sign_in("second", "p")
            writer.write(answer(401))

    async def play(rest: Rest, reached: list[str]) -> None:
        session.append(session_of(rest, []))
        await session[0].sign_in("first", "p")
        with pytest.raises(SessionEnded):
            await rest.call("POST", "/alarms/a/acknowledge", body={})
        assert session[0].user is not None and session[0].user.user_id == "u2"

    count, session = [0], []
    requests = with_server(script, play)
    (order,) = [head for head in requests if "acknowledge" in head]
    assert "Bearer token-1" in order


def test_that_a_refused_renewal_ends_the_session_with_a_text():
    async def script(head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(200, TOKEN) if "/auth/token" in head else answer(401))

    async def play(rest: Rest, reached: list[str]) -> None:
        ended: list[str] = []
        session = session_of(rest, ended)
        await session.sign_in("w", "p")
        with pytest.raises(SessionEnded):
            await rest.get("/alarms")
        assert session.user is None and ended == ["", "登录已失效，请重新登录"]

    with_server(script, play)


@pytest.mark.parametrize(
    ("url", "ca_file", "word"),
    [
        ("http://10.1.2.3/api/v1", "", "未加密"),
        ("ftp://10.1.2.3/", "", "不对"),
        ("https://u:p@city.example/api/v1", "", "密码"),
        ("https://city.example/api/v1", "/nowhere/ca.pem", "ca_file"),
    ],
)
def test_that_an_unsafe_address_is_refused_with_a_reason(url, ca_file, word):
    with pytest.raises(SettingsError, match=word):
        context_for(url, ca_file)


def test_that_calls_cut_off_at_any_moment_leave_the_way_to_the_platform_open():
    async def script(head: str, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(200))

    async def play(rest: Rest, reached: list[str]) -> None:
        for rounds in range(12):
            calls = [asyncio.create_task(rest.get(f"/{n}")) for n in range(12)]
            for _ in range(rounds):
                await asyncio.sleep(0)
            for call in calls:
                call.cancel()
            await asyncio.gather(*calls, return_exceptions=True)
        for n in range(12):
            assert (await rest.get(f"/again/{n}", deadline_s=3.0, urgent=True)).status == 200

    with_server(script, play)
