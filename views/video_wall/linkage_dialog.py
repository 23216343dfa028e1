"""The operator's rules for alarms on the wall: reserved cells, which levels, how long."""

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.context import RoomContext
from desktop.domain.tile_linkage import LinkRules, default_reserved
from desktop.domain.wall import Layout
from views.video_wall.wall.rects import cell_rects
from widgets.dialog_window import DialogWindow
from widgets.plain_label import PlainLabel
from widgets.theme import BODY_PX, NOTE_PX, STRONG_PX, colour, font

_WIDTH_PX, _MAP_PX = 520, 200
_RETURNS_S = (60, 120, 300, 600, 1800)
_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ReservedMap(QWidget):
    """The layout as it is now; a press reserves a cell or gives it back."""

    pressed = Signal(int)

    def __init__(self, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = layout
        self._reserved: frozenset[int] = frozenset()
        self._here = 0
        self.setFixedHeight(_MAP_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("预留格"))

    def sizeHint(self) -> QSize:
        return QSize(_MAP_PX * 16 // 9, _MAP_PX)

    def show_cells(self, reserved: frozenset[int]) -> None:
        self._reserved = reserved
        words = "、".join(str(index + 1) for index in sorted(reserved))
        self.setAccessibleDescription(words or self.tr("没有预留格"))
        self.update()

    def rects(self) -> list[QRect]:
        width = min(self.width(), _MAP_PX * 16 // 9)
        left = (self.width() - width) // 2
        return [rect.translated(left, 0) for rect in cell_rects(self._layout, width, _MAP_PX)]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        for index, rect in enumerate(self.rects()):
            if rect.contains(point):
                self.pressed.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose a cell, the space bar reserves it."""
        step = _STEPS.get(event.key())
        if step is not None:
            self._here = self._layout.neighbour(self._here, *step)
            self.update()
        elif event.key() == Qt.Key.Key_Space:
            self.pressed.emit(self._here)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(BODY_PX, bold=True))
        for index, rect in enumerate(self.rects()):
            taken = index in self._reserved
            painter.fillRect(rect, colour("selection" if taken else "bg1"))
            painter.setPen(colour("focus" if taken else "line"))
            painter.drawRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(colour("text" if taken else "text2"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(index + 1))
            if self.hasFocus() and index == self._here:
                painter.setPen(QPen(colour("focus"), 2))
                painter.drawRect(QRectF(rect).adjusted(3, 3, -3, -3))


class LinkageDialog(DialogWindow):
    """Every press holds at once: there is nothing to be confirmed."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._store = room, room.tile_linkage
        self._layout = room.wall.wall.layout
        self.setObjectName("linkage_dialog")
        self.setWindowTitle(self.tr("告警联动"))
        self.setFixedWidth(_WIDTH_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(self.windowTitle(), STRONG_PX, bold=True))
        column.addWidget(self._note(self.tr("预留格：告警画面只占这些格，固定的格从不占用")))
        self.map = ReservedMap(self._layout)
        self.map.pressed.connect(self._turn)
        column.addWidget(self.map)
        self.default = QPushButton(self.tr("恢复默认预留格"))
        self.default.clicked.connect(self._restore)
        column.addWidget(self.default, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(self._levels())
        column.addLayout(self._returns())
        column.addWidget(self._note(self.tr("告警结束即恢复；未确认的红级不按时间恢复")))
        column.addLayout(self._clips())
        end = QPushButton(self.tr("完成"))
        end.setProperty("primary", True)
        end.clicked.connect(self.close)
        column.addWidget(end, 0, Qt.AlignmentFlag.AlignRight)
        room.tile_linkage.rules_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        rules = self._store.rules
        self.map.show_cells(frozenset(rules.cells(self._layout)))
        self.default.setEnabled(rules.reserved is not None)
        for wanted, button in self.orange.items():
            button.setChecked(rules.orange is wanted)
        for wanted, button in self.clips.items():
            button.setChecked(rules.clips is wanted)
        for seconds, button in self.returns.items():
            button.setChecked(rules.return_after_s == seconds)

    # ---- lines ------------------------------------------------------------------------------

    def _levels(self) -> QHBoxLayout:
        words = {False: self.tr("仅红级"), True: self.tr("红级和橙级")}
        self.orange = {wanted: self._segment(text) for wanted, text in words.items()}
        for wanted, button in self.orange.items():
            button.clicked.connect(partial(self._set, "orange", wanted))
        return self._line(self.tr("自动上墙"), list(self.orange.values()))

    def _returns(self) -> QHBoxLayout:
        self.returns = {
            seconds: self._segment(self.tr("{0} min").format(seconds // 60))
            for seconds in _RETURNS_S
        }
        for seconds, button in self.returns.items():
            button.clicked.connect(partial(self._set, "return_after_s", seconds))
        return self._line(self.tr("原画面恢复"), list(self.returns.values()))

    def _clips(self) -> QHBoxLayout:
        words = {True: self.tr("并排播放"), False: self.tr("不播放")}
        self.clips = {wanted: self._segment(text) for wanted, text in words.items()}
        for wanted, button in self.clips.items():
            button.clicked.connect(partial(self._set, "clips", wanted))
        return self._line(self.tr("告警前 10 s 录像"), list(self.clips.values()))

    def _line(self, title: str, buttons: list[QToolButton]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(PlainLabel(title))
        row.addStretch(1)
        group = QButtonGroup(self)
        for button in buttons:
            group.addButton(button)
            row.addWidget(button)
        return row

    def _segment(self, text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setProperty("segment", True)
        return button

    def _note(self, text: str) -> PlainLabel:
        return PlainLabel(text, NOTE_PX, tone="text2")

    # ---- changes ----------------------------------------------------------------------------

    def _turn(self, index: int) -> None:
        now = set(self._store.rules.cells(self._layout))
        wanted = tuple(sorted(now ^ {index}))
        reserved = None if wanted == default_reserved(self._layout) else wanted
        self._store.set_rules(replace(self._store.rules, reserved=reserved))

    def _restore(self) -> None:
        self._store.set_rules(replace(self._store.rules, reserved=None))

    def _set(self, field: str, value: object) -> None:
        rules: LinkRules = self._store.rules
        self._store.set_rules(replace(rules, **{field: value}))
