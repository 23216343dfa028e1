"""The stand-in's web application: routers, faults, problems, OpenAPI."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from desktop import __version__
from desktop.standin import schemas
from desktop.standin.accounts import Accounts
from desktop.standin.alarm_book import AlarmBook
from desktop.standin.control import RestFault
from desktop.standin.rest import signed_in
from desktop.standin.wire import Problem, answer

BASE = "/api/v1"
_SLOW_S = 4.0
Next = Callable[[Request], Awaitable[Response]]


def make_app(
    book: AlarmBook,
    accounts: Accounts,
    fault: RestFault,
    open_routers: list[APIRouter],
    signed_routers: list[APIRouter],
    bare_routers: list[APIRouter],
) -> FastAPI:
    """open: under BASE without a token; signed: with one; bare: outside BASE."""
    app = FastAPI(title="城瞰演示城市", version=__version__, docs_url=None, redoc_url=None,
                  openapi_url=f"{BASE}/openapi.json",
                  description="Stand-in of a city management platform.")  # fmt: skip
    health = APIRouter(tags=["health"])

    @health.get("/health")
    async def read_health() -> Response:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        return answer({"status": "ok", "time": now, "epoch": book.epoch, "seq": book.seq})

    for router in (health, *open_routers):
        app.include_router(router, prefix=BASE)
    for router in signed_routers:
        app.include_router(router, prefix=BASE, dependencies=[Depends(signed_in(accounts))])
    for router in bare_routers:
        app.include_router(router)
    _add_problems(app)
    _add_faults(app, fault)
    schemas.publish(app)
    return app


def _add_problems(app: FastAPI) -> None:
    @app.exception_handler(Problem)
    async def problem(_: Request, error: Problem) -> Response:
        return error.response()

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        place = "/".join(str(part) for part in first["loc"])
        return Problem(400, "bad_request", f"{place}: {first['msg']}").response()

    @app.exception_handler(HTTPException)
    async def other(_: Request, error: HTTPException) -> Response:
        return Problem(error.status_code, "http", str(error.detail)).response()


def _add_faults(app: FastAPI, fault: RestFault) -> None:
    @app.middleware("http")
    async def disturb(request: Request, call_next: Next) -> Response:
        if not request.url.path.startswith(BASE) or fault.mode == "ok":
            return await call_next(request)
        if fault.mode == "500":
            return Problem(500, "internal", "平台内部错误").response()
        if fault.mode == "slow":
            await asyncio.sleep(_SLOW_S)
        response = await call_next(request)
        if fault.mode == "drop_reply" and request.method == "POST":
            return Problem(503, "reply_lost", "应答丢失").response()
        return response
