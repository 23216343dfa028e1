"""The platform's registers under /api/v1: cameras, points, units, orgs, duty, areas, classes."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from desktop.domain.cameras import Camera
from desktop.standin.accounts import Accounts, Person
from desktop.standin.case_classes import case_classes
from desktop.standin.catalogue import CityCatalogue, alarm_classes
from desktop.standin.generated.kinds import ITEM_CLASSES
from desktop.standin.generated.rows import Unit
from desktop.standin.masks import for_role, sees_numbers
from desktop.standin.plans import city_plans
from desktop.standin.register_pages import Limit, UpdatedSince, Wanted, long_page, source_version
from desktop.standin.rest import signed_in
from desktop.standin.schemas import answers_with
from desktop.standin.wire import Problem, answer, catalogue, is_known, page, tag_of, unchanged

Units = Callable[[datetime | None], Sequence[Unit]]
_NOTE = "The ETag of a page stands for the whole register and this query."


def register_router(city: CityCatalogue, accounts: Accounts, units: Units) -> APIRouter:
    """`units` gives the rows that changed after a moment, or all: what they do, where they are."""
    router = APIRouter(tags=["catalogue"])
    _add_long(router, city)
    _add_areas(router, city)
    _add_classes(router, city)
    _add_people(router, city, signed_in(accounts), units)
    return router


def _add_long(router: APIRouter, city: CityCatalogue) -> None:
    def camera_rows(since: datetime | None) -> tuple[int, Callable[[int, int], Sequence[Camera]]]:
        if since is None or since < city.since:
            return len(city.cameras_by_id), city.cameras
        changed = city.changes.cameras_after(since)
        return len(changed), lambda a, b: [city.camera(c) for c in changed[a:b]]

    @router.get("/cameras", openapi_extra=answers_with("Camera", listed=True), description=_NOTE)
    async def cameras(
        request: Request, limit: Limit = 1000, cursor: str = "", updated_since: UpdatedSince = None
    ) -> Response:
        wanted = Wanted(limit, cursor, updated_since)
        total, rows = camera_rows(updated_since)
        version = f"cameras|{source_version()}|{city.city.scale.name}|{city.city.seed}"
        return await long_page(request, f"{version}|{city.changes.count}", wanted, total, rows)

    @router.get("/points", openapi_extra=answers_with("Point", listed=True), description=_NOTE)
    async def points(
        request: Request, limit: Limit = 1000, cursor: str = "", updated_since: UpdatedSince = None
    ) -> Response:
        wanted = Wanted(limit, cursor, updated_since)
        late = updated_since is not None and updated_since >= city.since
        rows = () if late else city.points
        version = f"points|{source_version()}|{city.city.scale.name}|{city.city.seed}"
        return await long_page(request, version, wanted, len(rows), lambda a, b: rows[a:b])


def _add_areas(router: APIRouter, city: CityCatalogue) -> None:
    @router.get("/districts")
    async def districts(request: Request) -> Response:
        return await _areas(request, city, "districts", city.city.districts_geojson)

    @router.get("/grids")
    async def grids(request: Request) -> Response:
        """Cells of the city's management grid, each with its community as `parent_id`."""
        return await _areas(request, city, "grids", city.city.grids_geojson)


async def _areas(
    request: Request, city: CityCatalogue, name: str, make: Callable[[], Any]
) -> Response:
    tag = tag_of(f"{name}|{source_version()}|{city.city.scale.name}|{city.city.seed}")
    if is_known(request, tag):
        return unchanged(tag)
    body = await asyncio.to_thread(lambda: msgspec.json.encode(make()))
    return answer(body, headers={"ETag": tag})


def _add_classes(router: APIRouter, city: CityCatalogue) -> None:
    @router.get("/alarm-classes", openapi_extra=answers_with("AlarmClass", listed=True))
    async def read_alarm_classes(request: Request) -> Response:
        return catalogue(request, page(alarm_classes(), 1000, ""))

    @router.get("/asset-classes")
    async def asset_classes(request: Request) -> Response:
        counts = await asyncio.to_thread(city.item_counts)
        rows = [{"class_id": kind.class_id, "name": kind.name, "prefix": kind.prefix,
                 "count": counts[kind.class_id], "has_owner": kind.class_id == "manhole"}
                for kind in ITEM_CLASSES]  # fmt: skip
        return catalogue(request, page(rows, 1000, ""))

    @router.get("/catalogue")
    async def read_case_classes(request: Request) -> Response:
        """Component and event classes of cases with their limits."""
        return catalogue(request, page(case_classes(), 5000, ""))


def _add_people(
    router: APIRouter, city: CityCatalogue, who: Callable[[Request], Person], units: Units
) -> None:
    @router.get("/orgs", openapi_extra=answers_with("Org", listed=True))
    async def orgs(request: Request) -> Response:
        return catalogue(request, page(city.orgs, 1000, ""))

    @router.get("/plans", openapi_extra=answers_with("Plan", listed=True))
    async def plans(request: Request) -> Response:
        return catalogue(request, page(tuple(city_plans().values()), 1000, ""))

    @router.get("/depots", openapi_extra=answers_with("Depot", listed=True))
    async def depots(request: Request, limit: Limit = 1000, cursor: str = "") -> Response:
        return catalogue(request, page(city.depots, limit, cursor))

    @router.get("/units", openapi_extra=answers_with("Unit", listed=True))
    async def read_units(
        request: Request, person: Annotated[Person, Depends(who)],
        limit: Limit = 1000, cursor: str = "", updated_since: UpdatedSince = None,
    ) -> Response:  # fmt: skip
        """A position alone is no change: it comes by MQTT. Numbers are masked for roles that
        may not see them in lists.
        """
        wanted = Wanted(limit, cursor, updated_since)

        def body() -> bytes:
            cut = page(units(wanted.since), limit, cursor)
            cut["items"] = [for_role(row, person.role) for row in cut["items"]]
            return msgspec.json.encode(cut)

        return catalogue(request, await asyncio.to_thread(body))

    @router.get("/duty", openapi_extra=answers_with("Duty", listed=True))
    async def duty(
        request: Request, person: Annotated[Person, Depends(who)],
        at: Annotated[datetime | None, Query(description="With a zone; now if left out.")] = None,
    ) -> Response:  # fmt: skip
        moment = at or datetime.now(UTC)
        if moment.tzinfo is None:
            raise Problem(400, "bad_time", "at 缺少时区")
        rows = [for_role(row, person.role) for row in city.duty(moment)]
        tags = {"X-Numbers": "whole" if sees_numbers(person.role) else "masked"}
        body = {"at": moment, "items": rows, "next_cursor": None}
        return catalogue(request, body) if at else answer(body, headers=tags)
