"""The page of the desk's settings, one card for each matter."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.stores.preferences import (
    LARGEST_TEXT_PERCENT,
    LOCK_AFTER_CHOICES_MIN,
    SMALLEST_TEXT_PERCENT,
    TEXT_STEP_PERCENT,
)
from views.settings.choice import ChoiceRow
from views.settings.sound_card import SoundCard
from views.settings.wall_card import WallCard
from widgets.plain_label import PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX, TITLE_PX

_WIDTH_PX = 760
_RESET = (
    "text_scale_percent",
    "theme",
    "volume_percent",
    "lock_after_min",
    "cockpit_pitch_mm",
    "cockpit_distance_m",
)


class SettingsPage(QScrollArea):
    """Everything here is the operator's own; the administrator's lies in settings.toml."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._room = room
        preferences = room.preferences
        self._first = {key: preferences.first(key) for key in _RESET}
        self.text = ChoiceRow(
            [
                (percent, f"{percent} %")
                for percent in range(
                    SMALLEST_TEXT_PERCENT, LARGEST_TEXT_PERCENT + 1, TEXT_STEP_PERCENT
                )
            ],
            self.tr("文字大小"),
        )
        self.theme = ChoiceRow(
            [("dark", self.tr("夜间（深色）")), ("light", self.tr("日间（浅色）"))], self.tr("主题")
        )
        self.lock = ChoiceRow(
            [
                (minutes, self.tr("{0} 分钟").format(minutes) if minutes else self.tr("不自动锁定"))
                for minutes in LOCK_AFTER_CHOICES_MIN
            ],
            self.tr("自动锁定"),
        )
        self.sound = SoundCard(room)
        self.wall = WallCard(room)
        self._rows = {
            "text_scale_percent": self.text,
            "theme": self.theme,
            "lock_after_min": self.lock,
        }
        for row in self._rows.values():
            row.chosen.connect(self._on_chosen)
        self._build()
        preferences.changed.connect(self._tell)
        for key in self._rows:
            self._tell(key)

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("设置"), TITLE_PX, bold=True))
        scope = self.tr("只对本人在本席位有效，改动立即生效并自动保存")
        column.addWidget(PlainLabel(scope, NOTE_PX, tone="text2"))
        for title, note, part in (
            (self.tr("文字大小"), self.tr("Ctrl + 加号、减号，Ctrl + 0 还原"), self.text),
            (self.tr("主题"), self.tr("白天光线强时用浅色；告警颜色和形状含义不变"), self.theme),
            (self.tr("提示音"), self.tr("接班时请试听一次；F9 静音 60 秒，不等于确认"), self.sound),
            (
                self.tr("驾驶舱大屏"),
                self.tr("字号由像素间距和观看距离算出；请到观看位置看测试卡"),
                self.wall,
            ),
            (self.tr("自动锁定"), self.tr("Ctrl + L 随时锁定；锁定时提示音照常"), self.lock),
        ):
            column.addWidget(_card(title, note, part))
        reset = QPushButton(self.tr("恢复本页默认值"))
        reset.clicked.connect(self._reset)
        foot = QHBoxLayout()
        foot.addWidget(reset)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        inside = QWidget()
        inside.setProperty("ground", "1")
        middle = QHBoxLayout(inside)
        middle.setContentsMargins(24, 20, 24, 24)
        middle.addStretch(1)
        middle.addLayout(column)
        middle.addStretch(1)
        self.setWidget(inside)

    def _on_chosen(self, value: object) -> None:
        sender = self.sender()
        for key, row in self._rows.items():
            if row is sender:
                self._room.preferences.set(key, value)

    def _reset(self) -> None:
        for key, value in self._first.items():
            self._room.preferences.set(key, value)

    def _tell(self, key: str) -> None:
        if (row := self._rows.get(key)) is not None:
            row.show_value(self._room.preferences.get(key))


def _card(title: str, note: str, part: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("ground", "2")
    card.setProperty("round", True)
    card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    card.setFixedWidth(_WIDTH_PX)
    column = QVBoxLayout(card)
    column.setContentsMargins(20, 14, 20, 16)
    column.setSpacing(8)
    head = QHBoxLayout()
    head.setSpacing(12)
    head.addWidget(PlainLabel(title, STRONG_PX, bold=True))
    head.addStretch(1)
    head.addWidget(PlainLabel(note, NOTE_PX, tone="text2"))
    column.addLayout(head)
    column.addWidget(part)
    return card
