"""Runs the connection test as a process of its own: the window itself touches no network."""

import json
import sys

from PySide6.QtCore import QObject, QProcess, Signal

from desktop.supervision.child import ROOT

NAMES = ("address", "dns", "tcp", "tls", "http", "health", "clock")
LIMIT_MS = 60_000


class ConnectionTest(QObject):
    """One try after the other; a new one ends the one before."""

    stepped = Signal(str, bool, str)  # name of the step, whether it went, the operator's text
    finished = Signal(bool)  # whether all steps went

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._rest = b""

    @property
    def is_running(self) -> bool:
        return self._process is not None

    def start(self, url: str, ca_file: str) -> None:
        self.stop()
        self._rest = b""
        process = self._process = QProcess(self)
        process.setWorkingDirectory(str(ROOT))
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start(sys.executable, ["-m", "desktop.link.reach", url, ca_file])

    def stop(self) -> None:
        """Also before the window goes: a process must not outlive it."""
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    def _read(self) -> None:
        if self._process is None:
            return
        self._rest += self._process.readAllStandardOutput().data()
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            step = json.loads(line)
            self.stepped.emit(str(step["name"]), bool(step["ok"]), str(step["text"]))

    def _on_finished(self, code: int, _status: QProcess.ExitStatus) -> None:
        self._read()
        self._end(code == 0)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(False)

    def _end(self, went_well: bool) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
            self.finished.emit(went_well)
