"""Layers of the map and areas, mirrored; streets and areas in them become registers."""

import asyncio
import hashlib
import logging
import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import msgspec

from desktop.domain.search import fold, index_text
from desktop.domain.texts import clean_text
from desktop.errors import PlatformError
from desktop.feeds.wire import UNREADABLE, DecodeError, clean_large, typed
from desktop.link.register_rows import read_page
from desktop.link.rest import Refused, Rest
from local_db.cache import Layer, Row
from local_db.pinyin import readings

log = logging.getLogger(__name__)

DEADLINE_S = 30.0
BASEMAP, STREETS, CLOSURES = "basemap", "streets", "closures"
_GONE = 404
_ROAD_CLASSES = 6


class LayerItem(msgspec.Struct):
    """One row of GET /layers."""

    layer_id: str
    name: str = ""
    kind: str = ""


AREAS = (
    (LayerItem("districts", "行政区", "area"), "/districts"),
    (LayerItem("grids", "责任网格", "area"), "/grids"),
)


class _Geometry(msgspec.Struct):
    type: str = ""
    coordinates: msgspec.Raw = msgspec.Raw(b"[]")


class _Feature(msgspec.Struct):
    properties: dict[str, Any] | None = None
    geometry: _Geometry | None = None


class _Collection(msgspec.Struct):
    type: str
    features: list[msgspec.Raw]


async def wanted_layers(rest: Rest) -> list[tuple[LayerItem, str]]:
    """(layer, its path): what the platform lists, and the areas. Raises PlatformError."""
    answer = await rest.get("/layers", deadline_s=DEADLINE_S)
    try:
        items = [msgspec.json.decode(one, type=LayerItem) for one in read_page(answer.body).items]
    except UNREADABLE:
        raise PlatformError("平台返回异常：图层目录读不懂") from None
    listed = {item.layer_id for item in items}
    wanted = [(item, f"/layers/{quote(item.layer_id, safe='')}") for item in items]
    return wanted + [(item, path) for item, path in AREAS if item.layer_id not in listed]


async def fetch_layer(rest: Rest, item: LayerItem, path: str, etag: str) -> Layer | None:
    """None when it has not changed or cannot be used. Raises PlatformError."""
    headers = {"If-None-Match": etag} if etag else {}
    try:
        answer = await rest.get(path, headers=headers, deadline_s=DEADLINE_S)
    except Refused as error:
        if error.status != _GONE:
            raise
        log.info("layer %s: not served", item.layer_id)
        return None
    if answer.status == 304:
        return None
    try:
        body = await asyncio.to_thread(clean_layer, answer.body)
    except DecodeError as error:
        log.warning("layer %s: %s", item.layer_id, error.reason)
        return None
    etag = answer.etag or hashlib.sha256(answer.body).hexdigest()[:16]
    return Layer(item.layer_id, clean_text(item.name), clean_text(item.kind), etag, body)


def clean_layer(body: bytes) -> bytes:
    """GeoJSON by its frame, with its texts cleaned. Raises DecodeError."""
    typed(msgspec.json.Decoder(_Collection).decode, body)
    return clean_large(body)


def streets(body: bytes) -> list[Row]:
    """One row for each named street of a layer, placed in the middle of its longest part."""
    longest: dict[str, tuple[float, float, float, int]] = {}
    for properties, geometry in _features(body):
        name, points = properties.get("name"), _vertices(geometry)
        if properties.get("kind") != "road" or not isinstance(name, str) or not name or not points:
            continue
        rank = properties.get("class")
        rank = rank if isinstance(rank, int) else _ROAD_CLASSES
        long_deg = sum(math.dist(a, b) for a, b in pairwise(points))
        known = longest.get(name)
        if known is None or long_deg > known[0]:
            rank = min(rank, known[3]) if known else rank
            longest[name] = (long_deg, *_middle(points), rank)
    return [
        _named(name, name, str(rank), lon, lat)
        for name, (_, lon, lat, rank) in sorted(longest.items())
    ]


def areas(body: bytes, key: str) -> list[Row]:
    """Districts or grids by the property `key`, placed at the middle of their outline."""
    rows: dict[str, Row] = {}
    for properties, geometry in _features(body):
        area_id, name = properties.get(key), properties.get("name")
        points = _vertices(geometry)
        if not isinstance(area_id, str) or not area_id or not points:
            continue
        lon = sum(point[0] for point in points) / len(points)
        lat = sum(point[1] for point in points) / len(points)
        title = name if isinstance(name, str) and name else area_id
        row = _named(area_id, title, "", lon, lat)
        district = properties.get("district_id")
        rows[area_id] = row._replace(
            district_id=district if isinstance(district, str) else "",
            body=msgspec.json.encode(properties),
        )
    return list(rows.values())


DERIVED: dict[str, tuple[tuple[str, ...], Callable[[bytes], list[Row]]]] = {
    "streets": ((STREETS, BASEMAP), streets),
    "districts": (("districts",), lambda body: areas(body, "district_id")),
    "grids": (("grids",), lambda body: areas(body, "grid_id")),
}
"""Registers that are made of a layer: of the first of these that the platform has."""


def _features(body: bytes) -> list[tuple[dict[str, Any], _Geometry]]:
    found: list[tuple[dict[str, Any], _Geometry]] = []
    decode = msgspec.json.Decoder(_Feature).decode
    for raw in msgspec.json.decode(body, type=_Collection).features:
        try:
            feature = decode(raw)
        except UNREADABLE:
            continue
        if feature.properties is not None and feature.geometry is not None:
            found.append((feature.properties, feature.geometry))
    return found


def _vertices(geometry: _Geometry) -> list[tuple[float, float]]:
    """Of the first line or ring; a point is its only vertex."""
    depth = {"Point": 0, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
    try:
        value = msgspec.json.decode(geometry.coordinates)
        for _ in range(depth[geometry.type] - 1):
            value = value[0]
        points = [value] if geometry.type == "Point" else value
        return [(float(point[0]), float(point[1])) for point in points]
    except (KeyError, IndexError, TypeError, *UNREADABLE):
        return []


def _middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Of the vertices; between the two inner ones of an even number."""
    (lon_a, lat_a), (lon_b, lat_b) = points[(len(points) - 1) // 2], points[len(points) // 2]
    return (lon_a + lon_b) / 2, (lat_a + lat_b) / 2


def _named(row_id: str, name: str, kind: str, lon: float, lat: float) -> Row:
    folded = fold(name)
    body = msgspec.json.encode({"id": row_id, "name": name, "kind": kind, "lon": lon, "lat": lat})
    terms = index_text(folded, readings(folded))
    return Row(row_id, body, name, kind=kind, lon_deg=lon, lat_deg=lat, terms=terms)
