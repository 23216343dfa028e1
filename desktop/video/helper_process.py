"""The station's end of one video process: starts it, reads it, kills it when it is silent."""

import logging
import os
import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from desktop.clock import Clock
from desktop.lifeline import BEAT_FD, PARENT_PID
from desktop.video import wire
from desktop.video.places import SOUND_PROCESS

log = logging.getLogger(__name__)

PROGRAM = "desktop.video.helper"
FOCUS_PROGRAM = "desktop.video.focus_helper"
ROOT = Path(__file__).resolve().parent.parent.parent
SILENT_LIMIT_S = 3.0
START_LIMIT_S = 15.0
"""Until it is ready: on a busy machine several that start together load libVLC for seconds."""
STUCK_LIMIT_S = 3.0
_FORGET_S = 60.0
_RESTART_MS = (0, 0, 500, 1000, 2000, 5000)
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ftp_proxy")


class HelperProcess(QObject):
    """Restarted whenever it ends, at once at first, slower when it keeps ending."""

    ready = Signal()
    reported = Signal(object)  # wire.PlayerReport
    pictured = Signal(object)  # wire.Picture
    lost = Signal()  # ended by itself or killed; a new one is on its way
    closed = Signal()  # ended after `close_input`

    def __init__(
        self, number: int, clock: Clock, parent: QObject | None = None, program: str = PROGRAM
    ) -> None:
        super().__init__(parent)
        self.number, self._program = number, program
        self.capabilities: wire.Capabilities | None = None  # None until it is ready
        self._clock = clock
        self._rest = b""
        self._deaths_s: list[float] = []
        self._heard_s = self._looked_s = 0.0
        self._closing = False
        self.is_resting = False  # ended because nobody needs it
        self._restart = QTimer(self)
        self._restart.setSingleShot(True)
        self._restart.timeout.connect(self.start)
        self._process = self._new_process()

    @property
    def pid(self) -> int | None:
        return self._process.processId() or None

    @property
    def running(self) -> bool:
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def start(self) -> None:
        self.is_resting = False
        if self._closing or self.running:
            return
        self._rest, self.capabilities = b"", None
        self._heard_s = self._clock.monotonic_s()
        words = [wire.SOUND_WORD] if self.number == SOUND_PROCESS else []
        self._process.start(sys.executable, ["-m", self._program, *words])

    def send(self, order: wire.ToVideo) -> None:
        """Lost without a word when the process is gone: `lost` has been said then."""
        if self.running:
            self._process.write(wire.encode(order) + b"\n")

    def check(self) -> None:
        """Kills a process that says nothing. Call it each 250 ms."""
        now_s = self._clock.monotonic_s()
        late, self._looked_s = now_s - self._looked_s > 1.0, now_s
        if late or not self.running:
            self._heard_s = now_s  # we were away ourselves: its words wait unread
        elif now_s - self._heard_s > (SILENT_LIMIT_S if self.capabilities else START_LIMIT_S):
            log.warning("video process %s is silent, killed", self.pid)
            self._heard_s = now_s
            self._process.kill()

    def rest(self) -> None:
        """Ends it until the next `start`; nothing is said."""
        self.is_resting = True
        self._process.closeWriteChannel()

    def close_input(self) -> None:
        """Asks it to end; it needs at most 0.2 s."""
        self._closing = True
        self._restart.stop()
        self._process.closeWriteChannel()

    def kill(self) -> None:
        self._closing = True
        self._process.kill()

    def await_end(self, limit_ms: int) -> None:
        """Of a process that was killed."""
        if self.running:
            self._process.waitForFinished(limit_ms)

    def _new_process(self) -> QProcess:
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        for name in (BEAT_FD, PARENT_PID, "VLC_VERBOSE", *_PROXIES):
            environment.remove(name)  # the beat is ours alone; cameras are not behind a proxy
            environment.remove(name.upper())
        path = os.pathsep.join(filter(None, (str(ROOT), environment.value("PYTHONPATH"))))
        environment.insert("PYTHONPATH", path)
        process.setProcessEnvironment(environment)
        parameters = QProcess.UnixProcessParameters()
        parameters.flags = QProcess.UnixProcessFlag.CloseFileDescriptors
        process.setUnixProcessParameters(parameters)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_words)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        return process

    def _read(self) -> None:
        data = bytes(self._process.readAllStandardOutput().data())
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            try:
                self._take(wire.decode_from_video(line))
            except msgspec.DecodeError:
                log.error("video process %s sent what is no report, killed", self.pid)
                self._process.kill()
                return

    def _take(self, message: wire.FromVideo) -> None:
        self._heard_s = self._clock.monotonic_s()
        if isinstance(message, wire.Ready):
            self.capabilities = message.capabilities
            self.ready.emit()
            return
        if isinstance(message, wire.Picture):
            self.pictured.emit(message)
            return
        for report in message.players:
            self.reported.emit(report)
        if any(report.busy_s > STUCK_LIMIT_S for report in message.players):
            log.warning("a player of video process %s does not stop, killed", self.pid)
            self._process.kill()

    def _read_words(self) -> None:
        for line in bytes(self._process.readAllStandardError().data()).splitlines():
            log.warning("video process: %s", line.decode("utf-8", "backslashreplace"))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # `finished` is not said then
            self._on_finished()

    def _on_finished(self) -> None:
        self.capabilities = None
        if self._closing:
            self.closed.emit()
            return
        if self.is_resting:
            return
        now_s = self._clock.monotonic_s()
        self._deaths_s = [at_s for at_s in self._deaths_s if now_s - at_s < _FORGET_S] + [now_s]
        delay_ms = _RESTART_MS[min(len(self._deaths_s), len(_RESTART_MS)) - 1]
        log.warning("video process %d ended, restart in %d ms", self.number, delay_ms)
        self._restart.start(delay_ms)
        self.lost.emit()
