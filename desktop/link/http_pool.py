"""The pool of connections of the REST client, left for a new one after a call that was cut off.

A call that is cancelled while httpcore (1.0.9) hands it a connection leaves that place of the pool
taken for ever: the connection stays CONNECTING and nobody uses it. A platform that hangs for many
callers takes all places in one moment, and no call gets through any more although the platform
answers again. So a pool in which a call was cut off serves its running calls to their end, and no
new one.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

_LIMITS = httpx.Limits(max_connections=8, max_keepalive_connections=4)


class _Pool:
    def __init__(self, tls: ssl.SSLContext | bool, timeout_s: float) -> None:
        self.calls = 0
        self.client = httpx.AsyncClient(
            verify=tls,
            trust_env=False,
            follow_redirects=False,
            timeout=timeout_s,
            headers={"Accept-Encoding": "gzip"},
            limits=_LIMITS,
        )


class HttpPool:
    """`timeout_s`: of each single wait within a call."""

    def __init__(self, tls: ssl.SSLContext | bool, timeout_s: float) -> None:
        self._tls = tls
        self._timeout_s = timeout_s
        self._pool = _Pool(tls, timeout_s)

    @property
    def client(self) -> httpx.AsyncClient:
        """To build a request; for sending it, see `lent`."""
        return self._pool.client

    async def close(self) -> None:
        await self._pool.client.aclose()

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[httpx.AsyncClient]:
        """For one call. The pool is left when the body is cancelled or runs out of time."""
        pool = self._pool
        pool.calls += 1
        try:
            yield pool.client
        except (asyncio.CancelledError, httpx.TimeoutException):
            if pool is self._pool:
                self._pool = _Pool(self._tls, self._timeout_s)
            raise
        finally:
            pool.calls -= 1
            if pool is not self._pool and pool.calls == 0:
                await pool.client.aclose()
