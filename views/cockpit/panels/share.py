"""Parts of a whole: one bar, and each part with its number, count and share."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from views.cockpit.painting import (
    baseline,
    cut,
    digits_high,
    figure_size,
    fitting_px,
    line_px,
    paint_doubt,
    paint_figure,
    paint_nothing,
    paint_title,
    paint_veil,
    paint_words,
    title_row,
    width_of,
)
from views.cockpit.panel import CockpitPanel, MetricValue
from views.cockpit.type_scale import TypeScale
from views.cockpit.words import (
    Figures,
    Standing,
    count_text,
    figures,
    oldest_of,
    standing_of,
    translate,
    until_words,
)
from widgets.hatch import paint_hatch
from widgets.theme import colour

_GREYS = ("text", "text2", "border", "line")
"""In turn: neighbours differ; the number in the part and before its name says which it is."""
_INKS = {"text": "bg0", "text2": "bg0", "border": "bg0", "line": "text"}
_TWO_COLUMNS = 30
"""Widths of body type that two columns need."""
_UNKNOWN_SHARE = 0.08
"""Width of a part of which nobody knows how large it is."""


class Part(NamedTuple):
    """`amount` None: not known. `percent`: of what is known. `count`: of metrics it stands for."""

    number: int
    name: str
    amount: float | None
    figures: Figures
    percent: str
    standing: Standing
    count: int = 1


class ShareState(NamedTuple):
    title: str
    note: str
    total: Figures
    whole: float
    parts: tuple[Part, ...]
    standing: Standing
    odd_units: bool

    @property
    def unknown(self) -> list[Part]:
        return [one for one in self.parts if one.amount is None]


class SharePanel(CockpitPanel):
    def state_now(self) -> ShareState | None:
        values = self.values()
        if not values:
            return None
        parts = self._parts(values)
        whole = sum(one.amount for one in parts if one.amount is not None)
        return ShareState(
            title=self.panel.title,
            note=until_words(oldest_of(values), self.context.now()),
            total=figures(values[0].metric, whole),
            whole=whole,
            parts=parts,
            standing=_standing_of(parts),
            odd_units=len({one.metric.unit for one in values}) > 1,
        )

    def _parts(self, values: list[MetricValue]) -> tuple[Part, ...]:
        """Beyond the panel's limit the rest is one part."""
        error = self.context.room.metrics.error
        amounts = [None if one.value is None else max(one.value, 0.0) for one in values]
        standings = [standing_of(one, error) for one in values]
        names = [one.name for one in values]
        most = self.panel.limit
        if len(values) > most:
            rest = [one for one in amounts[most - 1 :] if one is not None]
            worst = min(standings[most - 1 :], key=lambda one: (one.is_known, not one.is_stale))
            names[most - 1 :] = [translate("cockpit", "其余 {0} 项").format(len(names) - most + 1)]
            amounts[most - 1 :] = [sum(rest) if worst.is_known else None]
            standings[most - 1 :] = [worst]
        percents = percents_of(amounts)
        return tuple(
            Part(
                number, name, amount, figures(values[0].metric, amount), percent, standing,
                len(values) - most + 1 if len(values) > most == number else 1,
            )
            for number, (name, amount, percent, standing) in enumerate(
                zip(names, amounts, percents, standings, strict=True), start=1
            )
        )  # fmt: skip

    def spoken(self, state: object) -> str:
        if not isinstance(state, ShareState):
            return self.panel.title
        whole = translate("cockpit", "合计 {0}").format(state.total.text)
        parts = [
            " ".join(w for w in (one.name, one.figures.text, one.percent, one.standing.words) if w)
            for one in state.parts
        ]
        return translate("cockpit", "，").join([state.title, whole, *parts, state.note])

    def least(self) -> tuple[float, float]:
        return 11.0, 6.5

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, ShareState)
        scale, standing = self.scale, state.standing
        row, rest = title_row(body, scale)
        paint_title(painter, row, state.title, state.note, scale,
                    standing if standing.is_known else None)  # fmt: skip
        if state.odd_units or not standing.is_known:
            odd = translate("cockpit", "单位不同，不能合计")
            paint_nothing(painter, rest, scale, odd if state.odd_units else standing.words,
                          standing.why)  # fmt: skip
            return
        if standing.is_stale:
            paint_veil(painter, rest, scale)
        SharePainting(painter, rest, state, scale).paint()


def percents_of(amounts: list[float | None]) -> list[str]:
    """Tenths of a per cent by the largest remainder, so that they sum to 100.0; empty where
    nothing is known, a dash where the whole is 0."""
    whole = sum(one for one in amounts if one is not None)
    if whole <= 0:
        return ["" if one is None else "—" for one in amounts]
    exact = {n: one / whole * 1000 for n, one in enumerate(amounts) if one is not None}
    tenths = {n: int(one) for n, one in exact.items()}
    order = sorted(exact, key=lambda n: (tenths[n] - exact[n], n))
    for n in order[: 1000 - sum(tenths.values())]:
        tenths[n] += 1
    return [f"{tenths[n] / 10:.1f}%" if n in tenths else "" for n in range(len(amounts))]


def _standing_of(parts: tuple[Part, ...]) -> Standing:
    known = [one.standing for one in parts if one.standing.is_known]
    if not known:
        return parts[0].standing
    return known[0] if all(one.is_stale for one in known) else Standing(True, False, "")


def _gathered(parts: tuple[Part, ...], most: int) -> tuple[Part, ...]:
    """At most so many rows: the last ones in one, which has no number."""
    if len(parts) <= most:
        return parts
    kept, rest = parts[: most - 1], parts[most - 1 :]
    tenths = sum(round(float(one.percent[:-1]) * 10) for one in rest if one.percent[-1:] == "%")
    amount = sum(one.amount for one in rest if one.amount is not None)
    figure = rest[0].figures._replace(digits=count_text(amount))
    name = translate("cockpit", "其余 {0} 项").format(sum(one.count for one in rest))
    standing = min((one.standing for one in rest), key=lambda one: (one.is_known, not one.is_stale))
    known = standing._replace(is_known=True)
    return (*kept, Part(0, name, amount, figure, f"{tenths / 10:.1f}%", known))


class SharePainting:
    """The whole, the bar, a row for each part; in a low panel the whole gives way first."""

    def __init__(
        self, painter: QPainter, area: QRect, state: ShareState, scale: TypeScale
    ) -> None:  # fmt: skip
        self._painter, self._area, self._state, self._scale = painter, area, state, scale

    def paint(self) -> None:
        area, scale, count = self._area, self._scale, len(self._state.parts)
        line, bar = line_px(scale.body_px), round(scale.body_px * 1.3)
        gap = scale.gap_px // 2
        spare = area.height() - bar - gap - line * count
        whole = min(round(scale.value_px * 0.9), spare - gap) if spare > line else 0
        top = area.top()
        if whole:
            self._paint_whole(QRect(area.left(), top, area.width(), whole))
            top += whole + gap
        self._paint_bar(QRectF(area.left(), top, area.width(), bar))
        top += bar + gap
        self._paint_rows(QRect(area.left(), top, area.width(), area.bottom() + 1 - top))

    def _paint_whole(self, row: QRect) -> None:
        state, scale = self._state, self._scale
        px = scale.body_px
        words = translate("cockpit", "合计")
        if state.unknown:
            known = len(state.parts) - len(state.unknown)
            words = translate("cockpit", "已知 {0}/{1} 项合计").format(known, len(state.parts))
        size = figure_size(*state.total, row.width() * 0.6, row.height() * 0.85,
                           round(scale.value_px * 0.8))  # fmt: skip
        base = row.center().y() + digits_high(size.value_px) / 2
        token = "border" if state.standing.is_stale else "text"
        wide = paint_figure(self._painter, row.left(), base, *state.total, size, token)
        text = cut(words, px, row.width() - wide - px)
        paint_words(self._painter, row.right() + 1, base, text, px, "text2", align="right")

    def _paint_bar(self, bar: QRectF) -> None:
        painter, state = self._painter, self._state
        painter.fillRect(bar, colour("bg3"))
        unknown = len(state.unknown)
        room = bar.width() * (1.0 - min(unknown * _UNKNOWN_SHARE, 0.5))
        left = bar.left()
        for part in state.parts:
            share = 0.0 if part.amount is None else part.amount / max(state.whole, 1e-9)
            wide = (bar.width() - room) / unknown if part.amount is None else room * share
            self._paint_part(QRectF(left, bar.top(), wide, bar.height()), part)
            left += wide
        if state.standing.is_stale:
            paint_veil(painter, bar, self._scale)

    def _paint_part(self, box: QRectF, part: Part) -> None:
        painter = self._painter
        inner = box.adjusted(0, 0, -max(self._scale.body_px / 16, 1.0), 0)
        if inner.width() < 1:
            return
        token = _GREYS[(part.number - 1) % len(_GREYS)]
        if part.amount is None:
            painter.fillRect(inner, colour("bg1"))
            paint_hatch(painter, inner, alpha=0.8)
        else:
            painter.fillRect(inner, colour(token))
        px, text = round(box.height() * 0.62), str(part.number)
        if part.amount is not None and inner.width() > width_of(text, px, True) * 1.6:
            base = baseline(inner, px)
            paint_words(painter, inner.center().x(), base, text, px, _INKS[token], True, "centre")

    def _paint_rows(self, area: QRect) -> None:
        """As tall as the room allows; in two columns, or the last ones as one, where it is low."""
        parts, scale = self._state.parts, self._scale
        least = line_px(scale.digits_px)
        fit = max(area.height() // least, 1)
        columns = 2 if len(parts) > fit and area.width() >= scale.body_px * _TWO_COLUMNS else 1
        parts = _gathered(parts, fit * columns)
        rows = -(-len(parts) // columns)
        high = min(area.height() / max(rows, 1), line_px(scale.body_px) * 1.35)
        wide = (area.width() - scale.gap_px * (columns - 1)) / columns
        for number, part in enumerate(parts):
            column, row = divmod(number, rows)
            left = area.left() + column * (wide + scale.gap_px)
            self._paint_row(QRectF(left, area.top() + row * high, wide, high), part)

    def _paint_row(self, row: QRectF, part: Part) -> None:
        painter, px = self._painter, min(self._scale.body_px, int(row.height() / 1.15))
        base = baseline(row, px)
        stale = part.standing.is_stale
        self._paint_key(row, part, px)
        x, right = row.left() + px * 1.5, row.right()
        if part.amount is None:
            words = part.standing.words
            size = fitting_px(words, row.width() * 0.5, px)
            wide = paint_words(painter, right, base, words, size, "stale", align="right")
        else:
            room = width_of("100.0%", px)
            paint_words(painter, right, base, part.percent, px,
                        "border" if stale else "text2", align="right")  # fmt: skip
            wide = room + px * 0.6
            ink = "border" if stale else "text"
            wide += paint_words(painter, right - wide, base, part.figures.digits, px, ink, True,
                                "right")  # fmt: skip
            if stale and not self._state.standing.is_stale:
                wide += px * 0.4 + self._paint_age(row, right - wide - px * 0.4, part, px)
        name = cut(part.name, px, right - wide - px * 0.5 - x)
        paint_words(painter, x, base, name, px, "text2" if not stale else "border")

    def _paint_key(self, row: QRectF, part: Part, px: int) -> None:
        painter, side = self._painter, px * 1.05
        box = QRectF(row.left(), row.center().y() - side / 2, side, side)
        if part.amount is None:
            paint_hatch(painter, box, alpha=0.8)
            painter.setPen(QPen(colour("stale"), max(px / 24, 1.0)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            return
        if not part.number:
            return
        token = _GREYS[(part.number - 1) % len(_GREYS)]
        painter.fillRect(box, colour(token))
        small = round(px * 0.72)
        paint_words(painter, box.center().x(), baseline(box, small), str(part.number), small,
                    _INKS[token], True, "centre")  # fmt: skip

    def _paint_age(self, row: QRectF, right: float, part: Part, px: int) -> float:
        area = QRect(round(row.left() + px * 5), round(row.top()), 0, round(row.height()))
        area.setRight(round(right) - 1)
        return paint_doubt(self._painter, area, part.standing.words, self._scale)
