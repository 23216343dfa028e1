"""What resources/standin/cases.toml says about how cases come about."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from desktop.domain.cases import Source
from desktop.standin.case_classes import CaseClass, case_classes

FILE = Path(__file__).resolve().parents[3] / "resources" / "standin" / "cases.toml"


class SourceHabit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`void`: share of reports that turn out to be none."""

    share: float
    void: float
    hours: tuple[float, ...]


class Course(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    saturday: float
    sunday: float
    holiday: float
    months: tuple[float, ...]
    growth: float


class Rain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    chance: tuple[float, ...]
    mean_mm: tuple[float, ...]


class Answerable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    org: str
    words: tuple[str, ...]


class DistrictHabit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`quality` 1 very good to -1 poor; `trend`: what a year adds to it."""

    share: float
    quality: float
    trend: float


class Habits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sources: dict[Source, SourceHabit]
    course: Course
    rain: Rain
    classes: dict[str, float]
    wet: dict[str, float]
    dry: dict[str, float]
    answerable: tuple[Answerable, ...]
    majors: dict[str, str]
    districts: dict[str, DistrictHabit]

    def crew_of(self, row: CaseClass) -> str:
        """A crew of the district, or the id of a unit of the city."""
        for rule in self.answerable:
            if any(word in row.name for word in rule.words):
                return rule.org
        return self.majors[row.kind + row.major_code]


@cache
def habits() -> Habits:
    """Raises msgspec.ValidationError, ValueError for a class that is not known."""
    read = msgspec.convert(tomllib.loads(FILE.read_text("utf-8")), Habits)
    names = {row.name for row in case_classes()}
    if unknown := {*read.classes, *read.wet, *read.dry} - names:
        raise ValueError(f"{FILE.name}: {'、'.join(sorted(unknown))}")
    return read
