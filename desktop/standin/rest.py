"""The platform's REST under /api/v1: signing in, catalogues, cameras, measured series."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from desktop.standin.accounts import DEMO_PASSWORD, PEOPLE, SEAT_ID, Accounts, Person, Signed
from desktop.standin.broker import PREFIX, Broker
from desktop.standin.catalogue import CityCatalogue
from desktop.standin.city import City
from desktop.standin.instruments import Instruments
from desktop.standin.schemas import answers_with
from desktop.standin.sharing import why_not_lent
from desktop.standin.streams import StreamService
from desktop.standin.wire import Problem, answer

SeatId = Annotated[
    str,
    Header(alias="X-Seat-Id", pattern=r"^[A-Za-z0-9_.-]{1,64}$", description="The desk's seat."),
]
_LONGEST = timedelta(days=7)


class SignIn(BaseModel):
    username: str
    password: str


class Device(BaseModel):
    device_token: str


class Refresh(BaseModel):
    refresh_token: str = ""


class Confirm(BaseModel):
    password: str


class Anchor(BaseModel):
    seat_id: str = Field(max_length=128)
    seq: int = Field(ge=1)
    hash: str = Field(pattern="^[0-9a-f]{64}$")


def bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""


def signed_in(accounts: Accounts) -> Callable[[Request], Person]:
    """Dependency: the person behind the token. Raises Problem(401)."""

    def person(request: Request) -> Person:
        found = accounts.person_of(bearer(request))
        if found is None:
            raise Problem(401, "not_signed_in", "没有登录或登录已过期")
        return found

    return person


def at_seat(accounts: Accounts) -> Callable[[Request], Signed]:
    """Dependency: the person, the seat, the password entered again. Raises Problem(401)."""

    def signed(request: Request) -> Signed:
        found = accounts.signed(bearer(request))
        if found is None:
            raise Problem(401, "not_signed_in", "没有登录或登录已过期")
        return found

    return signed


def auth_router(accounts: Accounts, broker: Broker) -> APIRouter:
    router = APIRouter(tags=["auth"])

    def grant(person: Person, seat_id: str) -> Response:
        access, refresh = accounts.grant(person, seat_id)
        user = {"user_id": person.username, "name": person.name, "roles": [person.role],
                "org_id": person.org_id, "seat_id": seat_id}  # fmt: skip
        mqtt = {"host": "127.0.0.1", "port": broker.port_for_desks, "tls": False,
                "username": broker.desk.username, "password": broker.desk.password,
                "prefix": PREFIX, "expires_at": None}  # fmt: skip
        return answer({"access_token": access, "expires_in": accounts.life_s,
                       "refresh_token": refresh, "user": user, "mqtt": mqtt})  # fmt: skip

    @router.post("/auth/token")
    async def token(body: SignIn, seat_id: SeatId = SEAT_ID) -> Response:
        """Beyond the common contract: a desk may name its seat, the platform takes it over."""
        person = accounts.sign_in(body.username, body.password)
        if person is None:
            raise Problem(401, "bad_credentials", "用户名或密码不对")
        return grant(person, seat_id)

    @router.post("/auth/device")
    async def device(body: Device, seat_id: SeatId = SEAT_ID) -> Response:
        """Beyond the common contract: a screen without people, role `wall`, reads only."""
        person = accounts.sign_in_device(body.device_token)
        if person is None:
            raise Problem(401, "bad_device", "不认识这个设备令牌")
        return grant(person, seat_id)

    @router.post("/auth/refresh")
    async def refresh(body: Refresh) -> Response:
        renewed = accounts.renew(body.refresh_token)
        if renewed is None:
            raise Problem(401, "refresh_expired", "登录已过期")
        return grant(*renewed)

    @router.post("/auth/logout", status_code=204)
    async def logout(request: Request, body: Refresh) -> Response:
        accounts.forget(bearer(request), body.refresh_token)
        return Response(status_code=204)

    @router.post("/auth/confirm", status_code=204)
    async def confirm(
        request: Request, body: Confirm, person: Annotated[Person, Depends(signed_in(accounts))]
    ) -> Response:
        if accounts.sign_in(person.username, body.password) is None:
            raise Problem(401, "bad_credentials", "密码不对")
        accounts.confirm(bearer(request))
        return Response(status_code=204)

    heads: dict[tuple[str, int], str] = {}

    @router.post("/audit/anchors", status_code=204)
    async def anchors(
        body: Anchor, _person: Annotated[Person, Depends(signed_in(accounts))]
    ) -> Response:
        """Head of a desk's audit chain; another hash for a known place is a rewritten chain."""
        if heads.setdefault((body.seat_id, body.seq), body.hash) != body.hash:
            raise Problem(409, "anchor_differs", f"席位第 {body.seq} 条审计记录与已报的不同")
        return Response(status_code=204)

    @router.get("/demo/accounts")
    async def demo_accounts() -> Response:
        """Outside the contract: what the sign-in page of the stand-in shows."""
        rows = [{"username": p.username, "password": DEMO_PASSWORD, "name": p.name,
                 "role": p.role, "role_name": p.role_name} for p in PEOPLE]  # fmt: skip
        return answer(rows)

    return router


def live_router(
    city: City, streams: StreamService, whole: CityCatalogue, instruments: Instruments,
    accounts: Accounts,
) -> APIRouter:  # fmt: skip
    """What moves: pictures, measured values and the weather."""
    router = APIRouter(tags=["live"])
    known = whole.cameras_by_id

    @router.get("/cameras/{camera_id}/live", openapi_extra=answers_with("LiveAnswer"))
    async def live(
        request: Request, camera_id: str,
        person: Annotated[Person, Depends(signed_in(accounts))], profile: str = "main",
    ) -> Response:  # fmt: skip
        if profile not in ("main", "sub"):
            raise Problem(400, "bad_profile", "profile 只能是 main 或 sub")
        if camera_id not in known:
            raise Problem(404, "no_such_camera", f"没有摄像机 {camera_id}")
        if reason := why_not_lent(known[camera_id], person.role):
            raise Problem(403, "not_shared", reason)
        if not streams.has_picture(camera_id):
            done, total = streams.progress()
            text = f"演示画面正在绘制（{done}/{total}），稍候自动打开"
            raise Problem(409, "picture_not_drawn", text)
        rows = streams.live_addresses(camera_id, profile, str(request.base_url))
        ends = city.now() + timedelta(seconds=60)
        return answer({"streams": rows, "expires_at": ends.isoformat(timespec="milliseconds")})

    @router.get("/cameras/{camera_id}/snapshot")
    async def snapshot(camera_id: str) -> Response:
        picture = await asyncio.to_thread(streams.snapshot, camera_id)
        if picture is None:
            raise Problem(404, "no_picture", f"摄像机 {camera_id} 没有画面")
        return Response(picture, media_type="image/jpeg")

    @router.get("/series")
    async def series(
        point_id: str,
        metric: str,
        start: Annotated[datetime, Query(alias="from")],
        to: datetime,
        step: Annotated[float, Query(ge=1)] = 30.0,
    ) -> Response:
        """One sample per `step` seconds at most, oldest first."""
        gauge = city.water.gauges.get(point_id)
        if start.tzinfo is None or to.tzinfo is None:
            raise Problem(400, "bad_time", "from、to 缺少时区")
        if gauge is not None and metric == "level_m":
            rows = _thinned(list(gauge.course), start, to, step)
        elif point_id in instruments:
            rows = await asyncio.to_thread(_measured, instruments, point_id, metric, start,
                                           min(to, city.now()), step)  # fmt: skip
        else:
            raise Problem(404, "no_such_series", f"没有 {point_id} 的 {metric}")
        return answer({"items": rows})

    @router.get("/weather")
    async def weather() -> Response:
        return answer(city.weather)

    return router


def _thinned(
    course: list[tuple[datetime, float]], start: datetime, to: datetime, step_s: float
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    last: datetime | None = None
    for at, level in course:
        if start <= at <= to and (last is None or (at - last).total_seconds() >= step_s - 0.01):
            rows.append({"at": at, "metrics": {"level_m": level}, "quality": "good"})
            last = at
    return rows


def _measured(
    instruments: Instruments, point_id: str, metric: str, start: datetime, to: datetime,
    step_s: float,
) -> list[dict[str, Any]]:  # fmt: skip
    """At most seven days back. Raises Problem(404) for a metric that the point has not."""
    start = max(start, to - _LONGEST)
    try:
        course = instruments.series(point_id, metric, start, to, step_s)
    except KeyError:
        raise Problem(404, "no_such_series", f"没有 {point_id} 的 {metric}") from None
    return [{"at": at, "metrics": {metric: value}, "quality": "good"} for at, value in course]
