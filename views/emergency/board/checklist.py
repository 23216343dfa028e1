"""检查单 and 记录: what is ticked and what is noted, with who and when."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.emergency.incidents import NOTE, TICK, Incident, IncidentState, Tick
from desktop.domain.emergency.plans import ChecklistItem
from desktop.domain.permissions import Action
from desktop.errors import PlatformError
from desktop.tasks import TaskScope
from views.emergency.board import words
from views.emergency.board.state import BoardState
from views.emergency.panel import Panel
from widgets import icons, rights
from widgets.plain_label import PlainLabel, WrappedLabel, plain_tip
from widgets.theme import NOTE_PX
from widgets.times import hh_mm_ss

_MOST_NOTE = 200


class CheckLine(QWidget):
    """One line; ticked it stays so, with who did it."""

    ticked = Signal(str)  # item_id

    def __init__(self, item: ChecklistItem) -> None:
        super().__init__()
        self.item = item
        self.box = QToolButton()
        self.box.setFixedSize(28, 28)
        self.box.setProperty("check", True)
        self.box.setIconSize(QSize(20, 20))
        self.box.setAccessibleName(item.text)
        self.box.clicked.connect(lambda: self.ticked.emit(self.item.item_id))
        self._text = WrappedLabel()
        self._text.setText(item.text)
        self._who = PlainLabel(px=NOTE_PX, tone="text2")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._text)
        texts.addWidget(self._who)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(8)
        line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)

    def tell(self, tick: Tick | None, able: bool) -> None:
        if tick is None:
            self.box.setIcon(QIcon())
            self._who.setText(words.role_word(self.item.role))
        else:
            self.box.setIcon(_ticked())
            self._who.setText(f"{tick.by} {hh_mm_ss(tick.at)}")
        self._text.set_tone("text2" if tick is not None else "text")
        self.box.setEnabled(tick is None and able)


class ChecklistPanel(Panel):
    told = Signal(str)

    def __init__(self, state: BoardState, parent: QWidget | None = None) -> None:
        super().__init__("", parent, inset=False)
        self.title.setText(self.tr("检查单"))
        self._state = state
        self._scope = TaskScope(self)
        self._items: tuple[ChecklistItem, ...] = ()
        self.lines: dict[str, CheckLine] = {}
        self._page = QWidget()
        self._page.setProperty("ground", "1")
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(16, 0, 16, 8)
        self._column.setSpacing(0)
        self._none = PlainLabel(self.tr("预案没有检查单"), tone="border")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._page)
        self.body.addWidget(scroll, 1)
        state.incident_changed.connect(self.refresh)
        state.room.session.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        one, level = self._state.incident, self._state.level
        items = level.checklist if level is not None else ()
        if items != self._items or not self._column.count():
            self._build(items)
        ticks = {tick.item_id: tick for tick in one.ticks} if one is not None else {}
        able = one is not None and not why_no_note(self._state, one)
        for item_id, line in self.lines.items():
            line.tell(ticks.get(item_id), able)
        done = sum(item.item_id in ticks for item in items)
        self.tell(note=f"{done} / {len(items)}" if items else "")

    def _build(self, items: tuple[ChecklistItem, ...]) -> None:
        self._items = items
        while (part := self._column.takeAt(0)) is not None:
            if (widget := part.widget()) is not None and widget is not self._none:
                widget.deleteLater()
        self.lines = {}
        for item in items:
            self.lines[item.item_id] = line = CheckLine(item)
            line.ticked.connect(self._tick)
            self._column.addWidget(line)
        self._column.addWidget(self._none)
        self._none.setVisible(not items)
        self._column.addStretch(1)

    def _tick(self, item_id: str) -> None:
        self.lines[item_id].box.setEnabled(False)
        self._scope.spawn(self._order(item_id), "tick of a checklist")

    async def _order(self, item_id: str) -> None:
        try:
            orders = self._state.room.orders
            await orders.incident(TICK, self._state.incident_id, {"item_id": item_id})
        except PlatformError as error:
            self.told.emit(error.operator_text)
            self.refresh()


class NotesPanel(Panel):
    """The newest above; Enter writes."""

    told = Signal(str)

    def __init__(self, state: BoardState, parent: QWidget | None = None) -> None:
        super().__init__("", parent, inset=False)
        self.title.setText(self.tr("记录"))
        self._state = state
        self._scope = TaskScope(self)
        self._shown: tuple[object, ...] | None = None
        self.field = QLineEdit(placeholderText=self.tr("写一条记录，Enter 提交"))
        self.field.setMaxLength(_MOST_NOTE)
        self.field.setAccessibleName(self.tr("写一条记录"))
        self.field.returnPressed.connect(self._write)
        self._page = QWidget()
        self._page.setProperty("ground", "1")
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(16, 8, 16, 8)
        self._column.setSpacing(8)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._page)
        box = QHBoxLayout()
        box.setContentsMargins(16, 0, 16, 0)
        box.addWidget(self.field)
        self.body.addLayout(box)
        self.body.addWidget(scroll, 1)
        state.incident_changed.connect(self.refresh)
        state.room.session.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        one = self._state.incident
        reason = why_no_note(self._state, one) if one is not None else ""
        self.field.setEnabled(one is not None and not reason)
        self.field.setToolTip(plain_tip(reason))
        notes = one.notes if one is not None else ()
        self.tell(note=self.tr("{0} 条").format(len(notes)) if notes else "")
        if notes == self._shown:
            return
        self._shown = notes
        while (part := self._column.takeAt(0)) is not None:
            if (widget := part.widget()) is not None:
                widget.deleteLater()
        for note in reversed(notes):
            label = PlainLabel(f"{hh_mm_ss(note.at)} {note.by}\n{note.text}")
            label.setWordWrap(True)
            self._column.addWidget(label)
        if not notes:
            self._column.addWidget(PlainLabel(self.tr("还没有记录"), tone="border"))
        self._column.addStretch(1)

    def _write(self) -> None:
        text = self.field.text().strip()
        if text:
            self.field.setEnabled(False)
            self._scope.spawn(self._order(text), "note of an incident")

    async def _order(self, text: str) -> None:
        try:
            orders = self._state.room.orders
            await orders.incident(NOTE, self._state.incident_id, {"text": text})
            self.field.clear()
        except PlatformError as error:
            self.told.emit(error.operator_text)
        self.refresh()


def _ticked() -> QIcon:
    """As bright when it cannot be pressed any more."""
    made = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        made.addPixmap(icons.pixmap("check", "text", 20, 2.0), mode)
    return made


def why_no_note(state: BoardState, one: Incident) -> str:
    user = state.room.session.user
    refusal = rights.why_not(user.roles, Action.INCIDENT_NOTE) if user is not None else ""
    if refusal or one.state in (IncidentState.ACTIVE, IncidentState.STANDING_DOWN):
        return refusal
    return words.state_word(one.state)
