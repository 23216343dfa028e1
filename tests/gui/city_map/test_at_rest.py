"""What the page leaves undone: it paints what can be seen, and reads what is wanted."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desktop.domain.freshness import Freshness
from desktop.domain.levels import WarningLevel
from desktop.domain.positions import Position
from desktop.domain.units import UnitKind
from tests.gui.city_map.conftest import (
    LAT,
    LON,
    Stage,
    a_camera,
    alarm_feed,
    an_alarm,
    small_base_map,
    until,
)
from views.city_map import live_layers
from views.city_map.layer_choice import HIDDEN_KEY


@dataclass
class Asked:
    """Stands for the link's mirror, and knows which layers were read."""

    layers: list[str] = field(default_factory=list)

    async def layer(self, layer_id: str) -> bytes | None:
        self.layers.append(layer_id)
        return small_base_map() if layer_id == "basemap" else b'{"features":[]}'


@pytest.fixture
def layers() -> Asked:
    return Asked()


def fixes(lon_far_deg: float, lon_near_deg: float, after_s: float) -> list[Position]:
    at = datetime.now(UTC) + timedelta(seconds=after_s)
    kind: dict[str, Any] = {"at": at, "kind": UnitKind.VEHICLE}
    return [
        Position(unit_id="far", lon_deg=lon_far_deg, lat_deg=LAT, **kind),
        Position(unit_id="near", lon_deg=lon_near_deg, lat_deg=LAT, **kind),
    ]


def test_that_units_out_of_sight_cost_no_picture(play, room, monkeypatch):
    monkeypatch.setattr(live_layers, "UNITS_AT_MOST_MS", 50)
    drawn = "CK.units.drawnCount()"

    async def scene(stage: Stage) -> None:
        room.positions.merge(fixes(LON + 0.2, LON, -5))
        await stage.open()
        await stage.until_page(f"{drawn} === 1", "one of them is in sight")
        await stage.until_page("CK.baseMap.paintedTiles >= 4", "the tiles are painted")
        rest = "performance.now() - CK.markSheet._paintedAt > 1200"
        await stage.until_page(rest, "the page has come to rest")
        await stage.ask("CK.markSheet.redraw = () => { window.pictures = 1; }; return 1;")
        moved = fixes(LON + 0.25, LON, -4)
        room.positions.merge(moved)
        room.positions.flush()
        await stage.until_page("CK.units._x[0] > CK.units._x[1] + 0.0006", "the far one moved")
        assert await stage.ask("CK.markSheet._later === 0 && !window.pictures")
        room.positions.merge(fixes(LON + 0.25, LON + 0.0005, -3))
        room.positions.flush()
        await stage.until_page("window.pictures === 1", "a new picture for the near one")

    play(scene)


def test_that_a_hidden_layer_of_areas_is_not_read(play, room, layers):
    async def scene(stage: Stage) -> None:
        await stage.open()
        await stage.until_page("CK.baseMap.areas.has('districts')", "the districts are there")
        assert "grids" not in layers.layers
        room.preferences.set(HIDDEN_KEY, [])
        await stage.until_page("CK.baseMap.areas.has('grids')", "the grids are there")
        assert layers.layers.count("grids") == 1

    play(scene)


def test_that_the_city_is_never_smaller_than_the_page_allows(play, room):
    async def scene(stage: Stage) -> None:
        await stage.open()
        await stage.ask("CK.fence([116.4, 28.75, 116.8, 29.05]); CK.map.setZoom(3); return 1;")
        await stage.until_page("CK.map.getZoom() === 11", "as far out as the whole city")
        assert await stage.ask("CK.map.getBoundsZoom(CK.bounds)") == 11
        stage.view.resize(1500, 1000)
        await stage.until_page("CK.map.getMinZoom() === 12", "a larger page shows it larger")

    play(scene)


def test_that_the_page_is_told_of_trust_only_when_it_changes(play, room):
    async def scene(stage: Stage) -> None:
        await stage.open()
        told: list[bool] = []
        stage.view.channel.trustTold.connect(told.append)
        for age_s in (1.0, 2.0, 3.0):
            room.health.put(alarm_feed(Freshness.LIVE, age_s))
        room.health.put(alarm_feed(Freshness.LOST, 90.0))
        room.health.put(alarm_feed(Freshness.LOST, 91.0))
        await until(lambda: False in told, "the loss is told")
        assert told.count(False) == 1
        assert True not in told[: told.index(False)] or told.index(False) == 1

    play(scene)


def test_that_cameras_that_come_late_are_counted_round_the_alarm(play, room):
    async def scene(stage: Stage) -> None:
        room.alarms.replace_open([an_alarm("a1", level=WarningLevel.ORANGE)])
        await stage.open()
        room.selection.select_alarm("a1")
        await stage.until_page("CK.alarms.selectedAlarm()?.id === 'a1'", "it is selected")
        await stage.ask("""
            window.texts = [];
            const fill = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
                window.texts.push(text);
                return fill.call(this, text, ...rest);
            };
            return 1;
        """)
        rest = "performance.now() - CK.topSheet._paintedAt > 400"
        await stage.until_page(rest, "the map has come to rest")
        camera = a_camera("cam-1", LON, LAT)
        room.cameras.replace([("cam-1", camera)], "1", None)
        counted = "window.texts.some((t) => t.startsWith('500 m') && t.endsWith(' 1'))"
        await stage.until_page(counted, "one camera is counted")

    play(scene)
