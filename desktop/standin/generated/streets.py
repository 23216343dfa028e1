"""Every street of the city as a line with its class, and the plane graph that they make."""

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.arrangement import faces_of
from desktop.standin.basemap.blocks import Block, border_line, cut_blocks
from desktop.standin.basemap.frame import Line, normals
from desktop.standin.basemap.names import NameBook
from desktop.standin.basemap.plan import banks as centre_banks
from desktop.standin.basemap.streets import main_streets
from desktop.standin.generated.chains import chains_of, end_directions, loose_ends
from desktop.standin.generated.field import Field
from desktop.standin.generated.lanes import lanes_in, without_spikes
from desktop.standin.generated.mesh import Mesh, keep, largest_part
from desktop.standin.generated.network import Plane, candidate_pairs, cut_where_they_cross
from desktop.standin.generated.scale import Scale
from desktop.standin.generated.terrain import Terrain
from desktop.standin.generated.tracing import Rule, Tracer
from desktop.standin.generated.trunk import Road, open_ends, trunk_roads

BASEMAP_SEED = 1  # the hand-laid district's side streets as the platform shows them
_PROBE_M = {1: 500.0, 2: 500.0, 3: 420.0, 4: 210.0, 5: 120.0}
_DISTRICT_ENDS_M = 3_150.0
_CUL_DE_SAC_M = (45.0, 170.0)


@dataclass(frozen=True)
class Laid:
    """Roads first, then lines that only divide ground: banks, mid-river, frame."""

    roads: tuple[Road, ...]
    dividers: tuple[Line, ...]
    plane: Plane
    centre_blocks: tuple[Block, ...]

    @property
    def road_class(self) -> NDArray[np.int64]:
        """Class of each line of the plane; 0 for a divider."""
        return np.array([r.road_class for r in self.roads] + [0] * len(self.dividers))


def lay_streets(terrain: Terrain, scale: Scale) -> Laid:
    roads = trunk_roads(terrain)
    blocks, side = _centre()
    field = Field(terrain, roads)
    closed = terrain.wild.copy()
    raster = terrain.raster(20.0)
    for block in blocks:
        if block.use != "farm":  # those lie outside the district proper: the city grows there
            raster.fill(closed, block.ring)
    roads += side
    roads += _traced(terrain, scale, field, closed, roads)
    dividers = _dividers(terrain)
    roads = _joined(roads, dividers)
    plane = _plane(roads, dividers)
    roads += _lanes(terrain, scale, plane, blocks)
    plane = _trimmed(_plane(roads, dividers), roads, terrain)
    return Laid(tuple(roads), tuple(dividers), plane, tuple(blocks))


def _centre() -> tuple[list[Block], list[Road]]:
    rng = random.Random(BASEMAP_SEED)
    lines = [s.line for s in main_streets()] + [*centre_banks(), border_line()]
    blocks, side = cut_blocks(faces_of(lines), rng, NameBook(rng))
    return blocks, [Road(s.name, s.road_class, _a_little_longer(s.line), laid=True) for s in side]


def _a_little_longer(line: Line) -> Line:
    """By a metre at both ends, so that it crosses the streets that it meets."""
    first, last = line[0] - line[1], line[-1] - line[-2]
    head = line[0] + first / max(float(np.hypot(*first)), 1e-9)
    tail = line[-1] + last / max(float(np.hypot(*last)), 1e-9)
    return np.vstack([head, line, tail])


def _traced(
    terrain: Terrain, scale: Scale, field: Field, closed: NDArray[np.bool_], roads: list[Road]
) -> list[Road]:
    density, unit = terrain.density, scale.side_street_gap_m / 270.0
    wide = _by(density, ((0.95, 600.0), (0.5, 820.0), (0.12, 1_500.0)), 2_600.0) * unit
    tight = _by(density, ((0.95, 205.0), (0.6, 260.0), (0.42, 350.0), (0.2, 600.0)), 1_350.0) * unit
    tracer = Tracer(terrain, field, closed)
    on: list[Road] = []
    for road, place, direction in open_ends(roads):
        line = tracer.carry_on(place, direction, 2_400.0)
        if line is not None:
            on.append(Road(road.name, road.road_class, line))
    known = [r.line for r in [*roads, *on] if r.road_class <= 3]
    three = [Road("", 3, line) for line in tracer.fill(known, Rule(3, wide, 600, 8_000))]
    tracer = Tracer(terrain, field, closed)
    known = [r.line for r in [*roads, *on, *three]]
    four = [Road("", 4, line) for line in tracer.fill(known, Rule(4, tight, 140, 2_400))]
    return on + three + four


def _by(
    density: NDArray[np.float64], steps: tuple[tuple[float, float], ...], thin: float
) -> NDArray[np.float64]:
    """The gap of the first step whose density is exceeded, `thin` where none is."""
    return np.select([density > at for at, _ in steps], [gap for _, gap in steps], default=thin)


def _dividers(terrain: Terrain) -> list[Line]:
    x, y = terrain.half_width_m, terrain.half_height_m
    frame = np.array([(-x, -y), (x, -y), (x, y), (-x, y), (-x, -y)])
    axis, _ = terrain.river
    lines = [*terrain.banks, axis]
    inside = [line[np.abs(line[:, 0]) < x + 120] for line in lines]
    whole = [np.clip(line, (-x - 1, -y), (x + 1, y)) for line in inside]
    return [*whole, frame, *_across_the_river(terrain)]


def _across_the_river(terrain: Terrain) -> list[Line]:
    """Where the hand-laid district ends on the water: its border has no street to follow."""
    axis, half = terrain.river
    side = normals(axis) * (half + 1.0)
    at = [int(np.argmin(np.abs(axis[:, 0] - x))) for x in (-_DISTRICT_ENDS_M, _DISTRICT_ENDS_M)]
    return [np.vstack([axis[k] + side[k], axis[k] - side[k]]) for k in at]


def _plane(roads: list[Road], dividers: list[Line]) -> Plane:
    plane = cut_where_they_cross([r.line for r in roads] + dividers)
    return keep(plane, largest_part(plane))


def _joined(roads: list[Road], dividers: list[Line]) -> list[Road]:
    """Streets that end in the open go on to the next street ahead, where one is near."""
    plane = _plane(roads, [])
    chains = chains_of(plane)
    edges = np.flatnonzero(loose_ends(plane, chains, np.zeros(len(plane.nodes), np.bool_)))
    edge, place, direction = end_directions(plane, chains, edges)
    line = chains.line[edge]
    reach = np.array([0.0 if roads[k].laid else _PROBE_M[roads[k].road_class] for k in line])
    goal = place + direction * reach[:, None]
    start = np.vstack([place + direction * 0.5, plane.nodes[plane.pieces[:, 0]]])
    end = np.vstack([goal, plane.nodes[plane.pieces[:, 1]]])
    ahead = _first_hits(start, end, len(place))
    grown: dict[int, Line] = {}
    for probe, share in ahead.items():
        if not roads[line[probe]].laid:
            known = grown.get(int(line[probe]))
            old = roads[line[probe]].line if known is None else known
            hit = start[probe] + (end[probe] - start[probe]) * share + direction[probe]
            at_end = np.hypot(*(old[-1] - place[probe])) < np.hypot(*(old[0] - place[probe]))
            grown[int(line[probe])] = np.vstack([old, hit] if at_end else [hit, old])
    return [Road(r.name, r.road_class, grown.get(k, r.line), r.laid) for k, r in enumerate(roads)]


def _first_hits(start: Line, end: Line, probes: int) -> dict[int, float]:
    """For the first `probes` segments how far along them, 0 to 1, another is met first."""
    i, j = candidate_pairs(start, end)
    mine = (i < probes) & (j >= probes)
    i, j = i[mine], j[mine]
    di, dj, gap = end[i] - start[i], end[j] - start[j], start[j] - start[i]
    cross = di[:, 0] * dj[:, 1] - di[:, 1] * dj[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (gap[:, 0] * dj[:, 1] - gap[:, 1] * dj[:, 0]) / cross
        u = (gap[:, 0] * di[:, 1] - gap[:, 1] * di[:, 0]) / cross
        hit = (t > 0.002) & (t <= 1) & (u >= 0) & (u <= 1)
    first: dict[int, float] = {}
    for probe, share in zip(i[hit].tolist(), t[hit].tolist(), strict=True):
        first[probe] = min(first.get(probe, 2.0), share)
    return first


def _lanes(terrain: Terrain, scale: Scale, plane: Plane, blocks: list[Block]) -> list[Road]:
    rng = random.Random(terrain.seed + 23)
    mesh = Mesh(plane)
    raster, fine = terrain.raster(100.0), terrain.raster(20.0)
    finished = fine.zeros(np.bool_)
    for block in blocks:
        if block.use != "farm":
            fine.fill(finished, block.ring)
    number = np.arange(len(mesh.area_m2))
    rings = mesh.outlines(np.where((number > 0) & (mesh.area_m2 < 1.5e6), number, -1))
    found: list[Road] = []
    for face, parts in enumerate(rings):
        if not parts:
            continue
        centre = mesh.centre[face]
        dense = float(raster.at(terrain.density, centre))
        if dense < 0.40 or fine.at(finished | terrain.water, centre):
            continue
        largest = 42_000.0 if dense > 0.95 else 62_000.0 if dense > 0.6 else 95_000.0
        ring = without_spikes(parts[0])
        largest *= (scale.side_street_gap_m / 270.0) ** 2
        found += [Road("", 5, lane) for lane in lanes_in(ring, largest, rng)]
    return found


def _on_the_shore(plane: Plane, roads: list[Road], terrain: Terrain) -> NDArray[np.bool_]:
    """Pieces of side streets and lanes that run out over the quay to the river."""
    small = np.array([r.road_class >= 4 and not r.laid for r in roads])
    of_road = plane.line_of < len(roads)
    mine = of_road & small[np.minimum(plane.line_of, len(roads) - 1)]
    middle = plane.nodes[plane.pieces].mean(axis=1)
    return mine & terrain.raster(20.0).at(terrain.shore, middle)


def _trimmed(plane: Plane, roads: list[Road], terrain: Terrain) -> Plane:
    """Takes away tails that lead nowhere, but leaves short culs-de-sac."""
    frame = np.array([terrain.half_width_m, terrain.half_height_m]) - 2
    over = np.asarray(
        (np.abs(plane.nodes) > frame + 2.5).any(axis=1)
    )  # a lane's end beyond the frame
    plane = keep(plane, np.asarray(~over[plane.pieces].any(axis=1)))
    plane = keep(plane, ~_on_the_shore(plane, roads, terrain))
    rank = np.array([r.road_class for r in roads])
    low, high = _CUL_DE_SAC_M
    for _ in range(6):
        chains = chains_of(plane)
        fixed = np.asarray((np.abs(plane.nodes) >= frame).any(axis=1))
        loose = loose_ends(plane, chains, fixed)
        of_road = chains.line < len(roads)
        road_class = rank[np.minimum(chains.line, len(roads) - 1)]
        short = (chains.length_m > low) & (chains.length_m < high) & (road_class >= 4)
        drop = loose & ~(short & of_road)
        if not drop.any():
            break
        plane = keep(plane, ~drop[chains.of_piece])
    plane = keep(plane, largest_part(plane))
    streets = keep(plane, plane.line_of < len(roads))
    lost = np.zeros(len(plane.pieces), np.bool_)
    lost[np.flatnonzero(plane.line_of < len(roads))] = ~largest_part(streets)
    plane = keep(plane, ~lost)
    return keep(plane, largest_part(plane))
