"""Errors that nobody expected: logged with their stack, shown as a red dot, survived."""

import asyncio
import logging
import sys
import threading
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

log = logging.getLogger("desktop.bug")
qt_log = logging.getLogger("qt")

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class BugReport(QObject):
    """Every log record of level ERROR, from any thread, becomes one signal."""

    reported = Signal(str)  # the record's text, one line; emitted on the thread that logged

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        self.last_text = ""

    def note(self, text: str) -> None:
        self.count += 1
        self.last_text = text
        self.reported.emit(text)


class _ErrorRoute(logging.Handler):
    def __init__(self, report: BugReport) -> None:
        super().__init__(logging.ERROR)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            text = f"{text}: {type(error).__name__}: {error}"
        try:
            self._report.note(text.splitlines()[0] if text else record.name)
        except RuntimeError:  # the report's C++ side ended with the application
            logging.getLogger().removeHandler(self)


def install(report: BugReport, loop: asyncio.AbstractEventLoop) -> None:
    """Routes uncaught errors of slots, threads, tasks and Qt into the log and `report`."""
    logging.getLogger().addHandler(_ErrorRoute(report))
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_thread
    loop.set_exception_handler(_log_loop)
    qInstallMessageHandler(_log_qt)


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.error("uncaught error", exc_info=(kind, error, trace))


def _log_thread(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        log.error("uncaught error in a thread", exc_info=arguments.exc_value)


def _log_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    log.error("%s", context.get("message", "error in the loop"), exc_info=context.get("exception"))


def _log_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    qt_log.log(_QT_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category or "qt", text)
