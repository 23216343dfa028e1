"""The months of cases on disk: made once, one file each, read where they lie."""

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

from desktop import __version__
from desktop.domain.assessment.files import Assessment, read_assessment
from desktop.domain.assessment.working_time import WorkClock
from desktop.standin.case_classes import FILE as CLASS_FILE
from desktop.standin.cases.habits import FILE as HABIT_FILE
from desktop.standin.cases.month import PER_MONTH, Month, make_month, stand_in_calendar
from desktop.standin.cases.rows import ROW, Rows
from desktop.standin.cases.surroundings import Surroundings
from desktop.standin.generated.cache import cache_file
from desktop.standin.generated.city import GeneratedCity
from desktop.standin.generated.scale import SMALL

_log = logging.getLogger(__name__)
HISTORY = 24
"""Months of the past, with the present one; one more lies ready."""
SHARE = {"full": 1.0, "small": 0.01}
_RULES = Path(__file__).resolve().parents[3] / "resources" / "assessment"
_MAKERS = ("course", "habits", "month", "months", "rows", "surroundings")


@cache
def city_rules() -> Assessment:
    """What resources/assessment says."""
    return read_assessment((p.name, p.read_text("utf-8")) for p in sorted(_RULES.glob("*.yaml")))


def wanted(present: Month) -> list[Month]:
    return [present.plus(n) for n in range(1 - HISTORY, 2)]


class MonthFiles:
    """Of one city. Blocks: from a coroutine call it in a thread."""

    def __init__(self, cache: Path, seed: int, scale: str) -> None:
        self.folder = cache
        self.seed, self.share = seed, SHARE[scale]
        self._name = f"cases-{scale}-{seed}-"
        self._key = _sources()[:12]

    def path(self, month: Month) -> Path:
        return self.folder / f"{self._name}{self._key}-{month}.npy"

    def missing(self, present: Month) -> list[Month]:
        return [month for month in wanted(present) if not self.path(month).exists()]

    def make(self, city: GeneratedCity, present: Month) -> None:
        """Those that are missing; about 0.6 s each at full scale. Raises OSError."""
        places = Surroundings(city)
        calendar = city_rules().calendar
        assert calendar is not None, "resources/assessment/calendar.yaml"
        for month in self.missing(present):
            whole = stand_in_calendar(calendar, month)
            clock = WorkClock(whole)
            made = make_month(month, places, whole, clock, self.seed, PER_MONTH * self.share)
            self._write(self.path(month), made)
        self._forget({self.path(month) for month in wanted(present)})

    def read(self, month: Month) -> Rows:
        """Raises OSError, ValueError for a file that is broken; it is removed then."""
        path = self.path(month)
        try:
            rows = np.load(path, mmap_mode="r", allow_pickle=False)
            if rows.dtype != ROW:
                raise ValueError(f"{path.name}: {rows.dtype}")
        except (ValueError, EOFError):
            path.unlink(missing_ok=True)
            raise
        return rows

    def _write(self, path: Path, rows: Rows) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                np.save(file, rows, allow_pickle=False)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _forget(self, present: Iterable[Path]) -> None:
        """Of this city what is of other code or too old: a whole city's take 400 MB."""
        kept = set(present)
        for path in self.folder.glob(f"{self._name}*.npy"):
            if path not in kept:
                path.unlink(missing_ok=True)


@cache
def _sources() -> str:
    """Changes with what makes the rows."""
    here = Path(__file__).parent
    files = [here / f"{name}.py" for name in _MAKERS]
    files += [CLASS_FILE, HABIT_FILE, _RULES / "calendar.yaml"]
    digest = hashlib.sha256(__version__.encode())
    for file in files:
        digest.update(file.read_bytes())
    # places are those of the built city: other builders, other items
    digest.update(cache_file(Path(), 0, SMALL).name.encode())
    return digest.hexdigest()
