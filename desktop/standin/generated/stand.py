"""Puts cameras, items, points and units on the streets."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.standin.generated.kinds import (
    CAMERA_GROUPS,
    COVER_KINDS,
    ITEM_CLASSES,
    POINT_KINDS,
    UNIT_KINDS,
    whole_shares,
)
from desktop.standin.generated.scale import Scale
from desktop.standin.generated.spots import Kerbs, Spots
from desktop.standin.generated.terrain import Terrain

Arrays = dict[str, NDArray[Any]]
_CAMERAS_NEAR = 3
_OFFLINE, _WITHOUT_POSITION = 0.02, 0.006


def stand_everything(arrays: Arrays, terrain: Terrain, scale: Scale) -> Arrays:
    rng = np.random.default_rng(terrain.seed + 71)
    kerbs, where = Kerbs(arrays), Grounds(arrays)
    out: Arrays = {}
    out |= _cameras(kerbs, where, rng, scale)
    out |= _items(kerbs, where, rng, scale)
    out |= _points(kerbs, where, rng, scale, out)
    out |= _units(kerbs, where, rng, scale, arrays)
    return out


class Grounds:
    """Weights of the edges: where things of a kind may stand, and how many."""

    def __init__(self, arrays: Arrays) -> None:
        self._a = arrays
        self.rank = arrays["edge_class"]
        length = arrays["edge_length"]
        dense = arrays["face_dense"]
        self._dense = np.maximum(dense[arrays["edge_left"]], dense[arrays["edge_right"]])
        uses = np.column_stack(
            [arrays["face_use"][arrays["edge_left"]], arrays["face_use"][arrays["edge_right"]]]
        )
        self._near = {
            "water": (uses == 7).any(axis=1),
            "green": ((uses == 5) | (uses == 8)).any(axis=1),
            "works": (uses == 3).any(axis=1),
        }
        self.dry = ~arrays["edge_wet"]
        self.dry &= (arrays["edge_left"] > 0) & (arrays["edge_right"] > 0) & (length > 4)
        self.dry &= ~(self._at_frame() & (length < 60))  # half of such a stub lies outside
        self._length = np.where(length > 4, length, 0.0)

    def _at_frame(self) -> NDArray[np.bool_]:
        node = self._a["node"]
        edge = (np.abs(node) >= np.abs(node).max(axis=0) - 2).any(axis=1)
        return edge[self._a["edge_start"]] | edge[self._a["edge_end"]]

    def weight(self, place: str) -> NDArray[np.float64]:
        """Per edge; a city that has no such place has it anywhere."""
        weight = self._weight(place)
        return weight if weight.any() else self._length * self.dry

    def _weight(self, place: str) -> NDArray[np.float64]:
        dense, length = self._dense, self._length
        town = np.clip(dense - 0.15, 0.02, 1.2)
        open_way = self.dry & (self.rank >= 2)
        if place == "street":
            by_class = np.array([0, 0.15, 1.0, 1.0, 0.8, 0.25])[self.rank]
            return length * town * by_class * self.dry
        if place == "lane":
            return length * town * np.isin(self.rank, (4, 5)) * self.dry
        if place == "bank":
            return length * self._near["water"] * open_way * (0.15 + dense)
        if place == "bridge":
            return length * ~self.dry * (self.rank <= 3) * (length > 20)
        if place == "field":
            return length * (dense < 0.4) * open_way
        if place in ("green", "works"):
            return length * self._near[place] * open_way
        return length * town * self.dry

    def crossings(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Corners of crossings of two streets: node, edge, the other street's edge."""
        a = self._a
        edges = np.arange(len(self.rank))
        node = np.concatenate([a["edge_start"], a["edge_end"]])
        edge = np.concatenate([edges, edges])
        fit = (self.rank[edge] <= 4) & (self.rank[edge] >= 2) & self.dry[edge]
        node, edge = node[fit], edge[fit]
        order = np.lexsort((self.rank[edge], node))
        node, edge = node[order], edge[order]
        other = np.full(len(node), -1)
        for shift in (1, 2, 3):
            for way in (shift, -shift):
                near = np.roll(edge, way)
                fits = (np.roll(node, way) == node) & (
                    a["edge_street"][near] != a["edge_street"][edge]
                )
                other = np.where((other < 0) & fits, near, other)
        keep = other >= 0
        return node[keep], edge[keep], other[keep]


def _cameras(kerbs: Kerbs, where: Grounds, rng: np.random.Generator, scale: Scale) -> Arrays:
    counts = whole_shares([g.share for g in CAMERA_GROUPS], scale.cameras)
    spots: list[Spots] = []
    other: list[NDArray[Any]] = []
    for group, count in zip(CAMERA_GROUPS, counts, strict=True):
        if group.place == "crossing":
            spot, second = _at_crossings(kerbs, where, rng, count)
        else:
            spot = kerbs.along(rng, where.weight(group.place or "street"), count, 8.5)
            second = np.full(count, -1)
        spots.append(spot)
        other.append(second)
    total, group = sum(counts), np.repeat(np.arange(len(counts)), counts)
    mobile = np.array([g.place == "" for g in CAMERA_GROUPS])[group]
    placed = ~mobile & (rng.random(total) >= _WITHOUT_POSITION)
    if placed[~mobile].all():
        placed[0] = False  # a small city has one too
    online = np.ones(total, np.bool_)
    online[rng.permutation(total)[: round(total * _OFFLINE)]] = False
    return joined(spots).arrays("camera") | {
        "camera_group": group.astype(np.int8),
        "camera_other": np.concatenate(other).astype(np.int32),
        "camera_placed": placed,
        "camera_online": online,
    }


def _at_crossings(
    kerbs: Kerbs, where: Grounds, rng: np.random.Generator, count: int
) -> tuple[Spots, NDArray[Any]]:
    node, edge, other = where.crossings()
    weight = np.array([0, 0, 4.0, 2.5, 1.0, 0])[where.rank[edge]] / np.sqrt(where.rank[other])
    chosen = rng.choice(len(node), size=count, replace=count > len(node), p=weight / weight.sum())
    chosen.sort()
    picked = edge[chosen]
    at_start = kerbs._a["edge_start"][picked] == node[chosen]
    length = kerbs._a["edge_length"][picked]
    inset = rng.uniform(12, 18, count)
    at = np.where(at_start, inset, length - inset)
    return kerbs.beside(picked, at, rng.random(count) < 0.5, 9.0), other[chosen]


def joined(spots: list[Spots]) -> Spots:
    names = ("edge", "at_m", "left", "place", "face", "heading_deg")
    return Spots(*(np.concatenate([getattr(s, name) for s in spots]) for name in names))


def _items(kerbs: Kerbs, where: Grounds, rng: np.random.Generator, scale: Scale) -> Arrays:
    covers = scale.manholes
    others = whole_shares([c.share for c in ITEM_CLASSES[1:]], scale.items - covers)
    counts = [covers, *others]
    weight = where.weight("any")
    spots = [
        kerbs.along(rng, weight, count, kind.offset_m)
        for kind, count in zip(ITEM_CLASSES, counts, strict=True)
    ]
    total = sum(counts)
    return joined(spots).arrays("item") | {
        "item_class": np.repeat(np.arange(len(counts)), counts).astype(np.int8),
        "item_faulty": rng.random(total) < 0.004,
        "item_detail": rng.integers(0, len(COVER_KINDS), total).astype(np.int8),
    }


def _points(
    kerbs: Kerbs, where: Grounds, rng: np.random.Generator, scale: Scale, out: Arrays
) -> Arrays:
    spots: list[Spots] = []
    counts: list[int] = []
    for kind in POINT_KINDS:
        same = [k for k in POINT_KINDS if k.count == kind.count]
        shares = whole_shares([k.share for k in same], getattr(scale, kind.count))
        counts.append(shares[same.index(kind)])
        if kind.place == "low_crossing":
            spots.append(_at_crossings(kerbs, where, rng, counts[-1])[0])
        else:
            spots.append(kerbs.along(rng, where.weight(kind.place), counts[-1], 6.0))
    spot = joined(spots)
    usable = np.flatnonzero(out["camera_placed"])
    near = usable[nearest(out["camera_place"][usable], spot.place, _CAMERAS_NEAR)]
    kinds = np.repeat(np.arange(len(counts)), counts).astype(np.int8)
    return spot.arrays("point") | {"point_kind": kinds, "point_cameras": near.astype(np.int32)}


def nearest(places: NDArray[np.float64], of: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Numbers of the `count` places nearest to each of `of`, nearest first."""
    found: list[NDArray[np.int64]] = []
    for start in range(0, len(of), 128):
        part = of[start : start + 128]
        away = ((part[:, None, :] - places[None]) ** 2).sum(axis=2)
        best = np.argpartition(away, count, axis=1)[:, :count]
        order = np.take_along_axis(away, best, axis=1).argsort(axis=1)
        found.append(np.take_along_axis(best, order, axis=1))
    return np.vstack(found)


def _units(
    kerbs: Kerbs, where: Grounds, rng: np.random.Generator, scale: Scale, arrays: Arrays
) -> Arrays:
    """Depots, one for each 街道, and the units at home in them."""
    homes = len(arrays["subdistrict_parent"])
    of_edge = arrays["face_subdistrict"][arrays["edge_left"]]
    weight = where.weight("street")
    middle = np.array([_heaviest(of_edge == k, weight) for k in range(homes)])
    depots = kerbs.beside(middle, arrays["edge_length"][middle] / 2, np.ones(homes, bool), 9.0)
    counts = whole_shares([share for _, share in UNIT_KINDS], scale.units)
    kind = np.repeat(np.arange(len(counts)), counts)
    depot = (np.arange(scale.units) * 7 + rng.integers(0, 3, scale.units)) % homes
    near = kerbs.along(rng, weight, scale.units * 6, 4.0)
    home_of = arrays["face_subdistrict"][near.face]
    at = np.array([_one_of(np.flatnonzero(home_of == d), n) for n, d in enumerate(depot)])
    units = Spots(*(getattr(near, f)[at] for f in Spots.__dataclass_fields__))
    return (
        depots.arrays("depot")
        | units.arrays("unit")
        | {
            "unit_kind": kind.astype(np.int8),
            "unit_depot": depot.astype(np.int32),
            "unit_shift": rng.integers(0, 3, scale.units).astype(np.int8),
            "unit_state": rng.choice(4, scale.units, p=(0.58, 0.27, 0.12, 0.03)).astype(np.int8),
        }
    )


def _heaviest(mine: NDArray[np.bool_], weight: NDArray[np.float64]) -> int:
    return int(np.argmax(np.where(mine, weight + 1e-6, -1.0)))


def _one_of(found: NDArray[np.int64], turn: int) -> int:
    return int(found[turn * 13 % len(found)]) if len(found) else turn
