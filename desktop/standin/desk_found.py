"""POST /alarms: what a desk found by itself. Several desks find the same thing: one alarm."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header
from fastapi.responses import Response
from pydantic import BaseModel, Field

from desktop.domain.alarms import Alarm, Origin, Verification
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.standin.accounts import MAY_NOT_ACT, Accounts, Person
from desktop.standin.catalogue import alarm_class
from desktop.standin.city import City, Draft
from desktop.standin.ledger import Ledger
from desktop.standin.orders import PlainText
from desktop.standin.rest import signed_in
from desktop.standin.schemas import answers_with
from desktop.standin.wire import Problem, answer

_MOST_CAMERAS = 20


class FoundAlarm(BaseModel):
    """A point, or a position; `condition_key` as in Alarm."""

    condition_key: Annotated[PlainText, Field(min_length=1, max_length=300)]
    class_id: Annotated[PlainText, Field(min_length=1, max_length=100)]
    level: WarningLevel
    title: Annotated[PlainText, Field(min_length=1, max_length=200)]
    detail: PlainText = ""
    point_id: Annotated[PlainText, Field(max_length=100)] = ""
    lon: float | None = Field(None, ge=-180, le=180)
    lat: float | None = Field(None, ge=-90, le=90)
    value: float | None = Field(None, allow_inf_nan=False)
    limit: float | None = Field(None, allow_inf_nan=False)
    unit: Annotated[PlainText, Field(max_length=20)] = ""
    confidence: float | None = Field(None, ge=0, le=1)
    camera_ids: list[Annotated[PlainText, Field(max_length=100)]] = Field(
        default_factory=list, max_length=_MOST_CAMERAS
    )


class FoundAlarms:
    """The Idempotency-Key is condition key + window: the same key is the same alarm."""

    def __init__(self, city: City, ledger: Ledger) -> None:
        self._city = city
        self._ledger = ledger
        self._known: dict[str, str] = {}  # key -> alarm_id

    def take(self, body: FoundAlarm, key: str, by: Person) -> Alarm:
        """A new alarm, or the one that is there already. Raises Problem."""
        try:
            alarm = self._decide(body, key, by)
        except Problem as problem:
            self._ledger.order(key, "raise", body.condition_key, by.username, problem.status)
            raise
        self._known[key] = alarm.alarm_id
        self._ledger.order(key, "raise", alarm.alarm_id, by.username, 200)
        return alarm

    def _decide(self, body: FoundAlarm, key: str, by: Person) -> Alarm:
        if not key:
            raise Problem(428, "key_missing", "命令缺少 Idempotency-Key")
        if by.role in MAY_NOT_ACT:
            raise Problem(403, "no_right", f"{by.role_name}没有上报告警的权限")
        book = self._city.book
        if key in self._known:
            return book.get(self._known[key])
        return book.find_open(body.condition_key) or self._city.raise_alarm(self._draft(body))

    def _draft(self, body: FoundAlarm) -> Draft:
        facts = body.model_dump(
            include={"level", "title", "detail", "value", "limit", "unit", "confidence",
                     "condition_key"}
        )  # fmt: skip
        return Draft(
            point=self._point(body),
            origin=Origin.DESK,
            verification=Verification.PENDING,  # a desk's finding waits for a person
            **facts,
        )

    def _point(self, body: FoundAlarm) -> Point:
        try:
            alarm_class(body.class_id)
        except KeyError:
            raise Problem(400, "no_such_class", f"没有告警类别 {body.class_id}") from None
        lon, lat, cameras = body.lon, body.lat, tuple(body.camera_ids)
        if body.point_id:
            try:
                known = self._city.places.point(body.point_id)
            except KeyError:
                raise Problem(400, "no_such_point", f"没有测点 {body.point_id}") from None
            lon, lat, cameras = known.lon_deg, known.lat_deg, cameras or known.camera_ids
        return Point(
            point_id=body.point_id or body.condition_key,
            class_id=body.class_id,
            name=body.title,
            lon_deg=lon,
            lat_deg=lat,
            camera_ids=cameras,
        )


def found_router(found: FoundAlarms, accounts: Accounts) -> APIRouter:
    router = APIRouter(tags=["alarms"])

    @router.post("/alarms", openapi_extra=answers_with("Alarm"))
    async def raise_alarm(
        body: FoundAlarm,
        person: Annotated[Person, Depends(signed_in(accounts))],
        key: Annotated[str, Header(alias="Idempotency-Key")] = "",
    ) -> Response:
        return answer(found.take(body, key, person))

    return router
