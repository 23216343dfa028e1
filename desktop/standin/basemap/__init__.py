"""The base map of the demo district (滨江区): generated, named, and free of anybody's rights.

`build_basemap` gives the GeoJSON of layer `basemap`; the constants say where things can
stand in this city. Places do not depend on the seed.
"""

from desktop.standin.basemap.generate import build_basemap
from desktop.standin.basemap.places import (
    Place,
    Underpass,
    crossings,
    river_axis_points,
    street_samples,
    underpass,
)

UNDERPASS: Underpass = underpass()
"""`.place` and two `.approaches`, each a Place(name, lon_deg, lat_deg, heading_deg)."""
CROSSINGS: tuple[tuple[str, float, float], ...] = crossings()
"""(name, lon_deg, lat_deg), e.g. 滨江大道/望湖路路口."""
STREETS: tuple[tuple[str, tuple[tuple[float, float], ...]], ...] = street_samples()
"""(name, ((lon_deg, lat_deg), ...)) every 120 m."""
RIVER_AXIS: tuple[tuple[float, float], ...] = river_axis_points()
"""(lon_deg, lat_deg) along the south bank every 200 m, from west to east."""

__all__ = [
    "CROSSINGS",
    "RIVER_AXIS",
    "STREETS",
    "UNDERPASS",
    "Place",
    "Underpass",
    "build_basemap",
]
