"""Two metrics of each unit as a dot in four named fields; 舆情: heat x emotion."""

from statistics import median
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.domain.cockpit.metrics import Direction, Metric
from views.cockpit.painting import line_px
from views.cockpit.panel import CockpitPanel
from views.cockpit.panels import told
from views.cockpit.panels.writing import (
    Heading,
    paint_triangle,
    width_of,
    write,
    write_heading,
    write_nothing,
    write_unknown,
)
from views.cockpit.words import stale_words
from widgets.theme import colour

_EDGE = 0.06  # of the plane, beyond its outermost dots


class Dot(NamedTuple):
    """`x`, `y`: 0 to 1 of the plane, y upwards; `is_worst`: in the field that is worse both
    ways; `is_notable`: far out, or there."""

    key: str
    name: str
    x: float
    y: float
    words: str
    is_worst: bool
    is_notable: bool
    is_stale: bool


class Axis(NamedTuple):
    """`middle`: of what value the line is, in words; it halves the plane."""

    name: str
    low: str
    high: str
    middle: str


class QuadrantState(NamedTuple):
    """`names`: of the fields left above, right above, left below, right below; `worst`: which of
    them is the worse one in both, or -1."""

    head: Heading
    x: Axis | None = None
    y: Axis | None = None
    dots: tuple[Dot, ...] = ()
    names: tuple[str, str, str, str] = ("", "", "", "")
    worst: int = -1
    unknown: tuple[str, ...] = ()
    why: str = ""


class _Scaled(NamedTuple):
    """The line stands in the middle, each side of it reaches to its outermost dot: fields of one
    size, however far the greatest value is from the others."""

    line: float
    is_median: bool
    least: float
    most: float

    def at(self, value: float) -> float:
        span = self.most - self.line if value > self.line else self.line - self.least
        share = (value - self.line) / span if span > 0 else 0.0
        return 0.5 + min(max(share, -1.0), 1.0) * (0.5 - _EDGE)


class QuadrantPanel(CockpitPanel):
    """The lines stand at the medians, or where `thresholds` say: the first of x, the second of
    y. `text`: four names, left above / right above / left below / right below."""

    def state_now(self) -> QuadrantState:
        store = self.context.room.metrics
        pair = [store.registry.get(name) for name in self.panel.metrics[:2]]
        if len(pair) < 2 or pair[0] is None or pair[1] is None:
            why = told.why_nothing(self.context.room, self.panel.metrics)
            return QuadrantState(Heading(self.panel.title), why=why)
        one, other = pair[0], pair[1]
        first, second = self.units_of(one.metric_id), self.units_of(other.metric_id)
        scopes = sorted({*first, *second})
        known: dict[str, tuple[float, float]] = {}
        for scope in scopes:
            a, b = first.get(scope), second.get(scope)
            if a is None or b is None or a.present.value is None or b.present.value is None:
                continue
            known[scope] = a.present.value, b.present.value
        series = [*first.values(), *second.values()]
        note = told.note_of(
            told.common_period((one, other)), told.until(series, self.context.now())
        )
        unknown = tuple(store.unit_name(scope) for scope in scopes if scope not in known)
        if not known:
            why = told.why_nothing(self.context.room, self.panel.metrics)
            return QuadrantState(Heading(self.panel.title, note), unknown=unknown, why=why)
        return self._placed(one, other, known, note, unknown)

    def _placed(
        self, one: Metric, other: Metric, known: dict[str, tuple[float, float]], note: str,
        unknown: tuple[str, ...],
    ) -> QuadrantState:  # fmt: skip
        store, lines = self.context.room.metrics, self.panel.thresholds
        x = _scaled([a for a, _ in known.values()], lines[0].at if lines else None)
        y = _scaled([b for _, b in known.values()], lines[1].at if len(lines) > 1 else None)
        worst = _worst_field(one, other)
        dots: list[Dot] = []
        for scope, (a, b) in known.items():
            stale = any(store.is_stale(metric.metric_id, scope) for metric in (one, other))
            field = (0 if b >= y.line else 2) + (1 if a >= x.line else 0)
            at_x, at_y = round(x.at(a), 3), round(y.at(b), 3)
            far = max(abs(at_x - 0.5), abs(at_y - 0.5))
            words = f"{one.text(a)} {one.unit} · {other.text(b)} {other.unit}"
            dots.append(Dot(scope, store.unit_name(scope), at_x, at_y, words, field == worst,
                            field == worst or far > 0.3, stale))  # fmt: skip
        old = ""
        if all(dot.is_stale for dot in dots):
            ages = [store.age_s(one.metric_id, scope) or 0.0 for scope in known]
            old = stale_words(max(ages))
        return QuadrantState(
            Heading(self.panel.title, note, old), self._axis(one, x), self._axis(other, y),
            tuple(dots), self._names(one, other), worst, unknown,
        )  # fmt: skip

    def _axis(self, metric: Metric, of: _Scaled) -> Axis:
        name = self.panel.names.get(metric.metric_id, metric.name)
        word = self.tr("中位 {0}") if of.is_median else self.tr("界 {0}")
        return Axis(
            f"{name} {metric.unit}".strip(), metric.text(of.least), metric.text(of.most),
            word.format(metric.text(of.line)),
        )  # fmt: skip

    def _names(self, one: Metric, other: Metric) -> tuple[str, str, str, str]:
        given = [part.strip() for part in self.panel.text.split("/")]
        if len(given) == 4:
            return given[0], given[1], given[2], given[3]
        x = self.panel.names.get(one.metric_id, one.name)
        y = self.panel.names.get(other.metric_id, other.name)
        high, low = self.tr("{0}高"), self.tr("{0}低")
        above, below = high.format(y), low.format(y)
        left, right = low.format(x), high.format(x)
        return (f"{left} {above}", f"{right} {above}", f"{left} {below}", f"{right} {below}")

    def spoken(self, state: object) -> str:
        assert isinstance(state, QuadrantState)
        if state.why:
            return f"{self.panel.title}；{state.why}"
        name = state.names[state.worst] if state.worst >= 0 else ""
        units = "、".join(dot.name for dot in state.dots if dot.is_worst)
        words = [self.panel.title, f"{name}：{units or self.tr('无')}" if name else ""]
        if state.unknown:
            words.append(self._unknown_words(state))
        return "；".join(filter(None, words))

    def _unknown_words(self, state: QuadrantState) -> str:
        names = "、".join(state.unknown)
        return self.tr("没有数据 {0}：{1}").format(len(state.unknown), names)

    # ---- painting ---------------------------------------------------------------------------

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, QuadrantState)
        scale = self.context.scale
        room = write_heading(painter, body, state.head, scale)
        if state.why or state.x is None or state.y is None:
            write_nothing(painter, room, scale, state.why)
            return
        line, px = line_px(scale.body_px), scale.body_px
        if state.unknown:
            foot = QRect(room.left(), room.bottom() - line + 1, room.width(), line)
            write_unknown(painter, foot, self._unknown_words(state), px)
            room = room.adjusted(0, 0, 0, -line)
        upper = QRect(room.left(), room.top(), room.width(), line)
        lower = QRect(room.left(), room.bottom() - line + 1, room.width(), line)
        plane = QRect(room.left(), upper.bottom() + 1, room.width(), room.height() - 2 * line)
        self._paint_axes(painter, upper, lower, state.x, state.y)
        self._paint_plane(painter, plane, state)
        self._paint_dots(painter, plane, state)

    def _paint_axes(self, painter: QPainter, upper: QRect, lower: QRect, x: Axis, y: Axis) -> None:
        """Names with their arrows, ends and lines: y above, x below."""
        px = self.context.scale.body_px
        for line, axis, arrow in ((upper, y, "↑"), (lower, x, "→")):
            span = f"{axis.low} – {axis.high}"
            words = f"{span} · {axis.middle}"
            wide = width_of(words, px)
            if wide > line.width() * 2 // 3:
                words, wide = axis.middle, width_of(axis.middle, px)
            write(painter, line, words, px, "text2", align="right")
            name = line.adjusted(0, 0, -wide - px, 0)
            write(painter, name, f"{arrow} {axis.name}", px, "text")

    def _paint_plane(self, painter: QPainter, plane: QRect, state: QuadrantState) -> None:
        scale, px = self.context.scale, self.context.scale.body_px
        painter.fillRect(plane, colour("bg2"))
        inner = self._inner(plane)
        at_x = round(inner.center().x())
        at_y = round(inner.center().y())
        parts = (
            QRect(plane.left(), plane.top(), at_x - plane.left(), at_y - plane.top()),
            QRect(at_x, plane.top(), plane.right() - at_x + 1, at_y - plane.top()),
            QRect(plane.left(), at_y, at_x - plane.left(), plane.bottom() - at_y + 1),
            QRect(at_x, at_y, plane.right() - at_x + 1, plane.bottom() - at_y + 1),
        )
        if state.worst >= 0:
            painter.fillRect(parts[state.worst], colour("bg3"))
        painter.setPen(QPen(colour("border"), max(scale.body_px // 24, 1), Qt.PenStyle.DashLine))
        painter.drawLine(at_x, plane.top(), at_x, plane.bottom())
        painter.drawLine(plane.left(), at_y, plane.right(), at_y)
        line, pad = line_px(px), px // 3
        for number, (name, part) in enumerate(zip(state.names, parts, strict=True)):
            top = part.top() if number < 2 else part.bottom() - line + 1
            box = QRect(part.left() + pad, top, part.width() - 2 * pad, line)
            if part.height() < line:
                continue
            align = "left" if number % 2 == 0 else "right"
            bad = number == state.worst
            write(painter, box, f"▼ {name}" if bad else name, px, "text" if bad else "text2", bad,
                  align)  # fmt: skip

    def _inner(self, plane: QRect) -> QRectF:
        """Where dots may lie: not under the names of the fields."""
        side, line = self.context.scale.body_px * 0.5, line_px(self.context.scale.body_px)
        high = line if plane.height() > 5 * line else side
        return QRectF(plane).adjusted(side, high, -side, -high)

    def _paint_dots(self, painter: QPainter, plane: QRect, state: QuadrantState) -> None:
        radius = max(self.context.scale.body_px * 0.22, 4.0)
        inner = self._inner(plane)
        places = [
            (dot, QPointF(inner.left() + inner.width() * dot.x,
                          inner.bottom() - inner.height() * dot.y))
            for dot in state.dots
        ]  # fmt: skip
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        taken = [QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
                 for _, at in places]  # fmt: skip
        taken += self._name_boxes(plane, state)
        for dot, at in sorted(places, key=lambda one: one[0].is_worst):
            _paint_dot(painter, dot, at, radius)
        for dot, at in sorted(places, key=lambda one: (not one[0].is_worst, one[0].name)):
            if dot.is_notable:
                self._paint_label(painter, plane, dot, at, radius, taken)
        painter.restore()

    def _name_boxes(self, plane: QRect, state: QuadrantState) -> list[QRectF]:
        """Where the names of the fields stand: no label covers them."""
        px = self.context.scale.body_px
        line, boxes = line_px(px), list[QRectF]()
        for number, name in enumerate(state.names):
            wide = min(width_of(f"▼ {name}", px, True) + px // 3, plane.width() / 2)
            x = plane.left() if number % 2 == 0 else plane.right() + 1 - wide
            y = plane.top() if number < 2 else plane.bottom() + 1 - line
            boxes.append(QRectF(x, y, wide, line))
        return boxes

    def _paint_label(
        self, painter: QPainter, plane: QRect, dot: Dot, at: QPointF, radius: float,
        taken: list[QRectF],
    ) -> None:  # fmt: skip
        """Beside, above or below the dot, where nothing is yet; else the dot stays without."""
        px = self.context.scale.body_px
        wide, high = width_of(dot.name, px, dot.is_worst) + 2, round(px * 1.2)
        step = radius + 3
        for x, y in (
            (at.x() + step, at.y() - high / 2), (at.x() - step - wide, at.y() - high / 2),
            (at.x() - wide / 2, at.y() - step - high), (at.x() - wide / 2, at.y() + step),
        ):  # fmt: skip
            box = QRectF(x, y, wide, high)
            if QRectF(plane).contains(box) and not any(box.intersects(one) for one in taken):
                taken.append(box)
                write(painter, box.toRect(), dot.name, px, "text2" if dot.is_stale else "text",
                      dot.is_worst)  # fmt: skip
                return


def _paint_dot(painter: QPainter, dot: Dot, at: QPointF, radius: float) -> None:
    """A circle; ▼ in the worst field; hollow where it is too old."""
    if dot.is_worst and not dot.is_stale:
        side = round(radius * 1.3)
        box = QRect(round(at.x()) - side, round(at.y()) - side, 2 * side, 2 * side)
        paint_triangle(painter, box, True, "focus")
        return
    painter.setPen(QPen(colour("border"), max(radius / 3, 1.0)))
    painter.setBrush(Qt.BrushStyle.NoBrush if dot.is_stale else colour("text2"))
    painter.drawEllipse(at, radius, radius)


def _scaled(values: list[float], line: float | None) -> _Scaled:
    middle = median(values) if line is None else line
    return _Scaled(middle, line is None, min(values), max(values))


def _worst_field(one: Metric, other: Metric) -> int:
    """-1 where one of them has no better side. Heat, for one: much of it is not bad in itself,
    so a metric without a side counts as worse when high."""
    if Direction.NONE is other.direction:
        return -1
    right = one.direction is not Direction.UP
    above = other.direction is Direction.DOWN
    return (0 if above else 2) + (1 if right else 0)
