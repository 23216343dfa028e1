"""The six steps of one act, where one stands, and whether it is a drill."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from widgets.icons import icon, paint_icon
from widgets.plain_label import ElidedLabel, PlainLabel, plain_caption
from widgets.theme import BODY_PX, TITLE_PX, colour, font

HEIGHT_PX = 48
STEPS = 6
_CELL_PX, _DOT_PX, _LEAST_CELL_PX = 108, 24, 72


class StepTrack(QWidget):
    """事件 > 预案 > 资源 > 通知 > 复核 > 执行, painted; a step is a place on the page."""

    chosen = Signal(int)  # 1 to 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("step_track")
        self._now, self._done = 1, frozenset[int]()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT_PX)
        self.setMinimumWidth(STEPS * _LEAST_CELL_PX)
        self.setMaximumWidth(STEPS * _CELL_PX)

    def words(self) -> tuple[str, ...]:
        return (
            self.tr("事件"), self.tr("预案"), self.tr("资源"),
            self.tr("通知"), self.tr("复核"), self.tr("执行"),
        )  # fmt: skip

    def show_step(self, now: int, done: frozenset[int]) -> None:
        """`now` is the one in hand; `done` those that are complete."""
        if (now, done) != (self._now, self._done):
            self._now, self._done = now, done
            words = self.words()
            self.setAccessibleName(self.tr("第 {0} 步 {1}").format(now, words[now - 1]))
            self.update()

    @property
    def now(self) -> int:
        return self._now

    def sizeHint(self) -> QSize:
        return QSize(STEPS * _CELL_PX, HEIGHT_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        step = int(event.position().x() // self._cell_px()) + 1
        if 1 <= step <= STEPS and (step in self._done or step == self._now):
            self.chosen.emit(step)

    def _cell_px(self) -> float:
        return self.width() / STEPS

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = self._cell_px()
        for step, word in enumerate(self.words(), start=1):
            self._paint_step(painter, QRectF((step - 1) * cell, 0, cell, HEIGHT_PX), step, word)
            if step < STEPS:
                side = QRectF(step * cell - 14, HEIGHT_PX / 2 - 8, 16, 16)
                paint_icon(painter, side, "chevron-right", "border")

    def _paint_step(self, painter: QPainter, cell: QRectF, step: int, word: str) -> None:
        here, done = step == self._now, step in self._done
        if here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("selection"))
            painter.drawRoundedRect(cell.adjusted(0, 8, -20, -8), 4, 4)
        dot = QRectF(cell.left() + 8, HEIGHT_PX / 2 - _DOT_PX / 2, _DOT_PX, _DOT_PX)
        painter.setPen(Qt.PenStyle.NoPen if here or done else QPen(colour("border"), 1))
        painter.setBrush(
            colour("text") if here else colour("bg3") if done else Qt.BrushStyle.NoBrush
        )
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
        if done and not here:
            paint_icon(painter, dot.adjusted(4, 4, -4, -4), "check", "text")
        else:
            painter.setFont(font(12, bold=here))
            painter.setPen(colour("ink" if here else "text2"))
            painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, str(step))
        painter.setFont(font(BODY_PX, bold=here))
        painter.setPen(colour("text" if here or done else "text2"))
        at = QPointF(dot.right() + 8, HEIGHT_PX / 2 + 5)
        painter.drawText(at, word)


class StepsBar(QWidget):
    """Title, what it is about, the steps, 实战 / 演练, and the way out."""

    drill_chosen = Signal(bool)
    left = Signal()
    asked = Signal(str, str)  # incident_id, draft_id: one of them is to be shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("steps_bar")
        self.setProperty("ground", "1")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT_PX)
        self.title = PlainLabel(self.tr("应急一键调度"), TITLE_PX, bold=True)
        self.about = ElidedLabel(tone="text2")
        self.about.setMinimumWidth(80)
        self._menu = QMenu(self)
        self.choices = QToolButton()
        self.choices.setProperty("flat", True)
        self.choices.setIcon(icon("chevron-down", "text2", 16))
        self.choices.setAccessibleName(self.tr("别的响应和准备中的"))
        self.choices.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.choices.setMenu(self._menu)
        self.track = StepTrack()
        self.real, self.drill = QToolButton(), QToolButton()
        for button, words in ((self.real, self.tr("实战")), (self.drill, self.tr("演练"))):
            button.setText(plain_caption(words))
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.setAccessibleName(words)
        self._choices: tuple[object, object] = ((), ())
        self.choices.hide()
        self.real.setChecked(True)
        self.real.clicked.connect(self._choose_real)
        self.drill.clicked.connect(self._choose_drill)
        self.leave = QPushButton(self.tr("暂存退出 Esc"))
        self.leave.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(self.title)
        row.addWidget(self.choices)
        row.addWidget(self.about, 2)
        row.addWidget(self.track, 5)
        row.addStretch(1)
        modes = QHBoxLayout()
        modes.setSpacing(0)
        modes.addWidget(self.real)
        modes.addWidget(self.drill)
        row.addLayout(modes)
        row.addWidget(self.leave)

    def tell(self, about: str, drill: bool, changeable: bool) -> None:
        """`changeable`: whether it can still become a drill, or a real one."""
        self.about.setText(about)
        self.real.setChecked(not drill)
        self.drill.setChecked(drill)
        self.real.setEnabled(changeable)
        self.drill.setEnabled(changeable)

    def show_choices(
        self, incidents: Sequence[tuple[str, str, bool]], drafts: Sequence[tuple[str, str]]
    ) -> None:
        """Incidents as id, title, whether a drill; drafts as id and words."""
        if (tuple(incidents), tuple(drafts)) == self._choices or self._menu.isVisible():
            return
        self._choices = (tuple(incidents), tuple(drafts))
        self._menu.clear()
        for incident_id, title, drill in incidents:
            words = self.tr("演练 {0}").format(title) if drill else title
            self._menu.addAction(plain_caption(words), partial(self.asked.emit, incident_id, ""))
        for draft_id, words in drafts:
            self._menu.addAction(plain_caption(words), partial(self.asked.emit, "", draft_id))
        self.choices.setVisible(len(incidents) + len(drafts) > 1)

    def _choose_real(self) -> None:
        self.real.setChecked(True)
        self.drill_chosen.emit(False)

    def _choose_drill(self) -> None:
        self.drill.setChecked(True)
        self.drill_chosen.emit(True)
