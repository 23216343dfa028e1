"""REST that misbehaves on order: errors, delay, broken connections."""

import asyncio

from fastapi.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desktop.standin.control import RestFault
from desktop.standin.wire import Problem, answer

_SLOW_S = 4.0
_PROMISED_BYTES = b"64"
_OPEN = ("/auth/", "/health", "/demo/")
_GEOJSON = ("/districts", "/grids")


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
        if mode == "refuse" and not self._is_open(scope["path"]):
            text = "当前账号没有这项数据的权限"
            return await Problem(403, "no_right", text).response()(scope, receive, send)
        if mode == "empty" and scope["method"] == "GET" and not self._is_open(scope["path"]):
            return await _nothing(scope["path"])(scope, receive, send)
        if mode == "drop_reply" and scope["method"] == "POST":
            await self._app(scope, receive, _swallow)
            return await _break_off(send)
        await self._app(scope, receive, send)

    def _is_open(self, path: str) -> bool:
        return path.removeprefix(self._base).startswith(_OPEN)


def _nothing(path: str) -> Response:
    """A list without rows; where the contract says GeoJSON, a collection without features."""
    if path.endswith(_GEOJSON) or "/layers/" in path:
        return answer({"type": "FeatureCollection", "features": []})
    if path.endswith(("/alarms", "/incidents")):
        return answer({"as_of": {"epoch": "", "seq": 0}, "items": [], "next_cursor": None})
    return answer({"items": [], "next_cursor": None})


async def _swallow(_: Message) -> None:
    pass


async def _break_off(send: Send) -> None:
    """Promises a body and gives none: uvicorn then closes the connection in the middle."""
    headers = [(b"content-length", _PROMISED_BYTES), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
