"""Layers of the map under /api/v1/layers: the base map with its cells, and what stands out."""

import asyncio
from collections.abc import Callable
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from desktop.standin.catalogue import CityCatalogue
from desktop.standin.generated.city_map import CELL_ZOOM, CityMap
from desktop.standin.register_pages import source_version
from desktop.standin.street_layers import Closures, streets_geojson
from desktop.standin.wire import Problem, answer, catalogue, is_known, tag_of, unchanged

CLOSURES = "closures"  # the one layer that changes all day long
_FLOOD = ("water_level", "underpass_water")


class MapLayers:
    """Which layers there are and how each is made; a body is made once, when first asked for."""

    def __init__(self, city: CityCatalogue) -> None:
        self._city = city
        self.map = CityMap(city.city)
        self._making = asyncio.Lock()
        self._bodies: dict[str, bytes] = {}
        self.names = {
            "basemap": ("底图", "basemap"),
            "flood_points": ("易涝点", "points"),
            "depots": ("保障点", "points"),
            "subdistricts": ("街道界", "areas"),
            "streets": ("道路网", "graph"),
        }

    @property
    def version(self) -> str:
        return f"{source_version()}|{self._city.city.scale.name}|{self._city.city.seed}"

    async def body(self, layer_id: str) -> bytes:
        """Raises KeyError."""
        async with self._making:
            if layer_id not in self._bodies:
                make = self._maker(layer_id)
                self._bodies[layer_id] = await asyncio.to_thread(make)
        return self._bodies[layer_id]

    def _maker(self, layer_id: str) -> Callable[[], bytes]:
        makers: dict[str, Callable[[], bytes]] = {
            "basemap": self.map.overview,
            "flood_points": lambda: msgspec.json.encode(self._flood_points()),
            "depots": lambda: msgspec.json.encode(self._depots()),
            "streets": lambda: msgspec.json.encode(streets_geojson(self._city.city)),
            "subdistricts": lambda: msgspec.json.encode(self._city.city.subdistricts_geojson()),
        }
        return makers[layer_id]

    def _flood_points(self) -> dict[str, Any]:
        rows = [p for class_id in _FLOOD for p in self._city.points_of(class_id)]
        return _points([
            ({"point_id": p.point_id, "name": p.name, "class_id": p.class_id},
             p.lon_deg, p.lat_deg) for p in rows
        ])  # fmt: skip

    def _depots(self) -> dict[str, Any]:
        return _points([
            ({"depot_id": d.depot_id, "name": d.name, "org_id": d.org_id}, d.lon, d.lat)
            for d in self._city.depots
        ])  # fmt: skip


def _points(rows: list[tuple[dict[str, Any], float | None, float | None]]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "properties": facts,
         "geometry": {"type": "Point", "coordinates": [lon, lat]}}
        for facts, lon, lat in rows
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def layer_router(city: CityCatalogue, closures: Closures) -> APIRouter:
    router = APIRouter(tags=["catalogue"])
    known = MapLayers(city)

    @router.get("/layers")
    async def layer_list(request: Request) -> Response:
        rows = [{"layer_id": layer_id, "name": name, "kind": kind}
                for layer_id, (name, kind) in known.names.items()]  # fmt: skip
        rows.append({"layer_id": CLOSURES, "name": "封闭路段", "kind": "closures"})
        return catalogue(request, {"items": rows, "next_cursor": None})

    @router.get("/layers/{layer_id}")
    async def layer(request: Request, layer_id: str) -> Response:
        """The layer `basemap` is the whole city at overview; its detail comes by cells."""
        if layer_id == CLOSURES:
            return catalogue(request, closures.geojson())
        if layer_id not in known.names:
            raise Problem(404, "no_such_layer", f"没有图层 {layer_id}")
        tag = tag_of(f"{known.version}|{layer_id}")
        if is_known(request, tag):
            return unchanged(tag)
        return answer(await known.body(layer_id), headers={"ETag": tag})

    @router.get("/layers/{layer_id}/cells/{z}/{x}/{y}")
    async def cell(request: Request, layer_id: str, z: int, x: int, y: int) -> Response:
        """Beyond the common contract: all detail of one web-mercator tile of zoom 15.

        Features are whole; what lies in two cells comes in both, with the same `id`.
        """
        side = 2**CELL_ZOOM
        if layer_id != "basemap" or z != CELL_ZOOM or not (0 <= x < side and 0 <= y < side):
            raise Problem(404, "no_such_cell", f"没有图层分块 {layer_id}/{z}/{x}/{y}")
        tag = tag_of(f"{known.version}|{x}|{y}")
        if is_known(request, tag):
            return unchanged(tag)
        return answer(await asyncio.to_thread(known.map.cell, x, y), headers={"ETag": tag})

    return router
