"""Which platform this seat talks to and whether it can be reached."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.link_messages import ServiceCondition
from widgets.plain_label import ElidedLabel, PlainLabel, plain_tip
from widgets.status_light import LightCondition, LightState, StatusLight
from widgets.theme import NOTE_PX
from widgets.times import hh_mm_ss


class PlatformLine(QWidget):
    """Address, light, and in words what is wrong, since when, and what is being done."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._light = StatusLight(self.tr("平台"))
        self._light.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._light.setCursor(Qt.CursorShape.ArrowCursor)
        self._address = ElidedLabel(tone="text2")
        self._words = PlainLabel(px=NOTE_PX, tone="stale")
        self._words.setWordWrap(True)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._light)
        line.addWidget(self._address, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._words)
        room.session.changed.connect(self.refresh)
        room.health.changed.connect(self.refresh)
        self.refresh()

    @property
    def reachable(self) -> bool:
        """Unknown counts as reachable: only a known failure is told."""
        rest = self._room.health.health.rest.condition
        return self._room.health.link_connected and rest not in (
            ServiceCondition.DOWN,
            ServiceCondition.REFUSED,
        )

    @staticmethod
    def _what(text: str) -> str:
        """Without what still can be seen of alarms and map: behind this page nothing can."""
        return text.partition("；")[0]

    def refresh(self) -> None:
        platform, rest = self._room.session.platform, self._room.health.health.rest
        if platform is None or not self._room.health.link_connected:
            self._address.setText("" if platform is None else platform.url)
            self._tell(LightCondition.WAITING, self.tr("正在启动数据链路"), "")
            return
        self._address.setText(
            self.tr("演示城市（内置模拟平台）") if platform.standin else platform.url
        )
        self._address.setToolTip(plain_tip(platform.url))
        since = self.tr("自 {0} 起，").format(hh_mm_ss(rest.since)) if rest.since else ""
        match rest.condition:
            case ServiceCondition.UP:
                self._tell(LightCondition.UP, self.tr("可达"), "")
            case ServiceCondition.DOWN:
                words = self._what(rest.text) or self.tr("正在自动重试，请检查网络")
                self._tell(LightCondition.DOWN, self.tr("不可达"), since + words)
            case ServiceCondition.REFUSED:
                self._tell(LightCondition.DOWN, self.tr("被拒"), since + self._what(rest.text))
            case _:
                self._tell(LightCondition.WAITING, self.tr("正在连接"), rest.text)

    def _tell(self, condition: LightCondition, word: str, words: str) -> None:
        self._light.show_state(LightState(condition, word, "", words))
        self._words.setText(words)
        self._words.setVisible(bool(words))
