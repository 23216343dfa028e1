"""The plane on which the demo city is drawn, and the few curve operations it needs.

Arrays have the shape (n, 2): x east, y north, in metres from the centre of the district.
"""

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from desktop.domain.geo import EARTH_RADIUS_M

CENTRE_LON_DEG, CENTRE_LAT_DEG = 116.60, 28.90
HALF_WIDTH_M, HALF_HEIGHT_M = 4300.0, 3300.0  # drawn beyond the district's 6 km x 4.5 km

Line: TypeAlias = NDArray[np.float64]
LonLat: TypeAlias = tuple[float, float]

_M_PER_LAT_DEG = math.radians(1.0) * EARTH_RADIUS_M
_M_PER_LON_DEG = _M_PER_LAT_DEG * math.cos(math.radians(CENTRE_LAT_DEG))


def to_lon_lat(x_m: float, y_m: float) -> LonLat:
    """Six decimals: a tenth of a metre."""
    return (
        round(float(CENTRE_LON_DEG + x_m / _M_PER_LON_DEG), 6),
        round(float(CENTRE_LAT_DEG + y_m / _M_PER_LAT_DEG), 6),
    )


def lon_lat_list(line: Line) -> list[list[float]]:
    degrees = np.round(
        line / (_M_PER_LON_DEG, _M_PER_LAT_DEG) + (CENTRE_LON_DEG, CENTRE_LAT_DEG), 6
    )
    return degrees.tolist()


def curve(knots: Line | list[tuple[float, float]], step_m: float = 50.0) -> Line:
    """A centripetal Catmull-Rom curve through the knots, a vertex about every `step_m`."""
    k = np.asarray(knots, dtype=float)
    if len(k) == 2:
        return k
    k = np.vstack([2 * k[0] - k[1], k, 2 * k[-1] - k[-2]])
    pieces: list[Line] = []
    for p0, p1, p2, p3 in zip(k, k[1:], k[2:], k[3:], strict=False):
        pieces.append(_span(p0, p1, p2, p3, step_m))
    return np.vstack([*pieces, k[-2][None]])


def _span(p0: Line, p1: Line, p2: Line, p3: Line, step_m: float) -> Line:
    t = np.cumsum([0.0, *(math.sqrt(math.dist(a, b)) for a, b in ((p0, p1), (p1, p2), (p2, p3)))])
    count = max(2, round(math.dist(p1, p2) / step_m))
    u = np.linspace(t[1], t[2], count, endpoint=False)[:, None]

    def mix(a: Line, b: Line, from_t: float, to_t: float) -> Line:
        return ((to_t - u) * a + (u - from_t) * b) / (to_t - from_t)

    a1, a2, a3 = mix(p0, p1, t[0], t[1]), mix(p1, p2, t[1], t[2]), mix(p2, p3, t[2], t[3])
    b1, b2 = mix(a1, a2, t[0], t[2]), mix(a2, a3, t[1], t[3])
    return mix(b1, b2, t[1], t[2])


def lengths_along(line: Line) -> NDArray[np.float64]:
    """Distance of each vertex from the start, in metres."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])


def points_along(line: Line, distances_m: "NDArray[np.float64] | list[float]") -> Line:
    along = lengths_along(line)
    x, y = (np.interp(distances_m, along, line[:, axis]) for axis in (0, 1))
    return np.column_stack([x, y])


def stretch(line: Line, from_m: float, to_m: float) -> Line:
    """The part of the line between two distances from its start."""
    along = lengths_along(line)
    inner = line[(along > from_m) & (along < to_m)]
    ends = points_along(line, [from_m, to_m])
    return np.vstack([ends[:1], inner, ends[1:]])


def normals(line: Line) -> Line:
    """Unit normals at the vertices, to the left of the line's direction."""
    tangent = np.gradient(line, axis=0)
    tangent /= np.hypot(tangent[:, 0], tangent[:, 1])[:, None]
    return np.column_stack([-tangent[:, 1], tangent[:, 0]])


def thin(line: Line, tolerance_m: float) -> Line:
    """Douglas-Peucker: leaves out vertices nearer than the tolerance to the chord."""
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    open_spans = [(0, len(line) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        if last - first < 2:
            continue
        away = distance_to_segment(line[first + 1 : last], line[first], line[last])
        worst = int(np.argmax(away))
        if away[worst] > tolerance_m:
            middle = first + 1 + worst
            keep[middle] = True
            open_spans += [(first, middle), (middle, last)]
    return line[keep]


def distance_to_segment(points: Line, start: Line, end: Line) -> NDArray[np.float64]:
    along = end - start
    square = float(along @ along)
    t = np.clip(((points - start) @ along) / square, 0, 1) if square else np.zeros(len(points))
    return np.hypot(*(points - start - t[:, None] * along).T)


def distance_to_line(point: Line, line: Line) -> tuple[float, int, Line]:
    """How near the line passes, in which of its segments, and where."""
    start, along = line[:-1], np.diff(line, axis=0)
    square = np.maximum((along**2).sum(axis=1), 1e-9)
    t = np.clip(((point - start) * along).sum(axis=1) / square, 0, 1)
    places = start + t[:, None] * along
    away = np.hypot(*(places - point).T)
    nearest = int(np.argmin(away))
    return float(away[nearest]), nearest, places[nearest]


def signed_area_m2(ring: Line) -> float:
    """Positive when the ring runs counter-clockwise."""
    (x, y), (x2, y2) = ring.T, following(ring).T
    return float(x @ y2 - y @ x2) / 2


def following(ring: Line) -> Line:
    """The next vertex of each; np.roll costs ten times as much on small rings."""
    return np.concatenate([ring[1:], ring[:1]])


def inside(points: Line, ring: Line) -> NDArray[np.bool_]:
    """Which points lie in the ring, by the number of its edges right of them."""
    x, y = points[:, :1], points[:, 1:]
    x1, y1 = ring.T
    x2, y2 = following(ring).T
    crosses = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        hit = crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return hit.sum(axis=1) % 2 == 1
