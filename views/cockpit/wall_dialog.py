"""Cockpits to a monitor: which ones, how long each, and the hand on what hangs there."""

from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.context import RoomContext
from desktop.domain.cockpit.rotation import USUAL_S
from desktop.domain.monitors import Monitor
from desktop.domain.permissions import Action
from views.cockpit.access import refusal_of
from widgets.dialog_window import DialogWindow
from widgets.plain_label import ElidedLabel, PlainLabel, plain_caption, plain_tip
from widgets.theme import NOTE_PX, STRONG_PX

DWELLS_S = (30, 60, 120, 300)
_WIDE_PX, _COLUMNS, _NOTE_CHARS = 640, 4, 40


class WallDialog(DialogWindow):
    """Follows room.cockpit_screen while it is open."""

    def __init__(self, room: RoomContext, first: str, parent: QWidget | None = None) -> None:
        """`first`: the cockpit that is chosen already."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("驾驶舱投到大屏"))
        self.setFixedWidth(_WIDE_PX)
        self._room = room
        self.boxes: dict[str, QToolButton] = {}
        self.screens: dict[int, QPushButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(10)
        self._head(self.tr("轮播哪些驾驶舱"))
        self._column.addLayout(self._build_boxes(first))
        self._head(self.tr("每屏停留"))
        self._column.addLayout(self._build_dwells())
        self._head(self.tr("投到"))
        self._column.addLayout(self._build_screens())
        self._head(self.tr("大屏上现在"))
        self.state = ElidedLabel(px=NOTE_PX, tone="text2")
        self._column.addWidget(self.state)
        self._column.addLayout(self._build_hand())
        room.cockpit_screen.changed.connect(self.tell)
        self.tell()

    def _head(self, text: str) -> None:
        self._column.addWidget(PlainLabel(text, STRONG_PX, bold=True))

    # ---- building ---------------------------------------------------------------------------

    def _build_boxes(self, first: str) -> QGridLayout:
        grid = QGridLayout()
        files, user = self._room.cockpits.files, self._room.session.user
        roles = user.roles if user is not None else ()
        chosen = set(self._room.cockpit_screen.rotation.ids) or {first}
        for number, cockpit in enumerate(files.cockpits.values() if files is not None else ()):
            box = QToolButton()
            box.setText(plain_caption(cockpit.title))
            box.setCheckable(True)
            box.setProperty("segment", True)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            refusal = refusal_of(cockpit, roles)
            box.setEnabled(not refusal)
            box.setToolTip(plain_tip(refusal))
            box.setChecked(cockpit.id in chosen and not refusal)
            box.toggled.connect(self.tell)
            self.boxes[cockpit.id] = box
            grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)
        return grid

    def _build_dwells(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._dwells = QButtonGroup(self)
        now_s = self._room.cockpit_screen.rotation.dwell_s
        for dwell_s in DWELLS_S:
            button = QToolButton()
            button.setText(self.tr("{0} 秒").format(dwell_s))
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setChecked(dwell_s == now_s or (dwell_s == USUAL_S and now_s not in DWELLS_S))
            self._dwells.addButton(button, dwell_s)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _build_screens(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for monitor in self._room.screens.monitors:
            text = self.tr("屏 {0}　{1}×{2}").format(monitor.number, monitor.width, monitor.height)
            text += self.tr("　本屏，Esc 返回") if monitor.is_desk else ""
            button = QPushButton(text)
            button.setObjectName(str(monitor.number))
            button.clicked.connect(self._press_screen)
            taken = not monitor.is_desk and self._room.screens.on(monitor) is not None
            button.setEnabled(not taken)
            if taken:
                button.setToolTip(plain_tip(self.tr("那里有视频墙，请先收回")))
            self.screens[monitor.number] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _build_hand(self) -> QVBoxLayout:
        store, clock = self._room.cockpit_screen, self._room.clock
        self.pausing = QPushButton()
        self.pausing.clicked.connect(lambda: store.toggle_pause(clock.monotonic_s()))
        self.back = QPushButton(self.tr("上一屏"))
        self.back.clicked.connect(lambda: store.step(-1, clock.monotonic_s()))
        self.on = QPushButton(self.tr("下一屏"))
        self.on.clicked.connect(lambda: store.step(1, clock.monotonic_s()))
        self.taking = QPushButton(self.tr("收回"))
        self.taking.clicked.connect(store.recall)
        self.note = QLineEdit()
        self.note.setMaxLength(_NOTE_CHARS)
        self.note.setPlaceholderText(self.tr("冻结的说明，写在大屏上"))
        self.freezing = QPushButton()
        self.freezing.clicked.connect(self._on_freeze)
        first, second = QHBoxLayout(), QHBoxLayout()
        for button in (self.pausing, self.back, self.on, self.taking):
            first.addWidget(button)
        first.addStretch(1)
        second.addWidget(self.note, 1)
        second.addWidget(self.freezing)
        both = QVBoxLayout()
        both.addLayout(first)
        both.addLayout(second)
        return both

    # ---- telling ----------------------------------------------------------------------------

    def chosen(self) -> tuple[str, ...]:
        """In the order of the list."""
        return tuple(one for one, box in self.boxes.items() if box.isChecked())

    def tell(self) -> None:
        store = self._room.cockpit_screen
        is_out, frozen = store.screen is not None, store.frozen
        turns = len(store.rotation.ids) > 1
        for button in (self.taking, self.freezing, self.note):
            button.setEnabled(is_out)
        for button in (self.pausing, self.back, self.on):
            button.setEnabled(is_out and turns and frozen is None)
        paused = store.rotation.is_paused
        self.pausing.setText(self.tr("继续轮播") if paused else self.tr("暂停轮播"))
        self.freezing.setText(self.tr("解除冻结") if frozen is not None else self.tr("冻结"))
        self.state.setText(self._words())

    def _words(self) -> str:
        store, files = self._room.cockpit_screen, self._room.cockpits.files
        if store.screen is None:
            return self.tr("没有投屏")
        known = files.cockpits.get(store.rotation.shown) if files is not None else None
        words = [known.title if known is not None else store.rotation.shown]
        if store.frozen is not None:
            words.append(self.tr("已冻结"))
        if store.rotation.front is not None:
            words.append(self.tr("因「{0}」切到最前").format(store.rotation.front.words))
        return "　".join(words)

    # ---- acting -----------------------------------------------------------------------------

    def _press_screen(self) -> None:
        number = int(self.sender().objectName())
        known = (one for one in self._room.screens.monitors if one.number == number)
        if (monitor := next(known, None)) is not None:
            self.push(monitor)

    def push(self, monitor: Monitor) -> None:
        ids, room = self.chosen(), self._room
        if not ids:
            self.state.setText(self.tr("请先选至少一个驾驶舱"))
            return
        dwell_s = self._dwells.checkedId()
        room.cockpit_screen.push(monitor.screen, ids, dwell_s, room.clock.monotonic_s())
        words = self.tr("驾驶舱投屏到屏 {0}，停留 {1} 秒").format(monitor.number, dwell_s)
        room.audit.note(Action.WALL_PUSH, "cockpit/" + ",".join(ids), reason=words)

    def _on_freeze(self) -> None:
        store = self._room.cockpit_screen
        if store.frozen is not None:
            store.thaw()
            words = self.tr("大屏解除冻结")
        else:
            store.freeze(self._room.clock.now(), self.note.text().strip())
            words = self.tr("大屏冻结：{0}").format(self.note.text().strip())
        self._room.audit.note(Action.WALL_PUSH, f"cockpit/{store.rotation.shown}", reason=words)
