"""The list on the screen, and what its tests look at."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester

from tests.gui.driving import room, run
from tests.gui.windows import exposed
from tests.gui.windows import put_alarms as put
from views.alarm_desk import build_list
from views.alarm_desk.delegate import HEIGHT_PX

__all__ = ["move_pointer", "panel", "put", "room", "run", "shown"]


@pytest.fixture
def panel(qtbot, room):
    made = exposed(qtbot, build_list(room), (360, 800))
    QAbstractItemModelTester(
        made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made.model
    )
    return made


def shown(panel) -> list[str]:
    return [panel.model.row(i).alarm.alarm_id for i in range(panel.model.rowCount())]


def move_pointer(panel, row: int) -> None:
    place = QPointF(40, row * HEIGHT_PX + 20)
    view = panel.view
    view.mouseMoveEvent(
        QMouseEvent(
            QMouseEvent.Type.MouseMove,
            place,
            view.viewport().mapToGlobal(place),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
