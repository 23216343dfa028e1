"""The sub-systems below each other; what is wrong says below it what to do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from views.health.subsystems import Line
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.status_light import LightCondition, LightState, StatusLight
from widgets.theme import NOTE_PX

_ROW_PX, _INDENT_PX = 36, 24


class SubsystemRow(QFrame):
    """Shape, name and word in one line; the hint in the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "bottom")
        self._light = StatusLight("")
        self._light.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._light.setCursor(Qt.CursorShape.ArrowCursor)
        self._since = ElidedLabel(px=NOTE_PX, tone="text2")
        self._since.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.hint = PlainLabel(px=NOTE_PX, tone="text")
        self.hint.setWordWrap(True)
        self.hint.setContentsMargins(_INDENT_PX, 0, 0, 6)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._light)
        line.addWidget(self._since, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3, 0, 3)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.hint)

    def tell(self, line: Line) -> None:
        self._light.name = line.name
        self._light.show_state(LightState(line.condition, line.word, "", line.hint))
        self._since.setText(line.since)
        self.hint.setText(line.hint)
        self.hint.setVisible(bool(line.hint))
        quiet = line.condition in (LightCondition.UP, LightCondition.WAITING)
        self.hint.set_tone("text2" if quiet else "text")
        self.setAccessibleName(f"{line.name} {line.word} {line.since} {line.hint}".strip())


class SubsystemList(QScrollArea):
    """The rows are made once and told anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QWidget()
        whole.setProperty("ground", "1")
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.setWidget(whole)
        self.rows: list[SubsystemRow] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        while len(self.rows) < len(lines):
            row = SubsystemRow()
            self._column.insertWidget(len(self.rows), row)
            self.rows.append(row)
        for row, line in zip(self.rows, lines, strict=True):
            row.tell(line)
