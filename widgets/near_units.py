"""The nearest radios and crews round a place: chosen, called together, written to."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.clock import Clock
from desktop.domain.outreach import Outreach, Person, is_call_over
from desktop.domain.permissions import Action
from widgets import reach_words, rights
from widgets.command_button import CommandButton
from widgets.dialog_window import DialogWindow
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.text_order import TextOrderDialog
from widgets.theme import NOTE_PX, STRONG_PX

SHOWN_AT_MOST = 30
REFRESH_MS = 2000
_SIZE_PX = (700, 600)
_ROW_PX = 32


@dataclass(frozen=True)
class NearUnit:
    """One row; `trusted`: its place is a present one."""

    person: Person
    kind: str
    org: str
    distance_m: float
    state: str
    age: str
    trusted: bool


@dataclass(frozen=True)
class NearActs:
    """Reads and orders; orders raise PlatformError and give the order's id."""

    read: Callable[[], Sequence[NearUnit]]  # nearest first
    call: Callable[[Sequence[Person]], Awaitable[str]]
    send_text: Callable[[Sequence[Person], str], Awaitable[str]]
    hang_up: Callable[[str], Awaitable[None]]
    outreach: Callable[[str], Outreach | None]
    roles: Callable[[], Sequence[str]]


class NearUnitsDialog(DialogWindow):
    """A window of its own beside the map; distances follow the units."""

    def __init__(
        self, place: str, clock: Clock, acts: NearActs, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("附近手台"))
        self._clock, self._acts = clock, acts
        self._chosen: dict[str, Person] = {}
        self._order_id = ""
        self._rows: list[NearUnit] = []
        self._build(place)
        self.read()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.read)
        self._timer.start()
        self._ageing = QTimer(self, interval=1000)
        self._ageing.timeout.connect(self.refresh)
        self._ageing.start()

    def _build(self, place: str) -> None:
        title = ElidedLabel(px=STRONG_PX, bold=True)
        title.setText(self.tr("附近手台与人员 · {0}").format(place))
        self.table = QTableWidget(0, 5)
        self.table.setHorizontalHeaderLabels(
            [self.tr("名称"), self.tr("单位"), self.tr("距离"), self.tr("状态"), self.tr("位置")]
        )
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(_ROW_PX)
        self.table.setShowGrid(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.cellClicked.connect(self._toggle)
        self._status = PlainLabel()
        self._status.setWordWrap(True)
        self._reason = PlainLabel(px=NOTE_PX, tone="text2")
        self._reason.setWordWrap(True)
        self.call = CommandButton(self.tr("语音呼叫"), self._call, primary=True, parent=self)
        self.text = QPushButton(self.tr("发文字"))
        self.text.clicked.connect(self._ask_text)
        close = QPushButton(self.tr("关闭"))
        close.clicked.connect(self.close)
        self.call.refused.connect(self._tell)
        self.call.accepted.connect(self.refresh)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._reason, 1)
        for button in (close, self.text, self.call):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self.table, 1)
        column.addWidget(self._status)
        column.addLayout(foot)
        self.resize(*_SIZE_PX)

    # ---- showing ----------------------------------------------------------------------------

    def read(self) -> None:
        """Distances of now; what is chosen stays chosen."""
        rows = list(self._acts.read())[:SHOWN_AT_MOST]
        if self._chosen or self.table.underMouse():  # no row changes place under the finger
            before = {row.person.person_id: number for number, row in enumerate(self._rows)}
            rows.sort(key=lambda row: before.get(row.person.person_id, len(before)))
        self._rows = rows
        self.table.setRowCount(len(self._rows))
        for line, row in enumerate(self._rows):
            chosen = row.person.person_id in self._chosen
            name = row.person.name
            known = name if row.kind in name else f"{row.kind} {name}"
            words = (known, row.org, metres(row.distance_m), row.state, row.age)
            for column, text in enumerate(words):
                item = QTableWidgetItem(text)
                item.setToolTip("" if row.trusted else self.tr("位置不是现在的"))
                if column == 0:
                    state = Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
                    item.setCheckState(state)
                self.table.setItem(line, column, item)
        self.refresh()

    def refresh(self) -> None:
        roles = tuple(self._acts.roles())
        no_call = rights.why_not(roles, Action.CALL_PLACE)
        no_text = rights.why_not(roles, Action.MESSAGE_SEND)
        last = self._acts.outreach(self._order_id) if self._order_id else None
        on_air = last is not None and last.is_call and not is_call_over(last)
        count = len(self._chosen)
        if on_air:
            self.call.setText(self.tr("挂断"))
        elif count > 1:
            self.call.setText(self.tr("组呼 {0} 台").format(count))
        else:
            self.call.setText(self.tr("语音呼叫"))
        self.call.offer(on_air or (bool(count) and not no_call))
        self.text.setEnabled(bool(count) and not no_text)
        self._show_status(last)
        if not self._rows:
            self._reason.setText(self.tr("附近没有在岗的手台或人员"))
        elif no_call or no_text:
            self._reason.setText(no_call or no_text)
        elif on_air:
            self._reason.setText(self.tr("话音在本席调度电话上"))
        else:
            self._reason.setText(self.tr("点选要呼叫的手台；两台以上为组呼"))

    def _show_status(self, last: Outreach | None) -> None:
        self._status.setVisible(last is not None)
        if last is None:
            return
        now = self._clock.now()
        lines = [
            f"{person.name}  {reach_words.state_line(last, person, now)}" for person in last.people
        ]
        self._status.setText("\n".join(lines[:8]))

    def _tell(self, text: str) -> None:
        self._reason.setText(text)

    # ---- choosing and ordering --------------------------------------------------------------

    def _toggle(self, line: int, _column: int) -> None:
        if not 0 <= line < len(self._rows):
            return
        person = self._rows[line].person
        if self._chosen.pop(person.person_id, None) is None:
            self._chosen[person.person_id] = person
        chosen = person.person_id in self._chosen
        if (item := self.table.item(line, 0)) is not None:
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
        self.refresh()

    async def _call(self) -> None:
        """Raises PlatformError."""
        last = self._acts.outreach(self._order_id) if self._order_id else None
        if last is not None and last.is_call and not is_call_over(last):
            await self._acts.hang_up(self._order_id)
        else:
            self._order_id = await self._acts.call(tuple(self._chosen.values()))

    def _ask_text(self) -> None:
        people = tuple(self._chosen.values())

        async def send(text: str) -> None:
            self._order_id = await self._acts.send_text(people, text)

        names = reach_words.name_list(person.name for person in people)
        TextOrderDialog(names, send, self).open_over(self)


def metres(distance_m: float) -> str:
    """`80 m`, `1.2 km`."""
    return f"{distance_m:.0f} m" if distance_m < 1000 else f"{distance_m / 1000:.1f} km"
