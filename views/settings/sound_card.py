"""The volume and its test: each sound as it comes in earnest."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.annunciation import RED_FLOOR_PERCENT, Cue
from desktop.stores.sound_state import SoundCondition
from widgets.plain_label import PlainLabel
from widgets.theme import NOTE_PX
from widgets.times import local

_STEP_PERCENT = 5


class SoundCard(QWidget):
    """Sets `volume_percent`; a test of the red counts as today's."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setSingleStep(_STEP_PERCENT)
        self.slider.setPageStep(2 * _STEP_PERCENT)
        self.slider.setAccessibleName(self.tr("提示音音量"))
        self.slider.valueChanged.connect(self._on_moved)
        self._percent = PlainLabel(bold=True)
        self._percent.setMinimumWidth(56)
        self._state = PlainLabel()
        self._state.setWordWrap(True)
        self._tested = PlainLabel(px=NOTE_PX, tone="text2")
        self._build()
        room.preferences.changed.connect(self._on_preference)
        room.sound.changed.connect(self._tell_state)
        self._tell()
        self._tell_state()

    def _build(self) -> None:
        volume = QHBoxLayout()
        volume.setSpacing(12)
        volume.addWidget(self.slider, 1)
        volume.addWidget(self._percent)
        tests = QHBoxLayout()
        tests.setSpacing(4)
        for cue, words in (
            (Cue.RED, self.tr("试听红色")),
            (Cue.ORANGE, self.tr("试听橙色")),
            (Cue.YELLOW, self.tr("试听黄色")),
            (Cue.LOSS, self.tr("试听中断")),
        ):
            button = QPushButton(words)
            button.setObjectName(cue.value)
            button.clicked.connect(self._try_out)
            tests.addWidget(button)
        tests.addStretch(1)
        floor = self.tr("红色告警不低于 {0} %，任何设置都关不掉；蓝色没有提示音")
        note = PlainLabel(floor.format(RED_FLOOR_PERCENT), NOTE_PX, tone="text2")
        note.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(volume)
        column.addLayout(tests)
        column.addWidget(self._state)
        column.addWidget(note)
        column.addWidget(self._tested)

    def _on_moved(self, percent: int) -> None:
        self._room.preferences.set("volume_percent", percent)

    def _try_out(self) -> None:
        cue = self.sender().objectName()
        self._room.sound.try_out(cue)
        if cue == Cue.RED and not self._room.sound.is_mute:
            now = local(self._room.clock.now())
            self._room.preferences.set("sound_tested_on", f"{now:%Y-%m-%d %H:%M}")

    def _on_preference(self, key: str) -> None:
        if key in ("volume_percent", "sound_tested_on"):
            self._tell()

    def _tell(self) -> None:
        percent = self._room.preferences.get("volume_percent")
        self.slider.setValue(percent)
        self._percent.setText(f"{percent} %")
        at = self._room.preferences.get("sound_tested_on")
        self._tested.setText(
            self.tr("上次试听红色 {0}").format(at) if at else self.tr("还没有试听过红色提示音")
        )

    def _tell_state(self) -> None:
        sound = self._room.sound
        self._state.set_tone("p1" if sound.is_mute else "text2")
        words = {
            SoundCondition.STARTING: self.tr("正在查找音频输出设备"),
            SoundCondition.READY: self.tr("输出到 {0}").format(sound.device),
            SoundCondition.NO_DEVICE: self.tr("本台无声：没有找到音频输出设备，请接好扬声器或耳机"),
            SoundCondition.FAILED: self.tr("本台无声：音频设备拒绝播放，请检查设备后再试听"),
            SoundCondition.NO_ANSWER: self.tr("本台无声：声音服务没有应答，正在重启"),
        }
        self._state.setText(words[sound.condition])
