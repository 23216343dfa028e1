"""The kinds of panels, one module each. A new kind is a class, a line in KINDS and a line in
`PanelKind`."""

from desktop.domain.cockpit.cockpit_file import PanelKind
from views.cockpit.panel import CockpitPanel
from views.cockpit.panels.bars import BarsPanel
from views.cockpit.panels.broken import BrokenPanelView
from views.cockpit.panels.changes import ChangesPanel
from views.cockpit.panels.clock import ClockPanel
from views.cockpit.panels.gauge import GaugePanel
from views.cockpit.panels.line import LinePanel
from views.cockpit.panels.map import MapPanel
from views.cockpit.panels.matrix import MatrixPanel
from views.cockpit.panels.number import NumberPanel
from views.cockpit.panels.quadrant import QuadrantPanel
from views.cockpit.panels.sentence import SentencePanel
from views.cockpit.panels.share import SharePanel
from views.cockpit.panels.table import TablePanel
from views.cockpit.panels.text import TextPanel
from views.cockpit.panels.video import VideoPanel

KINDS: dict[PanelKind, type[CockpitPanel]] = {
    PanelKind.NUMBER: NumberPanel,
    PanelKind.LINE: LinePanel,
    PanelKind.BARS: BarsPanel,
    PanelKind.MATRIX: MatrixPanel,
    PanelKind.QUADRANT: QuadrantPanel,
    PanelKind.TABLE: TablePanel,
    PanelKind.CLOCK: ClockPanel,
    PanelKind.MAP: MapPanel,
    PanelKind.VIDEO: VideoPanel,
    PanelKind.GAUGE: GaugePanel,
    PanelKind.SHARE: SharePanel,
    PanelKind.TEXT: TextPanel,
    PanelKind.SENTENCE: SentencePanel,
    PanelKind.CHANGES: ChangesPanel,
}

__all__ = ["KINDS", "BrokenPanelView"]
