"""What kind of platform it is, whether it answers, and what time it has."""

import asyncio
import logging
from collections.abc import Callable

import msgspec

from desktop.clock import Clock
from desktop.domain.link_messages import DemoAccount, PlatformState
from desktop.errors import PlatformError
from desktop.feeds.wire import UNREADABLE
from desktop.link.rest import Refused, Rest, server_time

log = logging.getLogger(__name__)

PERIOD_S = 10.0
LONGEST_TRIP_S = 2.0  # beyond it the platform's clock cannot be read


class PlatformProbe:
    """Asks GET /demo/accounts once (only a stand-in has it) and GET /health each 10 s."""

    def __init__(self, rest: Rest, clock: Clock) -> None:
        self._rest = rest
        self._clock = clock
        self._is_known = False
        self.state = PlatformState(url=rest.base_url)

    async def run(
        self, on_platform: Callable[[], None], on_offset: Callable[[float], None]
    ) -> None:
        """Never returns."""
        while True:
            await self._clock.sleep(self._rest.wait_s)
            try:
                if not self._is_known:
                    await self._ask_kind()
                    on_platform()
                offset_s = await self._ask_time()
            except PlatformError as error:
                log.debug("probe: %s", error.operator_text)
                await self._clock.sleep(0.2)
                continue
            if offset_s is not None:
                on_offset(offset_s)
            await self._clock.sleep(PERIOD_S)

    async def _ask_kind(self) -> None:
        try:
            answer = await self._rest.get("/demo/accounts", signed=False)
            accounts = await asyncio.to_thread(_accounts, answer.body)
        except Refused:
            accounts = None  # a real platform does not know the path
        self._is_known = True
        if accounts is not None:
            self.state = PlatformState(
                url=self._rest.base_url, standin=True, demo_accounts=accounts
            )

    async def _ask_time(self) -> float | None:
        before_s, before = self._clock.monotonic_s(), self._clock.now()
        answer = await self._rest.get("/health", signed=False)
        trip_s = self._clock.monotonic_s() - before_s
        theirs = server_time(answer.body)
        if theirs is None or trip_s > LONGEST_TRIP_S:
            return None
        return round((theirs - before).total_seconds() - trip_s / 2, 3)


def _accounts(body: bytes) -> tuple[DemoAccount, ...] | None:
    try:
        return msgspec.json.decode(body, type=tuple[DemoAccount, ...])
    except UNREADABLE:
        return None
