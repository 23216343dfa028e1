"""The platform's REST: bounded in time and size, signed in, polite when it is in trouble."""

import asyncio
import logging
import re
import socket
import ssl
import zlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
import msgspec

from desktop.clock import Clock
from desktop.domain.texts import clean_text
from desktop.errors import PlatformAway, PlatformError
from desktop.feeds.wire import UNREADABLE
from desktop.link.backoff import Backoff
from desktop.link.http_pool import HttpPool
from desktop.link.mqtt import connect_failure

log = logging.getLogger(__name__)

DEADLINE_S = 10.0
PICTURE = "image/"
MAX_BODY_BYTES = 32 * 1024 * 1024
MAX_RETRY_AFTER_S = 300.0
LONGEST_PAUSE_S = 12.0  # back within 15 s after an outage
_TROUBLE = (500, 502, 503, 504)
_NO_WAY = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_CHINESE = re.compile("[\u3400-\u9fff]")


class Problem(msgspec.Struct, frozen=True):
    """application/problem+json (RFC 9457); `current` is the present thing of a 409."""

    title: str = ""
    detail: str = ""
    code: str = ""
    epoch: str = ""
    current: msgspec.Raw = msgspec.Raw(b"null")


class Unreachable(PlatformAway):
    """No answer, or one that says that the platform is in trouble: try again later.

    `untouched`: the call surely did nothing; it found no way, or was sent away at the door.
    """

    def __init__(self, operator_text: str, untouched: bool = False) -> None:
        super().__init__(operator_text)
        self.untouched = untouched


class SessionEnded(PlatformError):
    """The platform no longer knows who this is."""


class Refused(PlatformError):
    """The platform said no: `status` and `problem` say why."""

    def __init__(self, operator_text: str, status: int, problem: Problem) -> None:
        super().__init__(operator_text)
        self.status = status
        self.problem = problem


class _TooLarge(Exception):
    """A body above MAX_BODY_BYTES."""


class Response(NamedTuple):
    status: int
    body: bytes
    etag: str = ""
    content_type: str = ""


class Rest:
    """One client for all calls; `reached` is told after each call with the failure or ""."""

    def __init__(
        self,
        base_url: str,
        tls: ssl.SSLContext | bool,
        clock: Clock,
        on_reached: Callable[[str], None],
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._clock = clock
        self._on_reached = on_reached
        self._backoff = Backoff(LONGEST_PAUSE_S)
        self._host = urlsplit(base_url).hostname or base_url
        self._closed_until_s = 0.0
        self._obliged_until_s = 0.0
        self.token: Callable[[], str] = lambda: ""
        self.renew: Callable[[str], Awaitable[bool]] | None = None
        self._pool = HttpPool(tls, DEADLINE_S)

    async def close(self) -> None:
        await self._pool.close()

    @property
    def obliged_s(self) -> float:
        """Seconds of the pause that the platform itself asked for (429 Retry-After)."""
        return max(0.0, self._obliged_until_s - self._clock.monotonic_s())

    @property
    def wait_s(self) -> float:
        """Seconds until the platform may be asked again."""
        return max(0.0, self._closed_until_s - self._clock.monotonic_s())

    async def get(
        self, path: str, params: Mapping[str, str] | None = None, **more: Any
    ) -> Response:
        return await self.call("GET", path, params=params, **more)

    async def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        deadline_s: float = DEADLINE_S,
        signed: bool = True,
        urgent: bool = False,
        apart: bool = False,
    ) -> Response:
        """Answers 2xx and 304. Raises Unreachable, SessionEnded or Refused.

        Trouble of an `apart` call is its own: what else is asked does not wait for it.

        An `urgent` call (a person waits) does not wait for the pause after failures, only
        for one that the platform asked for.
        """
        wait_s = self.obliged_s if urgent else self.wait_s
        if wait_s > 0:
            text = f"平台接口暂时不可用，请 {max(wait_s, 1.0):.0f} 秒后再试"
            raise Unreachable(text, untouched=True)
        request = _request(self._pool.client, method, self.base_url + path, params, body, headers)
        used = self.token() if signed else ""
        response = await self._once(request, deadline_s, used, apart)
        if response.status == 401 and signed and self.renew and await self.renew(used):
            response = await self._once(request, deadline_s, self.token(), apart)
        return _judged(response, signed)

    async def _once(
        self, request: httpx.Request, deadline_s: float, token: str, apart: bool = False
    ) -> Response:
        if token:
            request.headers["Authorization"] = f"Bearer {token}"
        try:
            async with asyncio.timeout(deadline_s):
                response, retry_after = await self._read(request)
        except (OSError, httpx.HTTPError, zlib.error, _TooLarge) as error:
            untouched = isinstance(error, _NO_WAY)
            raise self._failed(_why(error, self._host), untouched=untouched) from None
        if response.status in _TROUBLE and apart:
            raise Unreachable(f"平台暂时不能回答（{response.status}）")
        if response.status in _TROUBLE:
            raise self._failed(f"平台内部故障（{response.status}）")
        if response.status == 429:
            raise self._failed("平台请求过多，要求稍候", retry_after, untouched=True)
        if not _is_of_picture(request) and (wrong := _unreadable(response)):
            log.error("%s %s: %s", request.method, request.url.path, wrong)
            raise self._failed(f"平台返回异常（{wrong}）")
        if self.obliged_s > 0.0:  # asked before the pause that the platform called for meanwhile
            return response
        self._backoff.succeeded()
        self._closed_until_s = 0.0
        self._on_reached("")
        return response

    async def _read(self, request: httpx.Request) -> tuple[Response, float | None]:
        async with self._pool.lent() as client:
            response = await client.send(request, stream=True)
            try:
                body = await _bounded_body(response)
            finally:
                await response.aclose()
        said = response.headers.get
        found = Response(
            response.status_code, body, said("ETag", ""), said("Content-Type", "").lower()
        )
        return found, self._retry_after(response)

    def _failed(
        self, why: str, retry_after_s: float | None = None, untouched: bool = False
    ) -> Unreachable:
        """Closes the way for a while; the next call within it fails at once."""
        wait_s = self._backoff.failed() if retry_after_s is None else retry_after_s
        self._closed_until_s = self._clock.monotonic_s() + wait_s
        if retry_after_s is not None:
            self._obliged_until_s = self._closed_until_s
        self._on_reached(why)
        return Unreachable(f"平台接口不可用：{why}。请稍候再试", untouched)

    def _retry_after(self, response: httpx.Response) -> float | None:
        value = response.headers.get("Retry-After", "")
        if not value:
            return None
        try:
            seconds_s = float(value)
        except ValueError:
            try:
                until = parsedate_to_datetime(value).replace(tzinfo=UTC)
            except ValueError:
                return None
            seconds_s = (until - self._clock.now()).total_seconds()
        return min(max(seconds_s, 1.0), MAX_RETRY_AFTER_S)


def _request(
    client: httpx.AsyncClient,
    method: str,
    url: str,
    params: Mapping[str, str] | None,
    body: object,
    headers: Mapping[str, str] | None,
) -> httpx.Request:
    sent = dict(headers or {})
    content = None
    if body is not None:
        content = msgspec.json.encode(body)
        sent["Content-Type"] = "application/json"
    return client.build_request(method, url, params=params, headers=sent, content=content)


def _judged(response: Response, signed: bool) -> Response:
    if response.status == 401 and signed:
        raise SessionEnded("登录已失效，请重新登录")
    if response.status < 300 or response.status == 304:
        return response
    problem = _problem(response.body)
    raise Refused(_refusal_text(response.status, problem), response.status, problem)


async def _bounded_body(response: httpx.Response) -> bytes:
    """Unpacks as it reads, so that a small bomb never becomes a large body."""
    unpack = zlib.decompressobj(31) if response.headers.get("Content-Encoding") == "gzip" else None
    body = bytearray()
    async for chunk in response.aiter_raw():
        room = MAX_BODY_BYTES + 1 - len(body)
        body += unpack.decompress(chunk, room) if unpack else chunk[:room]
        if len(body) > MAX_BODY_BYTES:
            raise _TooLarge
    return bytes(body)


def _is_of_picture(request: httpx.Request) -> bool:
    """Who asks for one looks at it himself: a bad picture is no trouble of the platform's line."""
    return request.headers.get("Accept", "").startswith(PICTURE)


def _unreadable(response: Response) -> str:
    """Why an answer of success is none: every call of the contract answers with
    JSON, but for a picture."""
    if response.status >= 300 or not response.body:
        return ""
    if response.content_type and "json" not in response.content_type:
        kind = response.content_type.partition(";")[0]
        return f"应为 JSON，却是 {kind[:40]}" if kind.isascii() else "应为 JSON"
    try:
        msgspec.json.decode(response.body, type=msgspec.Raw)
    except UNREADABLE:
        return "内容不完整或读不懂"
    return ""


def _problem(body: bytes) -> Problem:
    try:
        return msgspec.json.decode(body, type=Problem)
    except UNREADABLE:
        return Problem()


def _refusal_text(status: int, problem: Problem) -> str:
    words = _platforms_words(problem)
    if status == 403:
        return f"无权限：{words}" if words else "无权限进行此操作，请联系管理员"
    if status == 404:
        return words or "平台上没有这一项"
    return words or f"平台返回异常（{status}）"


def _platforms_words(problem: Problem) -> str:
    """Empty where they are none that an operator reads."""
    words = clean_text(problem.detail or problem.title)[:200]
    if words and not _CHINESE.search(words):
        log.info("the platform refused: %s", words)
        return ""
    return words


def _why(error: Exception, host: str) -> str:
    """What stopped a call, without address or header: those may carry secrets."""
    cause: BaseException | None = error
    while cause is not None:
        deeper = cause.__cause__ or cause.__context__
        # "All connection attempts failed" has no number: the last attempt below it has one.
        nameless = type(cause) is OSError and cause.errno is None and deeper is not None
        if isinstance(cause, socket.gaierror):
            return f"找不到主机名 {host}"
        if isinstance(cause, OSError) and not nameless:
            return connect_failure(cause)
        cause = deeper
    if isinstance(error, httpx.TimeoutException):
        return "没有应答"
    if isinstance(error, _TooLarge):
        return f"平台返回的内容超过 {MAX_BODY_BYTES >> 20} MiB"
    return "连接中断"


def server_time(body: bytes) -> datetime | None:
    """`time` of GET /health."""

    class Health(msgspec.Struct):
        time: datetime | None = None

    try:
        time = msgspec.json.decode(body, type=Health).time
    except UNREADABLE:
        return None
    return time if time and time.tzinfo else None
