"""Which cockpit is shown: all of them in one row, found by typing where they are many."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QWidget,
)

from desktop.domain.marked_yaml import FileFault
from widgets.icons import icon
from widgets.plain_label import ElidedLabel, plain_tip
from widgets.search_field import SearchField
from widgets.theme import NOTE_PX

BAR_PX = 48
SEARCH_FROM = 13
_ICON_PX, _SEARCH_PX, _SAID_MS = 16, 180, 15_000


class Entry(NamedTuple):
    """`refusal`: why this user may not see it, else empty."""

    cockpit_id: str
    title: str
    industry: str
    refusal: str = ""

    def is_found_by(self, words: str) -> bool:
        text = f"{self.title} {self.industry} {self.cockpit_id}".lower()
        return all(word in text for word in words.lower().split())


class Chooser(QWidget):
    """Tells what was chosen; the page says what is shown."""

    chosen = Signal(str)  # cockpit_id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(BAR_PX)
        self.entries: tuple[Entry, ...] = ()
        self.buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self.search = SearchField(self.tr("查找驾驶舱"))
        self.search.setFixedWidth(_SEARCH_PX)
        self.search.textChanged.connect(self._on_text)
        self.search.returnPressed.connect(self._choose_first)
        self.setProperty("ground", "1")
        self._inside = QWidget()
        self._inside.setProperty("ground", "1")
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        for set_policy in (
            self._scroll.setHorizontalScrollBarPolicy, self._scroll.setVerticalScrollBarPolicy
        ):  # fmt: skip
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inside)
        self.faults = ElidedLabel(px=NOTE_PX, tone="stale")
        self.faults.setMaximumWidth(420)
        self.faults.hide()
        self._told = ElidedLabel(px=NOTE_PX, tone="text2")
        self._told.setMaximumWidth(360)
        self._told.hide()
        self._forgetting = QTimer(self, singleShot=True, interval=_SAID_MS)
        self._forgetting.timeout.connect(self._told.hide)
        self.chosen_id = ""
        """The one that is on."""
        self.buttons_row = QHBoxLayout()
        self.buttons_row.setSpacing(4)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(8, 0, 8, 0)
        whole.setSpacing(8)
        whole.addWidget(self.search)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.faults)
        whole.addWidget(self._told)
        whole.addLayout(self.buttons_row)

    # ---- what it shows ----------------------------------------------------------------------

    def show_entries(self, entries: Sequence[Entry]) -> None:
        if tuple(entries) == self.entries:
            return
        self.entries = tuple(entries)
        for button in self.buttons.values():
            self._group.removeButton(button)
            button.deleteLater()
        self.buttons = {one.cockpit_id: self._button(one) for one in self.entries}
        self.search.setVisible(len(self.entries) >= SEARCH_FROM)
        self._on_text(self.search.text())

    def _button(self, entry: Entry) -> QToolButton:
        button = QToolButton()
        button.setText(entry.title)
        button.setObjectName(entry.cockpit_id)
        button.setProperty("flat", True)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # ← and → belong to the page
        if entry.refusal:
            button.setIcon(icon("lock-outline", size_px=_ICON_PX))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(plain_tip(entry.refusal or entry.industry))
        button.clicked.connect(self._press)
        self._group.addButton(button)
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def choose(self, cockpit_id: str) -> None:
        """Shows which one is on; tells nobody."""
        self.chosen_id = cockpit_id
        if (button := self.buttons.get(cockpit_id)) is not None:
            button.setChecked(True)
            self._scroll.ensureWidgetVisible(button, 24, 0)

    def show_faults(self, faults: Iterable[FileFault]) -> None:
        """Of whole files: what they hold is not there."""
        told = [str(one) for one in faults]
        self.faults.setVisible(bool(told))
        more = self.tr("（共 {0} 处）").format(len(told)) if len(told) > 1 else ""
        self.faults.setText(told[0] + more if told else "")
        self.faults.setToolTip(plain_tip("\n".join(told)))

    def say(self, text: str) -> None:
        """For a while: what became of a file."""
        self._told.setText(text)
        self._told.show()
        self._forgetting.start()

    # ---- choosing ---------------------------------------------------------------------------

    def shown_ids(self) -> tuple[str, ...]:
        """Those that the words find."""
        words = self.search.text() if len(self.entries) >= SEARCH_FROM else ""
        return tuple(one.cockpit_id for one in self.entries if one.is_found_by(words))

    def next_to(self, cockpit_id: str, by: int) -> str:
        """Round and round; the first where the present one is not among them."""
        ids = self.shown_ids()
        if not ids:
            return ""
        return ids[(ids.index(cockpit_id) + by) % len(ids)] if cockpit_id in ids else ids[0]

    def _on_text(self, _text: str) -> None:
        found = set(self.shown_ids())
        for cockpit_id, button in self.buttons.items():
            button.setVisible(cockpit_id in found)

    def _choose_first(self) -> None:
        if ids := self.shown_ids():
            self.chosen.emit(ids[0])

    def _press(self) -> None:
        self.chosen.emit(self.sender().objectName())
