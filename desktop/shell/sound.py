"""The sounds of this desk: asks the pure rule four times a second, lets a process of its own play.

Nothing of the audio system runs in the window's process, so that neither a hanging sound server
nor a crash of its library can hold the desk up.
"""

import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from desktop.context import RoomContext
from desktop.domain.annunciation import Annunciation, Cue, volume_percent
from desktop.lifeline import PARENT_PID
from desktop.stores.sound_state import SoundCondition
from desktop.stores.throttle import Throttle

log = logging.getLogger(__name__)

TICK_MS, TAKE_MS = 250, 200
NO_ANSWER_AFTER_S = 15.0  # the player speaks every five seconds
START_AGAIN_MS = 5_000


class PlayerProcess(QObject):
    """The child that plays. `told` is one fact of its protocol."""

    told = Signal(object)  # dict
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert(PARENT_PID, str(os.getpid()))
        environment.remove("QT_SCALE_FACTOR")
        self._process.setProcessEnvironment(environment)
        self._process.setWorkingDirectory(str(Path(__file__).resolve().parents[2]))
        self._process.readyReadStandardOutput.connect(self._read)
        # A library in trouble writes without end; what matters comes by the protocol.
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.finished.connect(self.ended)
        self._process.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        self._process.start(sys.executable, ["-m", "desktop.shell.sound_player"])

    def play(self, cue: Cue, percent: int) -> None:
        """Written to a pipe; never waits. Nothing happens while there is no process."""
        if self._process.state() is QProcess.ProcessState.Running:
            order = {"play": cue.value, "volume_percent": percent}
            self._process.write(json.dumps(order).encode() + b"\n")

    def kill(self) -> None:
        """It hangs: `ended` follows."""
        self._process.kill()

    def close(self) -> None:
        """Its stdin ends: it leaves by itself; killed with us in any case."""
        self._process.blockSignals(True)
        self._process.closeWriteChannel()
        self._process.kill()
        self._process.waitForFinished(200)

    def _read(self) -> None:
        while self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                fact = json.loads(line)
            except ValueError:
                log.warning("sound player: %r", line[:200])
                continue
            if isinstance(fact, dict):
                self.told.emit(fact)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.ended.emit()


class Sound(QObject):
    """Follows the alarm store and tells `room.sound` what is heard, or why nothing can be."""

    flooded = Signal(int)  # how many more alarms wait, told once per flood
    silence_ended_by_red = Signal()

    def __init__(
        self, room: RoomContext, player: PlayerProcess | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._room, self._clock = room, room.clock
        self._rule = Annunciation()
        self._player = player or PlayerProcess(self)
        self._condition, self._device = SoundCondition.STARTING, ""
        self._heard_s = self._clock.monotonic_s()
        self._linked = self._complete = False
        self._player.told.connect(self._on_told)
        self._player.ended.connect(self._on_ended)
        self._taking = Throttle(self._take, TAKE_MS, self)
        room.alarms.changed.connect(self._taking.call)
        room.session.changed.connect(self._taking.call)
        room.health.changed.connect(self._on_health)
        room.sound.silence_asked.connect(self.silence)
        room.sound.try_out_asked.connect(self.try_out)
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK_MS)
        self._ticking.timeout.connect(self.tick)

    @property
    def in_flood(self) -> bool:
        return self._rule.in_flood

    def start(self) -> None:
        self._player.start()
        self._ticking.start()

    def close(self) -> None:
        self._ticking.stop()
        self._player.close()

    def begin(self) -> None:
        """All open alarms are there: none of them counts as one that has just come."""
        self._complete = True
        self._taking.call()

    def silence(self) -> None:
        self._rule.silence(self._clock.monotonic_s())
        self.tick()

    def try_out(self, cue: str) -> None:
        """The volume test: one sound now, whatever waits."""
        self._play(Cue(cue))

    def tick(self) -> None:
        now_s = self._clock.monotonic_s()
        told = self._rule.at(now_s)
        for cue in told.cues:
            self._play(cue)
        if told.flood_more:
            self.flooded.emit(told.flood_more)
        if told.silence_broken:
            self.silence_ended_by_red.emit()
        if now_s - self._heard_s > NO_ANSWER_AFTER_S:
            self._condition = SoundCondition.NO_ANSWER
            self._heard_s = now_s
            self._player.kill()
        left_s = -int(-told.silence_left_s // 1)
        self._room.sound.report(self._condition, self._device, left_s, told.red_waiting)

    def _take(self) -> None:
        """Signed out there is no way to the platform: what it last said is nobody's alarm."""
        if self._room.session.user is None or not self._complete:
            self._rule.rest()
        else:
            self._rule.take(dict(self._room.alarms.waiting()), self._clock.monotonic_s())

    def _play(self, cue: Cue) -> None:
        wished = self._room.preferences.get("volume_percent")
        self._room.sound.count(cue.value)
        self._player.play(cue, volume_percent(cue, wished))

    def _on_health(self) -> None:
        """A way to the platform that was there and is gone: one soft tick."""
        linked = self._room.health.link_connected
        mqtt = self._room.health.health.mqtt.condition.value
        up = linked and mqtt == "up"
        if self._linked and not up:
            self._rule.lose()
        self._linked = up

    def _on_told(self, fact: dict[str, Any]) -> None:
        self._heard_s = self._clock.monotonic_s()
        if "outputs" in fact:
            self._device = str(fact.get("device", ""))
            if not fact["outputs"]:
                self._condition = SoundCondition.NO_DEVICE
            elif fact.get("proved") or self._condition is not SoundCondition.FAILED:
                self._condition = SoundCondition.READY
        elif "failed" in fact and self._condition is not SoundCondition.NO_DEVICE:
            self._condition = SoundCondition.FAILED
        elif "played" in fact:
            self._condition = SoundCondition.READY

    def _on_ended(self) -> None:
        self._condition = SoundCondition.NO_ANSWER
        QTimer.singleShot(START_AGAIN_MS, self, self._player.start)
