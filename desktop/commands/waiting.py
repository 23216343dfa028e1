"""Futures by the id of what was sent, resolved by the link's answer or by time."""

import asyncio
from typing import Generic, TypeVar

from desktop.errors import PlatformAway, PlatformError

T = TypeVar("T")
NO_LINK = "数据链路进程未连接，正在自动恢复；请稍候几秒再试"


class Waiting(Generic[T]):
    """Who waits for which answer; without a link nobody is refused, all are away."""

    def __init__(self) -> None:
        self._futures: dict[str, asyncio.Future[T]] = {}

    async def wait(self, key: str, limit_s: float, too_late: str) -> T:
        """Raises PlatformAway(too_late) after `limit_s`, or what `fail` was told."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._futures[key] = future
        try:
            async with asyncio.timeout(limit_s):
                return await future
        except TimeoutError:
            raise PlatformAway(too_late) from None
        finally:
            self._futures.pop(key, None)

    def resolve(self, key: str, answer: T) -> None:
        future = self._futures.get(key)
        if future is not None and not future.done():
            future.set_result(answer)

    def fail(self, key: str, operator_text: str, away: bool = False) -> None:
        future = self._futures.get(key)
        if future is not None and not future.done():
            future.set_exception((PlatformAway if away else PlatformError)(operator_text))

    def fail_all(self, operator_text: str) -> None:
        for key in tuple(self._futures):
            self.fail(key, operator_text, away=True)
