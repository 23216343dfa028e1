"""A platform that serves registers in pages, with deltas, and can be made to fail."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from desktop.clock import SystemClock
from desktop.domain.link_messages import CatalogueChanged
from desktop.link.registers import Registers
from desktop.link.rest import Rest

PAGE = 50
ROUTES = {
    "/alarm-classes": "alarm_classes",
    "/points": "points",
    "/orgs": "orgs",
    "/cameras": "cameras",
    "/units": "units",
    "/plans": "plans",
    "/depots": "depots",
    "/duty": "duty",
    "/asset-classes": "asset_classes",
    "/assets": "assets",
    "/tickets": "tickets",
}


def cover(number: int, **facts: Any) -> dict[str, Any]:
    return {
        "asset_id": f"JG-{number:04}", "class_id": "manhole", "name": f"人民路 {number} 号雨水井",
        "lon": 116.6 + number * 1e-4, "lat": 28.9, "status": "normal", "district_id": "990102",
        "owner": {"name": "赵福磊", "phone": "138****5678"},
    } | facts  # fmt: skip


class RegisterPlatform:
    """`rows` by register; `fail_after` pages the answers are 503."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Any]] = {name: [] for name in ROUTES.values()}
        self.changed: dict[str, list[Any]] = {}
        self.deleted: dict[str, list[str]] = {}
        self.since: dict[str, str] = {}
        self.knows_deltas = True
        self.unknown: set[str] = set()
        self.fail_after: int | None = None
        self.asked: list[str] = []
        self.layers: dict[str, Any] = {}
        self.cell_etag = '"c1"'
        self.down = False
        app = FastAPI()
        for path, name in ROUTES.items():
            self._add(app, path, name)
        self._add_rest(app)
        config = uvicorn.Config(app, port=0, log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + 10
        while not self._server.started and time.monotonic() < until:
            threading.Event().wait(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/api/v1"

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(5)

    def _add(self, app: FastAPI, path: str, name: str) -> None:
        @app.get(f"/api/v1{path}", name=name)
        async def page(request: Request, cursor: int = 0, updated_since: str = "") -> Any:
            self.asked.append(f"{name}:{cursor}" + (":delta" if updated_since else ""))
            if name in self.unknown:
                return JSONResponse({"title": "none"}, 404)
            if updated_since:
                self.since[name] = updated_since
            if self.fail_after is not None and len(self.asked) > self.fail_after:
                return Response(status_code=503)
            if updated_since and self.knows_deltas:
                deleted = self.deleted.get(name, [])
                return {"items": self.changed.get(name, []), "deleted": deleted}
            if updated_since:
                return JSONResponse({"title": "no"}, 400)
            rows = self.rows[name]
            body = {"items": rows[cursor : cursor + PAGE]}
            if cursor + PAGE < len(rows):
                body["next_cursor"] = str(cursor + PAGE)
            etag = f'"{hash(str(body))}"'
            if request.headers.get("if-none-match") == etag:
                return Response(status_code=304)
            return JSONResponse(body, headers={"ETag": etag})

    def _add_rest(self, app: FastAPI) -> None:
        @app.get("/api/v1/health")
        async def health() -> Any:
            return {"status": "ok", "time": datetime.now(UTC).isoformat()}

        @app.get("/api/v1/assets/{asset_id}/owner")
        async def owner(asset_id: str) -> Any:
            if asset_id == "JG-0001":
                return {"name": "赵福磊", "phone": "13812345678", "at": "now"}
            problem = {"title": "无权", "detail": "领导无权查看电话号码"}
            return JSONResponse(problem, 403)

        @app.get("/api/v1/layers")
        async def layers() -> Any:
            self.asked.append("layers")
            return {"items": [{"layer_id": name} for name in self.layers]}

        @app.get("/api/v1/layers/{layer_id}")
        async def layer(layer_id: str) -> Any:
            return self.layers[layer_id]

        @app.get("/api/v1/layers/{layer_id}/cells/{z}/{x}/{y}")
        async def cell(request: Request, z: int, x: int, y: int) -> Any:
            self.asked.append(f"cell:{z}/{x}/{y}")
            if self.down:
                return Response(status_code=503)
            if x == 0:
                return JSONResponse({"title": "none"}, 404)
            if request.headers.get("if-none-match") == self.cell_etag:
                return Response(status_code=304)
            body = {"type": "FeatureCollection", "features": []}
            return JSONResponse(body, headers={"ETag": self.cell_etag})


class FastClock(SystemClock):
    async def sleep(self, seconds_s: float) -> None:
        await asyncio.sleep(0)


class Mirror:
    """One link's registers on one cache.db."""

    def __init__(self, platform: RegisterPlatform, path: Path) -> None:
        self._platform, self.path = platform, path
        self.told: list[CatalogueChanged] = []

    def run(self, work: Callable[[Registers, Rest], Coroutine[Any, Any, Any]]) -> Any:
        async def body() -> Any:
            rest = Rest(self._platform.url, False, FastClock(), lambda _: None)
            registers = Registers(rest, self.path, FastClock(), self.told.append)
            try:
                return await work(registers, rest)
            finally:
                registers.close()
                await rest.close()

        return asyncio.run(body())

    def fetch(self) -> bool:
        """A fresh link, one round; True when all was had."""
        self._platform.asked.clear()
        self.told.clear()
        return self.run(lambda registers, _: registers.fetch_all())


@pytest.fixture
def platform() -> Iterator[RegisterPlatform]:
    made = RegisterPlatform()
    with contextlib.closing(contextlib.ExitStack()) as stack:
        stack.callback(made.stop)
        yield made


@pytest.fixture
def mirror(platform: RegisterPlatform, tmp_path: Path) -> Mirror:
    return Mirror(platform, tmp_path / "cache.db")
