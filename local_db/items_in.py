"""The items of a place: what the map draws near."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import msgspec

from desktop.domain.assets import Asset
from desktop.domain.geo import cell_runs
from local_db.cache import live_table, reading

_decode = msgspec.json.Decoder(Asset).decode


def assets_in(
    path: Path,
    box_deg: tuple[float, float, float, float],
    class_ids: Sequence[str],
    limit: int = 2000,
) -> list[Asset]:
    """Items of some classes within west, south, east, north; at most `limit`. Blocks."""
    west, south, east, north = box_deg
    if not class_ids or east <= west or north <= south:
        return []
    marks = ",".join("?" * len(class_ids))
    with reading(path) as db:
        if db is None:
            return []
        query = (
            f"SELECT body FROM {live_table(db, 'assets')} WHERE cell BETWEEN ? AND ? "
            f"AND lon BETWEEN ? AND ? AND lat BETWEEN ? AND ? AND kind IN ({marks})"
        )
        found = (
            row[0]
            for first, last in cell_runs(west, south, east, north)
            for row in db.execute(query, (first, last, west, east, south, north, *class_ids))
        )
        return [_decode(body) for body in islice(found, limit)]
