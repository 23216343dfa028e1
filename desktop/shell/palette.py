"""Ctrl+K: one line that finds views, commands, alarms, cameras and places, and opens them.

A window of its own: what is drawn inside the main window does not cover a native picture, and
an input method wants a real active window.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.context import RoomContext, ViewSpec
from desktop.domain.search import Hit
from desktop.errors import OperatorError
from desktop.offload import offload
from desktop.shell.keys import KeyRegistry, key_words
from desktop.shell.palette_sources import (
    INSIDE,
    SHOWN_OF_A_GROUP,
    Found,
    Kind,
    Spell,
    find_alarms,
    grouped,
    match,
)
from desktop.tasks import TaskScope
from local_db import pinyin
from widgets.plain_label import ElidedLabel
from widgets.result_list import ResultList, ResultRow
from widgets.search_field import SearchField
from widgets.theme import NOTE_PX

DEBOUNCE_MS = 80
WIDTH_PX, _TOP_PX, _LIST_AT_MOST_PX, _LONGEST = 720, 88, 520, 100
REGISTER_KINDS = ("cameras", "streets", "points", "depots", "assets")  # in this order
_SPELLED_KEPT = 20_000
_LEVELS_FIRST = 4  # alarms offered before anything is typed
_ICONS = {Kind.CAMERA: "cctv", Kind.PLACE: "map-marker-outline", Kind.ORDER: "inbox-outline"}


class Palette(QFrame):
    """Closes when something is chosen, with Esc, or when another window becomes active."""

    chosen = Signal(object)  # Found

    def __init__(
        self, room: RoomContext, keys: KeyRegistry, views: Sequence[ViewSpec], parent: QWidget
    ) -> None:
        kind = Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint
        super().__init__(parent, kind)
        self._room, self._keys, self._views = room, keys, tuple(views)
        self._window = parent
        self._scope = TaskScope(self)
        self._question = 0
        self._asking, self._trouble = False, ""
        self._walked = False  # the operator has chosen a row: it stays chosen
        self._spell: Spell | None = None
        self._far: list[Found] = []  # what the registers found for the words of now
        self.setObjectName("palette")
        self.setWindowTitle(self.tr("查找与命令"))
        self.setProperty("popover", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH_PX)
        self._build()
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(DEBOUNCE_MS)
        self._debounce.timeout.connect(self._ask)

    def _build(self) -> None:
        self.field = SearchField(self.tr("页面、命令、告警、摄像机、地点"))
        self.field.setProperty("large", True)
        self.field.setMaxLength(_LONGEST)
        self.field.textChanged.connect(self._on_text)
        self.field.installEventFilter(self)
        self.results = ResultList()
        self.results.setProperty("ground", "2")
        self.results.chosen.connect(self._choose)
        self.note = ElidedLabel(px=NOTE_PX, tone="text2")
        self.note.setContentsMargins(16, 6, 16, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        field = QVBoxLayout()
        field.setContentsMargins(8, 8, 8, 4)
        field.addWidget(self.field)
        column.addLayout(field)
        column.addWidget(self.results)
        column.addWidget(self.note)

    # ---- opening and closing --------------------------------------------------------------

    def toggle(self) -> None:
        self.close() if self.isVisible() else self.open_over()

    def open_over(self) -> None:
        """Over the middle of the main window, empty."""
        self.field.clear()
        self._on_text("")
        corner = self._window.mapToGlobal(
            QPoint((self._window.width() - self.width()) // 2, _TOP_PX)
        )
        self.move(corner)
        self.show()
        self.raise_()
        self.activateWindow()
        self.field.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        left = event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow()
        if left and self.isVisible():
            self.close()

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self._question += 1  # an answer on its way finds nobody
        self._debounce.stop()

    # ---- keys -----------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyPress:
                return self._press(event)
            if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        match Qt.Key(event.key()):
            case Qt.Key.Key_Down | Qt.Key.Key_Up as key:
                self._walked = True
                self.results.step(1 if key is Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab as key:
                self._walked = True
                self.results.step_group(1 if key is Qt.Key.Key_Tab else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose_current()
            case Qt.Key.Key_Escape:
                self.close()
            case Qt.Key.Key_K if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                self.close()
            case _:
                return False
        return True

    def _choose_current(self) -> None:
        row = self.results.current()
        if row is not None:
            self._choose(row.key)

    def _choose(self, found: object) -> None:
        self.close()
        self.chosen.emit(found)

    # ---- finding --------------------------------------------------------------------------

    def _on_text(self, _text: str) -> None:
        self._question += 1
        self._far, self._trouble, self._walked = [], "", False
        self._asking = bool(self._query())
        self._show()
        self._debounce.start() if self._asking else self._debounce.stop()

    def _query(self) -> str:
        return self.field.text().strip()

    def _ask(self) -> None:
        self._scope.spawn(self._search(self._question, self._query()), "search the registers")

    async def _search(self, question: int, query: str) -> None:
        try:
            if self._spell is None:
                await offload(pinyin.initials, "")  # its table is read beside the GUI thread
                self._spell = lru_cache(_SPELLED_KEPT)(pinyin.initials)
            hits = await self._room.questions.search(query, REGISTER_KINDS, SHOWN_OF_A_GROUP * 2)
            trouble = ""
        except OperatorError as error:
            hits, trouble = (), error.operator_text
        if question != self._question:
            return  # the words have changed meanwhile
        self._asking, self._trouble = False, trouble
        shown = sorted(filter(_can_be_shown, hits), key=_place_of_kind)
        self._far = [self._from_register(hit, query) for hit in shown]
        self._show()

    def _from_register(self, hit: Hit, query: str) -> Found:
        kind = Kind.CAMERA if hit.kind == "cameras" else Kind.PLACE
        rank = match(query, hit.title)
        # What only the register's own way finds (initials) is no exact match of the words.
        return Found(
            kind, hit.id, hit.title, hit.subtitle, self._kind_word(hit.kind), _ICONS[kind],
            lon_deg=hit.lon_deg, lat_deg=hit.lat_deg, rank=INSIDE if rank is None else rank,
        )  # fmt: skip

    def _kind_word(self, kind: str) -> str:
        return {
            "streets": self.tr("道路"),
            "points": self.tr("监测点"),
            "assets": self.tr("部件"),
            "depots": self.tr("物资库"),
        }.get(kind, "")

    def _near(self, query: str) -> list[Found]:
        if not query:
            alarms = find_alarms(self._room.alarms.items().values(), "", self._places())
            return [*self._find_views(""), *alarms[:_LEVELS_FIRST], *self._find_commands("")]
        alarms = find_alarms(self._room.alarms.items().values(), query, self._places(), self._spell)
        return [*self._find_views(query), *self._find_commands(query), *alarms]

    def _match(self, query: str, title: str, *more: str) -> int | None:
        return match(query, title, *more, spell=self._spell)

    def _places(self) -> dict[str, str]:
        return {point.point_id: point.name for point in self._room.points.rows()}

    def _find_views(self, query: str) -> list[Found]:
        keys = {spec.name: spec for spec in self._keys.working()}
        found: list[Found] = []
        for view in self._views:
            spec = keys.get(f"view:{view.view_id}")
            if spec is None or (rank := self._match(query, spec.words, view.view_id)) is None:
                continue
            hint = spec.sequences[0] if spec.sequences else ""
            found.append(Found(Kind.VIEW, view.view_id, spec.words, "", hint, view.icon, rank=rank))
        return found

    def _find_commands(self, query: str) -> list[Found]:
        found: list[Found] = []
        for spec in self._keys.working():
            if spec.name.startswith("view:") or not spec.in_palette:
                continue
            if not self._keys.may_run(spec.name):
                continue
            words = self._keys.words(spec)
            if (rank := self._match(query, words, *spec.sequences)) is None:
                continue
            hint = spec.sequences[0] if spec.sequences else ""
            icon = "apple-keyboard-caps" if spec.sequences else "chevron-right"
            found.append(Found(Kind.COMMAND, spec.name, words, "", hint, icon, rank=rank))
        return found

    # ---- showing --------------------------------------------------------------------------

    def _show(self) -> None:
        current = self.results.current()
        query = self._query()
        found = [*self._near(query), *self._far]
        rows: list[ResultRow] = []
        for kind, some in grouped(found):
            rows.append(ResultRow(self._group_words(kind)))
            rows += [_row(one) for one in some]
        self.results.show_rows(rows, current.key if current and self._walked else None)
        self.results.setFixedHeight(min(self.results.content_px(), _LIST_AT_MOST_PX))
        self.results.setVisible(bool(rows))
        self._tell(query, bool(rows))
        self.adjustSize()

    def _tell(self, query: str, any_row: bool) -> None:
        if self._trouble:
            text = self.tr("登记册没有查成：{0}").format(self._trouble)
        elif self._asking and not any_row:
            text = self.tr("正在查登记册")
        elif not any_row and not len(self._room.cameras):
            text = self.tr("登记册还没有取得，只找了页面、命令和告警，没有找到“{0}”").format(query)
        elif not any_row:
            text = self.tr(
                "没有找到“{0}”。可以查：页面、命令、告警、摄像机、道路、监测点、部件，支持拼音首字母"
            ).format(query)
        else:
            text = self.tr("↑ ↓ 选择    Tab 下一组    Enter 打开    Esc 关闭")
        self.note.setText(text)
        self.note.set_tone("stale" if self._trouble else "text2")

    def _group_words(self, kind: Kind) -> str:
        return {
            Kind.VIEW: self.tr("页面"),
            Kind.COMMAND: self.tr("命令"),
            Kind.ALARM: self.tr("未关闭告警"),
            Kind.CAMERA: self.tr("摄像机"),
            Kind.PLACE: self.tr("地点"),
            Kind.ORDER: self.tr("工单"),
        }[kind]


def _row(found: Found) -> ResultRow:
    is_key = found.kind in (Kind.VIEW, Kind.COMMAND)
    hint = key_words(found.hint) if is_key and found.hint else found.hint
    return ResultRow(
        found.title, found, found.note, hint, found.icon, found.level, is_key and bool(hint)
    )


def _place_of_kind(hit: Hit) -> int:
    return REGISTER_KINDS.index(hit.kind) if hit.kind in REGISTER_KINDS else len(REGISTER_KINDS)


def _can_be_shown(hit: Hit) -> bool:
    """A place without position leads nowhere; a camera has at least its picture."""
    return hit.kind == "cameras" or (hit.lon_deg is not None and hit.lat_deg is not None)
