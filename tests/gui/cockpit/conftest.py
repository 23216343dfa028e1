"""Cockpits from texts, with panels that count what they are asked."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from desktop.cockpit_rules import CockpitFiles
from desktop.context import RoomContext
from desktop.domain.cockpit.cockpit_file import Cockpit, PanelKind, read_cockpit
from desktop.domain.cockpit.metrics import Registry
from desktop.domain.marked_yaml import FileFault
from tests.gui.driving import room, run
from views.cockpit.panel import CockpitPanel
from views.cockpit.panels import KINDS

__all__ = ["room", "run"]

HEAD = "id: {0}\ntitle: {1}\nindustry: {1}\ncolumns: 4\nrows: 2\npanels:\n"
FILE = (
    HEAD
    + """  - {{kind: text, title: 一, span: [2, 1], text: 一, drill: {{view: {2}}}}}
  - {{kind: text, title: 二, span: [2, 1], text: 二}}
"""
)


class Plain(CockpitPanel):
    """Says its own text."""

    def __init__(self, *given) -> None:
        super().__init__(*given)
        self.asked = self.starts = 0

    def start(self) -> None:
        self.starts += 1
        super().start()

    def state_now(self) -> object:
        self.asked += 1
        return self.panel.text

    def paint(self, painter: QPainter, body: QRect, state: object) -> None:
        painter.drawText(body, str(state))


def cockpit_of(text: str, file: str = "a.yaml") -> Cockpit:
    made = read_cockpit(file, text, Registry())
    assert isinstance(made, Cockpit), made
    return made


def one(cockpit_id: str, title: str = "甲", view: str = "alarms") -> str:
    return FILE.format(cockpit_id, title, view)


@pytest.fixture(autouse=True)
def plain_panels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, PanelKind.TEXT, Plain)


@pytest.fixture
def put(room: RoomContext) -> Callable[..., None]:
    """New files, as the store tells them: name -> text; a FileFault stands for a broken one."""

    def give(*faults: FileFault, **texts: str) -> None:
        made = [cockpit_of(text, f"{name}.yaml") for name, text in texts.items()]
        named = {each.id: each for each in made}
        room.cockpits.files = CockpitFiles(Registry(), named, None, faults)
        room.cockpits.changed.emit()

    return give
