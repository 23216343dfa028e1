"""The base map as it is served: the whole city at overview, and all detail cell by cell.

A cell holds everything that touches it, whole: neighbours carry the same feature twice, with
the same `id` and geometry, so that a reader can leave out the second.
"""

import math
import threading
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import (
    Line,
    lengths_along,
    lon_lat_list,
    points_along,
    signed_area_m2,
    thin,
    to_lon_lat,
)
from desktop.standin.generated import layers, roads
from desktop.standin.generated.build import USES
from desktop.standin.generated.city import GeneratedCity
from desktop.standin.generated.houses import houses_in

CELL_ZOOM = 15
_OVERVIEW_ZOOM, _OVERVIEW_TOLERANCE_M = 14, 3.0
_GROUND_TOLERANCE_M = 1.5
_TOGETHER_M = 2_500.0  # blocks of one use within a square of this side are one feature
_CHUNK_M = 1_000.0
_LANE_HALF_M = 4.0
_GREEN = ("green", "lake park")
_BARE = ("farm", "water")  # the page's own ground, and the river's
_CELLS_KEPT = 48


class CityMap:
    """Made once for a city; its calls compute, so they belong in a thread."""

    def __init__(self, city: GeneratedCity) -> None:
        self._city = city
        self._lock = threading.Lock()  # two first calls would prepare twice
        self._cell_body = lru_cache(_CELLS_KEPT)(self._make_cell)

    # ---- overview -------------------------------------------------------------------------

    def overview(self) -> bytes:
        """GeoJSON of the whole city without lanes and houses: those come by cells."""
        box = layers.metres(self._city, None)
        tolerance = _OVERVIEW_TOLERANCE_M
        features = list(self._block_groups())
        features += layers.ground(self._city, box, tolerance)
        for run in roads.runs(self._city):
            if run.rank <= layers.MOST_CLASS[_OVERVIEW_ZOOM]:
                features += roads.features(run, run.line(self._city), tolerance)
        features += self._labels(box)
        return self._collection(features, box)

    def _block_groups(self) -> Iterator[dict[str, Any]]:
        groups: dict[tuple[str, int, int], list[Any]] = defaultdict(list)
        for face, ring in self._blocks(layers.metres(self._city, None)):
            use = USES[int(self._city.arrays["face_use"][face])]
            if use in _BARE:
                continue
            x, y = (ring.mean(axis=0) // _TOGETHER_M).astype(int).tolist()
            simple = thin(np.vstack([ring, ring[:1]]), _OVERVIEW_TOLERANCE_M)
            if len(simple) > 3:
                key = ("green" if use in _GREEN else use, x, y)
                groups[key].append([lon_lat_list(simple)])
        for (use, _, _), polygons in sorted(groups.items(), key=lambda group: group[0]):
            facts = _block_facts(use)
            geometry = {"type": "MultiPolygon", "coordinates": polygons}
            yield {"type": "Feature", "properties": facts, "geometry": geometry}

    def _labels(self, box: Line) -> list[dict[str, Any]]:
        laid = [msgspec.json.decode(text) for text in self._laid(box) if '"kind":"label"' in text]
        known = {feature["properties"]["name"] for feature in laid} - {"澄江"}
        near = self._laid_boxes
        middle = np.array([near[:, :2].min(axis=0), near[:, 2:].max(axis=0)])
        rest = [
            feature for feature in layers.labels(self._city, box)
            if feature["properties"]["name"] not in known and not (
                feature["properties"]["name"] == "澄江" and self._lies_in(feature, middle))
        ]  # fmt: skip
        return [*laid, *rest]

    def _lies_in(self, feature: dict[str, Any], box: Line) -> bool:
        place = self._city.metres(np.array([feature["geometry"]["coordinates"]]))[0]
        return bool((place >= box[0]).all() and (place <= box[1]).all())

    # ---- cells ----------------------------------------------------------------------------

    def cell(self, x: int, y: int) -> bytes:
        """GeoJSON of one web-mercator tile of zoom 15; no features outside the city."""
        with self._lock:
            return self._cell_body(x, y)

    def _make_cell(self, x: int, y: int) -> bytes:
        west, north = _corner(x, y)
        east, south = _corner(x + 1, y + 1)
        box = self._city.metres(np.array([[west, south], [east, north]]))
        half = np.array([self._city.scale.half_width_m, self._city.scale.half_height_m])
        if (box[0] >= half).any() or (box[1] <= -half).any():
            return self._collection([], box)
        features: list[Any] = [*self._cell_blocks(box), *self._cell_ground(box)]
        features += [msgspec.Raw(text.encode()) for text in self._laid(box)]
        features += self._cell_houses(box)
        features += self._cell_roads(box)
        return self._collection(features, box)

    def _cell_blocks(self, box: Line) -> Iterator[dict[str, Any]]:
        for face, ring in self._blocks(box):
            use = USES[int(self._city.arrays["face_use"][face])]
            if use not in _BARE:
                facts = _block_facts("green" if use in _GREEN else use)
                yield layers.polygon(ring, 0.4, id=f"block-{face}", **facts)

    def _cell_houses(self, box: Line) -> Iterator[dict[str, Any]]:
        a = self._city.arrays
        lanes = self._dead_ends(box)
        for face, ring in self._blocks(box):
            if a["face_laid"][face]:
                continue
            use, seed = USES[int(a["face_use"][face])], self._city.seed * 1_000_003 + face
            for number, house in enumerate(houses_in(ring, use, seed)):
                if _touches(house.ring, box) and not _stands_on(house.ring, lanes):
                    facts = {"height_m": house.height_m, "id": f"house-{face}-{number}"}
                    yield layers.polygon(house.ring, 0.0, kind="building", **facts)

    def _dead_ends(self, box: Line) -> Line:
        """Points along the culs-de-sac near the box: a block's outline leaves them out."""
        a, wide = self._city.arrays, np.array([box[0] - 400.0, box[1] + 400.0])
        low, high = self._edge_boxes
        near = (low <= wide[1]).all(axis=1) & (high >= wide[0]).all(axis=1)
        degree = np.bincount(np.concatenate([a["edge_start"], a["edge_end"]]))
        loose = (degree[a["edge_start"]] == 1) | (degree[a["edge_end"]] == 1)
        lines = [self._city.edge_line(edge) for edge in np.flatnonzero(near & loose).tolist()]
        points = [points_along(li, np.arange(0.0, lengths_along(li)[-1], 4.0)) for li in lines]
        return np.vstack(points) if points else np.zeros((0, 2))

    @cached_property
    def _edge_boxes(self) -> tuple[Line, Line]:
        first, vertex = self._city.arrays["edge_first"][:-1], self._city.arrays["vertex"]
        return np.minimum.reduceat(vertex, first), np.maximum.reduceat(vertex, first)

    def _cell_ground(self, box: Line) -> list[dict[str, Any]]:
        low, high, features = self._ground
        near = np.flatnonzero((low <= box[1]).all(axis=1) & (high >= box[0]).all(axis=1))
        return [features[k][1] for k in near if _reaches(features[k][0], box)]

    @cached_property
    def _ground(self) -> tuple[Line, Line, list[tuple[Line, dict[str, Any]]]]:
        """Boxes, and with each feature its ring in m."""
        whole = layers.metres(self._city, None)
        found: list[tuple[Line, dict[str, Any]]] = []
        for number, feature in enumerate(layers.ground(self._city, whole, _GROUND_TOLERANCE_M)):
            feature["properties"]["id"] = f"ground-{number}"
            ring = self._city.metres(np.array(feature["geometry"]["coordinates"][0]))
            found.append((ring, feature))
        low, high = (np.array([pick(r, axis=0) for r, _ in found]) for pick in (np.min, np.max))
        return low, high, found

    def _cell_roads(self, box: Line) -> Iterator[dict[str, Any]]:
        low, high, every = self._runs
        near = np.flatnonzero((low <= box[1]).all(axis=1) & (high >= box[0]).all(axis=1))
        for number in near.tolist():
            run = every[number]
            yield from roads.features(run, run.line(self._city), 0.5)

    @cached_property
    def _runs(self) -> tuple[Line, Line, list[roads.Run]]:
        every = list(roads.runs(self._city, _CHUNK_M))
        low, high = self._edge_boxes
        edges = np.concatenate([run.edges for run in every])
        starts = np.concatenate([[0], np.cumsum([len(run.edges) for run in every])[:-1]])
        return (
            np.minimum.reduceat(low[edges], starts),
            np.maximum.reduceat(high[edges], starts),
            every,
        )

    # ---- parts ----------------------------------------------------------------------------

    def _blocks(self, box: Line) -> Iterator[tuple[int, Line]]:
        a = self._city.arrays
        low, high = self._block_boxes
        first, of = a["block_ring_first"], a["block_ring_of"]
        for number in np.flatnonzero((low <= box[1]).all(1) & (high >= box[0]).all(1)).tolist():
            ring = a["block_ring"][first[number] : first[number + 1]]
            if len(ring) > 2 and abs(signed_area_m2(ring)) > 1:
                yield int(of[number]), ring

    @cached_property
    def _block_boxes(self) -> tuple[Line, Line]:
        return layers.ring_boxes(self._city)

    @cached_property
    def _laid_boxes(self) -> NDArray[np.float64]:
        return self._city.arrays["laid_box"]

    def _laid(self, box: Line) -> list[str]:
        near = self._laid_boxes
        seen = (near[:, :2] <= box[1]).all(axis=1) & (near[:, 2:] >= box[0]).all(axis=1)
        return [self._city.words["laid"][k] for k in np.flatnonzero(seen).tolist()]

    def _collection(self, features: list[Any], box: Line) -> bytes:
        """The frame of the answer; `box` in m."""
        corners = [*to_lon_lat(*box[0].tolist()), *to_lon_lat(*box[1].tolist())]
        facts = {"data_date": layers.DATA_DATE, "seed": self._city.seed}
        return msgspec.json.encode(
            {"type": "FeatureCollection", "name": "basemap", "bbox": corners, "properties": facts,
             "features": features}
        )  # fmt: skip


def _block_facts(use: str) -> dict[str, Any]:
    return {"kind": "green", "name": ""} if use == "green" else {"kind": "block", "use": use}


def _touches(ring: Line, box: Line) -> bool:
    return bool((ring.min(axis=0) <= box[1]).all() and (ring.max(axis=0) >= box[0]).all())


def _stands_on(ring: Line, points: Line) -> bool:
    low, high = ring.min(axis=0) - _LANE_HALF_M, ring.max(axis=0) + _LANE_HALF_M
    return bool(((points >= low) & (points <= high)).all(axis=1).any())


def _reaches(ring: Line, box: Line) -> bool:
    """Whether the ring comes into the box, or lies round it: exact enough for whole cells."""
    low = np.minimum(ring[:-1], ring[1:])
    high = np.maximum(ring[:-1], ring[1:])
    if bool(((low <= box[1]).all(axis=1) & (high >= box[0]).all(axis=1)).any()):
        return True
    (x, y), (x1, y1), (x2, y2) = box.mean(axis=0), ring[:-1].T, ring[1:].T
    crosses = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        hits = crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return int(hits.sum()) % 2 == 1


def _corner(x: int, y: int) -> tuple[float, float]:
    """lon, lat of the north-west corner of a tile."""
    size = 2.0**CELL_ZOOM
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / size))))
    return x / size * 360 - 180, lat


def tile_of(lon_deg: float, lat_deg: float) -> tuple[int, int]:
    """x, y of the cell that a place lies in."""
    size = 2**CELL_ZOOM
    sin = math.sin(math.radians(lat_deg))
    y = 0.5 - math.log((1 + sin) / (1 - sin)) / (4 * math.pi)
    return int((lon_deg / 360 + 0.5) * size), int(y * size)
