"""新手引导: a card beside the real thing, one step after the other; Esc leaves at any time.

Card and frame are windows of their own: nothing drawn inside the main window lies above a
native picture. The keys of the main window go on working while the card is active.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from widgets.plain_label import PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX, colour

CARD_PX, _RING_PX, _GAP_PX = 336, 3, 12
FOLLOW_MS = 200


@dataclass(frozen=True)
class GuideStep:
    """`targets`: what it points at, none for the middle; `key`: what the operator may press."""

    name: str
    title: str
    text: str
    key: str = ""
    targets: Callable[[], Sequence[QWidget]] = tuple


class _Ring(QWidget):
    """A frame around a thing; presses go through it."""

    def __init__(self, parent: QWidget) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint
        flags |= Qt.WindowType.WindowTransparentForInput | Qt.WindowType.WindowDoesNotAcceptFocus
        super().__init__(parent, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)

    def frame(self, around: QRect) -> None:
        self.setGeometry(around)
        inner = self.rect().adjusted(_RING_PX, _RING_PX, -_RING_PX, -_RING_PX)
        self.setMask(QRegion(self.rect()).subtracted(QRegion(inner)))
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("focus"))


class Guide(QFrame):
    """`left` when it was closed, at its end or before."""

    left = Signal()

    def __init__(self, steps: Sequence[GuideStep], window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        self._steps, self._window, self._at = tuple(steps), window, 0
        self.setObjectName("guide")
        self.setWindowTitle(self.tr("新手引导"))
        self.setProperty("popover", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(CARD_PX)
        self._ring = _Ring(window)
        self._target = QRect()
        self._build()
        # The thing may move or go with a page, and tells nobody.
        self._following = QTimer(self)
        self._following.setInterval(FOLLOW_MS)
        self._following.timeout.connect(self._follow)
        window.installEventFilter(self)

    def _build(self) -> None:
        self._count = PlainLabel(px=NOTE_PX, tone="text2")
        self._title = PlainLabel(px=STRONG_PX, bold=True)
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        self._key = PlainLabel(px=NOTE_PX)
        self._key.setProperty("chip", "key")
        self._key.setFixedHeight(22)
        self._done = PlainLabel(self.tr("做到了"), NOTE_PX, bold=True)
        leave = QPushButton(self.tr("离开  Esc"))
        leave.setProperty("flat", True)
        leave.clicked.connect(self.leave)
        self._before = QPushButton(self.tr("上一步"))
        self._before.clicked.connect(self.step_back)
        self.next = QPushButton()
        self.next.setDefault(True)
        self.next.setAutoDefault(True)
        self.next.clicked.connect(self.step)
        keys = QHBoxLayout()
        keys.addWidget(self._key)
        keys.addWidget(self._done)
        keys.addStretch(1)
        keys.addWidget(self._count)
        buttons = QHBoxLayout()
        buttons.addWidget(leave)
        buttons.addStretch(1)
        buttons.addWidget(self._before)
        buttons.addWidget(self.next)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for part in (self._title, self._text):
            column.addWidget(part)
        column.addLayout(keys)
        column.addSpacing(4)
        column.addLayout(buttons)

    # ---- walking --------------------------------------------------------------------------

    @property
    def current(self) -> GuideStep:
        return self._steps[self._at]

    def begin(self) -> None:
        self._show(0)
        self.show()
        self.place()
        self.raise_()
        self.activateWindow()
        self.next.setFocus()
        self._following.start()

    def step(self) -> None:
        """The next one; after the last it is over."""
        if self._at + 1 < len(self._steps):
            self._show(self._at + 1)
        else:
            self.leave()

    def step_back(self) -> None:
        self._show(max(0, self._at - 1))

    def leave(self) -> None:
        if self.isVisible():
            self.hide()
            self._ring.hide()
            self._following.stop()
            self.left.emit()

    def note_done(self, name: str) -> None:
        """The operator did what the step `name` asks for."""
        if self.isVisible() and self.current.name == name:
            self._done.show()

    def _show(self, at: int) -> None:
        self._at, step = at, self._steps[at]
        last = at + 1 == len(self._steps)
        self._count.setText(f"{at + 1} / {len(self._steps)}")
        self._title.setText(step.title)
        self._text.setText(step.text)
        self._key.setText(step.key)
        self._key.setVisible(bool(step.key))
        self._done.hide()
        self._before.setEnabled(at > 0)
        self.next.setText(self.tr("完成") if last else self.tr("下一步"))
        if self.isVisible():
            self.place()

    # ---- placing --------------------------------------------------------------------------

    def place(self) -> None:
        """Beside what it points at, never above it where there is room."""
        self._text.setFixedHeight(self._text.heightForWidth(CARD_PX - 34))
        self._column.activate()
        self.setFixedHeight(self._column.sizeHint().height())
        self._target = target = self._seen()
        self.move(card_corner(_global(self._window), target, self.width(), self.height()))
        if target.isEmpty():
            self._ring.hide()
        else:
            self._ring.frame(target)
        self.raise_()

    def _seen(self) -> QRect:
        """Around what the step points at, empty where that is out of sight."""
        target = QRect()
        for part in self.current.targets():
            if part.isVisible():
                target = target.united(_global(part))
        return target

    def _follow(self) -> None:
        if self.isVisible() and self._seen() != self._target:
            self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self.place()
        return super().eventFilter(watched, event)


def card_corner(whole: QRect, target: QRect, width: int, height: int) -> QPoint:
    """Right of the target, left, below or above it, as far as the window has room."""
    middle = QPoint(whole.center().x() - width // 2, whole.center().y() - height // 2)
    if target.isEmpty():
        return middle
    y = min(max(target.center().y() - height // 2, whole.top() + 8), whole.bottom() - height - 8)
    x = min(max(target.center().x() - width // 2, whole.left() + 8), whole.right() - width - 8)
    tries = (
        QPoint(target.right() + _GAP_PX, y),
        QPoint(target.left() - _GAP_PX - width, y),
        QPoint(x, target.bottom() + _GAP_PX),
        QPoint(x, target.top() - _GAP_PX - height),
    )
    fitting = (at for at in tries if whole.contains(QRect(at.x(), at.y(), width, height)))
    return next(fitting, middle)


def _global(part: QWidget) -> QRect:
    return QRect(part.mapToGlobal(QPoint(0, 0)), part.size())
