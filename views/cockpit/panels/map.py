"""只显异常: the city without names and colours, and on it only what is not as it should be."""

from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.alarms import Alarm
from desktop.domain.cockpit.cockpit_file import Drill, Panel
from desktop.domain.cockpit.metrics import CITY
from desktop.domain.freshness import Freshness
from desktop.stores.feed_watch import FeedWatch
from desktop.stores.throttle import Throttle
from views.cockpit.panel import CockpitPanel, PanelContext
from views.cockpit.panels import map_painting
from views.cockpit.panels.map_ground import FRAME, MapGround
from views.cockpit.panels.map_marks import (
    ABNORMAL,
    Cluster,
    Mark,
    Shown,
    clusters,
    is_wanted,
    shown,
    with_value,
)
from views.cockpit.words import stale_words
from widgets.level_badge import level_word
from widgets.map_ground import View

ALARM_FEED = "alarms"
_AT_MOST_MS = 1000
_SHORTEST_AGE_S = 10.0
_SMALLEST_M, _LEAST_PX_M = 3000.0, 0.004
_NEAR = dict(zip(ABNORMAL, (0.8, 1.2, 1.8), strict=True))
"""Marks of a level so many of their sizes apart stand as one: the graver, the rarer."""
_EDGE_SHARE = 0.06
"""Of the width and height, free around the outermost marks when the section is chosen."""
_WHOLE = ((-3000.0, -2250.0), (3000.0, 2250.0))


class MapState(NamedTuple):
    """`doubt`: how old the alarms are, empty while they are live."""

    shown: Shown
    view: View
    doubt: str
    approval: str


class MapPanel(CockpitPanel):
    """The section stays until a mark leaves it: nothing swims under the eye."""

    def __init__(self, panel: Panel, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(panel, context, parent)
        self._watch = FeedWatch(context.room.health, ALARM_FEED, context.room.clock, self)
        self._view: View | None = None
        self._is_started = False
        self._clusters: tuple[Cluster, ...] = ()
        self.ground = MapGround(context.room, self)
        self.ground.changed.connect(self.update)
        self._soon = Throttle(self._on_news, _AT_MOST_MS, self)
        context.room.alarms.changed.connect(self._soon.call)
        self._watch.changed.connect(self._soon.call)

    def start(self) -> None:
        self._is_started = True
        self._view = None
        self.ground.read()
        super().start()

    def stop(self) -> None:
        self._is_started = False
        super().stop()

    def _on_news(self) -> None:
        if self._is_started:
            self.refresh()

    # ---- state ------------------------------------------------------------------------------

    def state_now(self) -> MapState:
        room, wanted = self.context.room, self.panel.filter
        classes = {one.class_id: one for one in room.alarm_classes.rows()}
        scope = self.context.scope_id if self.context.scope_id != CITY else ""
        found = shown(
            (one for one in room.alarms.items().values() if is_wanted(one, wanted, classes, scope)),
            self._words,
        )
        live = self._watch.freshness is Freshness.LIVE
        age_s = self._watch.age_s
        aged = age_s if age_s is not None and age_s >= _SHORTEST_AGE_S else None
        doubt = "" if live else stale_words(aged)
        number = room.settings.map_approval_number
        known, missing = self.tr("审图号 {0}"), self.tr("审图号未配置，仅限内部演示")
        approval = known.format(number) if number else missing
        return MapState(found, self._section(found.marks), doubt, approval)

    def _words(self, alarm: Alarm) -> str:
        point = self.context.room.points.get(alarm.point_id or "")
        if point is None:
            return with_value(alarm.title, alarm)
        value = "" if alarm.value is None else f"{alarm.value:g} {alarm.unit}".rstrip()
        return f"{point.name} {value}".rstrip()

    def _section(self, marks: tuple[Mark, ...]) -> View:
        view = self._view
        places = [FRAME.plane(one.lon_deg, one.lat_deg) for one in marks]
        if view is not None and (view.width_px, view.height_px) == (self.width(), self.height()):
            edge = map_painting.mark_px(self.context.scale, marks[0].level) / 2 if marks else 0.0
            head, foot = self._head_foot()
            inside = self.rect().adjusted(
                round(edge), round(edge + head), -round(edge), -round(edge + foot)
            )  # fmt: skip
            if all(inside.contains(view.at(*place).toPoint()) for place in places):
                return view
        self._view = self._fitting(places)
        self.ground.want(self._view, map_painting.unit_px(self.context.scale))
        return self._view

    def _fitting(self, places: list[tuple[float, float]]) -> View:
        east, south = zip(*(places or _WHOLE), strict=True)
        wide = max(max(east) - min(east), _SMALLEST_M / 2)
        high = max(max(south) - min(south), _SMALLEST_M / 3)
        head, foot = self._head_foot()
        width, height = max(self.width(), 60), max(self.height() - head - foot, 60)
        share = 1 - 2 * _EDGE_SHARE
        scale = min(width * share / wide, height * share / high, width / _SMALLEST_M)
        scale = max(scale, _LEAST_PX_M)
        middle = (
            (max(east) + min(east)) / 2,
            (max(south) + min(south)) / 2 - (head - foot) / 2 / scale,
        )
        return View(*middle, scale, max(self.width(), 1), max(self.height(), 1))

    def _head_foot(self) -> tuple[int, int]:
        """What of the height is for counts, and for scale and approval."""
        scale = self.context.scale
        return map_painting.head_px(scale), map_painting.foot_px(scale)

    def spoken(self, state: object) -> str:
        assert isinstance(state, MapState)
        counts = [
            f"{level_word(level)} {count}" for level, count in state.shown.counts if count
        ]  # fmt: skip
        return "，".join([f"{self._title()} {state.shown.total}", *counts])

    def _title(self) -> str:
        return self.panel.title or self.tr("只显异常")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.state is not None:
            self.refresh()

    # ---- painting ---------------------------------------------------------------------------

    def body(self) -> QRect:
        """The map reaches to the edges of the panel."""
        return self.rect()

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, MapState)
        scale, view = self.context.scale, state.view
        map_painting.paint_base(painter, body, self.ground, view)
        self._clusters = clusters(
            state.shown.marks,
            lambda one: _at(view, one),
            {level: map_painting.mark_px(scale, level) * share for level, share in _NEAR.items()},
        )
        taken = map_painting.paint_head(
            painter, body, self._title(), state.shown, state.doubt, scale
        )
        map_painting.paint_foot(painter, body, view, state.approval, scale)
        map_painting.paint_clusters(painter, body, self._clusters, taken, scale)

    def drill_at(self, x: int, y: int) -> object:
        """A mark leads to the alarms of its level, unless the panel has a way of its own."""
        reach = map_painting.mark_px(self.context.scale, ABNORMAL[0]) / 2
        for one in reversed(self._clusters):
            if abs(one.x - x) <= reach and abs(one.y - y) <= reach:
                return Drill(view="alarms", filter={"level": one.mark.level.value})
        return self.panel.drill


def _at(view: View, mark: Mark) -> tuple[float, float]:
    place = view.at(*FRAME.plane(mark.lon_deg, mark.lat_deg))
    return place.x(), place.y()
