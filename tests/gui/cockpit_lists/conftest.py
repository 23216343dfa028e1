"""Panels that list things, on metrics made by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage

from desktop.cockpit_rules import CockpitFiles
from desktop.context import RoomContext
from desktop.domain.cockpit.cockpit_file import Panel, PanelKind, RowsOf
from desktop.domain.cockpit.metrics import CITY, Direction, Metric, Registry, ScopeKind
from desktop.domain.cockpit.series import Against, MetricSample, MetricSeries
from desktop.stores.metrics import MetricStore
from tests.gui.driving import room, run
from tests.gui.fake_room import FakeClock
from views.cockpit.panel import CockpitPanel, PanelContext
from views.cockpit.panels import KINDS
from views.cockpit.type_scale import TypeScale, desk_scale

__all__ = ["room", "run"]

UNITS = {"d1": "滨江区", "d2": "江北区", "d3": "东湖区", "d4": "西城区"}
METRICS = [
    Metric(metric_id="c.calls", name="诉求", unit="件", source="x", direction=Direction.DOWN,
           scope=ScopeKind.DISTRICT),
    Metric(metric_id="c.noise", name="噪声", unit="件", source="x", direction=Direction.DOWN),
    Metric(metric_id="c.stall", name="占道", unit="件", source="x", direction=Direction.DOWN),
    Metric(metric_id="c.rate", name="按期率", unit="%", source="x", direction=Direction.UP,
           decimals=1, target=95.0, scope=ScopeKind.DISTRICT),
    Metric(metric_id="c.mood", name="满意率", unit="%", source="x", direction=Direction.UP,
           decimals=1, scope=ScopeKind.DISTRICT),
    Metric(metric_id="a.red", name="特急告警", unit="件", source="x", direction=Direction.DOWN),
]  # fmt: skip


class World:
    """A room with a metric store of its own, whose clock stands."""

    def __init__(self, room: RoomContext) -> None:
        assert isinstance(room.clock, FakeClock)
        self.clock = room.clock
        self.store = MetricStore(clock=self.clock)
        self.store.put_registry(Registry(METRICS))
        # What the link tells once, beside the values.
        self.store._names = dict(UNITS)  # pyright: ignore[reportPrivateUsage]
        self.room = replace(room, metrics=self.store)
        self.files: CockpitFiles | None = None
        self.scale: TypeScale = desk_scale(980)
        self.scope = CITY
        self.made: list[CockpitPanel] = []

    def series(
        self, name: str, value: float | None, scope: str = CITY, *, age_s: float = 10.0,
        before: float | None = None, values: tuple[float | None, ...] = (), n: float = 500.0,
    ) -> MetricSeries:  # fmt: skip
        now = self.clock.now()
        at = now - timedelta(seconds=age_s)
        return MetricSeries(
            metric_id=name, scope_id=scope, start=now - timedelta(hours=len(values) - 1 or 0),
            step_s=3600.0, values=values,
            present=MetricSample(metric_id=name, scope_id=scope, at=at, as_of=at, value=value, n=n,
                                 source_id="x"),
            earlier={} if before is None else {Against.DAY: before},
        )  # fmt: skip

    def tell(self, name: str, value: float | None, scope: str = CITY, **more: Any) -> None:
        self.store.take([self.series(name, value, scope, **more)], bool(more.get("values")))

    def panel(
        self, kind: str, *metrics: str, size: tuple[int, int] = (440, 400), wall: bool = False,
        **facts: Any,
    ) -> Any:  # fmt: skip
        """Started, and painted once."""
        for name, kind_of in (("by", ScopeKind), ("rows", RowsOf), ("comparison", Against)):
            if name in facts:
                facts[name] = kind_of(facts[name])
        panel = Panel(kind=PanelKind(kind), id=kind, metrics=metrics,
                      title=facts.pop("title", "标题"), **facts)  # fmt: skip
        context = PanelContext(self.room, self.scale, lambda: self.files, self.scope, wall)
        made = KINDS[panel.kind](panel, context)
        made.resize(*size)
        made.start()
        made.grab()
        self.made.append(made)
        return made


@pytest.fixture
def world(room: RoomContext) -> Any:
    made = World(room)
    yield made
    for panel in made.made:
        panel.stop()
        panel.hide()  # closing the last window would end the loop
        panel.deleteLater()


@pytest.fixture
def greys() -> Callable[[CockpitPanel], QImage]:
    """The panel as one sees it without colour."""

    def grab(panel: CockpitPanel) -> QImage:
        return panel.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)

    return grab


def saturated(image: QImage) -> int:
    """Pixels that have a colour of a level, not a grey of the theme."""
    found = 0
    for y in range(0, image.height(), 2):
        for x in range(0, image.width(), 2):
            colour: QColor = image.pixelColor(x, y)
            found += colour.saturation() > 120 and colour.value() > 90
    return found
