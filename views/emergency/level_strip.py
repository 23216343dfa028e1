"""级别: the level of a response that runs, who asks for another one, and what it still lacks.

One line above the board. For the second person it is as high as a bar that has to be held.
"""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from views.emergency.hold_bar import HoldBar
from views.emergency.level_words import StripView
from widgets.level_badge import LevelBadge
from widgets.plain_label import ElidedLabel, PlainLabel, plain_tip
from widgets.theme import STRONG_PX, colour

LINE_PX, ASKED_PX = 44, 72
_BAR_PX, _BAR_WIDTH_PX = 60, 380
_BADGE_PX, _SHARE_PX = 24, 3


class LevelStrip(QWidget):
    change_asked = Signal()
    supplement_asked = Signal()
    signed = Signal()  # the second person has held the bar
    refused = Signal()
    withdrawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("level_strip")
        self.setProperty("ground", "1")
        self._share: float | None = None
        self.badge = LevelBadge(_BADGE_PX)
        self.head = PlainLabel(px=STRONG_PX, bold=True)
        self.words = ElidedLabel()
        self.left = PlainLabel(px=STRONG_PX, bold=True)
        self.bar = HoldBar()
        self.bar.setFixedSize(_BAR_WIDTH_PX, _BAR_PX)
        self.bar.held.connect(self.signed)
        self.lacking = ElidedLabel(tone="text2")
        self.supplement = QPushButton(self.tr("补派…"))
        self.change = QPushButton(self.tr("变更级别…"))
        self.refuse = QPushButton(self.tr("退回"))
        self.withdraw = QPushButton(self.tr("撤回提请"))
        for button, signal in (
            (self.supplement, self.supplement_asked),
            (self.change, self.change_asked),
            (self.refuse, self.refused),
            (self.withdraw, self.withdrawn),
        ):
            button.clicked.connect(signal)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        for part, share in (
            (self.badge, 0), (self.head, 0), (self.words, 3), (self.left, 0), (self.bar, 0),
            (self.lacking, 2), (self.supplement, 0), (self.change, 0), (self.refuse, 0),
            (self.withdraw, 0),
        ):  # fmt: skip
            row.addWidget(part, share)

    def show_view(self, view: StripView) -> None:
        waits = view.left_s is not None
        self.setFixedHeight(ASKED_PX if view.bar else LINE_PX)
        self.badge.show_level(view.level.warning)
        self.head.setText(view.head)
        self.words.setText(view.words)
        self.words.set_tone("text" if view.marked else "text2")
        self.left.setText(self.tr("剩 {0:.0f} s").format(view.left_s) if waits else "")
        self.left.setVisible(waits)
        self.bar.setVisible(bool(view.bar))
        if view.bar:
            self.bar.tell(view.bar, view.why_not)
        self.lacking.setText(view.lacking)
        self.lacking.setVisible(bool(view.lacking))
        self.supplement.setVisible(not waits)
        self.supplement.setEnabled(view.can_supplement)
        self.change.setVisible(not waits)
        self.change.setEnabled(not view.change_refusal)
        self.change.setToolTip(plain_tip(view.change_refusal))
        self.refuse.setVisible(view.can_refuse)
        self.withdraw.setVisible(view.can_withdraw)
        self._share = view.left_s / max(view.all_s, 1.0) if view.left_s is not None else None
        self.setAccessibleName(f"{view.head} {view.words} {view.lacking}".strip())
        self.update()

    @property
    def countdown(self) -> float | None:
        """Share of the time that is left."""
        return self._share

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("selection" if self._share is not None else "bg1"))
        if self._share is not None:
            wide = self.width() * max(0.0, min(1.0, self._share))
            line = QRectF(0, self.height() - _SHARE_PX, wide, _SHARE_PX)
            painter.fillRect(line, colour("text"))
