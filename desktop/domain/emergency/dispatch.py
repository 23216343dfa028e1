"""Who goes where: sites, crews, and a proposal with its figures. Pure; solved in assignment.py."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct, field

from desktop.domain.levels import WarningLevel

LEVEL_WEIGHTS = {
    WarningLevel.RED: 8.0,
    WarningLevel.ORANGE: 4.0,
    WarningLevel.YELLOW: 2.0,
    WarningLevel.BLUE: 1.0,
}


class Method(StrEnum):
    """The three that stand side by side (domain.md 6)."""

    IN_TURN = "in_turn"  # 逐个派: each site in the order of its alarm takes the nearest
    LEAST_TOTAL = "least_total"  # 总时间最短
    LEAST_LATEST = "least_latest"  # 最晚到达最短


class Site(Struct, frozen=True, kw_only=True):
    """A place that needs crews: an alarm. `line_in_min`: until its line is reached at its rise."""

    site_id: str
    name: str
    level: WarningLevel
    lon_deg: float
    lat_deg: float
    district_id: str = ""
    needs: dict[str, int] = {}
    """skill -> crews."""
    line_in_min: float | None = None
    order: int = 0
    """By the time of its alarm, 0 first."""


class Crew(Struct, frozen=True, kw_only=True):
    """`under_way_min`: what is left of the way to `under_way_to`; None: free.

    `position_age_s`: None where no fix is known, and then it stands at its depot or nowhere.
    """

    unit_id: str
    name: str
    skills: tuple[str, ...]
    lon_deg: float
    lat_deg: float
    capacity: Annotated[int, Meta(ge=1)] = 1
    """Sites that it can serve at a time."""
    district_id: str = ""
    position_age_s: float | None = None
    under_way_to: str = ""
    under_way_min: float | None = None


class Rules(Struct, frozen=True, kw_only=True):
    """`target_min`: the 28 minutes. `gain_min`: a crew under way turns only for so much.
    `reserve`: skill -> crews that each district keeps."""

    target_min: float = 28.0
    gain_min: float = 3.0
    reserve: dict[str, int] = {}
    weights: dict[WarningLevel, float] = field(default_factory=lambda: dict(LEVEL_WEIGHTS))
    oldest_position_s: float = 1800.0
    """A crew whose fix is older is not sent by itself; a hand may."""


class Leg(Struct, frozen=True):
    """One crew to one site for one skill. `by_hand`: dragged there."""

    unit_id: str
    site_id: str
    skill: str
    eta_min: float
    by_hand: bool = False


class Unserved(Struct, frozen=True):
    site_id: str
    skill: str
    missing: int
    reason: str
    """Chinese, as it stands on screen."""


class Figures(Struct, frozen=True, kw_only=True):
    """Of one proposal. `red_before_line` of `red_sites` get their first crew before the line."""

    latest_min: float | None
    mean_min: float | None
    within_target: int
    legs: int
    red_before_line: int
    red_sites: int
    unserved: int


class Proposal(Struct, frozen=True, kw_only=True):
    method: Method
    legs: tuple[Leg, ...]
    unserved: tuple[Unserved, ...]
    figures: Figures
    reason: str = ""
    """One Chinese sentence: what this one is good or bad at."""
