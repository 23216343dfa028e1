"""What the page asks of the assessment: figures that are counted, and the cases behind them."""

from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from desktop.domain.assessment.case_clock import LimitUse
from desktop.domain.assessment.figures import Figures, Level


class CaseLine(Struct, frozen=True, kw_only=True):
    """`over_s`: seconds beyond its limit; None while it is within. `is_against`: it cost points."""

    case_id: str
    class_name: str
    limit: str
    over_s: float | None
    state: str
    is_against: bool = False


class CasePage(Struct, frozen=True, kw_only=True):
    """The worst first, `lines` at most a screen; `classes`: name and count, the most first."""

    title: str
    total: int
    lines: tuple[CaseLine, ...]
    classes: tuple[tuple[str, int], ...] = ()


class StageLine(Struct, frozen=True, kw_only=True):
    """`at` None: awaited."""

    name: str
    at: datetime | None
    by: str = ""
    due_at: datetime | None = None

    @property
    def over_s(self) -> float:
        if self.due_at is None or self.at is None:
            return 0.0
        return (self.at - self.due_at).total_seconds()


class PictureLine(Struct, frozen=True, kw_only=True):
    """`words`: what it shows, and when it was taken."""

    attachment_id: str
    words: str


class CaseFile(Struct, frozen=True, kw_only=True):
    """One case: `facts` are pairs of words, as they stand below each other."""

    case_id: str
    class_name: str
    state: str
    place: str
    lon_deg: float | None
    lat_deg: float | None
    facts: tuple[tuple[str, str], ...]
    stages: tuple[StageLine, ...]
    use: LimitUse | None = None
    pictures: tuple[PictureLine, ...] = ()


class ScoreSource(Protocol):
    """Reads raise PlatformError with the operator's text."""

    changed: Any
    """A signal: figures of a level are new."""

    def figures(self, level: Level) -> Figures | None:
        """None while nothing is counted yet."""
        ...

    def is_whole(self) -> bool:
        """Until then cases are missing: figures are shown, and said to be unfinished."""
        ...

    def progress(self) -> str:
        """What is being done while there are no figures, in the operator's words."""
        ...

    async def cases(
        self, level: Level, unit_id: str, period: str, indicator_id: str
    ) -> CasePage: ...

    async def case(self, case_id: str) -> CaseFile | None: ...

    async def picture(self, attachment_id: str) -> bytes: ...
