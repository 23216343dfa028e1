"""What stands on the map of crews, and how it is laid out and painted over the base map."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from desktop.domain.levels import WarningLevel
from widgets.icons import paint_icon
from widgets.label_places import Box, Places, around
from widgets.level_badge import LevelLook, paint_level
from widgets.map_ground import Frame, View
from widgets.theme import NOTE_PX, colour, font

SITE_PX, RED_PX, CREW_PX, FREE_PX = 28, 34, 22, 9
PLATE_PX, HEAD_PX = (52.0, 20.0), (230.0, 40.0)
_NAME_PX, _CARD_PX = 18.0, 40.0
_ALONG = (0.5, 0.38, 0.62, 0.28, 0.72, 0.2, 0.8)


@dataclass(frozen=True)
class SiteMark:
    """`note`: its value and the minutes to its line; `served`: whether a crew goes there."""

    site_id: str
    name: str
    level: WarningLevel
    lon_deg: float
    lat_deg: float
    note: str = ""
    served: bool = True


@dataclass(frozen=True)
class CrewMark:
    """`sent`: has a way in the proposal. `icon`: a file of resources/icons."""

    unit_id: str
    name: str
    icon: str
    lon_deg: float
    lat_deg: float
    sent: bool = False
    stale: bool = False
    pinned: bool = False


@dataclass(frozen=True)
class Way:
    """`words` on the plate: the minutes. `red`: to a site of level I."""

    unit_id: str
    site_id: str
    words: str
    red: bool = False
    line: tuple[tuple[float, float], ...] = ()
    """lon, lat along the streets; empty: not known."""


@dataclass
class Layout:
    """Everything in pixels of one view; made anew when marks or view change."""

    sites: dict[str, QPointF] = field(default_factory=dict)
    crews: dict[str, QPointF] = field(default_factory=dict)
    names: dict[str, Box] = field(default_factory=dict)  # site_id or unit_id -> box
    plates: list[tuple[Way, Box]] = field(default_factory=list)
    curves: list[tuple[Way, QPainterPath]] = field(default_factory=list)


def icon_for(skills: Sequence[str]) -> str:
    """Of a crew, by what it can."""
    if "pump" in skills:
        return "water-pump"
    if "repair" in skills or "manhole" in skills:
        return "wrench-outline"
    return "truck-outline"


def lay_out(
    sites: Sequence[SiteMark], crews: Sequence[CrewMark], ways: Sequence[Way],
    frame: Frame, view: View,
) -> Layout:  # fmt: skip
    """Marks first, then plates, then the names that still have room; red sites come first."""
    made = Layout()
    places = Places(view.width_px, view.height_px)
    places.take(Box(0, 0, HEAD_PX[0], HEAD_PX[1]))  # which proposal it is stands there
    for crew in crews:
        at = made.crews[crew.unit_id] = view.at(*frame.plane(crew.lon_deg, crew.lat_deg))
        if crew.sent:
            places.take(_square(at, CREW_PX + 4))
    for site in sites:
        at = made.sites[site.site_id] = view.at(*frame.plane(site.lon_deg, site.lat_deg))
        places.take(_square(at, _site_px(site) + 4))
    ordered = sorted(sites, key=lambda one: one.level.rank)
    _place_names(made, places, [one for one in ordered if one.level.rank == 1], ())
    for way in sorted(ways, key=lambda one: not one.red):
        _place_way(made, places, way, frame, view)
    _place_names(
        made, places, [one for one in ordered if one.level.rank > 1],
        [one for one in crews if one.sent],
    )  # fmt: skip
    return made


def _square(at: QPointF, side: float) -> Box:
    return Box(at.x() - side / 2, at.y() - side / 2, side, side)


def _site_px(site: SiteMark) -> float:
    return RED_PX if site.level is WarningLevel.RED else SITE_PX


def name_size(site: SiteMark) -> tuple[float, float]:
    """A red site has a card of two lines."""
    name = QFontMetricsF(font(NOTE_PX, bold=True)).horizontalAdvance(site.name)
    if site.level is not WarningLevel.RED:
        return name + 10, _NAME_PX
    note = QFontMetricsF(font(NOTE_PX)).horizontalAdvance(site.note)
    return max(name, note) + 18, _CARD_PX if site.note else _NAME_PX + 6


def _place_names(
    made: Layout, places: Places, sites: Sequence[SiteMark], crews: Sequence[CrewMark]
) -> None:
    for site in sites:
        at = made.sites[site.site_id]
        box = places.place(around(at.x(), at.y(), *name_size(site), _site_px(site) / 2))
        if box is not None:
            made.names[site.site_id] = box
    measure = QFontMetricsF(font(NOTE_PX))
    for crew in crews:
        at = made.crews[crew.unit_id]
        wide = measure.horizontalAdvance(crew.name) + 8
        candidates = around(at.x(), at.y(), wide, _NAME_PX, CREW_PX / 2)
        box = places.place((candidates[2], *candidates))
        if box is not None:
            made.names[crew.unit_id] = box


def _place_way(made: Layout, places: Places, way: Way, frame: Frame, view: View) -> None:
    start, end = made.crews.get(way.unit_id), made.sites.get(way.site_id)
    if start is None or end is None:
        return
    path = along(start, way, end, frame, view) if way.line else curve(start, end)
    made.curves.append((way, path))
    wide, high = PLATE_PX
    points = [path.pointAtPercent(share) for share in _ALONG]
    box = places.place(Box(at.x() - wide / 2, at.y() - high / 2, wide, high) for at in points)
    if box is not None:
        made.plates.append((way, box))


def curve(start: QPointF, end: QPointF) -> QPainterPath:
    """A slight bend: two ways between the same places do not lie on each other."""
    across = QPointF(end.y() - start.y(), start.x() - end.x()) * 0.12
    path = QPainterPath(start)
    path.quadTo((start + end) / 2 + across, end)
    return path


def along(start: QPointF, way: Way, end: QPointF, frame: Frame, view: View) -> QPainterPath:
    """Along the streets; steps of less than two pixels are not drawn."""
    path = QPainterPath(start)
    last = start
    for place in way.line:
        at = view.at(*frame.plane(*place))
        if (at - last).manhattanLength() >= 2:
            path.lineTo(at)
            last = at
    path.lineTo(end)
    return path


# ---- painting -------------------------------------------------------------------------------


def paint_ways(painter: QPainter, made: Layout) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for red in (False, True):
        for way, path in made.curves:
            if way.red is red:
                painter.setPen(QPen(colour("bg0"), 6 if red else 4))
                painter.drawPath(path)
                painter.setPen(QPen(colour("text" if red else "accent"), 3 if red else 2))
                painter.drawPath(path)


def paint_plates(painter: QPainter, made: Layout) -> None:
    for way, box in made.plates:
        rect = QRectF(*box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colour("text" if way.red else "accent"), 1))
        painter.setBrush(colour("bg3"))
        painter.drawRoundedRect(rect, 4, 4)
        painter.setFont(font(NOTE_PX, bold=True))
        painter.setPen(colour("text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, way.words)


def paint_crew(painter: QPainter, crew: CrewMark, at: QPointF, chosen: bool) -> None:
    side = CREW_PX if crew.sent or chosen else FREE_PX
    rect = QRectF(at.x() - side / 2, at.y() - side / 2, side, side)
    painter.setPen(QPen(colour("stale"), 2) if crew.stale else QPen(colour("bg0"), 1))
    painter.setBrush(colour("accent" if crew.sent or chosen else "border"))
    painter.drawRoundedRect(rect, 4, 4)
    if side == CREW_PX:
        paint_icon(painter, rect.adjusted(3, 3, -3, -3), crew.icon, "ink")
    if crew.pinned:
        pin = QRectF(rect.right() - 6, rect.top() - 8, 14, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("text"))
        painter.drawEllipse(pin)
        paint_icon(painter, pin.adjusted(2, 2, -2, -2), "pin-outline", "ink")
    if chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("focus"), 2))
        painter.drawRoundedRect(rect.adjusted(-4, -4, 4, 4), 6, 6)


def paint_site(painter: QPainter, site: SiteMark, at: QPointF, aimed: bool) -> None:
    side = _site_px(site)
    rect = QRectF(at.x() - side / 2, at.y() - side / 2, side, side)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("bg0"))
    painter.drawEllipse(rect.adjusted(3, 3, -3, -3))
    paint_level(painter, rect, site.level, LevelLook.FILLED if site.served else LevelLook.DASHED)
    if aimed:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("focus"), 3))
        painter.drawEllipse(rect.adjusted(-6, -6, 6, 6))


def paint_site_name(painter: QPainter, site: SiteMark, box: Box) -> None:
    rect = QRectF(*box)
    red = site.level is WarningLevel.RED
    painter.setPen(QPen(colour("p1"), 1.5) if red else Qt.PenStyle.NoPen)
    painter.setBrush(colour("bg1" if red else "bg0"))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(colour("text"))
    painter.setFont(font(NOTE_PX, bold=True))
    if red and site.note:
        painter.drawText(QPointF(rect.left() + 8, rect.top() + 16), site.name)
        painter.setFont(font(NOTE_PX))
        painter.drawText(QPointF(rect.left() + 8, rect.top() + 33), site.note)
    else:
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, site.name)


def paint_crew_name(painter: QPainter, crew: CrewMark, box: Box) -> None:
    path = QPainterPath()
    path.addText(QPointF(box.left + 4, box.top + 13), font(NOTE_PX), crew.name)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour("bg0"), 3))
    painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("text2"))
    painter.drawPath(path)
