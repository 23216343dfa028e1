"""The three proposals for who goes where; pure, exact for what they promise.

逐个派 gives each site, in the order of its alarm, the nearest crew that is left. The other two see
all sites at once, serve the graver levels first, and then make the weighted sum of the minutes,
or the last arrival, as small as can be.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from desktop.domain.emergency import solving
from desktop.domain.emergency.dispatch import (
    Crew,
    Leg,
    Method,
    Proposal,
    Rules,
    Site,
    Unserved,
)
from desktop.domain.emergency.figures import figures_of, sentence
from desktop.domain.emergency.shortage import Bar, missing

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Task(Struct, frozen=True, kw_only=True):
    """`eta_min` (sites, crews): inf where no way is open. `plain`: it is only the plain estimate.

    `kept`: legs that stay as they are, by hand or sent already; `refused`: (unit_id, site_id)
    that must not be. `words`: skill → its Chinese word. Capacity counts sites, not people.
    """

    sites: tuple[Site, ...]
    crews: tuple[Crew, ...]
    eta_min: Any
    rules: Rules = Rules()
    kept: tuple[Leg, ...] = ()
    refused: frozenset[tuple[str, str]] = frozenset()
    words: dict[str, str] = {}
    plain: bool = False


def propose_all(task: Task) -> dict[Method, Proposal]:
    """The three in the order of Method, each with its sentence about the others."""
    found = {method: propose(task, method) for method in Method}
    figures = {method: proposal.figures for method, proposal in found.items()}
    return {
        method: msgspec.structs.replace(
            proposal, reason=sentence(method, figures, task.rules, plain=task.plain)
        )
        for method, proposal in found.items()
    }


def propose(task: Task, method: Method) -> Proposal:
    """One method; its `reason` is empty, see propose_all."""
    made = _Made(task)
    if method is Method.IN_TURN:
        pairs = made.in_turn()
    else:
        solve = solving.least_total if method is Method.LEAST_TOTAL else solving.least_latest
        pairs = made.of_rows(solve(made.needs()))
    legs = tuple(sorted((*made.kept, *(made.leg(*pair) for pair in pairs)), key=made.place_of))
    unserved = made.unserved(pairs)
    figures = figures_of(legs, unserved, task.sites, task.rules)
    return Proposal(method=method, legs=legs, unserved=unserved, figures=figures)


def with_hand(task: Task, unit_id: str, site_id: str) -> Task:
    """The crew dragged to a site: this leg is kept, what else it had by hand is not.

    Raises KeyError for a crew or site that the task has not.
    """
    site = {site.site_id: site for site in task.sites}[site_id]
    crew = {crew.unit_id: crew for crew in task.crews}[unit_id]
    skill = next((s for s in site.needs if s in crew.skills), next(iter(site.needs), ""))
    others = tuple(leg for leg in task.kept if leg.unit_id != unit_id)
    mine = tuple(leg for leg in task.kept if leg.unit_id == unit_id and leg.site_id != site_id)
    mine = mine[-(crew.capacity - 1) :] if crew.capacity > 1 else ()
    leg = Leg(unit_id, site_id, skill, np.inf, by_hand=True)
    refused = task.refused - {(unit_id, site_id)}
    return msgspec.structs.replace(task, kept=(*others, *mine, leg), refused=refused)


def without_hand(task: Task, unit_id: str) -> Task:
    """The crew is free to be proposed again."""
    kept = tuple(leg for leg in task.kept if leg.unit_id != unit_id)
    return msgspec.structs.replace(task, kept=kept)


def redispatch(task: Task, legs: Sequence[Leg], declined: Leg) -> Proposal:
    """Who goes in the place of one that declined or stays silent; all other legs stay.

    The proposal has the one new leg, or says why there is none.
    """
    row = next(n for n, site in enumerate(task.sites) if site.site_id == declined.site_id)
    site = msgspec.structs.replace(task.sites[row], needs={declined.skill: 1})
    there = {leg.unit_id for leg in legs if leg.site_id == declined.site_id}
    gone = {(unit_id, declined.site_id) for unit_id in (*there, declined.unit_id)}
    elsewhere = tuple(leg for leg in legs if leg.site_id != declined.site_id)
    one = msgspec.structs.replace(
        task,
        sites=(site,),
        eta_min=np.asarray(task.eta_min)[row : row + 1],
        kept=elsewhere,
        refused=task.refused | gone,
    )
    found = propose(one, Method.LEAST_TOTAL)
    fresh = tuple(leg for leg in found.legs if leg.site_id == declined.site_id)
    figures = figures_of(fresh, found.unserved, one.sites, one.rules)
    return msgspec.structs.replace(found, legs=fresh, figures=figures)


class _Made:
    """The task with what is kept taken off, and who may not go by itself and why."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self._sites = {site.site_id: n for n, site in enumerate(task.sites)}
        self._crews = {crew.unit_id: n for n, crew in enumerate(task.crews)}
        self.eta = np.asarray(task.eta_min, dtype=np.float64).reshape(
            len(task.sites), len(task.crews)
        )
        self.bars = [self._bar(crew) for crew in task.crews]
        self.eta = self._with_under_way()
        self.kept = tuple(self._timed(leg) for leg in task.kept)
        self.capacity = self._capacity_left()
        self.open = self._open_pairs()
        self.moved = self.eta + self._moving_min()
        self.rows = self._rows()
        self.held = self._held_back()

    # ---- crews ---------------------------------------------------------------------------

    def _bar(self, crew: Crew) -> Bar | None:
        """Why a crew is not sent by itself anywhere but where it goes already."""
        if crew.under_way_to and crew.under_way_to not in self._sites:
            return Bar.ELSEWHERE
        if crew.position_age_s is None:
            return Bar.NO_POSITION
        return Bar.OLD if crew.position_age_s > self.task.rules.oldest_position_s else None

    def _goes_to(self) -> list[tuple[int, int, float]]:
        """(site, crew, minutes left) of those on their way to one of the sites."""
        return [
            (self._sites[crew.under_way_to], n, crew.under_way_min)
            for n, crew in enumerate(self.task.crews)
            if crew.under_way_to in self._sites and crew.under_way_min is not None
        ]

    def _with_under_way(self) -> Floats:
        eta = self.eta.copy()
        for site, crew, minutes in self._goes_to():
            eta[site, crew] = minutes
        return eta

    def _moving_min(self) -> Floats:
        """What a crew under way must gain to be turned."""
        extra = np.zeros(self.eta.shape)
        for site, crew, _ in self._goes_to():
            extra[:, crew] = self.task.rules.gain_min
            extra[site, crew] = 0.0
        return extra

    def _timed(self, leg: Leg) -> Leg:
        site, crew = self._sites.get(leg.site_id), self._crews.get(leg.unit_id)
        if site is None or crew is None:
            return leg
        return msgspec.structs.replace(leg, eta_min=float(self.eta[site, crew]))

    def _capacity_left(self) -> NDArray[np.int64]:
        taken = Counter(leg.unit_id for leg in self.kept)
        return np.array(
            [max(crew.capacity - taken[crew.unit_id], 0) for crew in self.task.crews],
            dtype=np.int64,
        )

    def _open_pairs(self) -> Bools:
        """Where a crew may go by itself, whatever the skill."""
        may = np.isfinite(self.eta) & (self.capacity > 0)
        may[:, [bar is not None for bar in self.bars]] = False
        for site, crew, _ in self._goes_to():
            may[site, crew] = self.capacity[crew] > 0  # it is on its way, with or without a fix
        pairs = {(leg.unit_id, leg.site_id) for leg in self.kept} | self.task.refused
        for unit_id, site_id in pairs:
            if unit_id in self._crews and site_id in self._sites:
                may[self._sites[site_id], self._crews[unit_id]] = False
        return may

    # ---- what is needed ------------------------------------------------------------------

    def _rows(self) -> list[tuple[int, str, int]]:
        """(site, skill, turn) of each crew that is still needed; 0 is a site's first."""
        there = Counter((leg.site_id, leg.skill) for leg in self.kept)
        return [
            (n, skill, turn)
            for n, site in enumerate(self.task.sites)
            for skill, count in (site.needs or {"": 1}).items()
            for turn in range(there[site.site_id, skill], count)
        ]

    def has_skill(self, skill: str) -> Bools:
        return np.array([not skill or skill in crew.skills for crew in self.task.crews], bool)

    def _stands_by(self, skill: str, district_id: str) -> list[int]:
        """Crews of a district that can be kept back: free, wholly unused, with a known place."""
        return [
            n for n, crew in enumerate(self.task.crews)
            if skill in crew.skills and crew.district_id == district_id and self.bars[n] is None
            and not crew.under_way_to and self.capacity[n] == crew.capacity
        ]  # fmt: skip

    def reserves(self) -> list[tuple[list[int], int]]:
        """(crews of one skill in one district, how many of them stay)."""
        districts = sorted({crew.district_id for crew in self.task.crews if crew.district_id})
        found = [
            (self._stands_by(skill, district), count)
            for skill, count in self.task.rules.reserve.items()
            for district in districts
        ]
        return [(crews, min(count, len(crews))) for crews, count in found if crews and count > 0]

    def _held_back(self) -> set[int]:
        """Crews of more than one place that stay: those of no use here, then the farthest of
        those without whom a district could not keep enough. The others are left to the solver.
        """
        nearest = self._nearest()
        several = {n for n, crew in enumerate(self.task.crews) if crew.capacity > 1}
        held = {n for n in several if not np.isfinite(nearest[n])}
        for crews, count in self.reserves():
            more = count - len(set(crews) - several) - len(held & set(crews))
            free = sorted(several & set(crews) - held, key=lambda n: -nearest[n])
            held |= set(free[: max(more, 0)])
        return held

    def _nearest(self) -> Floats:
        """Minutes of each crew to the nearest row that it can serve."""
        nearest = np.full(len(self.task.crews), np.inf)
        for site, skill in {row[:2] for row in self.rows}:
            may = self.open[site] & self.has_skill(skill)
            nearest = np.minimum(nearest, np.where(may, self.eta[site], np.inf))
        return nearest

    def needs(self) -> solving.Needs:
        """The sites' rows, then one for each crew that a district keeps back."""
        sites, rules = self.task.sites, self.task.rules
        grades = {key: n for n, key in enumerate(sorted({self._gravity(r) for r in self.rows}), 1)}
        minutes = np.full((len(self.rows), len(self.task.crews)), np.inf)
        weight = np.ones(len(self.rows))
        for n, (site, skill, _) in enumerate(self.rows):
            may = self.open[site] & self.has_skill(skill)
            minutes[n] = np.where(may, self.moved[site], np.inf)
            weight[n] = rules.weights.get(sites[site].level, 1.0)
        minutes[:, sorted(self.held)] = np.inf
        stay = self._reserve_rows()
        return solving.Needs(
            cost=np.vstack([minutes * weight[:, None], stay]),
            minutes=np.vstack([minutes, stay]),
            grade=np.array(
                [grades[self._gravity(r)] for r in self.rows] + [len(grades) + 1] * len(stay),
                dtype=np.int64,
            ),
            site=np.array([r[0] for r in self.rows] + [len(sites) + k for k in range(len(stay))]),
            capacity=self.capacity,
        )

    def _gravity(self, row: tuple[int, str, int]) -> tuple[int, int]:
        """The higher the graver: the level, then a site's first crew before its second."""
        site, _, turn = row
        return -self.task.sites[site].level.rank, -turn

    def _reserve_rows(self) -> Floats:
        rows: list[Floats] = []
        for crews, count in self.reserves():
            single = [n for n in crews if self.task.crews[n].capacity == 1]
            row = np.full(len(self.task.crews), np.inf)
            row[single] = 0.0
            rows += [row] * min(count - len(self.held & set(crews)), len(single))
        return np.array(rows).reshape(len(rows), len(self.task.crews))

    # ---- answers -------------------------------------------------------------------------

    def of_rows(self, pairs: solving.Pairs) -> solving.Pairs:
        """Without those that stay in reserve."""
        return tuple(pair for pair in pairs if pair[0] < len(self.rows))

    def in_turn(self) -> solving.Pairs:
        """Row by row in the order of the alarms; a crew goes where its district can spare it."""
        left, idle = self.capacity.copy(), [(set(c), count) for c, count in self.reserves()]
        visits: set[tuple[int, int]] = set()
        pairs: list[tuple[int, int]] = []
        order = sorted(range(len(self.rows)), key=lambda n: self.task.sites[self.rows[n][0]].order)
        for number in order:
            site, skill, _ = self.rows[number]
            kept = [crew for crews, count in idle if len(crews) <= count for crew in crews]
            may = self.open[site] & self.has_skill(skill) & (left > 0)
            may[kept] = False
            may[[crew for at, crew in visits if at == site]] = False
            minutes = np.where(may, self.moved[site], np.inf)
            if may.any():
                crew = int(minutes.argmin())
                pairs.append((number, crew))
                visits.add((site, crew))
                left[crew] -= 1
                for crews, _ in idle:
                    crews.discard(crew)
        return tuple(pairs)

    def leg(self, row: int, crew: int) -> Leg:
        site, skill, _ = self.rows[row]
        task = self.task
        eta_min = float(self.eta[site, crew])
        return Leg(task.crews[crew].unit_id, task.sites[site].site_id, skill, eta_min)

    def place_of(self, leg: Leg) -> tuple[int, float]:
        """Legs stand in the order of the sites, the nearest first."""
        return self._sites.get(leg.site_id, len(self._sites)), leg.eta_min

    def unserved(self, pairs: solving.Pairs) -> tuple[Unserved, ...]:
        served = {row for row, _ in pairs}
        sent = {crew for _, crew in pairs} | {
            self._crews[leg.unit_id] for leg in self.kept if leg.unit_id in self._crews
        }
        lack = Counter(self.rows[n][:2] for n in range(len(self.rows)) if n not in served)
        return tuple(
            Unserved(self.task.sites[site].site_id, skill, count, self._why(site, skill, sent))
            for (site, skill), count in lack.items()
        )

    def _why(self, site: int, skill: str, sent: set[int]) -> str:
        site_id = self.task.sites[site].site_id
        bars: Counter[Bar] = Counter()
        for n in np.flatnonzero(self.has_skill(skill)).tolist():
            unit_id = self.task.crews[n].unit_id
            if n in sent:
                bars[Bar.SENT] += 1
            elif (unit_id, site_id) in self.task.refused:
                bars[Bar.REFUSED] += 1
            elif (bar := self.bars[n]) is not None:
                bars[bar] += 1
            else:
                bars[Bar.RESERVE if np.isfinite(self.eta[site, n]) else Bar.NO_WAY] += 1
        return missing(self.task.words.get(skill, ""), skill, bars)
