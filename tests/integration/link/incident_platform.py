"""A small platform with incidents; what it has is the test's own list of events."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from desktop.domain.emergency.incidents import Incident
from tests.incident_samples import incident
from tests.integration.link.parts import EPOCH, Platform, Publisher


class IncidentPlatform(Platform):
    """`offered` False: none of the paths is there."""

    def __init__(self, broker_port: int) -> None:
        self.offered = True
        self.incident_log: list[dict[str, Any]] = []
        self.receipts: dict[str, list[dict[str, Any]]] = {}
        self.timeline: list[dict[str, Any]] = []
        self.pictures: dict[str, bytes] = {}
        super().__init__(broker_port)

    def happen(
        self, incident_id: str = "in-1", kind: str = "noted", **facts: Any
    ) -> dict[str, Any]:
        """The next event of the log."""
        seq = len(self.incident_log) + 1
        now = datetime.now(UTC)
        one = incident(incident_id, seq, epoch=EPOCH, revision=seq, clocks={"T2": now}, **facts)
        event = {"epoch": EPOCH, "seq": seq, "kind": kind, "at": now.isoformat()}
        self.incident_log.append(event | {"incident": msgspec.to_builtins(one)})
        return self.incident_log[-1]

    def tell(self, publisher: Publisher, event: dict[str, Any]) -> None:
        publisher.raw("incident/event", msgspec.json.encode(event)).wait_for_publish(5.0)

    def tell_head(self, publisher: Publisher) -> None:
        at = datetime.now(UTC).isoformat()
        head = {"epoch": EPOCH, "seq": len(self.incident_log), "at": at}
        publisher.raw("incident/head", msgspec.json.encode(head), 1, True).wait_for_publish(5.0)

    def _app(self) -> FastAPI:
        app = super()._app()

        @app.middleware("http")
        async def hidden(request: Request, call_next: Any) -> Any:
            if "/incident" in request.url.path and not self.offered:
                self.requests.append(f"{request.method} {request.url.path[len('/api/v1') :]}")
                return JSONResponse({"detail": "Not Found"}, 404)
            return await call_next(request)

        @app.get("/api/v1/incidents")
        async def incidents(state: str) -> Any:
            as_of = {"epoch": EPOCH, "seq": len(self.incident_log)}
            return {"as_of": as_of, "items": [i for i in self._latest().values() if _is_open(i)]}

        @app.get("/api/v1/incident-events")
        async def incident_events(epoch: str, from_seq: int, limit: int) -> Any:
            return {"items": self.incident_log[from_seq - 1 : from_seq + 199], "next_cursor": None}

        @app.get("/api/v1/incidents/{incident_id}")
        async def one(incident_id: str) -> Any:
            return self._latest()[incident_id]

        @app.get("/api/v1/incidents/{incident_id}/receipts")
        async def receipts(incident_id: str) -> Any:
            return {"items": self.receipts.get(incident_id, []), "next_cursor": None}

        @app.get("/api/v1/incidents/{incident_id}/timeline")
        async def timeline(incident_id: str, cursor: str = "") -> Any:
            first = int(cursor or 0)
            more = str(first + 2) if first + 2 < len(self.timeline) else None
            return {"items": self.timeline[first : first + 2], "next_cursor": more}

        @app.get("/api/v1/cameras/{camera_id}/snapshot")
        async def snapshot(camera_id: str) -> Any:
            return Response(self.pictures.get(camera_id, b"<html>no</html>"))

        return app

    def _latest(self) -> dict[str, dict[str, Any]]:
        return {e["incident"]["incident_id"]: e["incident"] for e in self.incident_log}


def _is_open(item: dict[str, Any]) -> bool:
    return msgspec.convert(item, Incident).is_open
