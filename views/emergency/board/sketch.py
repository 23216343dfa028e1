"""The ground of the map of crews, painted with a QPainter: on the board and on the paper alike."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from desktop.domain.emergency.report import MapMark
from views.emergency.board.ground import Ground, LonLat

M_PER_DEG = 111_195.0
_LEAST_M = 1_600.0
_MARGIN = 1.25


class Ink(NamedTuple):
    """Colours: the theme's on the board, black on white on paper."""

    land: QColor
    water: QColor
    road: QColor
    line: QColor
    text: QColor
    halo: QColor
    late: QColor


class View:
    """Lon/lat to pixels: all marks in sight, north up."""

    def __init__(self, marks: Sequence[MapMark], box: QRectF) -> None:
        places = [place for m in marks for place in ((m.lon_deg, m.lat_deg), *m.way)]
        places = places or [(0.0, 0.0)]
        lons, lats = [p[0] for p in places], [p[1] for p in places]
        self.lon = (min(lons) + max(lons)) / 2
        self.lat = (min(lats) + max(lats)) / 2
        self._east = M_PER_DEG * math.cos(math.radians(self.lat))
        wide_m = max((max(lons) - min(lons)) * self._east * _MARGIN, _LEAST_M)
        high_m = max((max(lats) - min(lats)) * M_PER_DEG * _MARGIN, _LEAST_M * 0.6)
        self.px_per_m = min(box.width() / wide_m, box.height() / high_m)
        self.box = box

    def at(self, place: LonLat) -> QPointF:
        x = (place[0] - self.lon) * self._east * self.px_per_m
        y = (place[1] - self.lat) * M_PER_DEG * self.px_per_m
        return QPointF(self.box.center().x() + x, self.box.center().y() - y)

    def bounds_deg(self) -> tuple[float, float, float, float]:
        """West, south, east, north of what is in sight."""
        half_x = self.box.width() / 2 / self.px_per_m / self._east
        half_y = self.box.height() / 2 / self.px_per_m / M_PER_DEG
        return self.lon - half_x, self.lat - half_y, self.lon + half_x, self.lat + half_y


def paint_ground(painter: QPainter, view: View, ground: Ground, ink: Ink) -> None:
    painter.save()
    painter.setClipRect(view.box)
    painter.fillRect(view.box, ink.land)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    west, south, east, north = view.bounds_deg()

    def seen(line: Sequence[LonLat]) -> bool:
        lons, lats = [p[0] for p in line], [p[1] for p in line]
        return not (max(lons) < west or min(lons) > east or max(lats) < south or min(lats) > north)

    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.water)
    for ring in ground.water:
        if seen(ring):
            painter.drawPolygon(QPolygonF([view.at(place) for place in ring]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for grade, line in sorted(ground.roads, key=lambda one: -one[0]):
        if seen(line):
            pen = QPen(ink.road, max(0.6, 4.4 - 0.8 * grade))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([view.at(place) for place in line]))
    painter.restore()


def paint_shut(painter: QPainter, view: View, shut: Sequence[Sequence[LonLat]], ink: Ink,
               unit_px: float = 1.0) -> None:  # fmt: skip
    """Streets that nobody drives through: broken, with a cross in the middle."""
    painter.save()
    painter.setClipRect(view.box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for line in shut:
        places = [view.at(place) for place in line]
        painter.setPen(QPen(ink.land, 5 * unit_px))
        painter.drawPolyline(places)
        pen = QPen(ink.text, 2 * unit_px)
        pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        painter.drawPolyline(places)
        at, arm = middle(places), 4.5 * unit_px
        painter.setPen(QPen(ink.halo, 5 * unit_px))
        _paint_cross(painter, at, arm)
        painter.setPen(QPen(ink.text, 2 * unit_px))
        _paint_cross(painter, at, arm)
    painter.restore()


def _paint_cross(painter: QPainter, at: QPointF, arm: float) -> None:
    painter.drawLine(at + QPointF(-arm, -arm), at + QPointF(arm, arm))
    painter.drawLine(at + QPointF(-arm, arm), at + QPointF(arm, -arm))


def middle(places: Sequence[QPointF]) -> QPointF:
    """Half way along a line."""
    pieces = [math.hypot(b.x() - a.x(), b.y() - a.y()) for a, b in pairwise(places)]
    left = sum(pieces) / 2
    for (a, b), length in zip(pairwise(places), pieces, strict=True):
        if length and left <= length:
            return a + (b - a) * (left / length)
        left -= length
    return places[0]


def paint_scale(painter: QPainter, view: View, ink: Ink, face: QFont, unit: float = 1.0) -> None:
    """A bar of a round length at the lower left."""
    target_m = view.box.width() / 5 / view.px_per_m
    steps = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
    length_m = max((step for step in steps if step <= target_m), default=steps[0])
    px = length_m * view.px_per_m
    x, y = view.box.left() + 16 * unit, view.box.bottom() - 14 * unit
    painter.setPen(QPen(ink.text, 1.4 * unit))
    painter.drawPolyline(
        QPolygonF([QPointF(x, y - 4 * unit), QPointF(x, y), QPointF(x + px, y),
                   QPointF(x + px, y - 4 * unit)])
    )  # fmt: skip
    painter.setFont(face)
    word = f"{length_m} m" if length_m < 1000 else f"{length_m // 1000} km"
    painter.drawText(QPointF(x + px + 8 * unit, y + 3 * unit), word)
