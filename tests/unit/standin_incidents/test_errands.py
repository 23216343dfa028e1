"""Crews really drive: along streets, not faster than they may, to the place, and back to work."""

from datetime import UTC, datetime

import numpy as np
import pytest

from desktop.standin.basemap.frame import distance_to_line
from desktop.standin.catalogue import CityCatalogue
from desktop.standin.errands import THERE_M
from desktop.standin.fleet import BUSY, IDLE, Fleet

NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)


@pytest.fixture
def fleet(whole: CityCatalogue) -> Fleet:
    made = Fleet(whole.city, whole.units, seed=3)
    made.step(1.0, NOON)
    return made


def number_of(whole: CityCatalogue, kind: str) -> int:
    return next(n for n, unit in enumerate(whole.units) if unit.kind == kind)


@pytest.mark.parametrize("kind", ["vehicle", "team", "officer"])
def test_that_a_crew_drives_on_streets_to_the_place(
    fleet: Fleet, whole: CityCatalogue, kind: str
) -> None:
    number = number_of(whole, kind)
    unit, point = whole.units[number], whole.point("SW-0500")
    fleet.send(unit.unit_id, "or-1", point.lon_deg or 0, point.lat_deg or 0)
    one, before = np.array([number]), None
    etas = []
    while (errand := fleet.errand_of(unit.unit_id)) and errand[1] > 0 and len(etas) < 2400:
        etas.append(errand[1])
        fleet.step(1.0, NOON)
        spot, _ = fleet._tracks.place(fleet.edge[one], fleet.along_m[one])
        assert distance_to_line(spot[0], whole.city.edge_line(int(fleet.edge[number])))[0] < 1.0
        if before is not None:
            assert np.hypot(*(spot[0] - before)) <= 62 / 3.6 + 1.0
        before = spot[0]
        assert fleet.state[number] == BUSY
    goal = whole.city.metres(np.array([[point.lon_deg, point.lat_deg]]))[0]
    assert before is not None and np.hypot(*(before - goal)) <= THERE_M + 20
    assert len(etas) < 2400 and etas == sorted(etas, reverse=True)
    assert abs(etas[0] * 60 - len(etas)) < 30  # what is told is what it takes


def test_that_it_stays_until_it_is_freed_and_then_is_idle(
    fleet: Fleet, whole: CityCatalogue
) -> None:
    number = next(n for n in np.flatnonzero(fleet.state <= BUSY) if fleet.kinds[n] == "vehicle")
    unit = whole.units[number]
    point = whole.point("SW-0417")
    fleet.send(unit.unit_id, "or-1", point.lon_deg or 0, point.lat_deg or 0)
    fleet.hurry = 100
    for _ in range(60):
        fleet.step(1.0, NOON)
    row = next(one for one in fleet.units() if one.unit_id == unit.unit_id)
    assert (row.order_id, row.eta_min, row.state) == ("or-1", 0.0, "busy")
    fleet.free(unit.unit_id)
    fleet.step(1.0, NOON)
    row = next(one for one in fleet.units() if one.unit_id == unit.unit_id)
    assert (row.order_id, row.eta_min) == ("", None)
    assert fleet.state[number] == IDLE


def test_that_a_street_that_is_shut_on_the_way_is_driven_round(
    fleet: Fleet, whole: CityCatalogue
) -> None:
    number = number_of(whole, "vehicle")
    unit, point = whole.units[number], whole.point("SW-0500")
    fleet.send(unit.unit_id, "or-1", point.lon_deg or 0, point.lat_deg or 0)
    legs = [edge for edge, _ in fleet._errands.by_number[number].legs]
    before = fleet.errand_of(unit.unit_id)
    assert len(legs) > 6 and before is not None
    shut = frozenset(legs[len(legs) // 2 : len(legs) // 2 + 2])
    fleet.shut(shut)
    after = fleet.errand_of(unit.unit_id)
    assert after is not None and after[1] > before[1]
    assert not shut & {edge for edge, _ in fleet._errands.by_number[number].legs}
    fleet.shut(frozenset())
    fleet.send(unit.unit_id, "or-1", point.lon_deg or 0, point.lat_deg or 0)
    assert fleet.errand_of(unit.unit_id) == before


def test_that_a_drone_flies_there_and_hovers(fleet: Fleet, whole: CityCatalogue) -> None:
    number = number_of(whole, "drone")
    unit, point = whole.units[number], whole.point("SW-0417")
    fleet.send(unit.unit_id, "or-1", point.lon_deg or 0, point.lat_deg or 0)
    fleet.hurry = 50
    for _ in range(60):
        fleet.step(1.0, NOON)
    assert fleet.errand_of(unit.unit_id) == ("or-1", 0.0)
    before = fleet.places(np.array([number]))[0]
    fleet.step(5.0, NOON)
    assert np.hypot(*(fleet.places(np.array([number]))[0] - before)[0]) < THERE_M
