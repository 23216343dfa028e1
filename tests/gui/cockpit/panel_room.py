"""Panels of a cockpit on values made by hand, at a time that stands still."""

from datetime import UTC, datetime, timedelta
from functools import cache
from math import sin
from typing import Any

import numpy as np
from PySide6.QtGui import QImage

from desktop.cockpit_rules import read_metrics
from desktop.domain.cockpit.cockpit_file import Panel, PanelKind
from desktop.domain.cockpit.metrics import Registry
from desktop.domain.cockpit.series import Against, MetricSample, MetricSeries
from desktop.stores.metrics import MetricStore
from tests.rooms import room_of
from views.cockpit.panel import CockpitPanel, PanelContext
from views.cockpit.panels import KINDS
from views.cockpit.type_scale import TypeScale, desk_scale, wall_scale

NOW = datetime(2026, 7, 14, 2, 31, 5, tzinfo=UTC)
WALL, DESK = wall_scale(0.63, 4), desk_scale(980)


@cache
def _registry() -> Registry:
    return read_metrics()


class Clock:
    """Moves only by `at`."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def monotonic_s(self) -> float:
        return 0.0

    async def sleep(self, seconds_s: float) -> None:
        raise AssertionError("nothing here sleeps")


def series(
    metric_id: str, value: float | None, past: tuple[float | None, ...] | None = None, *,
    age_s: float = 5.0, n: float | None = None, earlier: dict[Against, float] | None = None,
    step_s: float = 3600.0,
) -> MetricSeries:  # fmt: skip
    """`past`: up to the last full step; a wave of 30 days unless given."""
    if past is None:
        base = 50.0 if value is None else value
        past = tuple(base * (1 + 0.02 * sin(hour / 7)) for hour in range(720))
    as_of = NOW - timedelta(seconds=age_s)
    end = NOW.replace(minute=0, second=0)
    sample = MetricSample(
        metric_id=metric_id, at=as_of, value=value, n=n, source_id="test",
        as_of=None if value is None else as_of,
    )  # fmt: skip
    return MetricSeries(
        metric_id=metric_id, present=sample, step_s=step_s, values=past, earlier=earlier or {},
        start=end - timedelta(seconds=step_s * (len(past) - 1)),
    )  # fmt: skip


def a_panel(kind: PanelKind, *metrics: str, **fields: Any) -> Panel:
    return Panel(kind=kind, id="p", metrics=metrics, **fields)


def shown(
    panel: Panel, *told: MetricSeries, scale: TypeScale = WALL, size: tuple[int, int] = (730, 340),
    is_wall: bool = True,
) -> CockpitPanel:  # fmt: skip
    clock = Clock()
    store = MetricStore(clock=clock)
    store.put_registry(_registry())
    store.take(told, with_hours=True)
    room = room_of(metrics=store, clock=clock, orders=None, questions=None)
    made = KINDS[panel.kind](panel, PanelContext(room, scale, lambda: None, is_wall=is_wall))
    made.resize(*size)
    made.refresh()
    return made


def move_on(panel: CockpitPanel, seconds_s: float) -> None:
    clock: Any = panel.context.room.clock
    clock.at += timedelta(seconds=seconds_s)
    panel.refresh()


def picture(panel: CockpitPanel) -> QImage:
    return panel.grab().toImage()


def lightness(image: QImage, x: int, y: int) -> int:
    return image.pixelColor(x, y).lightness()


def greys(image: QImage) -> Any:
    """[y, x], 0 to 255."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    lines = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return lines[:, : grey.width()].astype(int)


def brightest(image: QImage, left: int, top: int, right: int, bottom: int) -> int:
    return int(greys(image)[top:bottom, left:right].max())


def rim_is_empty(panel: CockpitPanel) -> bool:
    """Nothing is painted in the margin: neither cut off nor run over."""
    found, edge = greys(picture(panel)), panel.margin_px - 2
    found = abs(found - found[3, found.shape[1] // 2])
    along = [found[y, 6:-6].max() for y in (3, edge, -4, -1 - edge)]
    along += [found[6:-6, x].max() for x in (3, edge, -4, -1 - edge)]
    return max(along) < 12
