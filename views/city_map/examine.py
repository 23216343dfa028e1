"""python -m desktop.shell.examine_web: whether the web engine draws a page here, as JSON."""

import json
import os

from PySide6.QtCore import QTimer
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication

_PAGE = "<body style='margin:0;background:rgb(18,120,60)'></body>"
_WANTED = (18, 120, 60)
_LOOK_MS, _LIMIT_MS = 100, 7000


class _Look:
    """Looks until the colour of the page is there, or the time is up."""

    def __init__(self) -> None:
        self.view = QWebEngineView()
        self.view.resize(64, 64)
        self.left_ms = _LIMIT_MS
        self.timer = QTimer()
        self.timer.timeout.connect(self._look)
        self.view.page().renderProcessTerminated.connect(self._died)
        self.view.setHtml(_PAGE)
        self.view.show()
        self.timer.start(_LOOK_MS)

    def _look(self) -> None:
        pixel = self.view.grab().toImage().pixelColor(32, 32)
        seen = (pixel.red(), pixel.green(), pixel.blue())
        drawn = max(abs(a - b) for a, b in zip(_WANTED, seen, strict=True)) < 8
        self.left_ms -= _LOOK_MS
        if drawn or self.left_ms <= 0:
            self._end(drawn, "")

    def _died(self, status: object, code: int) -> None:
        self._end(False, f"render process ended with {code}")

    def _end(self, drawn: bool, why: str) -> None:
        print(json.dumps({"drawn": drawn, "why": why}), flush=True)
        os._exit(0)  # the engine's own end may take seconds


def main() -> int:
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    flags = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "") + " --disable-gpu"
    if os.geteuid() == 0:
        flags += " --no-sandbox"  # as the program does with the stand-in; root is told
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = flags
    os.environ["QT_QUICK_BACKEND"] = "software"
    app = QApplication(["examine"])
    look = _Look()
    code = app.exec()
    del look
    return code
