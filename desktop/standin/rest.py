"""The platform's REST under /api/v1: signing in, catalogues, cameras, measured series."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from desktop.standin import catalogue as city_catalogue
from desktop.standin.accounts import DEMO_PASSWORD, PEOPLE, Accounts, Person
from desktop.standin.basemap import build_basemap
from desktop.standin.broker import PREFIX, Broker
from desktop.standin.city import City
from desktop.standin.schemas import answers_with
from desktop.standin.streams import StreamService
from desktop.standin.wire import Problem, answer, catalogue, page

SEAT_ID = "seat-1"
Limit = Annotated[int, Query(ge=1, le=5000)]


class SignIn(BaseModel):
    username: str
    password: str


class Refresh(BaseModel):
    refresh_token: str = ""


class Confirm(BaseModel):
    password: str


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


def auth_router(accounts: Accounts, broker: Broker) -> APIRouter:
    router = APIRouter(tags=["auth"])

    def grant(person: Person) -> Response:
        access, refresh = accounts.grant(person)
        user = {"user_id": person.username, "name": person.name, "roles": [person.role],
                "org_id": person.org_id, "seat_id": SEAT_ID}  # fmt: skip
        mqtt = {"host": "127.0.0.1", "port": broker.port, "username": broker.desk.username,
                "password": broker.desk.password, "tls": False, "prefix": PREFIX,
                "expires_at": None}  # fmt: skip
        return answer({"access_token": access, "expires_in": accounts.life_s,
                       "refresh_token": refresh, "user": user, "mqtt": mqtt})  # fmt: skip

    @router.post("/auth/token")
    async def token(body: SignIn) -> Response:
        person = accounts.sign_in(body.username, body.password)
        if person is None:
            raise Problem(401, "bad_credentials", "用户名或密码不对")
        return grant(person)

    @router.post("/auth/refresh")
    async def refresh(body: Refresh) -> Response:
        person = accounts.renew(body.refresh_token)
        if person is None:
            raise Problem(401, "refresh_expired", "登录已过期")
        return grant(person)

    @router.post("/auth/logout", status_code=204)
    async def logout(request: Request, body: Refresh) -> Response:
        accounts.forget(bearer(request), body.refresh_token)
        return Response(status_code=204)

    @router.post("/auth/confirm", status_code=204)
    async def confirm(
        body: Confirm, person: Annotated[Person, Depends(signed_in(accounts))]
    ) -> Response:
        if accounts.sign_in(person.username, body.password) is None:
            raise Problem(401, "bad_credentials", "密码不对")
        return Response(status_code=204)

    @router.get("/demo/accounts")
    async def demo_accounts() -> Response:
        """Outside the contract: what the sign-in page of the stand-in shows."""
        rows = [{"username": p.username, "password": DEMO_PASSWORD, "name": p.name,
                 "role": p.role, "role_name": p.role_name} for p in PEOPLE]  # fmt: skip
        return answer(rows)

    return router


def catalogue_router() -> APIRouter:
    """Registers and layers: with ETag, in pages where they are long."""
    router = APIRouter(tags=["catalogue"])
    layers = [{"layer_id": "basemap", "name": "底图", "kind": "basemap"}]
    bodies: dict[str, bytes] = {}

    @router.get("/orgs")
    async def orgs(request: Request) -> Response:
        return catalogue(request, {"items": city_catalogue.ORGS, "next_cursor": None})

    @router.get("/districts")
    async def districts(request: Request) -> Response:
        return catalogue(request, city_catalogue.district())

    @router.get("/cameras", openapi_extra=answers_with("Camera", listed=True))
    async def cameras(request: Request, limit: Limit = 1000, cursor: str = "") -> Response:
        return catalogue(request, page(city_catalogue.cameras(), limit, cursor))

    @router.get("/points", openapi_extra=answers_with("Point", listed=True))
    async def points(request: Request, limit: Limit = 1000, cursor: str = "") -> Response:
        return catalogue(request, page(city_catalogue.points(), limit, cursor))

    @router.get("/alarm-classes", openapi_extra=answers_with("AlarmClass", listed=True))
    async def alarm_classes(request: Request) -> Response:
        return catalogue(request, page(city_catalogue.alarm_classes(), 1000, ""))

    @router.get("/layers")
    async def layer_list(request: Request) -> Response:
        return catalogue(request, {"items": layers, "next_cursor": None})

    @router.get("/layers/{layer_id}")
    async def layer(request: Request, layer_id: str) -> Response:
        if layer_id != "basemap":
            raise Problem(404, "no_such_layer", f"没有图层 {layer_id}")
        if layer_id not in bodies:
            bodies[layer_id] = await asyncio.to_thread(_basemap)
        return catalogue(request, bodies[layer_id])

    return router


def _basemap() -> bytes:
    return msgspec.json.encode(build_basemap())


def live_router(city: City, streams: StreamService) -> APIRouter:
    """What moves: pictures and measured values."""
    router = APIRouter(tags=["live"])
    known = {camera.camera_id for camera in city_catalogue.cameras()}

    @router.get("/cameras/{camera_id}/live", openapi_extra=answers_with("LiveAnswer"))
    async def live(request: Request, camera_id: str, profile: str = "main") -> Response:
        if profile not in ("main", "sub"):
            raise Problem(400, "bad_profile", "profile 只能是 main 或 sub")
        if camera_id not in known:
            raise Problem(404, "no_such_camera", f"没有摄像机 {camera_id}")
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
        if gauge is None or metric != "level_m":
            raise Problem(404, "no_such_series", f"没有 {point_id} 的 {metric}")
        return answer({"items": _thinned(list(gauge.course), start, to, step)})

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
