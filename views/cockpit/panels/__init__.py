"""The kinds of panels, one module each. A new kind is a class, a line in KINDS and a line in
`PanelKind`."""

from desktop.domain.cockpit.cockpit_file import PanelKind
from views.cockpit.panel import CockpitPanel
from views.cockpit.panels.bars import BarsPanel
from views.cockpit.panels.changes import ChangesPanel
from views.cockpit.panels.clock import ClockPanel
from views.cockpit.panels.matrix import MatrixPanel
from views.cockpit.panels.quadrant import QuadrantPanel
from views.cockpit.panels.sentence import SentencePanel
from views.cockpit.panels.table import TablePanel

KINDS: dict[PanelKind, type[CockpitPanel]] = {
    PanelKind.BARS: BarsPanel,
    PanelKind.MATRIX: MatrixPanel,
    PanelKind.QUADRANT: QuadrantPanel,
    PanelKind.TABLE: TablePanel,
    PanelKind.CLOCK: ClockPanel,
    PanelKind.SENTENCE: SentencePanel,
    PanelKind.CHANGES: ChangesPanel,
}
