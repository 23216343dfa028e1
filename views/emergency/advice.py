"""What the page asks of the rules of suggestion and dispatch, and what it hears.

Everything here runs beside the GUI loop: it sees copies, and touches no store and no widget.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop.domain.alarms import Alarm
from desktop.domain.emergency.dispatch import Crew, Leg, Proposal, Rules, Site
from desktop.domain.emergency.gathering import Surroundings
from desktop.domain.emergency.plans import Plan, ResponseLevel
from desktop.domain.weather import Weather
from views.emergency.evidence import EvidenceRow
from views.emergency.level_choice import ConditionLine

Line = tuple[tuple[float, float], ...]
"""lon, lat in degrees, from the crew to the site."""


@dataclass(frozen=True)
class Asked:
    """`alarms`: every open one; `chosen`: those that the draft was opened with."""

    plans: Mapping[str, Plan]
    alarms: Sequence[Alarm]
    chosen: tuple[str, ...]
    around: Surroundings
    weather: Weather | None = None
    closures: bytes | None = None
    plan_id: str = ""
    """Chosen by hand; empty: the best one is wanted."""


@dataclass(frozen=True)
class Advice:
    """`level` None: nothing is to be suggested, `reason` says why."""

    plan_id: str = ""
    level: ResponseLevel | None = None
    alarm_ids: tuple[str, ...] = ()
    rows: tuple[EvidenceRow, ...] = ()
    conditions: Mapping[ResponseLevel, tuple[ConditionLine, ...]] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class Task:
    """One question to the solver: all three ways. `streets`: of read_streets, None: straight."""

    sites: tuple[Site, ...]
    crews: tuple[Crew, ...]
    rules: Rules
    pins: Mapping[str, str]
    """unit_id -> site_id"""
    streets: object | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    """skill -> its word."""


class Advisers(Protocol):
    """The rules; one object of them serves every draft."""

    def read_streets(self, streets: bytes | None, closures: bytes | None) -> object | None: ...

    def advise(self, asked: Asked) -> Advice: ...

    def solve(self, task: Task) -> tuple[Proposal, ...]: ...

    def ways(self, task: Task, legs: Sequence[Leg]) -> Mapping[tuple[str, str], Line]:
        """By unit_id and site_id; what is not in it has no known way."""
        ...
