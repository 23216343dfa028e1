"""The page of the registers: tabs, search, filters, a table without end, and a card."""

from typing import Any

import msgspec
from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.context import RoomContext
from desktop.domain.permissions import Action, why_not
from desktop.domain.registers import RegisterState, RowFilter, RowKeys
from desktop.tasks import TaskScope
from views.registers.card import RowCard
from views.registers.filter_bar import FilterBar
from views.registers.foot import RegisterFoot
from views.registers.model import RowsModel
from views.registers.table import RowsTable
from views.registers.tabs import Tab, tabs
from views.registers.wording import Names, kind_word, state_word
from widgets.empty_state import EmptyState
from widgets.plain_label import ElidedLabel, plain_tip
from widgets.search_field import SearchField
from widgets.theme import NOTE_PX

BAR_PX = 48
_SEARCH_MS, _AGE_MS, _READ_AGAIN_MS = 120, 1000, 400
_DECODE = msgspec.json.Decoder(dict[str, Any]).decode


class RegistersPage(QWidget):
    """Reads pages of cache.db through room.questions.registers; keeps nothing else."""

    link_asked = Signal(str)  # chengkan:// address for the shell to open

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("registers")
        self.setProperty("ground", "1")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._room = room
        self._reads = room.questions.registers
        self._scope = TaskScope(self)
        self._tabs = tabs()
        self._tab: Tab = self._tabs[0]
        self._names = Names()
        self._states: dict[str, RegisterState] = {}
        self._version: tuple[object, ...] = ()  # of the list that is shown
        self._turn = 0  # of the newest reading: an older one says nothing any more
        self._is_old = True  # something changed while nobody looked
        self.model = RowsModel(self._reads, self)
        self._build()
        self._connect()
        self.choose(self._tab.register)

    # ---- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        self.search = SearchField("")
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(280)
        self.filters = FilterBar()
        self.finding = ElidedLabel(px=NOTE_PX)
        self.finding.setContentsMargins(16, 0, 16, 0)
        self.finding.setFixedHeight(BAR_PX - 16)
        self.finding.setProperty("notice_line", True)
        self.table = RowsTable(self.model)
        self.empty = EmptyState("timer-sand")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.foot = RegisterFoot()
        self.card = RowCard(self._room)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self.finding)
        left.addWidget(self.stack, 1)
        left.addWidget(self.foot)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.card)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._build_head())  # over the card too: large text needs the width
        whole.addLayout(row, 1)

    def _build_head(self) -> QWidget:
        bar = QWidget()
        bar.setProperty("edge", "bottom")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(BAR_PX)
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        for tab in self._tabs:
            button = QToolButton()
            button.setText(tab.title)
            button.setProperty("flat", True)
            button.setCheckable(True)
            button.setObjectName(tab.register)
            button.clicked.connect(self._press)
            self._group.addButton(button)
            self.buttons[tab.register] = button
            row.addWidget(button)
        row.addSpacing(12)
        row.addWidget(self.search, 1)
        row.addSpacing(4)
        row.addWidget(self.filters)
        row.addStretch(0)
        return bar

    def _connect(self) -> None:
        self._searching = QTimer(self, singleShot=True, interval=_SEARCH_MS)
        self._searching.timeout.connect(self.read)
        self._again = QTimer(self, singleShot=True, interval=_READ_AGAIN_MS)
        self._again.timeout.connect(self.read)
        self._ageing = QTimer(self, interval=_AGE_MS)
        self._ageing.timeout.connect(self._tell_foot)
        self._ageing.start()
        self.search.textChanged.connect(self._on_text)
        self.filters.changed.connect(self.read)
        self.model.outdated.connect(self._again.start)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.card.link_asked.connect(self.link_asked)
        self._room.register_ages.changed.connect(self._on_register)
        self._room.session.changed.connect(self._on_session)

    # ---- choosing ---------------------------------------------------------------------------

    def choose(self, register: str) -> None:
        """Shows a tab from its beginning."""
        self._tab = next(tab for tab in self._tabs if tab.register == register)
        self.buttons[register].setChecked(True)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.search.setPlaceholderText(self._tab.hint)
        self.filters.show_columns(self._tab.filters)
        self._version = ()
        self.card.show_nothing()
        self.finding.hide()
        self._show_empty("timer-sand", self.tr("正在读取名册"))
        self.read()

    def open_part(self, part: str) -> str:
        """A link to one of the tabs. Says what is wrong with it, else nothing."""
        if part not in self.buttons:
            return self.tr("没有名为 {0} 的名册，可用：{1}").format(part, " ".join(self.buttons))
        self.choose(part)
        return ""

    def focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _press(self) -> None:
        self.choose(self.sender().objectName())

    def _on_text(self, _text: str) -> None:
        self._searching.start()

    def _on_register(self, name: str) -> None:
        """A change of age alone is shown; other rows are read when somebody looks."""
        self._is_old = True
        if self.isVisible():
            self._again.start()

    def _on_session(self) -> None:
        self.card.show_nothing()
        self._again.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_foot()
        if self._is_old:
            self.read()

    # ---- reading ----------------------------------------------------------------------------

    def read(self) -> None:
        """What passes the filter, beside the GUI loop."""
        self._turn += 1
        self._is_old = False
        self._scope.spawn(self._read(self._turn, self._tab), name="register")

    async def _read(self, turn: int, tab: Tab) -> None:
        user = self._room.session.user
        refusal = why_not(user.roles, Action.REGISTER_VIEW) if user else self.tr("登录后可查看名册")
        if refusal:
            self._show_empty("lock-outline", refusal)
            return
        wanted = RowFilter(text=self.search.text(), **self.filters.chosen)
        states = {state.name: state for state in await self._reads.states()}
        keys = await self._reads.keys(tab.register, wanted)
        if turn != self._turn:
            return
        self._states = states
        version = (keys.table, self._stamp(tab), wanted)
        if version != self._version:
            self._names = await self._read_names()
            facets = await self._reads.facets(tab.register)
            if turn != self._turn:
                return
            same_list = bool(self._version) and self._version[-1] == wanted
            self._version = version
            self.filters.show_facets(facets, self._facet_word)
            self._show_keys(keys, tab, same_list)
        self._tell_rows(tab)
        self._tell_foot()
        self._tell_findings(tab)

    def _stamp(self, tab: Tab) -> tuple[object, ...]:
        """Changes with the rows of the tab and with the names that they point at."""
        ages = self._room.register_ages
        names = (tab.register, "districts", "orgs", "asset_classes", "alarm_classes", "grids")
        return tuple((age.version, age.row_count) if (age := ages.get(n)) else None for n in names)

    async def _read_names(self) -> Names:
        read = self._reads.names
        classes = await read("alarm_classes") | await read("asset_classes")
        areas, orgs, grids = await read("districts"), await read("orgs"), await read("grids")
        return Names(areas, orgs, classes, grids, await read("depots"))

    def _show_keys(self, keys: RowKeys, tab: Tab, same_list: bool) -> None:
        """The scrolled place and the chosen row stay when the same list came anew."""
        scrolled = self.table.verticalScrollBar().value()
        position = self.table.currentIndex().row()
        self.model.show_keys(keys, tab.columns, self._names)
        self.table.fit(tab.columns)
        if not same_list:
            self.table.scrollToTop()
            self.card.show_nothing()
            return
        self.table.verticalScrollBar().setValue(scrolled)
        if 0 <= position < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(position, 0))

    def _facet_word(self, column: str, value: str) -> str:
        if column == "kind":
            return kind_word(self._tab.register, value, self._names)
        if column == "state":
            return state_word(value)
        if column == "district_id":
            return self._names.districts.get(value, value)
        return value

    # ---- telling ----------------------------------------------------------------------------

    def _tell_rows(self, tab: Tab) -> None:
        if self.model.rowCount():
            self.stack.setCurrentWidget(self.table)
            return
        state = self._states.get(tab.register)
        if state is None:
            note = self.tr("连上平台后自动下载，期间其余功能照常")
            self._show_empty("inbox-outline", self.tr("名册尚未取得"), note)
        elif self.search.text() or self.filters.chosen:
            note = self.tr("换一个词，或清除筛选；支持拼音首字母，如 rmlj")
            self._show_empty("magnify", self.tr("没有符合条件的登记项"), note)
        else:
            self._show_empty("inbox-outline", self.tr("平台的这份名册是空的"))

    def _show_empty(self, icon: str, title: str, note: str = "") -> None:
        self.empty.tell(icon, title, note)
        self.stack.setCurrentWidget(self.empty)

    def _tell_foot(self) -> None:
        if not self.isVisible():
            return
        state = self._states.get(self._tab.register)
        age = self._room.register_ages.get(self._tab.register)
        if state is not None and age is not None and age.as_of > state.as_of:
            state = msgspec.structs.replace(state, as_of=age.as_of)
        now = self._room.clock.now()
        listed = self.model.rowCount()
        if state is not None and not self._version:
            listed = state.count  # being read: the table still holds the rows of another tab
        self.foot.tell(self._tab.register, state, listed, now)

    def _tell_findings(self, tab: Tab) -> None:
        state = self._states.get(tab.register)
        lines = state.notes.findings if state else ()
        more = self.tr("（共 {0} 项）").format(len(lines)) if len(lines) > 1 else ""
        self.finding.setText(lines[0] + more if lines else "")
        self.finding.setToolTip(plain_tip("\n".join(lines)))
        self.finding.setVisible(bool(lines))

    # ---- the card ---------------------------------------------------------------------------

    def _on_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self._scope.spawn(self._show_card(current.row()), name="row of a register")
        else:
            self.card.show_nothing()

    async def _show_card(self, position: int) -> None:
        register = self._tab.register
        row = await self.model.read_row(position)
        if row is None:
            return
        body = await self._reads.body(register, row.id)
        if register != self._tab.register or self.table.currentIndex().row() != position:
            return
        if body is None:
            self.card.show_nothing(self.tr("这一行已不在名册中"))
            return
        self.card.show_row(register, row, _DECODE(body), self._names)
