"""How many streams of one host are being opened at a time."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from desktop.domain.tile_policy import MAX_OPENS


class Gates:
    """At most MAX_OPENS streams of one host at a time; one that hangs delays no other host."""

    def __init__(self) -> None:
        self._gates: dict[str, asyncio.Semaphore] = {}
        self._users: Counter[str] = Counter()  # inside or waiting

    @contextlib.asynccontextmanager
    async def pass_one(self, url: str) -> AsyncIterator[None]:
        """Held until the stream flows or has failed."""
        host = _host_of(url)
        self._users[host] += 1
        try:
            async with self._gates.setdefault(host, asyncio.Semaphore(MAX_OPENS)):
                yield
        finally:
            self._users[host] -= 1
            if not self._users[host]:
                del self._users[host], self._gates[host]


def _host_of(url: str) -> str:
    """Empty for what is no address: whoever opens it says so. The error would name its secret."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
