"""The base map below the crews: read from GeoJSON and painted into an image, both off the loop.

Plane coordinates are metres east and south of the first place; good to 0.1 % over a city.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

METRES_PER_DEG_LAT = 110_900.0
METRES_PER_DEG_LON = 111_320.0
_LABEL_GAP_PX = 24
_MOST_LABELS = 60
_ROAD_PX = {1: 5.0, 2: 4.0, 3: 3.0, 4: 2.0, 5: 1.2}
_THINNEST_SEEN_PX_M = {4: 0.03, 5: 0.08}  # smaller roads only from this many px per metre on


@dataclass(frozen=True)
class Frame:
    """Where the plane begins: the coordinates of metre 0, 0."""

    lon_deg: float
    lat_deg: float

    def plane(self, lon_deg: float, lat_deg: float) -> tuple[float, float]:
        """Metres east, metres south."""
        east = (lon_deg - self.lon_deg) * METRES_PER_DEG_LON * math.cos(math.radians(self.lat_deg))
        return east, (self.lat_deg - lat_deg) * METRES_PER_DEG_LAT


@dataclass(frozen=True)
class View:
    """What is seen: the middle in metres of the plane, and pixels per metre."""

    east_m: float
    south_m: float
    px_per_m: float
    width_px: int
    height_px: int

    def at(self, east_m: float, south_m: float) -> QPointF:
        """A place of the plane on the widget, in logical pixels."""
        return QPointF(
            (east_m - self.east_m) * self.px_per_m + self.width_px / 2,
            (south_m - self.south_m) * self.px_per_m + self.height_px / 2,
        )

    def plane(self, x: float, y: float) -> tuple[float, float]:
        return (
            (x - self.width_px / 2) / self.px_per_m + self.east_m,
            (y - self.height_px / 2) / self.px_per_m + self.south_m,
        )


@dataclass(frozen=True)
class Ground:
    """Paths by what they are; `roads` by class, 1 the widest. Bounds as left, top, right, below."""

    frame: Frame
    areas: Mapping[str, tuple[tuple[QRectF, QPainterPath], ...]]
    roads: Mapping[int, tuple[tuple[QRectF, QPainterPath, bool], ...]]
    labels: tuple[tuple[str, float, float, bool], ...]  # name, east, south, whether water


def read_ground(body: bytes, frame: Frame) -> Ground:
    """Raises ValueError for what is no GeoJSON. A feature that is odd is left out."""
    try:
        features = msgspec.json.decode(body)["features"]
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise ValueError("no GeoJSON") from error
    areas: dict[str, list[tuple[QRectF, QPainterPath]]] = {}
    roads: dict[int, list[tuple[QRectF, QPainterPath, bool]]] = {}
    labels: list[tuple[str, float, float, bool]] = []
    seen: set[str] = set()
    for feature in features:
        try:
            _take(feature, frame, areas, roads, labels, seen)
        except (KeyError, TypeError, ValueError, IndexError):
            continue
    return Ground(
        frame,
        {kind: tuple(paths) for kind, paths in areas.items()},
        {kind: tuple(paths) for kind, paths in roads.items()},
        tuple(labels),
    )


def _take(
    feature: Mapping[str, Any], frame: Frame,
    areas: dict[str, list[tuple[QRectF, QPainterPath]]],
    roads: dict[int, list[tuple[QRectF, QPainterPath, bool]]],
    labels: list[tuple[str, float, float, bool]], seen: set[str],
) -> None:  # fmt: skip
    facts, shape = feature["properties"], feature["geometry"]
    kind, name = str(facts.get("kind", "")), str(facts.get("name") or "")
    where = shape["coordinates"]
    match shape["type"]:
        case "Polygon" | "MultiPolygon" if kind in ("water", "green", "building"):
            polygons = [where] if shape["type"] == "Polygon" else where
            path = QPainterPath()
            for polygon in polygons:
                for ring in polygon:
                    _line(path, ring, frame, closed=True)
            areas.setdefault(kind, []).append((path.boundingRect(), path))
        case "LineString" | "MultiLineString" if kind in ("road", "bridge"):
            lines = [where] if shape["type"] == "LineString" else where
            path = QPainterPath()
            for line in lines:
                _line(path, line, frame, closed=False)
            rank = min(max(int(facts.get("class") or 4), 1), 5)
            tunnel = bool(facts.get("tunnel"))
            roads.setdefault(rank, []).append((path.boundingRect(), path, tunnel))
            if name and name not in seen and rank <= 4 and len(lines[0]) > 1:
                seen.add(name)
                lon, lat = lines[0][len(lines[0]) // 2][:2]
                labels.append((name, *frame.plane(lon, lat), False))
        case "Point" if name:
            labels.append((name, *frame.plane(*where[:2]), kind == "water"))
        case _:
            pass


def _line(
    path: QPainterPath, points: Sequence[Sequence[float]], frame: Frame, closed: bool
) -> None:
    for number, place in enumerate(points):
        at = QPointF(*frame.plane(place[0], place[1]))
        if number == 0:
            path.moveTo(at)
        else:
            path.lineTo(at)
    if closed:
        path.closeSubpath()


@dataclass(frozen=True)
class Inks:
    """Colours of the map, taken from the theme in the GUI thread."""

    land: QColor
    water: QColor
    green: QColor
    house: QColor
    roads: tuple[QColor, ...]  # class 1 to 5
    name: QColor
    water_name: QColor
    face: QFont


def paint_ground(ground: Ground, view: View, inks: Inks, ratio: float) -> QImage:
    """The image of a view; may run on any thread, it touches no widget."""
    image = QImage(
        max(1, round(view.width_px * ratio)), max(1, round(view.height_px * ratio)),
        QImage.Format.Format_RGB32,
    )  # fmt: skip
    image.setDevicePixelRatio(ratio)
    image.fill(inks.land)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    seen = _seen(view)
    painter.save()
    painter.translate(view.width_px / 2, view.height_px / 2)
    painter.scale(view.px_per_m, view.px_per_m)
    painter.translate(-view.east_m, -view.south_m)
    painter.setPen(Qt.PenStyle.NoPen)
    for kind, ink in (("green", inks.green), ("water", inks.water), ("building", inks.house)):
        if kind == "building" and view.px_per_m < 0.12:
            continue
        painter.setBrush(ink)
        for bounds, path in ground.areas.get(kind, ()):
            if bounds.intersects(seen):
                painter.drawPath(path)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _paint_roads(painter, ground, view, inks, seen)
    painter.restore()
    _paint_labels(painter, ground, view, inks)
    painter.end()
    return image


def _seen(view: View) -> QRectF:
    left, top = view.plane(0, 0)
    right, below = view.plane(view.width_px, view.height_px)
    return QRectF(left, top, right - left, below - top)


def _paint_roads(painter: QPainter, ground: Ground, view: View, inks: Inks, seen: QRectF) -> None:
    for rank in (5, 4, 3, 2, 1):
        if view.px_per_m < _THINNEST_SEEN_PX_M.get(rank, 0.0):
            continue
        scale = min(1.6, max(0.5, view.px_per_m / 0.12))
        whole = QPen(inks.roads[rank - 1], _ROAD_PX[rank] * scale)
        whole.setCosmetic(True)
        whole.setCapStyle(Qt.PenCapStyle.RoundCap)
        thin = max(1.5, _ROAD_PX[rank] * scale / 2)
        dashed = QPen(inks.roads[0], thin, Qt.PenStyle.CustomDashLine)
        dashed.setCosmetic(True)
        dashed.setDashPattern([2.5, 2.0])
        for bounds, path, tunnel in ground.roads.get(rank, ()):
            if bounds.adjusted(-1, -1, 1, 1).intersects(seen):
                painter.setPen(dashed if tunnel else whole)
                painter.drawPath(path)


def _paint_labels(painter: QPainter, ground: Ground, view: View, inks: Inks) -> None:
    """Names that do not touch each other, the first ones first; outlined with the ground."""
    measure = QFontMetricsF(inks.face)
    taken: list[QRectF] = []
    everything = QRectF(0, 0, view.width_px, view.height_px)
    for name, east, south, wet in ground.labels:
        if len(taken) >= _MOST_LABELS:
            return
        at = view.at(east, south)
        wide = measure.horizontalAdvance(name)
        box = QRectF(at.x() - wide / 2, at.y() - 8, wide, 16)
        room = box.adjusted(-_LABEL_GAP_PX, -_LABEL_GAP_PX, _LABEL_GAP_PX, _LABEL_GAP_PX)
        if not everything.contains(box) or any(room.intersects(one) for one in taken):
            continue
        taken.append(box)
        path = QPainterPath()
        path.addText(QPointF(box.left(), box.bottom() - 4), inks.face, name)
        painter.setPen(QPen(inks.water if wet else inks.land, 3))
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(inks.water_name if wet else inks.name)
        painter.drawPath(path)
        painter.setBrush(Qt.BrushStyle.NoBrush)
