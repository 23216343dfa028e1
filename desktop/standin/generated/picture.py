"""Overview pictures of the city, to look at: the same drawing at any zoom."""

import math
from pathlib import Path
from typing import Any

import msgspec
import skia

from desktop.standin.basemap.frame import CENTRE_LAT_DEG, to_lon_lat
from desktop.standin.generated.city import GeneratedCity
from desktop.standin.generated.city_map import CELL_ZOOM, CityMap, tile_of

WIDTH_PX, HEIGHT_PX = 1600, 1200
VIEWS: tuple[tuple[int, float, float], ...] = (  # zoom, centre x, y in m
    (10, 0, 0), (12, 0, 0), (13, -2_000, -800), (14, 2_900, 1_900), (15, -3_100, -1_400),
    (16, 3_600, 2_400), (17, 4_700, 3_900),
)  # fmt: skip
_SHADE = {
    "green": 0xFFCDE3BF, "water": 0xFFA8CBE3, "home": 0xFFEBE5DC, "office": 0xFFE6DCE4,
    "old": 0xFFEDE3D2, "works": 0xFFE0DEE6, "school": 0xFFE6EBD6, "building": 0xFFD6CCC0,
}  # fmt: skip
_ROAD = {
    5: (0xFFFDFCFA, 4.5, 0.5), 4: (0xFFFFFFFF, 8.0, 0.8), 3: (0xFFF6E39A, 13.5, 1.1),
    2: (0xFFF2B866, 21.0, 1.9), 1: (0xFFDB6B3C, 27.0, 2.6),
}  # fmt: skip
_FROM_ZOOM = {1: 0, 2: 0, 3: 11, 4: 13, 5: 15}
_LAND, _CASING = 0xFFF3F0EA, 0xFFCFC8BC


def draw(city: GeneratedCity, path: Path) -> list[Path]:
    """One PNG for each of VIEWS beside `path`, its zoom in the name."""
    written: list[Path] = []
    served = CityMap(city)
    for zoom, x, y in VIEWS:
        name = path.with_name(f"{path.stem}-z{zoom}.png")
        one_view(served, zoom, x, y).makeImageSnapshot().save(str(name), skia.kPNG)
        written.append(name)
    return written


def one_view(served: CityMap, zoom: int, x: float, y: float) -> skia.Surface:
    """As the desk draws it: far out from the overview, near from the cells."""
    metres = 156_543.034 * math.cos(math.radians(CENTRE_LAT_DEG)) / 2**zoom
    half_x, half_y = WIDTH_PX / 2 * metres, HEIGHT_PX / 2 * metres
    west, south = to_lon_lat(x - half_x, y - half_y)
    east, north = to_lon_lat(x + half_x, y + half_y)
    features = _features(served, zoom, (west, south, east, north))
    surface = skia.Surface(WIDTH_PX, HEIGHT_PX)
    canvas = surface.getCanvas()
    canvas.clear(_LAND)
    canvas.scale(WIDTH_PX / (east - west), HEIGHT_PX / (south - north))
    canvas.translate(-west, -north)
    degree = (east - west) / WIDTH_PX
    for kind in ("block", "green", "water", "island", "building"):
        for feature in features:
            facts = feature["properties"]
            if kind == ("island" if facts.get("island") else facts["kind"]):
                _fill(canvas, feature)
    for rank in (5, 4, 3, 2, 1):
        roads = [
            f for f in features
            if f["properties"].get("class") == rank and not f["properties"]["tunnel"]
            and zoom >= _FROM_ZOOM[rank]
        ]  # fmt: skip
        colour, wide, least = _ROAD[rank]
        for extra, shade in ((1.4 if zoom > 12 else 0.0, _CASING), (0.0, colour)):
            width = (max(wide / metres, least) + extra) * degree
            if extra or shade == colour:
                for road in roads:
                    _stroke(canvas, road, shade, width)
    return surface


def _features(
    served: CityMap, zoom: int, box: tuple[float, float, float, float]
) -> list[dict[str, Any]]:
    if zoom < CELL_ZOOM:
        return msgspec.json.decode(served.overview())["features"]
    west, south, east, north = box
    (x1, y1), (x2, y2) = tile_of(west, north), tile_of(east, south)
    found: dict[str, dict[str, Any]] = {}
    for x in range(x1, x2 + 1):
        for y in range(y1, y2 + 1):
            for feature in msgspec.json.decode(served.cell(x, y))["features"]:
                found[feature["properties"]["id"]] = feature
    return list(found.values())


def _fill(canvas: skia.Canvas, feature: dict[str, Any]) -> None:
    facts, shape = feature["properties"], feature["geometry"]
    colour = _SHADE.get(facts.get("use", facts["kind"]))
    if colour is not None and shape["type"] != "Point":
        path = skia.Path()
        one = shape["type"] == "Polygon"
        for polygon in [shape["coordinates"]] if one else shape["coordinates"]:
            path.addPoly([skia.Point(*p) for p in polygon[0]], True)
        canvas.drawPath(path, skia.Paint(Color=colour, AntiAlias=True))


def _stroke(canvas: skia.Canvas, road: dict[str, Any], colour: int, width: float) -> None:
    path = skia.Path()
    path.addPoly([skia.Point(*p) for p in road["geometry"]["coordinates"]], False)
    paint = skia.Paint(Color=colour, AntiAlias=True, Style=skia.Paint.kStroke_Style,
                       StrokeWidth=width, StrokeJoin=skia.Paint.kRound_Join,
                       StrokeCap=skia.Paint.kRound_Cap)  # fmt: skip
    canvas.drawPath(path, paint)
