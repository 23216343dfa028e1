"""One cockpit as it is shown: its panels in their cells, rebuilt only where the file differs."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.cockpit.cockpit_file import BrokenPanel, Cockpit, Panel, Place
from desktop.domain.marked_yaml import FileFault
from views.cockpit.access import scope_of_panel
from views.cockpit.panel import CockpitPanel, PanelContext
from views.cockpit.panels import KINDS, BrokenPanelView
from views.cockpit.turns import Turns
from views.cockpit.type_scale import TypeScale
from widgets.theme import colour

STEP_PX = 4
_SETTLED_MS = 150
"""A window that is being drawn larger builds its panels anew once, at the end."""


def cell_rect(place: Place, size: QSize, columns: int, rows: int, gap_px: int) -> QRect:
    """Where a panel stands in a grid of this size: edges on multiples of STEP_PX, neighbours
    `gap_px` apart, the same distance around all of them."""

    def edge(number: int, count: int, length: int) -> int:
        inner = length - 2 * gap_px
        return gap_px + int(number * (inner + gap_px) / count) // STEP_PX * STEP_PX

    left = edge(place.column, columns, size.width())
    top = edge(place.row, rows, size.height())
    right = edge(place.column + place.columns, columns, size.width()) - gap_px
    below = edge(place.row + place.rows, rows, size.height()) - gap_px
    return QRect(left, top, max(right - left, 1), max(below - top, 1))


class _Built(NamedTuple):
    panel: Panel | BrokenPanel
    widget: QWidget


class CockpitGrid(QWidget):
    """`context_of` gives the context for a size; while it is hidden nothing asks for values."""

    drilled = Signal(object)  # Drill

    def __init__(
        self, context_of: Callable[[QSize], PanelContext], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("cockpit_grid")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._context_of = context_of
        self._context: PanelContext | None = None
        self._cockpit: Cockpit | None = None
        self._built: dict[str, _Built] = {}
        self._runs = False
        self.builds = 0
        """How many panels were made so far."""
        self._turns: Turns | None = None
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settled.timeout.connect(self._rescale)

    @property
    def cockpit(self) -> Cockpit | None:
        return self._cockpit

    @property
    def scale(self) -> TypeScale | None:
        return self._context.scale if self._context is not None else None

    def panels(self) -> tuple[CockpitPanel, ...]:
        """Those that work, in the order of the file."""
        widgets = (one.widget for one in self._built.values())
        return tuple(
            one
            for one in widgets
            if isinstance(one, CockpitPanel) and not isinstance(one, BrokenPanelView)
        )

    def widgets(self) -> tuple[QWidget, ...]:
        return tuple(one.widget for one in self._built.values())

    def show_cockpit(self, cockpit: Cockpit) -> None:
        """A panel whose lines in the file are the same goes on as it is."""
        if self._context is None:
            self._take_context()
        self._cockpit = cockpit
        self._build(cockpit)
        self._place()
        self.setAccessibleName(cockpit.title)

    # ---- building ---------------------------------------------------------------------------

    def _take_context(self) -> PanelContext:
        context = self._context = self._context_of(self.size())
        if self._turns is None:
            self._turns = Turns(context.room.clock, self)
            context.room.metrics.changed.connect(self._on_metrics)
            context.room.metrics.registry_changed.connect(self._hurry_all)
        return context

    def _build(self, cockpit: Cockpit) -> None:
        before, self._built = self._built, {}
        for placed in cockpit.panels:
            known = before.get(placed.panel.id)
            if known is not None and known.panel == placed.panel:
                self._built[placed.panel.id] = before.pop(placed.panel.id)
        for one in before.values():
            self._discard(one.widget)
        for placed in cockpit.panels:
            if placed.panel.id not in self._built:
                self._built[placed.panel.id] = _Built(placed.panel, self._make(placed.panel))
        self._built = {one.panel.id: self._built[one.panel.id] for one in cockpit.panels}

    def _make(self, panel: Panel | BrokenPanel) -> QWidget:
        assert self._context is not None
        assert self._turns is not None
        self.builds += 1
        if isinstance(panel, Panel) and (kind := KINDS.get(panel.kind)) is not None:
            made = kind(panel, self._context_for(panel), self)
            made.drilled.connect(self.drilled)
            self._turns.add(made, panel.refresh_s)
            if self._runs:
                made.start()
        else:
            made = BrokenPanelView(self._broken(panel), self._context, self)
        made.setVisible(True)
        return made

    def _context_for(self, panel: Panel) -> PanelContext:
        assert self._context is not None
        context = self._context
        scope_id = scope_of_panel(panel, context.room.metrics.registry, context.scope_id)
        return replace(context, scope_id=scope_id)

    def _broken(self, panel: Panel | BrokenPanel) -> BrokenPanel:
        if isinstance(panel, BrokenPanel):
            return panel
        file = self._cockpit.file if self._cockpit is not None else ""
        reason = self.tr("本版本没有 {0} 面板").format(panel.kind)
        return BrokenPanel(id=panel.id, title=panel.title, fault=FileFault(file, 0, reason))

    def _discard(self, widget: QWidget) -> None:
        if isinstance(widget, CockpitPanel):
            widget.stop()
            if self._turns is not None:
                self._turns.remove(widget)
        widget.hide()
        widget.deleteLater()

    # ---- size -------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        if self._context is not None and self._context_of(self.size()).scale != self.scale:
            self._settled.start()

    def _place(self) -> None:
        cockpit, scale = self._cockpit, self.scale
        if cockpit is None or scale is None:
            return
        for placed in cockpit.panels:
            rect = cell_rect(
                placed.place, self.size(), cockpit.columns, cockpit.rows, scale.gap_px
            )  # fmt: skip
            self._built[placed.panel.id].widget.setGeometry(rect)

    def rescale(self) -> None:
        """After a change of what `context_of` answers."""
        self._rescale()

    def _rescale(self) -> None:
        cockpit = self._cockpit
        if cockpit is None or self._context_of(self.size()) == self._context:
            return
        for one in self._built.values():
            self._discard(one.widget)
        self._built = {}
        self._take_context()
        self.show_cockpit(cockpit)

    # ---- life -------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._runs = True
        for panel in self.panels():
            panel.start()
        if self._turns is not None:
            self._turns.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._runs = False
        if self._turns is not None:
            self._turns.stop()
        for panel in self.panels():
            panel.stop()

    def _on_metrics(self, keys: frozenset[tuple[str, str]]) -> None:
        if self._runs and self._turns is not None:
            names = {name for name, _ in keys}
            self._turns.hurry(one for one in self.panels() if names.intersection(one.panel.metrics))

    def _hurry_all(self) -> None:
        if self._runs and self._turns is not None:
            self._turns.hurry(self.panels())

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("bg0"))
