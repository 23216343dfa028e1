"""Streets under water by the desk's own readings, where the platform has not shut them yet."""

from collections.abc import Mapping, Sequence

import numpy as np

from desktop.domain.emergency.streets import StreetGraph
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point

FLOOD_CLASSES = frozenset(("underpass_water", "water_level"))
CLOSING_LEVEL = WarningLevel.ORANGE
"""Of a point's lines: 25 cm in an underpass, 27 cm on a street (domain.md 5)."""
AT_STREET_M = 60.0


def flooded_edges(
    graph: StreetGraph, points: Sequence[Point], level_m: Mapping[str, float]
) -> dict[str, str]:
    """edge_id → why, of the street at each point that reads at or over its closing line.

    `level_m`: point_id → m, only readings that are fresh. In reach of an underpass its tunnel is
    meant, not the street above.
    """
    found: dict[str, str] = {}
    for point in points:
        line_m, value_m = closing_line_m(point), level_m.get(point.point_id)
        if line_m is None or value_m is None or value_m < line_m:
            continue
        if point.lon_deg is None or point.lat_deg is None:
            continue
        why = f"{point.name}积水 {value_m * 100:.0f} cm，达到封闭线 {line_m * 100:.0f} cm"
        place = np.array([point.lon_deg, point.lat_deg])
        is_underpass = point.class_id == "underpass_water"
        for edge in graph.near(place, AT_STREET_M, prefer_tunnels=is_underpass):
            found.setdefault(graph.edges.edge_ids[edge], why)
    return found


def closing_line_m(point: Point) -> float | None:
    """None for a point that shuts no street."""
    if point.class_id not in FLOOD_CLASSES:
        return None
    return next((one.value for one in point.thresholds if one.level is CLOSING_LEVEL), None)
