"""派队方案比较: three ways to send the crews side by side, with their figures and arrivals."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from desktop.domain.emergency.dispatch import Method, Proposal
from desktop.domain.levels import WarningLevel
from views.emergency.panel import Panel
from widgets.level_badge import LevelLook, paint_level
from widgets.plain_label import plain_tip
from widgets.theme import KPI_PX, NOTE_PX, STRONG_PX, TITLE_PX, colour, font

TALL_PX, LOW_PX = 204, 124
_LAST_MIN, _TICKS_MIN = 36, (0, 12, 24, 36)
_DOT_PX = 13
_PAD_PX = 12
_LEAST_GAP_PX, _LINE_PX = 4.0, 16
_ROOM_FOR_LARGE_PX = 250


@dataclass(frozen=True)
class Card:
    """One proposal with the first arrival at each of its sites, by level."""

    proposal: Proposal
    name: str
    arrivals: tuple[tuple[float, WarningLevel], ...]
    recommended: bool = False
    target_min: float = 28.0
    sites: int = 0


def arrivals_of(
    proposal: Proposal, levels: Mapping[str, WarningLevel]
) -> tuple[tuple[float, WarningLevel], ...]:
    """The first crew of each site."""
    first: dict[str, float] = {}
    for leg in proposal.legs:
        first[leg.site_id] = min(leg.eta_min, first.get(leg.site_id, math.inf))
    known = [
        (eta, levels[site]) for site, eta in first.items() if site in levels and math.isfinite(eta)
    ]
    return tuple(sorted(known, key=lambda one: (one[0], one[1].rank)))


def figure(value: float | None) -> str:
    """Minutes as they stand large on a card: one decimal below ten."""
    if value is None:
        return "—"
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


class ProposalCard(QAbstractButton):
    """Four figures, the arrivals on an axis, one sentence. Selected: white frame."""

    def __init__(self, method: Method, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.method = method
        self._card: Card | None = None
        self.why_not = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(150, LOW_PX)

    @property
    def card(self) -> Card | None:
        return self._card

    def show_card(self, card: Card | None, why_not: str = "") -> None:
        """`why_not`: what stands on it while there is none."""
        self._card, self.why_not = card, why_not
        self.setEnabled(card is not None)
        self.setAccessibleName(self.spoken())
        self.setToolTip(plain_tip(card.proposal.reason) if card is not None else "")
        self.update()

    def spoken(self) -> str:
        """Everything on it, for the ear."""
        card = self._card
        if card is None:
            return ""
        figures = card.proposal.figures
        words = self.tr("{0}：最晚到达 {1} min，平均 {2} min，{3} min 内 {4}/{5}，未覆盖 {6}。{7}")
        return words.format(
            card.name, figure(figures.latest_min), figure(figures.mean_min), f"{card.target_min:g}",
            figures.within_target, figures.legs, figures.unserved, card.proposal.reason,
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        return QSize(280, TALL_PX)

    # ---- painting ---------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("selection" if self.isChecked() else "bg2"))
        painter.drawRoundedRect(box, 4, 4)
        if self._card is not None:
            self._paint_head(painter, self._card)
            self._paint_figures(painter, self._card)
            tall = self.height() >= 180
            if tall:
                self._paint_arrivals(painter, self._card)
            self._paint_reason(painter, self._card, tall)
        elif self.why_not:
            painter.setFont(font(NOTE_PX))
            painter.setPen(colour("text2"))
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(box.adjusted(12, 12, -12, -12), flags, self.why_not)
        if self.isChecked() or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRoundedRect(box, 4, 4)

    def _paint_head(self, painter: QPainter, card: Card) -> None:
        ring = QRectF(_PAD_PX, 14, 14, 14)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour("text" if self.isChecked() else "border"), 1.5))
        painter.drawEllipse(ring)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("text"))
            painter.drawEllipse(ring.adjusted(3.5, 3.5, -3.5, -3.5))
        painter.setPen(colour("text"))
        painter.setFont(font(STRONG_PX, bold=True))
        chip_px = 44 if card.recommended else 0
        name = painter.fontMetrics().elidedText(
            card.name, Qt.TextElideMode.ElideRight, self.width() - 48 - chip_px
        )
        painter.drawText(QPointF(ring.right() + 8, 27), name)
        if card.recommended:
            words = self.tr("推荐")
            wide = QFontMetricsF(font(NOTE_PX, bold=True)).horizontalAdvance(words) + 12
            chip = QRectF(self.width() - _PAD_PX - wide, 11, wide, 20)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("text"))
            painter.drawRoundedRect(chip, 4, 4)
            painter.setPen(colour("ink"))
            painter.setFont(font(NOTE_PX, bold=True))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_figures(self, painter: QPainter, card: Card) -> None:
        figures = card.proposal.figures
        red_late = figures.red_before_line < figures.red_sites
        columns = (
            (figure(figures.latest_min), "min", self.tr("最晚到达"), False),
            (figure(figures.mean_min), "min", self.tr("平均"), False),
            (str(figures.within_target), f"/ {figures.legs}",
             self.tr("{0:g} min 内").format(card.target_min), False),
            (str(figures.red_before_line), f"/ {figures.red_sites}", self.tr("Ⅰ级赶上"), red_late),
        )  # fmt: skip
        room = self.width() - 2 * _PAD_PX
        face, small = font(KPI_PX, bold=True), font(NOTE_PX)
        fits = room >= _ROOM_FOR_LARGE_PX
        if not fits:
            face = font(TITLE_PX, bold=True)
        short = iter((self.tr("最晚"), self.tr("平均"), self.tr("按时"), self.tr("Ⅰ级")))
        rows = [
            (value, unit if fits else "", words if fits else next(short), marked)
            for value, unit, words, marked in columns
        ]
        wide = [_column_px(value, unit, words, face, small) for value, unit, words, _ in rows]
        gap = max(_LEAST_GAP_PX, (room - sum(wide)) / (len(rows) - 1))
        left = float(_PAD_PX)
        for (value, unit, words, marked), width in zip(rows, wide, strict=True):
            self._paint_value(painter, left, value, unit, face, marked)
            painter.setFont(small)
            painter.setPen(colour("text2"))
            painter.drawText(QPointF(left, 80), words)
            left += width + gap

    def _paint_value(
        self, painter: QPainter, left: float, value: str, unit: str, face: QFont, marked: bool
    ) -> None:
        """A figure that is not whole is underlined: colour belongs to alarms."""
        painter.setFont(face)
        painter.setPen(colour("text"))
        painter.drawText(QPointF(left, 64), value)
        wide = QFontMetricsF(face).horizontalAdvance(value)
        if marked:
            painter.fillRect(QRectF(left, 67, wide, 2), colour("text"))
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour("text2"))
        painter.drawText(QPointF(left + wide + 3, 64), unit)

    def _axis_x(self, minute: float) -> float:
        left, right = _PAD_PX + 10.0, self.width() - _PAD_PX - 10.0
        return left + (right - left) * min(max(minute / _LAST_MIN, 0.0), 1.0)

    def _paint_arrivals(self, painter: QPainter, card: Card) -> None:
        foot = self.height() - 64.0
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(QPointF(self._axis_x(0), foot), QPointF(self._axis_x(_LAST_MIN), foot))
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour("text2"))
        for minute in _TICKS_MIN:
            at = QRectF(self._axis_x(minute) - 16, foot + 1, 32, 16)
            painter.drawText(at, Qt.AlignmentFlag.AlignCenter, str(minute))
        line_x = self._axis_x(card.target_min)
        painter.fillRect(QRectF(line_x - 1, foot - 38, 2, 38), colour("text"))
        painter.setPen(colour("text"))
        words = self.tr("{0:g} min 线").format(card.target_min)
        wide = QFontMetricsF(painter.font()).horizontalAdvance(words)
        left = min(line_x + 5, self.width() - _PAD_PX - wide)
        painter.drawText(QPointF(left, foot - 28), words)
        stacks: dict[int, int] = {}
        most = max(1, int((foot - 88) // (_DOT_PX - 2)))
        for eta, level in card.arrivals:
            slot = round(self._axis_x(eta) / (_DOT_PX - 2))
            high = min(stacks.get(slot, 0), most - 1)
            stacks[slot] = stacks.get(slot, 0) + 1
            side = QRectF(0, 0, _DOT_PX, _DOT_PX)
            side.moveCenter(QPointF(self._axis_x(eta), foot - 8 - high * (_DOT_PX - 2)))
            look = LevelLook.FILLED if level.rank <= 2 else LevelLook.OUTLINE
            paint_level(painter, side, level, look)

    def _paint_reason(self, painter: QPainter, card: Card, tall: bool) -> None:
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour("text" if self.isChecked() else "text2"))
        top = self.height() - 44.0 if tall else 86.0
        room = QRectF(_PAD_PX, top, self.width() - 2 * _PAD_PX, self.height() - top - 6)
        y = room.top()
        for line in two_lines(card.proposal.reason, painter.fontMetrics(), int(room.width())):
            box = QRectF(room.left(), y, room.width(), _LINE_PX)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, line)
            y += _LINE_PX


def _column_px(value: str, unit: str, words: str, face: QFont, small: QFont) -> float:
    """A figure with its unit, over its words."""
    figure_px = QFontMetricsF(face).horizontalAdvance(value)
    measure = QFontMetricsF(small)
    unit_px = measure.horizontalAdvance(unit) + 3 if unit else 0.0
    return max(figure_px + unit_px, measure.horizontalAdvance(words))


def two_lines(text: str, measure: QFontMetrics, wide_px: int) -> tuple[str, ...]:
    """As much as stands on the first, the rest on the second, elided; the tip has all of it."""
    count = len(text)
    while count and measure.horizontalAdvance(text[:count]) > wide_px:
        count -= 1
    rest = measure.elidedText(text[count:], Qt.TextElideMode.ElideRight, wide_px)
    return (text[:count], rest) if rest else (text[:count],)


class ProposalPanel(Panel):
    """`method_chosen` by a press; what is recommended is chosen before."""

    method_chosen = Signal(object)  # Method

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, inset=False)
        self.setObjectName("proposal_panel")
        self.title.setText(self.tr("派队方案比较"))
        self.cards = {method: ProposalCard(method) for method in Method}
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 12)
        row.setSpacing(8)
        for card in self.cards.values():
            self._group.addButton(card)
            card.clicked.connect(self._choose)
            card.setEnabled(False)
            row.addWidget(card)
        self.body.addLayout(row)

    def names(self) -> dict[Method, str]:
        return {
            Method.IN_TURN: self.tr("逐个派"),
            Method.LEAST_TOTAL: self.tr("总时间最短"),
            Method.LEAST_LATEST: self.tr("最晚到达最短"),
        }

    def show_cards(
        self, cards: Sequence[Card], chosen: Method | None, why: Mapping[Method, str] | None = None
    ) -> None:
        """`why`: what stands on a card without a proposal, where it is not for want of a level."""
        found = {one.proposal.method: one for one in cards}
        self._group.setExclusive(False)
        names = self.names()
        unsolved = self.tr("{0}\n定了级别，就有方案")
        for method, button in self.cards.items():
            words = (why or {}).get(method) or unsolved.format(names[method])
            button.show_card(found.get(method), words)
            button.setChecked(method is chosen and method in found)
        self._group.setExclusive(chosen in found)

    def _choose(self) -> None:
        button = self.sender()
        assert isinstance(button, ProposalCard)
        self.method_chosen.emit(button.method)
