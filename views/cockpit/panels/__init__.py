"""The kinds of panels, one module each. A new kind is a class, a line in KINDS and a line in
`PanelKind`."""

from desktop.domain.cockpit.cockpit_file import PanelKind
from views.cockpit.panel import CockpitPanel
from views.cockpit.panels.broken import BrokenPanelView
from views.cockpit.panels.gauge import GaugePanel
from views.cockpit.panels.line import LinePanel
from views.cockpit.panels.number import NumberPanel
from views.cockpit.panels.share import SharePanel
from views.cockpit.panels.text import TextPanel

KINDS: dict[PanelKind, type[CockpitPanel]] = {
    PanelKind.NUMBER: NumberPanel,
    PanelKind.LINE: LinePanel,
    PanelKind.GAUGE: GaugePanel,
    PanelKind.SHARE: SharePanel,
    PanelKind.TEXT: TextPanel,
}

__all__ = ["KINDS", "BrokenPanelView"]
