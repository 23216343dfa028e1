"""The page with a whole city: painted tiles, cells, 50,000 cameras, units, layers and theme."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.domain.cameras import Camera, CameraKind
from desktop.domain.levels import WarningLevel
from desktop.domain.positions import Position
from desktop.domain.units import Unit, UnitKind, UnitState
from desktop.domain.weather import Weather
from tests.gui.city_map.conftest import LAT, LON, Stage, a_camera, small_base_map, until
from views.city_map.layer_choice import HIDDEN_KEY

pytestmark = pytest.mark.qt_log_ignore(
    "^Failed to create (platform )?Vulkan instance",
    "^Unable to detect GPU vendor",
    "^GPUInfo not initialized",
)

MANY = 50_000
GRID = {
    "type": "Feature",
    "properties": {"grid_id": "G-1", "name": "星口社区第 6 网格", "owner": "张敏"},
    "geometry": {
        "type": "Polygon",
        "coordinates": [[[LON - 0.01, LAT - 0.01], [LON + 0.01, LAT - 0.01],
                         [LON + 0.01, LAT + 0.01], [LON - 0.01, LAT + 0.01],
                         [LON - 0.01, LAT - 0.01]]],
    },
}  # fmt: skip


@dataclass
class City:
    """Stands for the link's mirror of a whole city."""

    cells: list[tuple[str, int, int, int]] = field(default_factory=list)
    boxes: list[tuple[float, ...]] = field(default_factory=list)

    async def layer(self, layer_id: str) -> bytes | None:
        if layer_id == "grids":
            return json.dumps({"type": "FeatureCollection", "features": [GRID]}).encode()
        return small_base_map() if layer_id == "basemap" else None

    async def layer_cell(self, layer_id: str, z: int, x: int, y: int) -> bytes | None:
        self.cells.append((layer_id, z, x, y))
        return small_base_map()

    async def assets_in(self, box, class_ids, limit):
        self.boxes.append(box)
        return []


@pytest.fixture
def layers() -> City:
    return City()


def a_fix(unit_id: str, age_s: float = 1.0, **facts: object) -> Position:
    known = {"lon_deg": LON, "lat_deg": LAT, "kind": UnitKind.VEHICLE, "speed_kmh": 32.0,
             "heading_deg": 90.0, "state": UnitState.BUSY}  # fmt: skip
    at = datetime.now(UTC) - timedelta(seconds=age_s)
    return Position(at=at, unit_id=unit_id, **(known | facts))  # type: ignore[arg-type]


async def click(stage: Stage, script: str) -> None:
    """`script` gives an object with x and y in layer points."""
    point = await stage.ask(f"(p => CK.map.layerPointToContainerPoint([p.x, p.y]))({script})")
    target = stage.view.page_view.focusProxy()
    place = QPoint(round(point["x"]), round(point["y"]))
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)


def test_that_the_base_map_is_painted_beside_the_page_and_near_from_its_cells(play, room, layers):
    ground = """
        const tile = Object.values(CK.baseMap._tiles).find((t) => t.el.ckVersion !== undefined);
        const copy = document.createElement("canvas");
        copy.width = copy.height = 8;
        copy.getContext("2d").drawImage(tile.el, 0, 0, 8, 8);
        return [...copy.getContext("2d").getImageData(4, 4, 1, 1).data];
    """

    async def scene(stage: Stage) -> None:
        await stage.open()
        await stage.until_page("CK.baseMap.paintedTiles >= 4", "tiles are painted")
        await until(lambda: len(layers.cells) >= 4, "the cells in sight are asked for")
        assert {cell[:2] for cell in layers.cells} == {("basemap", 15)}
        assert max((await stage.ask(ground))[:3]) < 60
        painted = await stage.ask("CK.baseMap.paintedTiles")
        room.preferences.set("theme", "light")
        await stage.until_page(f"CK.baseMap.paintedTiles > {painted}", "painted in other colours")
        light = ground.replace("return [", "return 150 < [").replace(".data]", ".data][0]")
        await stage.until_page(light, "the ground is light")
        assert await stage.ask("document.documentElement.dataset.theme") == "light"

    play(scene)


def test_that_50000_cameras_are_counted_far_out_and_single_ones_near(play, room):
    async def scene(stage: Stage) -> None:
        cameras = [
            Camera(camera_id=f"c{i}", name="", lon_deg=LON - 0.2 + 0.4 * (i % 250) / 250,
                   lat_deg=LAT - 0.15 + 0.3 * (i // 250) / 200,
                   kind=CameraKind.PTZ if i % 2 else CameraKind.FIXED)
            for i in range(MANY)
        ]  # fmt: skip
        room.cameras.replace([(camera.camera_id, camera) for camera in cameras], "1", None)
        await stage.open()
        await stage.until_page(f"CK.cameras.count() === {MANY}", "all arrived")
        await stage.ask(f"CK.map.setView([{LAT}, {LON}], 12, {{animate: false}}); return 1;")
        far = "CK.cameras._drawn.filter((m) => m.cluster).reduce((n, m) => n + m.cluster.count, 0)"
        await stage.until_page(f"{far} > 1000", "they are counted")
        assert await stage.ask("CK.cameras.drawnCount()") < 500
        everything = await stage.ask(far)
        hidden = [*room.preferences.get(HIDDEN_KEY), "camera.ptz"]
        room.preferences.set(HIDDEN_KEY, hidden)
        await stage.until_page(f"{far} < {everything * 0.6}", "half of them are hidden")
        await stage.ask(f"CK.map.setView([{LAT}, {LON}], 17, {{animate: false}}); return 1;")
        await stage.until_page("CK.cameras._drawn.every((m) => m.id)", "single ones")
        assert await stage.ask("document.querySelectorAll('*').length") < 200

    play(scene)


def test_that_a_clicked_unit_shows_its_card_and_leads_to_its_camera(play, room):
    async def scene(stage: Stage) -> None:
        asked: list[str] = []
        room.selection.camera_asked.connect(asked.append)
        unit = Unit(unit_id="V-1", kind=UnitKind.VEHICLE, name="洒水车 7", camera_id="cam-9")
        room.units.replace([("V-1", unit)], "1", None)
        room.cameras.replace([("cam-9", a_camera("cam-9", LON + 0.01, LAT))], "1", None)
        room.positions.merge([a_fix("V-1", 30, lon_deg=LON - 0.001), a_fix("V-1", 1)])
        await stage.open()
        await stage.until_page("CK.units.drawnCount() === 1", "it is drawn")
        await click(stage, "CK.units._drawn[0]")
        card = "document.querySelector('.ck-card:not([hidden])')?.innerText ?? ''"
        await stage.until_page(f"({card}).includes('洒水车 7')", "its card is open")
        text = await stage.ask(card)
        assert "32 km/h" in text
        assert "在途作业" in text
        assert await stage.ask("CK.units._trail.length") == 2
        await stage.ask("document.querySelector('.ck-card-button').click(); return 1;")
        await until(lambda: asked == ["cam-9"], "its picture is asked for")
        room.positions.merge([a_fix("V-1", 0, lon_deg=LON + 0.001)])
        await stage.until_page("CK.units._trail.length === 3", "the trail goes on")

    play(scene)


def test_that_old_places_are_marked_and_very_old_ones_leave_the_map(play, room):
    async def scene(stage: Stage) -> None:
        room.positions.merge([a_fix("live"), a_fix("stale", 100, lon_deg=LON + 0.002),
                              a_fix("gone", 700, lon_deg=LON - 0.002)])  # fmt: skip
        await stage.open()
        await stage.until_page("CK.units.drawnCount() === 2", "two of three are drawn")
        drawn = await stage.ask("CK.units._drawn.map((m) => m.id)")
        assert sorted(drawn) == ["live", "stale"]
        room.preferences.set(HIDDEN_KEY, ["unit.vehicle"])
        await stage.until_page("CK.units.drawnCount() === 0", "vehicles are hidden")

    play(scene)


def test_that_a_grid_tells_its_code_and_owner_and_the_weather_stands_at_the_edge(play, room):
    async def scene(stage: Stage) -> None:
        room.preferences.set(HIDDEN_KEY, [])
        now = datetime.now(UTC)
        room.weather.put(Weather(at=now, signal=WarningLevel.ORANGE, rain_mm_h=23.4))
        await stage.open()
        strip = "document.querySelector('.ck-weather').innerText"
        await stage.until_page(f"{strip}.includes('暴雨橙色预警')", "the signal is shown")
        assert "23.4 mm/h" in await stage.ask(strip)
        await stage.until_page("CK.baseMap.areas.has('grids')", "the grids are there")
        card = "document.querySelector('.ck-card:not([hidden])')?.innerText ?? ''"
        await click(stage, "CK.map.latLngToLayerPoint(CK.map.getCenter())")
        await stage.until_page(f"({card}).includes('G-1')", "the card of the grid")
        assert "张敏" in await stage.ask(card)
        room.weather.put(Weather(at=now + timedelta(seconds=1), signal=None, rain_mm_h=0.2))
        await stage.until_page(f"{strip}.includes('无降雨信号')", "the signal has ended")

    play(scene)
