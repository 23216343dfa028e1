"""Schemas of the answers for the published OpenAPI, made from the domain's own structs."""

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from desktop.domain.alarms import Alarm, AlarmEvent
from desktop.domain.cameras import Camera, LiveAnswer
from desktop.domain.cases import Case
from desktop.domain.emergency.incidents import (
    Incident,
    IncidentDraft,
    IncidentEvent,
    TimelineEntry,
)
from desktop.domain.emergency.plans import Plan
from desktop.domain.points import AlarmClass, Point, Reading
from desktop.standin.generated.rows import Depot, Duty, Item, Org, Owner, Unit

_TYPES = (Alarm, AlarmEvent, Camera, LiveAnswer, AlarmClass, Point, Reading, Depot, Duty, Item,
          Org, Owner, Unit, Incident, IncidentDraft, IncidentEvent, TimelineEntry,
          Plan, Case)  # fmt: skip
_TEMPLATE = "#/components/schemas/{name}"


def answers_with(name: str, listed: bool = False) -> dict[str, Any]:
    """`openapi_extra` of a call that answers a struct, or a page of them."""
    schema: dict[str, Any] = {"$ref": _TEMPLATE.format(name=name)}
    if listed:
        items = {"type": "array", "items": schema}
        cursor = {"type": ["string", "null"]}
        schema = {"type": "object", "properties": {"items": items, "next_cursor": cursor}}
    content = {"application/json": {"schema": schema}}
    return {"responses": {"200": {"description": "OK", "content": content}}}


def publish(app: FastAPI) -> None:
    """Lets the application serve OpenAPI 3.1 with the structs among its components."""

    def openapi() -> dict[str, Any]:
        if not app.openapi_schema:
            made = get_openapi(title=app.title, version=app.version, routes=app.routes,
                               description=app.description)  # fmt: skip
            _, schemas = msgspec.json.schema_components(_TYPES, ref_template=_TEMPLATE)
            made.setdefault("components", {}).setdefault("schemas", {}).update(schemas)
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = openapi
