"""城市之眼、耳、感: how much of the city can be seen, heard and felt right now."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.online import OnlineRate, whole
from views.health.panel import Panel
from widgets import icons
from widgets.plain_label import ElidedLabel, PlainLabel, plain_tip
from widgets.theme import KPI_PX, NOTE_PX, colour, font

translate = QCoreApplication.translate

LOW_SHARE = 0.9  # below it a source is worth a look
MOST_ROWS = 8
_ROW_PX, _BAR_PX, _COUNT_PX, _ICON_PX, _FIGURE_PX = 18, 4, 116, 24, 152
_NAME_PX = 92  # a name is worth more than its bar


def percent(rate: OnlineRate) -> str:
    """`98.6 %`; a dash while nothing is known."""
    return "—" if rate.share is None else f"{rate.share * 100:.1f} %"


class RateBars(QWidget):
    """A row for each group: name, a grey bar, online / total."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rates: tuple[OnlineRate, ...] = ()
        self.setMinimumWidth(200)

    def show_rates(self, rates: Sequence[OnlineRate]) -> None:
        shown = _at_most(rates, MOST_ROWS)
        if shown == self._rates:
            return
        self._rates = shown
        rows = min(len(shown), MOST_ROWS)
        self.setMinimumHeight(rows * _ROW_PX)
        words = [f"{rate.name} {percent(rate)}" for rate in shown]
        self.setAccessibleName("; ".join(words))
        self.setToolTip(plain_tip("\n".join(words)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(NOTE_PX))
        name_px = max(self.width() * 0.34, _NAME_PX)
        for index, rate in enumerate(self._rates[:MOST_ROWS]):
            self._paint_row(painter, index * _ROW_PX, name_px, rate)

    def _paint_row(self, painter: QPainter, y: float, name_px: float, rate: OnlineRate) -> None:
        middle, left = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        unknown, low = rate.share is None, rate.share is not None and rate.share < LOW_SHARE
        painter.setPen(colour("border" if unknown else "text2"))
        elide = painter.fontMetrics().elidedText
        words = elide(rate.name, Qt.TextElideMode.ElideRight, int(name_px) - 8)
        painter.drawText(QRectF(0, y, name_px, _ROW_PX), middle | left, words)
        bar = QRectF(name_px, y + (_ROW_PX - _BAR_PX) / 2, 0, _BAR_PX)
        bar.setWidth(max(0.0, self.width() - name_px - _COUNT_PX - 8))
        painter.fillRect(bar, colour("bg3"))
        if rate.share is not None:
            bar.setWidth(bar.width() * rate.share)
            painter.fillRect(bar, colour("stale" if low else "normal"))
        count = f"{rate.online:,} / {rate.total:,}" if rate.online is not None else (
            translate("health", "未接入 · {0}").format(f"{rate.total:,}")
        )  # fmt: skip
        painter.setPen(colour("border" if unknown else "stale" if low else "text"))
        place = QRectF(self.width() - _COUNT_PX, y, _COUNT_PX, _ROW_PX)
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, count)


def _at_most(rates: Sequence[OnlineRate], rows: int) -> tuple[OnlineRate, ...]:
    """The smallest groups share the last row."""
    if len(rates) <= rows:
        return tuple(rates)
    rest = rates[rows - 1 :]
    name = translate("health", "其余 {0} 类").format(len(rest))
    together = whole(rest)
    if together.online is None:
        together = OnlineRate("", None, sum(rate.total for rate in rest))
    return (*rates[: rows - 1], together._replace(name=name))


class CountBars(RateBars):
    """A row for each category: name, a bar of its share of all, how many."""

    def show_counts(self, counts: Sequence[tuple[str, int]], total: int) -> None:
        self.show_rates([OnlineRate(name, count, total) for name, count in counts])

    def _paint_row(self, painter: QPainter, y: float, name_px: float, rate: OnlineRate) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(colour("text2"))
        elide = painter.fontMetrics().elidedText
        words = elide(rate.name, Qt.TextElideMode.ElideRight, int(name_px) - 8)
        painter.drawText(QRectF(0, y, name_px, _ROW_PX), middle | Qt.AlignmentFlag.AlignLeft, words)
        bar = QRectF(name_px, y + (_ROW_PX - _BAR_PX) / 2, 0, _BAR_PX)
        bar.setWidth(max(0.0, self.width() - name_px - _COUNT_PX - 8))
        painter.fillRect(bar, colour("bg3"))
        bar.setWidth(bar.width() * (rate.share or 0.0))
        painter.fillRect(bar, colour("text2"))
        painter.setPen(colour("text"))
        place = QRectF(self.width() - _COUNT_PX, y, _COUNT_PX, _ROW_PX)
        words = translate("health", "{0} 件 · {1}").format(f"{rate.online or 0:,}", percent(rate))
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, words)


class SenseTile(Panel):
    """One sense: the share at the left, its sources at the right."""

    def __init__(
        self,
        icon: str,
        title: str,
        note: str,
        bars: RateBars | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self.head_note.setText(note)
        picture = PlainLabel()
        picture.setPixmap(icons.pixmap(icon, "text2", _ICON_PX, self.devicePixelRatioF()))
        self.head.insertWidget(0, picture)
        self._share = PlainLabel("—", KPI_PX, bold=True)
        self._count = ElidedLabel(px=NOTE_PX, tone="text2")
        self._age = ElidedLabel(px=NOTE_PX, tone="border")
        self.bars = bars or RateBars()
        figure = QVBoxLayout()
        figure.setSpacing(2)
        for label in (self._share, self._count, self._age):
            figure.addWidget(label)
        figure.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        left = QWidget()
        left.setFixedWidth(_FIGURE_PX)
        left.setLayout(figure)
        figure.setContentsMargins(0, 0, 0, 0)
        row.addWidget(left)
        row.addWidget(self.bars, 1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def tell(
        self, rates: Sequence[OnlineRate], unit: str, age: str, empty: str, *, stale: bool = False
    ) -> None:
        """`empty`: what stands there while nothing is known, and what to do."""
        total = whole(rates)
        known = total.online is not None
        self._share.setText(percent(total))
        self._share.set_tone("stale" if stale and known else "text" if known else "border")
        words = unit.format(f"{total.online:,}", f"{total.total:,}") if known else empty
        self._count.setText(words)
        self._age.setText(age)
        self._age.set_tone("stale" if stale else "border")
        self.bars.show_rates(rates)

    def tell_figure(self, figure: str, words: str, age: str, *, stale: bool = False) -> None:
        """A figure that is no share; a dash while nothing is known."""
        self._share.setText(figure or "—")
        self._share.set_tone("stale" if stale else "text" if figure else "border")
        self._count.setText(words)
        self._age.setText(age)
        self._age.set_tone("stale" if stale else "border")
