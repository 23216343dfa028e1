"""Trunk roads laid by hand: rings, radials, and the centre's great streets carried on outward."""

from dataclasses import dataclass

import numpy as np

from desktop.standin.basemap.frame import Line, curve, normals
from desktop.standin.basemap.plan import HALF_HEIGHT_M as CENTRE_HALF_Y_M
from desktop.standin.basemap.plan import HALF_WIDTH_M as CENTRE_HALF_X_M
from desktop.standin.basemap.streets import main_streets
from desktop.standin.generated.terrain import Terrain

_QUAY_M = {"滨江大道": 78.0, "江北路": 64.0}  # as in the centre
_QUAY_REACH_M = 12_500.0

Knots = list[tuple[float, float]]


@dataclass(frozen=True)
class Road:
    """One street as a line. `laid` is true for what belongs to the hand-laid district."""

    name: str
    road_class: int
    line: Line
    laid: bool = False


_RINGS: list[tuple[str, int, Knots]] = [
    ("三环快速路", 1, [(6700, -1500), (7000, 600), (6500, 2900), (4800, 4900), (1800, 5900),
                  (-1500, 5850), (-4500, 5050), (-6300, 3500), (-6900, 1500), (-6850, -600),
                  (-6500, -2600), (-5300, -4250), (-2600, -4850), (500, -4750), (3300, -4600),
                  (5600, -3600)]),
    ("中环大道", 2, [(9700, -2500), (10100, 900), (9700, 3800), (8400, 6900), (5600, 8000),
                 (1800, 8600), (-2300, 8500), (-5600, 7400), (-8800, 6300), (-9800, 3800),
                 (-10000, 700), (-9700, -1700), (-9300, -4300), (-7600, -6000), (-5200, -7100),
                 (-1900, -7700), (1900, -7400), (5000, -6300), (7300, -5500), (8800, -5000)]),
    ("绕城高速", 1, [(15000, -3500), (15300, -900), (14100, 2500), (13700, 5800), (12200, 9400),
                 (8200, 11800), (2800, 12400), (-3200, 12600), (-7900, 11200), (-12100, 7800),
                 (-13700, 4300), (-14200, 700), (-14000, -3300), (-13000, -7600),
                 (-9900, -10300), (-5000, -12500), (0, -13000), (5200, -13200), (9900, -11600),
                 (13400, -8500), (14800, -5800)]),
]  # fmt: skip
# (name, class beyond the centre, which end by its sign on an axis, where it goes)
_ONWARD: list[tuple[str, int, str, Knots]] = [
    ("澄南快速路", 1, "w", [(-6500, -1900), (-9200, -2900), (-12500, -3600), (-16500, -3800),
                        (-21500, -4500)]),
    ("澄南快速路", 1, "e", [(5300, 2450), (7400, 3600), (10500, 4900), (14500, 7000),
                        (21500, 9600)]),
    ("建设路", 2, "w", [(-5100, -790), (-6200, -1180), (-8000, -1800), (-10200, -2200),
                     (-12700, -1500), (-15600, 200), (-18000, 1000), (-21500, 700)]),
    ("人民路", 2, "w", [(-6200, -2700), (-8800, -3900), (-11500, -5300), (-15000, -7200),
                     (-21500, -9700)]),
    ("中山路", 2, "w", [(-6000, 1500), (-8500, 1350), (-11500, 2000), (-14500, 3600),
                     (-21500, 4800)]),
    ("环城路", 2, "w", [(-5600, 2480), (-7300, 2900), (-9600, 3700), (-12900, 6200),
                     (-17500, 7400), (-21500, 8200)]),
    ("中山路", 2, "e", [(5300, 230), (6600, 1150), (7800, 1900), (9900, 2350), (12600, 1800),
                     (16000, -400), (21500, -700)]),
    ("人民路", 2, "e", [(6500, -2400), (9200, -3300), (12500, -4800), (16000, -5600),
                     (21500, -6200)]),
    ("望湖路", 2, "s", [(320, -4700), (-100, -7500), (300, -10500), (-200, -16500)]),
    ("解放路", 2, "s", [(-1900, -5000), (-3200, -7600), (-5200, -10800), (-6900, -16500)]),
    ("迎宾大道", 2, "s", [(5300, -4600), (5900, -7200), (5700, -10400), (7700, -16500)]),
    ("胜利路", 2, "n", [(-350, 4800), (-700, 7200), (-1300, 10200), (-800, 16500)]),
    ("友谊路", 3, "n", [(3350, 4800), (3600, 7000), (6500, 10300), (8700, 16500)]),
    ("和平路", 3, "n", [(-2900, 4900), (-4700, 7600), (-5900, 10700), (-7300, 16500)]),
]  # fmt: skip
_RADIALS: list[tuple[str, int, Knots]] = [
    ("空港大道", 1, [(6500, 2900), (8900, 5300), (11300, 7000), (14300, 9000), (17500, 16500)]),
    ("临港大道", 2, [(5600, -3600), (8900, -4300), (11500, -6300), (13600, -9400),
                 (16900, -16500)]),
    ("高新大道", 2, [(-5300, -4250), (-8100, -5300), (-11300, -6600), (-15300, -9900),
                 (-18800, -16500)]),
    ("云溪大道", 2, [(-4500, 5050), (-7500, 7500), (-10900, 10600), (-12300, 16500)]),
    ("梅岭大道", 1, [(1800, 5900), (2700, 8700), (2900, 12400), (1700, 16500)]),
    ("科学大道", 2, [(-9700, -8700), (-10700, -5700), (-11500, -3300), (-12000, -1000),
                 (-11800, 1900), (-11400, 5200), (-9300, 7600)]),
    ("东海大道", 2, [(11300, -9600), (12100, -6600), (12300, -3200), (12400, 600), (12000, 3500),
                 (11900, 6700), (10700, 9500)]),
    ("南浦大道", 2, [(-200, -9900), (2900, -10300), (5800, -11300), (9300, -11000),
                 (12000, -8900)]),
    ("江南大道", 2, [(6700, -1500), (9800, -1300), (12300, -2200), (14600, -3100), (17000, -4000),
                 (21500, -4500)]),
    ("北湖大道", 2, [(-6300, 9500), (-3300, 10300), (-100, 10600), (3000, 10500), (6400, 9900),
                 (9300, 9200), (13000, 7900)]),
]  # fmt: skip


def trunk_roads(terrain: Terrain) -> list[Road]:
    """The hand-laid district's streets as they are, and the trunk roads around them."""
    laid = [Road(s.name, s.road_class, _without_clipped_ends(s.line), True) for s in main_streets()]
    roads = [Road(name, rank, _closed(knots)) for name, rank, knots in _RINGS]
    roads += [_onward(laid, *row) for row in _ONWARD]
    roads += [Road(name, rank, curve(knots)) for name, rank, knots in _RADIALS]
    roads += _quays(terrain)
    clipped = [
        Road(r.name, r.road_class, part)
        for r in roads
        for part in parts_inside(r.line, terrain.half_width_m, terrain.half_height_m)
    ]
    return laid + clipped


def _closed(knots: Knots) -> Line:
    """A ring as smooth at its first knot as at the others."""
    whole = curve([*knots[-2:], *knots, *knots[:3]])
    away = np.hypot(*(whole - knots[0]).T)
    half = len(whole) // 2
    first, last = int(np.argmin(away[:half])), half + int(np.argmin(away[half:]))
    return whole[first : last + 1]


def _onward(laid: list[Road], name: str, rank: int, side: str, knots: Knots) -> Road:
    """Starts exactly where the street leaves the district, and in its direction."""
    axis, sign = (0, -1 if side == "w" else 1) if side in "we" else (1, -1 if side == "s" else 1)
    line = next(r.line for r in laid if r.name == name)
    first = line[0, axis] * sign > line[-1, axis] * sign
    line = line[::-1] if first else line
    ahead = line[-1] - line[-4]
    ahead = line[-1] + ahead / np.hypot(*ahead) * 420.0  # a wide bend, no kink at the joint
    whole = curve(np.vstack([line[-9], line[-1], ahead, np.array(knots)]))
    start = int(np.argmin(np.hypot(*(whole - line[-1]).T)))
    return Road(name, rank, np.vstack([line[-1], whole[start + 1 :]]))


def _without_clipped_ends(line: Line) -> Line:
    """Where a street was clipped at the district's frame the last vertex bends; it goes on."""
    half = (CENTRE_HALF_X_M - 0.5, CENTRE_HALF_Y_M - 0.5)
    at_frame = [bool((np.abs(line[end]) >= half).any()) for end in (0, -1)]
    return line[int(at_frame[0]) : len(line) - int(at_frame[1])]


def open_ends(roads: list[Road]) -> list[tuple[Road, Line, Line]]:
    """Hand-laid streets that nobody carried on: (street, where it ends, its direction there)."""
    onward = {(name, side) for name, _, side, _ in _ONWARD}
    found: list[tuple[Road, Line, Line]] = []
    for road in (r for r in roads if r.laid and r.name not in _QUAY_M):
        for end, before in ((0, 3), (-1, -4)):
            x, y = road.line[end]
            side = ("e" if x > 0 else "w") if abs(x) > CENTRE_HALF_X_M - 80 else (
                ("n" if y > 0 else "s") if abs(y) > CENTRE_HALF_Y_M - 80 else "")  # fmt: skip
            if side and (road.name, side) not in onward:
                step = road.line[end] - road.line[before]
                found.append((road, road.line[end], step / np.hypot(*step)))
    return found


def _quays(terrain: Terrain) -> list[Road]:
    """The two riverside avenues run on along the banks of the whole town."""
    north, south = terrain.banks
    lines = (("滨江大道", 2, south - normals(south) * _QUAY_M["滨江大道"]),
             ("江北路", 3, north + normals(north) * _QUAY_M["江北路"]))  # fmt: skip
    roads: list[Road] = []
    for name, rank, line in lines:
        for side in (-1, 1):
            laid = next(s.line for s in main_streets() if s.name == name)
            inner = _without_clipped_ends(laid)
            end = inner[np.argmax(inner[:, 0] * side)]
            x = line[:, 0] * side
            part = line[(x > end[0] * side + 5) & (x < _QUAY_REACH_M)]
            part = part if side > 0 else part[::-1]
            if len(part):
                roads.append(Road(name, rank, np.vstack([end, part])))
    return roads


def parts_inside(line: Line, half_x_m: float, half_y_m: float) -> list[Line]:
    """The runs of the line inside the frame; a run that leaves it ends on the frame."""
    half = np.array([half_x_m, half_y_m])
    inside = (np.abs(line) < half).all(axis=1)
    turns = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(int)))
    parts: list[Line] = []
    for first, last in zip(turns[::2], turns[1::2], strict=True):
        part = [line[first:last]]
        if first > 0:
            part.insert(0, _at_frame(line[first], line[first - 1], half)[None])
        if last < len(line):
            part.append(_at_frame(line[last - 1], line[last], half)[None])
        whole = np.vstack(part)
        if len(whole) > 1:
            parts.append(whole)
    return parts


def _at_frame(inner: Line, outer: Line, half: Line) -> Line:
    step = outer - inner
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(np.abs(outer) > half, (np.sign(outer) * half - inner) / step, 1.0)
    return np.clip(inner + step * float(share.min()), -half, half)
