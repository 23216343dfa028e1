"""The hand-laid streets as lines that end where they meet, and the places on them."""

import math
from functools import cache

import numpy as np

from desktop.standin.basemap.frame import (
    HALF_HEIGHT_M,
    HALF_WIDTH_M,
    Line,
    curve,
    distance_to_line,
    lengths_along,
    normals,
)
from desktop.standin.basemap.plan import (
    _MAIN,
    TUNNEL_HALF_M,
    UNDERPASS_STREET,
    UNDERPASS_UNDER,
    Street,
    banks,
)

_JOIN_WITHIN_M = 160.0
_QUAY_M = 78.0  # from the bank to the middle of the riverside avenues


@cache
def main_streets() -> tuple[Street, ...]:
    """Every hand-laid street, classes 1-3, joined to the one it ends at."""
    laid = [Street(name, rank, curve(knots)) for name, rank, knots in _MAIN]
    laid += _riverside()
    clipped = [Street(s.name, s.road_class, _clip(s.line)) for s in laid]
    joined = [_joined(street, clipped) for street in clipped]
    return tuple(_with_tunnel(street, joined) for street in joined)


def _riverside() -> list[Street]:
    north, south = banks()
    return [
        Street("滨江大道", 2, south - normals(south) * _QUAY_M),
        Street("江北路", 3, north + normals(north) * (_QUAY_M - 14)),
    ]


def _clip(line: Line) -> Line:
    half = np.array([HALF_WIDTH_M, HALF_HEIGHT_M])
    kept = np.flatnonzero((np.abs(line) <= half).all(axis=1))
    first, last = max(kept[0] - 1, 0), min(kept[-1] + 2, len(line))
    return np.clip(line[first:last], -half, half)


def _joined(street: Street, others: list[Street]) -> Street:
    line = street.line.copy()
    for end, before in ((0, 1), (-1, -2)):
        if np.any(np.abs(line[end]) >= (HALF_WIDTH_M - 1, HALF_HEIGHT_M - 1)):
            continue
        meeting = _nearest_on(line[end], [o.line for o in others if o.name != street.name])
        if meeting is not None:
            outward = meeting - line[before]
            line[end] = meeting + outward / max(math.hypot(*outward), 1.0)  # 1 m over: they cross
    return Street(street.name, street.road_class, line)


def _nearest_on(point: Line, lines: list[Line]) -> Line | None:
    found = [distance_to_line(point, line) for line in lines]
    away, _, place = min(found, key=lambda item: item[0])
    return place if away < _JOIN_WITHIN_M else None


def crossing_of(a: Line, b: Line) -> Line | None:
    """Where two lines cross first, along `a`."""
    d1, d2 = np.diff(a, axis=0)[:, None], np.diff(b, axis=0)[None]
    gap = b[None, :-1] - a[:-1, None]
    cross = d1[..., 0] * d2[..., 1] - d1[..., 1] * d2[..., 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (gap[..., 0] * d2[..., 1] - gap[..., 1] * d2[..., 0]) / cross
        u = (gap[..., 0] * d1[..., 1] - gap[..., 1] * d1[..., 0]) / cross
    hits = np.argwhere((t >= 0) & (t <= 1) & (u >= 0) & (u <= 1))
    if not len(hits):
        return None
    i, j = hits[0]
    return a[i] + t[i, j] * d1[i, 0]


def _with_tunnel(street: Street, streets: list[Street]) -> Street:
    if street.name != UNDERPASS_STREET:
        return street
    over = next(s for s in streets if s.name == UNDERPASS_UNDER)
    middle_m = distance_along(street.line, crossing_of(street.line, over.line))
    return Street(
        street.name,
        street.road_class,
        street.line,
        (middle_m - TUNNEL_HALF_M, middle_m + TUNNEL_HALF_M),
    )


def distance_along(line: Line, place: Line | None) -> float:
    """How far from its start the line passes nearest to the place."""
    if place is None:
        raise ValueError("the two streets do not cross")
    _, segment, _ = distance_to_line(place, line)
    return float(lengths_along(line)[segment] + math.dist(line[segment], place))
