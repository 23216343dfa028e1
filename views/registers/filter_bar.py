"""Filters of a register: one menu for each column, with counts."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.domain.registers import Facet
from widgets import icons
from widgets.plain_label import plain_caption

MOST_CHOICES = 40


class FilterBar(QWidget):
    """`changed` after a choice; `chosen` maps a column to its value."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._clear = QPushButton(self.tr("清除筛选"))
        self._clear.setProperty("flat", True)
        self._clear.setIcon(icons.icon("filter-remove-outline", "text", 16))
        self._clear.clicked.connect(self.clear)
        self._row.addWidget(self._clear)
        self._clear.hide()

    def show_columns(self, columns: Sequence[tuple[str, str]]) -> None:
        """(column, word of "all of them"); what was chosen is forgotten."""
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons.clear()
        self.chosen.clear()
        self._words = dict(columns)
        for place, (column, word) in enumerate(columns):
            button = QPushButton(word)
            button.setProperty("flat", True)
            button.setMenu(QMenu(button))
            button.setIcon(icons.icon("chevron-down", "text2", 16))
            button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the mark behind the word
            self._row.insertWidget(place, button)
            self._buttons[column] = button
        self._clear.hide()

    def show_facets(
        self, facets: Mapping[str, Sequence[Facet]], word: Callable[[str, str], str]
    ) -> None:
        """`word(column, value)` is what an operator reads."""
        for column, button in self._buttons.items():
            values = facets.get(column, ())[:MOST_CHOICES]
            button.setVisible(len(values) > 1 or column in self.chosen)
            menu = button.menu()
            menu.clear()
            everything = menu.addAction(self._words[column])
            everything.triggered.connect(partial(self._choose, column, "", ""))
            menu.addSeparator()
            for value, count in values:
                title = word(column, value)
                action = menu.addAction(plain_caption(f"{title}  {count:,}"))
                action.triggered.connect(partial(self._choose, column, value, title))

    def clear(self) -> None:
        if not self.chosen:
            return
        self.chosen.clear()
        for column, button in self._buttons.items():
            self._mark(button, self._words[column], False)
        self._clear.hide()
        self.changed.emit()

    def _choose(self, column: str, value: str, title: str, _checked: bool = False) -> None:
        if value:
            self.chosen[column] = value
        else:
            self.chosen.pop(column, None)
        self._mark(self._buttons[column], title or self._words[column], bool(value))
        self._clear.setVisible(bool(self.chosen))
        self.changed.emit()

    def _mark(self, button: QPushButton, text: str, on: bool) -> None:
        button.setText(plain_caption(text))
        button.setProperty("filtering", on)
        button.style().unpolish(button)
        button.style().polish(button)
