"""/control: levers of the stand-in, for scenarios, demonstrations and tests. Not a platform's."""

from pathlib import Path
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.standin.accounts import Accounts
from desktop.standin.broker import Broker
from desktop.standin.city import City, Draft
from desktop.standin.ledger import Ledger
from desktop.standin.load import Load
from desktop.standin.publisher import Publisher
from desktop.standin.scenarios import SCENARIOS
from desktop.standin.stage import Stage
from desktop.standin.wire import Problem, answer

_PAGE = Path(__file__).resolve().parents[2] / "resources" / "standin" / "control.html"
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class ScenarioChoice(BaseModel):
    name: str
    speed: float = Field(1.0, gt=0, le=100)


class AlarmDraft(BaseModel):
    point_id: str
    level: WarningLevel = WarningLevel.YELLOW
    title: str
    detail: str = ""
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    condition: str = ""


class AlarmChange(BaseModel):
    level: WarningLevel
    title: str


class LoadChoice(BaseModel):
    per_s: float = Field(ge=0, le=5000)
    for_s: float = Field(60.0, gt=0, le=1800)


class LevelChoice(BaseModel):
    level_m: float | None = None


class BrokerAction(BaseModel):
    action: Literal["stop", "start", "kill"]


class Fault(BaseModel):
    rest: Literal["ok", "500", "slow", "down", "drop_reply", "refuse", "empty", "expire_tokens"]


class RawMessage(BaseModel):
    topic: str
    payload: str
    qos: Literal[0, 1] = 1
    retain: bool = False
    encoding: Literal["utf-8", "latin-1"] = "utf-8"


class RestFault:
    """What befalls calls under /api/v1.

    refuse: everything behind the sign-in is 403; empty: every list is there and has no rows;
    down: the connection breaks before anything is done; drop_reply: an order is carried
    out and its answer is lost; slow: each call waits 4 s.
    """

    def __init__(self) -> None:
        self.mode = "ok"


def control_router(
    city: City,
    stage: Stage,
    broker: Broker,
    publisher: Publisher,
    ledger: Ledger,
    accounts: Accounts,
    fault: RestFault,
) -> APIRouter:
    router = APIRouter(prefix="/control", tags=["control"])
    page = _PAGE.read_bytes()
    load = Load(city)

    @router.get("", include_in_schema=False)
    async def read_page() -> Response:
        return Response(page, media_type="text/html; charset=utf-8", headers=_PAGE_HEADERS)

    @router.get("/scenario")
    async def scenario() -> Response:
        names = [{"name": s.name, "title": s.title} for s in SCENARIOS]
        return answer({"name": stage.name, "speed": stage.speed, "scenarios": names,
                       "facts": stage.facts()})  # fmt: skip

    @router.post("/scenario")
    async def play(choice: ScenarioChoice) -> Response:
        try:
            stage.play(choice.name, choice.speed)
        except KeyError:
            names = "、".join(s.name for s in SCENARIOS)
            raise Problem(
                404, "no_such_scenario", f"没有场景 {choice.name}，可用：{names}"
            ) from None
        return await scenario()

    @router.post("/alarms")
    async def raise_alarm(draft: AlarmDraft) -> Response:
        facts = draft.model_dump(exclude={"point_id"})
        return answer(city.raise_alarm(Draft(point=_point(city, draft.point_id), **facts)))

    @router.post("/alarms/{alarm_id}")
    async def change(alarm_id: str, said: AlarmChange) -> Response:
        before = city.book.get(alarm_id)
        point = _point(city, before.point_id or "")
        return answer(city.tell_again(alarm_id, Draft(point, said.level, said.title)))

    @router.post("/load", status_code=204)
    async def set_load(choice: LoadChoice) -> Response:
        load.start(choice.per_s, choice.for_s)
        return Response(status_code=204)

    @router.get("/points")
    async def points() -> Response:
        """What the page offers: id, name, class; lines where it is a gauge."""
        rows = [{"point_id": p.point_id, "name": p.name, "class_id": p.class_id,
                 "gauge": p.point_id in city.water.gauges} for p in city.places.points]  # fmt: skip
        return answer({"items": rows})

    @router.post("/alarms/{alarm_id}/clear", status_code=204)
    async def clear(alarm_id: str) -> Response:
        city.clear(alarm_id)
        return Response(status_code=204)

    @router.post("/points/{point_id}")
    async def set_level(point_id: str, choice: LevelChoice) -> Response:
        """A level holds the gauge there; null gives it back to the weather."""
        if point_id not in city.water.gauges:
            raise Problem(404, "no_such_gauge", f"没有水位测点 {point_id}")
        if choice.level_m is None:
            city.release_level(point_id)
        else:
            city.set_level(point_id, choice.level_m)
        return answer({"point_id": point_id, "level_m": city.water.gauges[point_id].measured_m})

    @router.post("/broker")
    async def broker_action(order: BrokerAction) -> Response:
        match order.action:
            case "stop":
                await broker.stop()
            case "start":
                await broker.start()
            case "kill":
                broker.kill()
        return answer({"pid": broker.pid})

    @router.post("/publish", status_code=204)
    async def publish(message: RawMessage) -> Response:
        """Any text as any topic's payload; latin-1 carries bytes that are not UTF-8."""
        try:
            payload = message.payload.encode(message.encoding)
            publisher.raw(message.topic, payload, message.qos, message.retain)
        except ValueError as error:
            raise Problem(400, "cannot_publish", str(error)) from None
        return Response(status_code=204)

    @router.post("/faults", status_code=204)
    async def set_fault(order: Fault) -> Response:
        if order.rest == "expire_tokens":
            accounts.expire_all()
        else:
            fault.mode = order.rest
        return Response(status_code=204)

    @router.get("/ledger")
    async def read_ledger(what: str = "", start: int = 0, last: int = 0) -> Response:
        """`last`: only so many of the newest."""
        first = max(len(ledger.entries) - last, 0) if last > 0 else start
        entries = [e for e in ledger.entries[first:] if what in ("", e["what"])]
        return answer({"items": entries})

    @router.get("/state")
    async def state() -> Response:
        gauges = {g.point.point_id: g.measured_m for g in city.water.gauges.values()}
        return answer({"epoch": city.book.epoch, "seq": city.book.seq, "gauges": gauges,
                       "open": city.book.open_count, "broker_pid": broker.pid,
                       "rest": fault.mode, "weather": city.weather,
                       "verdicts": city.verdicts.counts()})  # fmt: skip

    return router


def _point(city: City, point_id: str) -> Point:
    try:
        return city.places.point(point_id)
    except KeyError:
        raise Problem(404, "no_such_point", f"没有测点 {point_id}") from None
