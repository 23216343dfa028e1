"""Assessments of the platform, mirrored beside the cases: schemes, special scores, votes, the
platform's own published totals.

What is wrong in a month is refused as a whole and the reason is kept in its place; the last good
word on the schemes stays.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from desktop.clock import Clock
from desktop.domain.assessment.figures import Inputs
from desktop.domain.assessment.periods import PeriodKind, earlier, period_of
from desktop.domain.assessment.told import BadInputs, read_inputs, read_schemes
from desktop.domain.duty import CITY_ZONE
from desktop.domain.link_messages import CatalogueChanged
from desktop.errors import PlatformError
from desktop.feeds.wire import clean_message
from desktop.link.rest import Refused, Rest

if TYPE_CHECKING:
    from local_db.cases import CaseBook

log = logging.getLogger(__name__)

SCHEMES = "schemes"
PERIOD_S, RETRY_S, NOT_SERVED_S = 300.0, 30.0, 900.0
MONTHS, MOVING = 24, 3
"""Of so many months the last few may still change: votes come, appeals are decided."""
OLD_S = 24 * 3600.0
"""After so long an older month is asked for again."""
_PAUSE_S = 0.2
_GONE = (404, 405, 501)


class AssessmentMirror:
    """Runs as long as somebody is signed in; `on_changed` is told of "cases"."""

    def __init__(
        self,
        rest: Rest,
        book: Callable[[], Awaitable["CaseBook"]],
        clock: Clock,
        is_signed_in: Callable[[], bool],
        on_changed: Callable[[CatalogueChanged], None],
    ) -> None:
        self._rest, self._book, self._clock = rest, book, clock
        self._is_signed_in, self._on_changed = is_signed_in, on_changed

    async def run(self) -> None:
        """Never returns."""
        while True:
            if not self._is_signed_in() or self._rest.wait_s > 0:
                await self._clock.sleep(1.0)
                continue
            try:
                changed = await self.catch_up()
            except Refused as error:
                log.info("assessments: %s", error.operator_text)
                await self._clock.sleep(NOT_SERVED_S if error.status in _GONE else RETRY_S)
            except PlatformError as error:
                log.info("assessments wait: %s", error.operator_text)
                await self._clock.sleep(RETRY_S)
            else:
                log.debug("assessments: %d new", changed)
                await self._clock.sleep(PERIOD_S)

    async def catch_up(self) -> int:
        """Gives how many answers were new. Raises PlatformError."""
        book = await self._book()
        known = await asyncio.to_thread(book.told)
        now = self._clock.now()
        changed = int(await self._schemes(book, known))
        for number, period in enumerate(_months(now)):
            old = known.get(period)
            if number >= MOVING and old is not None and old[1] > now.timestamp() - OLD_S:
                continue
            found = await self._of_month(period)
            if found is None:
                if number >= MOVING:
                    break  # older than what the platform has
                continue
            body = msgspec.json.encode(found)
            await asyncio.to_thread(book.put_told, period, body, now.timestamp())
            changed += old is None or old[0] != body
            await self._clock.sleep(_PAUSE_S)
        if changed:
            self._on_changed(CatalogueChanged("cases", f"told/{now.timestamp()}", 0, now))
        return changed

    async def _schemes(self, book: "CaseBook", known: dict[str, tuple[bytes, float]]) -> bool:
        answer = await self._rest.get("/assessments/schemes", apart=True)
        try:
            schemes = read_schemes(clean_message(answer.body))
        except BadInputs as error:
            log.warning("schemes are refused: %s", error)
            return False
        body = msgspec.json.encode(schemes)
        if not schemes or known.get(SCHEMES, (b"", 0))[0] == body:
            return False
        await asyncio.to_thread(book.put_told, SCHEMES, body, self._clock.now().timestamp())
        return True

    async def _of_month(self, period: str) -> Inputs | None:
        """None where the platform has nothing of a month."""
        try:
            answer = await self._rest.get(f"/assessments/{period}", apart=True)
        except Refused as error:
            if error.status in (400, 404, 422):
                return None
            raise
        try:
            return await asyncio.to_thread(lambda: read_inputs(clean_message(answer.body)))
        except BadInputs as error:
            log.warning("assessment of %s is refused: %s", period, error)
            return Inputs(fault=str(error))


def _months(now: datetime) -> list[str]:
    """The present one first."""
    present = period_of(f"{now.astimezone(CITY_ZONE):%Y-%m}", PeriodKind.MONTH)
    return [earlier(present, n) for n in range(MONTHS)]
