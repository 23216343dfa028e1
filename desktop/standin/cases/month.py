"""All cases of one month, made at once; the same for the same seed, city and month."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from desktop.domain.assessment.working_time import Calendar, WorkClock
from desktop.domain.cases import Source
from desktop.domain.duty import CITY_ZONE
from desktop.standin.case_classes import case_classes
from desktop.standin.cases.course import run
from desktop.standin.cases.habits import habits
from desktop.standin.cases.rows import ROW, Rows, in_order_of_change
from desktop.standin.cases.surroundings import Surroundings

PER_MONTH = 220_000
SOURCES = tuple(Source)
_FIRST_YEAR = 2026.0  # growth is counted from it
_REPEATED = 0.05
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Month:
    year: int
    month: int

    @classmethod
    def of(cls, at: datetime) -> "Month":
        local = at.astimezone(CITY_ZONE)
        return cls(local.year, local.month)

    def plus(self, months: int) -> "Month":
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    @property
    def number(self) -> int:
        return self.year * 12 + self.month - 1

    @property
    def days(self) -> list[date]:
        return [
            date(self.year, self.month, day + 1)
            for day in range(monthrange(self.year, self.month)[1])
        ]

    @property
    def start_s(self) -> int:
        return int(datetime(self.year, self.month, 1, tzinfo=CITY_ZONE).timestamp())

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


def rain_mm(month: Month, seed: int) -> Floats:
    """Of each day."""
    rng = np.random.default_rng([seed, month.number, 3])
    rain, days = habits().rain, len(month.days)
    wet = rng.random(days) < rain.chance[month.month - 1]
    # rain comes in spells: a day after rain is wet more often
    wet[1:] |= wet[:-1] & (rng.random(days - 1) < 0.35)
    return np.where(wet, rng.gamma(0.8, rain.mean_mm[month.month - 1] / 0.8, days), 0.0)


def make_month(
    month: Month, places: Surroundings, calendar: Calendar, clock: WorkClock, seed: int,
    per_month: float = PER_MONTH,
) -> Rows:  # fmt: skip
    """In the order in which they change for the last time."""
    rng = np.random.default_rng([seed, month.number, 7])
    rain = rain_mm(month, seed)
    day = _days(rng, month, calendar, rain, per_month)
    rows = np.zeros(len(day), dtype=ROW)
    source = _chosen(rng, [habits().sources[one].share for one in SOURCES], len(day))
    report = month.start_s + day * 86_400 + _second_of_day(rng, source)
    order = np.argsort(report, kind="stable")
    rows["report"], rows["source"], day = report[order], source[order], day[order]
    rows["cls"] = _classes(rng, day, rain)
    rows["item"] = places.chosen(rng, len(rows))
    _repeat(rng, rows)
    places.settle(rows)
    run(rng, rows, clock, places, month.year + month.month / 12 - _FIRST_YEAR, rain[day])
    return in_order_of_change(rows)


def _days(
    rng: np.random.Generator, month: Month, calendar: Calendar, rain: Floats, per_month: float
) -> Ints:
    course = habits().course
    weights = np.array([_of_day(day, calendar) for day in month.days])
    weights *= np.clip(1 - rain / 250, 0.75, 1.0) * rng.normal(1, 0.03, len(weights))
    years = month.year + month.month / 12 - _FIRST_YEAR
    size = per_month * course.months[month.month - 1] / np.mean(course.months)
    counts = rng.multinomial(rng.poisson(size * course.growth**years), weights / weights.sum())
    return np.repeat(np.arange(len(weights)), counts)


def _of_day(day: date, calendar: Calendar) -> float:
    course = habits().course
    if calendar.is_worked(day):
        return 1.0
    if day in calendar.holidays:
        return course.holiday
    return course.saturday if day.weekday() == 5 else course.sunday


def _chosen(rng: np.random.Generator, weights: list[float], size: int) -> Ints:
    edges = np.cumsum(weights)
    return np.searchsorted(edges, rng.random(size) * edges[-1], side="right").astype(np.int64)


def _second_of_day(rng: np.random.Generator, source: Ints) -> Ints:
    hour = np.zeros(len(source), dtype=np.int64)
    for number, one in enumerate(SOURCES):
        mine = np.flatnonzero(source == number)
        hour[mine] = _chosen(rng, list(habits().sources[one].hours), len(mine))
    return hour * 3600 + rng.integers(0, 3600, len(source))


def _classes(rng: np.random.Generator, day: Ints, rain: Floats) -> Ints:
    known, habit = case_classes(), habits()
    usual = np.array([habit.classes.get(row.name, 1.0) for row in known])
    usual *= np.where([row.kind == "component" for row in known], 0.35, 1.0)
    wet = np.array([habit.wet.get(row.name, 0.0) for row in known])
    dry = np.array([habit.dry.get(row.name, 1.0) for row in known])
    result = np.zeros(len(day), dtype=np.int64)
    for number, fallen in enumerate(rain.tolist()):
        mine = np.flatnonzero(day == number)
        weights = usual * (1 + wet * fallen / 10) * dry ** min(fallen / 25, 1.0)
        result[mine] = _chosen(rng, weights.tolist(), len(mine))
    return result


def _repeat(rng: np.random.Generator, rows: Rows) -> None:
    """Some are of the same class and place as one of the days before."""
    many = np.flatnonzero(rng.random(len(rows)) < _REPEATED)
    back = 1 + (rng.random(len(many)) ** 2 * len(rows) / 6).astype(np.int64)
    many, first = many[many >= back], (many - back)[many >= back]
    known = ~np.isin(first, many)  # what repeats is not repeated itself
    many, first = many[known], first[known]
    rows["repeats"][many] = first + 1
    rows["cls"][many], rows["item"][many] = rows["cls"][first], rows["item"][first]


def stand_in_calendar(calendar: Calendar, month: Month) -> Calendar:
    """The city's calendar, with plain weekends in the years round a month that it does not know."""
    years = {*calendar.years, *range(month.year - 3, month.year + 4)}
    return replace(calendar, years=tuple(sorted(years)))
