"""Sites, crews and their ways on the map of crews: on the board and on the paper alike."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from desktop.domain.emergency.report import MapMark
from desktop.domain.levels import WarningLevel
from views.emergency.board.sketch import Ink, View, middle
from widgets.icons import paint_icon
from widgets.level_badge import paint_level

_SITE_PX, _CREW_PX, _PLATE_PX = 28.0, 22.0, 20.0
_RING_PX, _SQUARE_PX = 16.0, 12.0
_GAP_PX = 4.0


class Crewed(NamedTuple):
    """A mark with the words at it: `9 min 晚 3`, on its way where there is room.

    `level` of a site's alarm and `icon` of a crew: on the screen; without them it is a ring or a
    square, as on paper.
    """

    mark: MapMark
    words: str = ""
    strong: bool = False
    key: str = ""
    level: WarningLevel | None = None
    icon: str = ""


def paint_marks(
    painter: QPainter,
    view: View,
    marks: Sequence[Crewed],
    ink: Ink,
    face: QFont,
    chosen: str = "",
    unit_px: float = 1.0,
) -> dict[str, QPointF]:
    """Gives where each mark stands. `unit_px`: of a point."""
    painter.save()
    painter.setClipRect(view.box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    places = _Marks(painter, view, ink, face, chosen, unit_px).paint(marks)
    painter.restore()
    return places


class _Marks:
    """One run: what is painted later makes room for what is there."""

    def __init__(
        self, painter: QPainter, view: View, ink: Ink, face: QFont, chosen: str, unit: float
    ) -> None:
        self._painter, self._view, self._ink = painter, view, ink
        self._chosen, self._unit = chosen, unit
        self._plain, self._bold = QFont(face), QFont(face)
        self._bold.setWeight(QFont.Weight.Bold)
        self._taken: list[QRectF] = []

    def paint(self, marks: Sequence[Crewed]) -> dict[str, QPointF]:
        """Ways, then crews below sites, then minutes on the ways, then names."""
        ways = {one.key: self._way(one) for one in marks if one.mark.to is not None}
        for one in sorted(marks, key=self._is_strong):
            if one.key in ways:
                self._paint_way(ways[one.key], self._is_strong(one))
        places: dict[str, QPointF] = {}
        order = sorted(marks, key=lambda one: (one.mark.is_site, self._is_strong(one)))
        for one in order:
            at = places[one.key] = self._view.at((one.mark.lon_deg, one.mark.lat_deg))
            self._taken.append(self._paint_sign(one, at))
        told = {one.key for one in reversed(order) if self._paint_minutes(one, ways)}
        for one in sorted(order, key=lambda one: (not one.mark.is_site, not one.strong)):
            self._paint_name(one, places[one.key], one.key in told)
        return places

    def _is_strong(self, one: Crewed) -> bool:
        return one.strong or (bool(one.key) and one.key == self._chosen)

    def _way(self, one: Crewed) -> list[QPointF]:
        """Along the streets, else straight; the latter is broken."""
        ends = ((one.mark.lon_deg, one.mark.lat_deg), one.mark.to)
        return [self._view.at(place) for place in one.mark.way or ends if place is not None]

    def _paint_way(self, places: list[QPointF], strong: bool) -> None:
        self._painter.setPen(QPen(self._ink.land, (6 if strong else 4) * self._unit))
        self._painter.drawPolyline(places)
        hue = self._ink.text if strong else self._ink.line
        pen = QPen(hue, (3 if strong else 2) * self._unit)
        if len(places) == 2:  # no street is known: only where to
            pen.setStyle(Qt.PenStyle.DashLine)
        self._painter.setPen(pen)
        self._painter.drawPolyline(places)

    def _paint_sign(self, one: Crewed, at: QPointF) -> QRectF:
        painter, ink, strong = self._painter, self._ink, self._is_strong(one)
        if one.mark.is_site and one.level is not None:
            rect = self._square(at, _SITE_PX)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.land)
            painter.drawEllipse(rect)
            paint_level(painter, rect, one.level)
            return rect
        if one.mark.is_site:
            rect = self._square(at, _RING_PX)
            painter.setPen(QPen(ink.text, 2 * self._unit))
            painter.setBrush(ink.halo)
            painter.drawEllipse(rect)
            painter.setBrush(ink.text)
            painter.drawEllipse(at, 3 * self._unit, 3 * self._unit)
            return rect
        rect = self._square(at, _CREW_PX if one.icon else _SQUARE_PX)
        painter.setPen(QPen(ink.text if strong else ink.land, 2 * self._unit))
        painter.setBrush(ink.late if one.strong else ink.line)
        painter.drawRoundedRect(rect, 4 * self._unit, 4 * self._unit)
        if one.icon:
            inset = 4 * self._unit
            paint_icon(painter, rect.adjusted(inset, inset, -inset, -inset), one.icon, "ink")
        return rect.adjusted(-1, -1, 1, 1)

    def _square(self, at: QPointF, side_px: float) -> QRectF:
        side = side_px * self._unit
        return QRectF(at.x() - side / 2, at.y() - side / 2, side, side)

    def _paint_minutes(self, one: Crewed, ways: dict[str, list[QPointF]]) -> bool:
        """On a plate in the middle of the way; False where nothing was told there."""
        if one.key not in ways or not one.words:
            return False
        face = self._bold
        wide = QFontMetricsF(face, self._painter.device()).horizontalAdvance(one.words)
        wide, high = wide + 14 * self._unit, _PLATE_PX * self._unit
        at = middle(ways[one.key])
        rect = QRectF(at.x() - wide / 2, at.y() - high / 2, wide, high)
        if not self._take(rect):
            return False
        strong = self._is_strong(one)
        self._painter.setPen(QPen(self._ink.text if strong else self._ink.line, self._unit))
        self._painter.setBrush(self._ink.halo)
        self._painter.drawRoundedRect(rect, 4 * self._unit, 4 * self._unit)
        self._say(rect, one.words, face)
        return True

    def _paint_name(self, one: Crewed, at: QPointF, is_told: bool) -> None:
        """Right, left, above or below, where nothing stands yet; without room there is none."""
        face = self._bold if one.strong or one.mark.is_site else self._plain
        text = one.mark.name if is_told else f"{one.mark.name} {one.words}".strip()
        metrics = QFontMetricsF(face, self._painter.device())
        wide, high = metrics.horizontalAdvance(text) + 8 * self._unit, metrics.height()
        sign = self._sign_px(one) * self._unit / 2
        gap = sign + _GAP_PX * self._unit
        for left, top in (
            (at.x() + gap, at.y() - high / 2),
            (at.x() - gap - wide, at.y() - high / 2),
            (at.x() - wide / 2, at.y() - gap - high),
            (at.x() - wide / 2, at.y() + gap),
        ):
            place = QRectF(left, top, wide, high)
            if self._take(place):
                self._painter.setPen(Qt.PenStyle.NoPen)
                self._painter.setBrush(self._ink.halo)
                self._painter.drawRoundedRect(place, 3 * self._unit, 3 * self._unit)
                return self._say(place, text, face)

    def _sign_px(self, one: Crewed) -> float:
        if one.mark.is_site:
            return _SITE_PX if one.level is not None else _RING_PX
        return _CREW_PX if one.icon else _SQUARE_PX

    def _say(self, rect: QRectF, text: str, face: QFont) -> None:
        self._painter.setFont(face)
        self._painter.setPen(self._ink.text)
        self._painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _take(self, place: QRectF) -> bool:
        if not self._view.box.contains(place):
            return False
        if any(place.intersects(other) for other in self._taken):
            return False
        self._taken.append(place)
        return True
