"""What is read of the mirrored cases: counts of a level, lists of cases."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from desktop.domain.assessment.counts import CountTable
from desktop.domain.assessment.figures import Inputs
from desktop.domain.assessment.schemes import Scheme

_CLASSES = 8


class UnitRow(Struct, frozen=True):
    """`name`: only of a person; `district_id`: where a person or street belongs."""

    unit_id: str
    name: str
    post: str
    district_id: str


class Counted(Struct, frozen=True):
    """All months of one level. `as_of`: Unix seconds of the newest change that is in it."""

    table: CountTable
    units: dict[str, UnitRow]
    as_of: float
    whole: bool
    cases: int


class Told(Struct, frozen=True):
    """Beside the cases: `schemes` of the platform, empty for those that come with the program;
    `inputs` by month."""

    schemes: tuple[Scheme, ...] = ()
    inputs: dict[str, Inputs] = {}


class CaseRow(Struct, frozen=True):
    """One line of a list. Times: Unix seconds, 0 for none."""

    case_id: str
    class_id: str
    class_name: str
    state: str
    source: str
    limit_text: str
    district_id: str
    street_id: str
    org_id: str
    reported: int
    due: int
    done: int
    over_s: float | None  # beyond its limit; None while it is within
    is_against: bool = False
    """It has cost points."""


class Blame(Struct, frozen=True):
    """Which cases of a rate have cost points, by base counts: those that `whole` counts more often
    than `part`; with `is_bad` those that `part` counts."""

    part: tuple[str, ...]
    whole: tuple[str, ...]
    is_bad: bool


class CaseRows(Struct, frozen=True):
    total: int
    rows: tuple[CaseRow, ...]
    classes: tuple[tuple[str, int], ...] = ()
    against: int | None = None
    """How many have cost points, None where a case alone does not tell."""


def joined(found: Sequence[CaseRows], limit: int) -> CaseRows:
    """Of several units as of one: first what has cost points, then what is latest."""
    classes: Counter[str] = Counter()
    for one in found:
        classes.update(dict(one.classes))
    blamed = [row for one in found for row in one.rows[: one.against or 0]]
    others = [row for one in found for row in one.rows[one.against or 0 :]]
    ordered = [*sorted(blamed, key=_late_first), *sorted(others, key=_late_first)]
    told = [one.against for one in found if one.against is not None]
    return CaseRows(
        sum(one.total for one in found),
        tuple(ordered[:limit]),
        tuple(classes.most_common(_CLASSES)),
        sum(told) if told else None,
    )


def _late_first(row: CaseRow) -> float:
    return -(row.over_s or 0.0)


class CaseFilter(Struct, frozen=True, kw_only=True):
    """What is empty filters nothing; `start` up to `end`: Unix seconds of the report."""

    district_id: str = ""
    street_id: str = ""
    org_id: str = ""
    class_id: str = ""
    state: str = ""
    start: int | None = None
    end: int | None = None
