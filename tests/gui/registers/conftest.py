"""The page of the registers on a real cache.db."""

import json
from collections.abc import Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.commands.registers import MirrorReads
from desktop.context import RoomContext
from desktop.domain.assets import Owner
from desktop.domain.duty import Duty
from desktop.errors import PlatformError
from desktop.link.register_rows import page_rows
from desktop.link.register_specs import FORM, REGISTERS
from local_db.cache import RegisterVersion
from local_db.cache_writer import CacheWriter
from tests.gui.driving import room, run, while_shown
from tests.gui.fake_room import NOW
from views.registers.page import RegistersPage

__all__ = ["room", "run"]
SPECS = {spec.name: spec for spec in REGISTERS}


def cover(number: int, **facts: Any) -> dict[str, Any]:
    return {
        "asset_id": f"JG-{number:06}", "class_id": "manhole" if number % 3 else "lamp_post",
        "name": f"人民路 {number} 号雨水井", "lon": 116.6, "lat": 28.9, "district_id": "990102",
        "status": "fault" if number % 10 == 0 else "normal",
        "owner": {"name": "赵福磊", "phone": "138****5678"},
    } | facts  # fmt: skip


class City:
    """Writes registers as the link does, and tells the room."""

    def __init__(self, path: Path, made: RoomContext) -> None:
        self.path, self._room = path, made
        self._writer = CacheWriter(path)

    def put(self, name: str, rows: list[Any], age_s: float = 60.0, **notes: Any) -> None:
        items = [msgspec.Raw(json.dumps(row).encode()) for row in rows]
        found = page_rows(SPECS[name], items)
        told = msgspec.structs.replace(found.notes, **notes)
        as_of = NOW - timedelta(seconds=age_s)
        version = RegisterVersion(
            name, "", f"v{len(rows)}", len(rows), as_of, "http://x", 0, as_of, "", FORM,
            msgspec.json.encode(told).decode(),
        )  # fmt: skip
        written = self._writer.replace_register(found.rows, version)
        self._room.register_ages.put(name, version.version, written.row_count, as_of)

    def close(self) -> None:
        self._writer.close()


class Asked:
    """The questions of the page; `owner` as the link answers it."""

    def __init__(self, path: Path) -> None:
        self.registers = MirrorReads(path)
        self.error: PlatformError | None = None
        self.asked: list[str] = []

    async def owner(self, asset_id: str) -> Owner:
        self.asked.append(asset_id)
        if self.error is not None:
            raise self.error
        return Owner("赵福磊", "13812345678")


@pytest.fixture
def city(tmp_path: Path, room: RoomContext):
    object.__setattr__(room, "questions", Asked(tmp_path / "cache.db"))
    made = City(tmp_path / "cache.db", room)
    made.put("asset_classes", [{"class_id": "manhole", "name": "井盖"}])
    yield made
    made.close()


@pytest.fixture
def shown(qtbot, room, run) -> Callable[..., Any]:
    """Runs a body with the page in sight, and ends its tasks with it."""

    def show(body: Callable[[RegistersPage], Coroutine[Any, Any, None]]) -> None:
        run(while_shown(lambda: RegistersPage(room), (1800, 900), body))

    return show


def duty(**facts: Any) -> dict[str, Any]:
    row = {"org_id": "a", "role": "operator", "role_name": "值班员", "name": "张敏"}
    row |= {"start": "2026-07-17T08:00:00+08:00", "end": "2026-07-17T20:00:00+08:00"}
    msgspec.convert(row, Duty)
    return row | facts
