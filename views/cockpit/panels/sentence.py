"""The state of the city: a shape, a word, one sentence and up to three reasons with their links."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.domain.cockpit.cockpit_file import Drill, Panel
from desktop.domain.cockpit.metrics import CITY, Metric, ScopeKind
from desktop.domain.cockpit.series import Against, MetricSeries
from desktop.domain.cockpit.state_rules import CityState, StateFile, StateOfCity, state_of_city
from desktop.domain.levels import WarningLevel
from desktop.stores.metrics import Subscription
from views.cockpit.painting import line_px
from views.cockpit.panel import CockpitPanel, PanelContext
from views.cockpit.panels.writing import width_of, write
from views.cockpit.words import stale_words
from widgets.hatch import paint_hatch
from widgets.level_badge import LevelLook, paint_level
from widgets.theme import colour
from widgets.times import hh_mm, hh_mm_ss, local

_NUMBERS = "①②③"
_CLOCK = 2.1  # height of the clock, in heights of the body type
_HOURS = {Against.DAY: 25.0, Against.WEEK: 169.0, Against.MONTH: 721.0, Against.YEAR: 8737.0}
"""Behind the present, for a rule that compares."""


class ReasonLine(NamedTuple):
    text: str
    drill: Drill | None


class SentenceState(NamedTuple):
    """`state` None: the rules are not read yet. `old`: how old, where nothing is fresh."""

    state: CityState | None
    sentence: str
    reasons: tuple[ReasonLine, ...] = ()
    rest: str = ""
    day: str = ""
    time: str = ""
    as_of: str = ""
    is_demo: bool = False


class SentencePanel(CockpitPanel):
    """By resources/cockpits/state_rules.yaml, or the profile's own. On a district's screen those
    rules speak that are told for districts."""

    def __init__(self, panel: Panel, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(panel, context, parent)
        self._rules: StateFile | None = None
        self._read_from: StateFile | None = None
        self._subscriptions: list[Subscription] = []
        self._is_started = False
        self._places: list[tuple[QRect, Drill]] = []
        if not context.is_wall:
            self.setMouseTracking(True)

    # ---- life -------------------------------------------------------------------------------

    def start(self) -> None:
        self._is_started = True
        super().start()

    def stop(self) -> None:
        self._is_started = False
        self._unsubscribe()
        super().stop()

    def _look_at_rules(self) -> None:
        """They may come after the panel, and change while it is seen."""
        files = self.context.files()
        read = files.state if files is not None else None
        if read is not self._read_from:
            self._read_from = read
            self._rules = None if read is None else self._of_scope(read)
            self._unsubscribe()
        if self._is_started and not self._subscriptions and self._rules is not None:
            self._subscribe(self._rules)

    def _of_scope(self, read: StateFile) -> StateFile:
        if self.context.scope_id == CITY:
            return read
        registry = self.context.room.metrics.registry
        told_for = tuple(
            rule for rule in read.rules
            if (metric := registry.get(rule.metric)) and metric.is_told_for(ScopeKind.DISTRICT)
        )  # fmt: skip
        return StateFile(calm=read.calm, unknown=read.unknown, rules=told_for, rest=read.rest)

    def _subscribe(self, rules: StateFile) -> None:
        hours: dict[float, set[str]] = {}
        for rule in rules.rules:
            behind = _HOURS.get(rule.against, 0.0) if rule.grown_by is not None else 0.0
            hours.setdefault(behind, set()).add(rule.metric)
        store = self.context.room.metrics
        self._subscriptions = [
            store.subscribe(sorted(names), self.context.scope_id, hours=behind,
                            refresh_s=self.panel.refresh_s)
            for behind, names in sorted(hours.items())
        ]  # fmt: skip

    def _unsubscribe(self) -> None:
        for one in self._subscriptions:
            one.cancel()
        self._subscriptions = []

    # ---- what there is ----------------------------------------------------------------------

    def state_now(self) -> SentenceState:
        self._look_at_rules()
        now = local(self.context.room.health.platform_now(self.context.room.clock))
        day = f"{now:%m-%d} {self._weekday(now.weekday())}"
        platform = self.context.room.session.platform
        is_demo = platform is not None and platform.standin
        rules = self._rules
        if rules is None:
            files = self.context.files()
            why = self.tr("正在读取规则") if files is None else self.tr("没有可用的状态规则")
            return SentenceState(None, why, day=day, time=hh_mm(now), is_demo=is_demo)
        if not self._is_any_told(rules):
            why = self.context.room.metrics.error or self.tr("正在取数")
            return SentenceState(None, why, day=day, time=hh_mm(now), is_demo=is_demo)
        found = self._judged(rules)
        reasons = tuple(ReasonLine(one.text, one.drill) for one in found.reasons)
        return SentenceState(
            found.state, found.sentence, reasons, self._rest(found), day, hh_mm(now),
            self._as_of(rules), is_demo,
        )  # fmt: skip

    def _is_any_told(self, rules: StateFile) -> bool:
        store, scope = self.context.room.metrics, self.context.scope_id
        return any(store.series(rule.metric, scope) is not None for rule in rules.rules)

    def _weekday(self, number: int) -> str:
        return (
            self.tr("周一"), self.tr("周二"), self.tr("周三"), self.tr("周四"), self.tr("周五"),
            self.tr("周六"), self.tr("周日"),
        )[number]  # fmt: skip

    def _word(self, state: CityState | None) -> str:
        words = {
            CityState.NORMAL: self.tr("正常"),
            CityState.WATCH: self.tr("关注"),
            CityState.ABNORMAL: self.tr("异常"),
        }
        return self.tr("不明") if state is None else words.get(state, self.tr("不明"))

    def _judged(self, rules: StateFile) -> StateOfCity:
        store, scope = self.context.room.metrics, self.context.scope_id

        def is_fresh(metric: Metric, _: MetricSeries) -> bool:
            return not store.is_stale(metric.metric_id, scope)

        names = {rule.metric for rule in rules.rules}
        known = {name: one for name in names if (one := store.series(name, scope)) is not None}
        return state_of_city(rules, store.registry, known, is_fresh)

    def _rest(self, found: StateOfCity) -> str:
        """What stands behind the reasons: further ones, and what is not known."""
        words = [self.tr("另有 {0} 条").format(found.more)] if found.more else []
        if found.missing:
            registry = self.context.room.metrics.registry
            metrics = [registry.get(name) for name in found.missing]
            names = [one.name for one in metrics if one is not None] or list(found.missing)
            text = "、".join(names[:3])
            text += self.tr(" 等 {0} 项").format(len(names)) if len(names) > 3 else ""
            words.append(self.tr("没有更新：{0}").format(text))
        elif not found.reasons:
            words.append(self.tr("{0} 条规则均未触发").format(self._rule_count()))
        return " · ".join(words)

    def _rule_count(self) -> int:
        return len(self._rules.rules) if self._rules is not None else 0

    def _as_of(self, rules: StateFile) -> str:
        """To when what the sentence rests on is complete: the oldest of what is fresh and
        needed; when nothing is fresh, the newest of all."""
        store, scope = self.context.room.metrics, self.context.scope_id
        needed = {rule.metric for rule in rules.rules if rule.needed}
        told_of = [(name, store.series(name, scope)) for name in sorted(needed)]
        known = [(name, one.present.as_of) for name, one in told_of if one is not None
                 and one.present.as_of is not None]  # fmt: skip
        fresh = [at for name, at in known if not store.is_stale(name, scope)]
        if fresh:
            return self.tr("截至 {0}").format(hh_mm_ss(min(fresh)))
        if not known:
            return self.tr("没有数据")
        at = max(at for _, at in known)
        now = self.context.now()
        word = hh_mm_ss(at) if local(at).date() == local(now).date() else f"{local(at):%m-%d %H:%M}"
        old = stale_words((now - at).total_seconds())
        return self.tr("截至 {0}").format(word) + f" · {old}"

    def spoken(self, state: object) -> str:
        assert isinstance(state, SentenceState)
        word = self._word(state.state) if state.state is not None else ""
        reasons = [f"{_NUMBERS[n]} {one.text}" for n, one in enumerate(state.reasons[:3])]
        parts = [word, state.sentence, *reasons, state.rest, state.as_of]
        return "；".join(filter(None, parts))

    # ---- a hand on it -----------------------------------------------------------------------

    def drill_at(self, x: int, y: int) -> object:
        """Of the reason that lies there."""
        for box, drill in self._places:
            if box.contains(x, y):
                return drill
        return self.panel.drill

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        leads = not self.context.is_wall and self.drill_at(at.x(), at.y()) is not None
        shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)
        super().mouseMoveEvent(event)

    # ---- painting ---------------------------------------------------------------------------

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, SentenceState)
        scale = self.context.scale
        gap = scale.gap_px
        left = self._paint_state(painter, body, state)
        right = self._paint_clock(painter, body, state)
        middle = QRect(left + gap, body.top(), right - left - 2 * gap, body.height())
        reasons = line_px(scale.body_px)
        px = self._sentence_px(state.sentence, middle, reasons)
        high = line_px(px)
        top = middle.top() + max((middle.height() - high - reasons) // 2, 0)
        line = QRect(middle.left(), top, middle.width(), high)
        token = "text2" if state.state in (None, CityState.UNKNOWN) else "text"
        write(painter, line, state.sentence, px, token, True)
        below = QRect(middle.left(), line.bottom() + 1, middle.width(), reasons)
        self._paint_reasons(painter, below, state)

    def _sentence_px(self, text: str, room: QRect, below_px: int) -> int:
        """As large as there is room for, never smaller than the body type."""
        scale = self.context.scale
        for px in range(scale.headline_px, scale.body_px, -2):
            if width_of(text, px, True) <= room.width() and line_px(px) + below_px <= room.height():
                return px
        return scale.body_px

    def _paint_state(self, painter: QPainter, body: QRect, state: SentenceState) -> int:
        """The shape and the word; gives where they end, with the line behind them."""
        scale = self.context.scale
        px = min(scale.state_px, round(body.height() / 1.2))
        side = min(round(px * 1.25), body.height())
        box = QRectF(body.left(), body.center().y() - side / 2, side, side)
        word = self._word(state.state)
        self._paint_shape(painter, box, state.state)
        left = round(box.right()) + scale.gap_px
        wide = width_of(word, px, True)
        token = "text2" if state.state in (None, CityState.UNKNOWN) else "text"
        write(painter, QRect(left, body.top(), wide + 4, body.height()), word, px, token, True)
        x = left + wide + scale.gap_px * 2
        painter.fillRect(QRect(x, body.top(), 2, body.height()), colour("line"))
        return x + scale.gap_px

    def _paint_shape(self, painter: QPainter, box: QRectF, state: CityState | None) -> None:
        """Octagon, diamond, an empty circle, a hatched square: distinct without colour."""
        levels = {CityState.ABNORMAL: WarningLevel.RED, CityState.WATCH: WarningLevel.YELLOW}
        level = levels.get(state) if state is not None else None
        if level is not None:
            out = box.width() * 0.05  # a diamond reaches beyond its square
            paint_level(painter, box.adjusted(out, out, -out, -out), level, LevelLook.FILLED)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = box.width() * 0.06
        inner = box.adjusted(wide, wide, -wide, -wide)
        if state is CityState.NORMAL:
            painter.setPen(QPen(colour("text2"), wide))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(inner)
            painter.setPen(QPen(colour("text"), wide * 1.2, Qt.PenStyle.SolidLine,
                                Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))  # fmt: skip
            painter.drawPolyline(_tick(inner))
        else:
            paint_hatch(painter, inner, alpha=0.9)
            painter.setPen(QPen(colour("stale"), wide * 0.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(inner)
        painter.restore()

    def _paint_clock(self, painter: QPainter, body: QRect, state: SentenceState) -> int:
        """Day and time at the right, below them whose data and of when; gives their left end."""
        scale, gap = self.context.scale, self.context.scale.gap_px
        px = min(round(scale.body_px * _CLOCK), round(body.height() * 0.5))
        below = "　".join(filter(None, (self.tr("演示数据") if state.is_demo else "", state.as_of)))
        high, small = line_px(px), line_px(scale.body_px)
        top = body.top() + max((body.height() - high - small) // 2, 0)
        first = QRect(body.left(), top, body.width(), high)
        write(painter, first, state.time, px, "text", align="right")
        wide = width_of(state.time, px) + gap
        write(painter, first.adjusted(0, 0, -wide, 0), state.day, scale.body_px, "text2",
              align="right")  # fmt: skip
        second = QRect(body.left(), first.bottom() + 1, body.width(), small)
        write(painter, second, below, scale.body_px, "text2", align="right")
        used = max(wide + width_of(state.day, scale.body_px), width_of(below, scale.body_px))
        return body.right() + 1 - used - gap

    def _paint_reasons(self, painter: QPainter, line: QRect, state: SentenceState) -> None:
        """Each with its place, for the drill; the last ones are cut where the room ends."""
        scale = self.context.scale
        px, gap = scale.body_px, scale.gap_px * 2
        self._places = []
        x = line.left()
        for number, reason in enumerate(state.reasons[: len(_NUMBERS)]):
            words = f"{_NUMBERS[number]} {reason.text}"
            wide = min(width_of(words, px), line.right() + 1 - x)
            box = QRect(x, line.top(), wide, line.height())
            write(painter, box, words, px, "text")
            if reason.drill is not None:
                self._places.append((box, reason.drill))
            x += wide + gap
            if x >= line.right():
                return
        write(painter, QRect(x, line.top(), line.right() + 1 - x, line.height()), state.rest,
              scale.body_px, "text2")  # fmt: skip


def _tick(box: QRectF) -> list[QPointF]:
    at = box.center()
    half = box.width() / 2
    return [
        QPointF(at.x() - half * 0.45, at.y()),
        QPointF(at.x() - half * 0.1, at.y() + half * 0.35),
        QPointF(at.x() + half * 0.45, at.y() - half * 0.35),
    ]
