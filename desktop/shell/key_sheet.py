"""F1: every key that works now, generated from the table of `desktop.shell.keys`."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.shell.keys import GROUP_WORDS, KeyGroup, KeyRegistry, KeySpec, key_words
from widgets.plain_label import PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX, TITLE_PX

COLUMNS, _COLUMN_PX, _GAP_PX, _MARGIN_PX = 3, 328, 32, 24
_HEAD_ROWS = 2  # a heading takes the height of two keys
_CLOSERS = (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeySheet(QFrame):
    """A window of its own, so that no native picture lies above it."""

    guide_asked = Signal()

    def __init__(self, keys: KeyRegistry, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._keys, self._window = keys, parent
        self.setObjectName("key_sheet")
        self.setWindowTitle(self.tr("全部按键"))
        self.setProperty("popover", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self.windowTitle(), TITLE_PX, bold=True))
        head.addStretch(1)
        self.guide = QPushButton(self.tr("新手引导"))
        self.guide.clicked.connect(self._ask_guide)
        close = QPushButton(self.tr("关闭  Esc"))
        close.clicked.connect(self.close)
        head.addWidget(self.guide)
        head.addWidget(close)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = PlainLabel(self.tr("没有一个单独的按键会造成不可撤销的后果"), NOTE_PX, tone="text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, 16, _MARGIN_PX, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addWidget(foot)

    def toggle(self) -> None:
        self.close() if self.isVisible() else self.open_over()

    def open_over(self) -> None:
        """In the middle of the main window, with the keys that work at this moment."""
        window = self._window
        specs = self._keys.sheet()
        self.guide.setVisible(any(spec.name == "guide" for spec in self._keys.working()))
        wide = (window.width() - 2 * _MARGIN_PX - _GAP_PX) // (_COLUMN_PX + _GAP_PX)
        columns = min(COLUMNS, max(1, wide), max(1, len({spec.group for spec in specs})))
        inside = self._inside(specs, columns)
        self._scroll.setWidget(inside)
        width = columns * _COLUMN_PX + (columns - 1) * _GAP_PX + 2 * _MARGIN_PX + 12
        height = inside.sizeHint().height() + 132
        self.setFixedSize(min(width, window.width() - 16), min(height, window.height() - 48))
        corner = QPoint(
            (window.width() - self.width()) // 2, (window.height() - self.height()) // 2
        )
        self.move(window.mapToGlobal(corner))
        self.show()
        self.raise_()
        self.activateWindow()
        self.setFocus()

    def shown(self) -> tuple[KeySpec, ...]:
        """What stands on the sheet."""
        return self._shown

    def _inside(self, specs: Sequence[KeySpec], columns: int) -> QWidget:
        self._shown = tuple(specs)
        groups = [(g, [s for s in specs if s.group is g]) for g in KeyGroup]
        groups = [(group, some) for group, some in groups if some]
        inside = QWidget()
        inside.setProperty("ground", "2")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(_GAP_PX)
        for part in balanced([len(some) + _HEAD_ROWS for _, some in groups], columns):
            column = QVBoxLayout()
            column.setSpacing(16)
            for index in part:
                column.addLayout(self._group(*groups[index]))
            column.addStretch(1)
            row.addLayout(column, 1)
        return inside

    def _group(self, group: KeyGroup, specs: Sequence[KeySpec]) -> QVBoxLayout:
        translate = QCoreApplication.translate
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(PlainLabel(translate("keys", GROUP_WORDS[group]), STRONG_PX, bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for at, spec in enumerate(specs):
            grid.addLayout(_caps(spec), at, 0)
            words = PlainLabel(self._keys.words(spec))
            words.setWordWrap(True)
            grid.addWidget(words, at, 1)
        column.addLayout(grid)
        return column

    def _ask_guide(self) -> None:
        self.close()
        self.guide_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CLOSERS:
            self.close()
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_Down):
            self._turn(1)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_Up):
            self._turn(-1)
        else:
            super().keyPressEvent(event)

    def _turn(self, pages: int) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep() // 2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        left = event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self.isVisible():
            self.close()


def balanced(heights: Sequence[int], columns: int) -> list[list[int]]:
    """Indices in their order, cut into columns as equally high as this order allows."""
    for limit in range(max(heights, default=1), sum(heights) + 1):
        parts: list[list[int]] = [[]]
        height = 0
        for index, one in enumerate(heights):
            if height + one > limit and parts[-1]:
                parts.append([])
                height = 0
            parts[-1].append(index)
            height += one
        if len(parts) <= columns:
            return parts
    return [list(range(len(heights)))]


def _caps(spec: KeySpec) -> QHBoxLayout:
    """The caps of one line; keypad twins of a key are not told twice."""
    caps = QHBoxLayout()
    caps.setSpacing(4)
    for words in dict.fromkeys(map(key_words, spec.sequences)):
        cap = PlainLabel(words, NOTE_PX)
        cap.setProperty("chip", "key")
        cap.setFixedHeight(22)
        cap.setMinimumWidth(24)
        cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        caps.addWidget(cap)
    caps.addStretch(1)
    return caps
