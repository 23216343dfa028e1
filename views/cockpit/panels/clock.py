"""The running response: how long it runs, against the minutes in which somebody must be there."""

from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.domain.cockpit.cockpit_file import Panel
from desktop.domain.emergency.incidents import Incident
from desktop.domain.emergency.receipt_matrix import ReceiptMatrix
from views.cockpit.painting import fitting_px, line_px, paint_doubt, paint_plate, plate_width
from views.cockpit.panel import CockpitPanel, PanelContext
from views.cockpit.panels.incident_facts import (
    IncidentFacts,
    StepRow,
    facts_of,
    last_words,
    ready_rows,
    span_words,
)
from views.cockpit.panels.minute_line import MinuteLine, paint_diamond, paint_minutes
from views.cockpit.panels.writing import (
    Heading,
    paint_triangle,
    rows_of,
    width_of,
    write,
    write_heading,
    write_nothing,
)
from views.cockpit.words import DOWN
from widgets.level_badge import LevelLook, paint_level
from widgets.seen_timer import SeenTimer
from widgets.theme import colour

_TICK_MS = 1000
_FACTS_S = 5.0
"""Water, crews and expectations are looked at again so often; what the platform says, at once."""
_BIG = 5.5  # height of the giant digits, in heights of the body type
_ROW_LEAST, _ROW_MOST = 1.35, 2.1


class ClockPanelState(NamedTuple):
    """`now_min`: whole minutes since the alarm; the seconds are painted beside the state.
    `calm`: what stands where nothing runs, with who could go; `why`: nobody knows whether
    anything runs."""

    title: str
    facts: IncidentFacts | None = None
    count: int = 0
    now_min: int = 0
    old: str = ""
    calm: str = ""
    last: tuple[str, ...] = ()
    ready: tuple[tuple[str, str], ...] = ()
    why: str = ""


class Ticking(NamedTuple):
    """What changes each second: the giant time, and how it stands to the target."""

    time: str = ""
    left: str = ""
    is_over: bool = False


class ClockPanel(CockpitPanel):
    """The gravest of those that run. It is painted anew when something is known anew; each second
    only the digits are."""

    def __init__(self, panel: Panel, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(panel, context, parent)
        self._matrix = ReceiptMatrix()
        self._facts: IncidentFacts | None = None
        self._looked_s, self._is_new = -1e12, True
        self.ticking = Ticking()
        self.ticks = 0
        """How often only the digits were painted."""
        self._digits = QRect()
        self._ready: tuple[tuple[str, str], ...] | None = None
        room = context.room
        room.units.changed.connect(self._on_units)
        room.incidents.changed.connect(self._on_news)
        room.incidents.receipts_changed.connect(self._on_news)
        SeenTimer(self, _TICK_MS, self.refresh)

    def _on_news(self) -> None:
        self._is_new = True

    def _on_units(self) -> None:
        self._ready = None

    def refresh(self) -> None:
        super().refresh()
        state = self.state
        facts = state.facts if isinstance(state, ClockPanelState) else None
        ticking = Ticking() if facts is None else self._ticking(facts)
        if ticking != self.ticking:
            self.ticking = ticking
            self.update(self._digits)

    # ---- what there is ----------------------------------------------------------------------

    def _now(self) -> datetime:
        room = self.context.room
        return room.health.platform_now(room.clock)

    def state_now(self) -> ClockPanelState:
        room, title = self.context.room, self.panel.title
        is_linked = room.health.link_connected
        old = "" if is_linked else self.tr("链路断开")
        known = room.incidents.open()
        if known:
            facts = self._looked_at(known[0])
            gone_s = (self._now() - facts.begun_at).total_seconds()
            return ClockPanelState(title, facts, len(known), max(int(gone_s // 60), 0), old)
        self._facts = None
        if not room.incidents.offered:
            return ClockPanelState(title, old=old, why=self.tr("平台没有应急响应接口"))
        if not (is_linked and room.incidents.is_told):  # then none is no calm
            return ClockPanelState(title, old=old, why=self.tr("进行中的应急尚未取得"))
        last = last_words(room, self.panel.target, self._now())
        if self._ready is None:
            self._ready = ready_rows(room.units.rows())
        calm = self.tr("没有进行中的应急")
        return ClockPanelState(title, old=old, calm=calm, last=last, ready=self._ready)

    def _looked_at(self, one: Incident) -> IncidentFacts:
        room = self.context.room
        now_s = room.clock.monotonic_s()
        same = self._facts is not None and self._facts.incident_id == one.incident_id
        if not same or self._is_new or now_s - self._looked_s >= _FACTS_S or self._facts is None:
            if not same:
                self._matrix = ReceiptMatrix()
            self._matrix.show(one)
            for item in (*one.orders, *one.messages):
                self._matrix.take(item.order_id, room.incidents.receipts(item.order_id))
            self._facts = facts_of(
                room, one, self._matrix, self._now(), self.panel.target, self.context.is_wall
            )
            self._looked_s, self._is_new = now_s, False
        return self._facts

    def _ticking(self, facts: IncidentFacts) -> Ticking:
        gone_s = int((self._now() - facts.begun_at).total_seconds())
        time = span_words(gone_s)
        goal_s = facts.goal_min * 60
        if facts.there_at is not None:
            there_s = (facts.there_at - facts.begun_at).total_seconds()
            words = self.tr("首到 {0} 达标") if there_s <= goal_s else self.tr("首到 {0} 未达标")
            return Ticking(time, words.format(span_words(there_s)), there_s > goal_s)
        left_s = goal_s - gone_s
        if left_s >= 0:
            return Ticking(time, self.tr("剩 {0}").format(span_words(left_s)))
        return Ticking(time, self.tr("已超 {0}").format(span_words(-left_s)), True)

    def spoken(self, state: object) -> str:
        assert isinstance(state, ClockPanelState)
        facts = state.facts
        if facts is None:
            ready = [f"{label} {value}" for label, value in state.ready]
            words = (state.title, state.why or state.calm, *state.last, *ready)
            return "；".join(filter(None, words))
        minutes = self.tr("已 {0} min，目标 {1:g} min").format(state.now_min, facts.goal_min)
        rows = [f"{row.name} {row.title} {row.time} {row.since}".strip() for row in facts.rows]
        extra = [f"{label} {value}" for label, value in facts.facts]
        return "；".join(
            (self._head_words(state), facts.title, facts.signed, minutes, *rows, *extra)
        )

    def _head_words(self, state: ClockPanelState) -> str:
        facts = state.facts
        if facts is not None and facts.is_drill:
            return self.tr("演练进行中 {0} 起").format(state.count)
        if facts is not None and facts.is_draft:
            return self.tr("应急待复核 {0} 起").format(state.count)
        return self.tr("{0} {1} 起").format(state.title or self.tr("应急进行中"), state.count)

    # ---- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each second only the digits; their ground is the panel's."""
        state = self.state
        facts = state.facts if isinstance(state, ClockPanelState) else None
        if facts is None or not self._digits.contains(event.rect()):
            super().paintEvent(event)
            return
        self.ticks += 1
        painter = QPainter(self)
        painter.fillRect(self._digits, colour("bg1"))
        self._paint_digits(painter, facts)

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, ClockPanelState)
        if state.facts is None:
            self._digits = QRect()
            self._paint_rest(painter, body, state)
            return
        facts, scale = state.facts, self.context.scale
        at = _Places(body, facts, scale.body_px, scale.title_px, scale.gap_px)
        self._paint_head(painter, at, state, facts)
        self._digits = at.digits
        self._paint_digits(painter, facts)
        paint_minutes(painter, at.line, self._minutes(state, facts), scale.body_px)
        for row, box in zip(facts.rows, at.rows, strict=False):
            self._paint_step(painter, box, row)
        if at.facts:
            rule = QRect(body.left(), at.facts[0].top() - 1, body.width(), 1)
            painter.fillRect(rule, colour("line"))
        for (label, value), box in zip(facts.facts, at.facts, strict=False):
            write(painter, box, label, scale.body_px, "text2")
            room = box.adjusted(width_of(label, scale.body_px) + scale.gap_px, 0, 0, 0)
            write(painter, room, value, scale.body_px, "text", align="right")

    def _minutes(self, state: ClockPanelState, facts: IncidentFacts) -> MinuteLine:
        if facts.there_at is None:
            return MinuteLine(facts.goal_min, float(state.now_min), facts.expected_min)
        there_min = (facts.there_at - facts.begun_at) / timedelta(minutes=1)
        return MinuteLine(facts.goal_min, there_min, None, True)

    def _paint_rest(self, painter: QPainter, body: QRect, state: ClockPanelState) -> None:
        """Nothing runs, or nobody knows."""
        scale = self.context.scale
        room = write_heading(painter, body, Heading(self.tr("应急"), "", state.old), scale)
        if state.why:
            write_nothing(painter, room, scale, state.why)
            return
        row = round(scale.body_px * 1.7)
        below = QRect(room.left(), room.bottom() + 1 - row * len(state.ready), room.width(), row)
        if below.top() - room.top() >= line_px(scale.title_px) * 3:
            self._paint_ready(painter, below, state.ready)
            room.setBottom(below.top() - scale.gap_px)
        high = line_px(scale.title_px) + len(state.last) * line_px(scale.body_px) + scale.gap_px
        top = room.top() + max((room.height() - high) // 2, 0)
        line = QRect(room.left(), top, room.width(), line_px(scale.title_px))
        write(painter, line, state.calm, scale.title_px, "text", align="centre")
        line = QRect(line.left(), line.bottom() + 1 + scale.gap_px, line.width(),
                     line_px(scale.body_px))  # fmt: skip
        for number, words in enumerate(state.last):
            at = line.translated(0, number * line.height())
            write(painter, at, words, scale.body_px, "text2", align="centre")

    def _paint_ready(
        self, painter: QPainter, first: QRect, ready: tuple[tuple[str, str], ...]
    ) -> None:
        px = self.context.scale.body_px
        if ready:
            painter.fillRect(QRect(first.left(), first.top() - 1, first.width(), 1), colour("line"))
        for number, (label, value) in enumerate(ready):
            box = first.translated(0, number * first.height())
            write(painter, box, value, px, "text", True, "right")
            room = box.adjusted(0, 0, -width_of(value, px, True) - px // 2, 0)
            write(painter, room, label, px, "text2")

    def _paint_head(
        self, painter: QPainter, at: "_Places", state: ClockPanelState, facts: IncidentFacts
    ) -> None:
        scale = self.context.scale
        side = round(scale.title_px * 1.25)
        left = at.head.left() + side * 0.08  # a triangle reaches beyond its square
        box = QRectF(left, at.head.center().y() - side / 2, side, side)
        paint_level(painter, box, facts.level, LevelLook.OUTLINE)
        words = at.head.adjusted(side + scale.gap_px, 0, 0, 0)
        if state.old:
            used = paint_doubt(painter, words, state.old, scale)
            words = words.adjusted(0, 0, -round(used) - scale.gap_px, 0)
        write(painter, words, self._head_words(state), scale.title_px, "text", True)
        more = state.count - 1
        others = self.tr("另有 {0} 起").format(more) if more > 0 else ""
        room = at.name.adjusted(0, 0, -width_of(others, scale.body_px) - 4, 0)
        write(painter, room, facts.title, scale.body_px, "text")
        write(painter, at.name, others, scale.body_px, "text2", align="right")
        write(painter, at.signed, facts.signed, scale.body_px, "text2")

    def _paint_digits(self, painter: QPainter, facts: IncidentFacts) -> None:
        """The giant time, and below it the target with what is left."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)  # so large, they are outlines
        scale, box = self.context.scale, self._digits
        below = line_px(scale.body_px)
        big = box.adjusted(0, 0, 0, -below)
        likeness = "8" * len(self.ticking.time)  # as wide at every second
        px = fitting_px(likeness, big.width(), min(round(scale.body_px * _BIG), big.height()), 8,
                        True)  # fmt: skip
        write(painter, big, self.ticking.time, px, "text", True)
        line = QRect(box.left(), box.bottom() - below + 1, box.width(), below)
        left = self.ticking.left
        goal = self.tr("目标 {0:g} min 到场").format(facts.goal_min)
        if self.ticking.is_over:
            used = plate_width(left, scale.body_px, DOWN)
            base = line.center().y() + scale.body_px * 0.37
            paint_plate(painter, line.right() + 1, base, left, scale.body_px, DOWN)
        else:
            used = width_of(left, scale.body_px, True)
            write(painter, line, left, scale.body_px, "text", True, "right")
        goal_room = line.adjusted(0, 0, -round(used) - scale.gap_px, 0)
        write(painter, goal_room, goal, scale.body_px, "text2")

    def _paint_step(self, painter: QPainter, box: QRect, row: StepRow) -> None:
        """●: come; ○: not yet; ◇: expected. The words say the same."""
        scale = self.context.scale
        px = scale.body_px
        radius = px * 0.16
        at = QPointF(box.left() + radius + 2, box.center().y() + 0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("text"), max(px / 16, 1.5)))
        painter.setBrush(colour("text") if row.come else Qt.BrushStyle.NoBrush)
        if not row.is_expected:
            painter.drawEllipse(at, radius, radius)
        painter.restore()
        if row.is_expected:
            paint_diamond(painter, at, radius * 1.3)
        label = box.adjusted(round(px * 0.75), 0, 0, 0)
        token = "text" if row.come or row.is_expected else "text2"
        write(painter, label, f"{row.name} {row.title}", px, token)
        time = box.adjusted(round(box.width() * 0.43), 0, 0, 0)
        since = width_of(row.since, px, row.is_late)
        write(painter, box, row.since, px, "text", row.is_late, "right")
        if row.is_late and row.since:
            side = round(px * 0.5)
            mark = QRect(box.right() - since - side - px // 4, box.center().y() - side // 2, side,
                         side)  # fmt: skip
            paint_triangle(painter, mark, True, "focus")
            since += side + px // 3
        write(painter, time.adjusted(0, 0, -since - scale.gap_px // 2, 0), row.time, px, "text2")


class _Places:
    """Where the parts of a running response lie. Where there is little room the facts go first,
    then the rows of the steps; the digits stay."""

    def __init__(
        self, body: QRect, facts: IncidentFacts, body_px: int, title_px: int, gap_px: int
    ) -> None:
        self._body, self._y, self._px = body, body.top(), body_px
        row = round(body_px * 1.42)
        self.head = self._take(line_px(title_px))
        self.name, self.signed = self._take(row), self._take(row)
        least, axis = round(body_px * _ROW_LEAST), round(body_px * 2.2)
        room = body.bottom() + 1 - self._y - row - axis - gap_px
        likeness = fitting_px("88:88", body.width(), round(body_px * _BIG), 8, True)
        big = min(likeness, max(room - least * len(facts.rows), body_px * 2))
        rows = len(facts.rows) + len(facts.facts)
        spare = room - big - round(rows * body_px * _ROW_MOST)
        air = min(max(spare // 3, 0), body_px * 2)
        self._y += air // 2
        self.digits = self._take(big + row)
        self._y += gap_px // 4 + air // 2
        self.line = self._take(axis)
        self._y += gap_px // 2 + air
        self._take_rows(facts, least)

    def _take(self, high: int) -> QRect:
        box = QRect(self._body.left(), self._y, self._body.width(), high)
        self._y += high
        return box

    def _take_rows(self, facts: IncidentFacts, least: int) -> None:
        left = max(self._body.bottom() + 1 - self._y, 0)
        steps = min(len(facts.rows), left // least)
        extra = min(len(facts.facts), max(left // least - steps, 0))
        high = max(left // max(steps + extra, 1), least)
        high = min(high, round(self._px * _ROW_MOST))
        self.rows = rows_of(self._take(steps * high), steps, least, high)
        self.facts = rows_of(self._take(extra * high), extra, least, high)
