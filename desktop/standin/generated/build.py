"""The city as plain arrays: everything that the cache keeps, and nothing that is quick to make."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import Line, inside
from desktop.standin.generated.areas import DISTRICTS, LEVELS, Partition, divide
from desktop.standin.generated.chains import Chains, chains_of
from desktop.standin.generated.laid import laid_features
from desktop.standin.generated.lanes import without_spikes
from desktop.standin.generated.mesh import Mesh
from desktop.standin.generated.naming import name_areas, name_streets
from desktop.standin.generated.scale import Scale
from desktop.standin.generated.stand import stand_everything
from desktop.standin.generated.streets import Laid, lay_streets
from desktop.standin.generated.terrain import Terrain

USES = ("home", "office", "old", "works", "school", "green", "farm", "water", "lake park")
Arrays = dict[str, NDArray[Any]]
Words = dict[str, list[str]]


def build_city(seed: int, scale: Scale) -> tuple[Arrays, Words]:
    """Streets, areas and everything that stands on them, from the seed alone."""
    terrain = Terrain(scale.half_width_m, scale.half_height_m, seed)
    laid = lay_streets(terrain, scale)
    mesh, chains = Mesh(laid.plane), chains_of(laid.plane)
    use, laid_by_hand = _uses(mesh, terrain, laid)
    parts = divide(mesh, terrain, scale, use == USES.index("water"))
    words: Words = {}
    arrays: Arrays = {"face_use": use.astype(np.int8), "face_centre": mesh.centre,
                      "face_laid": laid_by_hand}  # fmt: skip
    _add_streets(arrays, words, laid, mesh, chains, terrain)
    _add_areas(arrays, words, mesh, parts, terrain)
    arrays |= stand_everything(arrays, terrain, scale)
    words["laid"], arrays["laid_box"] = laid_features()
    return arrays, words


def _uses(mesh: Mesh, terrain: Terrain, laid: Laid) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The use of each face, and whether its block and houses are the hand-laid district's."""
    rng = np.random.default_rng(terrain.seed + 51)
    centre, area = np.nan_to_num(mesh.centre), mesh.area_m2
    dense = terrain.raster(100.0).at(terrain.density, centre)
    dice = rng.random(len(area))
    town = np.select([dice < 0.62, dice < 0.74, dice < 0.83, dice < 0.90], [0, 1, 3, 4], default=5)
    old = np.select([dice < 0.42, dice < 0.66, dice < 0.88, dice < 0.94], [0, 1, 2, 4], default=5)
    works = np.hypot(centre[:, 0] + 11_500, centre[:, 1] + 4_800) < 3_000
    works |= np.hypot(centre[:, 0] - 12_500, centre[:, 1] + 5_600) < 2_800
    town = np.where(works & (dice < 0.6), 3, town)
    use = np.where(dense > 1.1, old, town)
    use = np.where((dense < 0.40) | (area > 450_000), 6, use)
    use = np.where((use != 6) & (area > 220_000), 5, use)
    use = np.where((use != 6) & (area < 4_500), 5, use)
    raster = terrain.raster(20.0)
    block_at = raster.zeros(np.int64)
    for number, block in enumerate(laid.centre_blocks, start=1):
        mask = raster.zeros(np.bool_)
        if block.use != "farm":
            raster.fill(mask, block.ring)
            block_at[mask] = number
    known = np.array([0] + [USES.index(b.use) for b in laid.centre_blocks])
    block = raster.at(block_at, centre)
    use = np.where(block > 0, known[block], use)
    use = np.where(raster.at(terrain.water, centre), USES.index("green"), use)  # round a lake
    quay = raster.at(terrain.shore, centre) & (block == 0) & (area < 60_000)
    use = np.where(quay, USES.index("green"), use)
    use = np.where(inside(centre, terrain.river_ring), USES.index("water"), use)
    return use, block > 0


def _add_streets(
    arrays: Arrays, words: Words, laid: Laid, mesh: Mesh, chains: Chains, terrain: Terrain
) -> None:
    """The graph that vehicles drive, and the street of each edge."""
    raster = terrain.raster(100.0)
    density = [float(raster.at(terrain.density, r.line[len(r.line) // 2])) for r in laid.roads]
    names = name_streets(laid.roads, density, terrain.seed)
    driven = np.flatnonzero(chains.line < len(laid.roads))
    unique, street_of = np.unique(np.array(names), return_inverse=True)
    used = np.zeros(len(unique), np.bool_)
    used[street_of[chains.line[driven]]] = True
    renumber = np.cumsum(used) - 1
    rank = np.array([r.road_class for r in laid.roads])
    words["street"] = unique[used].tolist()
    street_class = np.full(len(unique), 9)
    np.minimum.at(street_class, street_of, rank)
    arrays["street_class"] = street_class[used].astype(np.int8)
    line = chains.line[driven]
    arrays["edge_street"] = renumber[street_of[line]].astype(np.int32)
    arrays["edge_class"] = rank[line].astype(np.int8)
    arrays["edge_along"] = chains.along_m[driven]
    vertices, first, left, right = _geometry(mesh, chains, driven)
    arrays |= {"vertex": vertices, "edge_first": first, "edge_left": left, "edge_right": right}
    nodes, ends = np.unique(
        np.concatenate([chains.start[driven], chains.end[driven]]), return_inverse=True
    )
    ends = ends.reshape(2, -1).astype(np.int32)
    arrays["node"] = laid.plane.nodes[nodes]
    arrays["edge_start"], arrays["edge_end"] = ends[0], ends[1]
    step = np.hypot(*np.diff(vertices, axis=0).T)
    middle = vertices[(first[:-1] + first[1:]) // 2]
    a_b = (vertices[first[:-1]] + vertices[first[1:] - 1]) / 2
    water = terrain.raster(20.0)
    arrays["edge_wet"] = water.at(terrain.water, middle) | water.at(terrain.water, a_b)
    total = np.concatenate([[0.0], np.cumsum(step)])
    arrays["edge_length"] = total[first[1:] - 1] - total[first[:-1]]
    arrays["face_dense"] = raster.at(terrain.density, np.nan_to_num(mesh.centre))


def _geometry(
    mesh: Mesh, chains: Chains, driven: NDArray[np.int64]
) -> tuple[Line, NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    plane = mesh.plane
    parts: list[NDArray[np.int64]] = []
    starts, stops = chains.first[driven].tolist(), chains.first[driven + 1].tolist()
    for start, stop in zip(starts, stops, strict=True):
        pieces = chains.order[start:stop]
        parts.append(np.append(plane.pieces[pieces, 0], plane.pieces[pieces[-1], 1]))
    first = np.concatenate([[0], np.cumsum([len(p) for p in parts])])
    head = chains.order[chains.first[driven]]
    left = mesh.face_of[2 * head].astype(np.int32)
    right = mesh.face_of[2 * head + 1].astype(np.int32)
    return plane.nodes[np.concatenate(parts)], first, left, right


def _add_areas(
    arrays: Arrays, words: Words, mesh: Mesh, parts: Partition, terrain: Terrain
) -> None:
    raster = terrain.raster(100.0)
    dense = raster.at(terrain.density, np.nan_to_num(mesh.centre))
    for level in LEVELS:
        of_face = parts.of_face[level]
        arrays[f"face_{level}"] = of_face.astype(np.int32)
        words[f"{level}_code"] = list(parts.codes[level])
        _add_rings(arrays, level, mesh.outlines(of_face))
        if level == "district":
            words[level] = [name for _, name, *_ in DISTRICTS]
            continue
        parent = parts.parent[level]
        arrays[f"{level}_parent"] = parent.astype(np.int32)
        dry = of_face >= 0
        mean = np.bincount(of_face[dry], dense[dry]) / np.bincount(of_face[dry])
        if level == "subdistrict":
            words[level] = name_areas(parent, mean, terrain.seed + 61, "街道", "镇")
        elif level == "community":
            words[level] = name_areas(parent, mean, terrain.seed + 67, "社区", "村")
    number = np.arange(len(mesh.area_m2))
    rings = mesh.outlines(np.where(number > 0, number, -1))
    _add_rings(arrays, "block", [[without_spikes(r[0])] if r else [] for r in rings])


def _add_rings(arrays: Arrays, name: str, rings: list[list[Line]]) -> None:
    flat = [(number, ring) for number, parts in enumerate(rings) for ring in parts]
    arrays[f"{name}_ring_of"] = np.array([number for number, _ in flat], dtype=np.int32)
    arrays[f"{name}_ring_first"] = np.concatenate([[0], np.cumsum([len(r) for _, r in flat])])
    arrays[f"{name}_ring"] = np.vstack([r for _, r in flat])
