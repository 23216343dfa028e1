"""A panel that its file describes wrongly says so in its place."""

from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.domain.cockpit import cockpit_file
from desktop.domain.cockpit.cockpit_file import Panel, PanelKind
from desktop.domain.marked_yaml import FileFault
from views.cockpit.painting import line_px, paint_title, paint_veil, title_row
from views.cockpit.panel import CockpitPanel, PanelContext
from views.cockpit.panels.text import paint_paragraph
from views.cockpit.words import translate


class BrokenState(NamedTuple):
    title: str
    place: str
    reason: str


def fault_state(fault: FileFault, title: str = "") -> BrokenState:
    whole = translate("cockpit", "整个文件")
    line = translate("cockpit", "第 {0} 行").format(fault.line) if fault.line else whole
    heading = title or translate("cockpit", "面板写错了")
    return BrokenState(heading, f"{fault.file} {line}", fault.reason)


class BrokenPanelView(CockpitPanel):
    """File, line and reason; nothing is asked for and nothing drills."""

    def __init__(
        self,
        broken: cockpit_file.BrokenPanel,
        context: PanelContext,
        parent: QWidget | None = None,
    ) -> None:
        stands_for = Panel(kind=PanelKind.TEXT, id=broken.id, title=broken.title)
        super().__init__(stands_for, context, parent)
        self.broken = broken
        self.refresh()

    def state_now(self) -> BrokenState:
        return fault_state(self.broken.fault, self.broken.title)

    def spoken(self, state: object) -> str:
        assert isinstance(state, BrokenState)
        return " ".join(state)

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        assert isinstance(state, BrokenState)
        scale = self.scale
        row, rest = title_row(body, scale)
        if rest.height() < line_px(scale.digits_px) * 2:
            rest = body  # the reason is needed more than the title
        else:
            paint_title(painter, row, state.title, "", scale)
        paint_veil(painter, rest, scale)
        words = f"{state.place}\n{state.reason}"
        paint_paragraph(painter, rest, words, scale, "text", Qt.AlignmentFlag.AlignTop)
