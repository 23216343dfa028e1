"""The months of one level with what is known beside their counts: what a scoreboard is made of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from statistics import fmean

from msgspec import Struct, field
from msgspec.structs import replace

from desktop.domain.assessment.counts import CountTable
from desktop.domain.assessment.evaluation import Evaluated, evaluate
from desktop.domain.assessment.files import Assessment
from desktop.domain.assessment.periods import PeriodKind, groups_of, kind_of, last_day
from desktop.domain.assessment.schemes import Adjustment, Part, Scheme, scheme_on
from desktop.domain.assessment.standings import INDICATORS, PEERS, SPECIAL


class Level(StrEnum):
    DISTRICT = "district"
    STREET = "street"
    ORG = "org"
    PERSON = "person"


INDEX_OF_POST = {
    "supervisor": "supervisor_index",
    "acceptor": "acceptor_index",
    "chief": "chief_index",
    "dispatcher": "dispatcher_index",
}


class Appeal(Struct, frozen=True, kw_only=True):
    """申诉: `state` is open, upheld or rejected."""

    at: datetime
    unit_id: str
    case_id: str
    state: str = "open"
    reason: str = ""
    by: str = field(default="", name="reviewed_by")


class Inputs(Struct, frozen=True, kw_only=True):
    """What one month has beside its cases (GET /assessments/{period}).

    `special`: unit -> 0 to 100; `special_fields`: unit -> field of 专项 -> 0 to 100; `votes`: unit
    -> rater -> 0 to 100; `published`: unit -> the platform's own total, and `published_basis` the
    indicators it rests on; `counts`: unit -> base counts that no case tells; `not_reported`: units
    that are late (未上报). `fault`: why what the platform told was not taken, in Chinese.
    """

    special: dict[str, float] = {}
    special_fields: dict[str, dict[str, float]] = {}
    votes: dict[str, dict[str, float]] = {}
    adjustments: tuple[Adjustment, ...] = ()
    published: dict[str, float] = {}
    appeals: tuple[Appeal, ...] = ()
    sealed_at: datetime | None = None
    published_basis: tuple[str, ...] = ()
    counts: dict[str, dict[str, float]] = {}
    not_reported: tuple[str, ...] = ()
    fault: str = ""


class Figures:
    """All months of one level, and what is known beside the counts. Never changed once made."""

    def __init__(
        self,
        *,
        level: Level,
        names: Mapping[str, str],
        table: CountTable,
        assessment: Assessment,
        as_of: datetime | None = None,
        inputs: Mapping[str, Inputs] | None = None,
        posts: Mapping[str, str] | None = None,
    ) -> None:
        """`inputs`: by month; `posts`: person -> a key of INDEX_OF_POST."""
        self.level, self.names, self.assessment = level, dict(names), assessment
        self.table, self.as_of = table, as_of
        self.inputs, self.posts = dict(inputs or {}), dict(posts or {})
        self._evaluated: dict[PeriodKind, dict[str, Evaluated]] = {}
        self._tables: dict[PeriodKind, CountTable] = {}

    def counts(self, kind: PeriodKind) -> CountTable:
        if kind is PeriodKind.MONTH:
            return self.table
        if kind not in self._tables:
            self._tables[kind] = self.table.summed(groups_of(self.table.periods, kind))
        return self._tables[kind]

    def evaluated(self, kind: PeriodKind) -> dict[str, Evaluated]:
        if kind not in self._evaluated:
            self._evaluated[kind] = evaluate(self.assessment.catalogue, self.counts(kind))
        return self._evaluated[kind]

    def periods(self, kind: PeriodKind) -> tuple[str, ...]:
        return self.counts(kind).periods

    def position(self, period: str) -> int:
        """Column of a period; -1 where it is not known."""
        known = self.periods(kind_of(period))
        return known.index(period) if period in known else -1

    def inputs_of(self, period: str) -> Inputs:
        """Of several months the mean; a unit needs every month that has any."""
        groups = groups_of(self.table.periods, kind_of(period))
        months = [self.inputs[m] for m in groups.get(period, ()) if m in self.inputs]
        if len(months) < 2:
            return months[0] if months else Inputs()
        raters = {
            unit: {r for one in months for r in one.votes.get(unit, {})}
            for unit in {unit for one in months for unit in one.votes}
        }
        votes = {
            unit: {r: fmean(_of(r, [one.votes.get(unit, {}) for one in months])) for r in names}
            for unit, names in raters.items()
        }
        return Inputs(
            special=_means([one.special for one in months if one.special]),
            special_fields=_field_means([m.special_fields for m in months if m.special_fields]),
            votes=votes,
            adjustments=tuple(a for one in months for a in one.adjustments),
            appeals=tuple(a for one in months for a in one.appeals),
            sealed_at=months[-1].sealed_at,
            not_reported=tuple(sorted({unit for one in months for unit in one.not_reported})),
            fault="；".join(dict.fromkeys(one.fault for one in months if one.fault)),
        )

    def missing_parts(self, period: str) -> tuple[str, ...]:
        """Names of parts of the scheme of which nobody has anything yet."""
        found = scheme_on(self.assessment.schemes, last_day(period))
        if found is None or self.level is not Level.DISTRICT:
            return ()
        inputs = self.inputs_of(period)
        known = {INDICATORS} | (
            {SPECIAL} if inputs.special or inputs.special_fields else set[str]()
        )
        known |= {PEERS} if inputs.votes else set[str]()
        return tuple(part.name for part in found.parts if part.id not in known)

    def scheme(self, period: str) -> Scheme | None:
        """In force on the last day; below the districts only 综合 counts.

        A part of which nobody has anything is left out and the rest weighs more: provisional,
        and missing_parts says so.
        """
        found = scheme_on(self.assessment.schemes, last_day(period))
        if found is None:
            return None
        if self.level is Level.DISTRICT:
            missing = self.missing_parts(period)
            parts = tuple(part for part in found.parts if part.name not in missing)
            whole = sum(part.weight for part in parts)
            parts = tuple(replace(part, weight=part.weight * 100 / whole) for part in parts)
            return replace(found, parts=parts) if missing and parts else found
        whole = Part(id=INDICATORS, name="综合考核", weight=100)
        return replace(found, parts=(whole,), leagues=())


def _of(name: str, months: Sequence[Mapping[str, float]]) -> list[float]:
    return [one[name] for one in months if name in one]


def _field_means(
    months: Sequence[Mapping[str, Mapping[str, float]]],
) -> dict[str, dict[str, float]]:
    """As _means, field by field."""
    units = {unit for one in months for unit in one}
    found = {u: _means_within([one.get(u, {}) for one in months]) for u in units}
    return {unit: points for unit, points in found.items() if points}


def _means_within(months: Sequence[Mapping[str, float]]) -> dict[str, float]:
    names = {name for one in months for name in one}
    return {n: fmean(_of(n, months)) for n in names if all(n in one for one in months)}


def _means(months: Sequence[Mapping[str, float]]) -> dict[str, float]:
    units = {unit for one in months for unit in one}
    return {u: fmean(_of(u, months)) for u in units if all(u in one for one in months)}
