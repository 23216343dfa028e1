"""What every panel of a cockpit is: values of metrics, painted only when they differ."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.cockpit_rules import CockpitFiles
from desktop.context import RoomContext
from desktop.domain.cockpit.cockpit_file import Panel
from desktop.domain.cockpit.metrics import Metric, ScopeKind
from desktop.domain.cockpit.series import MetricSeries
from desktop.stores.metrics import Subscription
from views.cockpit.painting import paint_nothing, paint_title, title_row
from views.cockpit.type_scale import TypeScale
from views.cockpit.words import translate
from widgets.plain_label import plain_tip
from widgets.theme import colour

RADIUS_PX = 4
_SMALL = 7
"""No margin is more than this part of the shorter side."""


@dataclass(frozen=True)
class PanelContext:
    """`scope_id`: whose values (`city`, or a district); `is_wall`: nobody's hand is on it: no
    hover, no drill; `files`: what the rules of state are read from, None until they are read."""

    room: RoomContext
    scale: TypeScale
    files: Callable[[], CockpitFiles | None]
    scope_id: str = "city"
    is_wall: bool = False

    def now(self) -> datetime:
        return self.room.clock.now()


@dataclass(frozen=True)
class MetricValue:
    """One metric as it stands: `series` None where nothing was told yet."""

    metric: Metric
    series: MetricSeries | None
    is_stale: bool
    name: str
    age_s: float | None

    @property
    def value(self) -> float | None:
        return None if self.series is None else self.series.present.value


class CockpitPanel(QWidget):
    """`refresh` asks `state_now` and repaints only when the answer differs from the last one.

    A subclass gives a frozen, comparable state and paints it; ground and margins are painted
    here. `drilled` carries the Drill of the panel, or of what was clicked in it.
    """

    drilled = Signal(object)
    HAS_TIP = True
    """A hover on a desk says the panel in words; False for one that has a pointer of its own."""

    def __init__(self, panel: Panel, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel, self.context = panel, context
        self.setObjectName(f"panel_{panel.id}")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._state: object = None
        self._subscription: Subscription | None = None
        self.paints = 0
        """How often it was painted: what is not new is not painted."""
        if panel.drill is not None and not context.is_wall:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    # ---- life -------------------------------------------------------------------------------

    def start(self) -> None:
        """Somebody looks: values are asked for from now on."""
        panel, context = self.panel, self.context
        if self._subscription is None and panel.metrics:
            self._subscription = context.room.metrics.subscribe(
                panel.metrics, context.scope_id, by=panel.by, hours=panel.hours,
                refresh_s=panel.refresh_s,
            )  # fmt: skip
        self.refresh()

    def stop(self) -> None:
        if self._subscription is not None:
            self._subscription.cancel()
            self._subscription = None

    def refresh(self) -> None:
        """Cheap when nothing is new."""
        state = self.state_now()
        if state != self._state:
            self._state = state
            words = self.spoken(state) if state is not None else self.panel.title
            self.setAccessibleName(words)
            if self.HAS_TIP and not self.context.is_wall:
                self.setToolTip(plain_tip(words))
            self.update()

    @property
    def state(self) -> object:
        return self._state

    # ---- for subclasses ---------------------------------------------------------------------

    def state_now(self) -> object:
        """Frozen and comparable: everything that the picture depends on, ages in the words that
        are shown, so that a second that changes no word repaints nothing."""
        raise NotImplementedError

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        """`body`: within the margins. `state` as `state_now` gave it."""
        raise NotImplementedError

    def spoken(self, state: object) -> str:
        """The panel in words, for a screen reader; also what a hover says."""
        return self.panel.title

    def drill_at(self, x: int, y: int) -> object:
        """The Drill of what lies there; that of the panel unless parts have their own."""
        return self.panel.drill

    def values(self) -> list[MetricValue]:
        """The metrics of the panel, as far as they are registered."""
        return [one for name in self.panel.metrics if (one := self.value_of(name)) is not None]

    def value_of(self, metric_id: str) -> MetricValue | None:
        store, scope = self.context.room.metrics, self.context.scope_id
        metric = store.registry.get(metric_id)
        if metric is None:
            return None
        return MetricValue(
            metric, store.series(metric_id, scope), store.is_stale(metric_id, scope),
            self.panel.names.get(metric_id, metric.name), store.age_s(metric_id, scope),
        )  # fmt: skip

    def units_of(self, metric_id: str) -> dict[str, MetricSeries]:
        """By unit, of a panel `by` district, street or org."""
        by = self.panel.by
        return {} if by is ScopeKind.CITY else self.context.room.metrics.units(metric_id, by)

    # ---- painting ---------------------------------------------------------------------------

    def least(self) -> tuple[float, float]:
        """Columns and rows of body type that the kind needs; with less its type is smaller."""
        return 7.0, 4.0

    @property
    def scale(self) -> TypeScale:
        return self.context.scale.within(self.width(), self.height(), *self.least())

    @property
    def margin_px(self) -> int:
        """Less in a panel that is too small for it."""
        return min(self.scale.gap_px, min(self.width(), self.height()) // _SMALL)

    def body(self) -> QRect:
        edge = self.margin_px
        return self.rect().adjusted(edge, edge, -edge, -edge)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paints += 1
        painter = QPainter(self)
        try:
            self._paint_all(painter)
        finally:
            painter.end()  # an error that leaves it open takes the process with it

    def _paint_all(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), colour("bg0"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("bg1"))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_PX, RADIUS_PX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._state is not None:
            self.paint(painter, self.body(), self._state)
        else:
            self._paint_unknown(painter)

    def _paint_unknown(self, painter: QPainter) -> None:
        """Not even the metrics are known yet: never an empty place."""
        scale = self.scale
        row, rest = title_row(self.body(), scale)
        paint_title(painter, row, self.panel.title, "", scale)
        paint_nothing(painter, rest, scale, translate("cockpit", "没有数据"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._state = None
            self.refresh()
        super().changeEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(at):
            drill = None if self.context.is_wall else self.drill_at(at.x(), at.y())
            if drill is not None:
                self.drilled.emit(drill)
