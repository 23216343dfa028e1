"""The stand-in's web application: routers, faults, problems, OpenAPI."""

import logging
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
from desktop.standin.disturbance import Disturbance
from desktop.standin.rest import signed_in
from desktop.standin.wire import Problem, answer

log = logging.getLogger(__name__)

BASE = "/api/v1"


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
    app.add_middleware(Disturbance, fault=fault, base=BASE)
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

    @app.exception_handler(Exception)
    async def unexpected(_: Request, error: Exception) -> Response:
        log.error("a call failed", exc_info=error)
        return Problem(500, "internal", "平台内部错误").response()
