"""Rows of metrics, or of open things: what it is, how it stands, since when."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, SignalInstance
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.domain.cockpit.cockpit_file import Panel, RowsOf
from desktop.domain.levels import WarningLevel
from desktop.errors import OperatorError
from desktop.tasks import TaskScope, loop_runs
from views.cockpit.painting import line_px
from views.cockpit.panel import CockpitPanel, MetricValue, PanelContext
from views.cockpit.panels import open_things, told
from views.cockpit.panels.open_things import Thing, Things
from views.cockpit.panels.writing import (
    Heading,
    lay_rows,
    paint_triangle,
    width_of,
    write,
    write_calm,
    write_heading,
    write_nothing,
)
from views.cockpit.words import stale_words
from widgets.hatch import paint_hatch
from widgets.level_badge import LevelLook, level_word, paint_level
from widgets.theme import colour
from widgets.times import age_text

_LEAST, _MOST = 1.4, 2.0  # of a row, in heights of the body type
_NARROW, _NARROW_THINGS = 11, 20  # of a column, too


class TableRow(NamedTuple):
    """`word`: how it stands, before the last column; `is_worse`: misses its target."""

    key: str
    name: str
    word: str
    last: str
    unit: str = ""
    level: WarningLevel | None = None
    look: LevelLook = LevelLook.FILLED
    is_strong: bool = False
    is_worse: bool = False
    is_stale: bool = False


class TableState(NamedTuple):
    """`calm`: nothing is there, and that is known; `why`: it is not known; `more`: so many
    further rows, -1 for an unknown number."""

    head: Heading
    rows: tuple[TableRow, ...] = ()
    more: int = 0
    calm: str = ""
    why: str = ""
    has_levels: bool = False


class TablePanel(CockpitPanel):
    """Open things are looked for again when their store has spoken, not at each second."""

    def __init__(self, panel: Panel, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(panel, context, parent)
        self._scope = TaskScope(self)
        self._things: Things | None = None
        self._is_new, self._sought_s = True, -1e12
        self._is_reading, self._trouble = False, ""
        signal = self._spoken_by()
        if signal is not None:
            signal.connect(self._on_news)

    def _spoken_by(self) -> SignalInstance | None:
        room = self.context.room
        return {
            RowsOf.ALARMS: room.alarms.changed,
            RowsOf.INCIDENTS: room.incidents.changed,
            RowsOf.UNITS: room.units.changed,
            RowsOf.POINTS: room.readings.changed,
        }.get(self.panel.rows)

    def _on_news(self) -> None:
        self._is_new = True

    # ---- what there is ----------------------------------------------------------------------

    def state_now(self) -> TableState:
        if self.panel.rows is RowsOf.METRICS:
            return self._metrics()
        things = self._found()
        apart = "" if self.context.room.health.link_connected else self.tr("链路断开")
        head = Heading(self.panel.title, "" if things is None else self._count(things), apart)
        if things is None:
            return TableState(head, why=self._trouble or self.tr("正在取数"))
        if not things.first:
            unknown = self._why_unknown()
            return TableState(head, calm="" if unknown else self._calm(), why=unknown)
        rows = tuple(self._row(one) for one in things.first)
        more = -1 if things.count is None else things.count - len(rows)
        levels = any(row.level is not None for row in rows)
        return TableState(head, rows, more, has_levels=levels)

    def _metrics(self) -> TableState:
        values = self.values()
        known = [one for one in values if one.value is not None]
        until = told.until([one.series for one in known], self.context.now())
        note = told.note_of(told.common_period([one.metric for one in values]), until)
        ages = [one.age_s for one in known if one.age_s is not None]
        all_old = bool(known) and all(one.is_stale for one in known)
        head = Heading(self.panel.title, note, stale_words(max(ages)) if all_old and ages else "")
        if not known:
            names, room = self.panel.metrics, self.context.room
            return TableState(head, why=told.why_nothing(room, names))
        listed = values[: self.panel.limit]
        names = told.short_names([one.name for one in listed], self.panel.title)
        rows = tuple(
            self._metric_row(one, all_old)._replace(name=name)
            for one, name in zip(listed, names, strict=True)
        )
        levels = any(row.level is not None or row.is_worse for row in rows)
        return TableState(head, rows, max(len(values) - len(rows), 0), has_levels=levels)

    def _metric_row(self, one: MetricValue, all_old: bool) -> TableRow:
        value = one.value
        if value is None:
            return TableRow(one.metric.metric_id, one.name, "", "", is_stale=True)
        old = stale_words(one.age_s) if one.is_stale and not all_old else ""
        return TableRow(
            one.metric.metric_id, one.name, old, one.metric.text(value), one.metric.unit,
            self.panel.level_of(value), is_strong=True,
            is_worse=one.metric.meets(value, self.panel.target) is False, is_stale=one.is_stale,
        )  # fmt: skip

    def _row(self, one: Thing) -> TableRow:
        last = ""
        if one.since is not None:
            age = self.context.room.health.platform_now(self.context.room.clock) - one.since
            last = _age_word(age.total_seconds())
        return TableRow(one.key, one.name, one.word, last, level=one.level, look=one.look,
                        is_strong=one.is_strong)  # fmt: skip

    def _found(self) -> Things | None:
        room, panel = self.context.room, self.panel
        if panel.rows is RowsOf.CASES:
            self._read_cases()
            return self._things
        now_s = room.clock.monotonic_s()
        pause_s = panel.refresh_s if panel.rows is RowsOf.POINTS else 0.0
        if self._is_new and now_s - self._sought_s >= pause_s:
            seek: dict[RowsOf, Callable[[], Things]] = {
                RowsOf.ALARMS: lambda: open_things.alarms(room, panel.filter, panel.limit),
                RowsOf.INCIDENTS: lambda: open_things.incidents(room, panel.limit),
                RowsOf.UNITS: lambda: open_things.units(room, panel.filter, panel.limit),
                RowsOf.POINTS: lambda: open_things.points(room, panel.filter, panel.limit),
            }
            self._things = seek[panel.rows]()
            self._is_new, self._sought_s = False, now_s
        return self._things

    def _read_cases(self) -> None:
        now_s = self.context.room.clock.monotonic_s()
        due = now_s - self._sought_s >= max(self.panel.refresh_s, 5.0)
        if due and not self._is_reading and loop_runs():
            self._is_reading, self._sought_s = True, now_s
            self._scope.spawn(self._ask_cases(), name="cases of a cockpit")

    async def _ask_cases(self) -> None:
        """From the mirror, beside the GUI loop."""
        store, limit = self.context.room.assessment, self.panel.limit
        try:
            if store is None:
                self._trouble = self.tr("没有案件数据")
                return
            wanted = open_things.case_filter(self.panel.filter)
            self._things = open_things.cases(await store.page(wanted, limit=limit + 1), limit)
            self._trouble = ""
        except OperatorError as error:
            self._trouble = error.operator_text
        finally:
            self._is_reading = False
        self.refresh()

    # ---- words ------------------------------------------------------------------------------

    def _count(self, things: Things) -> str:
        return "" if not things.count else self.tr("{0} 条").format(things.count)

    def _why_unknown(self) -> str:
        """None of a kind may also mean that nobody has told them yet."""
        room, rows = self.context.room, self.panel.rows
        if not room.health.link_connected:
            return self.tr("数据链路未连接")
        untold = {
            RowsOf.INCIDENTS: not room.incidents.is_told,
            RowsOf.UNITS: not len(room.units),
            RowsOf.POINTS: not len(room.readings),
        }
        return self.tr("没有数据") if untold.get(rows, False) else ""

    def _calm(self) -> str:
        return {
            RowsOf.ALARMS: self.tr("没有未结束的告警"),
            RowsOf.INCIDENTS: self.tr("没有进行中的应急"),
            RowsOf.UNITS: self.tr("没有这样的力量"),
            RowsOf.POINTS: self.tr("没有越限的监测点"),
            RowsOf.CASES: self.tr("没有在办案件"),
        }.get(self.panel.rows, self.tr("没有数据"))

    def spoken(self, state: object) -> str:
        assert isinstance(state, TableState)
        words = [self.panel.title, state.why or state.calm]
        for row in state.rows:
            level = level_word(row.level) if row.level is not None else ""
            value = f"{row.last} {row.unit}".strip() or self.tr("没有数据")
            words.append(" ".join(filter(None, (level, row.name, row.word, value))))
        return "；".join(filter(None, words))

    # ---- painting ---------------------------------------------------------------------------

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, TableState)
        scale = self.context.scale
        room = write_heading(painter, body, state.head, scale)
        if state.why:
            write_nothing(painter, room, scale, state.why)
            return
        if state.calm:
            write_calm(painter, room, state.calm, scale)
            return
        columns = _NARROW if self.panel.rows is RowsOf.METRICS else _NARROW_THINGS
        laid = lay_rows(
            room, len(state.rows), round(scale.body_px * _LEAST), round(scale.body_px * _MOST),
            line_px(scale.body_px), scale.body_px * columns, scale.gap_px, state.more,
        )  # fmt: skip
        rows = state.rows[: len(laid.boxes)]
        width = laid.boxes[0].width() if laid.boxes else 0
        widths = _Widths(self, rows, state.has_levels, width)
        for row, box in zip(rows, laid.boxes, strict=True):
            self._paint_row(painter, box, row, widths)
        if state.more or laid.hidden:
            words = self._rest(state.more, laid.hidden)
            write(painter, laid.foot, words, scale.body_px, "text2")

    def _rest(self, more: int, hidden: int) -> str:
        if more < 0:
            return self.tr("还有更多")
        return self.tr("另有 {0} 条").format(more + hidden)

    def _paint_row(self, painter: QPainter, box: QRect, row: TableRow, at: "_Widths") -> None:
        scale, gap = self.context.scale, self.context.scale.gap_px
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), colour("bg2"))
        self._paint_mark(painter, QRect(box.left(), box.top(), at.mark, box.height()), row)
        tone = "text2" if row.is_stale else "text"
        last = QRect(box.right() + 1 - at.last, box.top(), at.last, box.height())
        if not row.last:
            side = round(scale.body_px * 0.9)
            hatch = QRectF(last.right() - 2 * side, last.center().y() - side / 2, 2 * side, side)
            paint_hatch(painter, hatch, alpha=0.8)
        value = last.adjusted(0, 0, -at.unit, 0)
        is_value = self.panel.rows is RowsOf.METRICS
        px = scale.body_px if is_value else scale.digits_px
        write(painter, value, row.last, px, tone if is_value else "text2", is_value, "right")
        unit = QRect(last.right() + 1 - at.unit, last.top(), at.unit, last.height())
        write(painter, unit, f" {row.unit}", scale.body_px, "text2")
        right = last.left() - gap
        if row.word and at.word:
            word = QRect(right - at.word, box.top(), at.word, box.height())
            token = "stale" if row.is_stale else "text" if row.is_strong else "text2"
            write(painter, word, row.word, scale.body_px, token, row.is_strong, "right")
        right -= at.word + gap if at.word else 0
        name = QRect(box.left() + at.mark, box.top(), right - box.left() - at.mark, box.height())
        write(painter, name, row.name, scale.body_px, tone)

    def _paint_mark(self, painter: QPainter, box: QRect, row: TableRow) -> None:
        side = round(self.context.scale.body_px * 1.05)
        at = QRectF(box.left() + side * 0.1, box.center().y() - side / 2, side, side)
        if row.level is not None:
            look = LevelLook.OUTLINE if row.is_stale else row.look
            paint_level(painter, at, row.level, look)
        elif row.is_worse:
            small = at.toRect().adjusted(side // 4, side // 4, -side // 4, -side // 4)
            paint_triangle(painter, small, True, "text2" if row.is_stale else "focus")


class _Widths:
    """Of the columns, the same in all rows. The word goes first where names have no room."""

    def __init__(
        self, panel: TablePanel, rows: tuple[TableRow, ...], has_levels: bool, width: int
    ) -> None:
        scale = panel.context.scale
        is_value = panel.panel.rows is RowsOf.METRICS
        px = scale.body_px if is_value else scale.digits_px
        self.mark = round(scale.body_px * 1.25) + scale.gap_px // 2 if has_levels else 0
        self.unit = max((width_of(f" {one.unit}", scale.body_px) for one in rows if one.unit),
                        default=0)  # fmt: skip
        last = max((width_of(one.last, px, is_value) for one in rows), default=0)
        self.last = max(last + self.unit, 2 * scale.body_px)
        strong = [width_of(one.word, scale.body_px, True) for one in rows if one.word]
        self.word = max(strong, default=0)
        room = width - self.mark - self.last - 2 * scale.gap_px
        if self.word and room - self.word < 5 * scale.body_px:
            self.word = 0


def _age_word(age_s: float) -> str:
    """Below a minute in steps of ten seconds: not each second is worth a repaint."""
    return age_text(age_s if age_s >= 60 else age_s // 10 * 10)
