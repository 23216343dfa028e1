"""Bugs are logged, counted and survived."""

import asyncio
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, qInstallMessageHandler

from desktop.shell.reporting import BugReport, install
from desktop.tasks import TaskScope


@pytest.fixture
def report(qapp: object) -> Iterator[BugReport]:
    hooks, handlers = (sys.excepthook, threading.excepthook), list(logging.getLogger().handlers)
    loop = asyncio.new_event_loop()
    report = BugReport()
    report.loop = loop  # type: ignore[attr-defined]
    install(report, loop)
    yield report
    loop.close()
    sys.excepthook, threading.excepthook = hooks
    logging.getLogger().handlers[:] = handlers
    qInstallMessageHandler(None)


def test_that_an_uncaught_error_is_counted_and_named(report: BugReport) -> None:
    try:
        raise ValueError("broken")
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert report.count == 1
    assert "ValueError: broken" in report.last_text


def test_that_an_error_of_a_task_is_counted(report: BugReport) -> None:
    loop = report.loop  # type: ignore[attr-defined]

    async def work() -> None:
        async def fail() -> None:
            raise KeyError("lost")

        owner = QObject()
        task = TaskScope(owner).spawn(fail(), name="fails")
        await asyncio.wait({task})
        await asyncio.sleep(0)

    loop.run_until_complete(work())
    assert report.count == 1


def test_that_a_warning_is_no_bug(report: BugReport) -> None:
    logging.getLogger("x").warning("platform away")
    assert report.count == 0
