"""The directory of cameras on a real cache.db, written as the link writes it."""

import json
import shutil
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.commands.registers import MirrorReads
from desktop.context import RoomContext
from desktop.link.register_rows import page_rows
from desktop.link.register_specs import FORM, REGISTERS
from local_db.cache import Layer, RegisterVersion, Row
from local_db.cache_writer import CacheWriter
from tests.gui.driving import room, run, while_shown
from tests.gui.fake_room import NOW
from views.video_wall.directory import CameraDirectory

__all__ = ["room", "run"]
SPECS = {spec.name: spec for spec in REGISTERS}
PLATFORMS = ("公安视频平台", "交通视频平台", "水务视频平台")
STREETS = (("990102001", "永楼街道", 116.60), ("990102002", "宏亭街道", 116.62))


def camera(number: int, **facts: Any) -> dict[str, Any]:
    """Of every ten one is offline; by turns in the two 街道 of one district."""
    return {
        "camera_id": f"cam-{number:05}", "name": f"人民路 {number} 号枪机",
        "source": PLATFORMS[number % 3], "kind": "fixed", "tags": ["street", "治安"],
        "district_id": "990102", "lon": STREETS[number % 2][2] + 0.0001 * (number % 50),
        "lat": 28.9, "online": number % 10 != 0,
    } | facts  # fmt: skip


def district_rows() -> list[Row]:
    return [Row("990102", b"{}", "滨江区"), Row("990103", b"{}", "望城区")]


def street_layer() -> Layer:
    def feature(street_id: str, name: str, west: float) -> dict[str, Any]:
        east = west + 0.01
        ring = [[west - 0.001, 28.8], [east, 28.8], [east, 29.0], [west - 0.001, 29.0]]
        return {
            "type": "Feature",
            "properties": {"subdistrict_id": street_id, "name": name, "district_id": "990102"},
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        }

    body = {"type": "FeatureCollection", "features": [feature(*one) for one in STREETS]}
    return Layer("subdistricts", "街道界", "areas", "e1", json.dumps(body).encode())


class City:
    """Writes registers as the link does, and tells the room."""

    def __init__(self, path: Path, made: RoomContext | None) -> None:
        self.path, self._room = path, made
        self._writer = CacheWriter(path)
        self._turn = 0

    def put(self, name: str, rows: list[Any], age_s: float = 60.0) -> None:
        if rows and not isinstance(rows[0], Row):
            items = [msgspec.Raw(json.dumps(row).encode()) for row in rows]
            rows = page_rows(SPECS[name], items).rows
        self._turn += 1
        written = self._writer.replace_register(rows, self._version(name, age_s))
        as_of = NOW - timedelta(seconds=age_s)
        if self._room is not None:
            self._room.register_ages.put(name, written.version, written.row_count, as_of)

    def put_streets(self) -> None:
        layer = street_layer()
        self._writer.put_layers([layer], [layer.layer_id], self._version("layers", 60.0))

    def _version(self, name: str, age_s: float) -> RegisterVersion:
        as_of = NOW - timedelta(seconds=age_s)
        return RegisterVersion(
            name, "", f"v{self._turn}", 0, as_of, "http://x", 0, as_of, "", FORM
        )  # fmt: skip

    def close(self) -> None:
        self._writer.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: the migrations take longer than a test."""
    path = tmp_path_factory.mktemp("template") / "cache.db"
    made = City(path, None)
    made.put("districts", district_rows())
    made.put_streets()
    made.close()
    return path


@pytest.fixture
def city(tmp_path: Path, room: RoomContext, template: Path):
    """Districts and 街道; no camera yet."""
    object.__setattr__(room.questions, "registers", MirrorReads(tmp_path / "cache.db"))
    made = City(Path(shutil.copy(template, tmp_path / "cache.db")), room)
    yield made
    made.close()


@pytest.fixture
def shown(qtbot, room, run) -> Callable[..., Any]:
    """Runs a body with the panel in sight, and ends its tasks with it."""

    def show(body: Callable[[CameraDirectory], Coroutine[Any, Any, None]]) -> None:
        run(while_shown(lambda: CameraDirectory(room), (320, 900), body))

    return show
