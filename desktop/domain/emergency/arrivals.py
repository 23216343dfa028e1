"""When a crew will be there, measured against what was promised; who could go in its place.

The minutes are those of the streets that are open. Without a street graph the way is the straight
line with a detour factor at a mean speed (domain.md 6: x 1.3 at 25 km/h), and says so.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from desktop.domain.emergency.incidents import IncidentOrder
from desktop.domain.geo import distance_m
from desktop.domain.positions import Position
from desktop.domain.units import Unit, UnitKind, UnitState

DETOUR = 1.3
MEAN_KMH = 25.0
THERE_M = 60.0
OLD_FIX_S = 180.0
OLDEST_FIX_S = 1800.0
"""A crew whose fix is older is not proposed."""

Place = tuple[float, float]  # lon_deg, lat_deg
Way = Callable[[Place, Place], float | None]
"""Minutes of a drive; None: no way there."""


def straight_min(start: Place, end: Place) -> float:
    """Minutes by the straight estimate."""
    return distance_m(*start, *end) * DETOUR / 1000.0 / MEAN_KMH * 60.0


class Arrival(Struct, frozen=True, kw_only=True):
    """`late_min` against the promise: negative is early. `age_s`: of the fix."""

    remaining_min: float | None
    expected_at: datetime | None
    promised_at: datetime | None
    late_min: float | None
    distance_m: float | None
    age_s: float | None
    is_plain: bool = False
    """By the straight line, for want of streets."""

    @property
    def is_cut(self) -> bool:
        """It is known where the crew is, and every way from there is shut."""
        return self.distance_m is not None and self.remaining_min is None

    @property
    def is_old(self) -> bool:
        return self.age_s is None or self.age_s > OLD_FIX_S


class Candidate(Struct, frozen=True, kw_only=True):
    """`age_s`: of its fix; None: it stands where the register has it."""

    unit_id: str
    name: str
    eta_min: float
    age_s: float | None
    busy: bool = False
    """Busy with something else, as the platform says: only by hand."""
    lon_deg: float = 0.0
    lat_deg: float = 0.0
    is_plain: bool = True
    """By the straight line, for want of streets."""


def promised_at(order: IncidentOrder) -> datetime | None:
    if order.sent_at is not None and order.eta_min is not None:
        return order.sent_at + timedelta(minutes=order.eta_min)
    return order.due_at


def arrival(
    order: IncidentOrder, position: Position | None, now: datetime, way: Way = straight_min
) -> Arrival:
    """By its newest fix; without one, only the promise stands."""
    promise = promised_at(order)
    if position is None:
        return Arrival(remaining_min=None, expected_at=None, promised_at=promise, late_min=None,
                       distance_m=None, age_s=None)  # fmt: skip
    here, site = (position.lon_deg, position.lat_deg), (order.lon_deg, order.lat_deg)
    left_m = distance_m(*here, *site)
    left_min = 0.0 if left_m <= THERE_M else way(here, site)
    expected = now + timedelta(minutes=left_min) if left_min is not None else None
    late = (expected - promise).total_seconds() / 60 if expected and promise else None
    return Arrival(
        remaining_min=left_min,
        expected_at=expected,
        promised_at=promise,
        late_min=late,
        distance_m=left_m,
        age_s=max(0.0, (now - position.at).total_seconds()),
        is_plain=way is straight_min and left_m > THERE_M,
    )


def candidates(
    order: IncidentOrder,
    skill: str,
    units: Iterable[Unit],
    position_of: Callable[[str], Position | None],
    taken: Collection[str],
    now: datetime,
    way: Way = straight_min,
    most: int = 8,
) -> list[Candidate]:
    """Crews that could go in its place: free ones first, then by ETA.

    `taken`: units that have an order of this incident. An empty skill asks for the kind alone.
    """
    found = list[Candidate]()
    for unit in units:
        if unit.unit_id in taken or not _fits(unit, skill):
            continue
        here, age_s = _place_of(unit, position_of(unit.unit_id), now)
        if here is None or (age_s is not None and age_s > OLDEST_FIX_S):
            continue
        eta_min = way(here, (order.lon_deg, order.lat_deg))
        if eta_min is not None:
            found.append(
                Candidate(unit_id=unit.unit_id, name=unit.name, eta_min=eta_min, age_s=age_s,
                          busy=unit.state is UnitState.BUSY, lon_deg=here[0], lat_deg=here[1])
            )  # fmt: skip
    return ranked(found)[:most]


def ranked(found: Iterable[Candidate]) -> list[Candidate]:
    """Free ones first, then by ETA."""
    return sorted(found, key=lambda one: (one.busy, one.eta_min, one.unit_id))


def by_street(found: Sequence[Candidate], minutes: Sequence[float | None]) -> list[Candidate]:
    """The same with their minutes by street, in their order; who has no way there is left out."""
    return ranked(
        replace(one, eta_min=left, is_plain=False)
        for one, left in zip(found, minutes, strict=True)
        if left is not None
    )


def best(found: Iterable[Candidate]) -> Candidate | None:
    """Whom the ladder may send by itself: the nearest free one with a fix of now."""
    return next((c for c in found if not c.busy and c.age_s is not None), None)


def _fits(unit: Unit, skill: str) -> bool:
    if unit.state in (UnitState.OFF_DUTY, UnitState.OFFLINE):
        return False
    if skill:
        return skill in unit.skills
    return unit.kind in (UnitKind.TEAM, UnitKind.VEHICLE)


def _place_of(unit: Unit, fix: Position | None, now: datetime) -> tuple[Place | None, float | None]:
    if fix is not None:
        age_s = max(0.0, (now - fix.at).total_seconds())
        return (fix.lon_deg, fix.lat_deg), age_s
    if unit.lon_deg is None or unit.lat_deg is None:
        return None, None
    return (unit.lon_deg, unit.lat_deg), None
