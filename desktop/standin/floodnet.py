"""Measured street floods from a folder of public data, to be replayed on the flood points.

The folder holds `events_part1.csv` (columns flood_start_time, flood_profile_depth_inches,
flood_profile_time_secs; depths in inches, times in s from the start of the flood).
"""

import csv
import json
import logging
import os
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

log = logging.getLogger(__name__)

FOLDER_VARIABLE = "CHENGKAN_FLOODNET"
_FILE = "events_part1.csv"
_M_PER_INCH = 0.0254
_FEWEST_SAMPLES = 4
_MOST_M = 3.0  # a depth beyond is an error of the sensor


@dataclass(frozen=True)
class Flood:
    """One event: depth in m at times in s, oldest first, and when it began."""

    began: datetime
    times_s: tuple[float, ...]
    depths_m: tuple[float, ...]

    @property
    def deepest_m(self) -> float:
        return max(self.depths_m)

    def depth_m(self, elapsed_s: float) -> float:
        """Straight between the samples; 0 before the first and after the last."""
        times, depths = self.times_s, self.depths_m
        if not times[0] <= elapsed_s <= times[-1]:
            return 0.0
        after = min(bisect_right(times, elapsed_s), len(times) - 1)
        before = after - 1
        part = (elapsed_s - times[before]) / (times[after] - times[before])
        return depths[before] + (depths[after] - depths[before]) * part


def folder_from_environment() -> Path | None:
    name = os.environ.get(FOLDER_VARIABLE, "")
    return Path(name) if name else None


def read_floods(folder: Path) -> list[Flood]:
    """Rows that cannot be read are left out and counted. Raises OSError without the file."""
    csv.field_size_limit(1 << 20)
    floods: list[Flood] = []
    wrong = 0
    with (folder / _FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                floods.append(_flood(row))
            except (KeyError, TypeError, ValueError):
                wrong += 1
    if wrong:
        log.warning("%s: %d of %d events cannot be used", _FILE, wrong, wrong + len(floods))
    return floods


def worst_storm(floods: list[Flood]) -> list[Flood]:
    """The floods of the day with the most of them, in the order in which they began."""
    if not floods:
        return []
    days = Counter(flood.began.date() for flood in floods)
    day = max(days, key=lambda date: (days[date], date))
    return sorted((f for f in floods if f.began.date() == day), key=lambda f: f.began)


def _flood(row: dict[str, str]) -> Flood:
    times = [float(t) for t in json.loads(row["flood_profile_time_secs"])]
    depths = [float(d) * _M_PER_INCH for d in json.loads(row["flood_profile_depth_inches"])]
    rising = all(a < b for a, b in pairwise(times))
    if len(times) != len(depths) or len(times) < _FEWEST_SAMPLES or not rising:
        raise ValueError("no profile")
    if not all(0 <= depth <= _MOST_M for depth in depths):
        raise ValueError("a depth that cannot be")
    return Flood(datetime.fromisoformat(row["flood_start_time"]), tuple(times), tuple(depths))
