"""Layers of the map: areas with their codes, and the base map for a zoom and a box."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import (
    CENTRE_LAT_DEG,
    CENTRE_LON_DEG,
    Line,
    lon_lat_list,
    normals,
    signed_area_m2,
    thin,
    to_lon_lat,
)
from desktop.standin.generated.build import USES
from desktop.standin.generated.crews import unit_facts, unit_id
from desktop.standin.generated.houses import houses_in
from desktop.standin.generated.kinds import UNIT_KINDS
from desktop.standin.generated.naming import person
from desktop.standin.generated.orgs import crew_org
from desktop.standin.generated.roads import features as road_features
from desktop.standin.generated.roads import runs

if TYPE_CHECKING:
    from desktop.standin.generated.city import GeneratedCity

Feature: TypeAlias = dict[str, Any]
Box: TypeAlias = tuple[float, float, float, float]

DATA_DATE = "2026-07-01"
_BLOCKS_FROM, _LANES_FROM, _HOUSES_FROM = 14, 15, 16
_TOLERANCE_M = {9: 60.0, 10: 40.0, 11: 25.0, 12: 14.0, 13: 7.0, 14: 4.0, 15: 2.0}
MOST_CLASS = {9: 1, 10: 2, 11: 3, 12: 3, 13: 4, 14: 4}
_MOST_HOUSE_BLOCKS = 400
_FIRST_GRID_OWNER = 700_000


def areas(arrays: dict[str, NDArray[Any]], words: dict[str, list[str]], level: str) -> Feature:
    """Districts, 街道, 社区 or grids as polygons; `parent_id` is the area they belong to."""
    above = {"subdistrict": "district", "community": "subdistrict", "grid": "community"}
    first, ring = arrays[f"{level}_ring_first"], arrays[f"{level}_ring"]
    parts: dict[int, list[list[list[list[float]]]]] = {}
    for number, of in enumerate(arrays[f"{level}_ring_of"].tolist()):
        line = ring[first[number] : first[number + 1]]
        degrees = lon_lat_list(np.vstack([line, line[:1]]))
        polygons = parts.setdefault(of, [])
        if polygons and signed_area_m2(line) < 0:  # the largest comes first: this is its hole
            polygons[0].append(degrees)
        else:
            polygons.append([degrees])
    features: list[Feature] = []
    answering = grid_people(arrays, words) if level == "grid" else []
    for of, polygons in sorted(parts.items()):
        code = words[f"{level}_code"][of]
        facts: dict[str, Any] = {f"{level}_id": code, "name": _area_name(words, arrays, level, of)}
        if level == "grid":
            facts |= answering[of]
        if level in above:
            parent = above[level]
            facts["parent_id"] = words[f"{parent}_code"][int(arrays[f"{level}_parent"][of])]
            facts["district_id"] = code[:6]
        shape = {"type": "Polygon", "coordinates": polygons[0]} if len(polygons) == 1 else {
            "type": "MultiPolygon", "coordinates": polygons}  # fmt: skip
        features.append({"type": "Feature", "properties": facts, "geometry": shape})
    return {"type": "FeatureCollection", "features": features}


def grid_people(
    arrays: dict[str, NDArray[Any]], words: dict[str, list[str]]
) -> list[dict[str, str]]:
    """Of each grid the person who answers for it, and the officer nearest to it of its district."""
    kind = [name for name, _ in UNIT_KINDS].index("officer")
    officers = np.flatnonzero(arrays["unit_kind"] == kind)
    home, of_district = arrays["unit_place"][officers], arrays["face_district"][
        arrays["unit_face"][officers]]  # fmt: skip
    first = int(np.searchsorted(arrays["unit_kind"], kind))
    dry = np.flatnonzero(arrays["face_grid"] >= 0)
    grid = arrays["face_grid"][dry]
    count = np.maximum(np.bincount(grid, minlength=len(words["grid_code"])), 1)
    centre = np.nan_to_num(arrays["face_centre"][dry])
    middle = np.column_stack([np.bincount(grid, axis, len(count)) / count for axis in centre.T])
    districts = {code: number for number, code in enumerate(words["district_code"])}
    found: list[dict[str, str]] = []
    for number, code in enumerate(words["grid_code"]):
        district = districts[code[:6]]
        near = np.hypot(*(home - middle[number]).T) + np.where(of_district == district, 0, 1e9)
        index = int(officers[int(near.argmin())]) - first
        community = int(arrays["grid_parent"][number])
        found.append(
            {
                "owner_name": person(_FIRST_GRID_OWNER + number),
                "collector": unit_id("officer", index),
                "collector_name": unit_facts("officer", index)[0],
                "org_id": crew_org(district, "zf"),
                "community": words["community"][community],
            }
        )
    return found


def _area_name(
    words: dict[str, list[str]], arrays: dict[str, NDArray[Any]], level: str, of: int
) -> str:
    if level != "grid":
        return words[level][of]
    community = words["community"][int(arrays["grid_parent"][of])]
    return f"{community}第 {int(words['grid_code'][of][-4:])} 网格"


def basemap(city: "GeneratedCity", bbox: Box | None, zoom: int) -> Feature:
    """kind, name, class, tunnel, use, height_m as in the hand-laid district's layer."""
    box = metres(city, bbox)
    tolerance = _TOLERANCE_M.get(max(zoom, 9), 1.0)
    features = list(ground(city, box, tolerance))
    if zoom >= _BLOCKS_FROM:
        features = [*_blocks(city, box, tolerance), *features]
    if zoom >= _HOUSES_FROM:
        features += _houses(city, box)
    features += _roads(city, box, zoom, tolerance)
    features += labels(city, box)
    x, y = city.scale.half_width_m, city.scale.half_height_m
    return {
        "type": "FeatureCollection",
        "name": "basemap",
        "bbox": list(bbox or (*to_lon_lat(-x, -y), *to_lon_lat(x, y))),
        "properties": {"data_date": DATA_DATE, "seed": city.seed},
        "features": features,
    }


def metres(city: "GeneratedCity", bbox: Box | None) -> Line:
    """Low and high corner in m."""
    half = np.array([city.scale.half_width_m, city.scale.half_height_m])
    if bbox is None:
        return np.vstack([-half, half])
    scale = np.array(to_lon_lat(1e4, 1e4)) - (CENTRE_LON_DEG, CENTRE_LAT_DEG)
    corners = np.array(bbox).reshape(2, 2) - (CENTRE_LON_DEG, CENTRE_LAT_DEG)
    return corners / scale * 1e4


def _seen(line: Line, box: Line) -> bool:
    return bool((line.min(axis=0) <= box[1]).all() and (line.max(axis=0) >= box[0]).all())


def ground(city: "GeneratedCity", box: Line, tolerance: float) -> Iterator[Feature]:
    terrain, half = city.terrain, np.array([city.scale.half_width_m, city.scale.half_height_m])
    for name, ring in terrain.hills:
        if _seen(ring, box):
            yield polygon(np.clip(ring, -half, half), tolerance, kind="green", name=name)
    for bank, side in zip(terrain.banks, (1.0, -1.0), strict=True):
        near = bank[np.abs(bank[:, 0]) < min(half[0], 12_500.0)]
        strip = np.vstack([near, (near + side * normals(near) * 46.0)[::-1]])
        if tolerance < 20:
            yield polygon(strip, min(tolerance, 8.0), kind="green", name="滨江绿带")
    north, south = (b[np.abs(b[:, 0]) < half[0] + 200] for b in terrain.banks)
    river = np.clip(np.vstack([south, north[::-1]]), -half, half)
    yield polygon(river, min(tolerance, 20.0), kind="water", name="澄江")
    for name, line, wide in terrain.creeks:
        inner = line[(np.abs(line) < half).all(axis=1)]
        if len(inner) > 2 and _seen(inner, box) and tolerance < 40:
            side = normals(inner) * wide
            ring = np.vstack([inner + side, (inner - side)[::-1]])
            yield polygon(ring, min(tolerance, 10.0), kind="water", name=name)
    for name, ring in terrain.lakes:
        if _seen(ring, box):
            yield polygon(np.clip(ring, -half, half), tolerance, kind="water", name=name)


def _blocks(city: "GeneratedCity", box: Line, tolerance: float) -> Iterator[Feature]:
    for face, ring in block_rings(city, box):
        use = USES[int(city.arrays["face_use"][face])]
        if use in ("farm", "water"):
            continue
        if use in ("green", "lake park"):
            yield polygon(ring, tolerance, kind="green", name="")
        else:
            yield polygon(ring, tolerance, kind="block", use=use)


def block_rings(city: "GeneratedCity", box: Line) -> Iterator[tuple[int, Line]]:
    a = city.arrays
    low, high, of, first = *ring_boxes(city), a["block_ring_of"], a["block_ring_first"]
    for number in np.flatnonzero((low <= box[1]).all(1) & (high >= box[0]).all(1)):
        yield int(of[number]), a["block_ring"][first[number] : first[number + 1]]


def ring_boxes(city: "GeneratedCity") -> tuple[Line, Line]:
    ring, first = city.arrays["block_ring"], city.arrays["block_ring_first"][:-1]
    return np.minimum.reduceat(ring, first), np.maximum.reduceat(ring, first)


def _houses(city: "GeneratedCity", box: Line) -> Iterator[Feature]:
    blocks = list(block_rings(city, box))[:_MOST_HOUSE_BLOCKS]
    for face, ring in blocks:
        use = USES[int(city.arrays["face_use"][face])]
        for house in houses_in(ring, use, city.seed * 1_000_003 + face):
            yield polygon(house.ring, 0.0, kind="building", height_m=house.height_m)


def _roads(city: "GeneratedCity", box: Line, zoom: int, tolerance: float) -> Iterator[Feature]:
    most = MOST_CLASS.get(max(zoom, 9), 5)
    for run in runs(city):
        line = run.line(city) if run.rank <= most else None
        if line is not None and _seen(line, box):
            for feature in road_features(run, line, tolerance):
                if zoom >= _BLOCKS_FROM or feature["properties"]["kind"] == "road":
                    yield feature


def labels(city: "GeneratedCity", box: Line) -> Iterator[Feature]:
    """Names of waters and hills; angle_deg of the river's, clockwise from the horizontal."""
    axis, _ = city.terrain.river
    inner = axis[(np.abs(axis[:, 0]) < city.scale.half_width_m)]
    for at in range(40, len(inner) - 2, 90):
        (x, y), (x2, y2) = inner[at - 2], inner[at + 2]
        turn = math.degrees(math.atan2(y - y2, x2 - x))
        yield from _label(inner[at], "澄江", "water", box, angle_deg=round(turn, 1))
    for name, ring in city.terrain.lakes:
        yield from _label(ring.mean(axis=0), name, "water", box)
    for name, ring in city.terrain.hills:
        half = (city.scale.half_width_m, city.scale.half_height_m)
        yield from _label(np.clip(ring, np.negative(half), half).mean(axis=0), name, "green", box)


def _label(place: Line, name: str, of: str, box: Line, **more: Any) -> Iterator[Feature]:
    if (place >= box[0]).all() and (place <= box[1]).all():
        facts = {"kind": "label", "name": name, "of": of} | more
        yield _feature("Point", lon_lat_list(place[None])[0], facts)


def polygon(ring: Line, tolerance: float, **facts: Any) -> Feature:
    closed = np.vstack([ring, ring[:1]])
    simple = thin(closed, tolerance) if tolerance and len(ring) > 8 else closed
    return _feature("Polygon", [lon_lat_list(simple if len(simple) > 3 else closed)], facts)


def _feature(kind: str, coordinates: Any, properties: dict[str, Any]) -> Feature:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}
