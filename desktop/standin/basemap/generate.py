"""The features of the base map, as one GeoJSON FeatureCollection."""

import math
import random
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np

from desktop.standin.basemap.arrangement import faces_of
from desktop.standin.basemap.blocks import Block, border_line, cut_blocks
from desktop.standin.basemap.buildings import Building, buildings_on, sports_ground
from desktop.standin.basemap.frame import (
    HALF_HEIGHT_M,
    HALF_WIDTH_M,
    Line,
    inside,
    lengths_along,
    lon_lat_list,
    normals,
    points_along,
    stretch,
    thin,
    to_lon_lat,
)
from desktop.standin.basemap.ground import Ground
from desktop.standin.basemap.names import NameBook
from desktop.standin.basemap.plan import (
    BRIDGE_NAMES,
    CREEK_NAME,
    LAKE_NAME,
    LAKE_PARK_NAME,
    LANDMARKS,
    RIVER_NAME,
    Street,
    banks,
    creek_lines,
    lake_ring,
    river_axis,
    river_ring,
)
from desktop.standin.basemap.streets import main_streets

Feature: TypeAlias = dict[str, Any]

_SETBACK_M = {1: 26.0, 2: 22.0, 3: 15.0, 4: 10.5, 5: 7.5}  # from the middle of the street
_CREEK_HALF_M = 9.0
DATA_DATE = "2026-07-01"


def build_basemap(seed: int = 1) -> dict[str, Any]:
    """GeoJSON of the layer `basemap`, the same for the same seed.

    Properties: `kind` road, water, green, block, building, bridge or label; roads and bridges
    `name`, `class` 1-5 and `tunnel`; water and green `name`; buildings `height_m`;
    blocks `use`.
    """
    rng = random.Random(seed)
    main = main_streets()
    lines = [s.line for s in main] + [*banks(), border_line()]
    blocks, side = cut_blocks(faces_of(lines), rng, NameBook(rng))
    ground = _ground([*main, *side])
    features = list(_areas(blocks))
    features += (_building(b) for block in blocks for b in buildings_on(block, ground, rng))
    for street in sorted([*main, *side], key=_drawing_order):
        features += _road(street)
    return {
        "type": "FeatureCollection",
        "name": "basemap",
        "bbox": [
            *to_lon_lat(-HALF_WIDTH_M, -HALF_HEIGHT_M),
            *to_lon_lat(HALF_WIDTH_M, HALF_HEIGHT_M),
        ],
        "properties": {"data_date": DATA_DATE, "seed": seed},
        "features": features,
    }


def _ground(streets: Sequence[Street]) -> Ground:
    ground = Ground()
    for street in streets:
        ground.lay_line(street.line, _SETBACK_M[street.road_class])
    for bank in banks():
        ground.lay_line(bank, 34.0)
    for creek in creek_lines():
        ground.lay_line(creek, 30.0)
    ground.lay_area(lake_ring())
    return ground


def _areas(blocks: list[Block]) -> Iterator[Feature]:
    for block in blocks:
        if block.use in ("green", "lake park"):
            name = LAKE_PARK_NAME if block.use == "lake park" else ""
            yield _polygon(block.ring, kind="green", name=name)
        elif block.use != "farm":  # open country is the page's own ground
            yield _polygon(block.ring, kind="block", use=block.use)
        if block.use == "school":
            yield _polygon(sports_ground(block), kind="green", name="")
    north, south = banks()
    for bank, side in ((north, 1.0), (south, -1.0)):
        strip = np.vstack([bank, (bank + side * normals(bank) * 46.0)[::-1]])
        yield _polygon(strip, kind="green", name="滨江绿带" if side < 0 else "")
    yield _polygon(river_ring(), kind="water", name=RIVER_NAME)
    for creek in creek_lines():
        side = normals(creek) * _CREEK_HALF_M
        ring = np.vstack([creek + side, (creek - side)[::-1]])
        yield _polygon(ring, kind="water", name=CREEK_NAME)
    yield _polygon(lake_ring(), kind="water", name=LAKE_NAME)
    yield _polygon(_island(), kind="green", name="", island=True)
    yield from _labels()


def _labels() -> Iterator[Feature]:
    """Where the names of waters and parks stand; angle_deg clockwise from the horizontal."""
    axis, _ = river_axis()
    for at_m in (900.0, 2700.0, 4300.0, 5900.0, 7700.0, 9400.0):
        before, here, after = points_along(axis, [at_m - 60, at_m, at_m + 60])
        turn = math.degrees(math.atan2(before[1] - after[1], after[0] - before[0]))
        yield _label(here, RIVER_NAME, "water", angle_deg=round(turn, 1))
    yield _label(np.array([860.0, -1130.0]), LAKE_NAME, "water", from_zoom=15)
    yield _label(np.array([620.0, -1340.0]), LAKE_PARK_NAME, "green", from_zoom=15)
    for name, x, y in LANDMARKS:
        yield _label(np.array([x, y]), name, "place", from_zoom=16)


def _label(at: Line, name: str, of: str, **properties: Any) -> Feature:
    facts = {"kind": "label", "name": name, "of": of} | properties
    return _feature("Point", lon_lat_list(at[None])[0], facts)


def _island() -> Line:
    angle = np.linspace(0, 2 * np.pi, 18, endpoint=False)
    return np.column_stack([870 + 62 * np.cos(angle), -1010 + 36 * np.sin(angle)])


def _drawing_order(street: Street) -> int:
    return -street.road_class


def _road(street: Street) -> Iterator[Feature]:
    """The open parts, then tunnels and bridges as parts of their own."""
    total = float(lengths_along(street.line)[-1])
    special = [(*span, "bridge") for span in _bridges(street)]
    if street.tunnel_m:
        special.append((*street.tunnel_m, "tunnel"))
    at = 0.0
    for start, end, what in sorted(special):
        if start - at > 1:
            yield _line(street, at, start)
        if what == "tunnel":
            yield _line(street, start, end, tunnel=True)
        else:
            yield _line(street, start, end)
            name = BRIDGE_NAMES.get(street.name, "")
            yield _line(street, start, end, kind="bridge", name=name)
        at = end
    if total - at > 1:
        yield _line(street, at, total)


def _bridges(street: Street) -> list[tuple[float, float]]:
    """Where the street is over the river, 25 m of ramp on either side."""
    total = float(lengths_along(street.line)[-1])
    at = np.arange(0.0, total, 10.0)
    wet = inside(points_along(street.line, at), river_ring())
    turns = np.flatnonzero(np.diff(np.concatenate([[False], wet, [False]]).astype(int)))
    return [
        (max(0.0, float(at[a]) - 25), min(total, float(at[b - 1]) + 25))
        for a, b in zip(turns[::2], turns[1::2], strict=True)
        if at[b - 1] - at[a] > 60
    ]


def _line(street: Street, start_m: float, end_m: float, **properties: Any) -> Feature:
    part = thin(stretch(street.line, start_m, end_m), 0.9)
    facts = {"kind": "road", "name": street.name, "class": street.road_class, "tunnel": False}
    return _feature("LineString", lon_lat_list(part), facts | properties)


def _building(building: Building) -> Feature:
    return _polygon(building.ring, kind="building", height_m=building.height_m)


def _polygon(ring: Line, **properties: Any) -> Feature:
    closed = np.vstack([ring, ring[:1]])
    simple = closed if len(ring) < 8 else thin(closed, 0.9)
    return _feature("Polygon", [lon_lat_list(simple)], properties)


def _feature(kind: str, coordinates: Any, properties: dict[str, Any]) -> Feature:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }
