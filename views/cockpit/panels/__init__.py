"""The kinds of panels, one module each. A new kind is a class, a line in KINDS and a line in
`PanelKind`."""

from desktop.domain.cockpit.cockpit_file import PanelKind
from views.cockpit.panel import CockpitPanel

KINDS: dict[PanelKind, type[CockpitPanel]] = {}
