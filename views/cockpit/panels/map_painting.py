"""How the map of a cockpit is painted: ground, head, foot, marks and the names of the gravest."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.domain.levels import WarningLevel
from views.cockpit.painting import cut, line_px, paint_words, width_of
from views.cockpit.panels.map_ground import MapGround
from views.cockpit.panels.map_marks import ABNORMAL, Cluster, Shown
from views.cockpit.type_scale import TypeScale
from widgets.hatch import paint_hatch
from widgets.label_places import Box, Places, around
from widgets.level_badge import look_of, paint_level
from widgets.map_ground import View
from widgets.theme import colour, level_colour

MOST_NAMES = 4
_SCALES_M = (50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
_TIMES = {WarningLevel.RED: 1.7, WarningLevel.ORANGE: 1.5, WarningLevel.YELLOW: 1.25}
_PLATE_ALPHA = 225


def mark_px(scale: TypeScale, level: WarningLevel) -> float:
    return scale.body_px * _TIMES.get(level, 1.0)


def unit_px(scale: TypeScale) -> float:
    """The ground grows with the type: one pixel of a desk's line."""
    return max(scale.body_px / 22, 1.0)


def head_px(scale: TypeScale) -> int:
    return line_px(scale.title_px) + scale.gap_px


def foot_px(scale: TypeScale) -> int:
    return line_px(scale.body_px) + scale.gap_px


def paint_base(painter: QPainter, body: QRect, ground: MapGround, view: View) -> None:
    """An image of another view is moved and stretched until the right one has come."""
    painter.fillRect(body, colour("bg0"))
    known = ground.view
    if ground.image is None or known is None:
        return
    if known == view:
        painter.drawImage(QPointF(0, 0), ground.image)
        return
    corner = view.at(*known.plane(0, 0))
    far = view.at(*known.plane(known.width_px, known.height_px))
    painter.drawImage(QRectF(corner, far), ground.image)


def _plate(painter: QPainter, box: QRectF, edge: QColor | None = None, width: float = 1.0) -> None:
    ground = QColor(colour("bg1"))
    ground.setAlpha(_PLATE_ALPHA)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_head(
    painter: QPainter, body: QRect, title: str, shown: Shown, doubt: str, scale: TypeScale
) -> Places:
    """Title and counts by level; gives what is taken on the map from then on."""
    gap, px = scale.gap_px, scale.title_px
    counts = [(level, count) for level, count in shown.counts if level in ABNORMAL or count]
    text = f"{title} {shown.total}"
    badge = round(px * 0.95)
    wide = width_of(text, px, True) + sum(
        gap + badge * 1.25 + width_of(str(count), px) for _, count in counts
    )  # fmt: skip
    if doubt:
        wide += gap + px + width_of(doubt, scale.body_px, True)
    box = QRectF(gap, gap, wide + 2 * gap, line_px(px) + gap * 0.5)
    _plate(painter, box)
    base = box.center().y() + px * 0.36
    x = box.left() + gap
    x += paint_words(painter, x, base, text, px, "text", bold=True)
    for level, count in counts:
        x += gap
        paint_level(painter, QRectF(x, box.center().y() - badge / 2, badge, badge), level)
        x += badge * 1.25
        x += paint_words(painter, x, base, str(count), px, "text")
    if doubt:
        x += gap
        side = px * 0.7
        paint_hatch(painter, QRectF(x, box.center().y() - side / 2, side, side), alpha=1.0)
        paint_words(painter, x + px, base, doubt, scale.body_px, "stale", bold=True)
    taken = Places(body.width(), body.height())
    taken.take(Box(box.left(), box.top(), box.width(), box.height()))
    return taken


def paint_foot(painter: QPainter, body: QRect, view: View, approval: str, scale: TypeScale) -> None:
    """Scale bar at the left, number of approval and source at the right."""
    gap, px = scale.gap_px, scale.body_px
    least = px * 3.5
    length = next((m for m in _SCALES_M if m * view.px_per_m >= least), _SCALES_M[-1])
    wide, foot = length * view.px_per_m, float(body.height() - gap)
    tick = px / 4
    painter.setPen(QPen(colour("text2"), max(px / 20, 1.0)))
    left = float(gap * 1.5)
    corners = ((0.0, tick), (0.0, 0.0), (wide, 0.0), (wide, tick))
    painter.drawPolyline([QPointF(left + x, foot - y) for x, y in corners])
    text = f"{length} m" if length < 1000 else f"{length // 1000} km"
    paint_words(painter, left + wide / 2, foot - tick, text, px, "text2", align="centre")
    room = body.width() - wide - 4 * gap
    words = cut(approval, px, max(room, 0.0))
    paint_words(painter, body.width() - gap * 1.5, foot - tick, words, px, "border", align="right")


def paint_clusters(
    painter: QPainter, body: QRect, found: Sequence[Cluster], taken: Places, scale: TypeScale
) -> None:
    """The gravest on top, then the names of the reds, then how many stand as one: each where
    nothing stands yet that is as grave."""
    land = colour("bg0")
    for one in found:
        paint_level(painter, _square(one, scale), one.mark.level, look_of(one.mark.state), land)
    _take(found, taken, scale, grave=True)
    named = [one for one in reversed(found) if one.mark.words][:MOST_NAMES]
    names = [(one, *_name_box(body, one, taken, scale)) for one in named]
    _take(found, taken, scale, grave=False)
    for one in reversed(found):
        if one.count > 1:
            _paint_count(painter, one, taken, scale)
    for one, text, place in names:
        if place is not None:
            _paint_name(painter, one, text, QRectF(*place), scale)


def _square(one: Cluster, scale: TypeScale) -> QRectF:
    side = mark_px(scale, one.mark.level)
    return QRectF(one.x - side / 2, one.y - side / 2, side, side)


def _take(found: Sequence[Cluster], taken: Places, scale: TypeScale, grave: bool) -> None:
    for one in found:
        if (one.mark.level is not WarningLevel.YELLOW) is grave:
            box = _square(one, scale)
            taken.take(Box(box.left(), box.top(), box.width(), box.height()))


def _paint_count(painter: QPainter, one: Cluster, taken: Places, scale: TypeScale) -> None:
    """Right, left, below or above; where all is full, at the right over what is there."""
    px, text = scale.digits_px, f"×{one.count}"
    wide, high = width_of(text, px, True), px * 1.1
    half = mark_px(scale, one.mark.level) / 2
    candidates = around(one.x, one.y, wide, high, half - 2)[:4]
    place = taken.place(candidates) or candidates[0]
    box = QRectF(place.left, place.top, wide, high)
    _plate(painter, box.adjusted(-px / 8, 0, px / 8, 0))
    paint_words(painter, box.left(), box.center().y() + px * 0.36, text, px, "text", bold=True)


def _name_box(body: QRect, one: Cluster, taken: Places, scale: TypeScale) -> tuple[str, Box | None]:
    """The words as far as they have room, and where; None where there is none."""
    px, gap = scale.body_px, scale.gap_px
    text = cut(one.mark.words, px, body.width() * 0.42)
    wide, high = width_of(text, px) + gap * 1.5, line_px(px) + gap * 0.25
    reach = mark_px(scale, one.mark.level) / 2 + gap / 2
    return text, taken.place(around(one.x, one.y, wide, high, reach))


def _paint_name(painter: QPainter, one: Cluster, text: str, box: QRectF, scale: TypeScale) -> None:
    """In a frame of its level, joined to its mark by a line."""
    px, gap = scale.body_px, scale.gap_px
    side = mark_px(scale, one.mark.level)
    hue, thick = level_colour(one.mark.level), max(px / 20, 1.0)
    painter.setPen(QPen(hue, thick))
    to = QPointF(
        min(max(one.x, box.left()), box.right()), min(max(one.y, box.top()), box.bottom())
    )  # fmt: skip
    away = QPointF(one.x, one.y) - to
    far = max((away.x() ** 2 + away.y() ** 2) ** 0.5, 1.0)
    painter.drawLine(to, to + away * max(1 - side / 2 / far, 0.0))
    _plate(painter, box, hue, thick)
    paint_words(painter, box.left() + gap * 0.75, box.center().y() + px * 0.36, text, px, "text")
