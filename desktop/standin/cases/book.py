"""The cases as they stand at a moment, chosen and in the order of their changes."""

import asyncio
import logging
import sys
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.lifeline import die_with_parent
from desktop.standin.cases.month import Month
from desktop.standin.cases.months import MonthFiles, wanted
from desktop.standin.cases.rows import Rows, states, updated

log = logging.getLogger(__name__)
_LOOK_AGAIN_S = 60.0
_AT_ONCE = 32_768
Mask = NDArray[np.bool_]
Key = tuple[int, int, int]
"""When it changed, its month's number, its row: the order of all cases."""
START: Key = (0, 0, -1)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which cases: numbers of the surroundings' lists; None for any. Times in Unix seconds."""

    district: int | None = None
    street: int | None = None
    orgs: frozenset[int] | None = None
    classes: frozenset[int] | None = None
    source: int | None = None
    state: int | None = None
    from_s: int = 0
    to_s: int = 2**33

    def of(self, rows: Rows, now_s: int) -> Mask:
        result = (rows["report"] <= now_s) & (rows["report"] >= self.from_s)
        result &= rows["report"] < self.to_s
        for name in ("district", "street", "source"):
            if (number := getattr(self, name)) is not None:
                result &= rows[name] == number
        for name, several in (("org", self.orgs), ("cls", self.classes)):
            if several is not None:
                result &= np.isin(rows[name], list(several))
        if self.state is not None:
            result &= states(rows, now_s) == self.state
        return result


class HeldMonth:
    """`rows` in the order of their last change, read where they lie."""

    def __init__(self, month: Month, rows: Rows) -> None:
        self.month, self.rows = month, rows
        self._last = np.ascontiguousarray(rows["last"]).astype(np.int64)
        self._moving: tuple[int, NDArray[np.int64], NDArray[np.int64]] | None = None

    def find(self, chosen: Chosen, after: Key, now_s: int, limit: int) -> list[Key]:
        """The first after a key, in order."""
        if self.month.start_s > min(now_s, chosen.to_s) or chosen.from_s >= self.end_s:
            return []
        settled = int(np.searchsorted(self._last, now_s, side="right"))
        found = self._settled(chosen, after, now_s, settled, limit)
        found += self._unsettled(chosen, after, now_s, settled, limit)
        return sorted(found)[:limit]

    @property
    def end_s(self) -> int:
        return self.month.plus(1).start_s

    def _settled(
        self, chosen: Chosen, after: Key, now_s: int, settled: int, limit: int
    ) -> list[Key]:
        number, found = self.month.number, list[Key]()
        first = bisect_right(
            range(settled), after, key=lambda n: (int(self._last[n]), number, n)
        )  # fmt: skip
        while first < settled and len(found) < limit:
            end = min(first + _AT_ONCE, settled)
            these = first + np.flatnonzero(chosen.of(self.rows[first:end], now_s))
            these = these[: limit - len(found)]
            found += [
                (at, number, n)
                for at, n in zip(self._last[these].tolist(), these.tolist(), strict=True)
            ]
            first = end
        return found

    def _unsettled(
        self, chosen: Chosen, after: Key, now_s: int, settled: int, limit: int
    ) -> list[Key]:
        number = self.month.number
        order, changed = self._in_motion(settled, now_s)
        first = bisect_right(
            range(len(order)), after, key=lambda n: (int(changed[n]), number, int(order[n]))
        )
        order, changed = order[first:], changed[first:]
        fits = chosen.of(self.rows[order], now_s)
        pairs = zip(changed[fits][:limit].tolist(), order[fits][:limit].tolist(), strict=True)
        return [(at, number, n) for at, n in pairs]

    def _in_motion(self, settled: int, now_s: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows that are reported and will still change, with when they changed, in order."""
        if self._moving is None or self._moving[0] != now_s:
            rows = self.rows[settled:]
            these = np.flatnonzero(rows["report"] <= now_s)
            changed = updated(rows[these], now_s)
            order = np.lexsort((these, changed))
            self._moving = (now_s, these[order] + settled, changed[order])
        return self._moving[1], self._moving[2]


class CaseBook:
    """None of it before `ready`. Reads block: from a coroutine call them in a thread."""

    def __init__(
        self, cache: Path, seed: int, scale: str, now: Callable[[], datetime]
    ) -> None:  # fmt: skip
        self._files = MonthFiles(cache, seed, scale)
        self._scale = scale
        self.now = now
        self.months: tuple[HeldMonth, ...] = ()

    @property
    def ready(self) -> bool:
        return bool(self.months)

    async def run(self) -> None:
        """Makes and opens what is missing, at the start and when a month begins."""
        while True:
            present = Month.of(self.now())
            if not self.months or self.months[-1].month != present.plus(1):
                await self._stand(present)
            await asyncio.sleep(_LOOK_AGAIN_S)

    async def _stand(self, present: Month) -> None:
        if await asyncio.to_thread(self._files.missing, present):
            await self._build(present)
        try:
            await asyncio.to_thread(self.open, present)
        except (OSError, ValueError, EOFError) as error:
            log.warning("the cases cannot be read: %s", error)

    def open(self, present: Month) -> None:
        """Raises OSError, ValueError, EOFError."""
        self.months = tuple(
            HeldMonth(month, self._files.read(month)) for month in wanted(present)
        )  # fmt: skip

    async def _build(self, present: Month) -> None:
        files = self._files
        builder = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "desktop.standin.cases", "--cache", str(files.folder),
            "--seed", str(files.seed), "--scale", self._scale, "--month", str(present),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
            preexec_fn=die_with_parent,
        )  # fmt: skip
        try:
            code = await builder.wait()
        except asyncio.CancelledError:
            builder.kill()
            raise
        if code:
            log.warning("the builder of the cases ended with %d", code)

    def page(
        self, chosen: Chosen, after: Key, now_s: int, limit: int
    ) -> tuple[list[Key], Key | None]:
        """Keys in order, and the last of them where more follow."""
        found: list[Key] = []
        for held in self.months:
            found += held.find(chosen, after, now_s, limit + 1)
        found = sorted(found)[: limit + 1]
        return found[:limit], found[limit - 1] if len(found) > limit else None

    def held(self, number: int) -> HeldMonth | None:
        return next((one for one in self.months if one.month.number == number), None)

    def find_id(self, case_id: str, now_s: int) -> Key | None:
        """By district, day and serial of the day."""
        if not (len(case_id) == 19 and case_id.isascii() and case_id.isdecimal()):
            return None
        year, month, day = int(case_id[6:10]), int(case_id[10:12]), int(case_id[12:14])
        held = self.held(year * 12 + month - 1)
        if held is None:
            return None
        start_s = held.month.start_s + (day - 1) * 86_400
        report = held.rows["report"]
        mine = (report >= start_s) & (report < start_s + 86_400) & (report <= now_s)
        mine &= held.rows["serial"] == int(case_id[14:])
        for row in np.flatnonzero(mine).tolist():
            at = int(updated(held.rows[row : row + 1], now_s)[0])
            return at, held.month.number, row
        return None
