"""What has become better and worse in a week, only where the week really differs."""

from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.domain.cockpit.cockpit_file import Panel
from desktop.domain.cockpit.metrics import Metric
from desktop.domain.cockpit.series import MetricSeries
from desktop.domain.cockpit.trends import Shift, daily_values, shift
from views.cockpit.painting import first_fitting, line_px
from views.cockpit.panel import CockpitPanel, PanelContext
from views.cockpit.panels import told
from views.cockpit.panels.writing import (
    Heading,
    fits,
    paint_triangle,
    rows_of,
    width_of,
    write,
    write_heading,
    write_nothing,
)
from widgets.theme import colour

DAYS = 7
_LEAST, _MOST = 1.4, 1.9  # of a row, in heights of the body type
_MARK = 0.55


class ChangeRow(NamedTuple):
    metric_id: str
    name: str
    before: str
    now: str
    unit: str


class ChangesState(NamedTuple):
    """`days`: whole days that are compared, the last ones against as many before; `short`: so
    many metrics have too few days; `calm`: so many were compared and have not moved."""

    head: Heading
    better: tuple[ChangeRow, ...] = ()
    worse: tuple[ChangeRow, ...] = ()
    calm: int = 0
    short: int = 0
    why: str = ""


class ChangesPanel(CockpitPanel):
    """Welch's test on daily values; what may be chance is not shown. Judged anew only when a
    series is another one."""

    def __init__(self, panel: Panel, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(panel, context, parent)
        self._judged: dict[str, tuple[object, Shift | None]] = {}

    def state_now(self) -> ChangesState:
        found: list[Shift] = []
        calm = short = 0
        asked = self.values()
        for one in asked:
            series = one.series
            made = None if series is None else self._shift(one.metric, series)
            if made is None:
                short += 1
            elif made.is_sure and made.now != made.before:
                found.append(made)
            else:
                calm += 1
        found.sort(key=lambda one: -one.size)
        limit = self.panel.limit
        return ChangesState(
            Heading(self.panel.title),
            tuple(self._row(one) for one in found if one.better)[:limit],
            tuple(self._row(one) for one in found if not one.better)[:limit],
            calm, short, self._why(len(asked), short),
        )  # fmt: skip

    def _why(self, asked: int, short: int) -> str:
        if short < asked:
            return ""
        known = [one for one in self.values() if one.series is not None and one.series.values]
        if not known:
            return told.why_nothing(self.context.room, self.panel.metrics)
        days = max(len(daily_values(one.series)) for one in known if one.series is not None)
        return self.tr("历史只有 {0} 天，满 {1} 天起比较").format(days, 2 * DAYS)

    def _shift(self, metric: Metric, series: MetricSeries) -> Shift | None:
        """The hours behind stay the same object while only the present is new."""
        known = self._judged.get(metric.metric_id)
        if known is None or known[0] is not series.values:
            known = self._judged[metric.metric_id] = series.values, shift(metric, series, DAYS)
        return known[1]

    def _row(self, one: Shift) -> ChangeRow:
        metric = one.metric
        before, now = metric.text(one.before), metric.text(one.now)
        if before == now:  # a difference that its decimals do not show
            places = metric.decimals + 2
            before, now = f"{one.before:,.{places}f}", f"{one.now:,.{places}f}"
        name = self.panel.names.get(metric.metric_id, metric.name)
        return ChangeRow(metric.metric_id, name, before, now, metric.unit)

    def spoken(self, state: object) -> str:
        assert isinstance(state, ChangesState)

        def words(head: str, rows: tuple[ChangeRow, ...]) -> str:
            texts = [f"{row.name} {row.before} → {row.now} {row.unit}" for row in rows]
            return f"{head}：{'，'.join(texts) or self.tr('无显著变化')}"

        if state.why:
            return f"{self.panel.title}；{state.why}"
        return "；".join((words(self._better(), state.better), words(self._worse(), state.worse)))

    def _better(self) -> str:
        return self.tr("近 {0} 日改善").format(DAYS)

    def _worse(self) -> str:
        return self.tr("近 {0} 日恶化").format(DAYS)

    # ---- painting ---------------------------------------------------------------------------

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, ChangesState)
        scale = self.context.scale
        if state.why:
            room = write_heading(painter, body, state.head, scale)
            write_nothing(painter, room, scale, state.why)
            return
        foot = line_px(scale.body_px)
        basis = QRect(body.left(), body.bottom() - foot + 1, body.width(), foot)
        words = first_fitting(self._basis(state), scale.body_px, basis.width())
        write(painter, basis, words, scale.body_px, "text2")
        room = body.adjusted(0, 0, 0, -foot - scale.gap_px // 4)
        half = (room.height() - scale.gap_px) // 2
        upper = QRect(room.left(), room.top(), room.width(), half)
        lower = QRect(room.left(), room.bottom() - half + 1, room.width(), half)
        most = max(len(state.better), len(state.worse), 1)
        high = (half - line_px(scale.title_px)) // most
        high = min(max(high, round(scale.body_px * _LEAST)), round(scale.body_px * _MOST))
        self._paint_part(painter, upper, self._better(), state.better, False, high)
        y = (upper.bottom() + lower.top()) // 2
        painter.fillRect(QRect(room.left(), y, room.width(), 1), colour("line"))
        self._paint_part(painter, lower, self._worse(), state.worse, True, high)

    def _basis(self, state: ChangesState) -> list[str]:
        """On what it rests, from the fullest to the shortest."""
        basis = self.tr("{0} 日均值对前 {0} 日，p < 0.05").format(DAYS)
        calm = self.tr("{0} 项无显著变化").format(state.calm) if state.calm else ""
        short = self.tr("{0} 项天数不足").format(state.short) if state.short else ""
        rest = told.note_of(calm, short)
        return [told.note_of(basis, rest), basis, self.tr("近 {0} 天对前 {0} 天").format(DAYS)]

    def _paint_part(
        self, painter: QPainter, box: QRect, title: str, rows: tuple[ChangeRow, ...], down: bool,
        row_px: int,
    ) -> None:  # fmt: skip
        scale = self.context.scale
        high = line_px(scale.title_px)
        side = round(scale.title_px * _MARK)
        mark = QRect(box.left(), box.top() + (high - side) // 2, side, side)
        paint_triangle(painter, mark, down, "focus" if down else "text2")
        line = QRect(box.left() + side + scale.gap_px // 2, box.top(), box.width(), high)
        line.setRight(box.right())
        room = box.adjusted(0, high, 0, 0)
        count = fits(room, len(rows), row_px)
        if count < len(rows):
            rest = self.tr("另有 {0} 项").format(len(rows) - count)
            write(painter, line, rest, scale.body_px, "text2", align="right")
            line.setRight(line.right() - width_of(rest, scale.body_px) - scale.gap_px)
        write(painter, line, title, scale.title_px, "text", True)
        if not rows:
            first = QRect(room.left(), room.top(), room.width(), min(row_px, room.height()))
            write(painter, first, self.tr("无显著变化"), scale.body_px, "text2")
        for row, at in zip(rows, rows_of(room, count, row_px, row_px), strict=False):
            self._paint_row(painter, at, row)

    def _paint_row(self, painter: QPainter, box: QRect, row: ChangeRow) -> None:
        """before → after with its unit; the name takes what is left."""
        scale = self.context.scale
        unit = width_of(f" {row.unit}", scale.body_px) if row.unit else 0
        now = width_of(row.now, scale.body_px, True)
        gone = f"{row.before} → "
        before = width_of(gone, scale.body_px)
        right = QRect(box)
        write(painter, right, row.unit, scale.body_px, "text", True, "right")
        right.setRight(right.right() - unit)
        write(painter, right, row.now, scale.body_px, "text", True, "right")
        right.setRight(right.right() - now)
        write(painter, right, gone, scale.body_px, "text2", align="right")
        right.setRight(right.right() - before - scale.gap_px // 2)
        write(painter, right, row.name, scale.body_px, "text")
