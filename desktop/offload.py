"""The one way to run blocking work beside the GUI loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_pool = ThreadPoolExecutor(max_workers=3, thread_name_prefix="offload")


async def offload(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Runs `work` on a worker thread and gives its result in the calling loop.

    `work` must not touch a widget or a store. Raises what `work` raises.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool, lambda: work(*args, **kwargs))


def shut_down() -> None:
    """At the very end of the process: does not wait for what still runs."""
    _pool.shutdown(wait=False, cancel_futures=True)
