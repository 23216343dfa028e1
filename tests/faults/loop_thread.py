"""A loop in a thread of its own, for servers that a synchronous test talks to."""

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
CALL_LIMIT_S = 10.0


class LoopThread:
    """Between `start` and `stop` coroutines run in it by `do`."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Waits for it. Raises TimeoutError after CALL_LIMIT_S."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(CALL_LIMIT_S)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CALL_LIMIT_S)
        self._loop.close()


async def end(works: set["asyncio.Task[None]"]) -> None:
    """Cancels them and waits for their end."""
    ending = list(works)
    for work in ending:
        work.cancel()
    await asyncio.gather(*ending, return_exceptions=True)
