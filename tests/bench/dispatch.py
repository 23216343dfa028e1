"""The preview of who goes where: on the whole generated city's streets, and on a real storm.

`dispatch_preview`: 61 sites and 200 crews; minutes by street and three proposals, the graph's
making apart. `dispatch_floodnet`: the measured floods of 2025-10-30 of at least 15 cm, as far as
the folder holds them, by the straight line x 1.3 at 25 km/h with crews strewn over their box;
beside ours the textbook rules, written here without any of our code.
"""

import csv
import resource
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from desktop.domain.emergency.assignment import Task, propose, propose_all
from desktop.domain.emergency.dispatch import Crew, Method, Rules, Site
from desktop.domain.emergency.street_text import read_streets
from desktop.domain.emergency.streets import OpenStreets, StreetGraph, plain_eta_min
from desktop.domain.levels import WarningLevel
from desktop.settings import cache_folder
from desktop.standin.generated.city import GeneratedCity, load_city
from desktop.standin.street_layers import streets_geojson

SITES, CREWS, ROUNDS = 61, 200, 5
FLOODNET = Path(__file__).resolve().parents[3] / "shared" / "data" / "floodnet"
NO_FLOODNET = "measured floods (../shared/data/floodnet) are not on this machine"
STORM, LEAST_CM, SEEDS, TARGET_MIN = date(2025, 10, 30), 15.0, 30, 28.0
_CM_PER_INCH = 2.54
_EPS_MIN = 1e-9

Minutes = NDArray[np.float64]
Pairs = list[tuple[int, int]]


# ---- on the generated city ----------------------------------------------------------------


def measure_preview() -> dict[str, object]:
    """Milliseconds, the median of ROUNDS; memory is what the graph adds at its making."""
    city = load_city(cache_folder(), seed=1, scale="full")
    body = msgspec.json.encode(streets_geojson(city))
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    graph = StreetGraph(read_streets(body))
    graph.make_ready()
    built_ms = (time.perf_counter() - start) * 1000
    added_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb) / 1024
    sites, crews = city_sites(city, SITES), city_crews(city, CREWS)
    closed = _closed(graph, 20)
    timed: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        _round(graph, sites, crews, closed, timed)
    return {
        "graph_build_ms": round(built_ms, 1),
        "graph_peak_mb": round(added_mb, 1),
        "layer_mb": round(len(body) / 1e6, 2),
        "edges": len(graph),
        "nodes": graph.nodes,
        **{f"{name}_ms": round(statistics.median(found), 1) for name, found in timed.items()},
    }


def _round(
    graph: StreetGraph,
    sites: tuple[Site, ...],
    crews: tuple[Crew, ...],
    closed: list[str],
    timed: dict[str, list[float]],
) -> None:
    start, cpu_s = time.perf_counter(), time.process_time()
    reached = OpenStreets(graph, closed[1:], rain_mm_h=30.0).reach(sites, crews)
    there = time.perf_counter()
    propose_all(Task(sites=sites, crews=crews, eta_min=reached.eta_min))
    done = time.perf_counter()
    timed.setdefault("whole_cpu", []).append((time.process_time() - cpu_s) * 1000)
    after = reached.after(OpenStreets(graph, closed, rain_mm_h=30.0))
    propose_all(Task(sites=sites, crews=crews, eta_min=after.eta_min))
    again = time.perf_counter()
    for name, begun, ended in (
        ("eta", start, there),
        ("methods", there, done),
        ("whole", start, done),
        ("closure", done, again),
    ):
        timed.setdefault(name, []).append((ended - begun) * 1000)


def _closed(graph: StreetGraph, count: int) -> list[str]:
    chosen = np.random.default_rng(7).choice(len(graph), count, replace=False)
    return [graph.edges.edge_ids[number] for number in chosen.tolist()]


def city_sites(city: GeneratedCity, count: int) -> tuple[Site, ...]:
    """Flood points of the city, of all levels in turn."""
    points = [p for p in city.points() if p.class_id in ("underpass_water", "water_level")]
    levels = tuple(WarningLevel)
    return tuple(
        Site(site_id=p.point_id, name=p.name, level=levels[n % 4], lon_deg=p.lon_deg or 0.0,
             lat_deg=p.lat_deg or 0.0, needs={"pump": 1}, line_in_min=20.0, order=n)
        for n, p in enumerate(points[:count])
    )  # fmt: skip


def city_crews(city: GeneratedCity, count: int) -> tuple[Crew, ...]:
    """Units of the city where they are at home."""
    return tuple(
        Crew(unit_id=unit.unit_id, name=unit.name, skills=("pump",), lon_deg=unit.lon or 0.0,
             lat_deg=unit.lat or 0.0, district_id=unit.district_id or "", position_age_s=5.0)
        for _, unit in zip(range(count), city.units(), strict=False)
    )  # fmt: skip


# ---- on the measured storm ----------------------------------------------------------------


def storm_sites(folder: Path) -> tuple[Site, ...]:
    """One for each sensor that stood in 15 cm or more that day, in the order of the floods."""
    csv.field_size_limit(1 << 20)
    with (folder / "sensors.csv").open(encoding="utf-8", newline="") as file:
        places = {row["sensor_id"]: row for row in csv.DictReader(file)}
    with (folder / "events_part1.csv").open(encoding="utf-8", newline="") as file:
        floods = [row for row in csv.DictReader(file) if _is_of_storm(row)]
    found: dict[str, Site] = {}
    for flood in sorted(floods, key=lambda row: row["flood_start_time"]):
        sensor = flood["sensor_id"]
        if sensor in places and sensor not in found:
            found[sensor] = Site(
                site_id=sensor, name=flood["sensor_name"], level=WarningLevel.ORANGE,
                lon_deg=float(places[sensor]["longitude"]), needs={"pump": 1},
                lat_deg=float(places[sensor]["latitude"]), order=len(found),
            )  # fmt: skip
    return tuple(found.values())


def _is_of_storm(row: dict[str, str]) -> bool:
    deep = float(row["max_depth_inches"]) * _CM_PER_INCH >= LEAST_CM
    return deep and row["flood_start_time"].startswith(STORM.isoformat())


def strewn_crews(sites: tuple[Site, ...], count: int, seed: int) -> tuple[Crew, ...]:
    """Evenly at random over the box of the sites."""
    places = np.array([(site.lon_deg, site.lat_deg) for site in sites])
    low, high = places.min(axis=0), places.max(axis=0)
    spots = np.random.default_rng(seed).uniform(low, high, (count, 2)).tolist()
    return tuple(
        Crew(unit_id=f"c{n}", name=f"{n}", skills=("pump",), lon_deg=lon, lat_deg=lat,
             position_age_s=0.0)
        for n, (lon, lat) in enumerate(spots)
    )  # fmt: skip


def measure_floodnet() -> dict[str, object]:
    """Minutes, means over SEEDS; a dash of figures where the data is not there."""
    if not (FLOODNET / "events_part1.csv").exists():
        return {"skipped": NO_FLOODNET}
    sites = storm_sites(FLOODNET)
    found: dict[str, Any] = {"sites": len(sites)}
    for count in (61, len(sites), 30, len(sites) // 2):
        found[f"crews_{count}"] = compared(sites, count, range(SEEDS))
    return found


def compared(sites: tuple[Site, ...], count: int, seeds: range) -> dict[str, Any]:
    """Ours beside the references, and of how many seeds ours is worse."""
    rows: dict[str, list[tuple[float, float, float, float]]] = {}
    worse = 0
    for seed in seeds:
        crews = strewn_crews(sites, count, seed)
        eta = plain_eta_min(sites, crews)
        task = Task(sites=sites, crews=crews, eta_min=eta, rules=Rules(target_min=TARGET_MIN))
        one: dict[str, tuple[float, float, float, float]] = {}
        for name, rule in REFERENCES.items():
            start = time.perf_counter()
            pairs = rule(eta)
            one[name] = (*_figures([float(eta[pair]) for pair in pairs], len(sites)),
                         (time.perf_counter() - start) * 1000)  # fmt: skip
        for method in Method:
            start = time.perf_counter()
            legs = propose(task, method).legs
            one[f"our_{method}"] = (*_figures([leg.eta_min for leg in legs], len(sites)),
                                    (time.perf_counter() - start) * 1000)  # fmt: skip
        worse += _is_worse(one)
        for name, figures in one.items():
            rows.setdefault(name, []).append(figures)
    names = ("mean_min", "latest_min", "within_28_percent", "compute_ms")
    means = {name: dict(zip(names, np.round(np.mean(found, axis=0), 2).tolist(), strict=True))
             for name, found in rows.items()}  # fmt: skip
    return means | {"seeds_worse": worse}


def _figures(times: list[float], sites: int) -> tuple[float, float, float]:
    within = sum(minutes <= TARGET_MIN for minutes in times)
    return statistics.fmean(times), max(times), within / sites * 100


def _is_worse(one: dict[str, tuple[float, float, float, float]]) -> bool:
    total, latest = one["our_least_total"], one["our_least_latest"]
    hungarian, bottleneck = one["hungarian"], one["bottleneck"]
    return (
        total[0] > hungarian[0] + _EPS_MIN
        or latest[1] > bottleneck[1] + _EPS_MIN
        or latest[0] > bottleneck[0] + _EPS_MIN
    )


def greedy(eta: Minutes) -> Pairs:
    """In the order of arrival each site takes the nearest that is left."""
    left = eta.copy()
    pairs: Pairs = []
    for row in range(len(eta)):
        column = int(left[row].argmin())
        if np.isfinite(left[row, column]):
            pairs.append((row, column))
            left[:, column] = np.inf
    return pairs


def hungarian(eta: Minutes) -> Pairs:
    """The least sum."""
    return list(zip(*(found.tolist() for found in linear_sum_assignment(eta)), strict=True))


def bottleneck(eta: Minutes) -> Pairs:
    """The least maximum by bisection, and the least sum under it."""
    limits, size = np.unique(eta), min(eta.shape)
    low, high = 0, len(limits) - 1
    beyond = float(eta.max()) * eta.size + 1.0
    while low < high:
        middle = (low + high) // 2
        row, column = linear_sum_assignment(eta > limits[middle])
        whole = int((eta[row, column] <= limits[middle]).sum()) == size
        low, high = (low, middle) if whole else (middle + 1, high)
    return hungarian(np.where(eta <= limits[low], eta, beyond))


REFERENCES: dict[str, Callable[[Minutes], Pairs]] = {
    "greedy": greedy,
    "hungarian": hungarian,
    "bottleneck": bottleneck,
}
