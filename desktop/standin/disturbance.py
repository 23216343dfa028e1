"""REST that misbehaves on order: errors, delay, broken connections."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desktop.standin.control import RestFault
from desktop.standin.wire import Problem

_SLOW_S = 4.0
_PROMISED_BYTES = b"64"


class Disturbance:
    """ASGI, not BaseHTTPMiddleware: the live pictures pass here too, and must cost nothing."""

    def __init__(self, app: ASGIApp, fault: RestFault, base: str) -> None:
        self._app = app
        self._fault = fault
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        mode = self._fault.mode
        if mode == "ok" or scope["type"] != "http" or not scope["path"].startswith(self._base):
            return await self._app(scope, receive, send)
        if mode == "500":
            return await Problem(500, "internal", "平台内部错误").response()(scope, receive, send)
        if mode == "down":
            return await _break_off(send)
        if mode == "slow":
            await asyncio.sleep(_SLOW_S)
        if mode == "drop_reply" and scope["method"] == "POST":
            await self._app(scope, receive, _swallow)
            return await _break_off(send)
        await self._app(scope, receive, send)


async def _swallow(_: Message) -> None:
    pass


async def _break_off(send: Send) -> None:
    """Promises a body and gives none: uvicorn then closes the connection in the middle."""
    headers = [(b"content-length", _PROMISED_BYTES), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
