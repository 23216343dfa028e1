"""No asyncio task without an owner."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject

log = logging.getLogger(__name__)

AsyncAction = Callable[[], Awaitable[None]]
"""What a button carries out; widgets take it from here, they may not see desktop.context."""


def report_bug(error: BaseException) -> None:
    """Logs an error nobody expected; the shell replaces this with its own reporter."""
    log.error("unexpected error in a task", exc_info=error)


def loop_runs() -> bool:
    """Before the loop runs and after it has ended nothing can be asked."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


class TaskScope:
    """Tasks owned by one QObject; they are cancelled when it is destroyed."""

    def __init__(
        self, owner: QObject, on_error: Callable[[BaseException], None] = report_bug
    ) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._on_error = on_error
        owner.destroyed.connect(self.cancel)

    def spawn(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Needs a running loop. An exception of the task goes to on_error at once."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)  # a strong reference: the loop keeps only a weak one
        task.add_done_callback(self._done)
        return task

    def cancel(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._on_error(error)
