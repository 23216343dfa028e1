"""The rules that the page works by: suggestion with its evidence, streets, and the three ways.

Runs beside the GUI loop, one call at a time; what is costly to make is kept until it changes.
"""

import math
from collections.abc import Mapping, Sequence

import msgspec

from desktop.domain.emergency import assignment
from desktop.domain.emergency.dispatch import Leg, Proposal
from desktop.domain.emergency.driving import kept_graph
from desktop.domain.emergency.street_text import read_closures
from desktop.domain.emergency.streets import OpenStreets, plain_eta_min
from views.emergency.advice import Advice, Asked, Line, Task
from views.emergency.suggesting import Suggesting


class CityRules:
    """Implements views.emergency.advice.Advisers."""

    def __init__(self) -> None:
        self._suggesting = Suggesting()

    def read_streets(self, streets: bytes | None, closures: bytes | None) -> object | None:
        """None without a layer, or with one that cannot be read: then the estimate is plain."""
        if not streets:
            return None
        try:
            graph = kept_graph(streets)
            closed = [one.edge_id for one in read_closures(closures)]
        except (msgspec.DecodeError, ValueError):
            return None
        return OpenStreets(graph, closed)

    def advise(self, asked: Asked) -> Advice:
        return self._suggesting.advise(asked)

    def solve(self, task: Task) -> tuple[Proposal, ...]:
        if not task.sites:
            return ()
        return tuple(assignment.propose_all(_asked_of(task)).values())

    def ways(self, task: Task, legs: Sequence[Leg]) -> Mapping[tuple[str, str], Line]:
        if not isinstance(task.streets, OpenStreets):
            return {}
        sites = {one.site_id: one for one in task.sites}
        crews = {one.unit_id: one for one in task.crews}
        found: dict[tuple[str, str], Line] = {}
        for leg in legs:
            site, crew = sites.get(leg.site_id), crews.get(leg.unit_id)
            if site is None or crew is None or not math.isfinite(leg.eta_min):
                continue
            way = task.streets.way(site, crew)
            if way is not None:
                found[leg.unit_id, leg.site_id] = way.line
        return found


def _asked_of(task: Task) -> assignment.Task:
    streets = task.streets
    plain = not isinstance(streets, OpenStreets)
    minutes = (
        streets.eta_min(task.sites, task.crews)
        if isinstance(streets, OpenStreets)
        else plain_eta_min(task.sites, task.crews)
    )
    made = assignment.Task(
        sites=task.sites,
        crews=task.crews,
        eta_min=minutes,
        rules=task.rules,
        words=dict(task.words),
        plain=plain,
    )
    for unit_id, site_id in task.pins.items():
        try:
            made = assignment.with_hand(made, unit_id, site_id)
        except KeyError:
            continue  # the crew has gone off duty, or the alarm was closed, meanwhile
    return made
