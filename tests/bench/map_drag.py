"""Frames of the map while it is dragged: 60,000 vertices, 50,000 cameras, 2,000 units.

Runs in a process of its own: the web engine's scheme and flags stand before QApplication.
Needs a display; without one the figures are missing and say so.
"""

import asyncio
import json
import math
import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

VERTICES, STREETS, CAMERAS, UNITS = 60_000, 2_000, 50_000, 2_000
FRAMES, ZOOMS = 90, (11, 13, 14, 16)
SIZE = (1600, 900)
LON, LAT, HALF_LON, HALF_LAT = 116.6, 28.9, 0.2, 0.135
_DRAG = """
    window.frames = []; window.finished = false;
    let n = 0, last = performance.now();
    const step = () => {
        const now = performance.now();
        window.frames.push(now - last); last = now;
        if (n++ >= COUNT) { CK.map.fire("moveend"); window.finished = true; return; }
        CK.map._rawPanBy(L.point(12, 5)); CK.map.fire("move");
        requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
    return true;
"""


def measure() -> dict[str, object]:
    if not os.environ.get("DISPLAY"):
        return {"error": "needs a display (xvfb-run)"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.map_drag"],
        capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    return json.loads(lines[-1]) if lines else {"error": done.stderr[-500:]}


def city_layer() -> bytes:
    dice = random.Random(1)
    each = VERTICES // STREETS
    features = []
    for number in range(STREETS):
        lon, lat = dice.uniform(-HALF_LON, HALF_LON), dice.uniform(-HALF_LAT, HALF_LAT)
        turn = dice.uniform(0, 2 * math.pi)
        line = [
            [LON + lon + 0.0008 * i * math.cos(turn + i / 60),
             LAT + lat + 0.0008 * i * math.sin(turn + i / 60)]
            for i in range(each)
        ]  # fmt: skip
        facts = {"kind": "road", "name": f"第{number}路", "class": 1 + number % 5, "tunnel": False}
        geometry = {"type": "LineString", "coordinates": line}
        features.append({"type": "Feature", "properties": facts, "geometry": geometry})
    box = [LON - HALF_LON, LAT - HALF_LAT, LON + HALF_LON, LAT + HALF_LAT]
    return json.dumps({"type": "FeatureCollection", "bbox": box, "features": features}).encode()


async def _run(stage: Any, room: Any) -> dict[str, object]:
    from tests.gui.city_map.conftest import until

    started = time.monotonic()
    await stage.open(wait_ready=False)
    stage.view.resize(*SIZE)
    await until(lambda: room.map_state.ready, "the map is ready", 60)
    ready_s = time.monotonic() - started
    found: dict[str, object] = {"ready_s": round(ready_s, 2), "goal_drag_p95_ms": 34}
    for zoom in ZOOMS:
        await stage.ask(f"CK.map.setView([{LAT}, {LON}], {zoom}, {{animate: false}}); return 1;")
        await asyncio.sleep(2)  # tiles of the new zoom are painted
        await stage.ask(_DRAG.replace("COUNT", str(FRAMES)))
        while not await stage.ask("window.finished"):
            await asyncio.sleep(0.1)
        frames = sorted((await stage.ask("window.frames"))[2:])
        at = {"p50": 0.5, "p95": 0.95}
        values = {name: round(frames[int(len(frames) * part)], 1) for name, part in at.items()}
        found[f"zoom_{zoom}_ms"] = {**values, "max": round(frames[-1], 1)}
    await stage.close()
    return found


def _child() -> None:
    os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu")
    from views.city_map import engine, register_scheme

    engine.prepare_environment(root=os.geteuid() == 0, standin=True)
    register_scheme()
    import qasync
    from PySide6.QtWidgets import QApplication

    from desktop.domain.cameras import Camera
    from desktop.domain.positions import Position
    from tests.gui.city_map.conftest import Stage
    from tests.rooms import room_of

    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    body = city_layer()

    async def layer(layer_id: str) -> bytes | None:
        return body if layer_id == "basemap" else None

    room = room_of(orders=SimpleNamespace(), questions=SimpleNamespace(layer=layer))
    dice = random.Random(2)

    def place() -> dict[str, float]:
        return {"lon_deg": LON + dice.gauss(0, 0.07), "lat_deg": LAT + dice.gauss(0, 0.05)}

    cameras = [Camera(camera_id=f"c{i}", name="", **place()) for i in range(CAMERAS)]  # type: ignore[arg-type]
    room.cameras.replace([(camera.camera_id, camera) for camera in cameras], "1", None)
    now = datetime.now(UTC)
    room.positions.merge(Position(at=now, unit_id=f"V{i}", **place()) for i in range(UNITS))  # type: ignore[arg-type]
    print(json.dumps(loop.run_until_complete(_run(Stage(room), room))))


if __name__ == "__main__":
    _child()
