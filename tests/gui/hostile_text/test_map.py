"""Hostile texts on the map: drawn or set as text, and nothing runs, loads or is asked for."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
import pytest

from desktop.domain.cameras import Camera
from desktop.domain.levels import WarningLevel
from desktop.domain.points import AlarmClass, Point
from desktop.domain.positions import Position
from desktop.domain.texts import clean_text
from desktop.domain.units import Unit, UnitKind, UnitState
from desktop.domain.weather import Weather
from desktop.link.register_layers import clean_layer
from tests.gui.city_map.conftest import LAT, LON, Stage, an_alarm, play, room
from tests.gui.city_map.test_city_map import RECORD_TEXTS
from tests.gui.hostile_text.conftest import KINDS, text_of
from tests.plain_text import below, faults, is_plain_tip, tips

__all__ = ["play", "room"]
pytestmark = pytest.mark.qt_log_ignore(
    "^Failed to create (platform )?Vulkan instance",
    "^Unable to detect GPU vendor",
    "^GPUInfo not initialized",
)
BASE = {"lon_deg": LON, "lat_deg": LAT}
FOREIGN = "b, iframe, object, embed, a[href^='javascript'], img[src^='file'], img[src^='http']"
QUIET = f"window.hacked === undefined && document.querySelectorAll({FOREIGN!r}).length === 0"


@dataclass
class HostileCity:
    """Layers as the link mirrors them, with one text wherever a text stands."""

    text: str

    async def layer(self, layer_id: str) -> bytes | None:
        line = [[LON - 0.01, LAT], [LON + 0.01, LAT + 0.001]]
        ring = [[[LON - 0.01, LAT - 0.01], [LON + 0.01, LAT - 0.01], [LON, LAT + 0.01],
                 [LON - 0.01, LAT - 0.01]]]  # fmt: skip
        facts = {"name": self.text, "grid_id": "G-1", "district_id": "D-1", "owner": self.text}
        features = [
            {"type": "Feature", "properties": facts | {"kind": "road", "class": 1},
             "geometry": {"type": "LineString", "coordinates": line}},
            {"type": "Feature", "properties": facts | {"kind": "label"},
             "geometry": {"type": "Point", "coordinates": [LON, LAT]}},
            {"type": "Feature", "properties": facts,
             "geometry": {"type": "Polygon", "coordinates": ring}},
        ]  # fmt: skip
        wanted = {"basemap": features[:2], "grids": features[2:], "districts": features[2:]}
        body = {"type": "FeatureCollection", "features": wanted.get(layer_id, [])}
        return clean_layer(json.dumps(body).encode())

    async def layer_cell(self, layer_id: str, z: int, x: int, y: int) -> bytes | None:
        return await self.layer("basemap")

    async def assets_in(self, box: object, class_ids: object, limit: int) -> list[object]:
        return []


@pytest.fixture(params=KINDS)
def text(request, canary) -> str:
    return text_of(request.param, canary)


@pytest.fixture
def layers(text) -> HostileCity:
    return HostileCity(text)


def fill(room, told: str) -> None:
    """`told` as the link lets it through."""
    point = Point(point_id="p1", class_id="manhole", name=told, unit=told[:9], metric="m", **BASE)
    unit = Unit(unit_id="u1", kind=UnitKind.VEHICLE, name=told, skills=(told,), **BASE)
    fix = Position(at=datetime.now(UTC), unit_id="u1", kind=UnitKind.VEHICLE, lon_deg=LON,
                   lat_deg=LAT, state=UnitState.BUSY)  # fmt: skip
    camera = Camera(camera_id="c1", name=told, source=told, tags=(told,), **BASE)
    known = AlarmClass(class_id="manhole", name=told, industry=told)
    room.alarm_classes.replace([("manhole", known)], "1", None)
    room.points.replace([("p1", point)], "1", None)
    room.units.replace([("u1", unit)], "1", None)
    room.positions.merge([fix])
    room.cameras.replace([("c1", camera)], "1", None)
    room.weather.put(Weather(at=datetime.now(UTC), signal=WarningLevel.RED, rain_mm_h=9.0,
                             signal_name=told, text=told))  # fmt: skip
    alarm = an_alarm("a1", title=told, detail=told, unit=told, value=1.5, class_id="manhole")
    room.alarms.replace_open([alarm, msgspec.structs.replace(alarm, alarm_id="a2", seq=2)])
    room.alarms.flush()


def test_that_every_mark_card_and_label_shows_the_characters(play, room, text):
    told = clean_text(text)
    first = told.replace("\n", " ")[:12].strip()

    async def scene(stage: Stage) -> None:
        fill(room, told)
        await stage.open()
        images = await stage.ask("document.images.length")
        await stage.ask(RECORD_TEXTS)
        room.selection.select_alarm("a1")
        await stage.until_page(
            f"window.texts.some((t) => t.includes({json.dumps(first[:6])}))", "the title is drawn"
        )
        title = "document.querySelector('.ck-card:not([hidden]) .ck-card-title')?.textContent"
        shown = f"({title} ?? '').includes({json.dumps(first[:6])})"
        for kind, mark_id in (("camera", "c1"), ("point", "p1"), ("unit", "u1")):
            stage.view.cards.choose(kind, mark_id)
            await stage.until_page(shown, f"the card of {kind}")
            assert is_json_of_short_lines(stage.view.cards.hover(kind, mark_id))
            assert await stage.ask(QUIET)
            stage.view.cards.press("close")
            await stage.until_page(f"!{shown}", "the card is closed")
        facts = json.dumps({"name": told[:400], "owner": told[:400], "grid_id": "G-1"})
        stage.view.cards.show_area("grids", facts)
        await stage.until_page(shown, "the card of an area")
        assert await stage.ask(QUIET)
        assert await stage.ask("document.images.length") == images
        assert room.map_state.blocked_requests == 0
        stage.view.panel.show()
        assert faults(below(stage.view)) == []
        assert [tip for tip in tips(stage.view.panel) if not is_plain_tip(tip)] == []

    play(scene)


def is_json_of_short_lines(hover: str) -> bool:
    card = json.loads(hover)
    return all(len(line) < 400 for line in (card["title"], *card["lines"]))
