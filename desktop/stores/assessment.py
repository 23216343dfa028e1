"""What the scoreboard shows: counts of the mirrored cases, level by level, as fresh as the mirror.

A level is read when somebody first looks at it, and again after each change; until then the last
figures stay, with the time of which they are.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Protocol

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.clock import Clock
from desktop.domain.assessment.blame import blame_of
from desktop.domain.assessment.figures import Figures, Level
from desktop.domain.assessment.files import Assessment
from desktop.domain.assessment.mirrored import (
    Blame,
    CaseFilter,
    CaseRow,
    CaseRows,
    Counted,
    Told,
    joined,
)
from desktop.domain.assessment.periods import months_of
from desktop.domain.assessment.successions import succeeded, taken_over
from desktop.domain.assessment.told import with_told
from desktop.domain.assessment.working_time import WorkClock
from desktop.domain.cases import Case
from desktop.offload import offload
from desktop.tasks import TaskScope, loop_runs

log = logging.getLogger(__name__)

SETTLE_MS = 1000
"""Changes of one second are read together."""
DUE_MS = 5 * 60_000
"""Open cases become due without a message."""


class CaseReads(Protocol):
    """Reads beside the GUI loop; `case` and `picture` ask the platform and raise
    PlatformError."""

    async def counted(self, level: str, now: float) -> Counted | None: ...

    async def drill(
        self, level: str, unit_id: str, months: tuple[str, ...], counts: tuple[str, ...],
        now: float, limit: int, blame: Blame | None = None,
    ) -> CaseRows: ...  # fmt: skip

    async def page(
        self, wanted: CaseFilter, now: float, after: str, limit: int
    ) -> tuple[CaseRow, ...]: ...

    async def case(self, case_id: str) -> Case: ...

    async def picture(self, attachment_id: str) -> bytes: ...

    async def told(self) -> Told:
        """Schemes of the platform, and what each month has beside its cases."""
        ...

    async def unit_names(self) -> Mapping[str, str]:
        """Districts, streets and departments by id."""
        ...


class AssessmentStore(QObject):
    """`changed` comes when figures of a level, or what was told of a month, are new."""

    changed = Signal()

    def __init__(
        self,
        reads: CaseReads,
        rules: Callable[[], Assessment],
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        """`rules` reads files: on a worker thread, with the first figures."""
        super().__init__(parent)
        self._rules = cache(rules)
        self._reads, self._clock = reads, clock
        self._clock_of: WorkClock | None = None
        self._figures: dict[Level, Figures] = {}
        self._wanted: set[Level] = set()
        self._stale: set[Level] = set()
        self._is_whole, self._count, self._is_reading = False, 0, False
        self._scope = TaskScope(self)
        self._settle = _timer(self, SETTLE_MS, self._read_soon, single=True)
        self._due = _timer(self, DUE_MS, self.refresh)

    # ---- what a view asks -------------------------------------------------------------------

    def figures(self, level: Level) -> Figures | None:
        """None until they are read, which the first question starts, or nothing is mirrored."""
        if level not in self._wanted:
            self._wanted.add(level)
            self._stale.add(level)
            self._read_soon()
        return self._figures.get(level)

    def is_whole(self) -> bool:
        """All cases of the platform have been here once; until then months may be incomplete."""
        return self._is_whole

    def case_count(self) -> int:
        return self._count

    async def rows(
        self, level: Level, unit_id: str, period: str, indicator_id: str, limit: int = 200
    ) -> CaseRows:
        """The cases that an indicator of a unit rests on: first those that have cost points.

        Those of a unit that has become a part of it are its own.
        """
        rules = await offload(self._rules)
        catalogue = rules.catalogue
        known = catalogue.get(indicator_id) is not None
        counts = tuple(sorted(catalogue.base_counts(indicator_id))) if known else ()
        now = self._clock.now().timestamp()
        blame = blame_of(catalogue.get(indicator_id))
        found = [
            await self._reads.drill(level.value, one, months_of(period), counts, now, limit, blame)
            for one in (unit_id, *taken_over(unit_id, rules.successions))
        ]
        return found[0] if len(found) == 1 else joined(found, limit)

    async def page(
        self, wanted: CaseFilter, after: str = "", limit: int = 50
    ) -> tuple[CaseRow, ...]:
        return await self._reads.page(wanted, self._clock.now().timestamp(), after, limit)

    async def case(self, case_id: str) -> Case:
        """Its whole file, from the platform. Raises PlatformError."""
        return await self._reads.case(case_id)

    async def picture(self, attachment_id: str) -> bytes:
        """JPEG or PNG of a case's file, from the platform. Raises PlatformError."""
        return await self._reads.picture(attachment_id)

    async def work_clock(self) -> WorkClock | None:
        """By the city's calendar; None where there is none that can be used."""
        if self._clock_of is None:
            calendar = (await offload(self._rules)).calendar
            if calendar is not None:
                self._clock_of = await offload(WorkClock, calendar)
        return self._clock_of

    # ---- what is told -----------------------------------------------------------------------

    def refresh(self) -> None:
        """The mirror has moved on."""
        self._stale |= self._wanted
        if self._stale and not self._settle.isActive():
            self._settle.start()

    def _read_soon(self) -> None:
        if self._stale and not self._is_reading and loop_runs():
            self._is_reading = True
            self._scope.spawn(self._read_all(), name="assessment")

    async def _read_all(self) -> None:
        try:
            while self._stale:
                level = min(self._stale)
                self._stale.discard(level)
                await self._read(level)
        finally:
            self._is_reading = False

    async def _read(self, level: Level) -> None:
        counted = await self._reads.counted(level.value, self._clock.now().timestamp())
        if counted is None:
            return
        names = await self._reads.unit_names()
        told, rules = await self._reads.told(), await offload(self._rules)
        self._is_whole, self._count = counted.whole, counted.cases
        self._figures[level] = await offload(_figures, level, counted, names, told, rules)
        self.changed.emit()


def _figures(
    level: Level, counted: Counted, names: Mapping[str, str], told: Told, rules: Assessment
) -> Figures:
    """What the platform tells beside the cases is of districts."""
    table = counted.table
    if level is Level.DISTRICT:
        table = with_told(table, told.inputs, rules.catalogue.counts)
    table = succeeded(table, rules.successions)
    known = dict(names) | {one.unit_id: one.name for one in counted.units.values() if one.name}
    return Figures(
        level=level,
        names=known,
        table=table,
        assessment=replace(rules, schemes=told.schemes) if told.schemes else rules,
        as_of=datetime.fromtimestamp(counted.as_of, UTC) if counted.as_of else None,
        inputs=told.inputs,
        posts={one.unit_id: one.post for one in counted.units.values() if one.post},
    )


def _timer(
    owner: QObject, period_ms: int, work: Callable[[], None], single: bool = False
) -> QTimer:
    timer = QTimer(owner)
    timer.setInterval(period_ms)
    timer.setSingleShot(single)
    timer.timeout.connect(work)
    if not single:
        timer.start()
    return timer
