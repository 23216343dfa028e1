"""The process that makes the sounds: the audio system may hang or crash here, never in the window.

QAudioSink, not QSoundEffect: with PulseAudio the latter's engine went into an endless loop of
socket warnings after some minutes of sounds one over the other (Qt 6.11.3).

Reads JSON lines on stdin, `{"play": "red", "volume_percent": 70}`; writes `{"outputs": 1,
"device": "…", "proved": true}` at its start, on each change and every five seconds, `{"played":
"red"}` when a sound has begun and `{"failed": "red"}` when it could not. Ends with its parent.

Every five seconds it plays a moment of silence: the list of outputs alone is not to be trusted.
With PulseAudio an output that is gone stays in Qt's list (Qt 6.11.3), and a desk without alarms
would learn of it by the first alarm that nobody hears. `proved`: the last silence was played.
"""

import json
import os
import sys
import wave
from pathlib import Path

# The wheel tries PipeWire first and complains where it is missing: not a fault of this desk.
os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QObject,
    QSocketNotifier,
    QTimer,
    Signal,
)
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices, QtAudio

from desktop import lifeline

SOUNDS = Path(__file__).resolve().parents[2] / "resources" / "sounds"
TELL_EVERY_MS = 5_000
SILENCE_MS = 100
_BROKEN = (QtAudio.Error.OpenError, QtAudio.Error.IOError, QtAudio.Error.FatalError)


class Sounding(QObject):
    """One file at one device: a sink and the samples it reads from."""

    failed = Signal(str)  # its name

    def __init__(self, name: str, device: QAudioDevice, parent: QObject) -> None:
        """Raises OSError and wave.Error for a file that cannot be read."""
        super().__init__(parent)
        self.name = name
        with wave.open(str(SOUNDS / f"{name}.wav"), "rb") as file:
            sound = QAudioFormat()
            sound.setSampleRate(file.getframerate())
            sound.setChannelCount(file.getnchannels())
            sound.setSampleFormat(QAudioFormat.SampleFormat.Int16)
            self._samples = QBuffer(self)
            self._samples.setData(QByteArray(file.readframes(file.getnframes())))
        self._sink = QAudioSink(device, sound, self)
        self._sink.stateChanged.connect(self._on_state)

    def play(self, volume_percent: int) -> None:
        """From the start, also when it is still sounding."""
        self._sink.stop()
        self._samples.close()
        self._samples.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink.setVolume(volume_percent / 100)
        self._sink.start(self._samples)
        if self._sink.error() == QtAudio.Error.NoError:
            _say({"played": self.name})
        else:
            self.failed.emit(self.name)

    def _on_state(self) -> None:
        state = self._sink.state()  # the signal's own argument cannot be converted (PySide 6.11)
        if state == QtAudio.State.IdleState:  # the samples are through
            self._sink.stop()
        elif state == QtAudio.State.StoppedState and self._sink.error() in _BROKEN:
            self.failed.emit(self.name)


class Proof(QObject):
    """Plays silence at the default output. `lives` is None while nothing is known yet."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lives: bool | None = None
        self._sound = QAudioFormat()
        self._sound.setSampleRate(48_000)
        self._sound.setChannelCount(1)
        self._sound.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._silence = QBuffer(self)
        self._silence.setData(QByteArray(bytes(2 * 48 * SILENCE_MS)))
        self._sink: QAudioSink | None = None

    def begin(self) -> None:
        self.forget()
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            return self._take(None)
        self._silence.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(device, self._sound, self)
        self._sink.stateChanged.connect(self._on_state)
        self._sink.start(self._silence)
        if self._sink.error() in _BROKEN:
            self._take(False)

    def forget(self) -> None:
        if self._sink is not None:
            sink, self._sink = self._sink, None
            sink.stateChanged.disconnect(self._on_state)
            sink.stop()
            sink.deleteLater()
        self._silence.close()

    def _on_state(self) -> None:
        if self._sink is None:
            return
        state = self._sink.state()
        if state == QtAudio.State.IdleState:  # played through
            self._take(True)
        elif state == QtAudio.State.StoppedState and self._sink.error() in _BROKEN:
            self._take(False)

    def _take(self, lives: bool | None) -> None:
        before, self.lives = self.lives, lives
        if lives is not before:
            self.changed.emit()


class Player(QObject):
    """One sink per sound, made when it is first wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._soundings: dict[str, Sounding] = {}
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._on_outputs)
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._read)
        self._rest = b""
        timer = QTimer(self)
        timer.setInterval(TELL_EVERY_MS)
        timer.timeout.connect(self._look)
        timer.start()
        self._proof = Proof(self)
        self._proof.changed.connect(self.tell)
        self._look()

    def _look(self) -> None:
        self.tell()
        self._proof.begin()

    def tell(self) -> None:
        gone = self._proof.lives is False
        outputs = [] if gone else QMediaDevices.audioOutputs()
        device = QMediaDevices.defaultAudioOutput().description() if outputs else ""
        proved = self._proof.lives is True
        _say({"outputs": len(outputs), "device": device, "proved": proved})

    def _on_outputs(self) -> None:
        """A sink stays with the device that it was opened on."""
        for sounding in self._soundings.values():
            sounding.deleteLater()
        self._soundings.clear()
        self._look()

    def _on_failed(self, name: str) -> None:
        """What was proved before does not count any more."""
        self._proof.lives = self._proof.lives and None
        _say({"failed": name})

    def _read(self) -> None:
        data = os.read(sys.stdin.fileno(), 65_536)
        if not data:
            QCoreApplication.quit()
            return
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            order = json.loads(line)
            self._play(str(order["play"]), int(order["volume_percent"]))

    def _play(self, name: str, volume_percent: int) -> None:
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            self._on_failed(name)
            return
        try:
            if name not in self._soundings:
                self._soundings[name] = Sounding(name, device, self)
                self._soundings[name].failed.connect(self._on_failed)
        except (OSError, wave.Error):
            self._on_failed(name)
            return
        self._soundings[name].play(volume_percent)


def _say(fact: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(fact, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main() -> int:
    lifeline.die_with_parent()
    app = QCoreApplication(["chengkan-sound"])
    player = Player()
    code = app.exec()
    del player
    return code


if __name__ == "__main__":
    raise SystemExit(main())
