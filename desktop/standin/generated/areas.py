"""Districts, 街道, 社区 and grids: each a connected set of faces, so borders follow streets."""

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desktop.standin.generated.mesh import Mesh
from desktop.standin.generated.network import Ints
from desktop.standin.generated.scale import Scale
from desktop.standin.generated.terrain import Terrain

DISTRICTS: tuple[tuple[str, str, float, float], ...] = (
    ("990102", "滨江区", 0, 0),
    ("990103", "望城区", -0.36, -0.16),
    ("990104", "高新区", -0.58, -0.45),
    ("990105", "云溪区", -0.50, 0.42),
    ("990106", "城北区", -0.06, 0.48),
    ("990107", "金塘区", 0.40, 0.34),
    ("990108", "临港区", 0.66, -0.22),
    ("990109", "南浦区", 0.30, -0.52),
    ("990110", "青屏区", -0.16, -0.55),
)  # code, name, where its seat lies as a share of the half frame
_CENTRE_X_M, _CENTRE_Y_M = 3_000.0, 2_250.0
_SEAT_OUTSIDE = 1.5  # in a small frame seats move out of the hand-laid district
_CENTRE_LATE_M = 3_200.0  # the others come nearly to the hand-laid district
_OVER_THE_RIVER_M = 4_000.0
LEVELS = ("district", "subdistrict", "community", "grid")


@dataclass(frozen=True)
class Partition:
    """For each face the number of its area on each level (-1 for the outside face)."""

    of_face: dict[str, Ints]
    parent: dict[str, Ints]  # of subdistrict, community and grid
    codes: dict[str, tuple[str, ...]]


def divide(mesh: Mesh, terrain: Terrain, scale: Scale, wet: NDArray[np.bool_]) -> Partition:
    """`wet` says which faces are river or lake."""
    links = _links(mesh, wet)
    district = _districts(mesh, terrain, links)
    of_face, parent = {"district": district}, {}
    codes = {"district": tuple(code for code, *_ in DISTRICTS)}
    above = "district"
    rows = ((scale.subdistricts, "subdistrict", 3), (scale.communities, "community", 3),
            (scale.grids, "grid", 4))  # fmt: skip
    for count, level, digits in rows:
        of_face[level], parent[level] = _cut(mesh, links, of_face[above], count, wet)
        codes[level] = _codes(codes[above], parent[level], digits)
        above = level
    return Partition(of_face, parent, codes)


def _codes(above: tuple[str, ...], parent: Ints, digits: int) -> tuple[str, ...]:
    used = [0] * len(above)
    codes: list[str] = []
    for mother in parent.tolist():
        used[mother] += 1
        codes.append(f"{above[mother]}{used[mother]:0{digits}d}")
    return tuple(codes)


def _links(mesh: Mesh, wet: NDArray[np.bool_]) -> list[list[tuple[int, float]]]:
    """For each face its neighbours and how far their middles lie apart, in m."""
    a, b = mesh.face_of[::2], mesh.face_of[1::2]
    pairs = np.unique(np.sort(np.column_stack([a, b]), axis=1), axis=0)
    pairs = pairs[(pairs[:, 0] > 0) & (pairs[:, 0] != pairs[:, 1])]
    away = np.hypot(*(mesh.centre[pairs[:, 0]] - mesh.centre[pairs[:, 1]]).T)
    away += _OVER_THE_RIVER_M * (wet[pairs[:, 0]] & wet[pairs[:, 1]])
    links: list[list[tuple[int, float]]] = [[] for _ in range(len(mesh.area_m2))]
    for (one, two), cost in zip(pairs.tolist(), away.tolist(), strict=True):
        links[one].append((two, cost))
        links[two].append((one, cost))
    return links


def _districts(mesh: Mesh, terrain: Terrain, links: list[list[tuple[int, float]]]) -> Ints:
    frame = np.array([terrain.half_width_m, terrain.half_height_m])
    centre = mesh.centre
    laid = (np.abs(mesh.plane.nodes[mesh.origin]) < (_CENTRE_X_M, _CENTRE_Y_M)).all(axis=1)
    inner = np.unique(mesh.face_of[laid])  # faces that reach into the hand-laid district
    seeds = {int(face): 0 for face in inner if face > 0}
    for number, (_, _, x, y) in enumerate(DISTRICTS[1:], start=1):
        seat = frame * (x, y)
        seat *= max(1.0, _SEAT_OUTSIDE / float((np.abs(seat) / (_CENTRE_X_M, _CENTRE_Y_M)).max()))
        away = np.hypot(*(centre - seat).T)
        away[0] = np.inf
        away[inner] = np.inf
        seeds[int(np.argmin(away))] = number
    late = {0: _CENTRE_LATE_M}
    return _grow(links, seeds, np.full(len(centre), -1), 0, late)


def _grow(
    links: list[list[tuple[int, float]]],
    seeds: dict[int, int],
    within: Ints,
    area: int,
    delay: dict[int, float] | None = None,
) -> Ints:
    """Each face of `within == area` (-1: any) gets the label whose seed reaches it first."""
    label = np.full(len(links), -1)
    member = (within == area) if (within >= 0).any() else np.ones(len(links), np.bool_)
    member[0] = False
    inside, delay = member.tolist(), delay or {}
    queue = [(delay.get(k, 0.0), face, k) for face, k in seeds.items()]
    for face, k in seeds.items():
        label[face] = k  # a seed keeps its face
    heapq.heapify(queue)
    done = [False] * len(links)
    while queue:
        cost, face, k = heapq.heappop(queue)
        if done[face]:
            continue
        done[face] = True
        label[face] = k
        for other, step in links[face]:
            if not done[other] and inside[other] and (other not in seeds):
                heapq.heappush(queue, (cost + step, other, k))
    return label


def _cut(
    mesh: Mesh,
    links: list[list[tuple[int, float]]],
    within: Ints,
    count: int,
    wet: NDArray[np.bool_],
) -> tuple[Ints, Ints]:
    """Cuts each area of `within` into parts, `count` in all; (part of each face, its area)."""
    size = np.sqrt(np.maximum(mesh.area_m2, 1.0))
    whole = np.full(len(links), -1)
    parents: list[int] = []
    areas = int(within.max()) + 1
    dry = (within >= 0) & ~wet
    faces = np.bincount(within[dry], minlength=areas)
    shares = _shares(faces, count)
    for area in range(areas):
        members = np.flatnonzero((within == area) & dry)
        if not len(members):
            members = np.flatnonzero(within == area)
        seeds = _spread(mesh.centre[members], size[members], int(shares[area]))
        first = len(parents)
        numbered = {int(members[s]): first + k for k, s in enumerate(seeds)}
        grown = _grow(links, numbered, within, area)
        whole[within == area] = grown[within == area]
        parents += [area] * len(seeds)
    return whole, np.array(parents)


def _shares(faces: Ints, count: int) -> Ints:
    """`count` in proportion to the faces, at least one each and never more than faces."""
    most = np.maximum(faces, 1)
    shares = np.ones(len(faces), dtype=np.int64)
    for _ in range(count - len(faces)):
        room = np.where(shares < most, faces / (shares + 1.0), -1.0)
        best = int(np.argmax(room))
        if room[best] < 0:
            raise ValueError("fewer blocks than areas")
        shares[best] += 1
    return shares


def _spread(centre: NDArray[np.float64], size: NDArray[np.float64], count: int) -> list[int]:
    """`count` faces far from each other, measured in blocks rather than in metres."""
    middle = centre.mean(axis=0)
    chosen = [int(np.argmin(np.hypot(*(centre - middle).T)))]
    nearest = np.full(len(centre), np.inf)
    while len(chosen) < count:
        last = chosen[-1]
        away = np.hypot(*(centre - centre[last]).T) / np.sqrt(size * size[last])
        nearest = np.minimum(nearest, away)
        nearest[last] = -1.0
        chosen.append(int(np.argmax(nearest)))
    return chosen
