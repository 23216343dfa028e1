"""What the hand-laid district has on its map beyond its streets and blocks: houses, names.

It is drawn once when the city is built and kept with it, since drawing takes seconds.
"""

from functools import cache
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap import build_basemap
from desktop.standin.basemap.frame import CENTRE_LAT_DEG, CENTRE_LON_DEG, to_lon_lat
from desktop.standin.generated.streets import BASEMAP_SEED

_KINDS = ("building", "green", "label")


@cache
def laid_features() -> tuple[list[str], NDArray[np.float64]]:
    """Houses, small greens, the island and labels as JSON texts; their boxes in m (w, s, e, n)."""
    texts: list[str] = []
    boxes: list[NDArray[np.float64]] = []
    for number, feature in enumerate(build_basemap(BASEMAP_SEED)["features"]):
        facts = feature["properties"]
        if facts["kind"] not in _KINDS or facts.get("name") == "滨江绿带":
            continue
        facts["id"] = f"laid-{number}"
        texts.append(msgspec.json.encode(feature).decode())
        place = _metres(feature["geometry"])
        boxes.append(np.concatenate([place.min(axis=0), place.max(axis=0)]))
    return texts, np.array(boxes)


def _metres(geometry: dict[str, Any]) -> NDArray[np.float64]:
    rows = geometry["coordinates"]
    degrees = np.array([rows] if geometry["type"] == "Point" else rows[0])
    scale = np.array(to_lon_lat(1e4, 1e4)) - (CENTRE_LON_DEG, CENTRE_LAT_DEG)
    return (degrees - (CENTRE_LON_DEG, CENTRE_LAT_DEG)) / scale * 1e4
