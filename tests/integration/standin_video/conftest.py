"""A stream service on real sockets, with loops that are drawn in a second."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import httpx
import numpy as np
import pytest
import uvicorn
from fastapi import FastAPI

from desktop.standin.streams import StreamService, UnitState
from desktop.standin.video.osd import CITY_TIME
from tests.integration.standin_video.loops import make_loops

CAMERAS = [
    {"camera_id": "cam-1", "name": "滨江大道下穿·通道内", "scene": "underpass"},
    {"camera_id": "cam-2", "name": "临江路口", "scene": "crossing", "phase_s": 0.6},
    {"camera_id": "cam-3", "name": "新港路口", "scene": "crossing", "phase_s": 0.6},
    {"camera_id": "cam-4", "name": "无人机 01", "scene": "drone"},
]


@pytest.fixture(scope="session")
def loops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loops")
    make_loops(folder)
    return folder


@dataclass
class City:
    """A running service at night; `level_m` is the water in the underpass."""

    service: StreamService
    base: str
    http: httpx.AsyncClient
    level_m: float = field(default=0.0)
    clock: datetime = field(default=datetime(2026, 7, 1, 23, 0, tzinfo=CITY_TIME))
    rain_mm_h: float = 0.0
    height_m: float = 118.0

    def address(self, camera_id: str, profile_id: str, protocol: str = "http-ts") -> str:
        rows = self.service.live_addresses(camera_id, profile_id, self.base)
        return next(row["url"] for row in rows if row["protocol"] == protocol)

    async def set_fault(self, camera_id: str, mode: str) -> None:
        answer = await self.http.post(f"/control/streams/{camera_id}", json={"mode": mode})
        assert answer.json() == {"camera_id": camera_id, "mode": "ok" if mode == "drop" else mode}

    async def watched(self) -> list[dict[str, object]]:
        return (await self.http.get("/control/streams")).json()["watched"]


@pytest.fixture
def open_city(loops: Path) -> Callable[[], object]:
    @asynccontextmanager
    async def opened() -> AsyncIterator[City]:
        service, app = StreamService(), FastAPI()
        app.include_router(service.router)
        config = uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        base = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=base, timeout=3, trust_env=False) as http:
            city = City(service, base, http)
            await service.start(
                CAMERAS,
                loops,
                lambda _: city.level_m,
                now=lambda: city.clock,
                rain_mm_h=lambda: city.rain_mm_h,
                unit_state=lambda _: UnitState(height_m=city.height_m),
            )
            try:
                yield city
            finally:
                await service.stop()
        server.should_exit = True
        await serving

    return opened


async def decode(address: str, seconds: float, *options: str) -> tuple[np.ndarray, str]:
    """Pictures (n x rows x columns, grey) and all that ffmpeg has to complain about."""
    width, height = (1920, 1080) if "/main" in address else (640, 360)
    process = await asyncio.create_subprocess_exec(
        "ffmpeg", "-v", "warning", "-nostdin", *options, "-i", address, "-t", str(seconds),
        "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "gray", "-",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, errors = await asyncio.wait_for(process.communicate(), 20)
    pictures = np.frombuffer(out, np.uint8).reshape(-1, height, width)
    return pictures, errors.decode()
