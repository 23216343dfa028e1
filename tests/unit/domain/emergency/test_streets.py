"""Minutes and ways by street, on a small net that can be checked by hand, and on the small city."""

import heapq
import json
import math

import msgspec
import numpy as np
import pytest

from desktop.domain.emergency.dispatch import Crew, Site
from desktop.domain.emergency.street_text import Closure, read_closures, read_streets
from desktop.domain.emergency.streets import (
    OpenStreets,
    StreetGraph,
    plain_eta_min,
    rain_factor,
)
from desktop.domain.levels import WarningLevel
from desktop.settings import cache_folder
from desktop.standin.generated.city import load_city
from desktop.standin.street_layers import streets_geojson

LON, LAT = 116.6, 28.9
KM_LON, KM_LAT = 1 / 97.345, 1 / 111.195  # degrees of a kilometre here


def at(x_km: float, y_km: float) -> tuple[float, float]:
    return round(LON + x_km * KM_LON, 6), round(LAT + y_km * KM_LAT, 6)


def street(edge_id: str, *places: tuple[float, float], **facts) -> dict:
    facts = {"edge_id": edge_id, "name": "路", "class": 3, "speed_kmh": 60.0, "oneway": False,
             "tunnel": False} | facts  # fmt: skip
    line = [list(at(*place)) for place in places]
    return {"type": "Feature", "properties": facts,
            "geometry": {"type": "LineString", "coordinates": line}}  # fmt: skip


def net(*streets: dict) -> StreetGraph:
    body = {"type": "FeatureCollection", "features": list(streets)}
    return StreetGraph(read_streets(json.dumps(body).encode()))


def site(x_km: float, y_km: float) -> Site:
    lon, lat = at(x_km, y_km)
    return Site(site_id="s", name="s", level=WarningLevel.RED, lon_deg=lon, lat_deg=lat)


def crew(x_km: float, y_km: float) -> Crew:
    lon, lat = at(x_km, y_km)
    return Crew(unit_id="c", name="c", skills=("pump",), lon_deg=lon, lat_deg=lat)


def eta(streets: OpenStreets, to: Site, of: Crew) -> float:
    return float(streets.eta_min([to], [of])[0, 0])


# A square of 6 km with its middle road as the short cut: at 60 km/h a kilometre is a minute.
SQUARE = (
    street("w", (0, 0), (0, 6)),
    street("n", (0, 6), (6, 6)),
    street("e", (6, 6), (6, 0)),
    street("s", (6, 0), (0, 0)),
)


def test_that_minutes_are_those_along_the_streets_between_two_places_on_edges():
    streets = OpenStreets(net(*SQUARE))
    assert eta(streets, site(6, 3), crew(0, 3)) == pytest.approx(12, abs=0.02)
    assert eta(streets, site(6, 1), crew(0, 2)) == pytest.approx(9, abs=0.02)
    assert eta(streets, site(0, 5), crew(0, 2)) == pytest.approx(3, abs=0.02)


def test_that_speed_of_the_class_counts_and_rain_slows():
    slow = [street("a", (0, 0), (3, 0), speed_kmh=None, **{"class": 4}),
            street("b", (3, 0), (6, 0), speed_kmh=30)]  # fmt: skip
    graph = net(*slow)
    dry = eta(OpenStreets(graph), site(6, 0), crew(0, 0))
    assert dry == pytest.approx(3 / 24 * 60 + 6, abs=0.02)
    assert eta(OpenStreets(graph, rain_mm_h=20), site(6, 0), crew(0, 0)) == pytest.approx(
        dry / 0.78
    )
    factors = [rain_factor(mm_h) for mm_h in (0, 1, 5, 12, 30, 80)]
    assert factors == sorted(factors, reverse=True) and factors[0] == 1 and factors[-1] == 0.7


def test_that_a_closed_street_is_gone_round_and_a_site_on_it_still_reached_from_its_ends():
    graph = net(*SQUARE)
    assert eta(OpenStreets(graph, ["s"]), site(6, 1), crew(0, 2)) == pytest.approx(15, abs=0.02)
    assert eta(OpenStreets(graph, ["s"]), site(2, 0), crew(0, 2)) == pytest.approx(4, abs=0.02)
    assert eta(OpenStreets(graph, ["s", "no such"]), site(2, 0), crew(6, 1)) == pytest.approx(
        5, abs=0.02
    )


def test_that_when_the_own_street_of_a_site_or_crew_is_shut_its_near_crossing_is_the_way():
    graph = net(*SQUARE)
    whole, shut = OpenStreets(graph), OpenStreets(graph, ["s"])
    for to, of in ((site(5.98, 0), crew(0, 2)), (site(0, 2), crew(5.98, 0))):
        reached = whole.reach([to], [of])
        assert reached.eta_min[0, 0] == pytest.approx(7.98, abs=0.02)
        assert reached.after(shut).eta_min[0, 0] == pytest.approx(16.02, abs=0.02)


def test_that_without_any_way_nobody_comes_and_there_is_no_line():
    island = street("i", (20, 20), (21, 20))
    graph = net(*SQUARE, island)
    streets = OpenStreets(graph)
    assert eta(streets, site(20.5, 20), crew(0, 2)) == math.inf
    assert streets.way(site(20.5, 20), crew(0, 2)) is None
    cut_off = OpenStreets(graph, ["s", "n"])
    assert eta(cut_off, site(6, 1), crew(0, 2)) == math.inf
    assert eta(cut_off, site(6, 1), crew(6, 2)) == pytest.approx(1, abs=0.02)


def test_that_a_oneway_street_is_driven_in_its_direction_only():
    graph = net(street("a", (0, 0), (6, 0), oneway=True), *SQUARE[:3])
    streets = OpenStreets(graph)
    assert eta(streets, site(5, 0), crew(1, 0)) == pytest.approx(4, abs=0.02)
    assert eta(streets, site(1, 0), crew(5, 0)) == pytest.approx(1 + 18 + 1, abs=0.02)
    assert eta(streets, site(1, 0), crew(6, 3)) == pytest.approx(3 + 6 + 6 + 1, abs=0.02)


def test_that_of_parallel_streets_the_faster_open_one_is_taken():
    graph = net(street("slow", (0, 0), (6, 0), speed_kmh=20), street("x", (0, 0), (0, 1)),
                street("fast", (0, 0), (3, 0.2), (6, 0)))  # fmt: skip
    assert eta(OpenStreets(graph), site(6, 0), crew(0, 1)) == pytest.approx(7, abs=0.05)
    streets = OpenStreets(graph, ["fast"])
    assert eta(streets, site(6, 0), crew(0, 1)) == pytest.approx(19, abs=0.05)


def test_that_a_place_far_from_every_street_or_without_a_fix_is_not_reached():
    streets = OpenStreets(net(*SQUARE))
    nowhere = msgspec.structs.replace(crew(0, 0), lon_deg=math.nan)
    assert eta(streets, site(9, 0), crew(0, 0)) == math.inf
    assert eta(streets, site(0, 0), nowhere) == math.inf
    near = eta(streets, site(6.1, 0), crew(0, 0))
    assert near == pytest.approx(6 + 0.5, abs=0.05)  # the last 100 m on foot pace


def test_that_the_way_on_the_map_is_as_long_as_its_minutes_and_joins_both_places():
    streets = OpenStreets(net(*SQUARE), ["s"])
    to, of = site(6, 1), crew(0, 2)
    way = streets.way(to, of)
    assert way is not None and way.minutes == eta(streets, to, of)
    corners = np.array([at(0, 2), at(0, 6), at(6, 6), at(6, 1)])
    assert np.array(way.line) == pytest.approx(corners, abs=1e-6)


def test_that_a_layer_without_a_street_is_no_graph_of_a_city_without_ways():
    index_only = {"type": "Feature", "properties": {"kind": "road", "name": "路", "class": 3},
                  "geometry": {"type": "LineString", "coordinates": [[1, 1], [2, 2]]}}  # fmt: skip
    for streets in ([], [index_only]):
        with pytest.raises(ValueError, match="no street"):
            net(*streets)
    assert OpenStreets(net(*SQUARE)).eta_min([], [crew(0, 0)]).shape == (0, 1)
    assert OpenStreets(net(*SQUARE)).eta_min([site(0, 0)], []).shape == (1, 0)


def test_that_the_plain_estimate_is_the_straight_line_with_its_factor():
    minutes = plain_eta_min([site(0, 0)], [crew(10, 0), crew(0, 5)])
    assert minutes[0] == pytest.approx([10 * 1.3 / 25 * 60, 5 * 1.3 / 25 * 60], rel=0.01)
    nowhere = msgspec.structs.replace(crew(0, 0), lat_deg=math.nan)
    assert plain_eta_min([site(0, 0)], [nowhere])[0, 0] == math.inf


# ---- what the platform sends --------------------------------------------------------------


def test_that_what_cannot_be_driven_on_is_left_out_and_counted():
    wrong = [
        street("", (0, 0), (1, 0)),
        street("point", (0, 0)),
        street("still", (0, 0), (0, 0)),
        street("words", (0, 0), (1, 0)) | {"geometry": {"type": "Polygon", "coordinates": []}},
        street("globe", (0, 0), (100_000, 0)),
        {"type": "Feature", "properties": None, "geometry": None},
        street("text", (0, 0), (1, 0)) | {"properties": {"edge_id": 7}},
    ]
    odd = street("odd", (0, 0), (1, 0), speed_kmh="fast", oneway="yes", **{"class": "x"})
    body = {"type": "FeatureCollection", "features": [*wrong, odd]}
    edges = read_streets(json.dumps(body).encode())
    assert edges.edge_ids == ("odd",) and edges.left_out == len(wrong)
    assert edges.speed_kmh.tolist() == [14.0] and not edges.oneway.any()
    with pytest.raises(msgspec.DecodeError):
        read_streets(b"<html>")


def test_that_closures_are_read_once_each_and_none_without_the_layer():
    rows = [{"properties": {"edge_id": "E-1", "reason": "积水", "since": "2026-07-18T03:00:00Z"}},
            {"properties": {"edge_id": 3}}, {"properties": None}, {},
            {"properties": {"edge_id": "E-1", "reason": "塌陷"}}]  # fmt: skip
    body = json.dumps({"type": "FeatureCollection", "features": rows}).encode()
    assert read_closures(body) == (Closure("E-1", "塌陷", ""),)
    assert read_closures(None) == read_closures(b"") == ()
    with pytest.raises(msgspec.DecodeError):
        read_closures(b"[]")


# ---- on a city ----------------------------------------------------------------------------


def _searched(graph: StreetGraph, closed: frozenset[int], source: int) -> dict[int, float]:
    """Dijkstra as in the book, from a node."""
    leaves: dict[int, list[tuple[int, float]]] = {}
    for edge, (a, b) in enumerate(zip(graph.start.tolist(), graph.end.tolist(), strict=True)):
        if edge not in closed:
            minutes = float(graph.minutes[edge])
            leaves.setdefault(a, []).append((b, minutes))
            leaves.setdefault(b, []).append((a, minutes))
    done: dict[int, float] = {}
    waiting = [(0.0, source)]
    while waiting:
        minutes, node = heapq.heappop(waiting)
        if node not in done:
            done[node] = minutes
            for other, more in leaves.get(node, ()):
                heapq.heappush(waiting, (minutes + more, other))
    return done


def test_that_minutes_in_the_city_are_those_of_a_plain_search(session_folders: None):
    city = load_city(cache_folder(), seed=1, scale="small")
    graph = StreetGraph(read_streets(msgspec.json.encode(streets_geojson(city))))
    assert graph.edges.left_out == 0 and len(graph) == len(city.arrays["edge_class"])
    assert graph.length_m.sum() == pytest.approx(city.arrays["edge_length"].sum(), rel=0.005)
    chance = np.random.default_rng(4)
    closed = frozenset(chance.choice(len(graph), 60, replace=False).tolist())
    streets = OpenStreets(graph, [graph.edges.edge_ids[n] for n in closed])
    nodes = chance.choice(graph.nodes, 12, replace=False).tolist()
    place = {int(n): graph.edges.vertex[graph.edges.first[k]] for k, n in enumerate(graph.start)}
    place |= {int(n): graph.edges.vertex[graph.edges.first[k + 1] - 1]
              for k, n in enumerate(graph.end)}  # fmt: skip
    sites = [msgspec.structs.replace(site(0, 0), lon_deg=float(place[n][0]),
                                     lat_deg=float(place[n][1])) for n in nodes[:4]]  # fmt: skip
    crews = [msgspec.structs.replace(crew(0, 0), lon_deg=float(place[n][0]),
                                     lat_deg=float(place[n][1])) for n in nodes[4:]]  # fmt: skip
    found = streets.eta_min(sites, crews)
    for row, source in enumerate(nodes[:4]):
        known = _searched(graph, closed, source)
        # A place on a crossing may be snapped to a closed street: its own end, no way round.
        want = [known.get(node, math.inf) for node in nodes[4:]]
        assert found[row] == pytest.approx(want, abs=0.01)


@pytest.mark.parametrize("seed", range(6))
def test_that_streets_shut_one_after_the_other_are_as_if_searched_anew(
    session_folders: None, seed: int
):
    """Carried on by only what led over them; some are those that ways and places lie on."""
    city = load_city(cache_folder(), seed=1, scale="small")
    graph = StreetGraph(read_streets(msgspec.json.encode(streets_geojson(city))))
    chance = np.random.default_rng(seed)
    places = graph.edges.vertex[chance.choice(len(graph.edges.vertex), 20, replace=False)]
    lon_lat = [{"lon_deg": float(lon), "lat_deg": float(lat)} for lon, lat in places]
    sites = [msgspec.structs.replace(site(0, 0), **one) for one in lon_lat[:7]]
    crews = [msgspec.structs.replace(crew(0, 0), **one) for one in lon_lat[7:]]
    own = graph.snap(places).edge.tolist()
    closed: list[str] = []
    reached = OpenStreets(graph).reach(sites, crews)
    for turn in range(8):
        numbers = chance.integers(0, len(graph), 3).tolist() + own[turn : turn + 1]
        way = OpenStreets(graph, closed).way(sites[turn % 7], crews[turn])
        if way is not None and len(way.line) > 4:
            numbers.append(int(graph.snap(np.array([way.line[len(way.line) // 2]])).edge[0]))
        if turn == 6:
            closed = closed[3:]  # some are open again
        closed += [graph.edges.edge_ids[number] for number in numbers]
        reached = reached.after(OpenStreets(graph, closed))
        fresh = OpenStreets(graph, closed).eta_min(sites, crews)
        assert reached.eta_min == pytest.approx(fresh, abs=1e-6), turn
