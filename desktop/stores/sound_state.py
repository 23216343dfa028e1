"""What sounds, or why nothing can: the fact that top bar, settings and lock page share."""

from collections import Counter
from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class SoundCondition(StrEnum):
    STARTING = "starting"
    READY = "ready"
    NO_DEVICE = "no_device"  # the machine has no output
    FAILED = "failed"  # the device refused a sound
    NO_ANSWER = "no_answer"  # the audio system hangs, or its process ends again and again


MUTE = frozenset({SoundCondition.NO_DEVICE, SoundCondition.FAILED, SoundCondition.NO_ANSWER})


class SoundState(QObject):
    """Told by the shell's sound; `silence` and `try_out` are asked by who shows it."""

    changed = Signal()
    silence_asked = Signal()
    try_out_asked = Signal(str)  # name of the cue

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.condition = SoundCondition.STARTING
        self.device = ""
        self.silence_left_s = 0
        self.red_waiting = False
        self.cues: Counter[str] = Counter()  # how often each has been ordered of the player

    @property
    def is_mute(self) -> bool:
        return self.condition in MUTE

    def report(
        self, condition: SoundCondition, device: str, silence_left_s: int, red_waiting: bool
    ) -> None:
        before = (self.condition, self.device, self.silence_left_s, self.red_waiting)
        self.condition = condition
        self.device = device
        self.silence_left_s = silence_left_s
        self.red_waiting = red_waiting
        if before != (condition, device, silence_left_s, red_waiting):
            self.changed.emit()

    def count(self, cue: str) -> None:
        self.cues[cue] += 1

    def silence(self) -> None:
        """A minute without pulses; no acknowledgement."""
        self.silence_asked.emit()

    def try_out(self, cue: str) -> None:
        """The volume test."""
        self.try_out_asked.emit(cue)
