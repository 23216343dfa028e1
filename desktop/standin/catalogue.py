"""Everything that stands in the city: the hand-laid district first, the generated city round it.

The functions without an object (`cameras()`, `points()` ...) answer for the hand-laid district.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np

from desktop.domain.cameras import Camera
from desktop.domain.points import Point
from desktop.standin.bridges import instrumented
from desktop.standin.centre import (
    DISTRICT_ID,
    ORG_ID,
    CameraSite,
    alarm_class,
    alarm_classes,
    camera_sites,
    cameras,
    point,
    points,
    spread_crossings,
)
from desktop.standin.changes import Changes
from desktop.standin.generated import GeneratedCity, load_city
from desktop.standin.generated.cache import cache_file
from desktop.standin.generated.kinds import ITEM_CLASSES
from desktop.standin.generated.orgs import OWNERS
from desktop.standin.generated.rows import Depot, Duty, Item, Org, Unit
from desktop.standin.generated.spots import Fence
from desktop.standin.replaced import replaced_cameras, replaced_points

__all__ = [
    "DISTRICT_ID",
    "ORG_ID",
    "CameraSite",
    "CityCatalogue",
    "PointPlace",
    "alarm_class",
    "alarm_classes",
    "camera_sites",
    "cameras",
    "open_catalogue",
    "point",
    "points",
    "spread_crossings",
]


@dataclass(frozen=True)
class PointPlace:
    """The areas that a measured point lies in, and the unit that looks after it."""

    district_id: str
    grid_id: str
    org_id: str


def open_catalogue(cache: Path, seed: int = 1, scale: str = "full") -> "CityCatalogue":
    """Reads the city from `cache` (20 ms), or builds and keeps it (some 15 s at full scale).

    Blocks: from a coroutine call it in a thread. Raises KeyError for another scale.
    """
    city = load_city(cache, seed, scale)
    file = cache_file(cache, seed, city.scale)
    stood = file.stat().st_mtime if file.exists() else datetime.now(UTC).timestamp()
    return CityCatalogue(city, datetime.fromtimestamp(stood, UTC))


class CityCatalogue:
    """One city. Rows of the long registers are made as they are asked for; it may be read from
    any thread. `since` is when it came to stand; what changed later stands in `changes`.
    """

    def __init__(self, city: GeneratedCity, since: datetime) -> None:
        self.city = city
        self.since = since
        self.changes = Changes()
        self._cameras = _Cameras(city, self.changes)

    # ---- cameras --------------------------------------------------------------------------

    @property
    def cameras_by_id(self) -> Mapping[str, Camera]:
        """50,000 rows without keeping them: iterating makes them anew, `[id]` makes one."""
        return self._cameras

    def cameras(self, first: int = 0, last: int | None = None) -> list[Camera]:
        """Rows `first` to before `last`, the hand-laid ones first."""
        return self._cameras.rows(first, len(self._cameras) if last is None else last)

    def camera(self, camera_id: str) -> Camera:
        """Raises KeyError."""
        return self.cameras_by_id[camera_id]

    def cameras_online(self, district_id: str) -> list[str]:
        """Ids of the generated cameras of a district that were online when the city was built."""
        arrays, numbers = self.city.arrays, self._cameras.numbers
        codes = np.array(self.city.words["district_code"])
        codes = codes[arrays["face_district"][arrays["camera_face"][numbers]]]
        wanted = numbers[(codes == district_id) & arrays["camera_online"][numbers]]
        return [self.city.camera_id(number) for number in wanted.tolist()]

    # ---- measured points ------------------------------------------------------------------

    @property
    def points(self) -> tuple[Point, ...]:
        """The hand-laid ones first."""
        return self._points

    @cached_property
    def _points(self) -> tuple[Point, ...]:
        covers = [p for p in points() if p.class_id == "manhole"]
        items = dict(zip((p.point_id for p in covers), self._nearest_covers(covers), strict=True))
        laid = (
            msgspec.structs.replace(p, asset_id=items[p.point_id]) if p.point_id in items else p
            for p in points()
        )
        return (*laid, *(p for p, _ in self._generated_points))

    def _nearest_covers(self, laid: Sequence[Point]) -> list[str]:
        """Hand-laid sensors sit in covers of the register: each has an owner."""
        kind = next(n for n, one in enumerate(ITEM_CLASSES) if one.class_id == "manhole")
        numbers = np.flatnonzero(self.city.arrays["item_class"] == kind)
        places = self.city.arrays["item_place"][numbers]
        spots = self.city.metres(np.array([(p.lon_deg, p.lat_deg) for p in laid]))
        nearest = [numbers[np.hypot(*(places - spot).T).argmin()] for spot in spots]
        return [self.city.item(int(number)).asset_id for number in nearest]

    @cached_property
    def _generated_points(self) -> list[tuple[Point, PointPlace]]:
        gone = replaced_points(self.city)
        made = instrumented(self.city.points())
        rows = zip(made, self.city.point_areas(), strict=True)
        return [(p, PointPlace(*areas)) for p, areas in rows if p.point_id not in gone]

    @cached_property
    def _points_by_id(self) -> dict[str, Point]:
        return {p.point_id: p for p in self.points}

    def point(self, point_id: str) -> Point:
        """Raises KeyError."""
        return self._points_by_id[point_id]

    @cached_property
    def _points_by_class(self) -> dict[str, tuple[Point, ...]]:
        found: dict[str, list[Point]] = {}
        for row in self.points:
            found.setdefault(row.class_id, []).append(row)
        return {class_id: tuple(rows) for class_id, rows in found.items()}

    def points_of(self, class_id: str) -> tuple[Point, ...]:
        """Empty for a class without points."""
        return self._points_by_class.get(class_id, ())

    @cached_property
    def _places(self) -> dict[str, PointPlace]:
        found = {p.point_id: place for p, place in self._generated_points}
        for row in points():
            grid = self.grid_of(row.lon_deg, row.lat_deg) or ""
            found[row.point_id] = PointPlace(DISTRICT_ID, grid, ORG_ID)
        return found

    def place_of(self, point_id: str) -> PointPlace:
        """Raises KeyError."""
        return self._places[point_id]

    # ---- people and what they drive -------------------------------------------------------

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return tuple(self.city.units())

    @cached_property
    def depots(self) -> tuple[Depot, ...]:
        return tuple(self.city.depots())

    @property
    def orgs(self) -> tuple[Org, ...]:
        return self.city.orgs()

    def owner_of(self, class_id: str) -> str:
        """The unit of the city that looks after points of a class."""
        return OWNERS.get(class_id, "org-drain")

    def duty(self, at: datetime) -> list[Duty]:
        """Who is on duty at a moment with a zone."""
        return self.city.duty(at)

    # ---- items ----------------------------------------------------------------------------

    def items(self, class_id: str | None = None) -> Iterator[Item]:
        """Raises ValueError for an unknown class."""
        return self.city.items(class_id)

    def item(self, asset_id: str) -> Item:
        """As it was built. Raises KeyError."""
        return self.city.item(self.item_number(asset_id))

    def item_number(self, asset_id: str) -> int:
        """Its place in the register. Raises KeyError."""
        number = asset_id.rpartition("-")[2]
        whole = number.isascii() and number.isdecimal() and len(number) < 10
        if not whole or not 0 < int(number) <= len(self.city.arrays["item_class"]):
            raise KeyError(asset_id)
        if self.city.item(int(number) - 1).asset_id != asset_id:
            raise KeyError(asset_id)
        return int(number) - 1

    def item_counts(self) -> dict[str, int]:
        """How many there are of each class."""
        counts = np.bincount(self.city.arrays["item_class"], minlength=len(ITEM_CLASSES))
        return {k.class_id: int(n) for k, n in zip(ITEM_CLASSES, counts, strict=True)}

    # ---- areas ----------------------------------------------------------------------------

    def district_of(self, lon_deg: float | None, lat_deg: float | None) -> str | None:
        return self._area("district", lon_deg, lat_deg)

    def grid_of(self, lon_deg: float | None, lat_deg: float | None) -> str | None:
        return self._area("grid", lon_deg, lat_deg)

    def _area(self, level: str, lon_deg: float | None, lat_deg: float | None) -> str | None:
        """None without a position, outside the city and on the river."""
        if lon_deg is None or lat_deg is None:
            return None
        if level not in self._fences:
            self._fences[level] = Fence(self.city.arrays, level)
        place = self.city.metres(np.array([[lon_deg, lat_deg]]))
        number = int(self._fences[level].area_at(place)[0])
        return self.city.words[f"{level}_code"][number] if number >= 0 else None

    @cached_property
    def _fences(self) -> dict[str, Fence]:
        return {}


class _Cameras(Mapping[str, Camera]):
    """The camera register as a mapping that keeps numbers, not rows."""

    def __init__(self, city: GeneratedCity, changes: Changes) -> None:
        self._city = city
        self._changes = changes
        self._laid = {camera.camera_id: camera for camera in cameras()}
        kept = np.ones(len(city.arrays["camera_group"]), np.bool_)
        kept[replaced_cameras(city)] = False
        self.numbers = np.flatnonzero(kept).astype(np.int32)

    def __len__(self) -> int:
        return len(self._laid) + len(self.numbers)

    def __iter__(self) -> Iterator[str]:
        yield from self._laid
        yield from map(self._city.camera_id, self.numbers.tolist())

    def __contains__(self, camera_id: object) -> bool:
        return camera_id in self._laid or self._number(camera_id) is not None

    def __getitem__(self, camera_id: str) -> Camera:
        laid = self._laid.get(camera_id)
        number = self._number(camera_id)
        if laid is None and number is None:
            raise KeyError(camera_id)
        return self._present(laid or next(self._city.cameras([number or 0])))

    def rows(self, first: int, last: int) -> list[Camera]:
        laid = list(self._laid.values())
        low, high = max(first - len(laid), 0), max(last - len(laid), 0)
        made = self._city.cameras(self.numbers[low:high].tolist())
        return [self._present(camera) for camera in (*laid[first:last], *made)]

    def _present(self, camera: Camera) -> Camera:
        changed = self._changes.camera_online.get(camera.camera_id)
        return msgspec.structs.replace(camera, online=changed[0]) if changed else camera

    def _number(self, camera_id: object) -> int | None:
        if not isinstance(camera_id, str):
            return None
        number = self._city.camera_number(camera_id)
        if number is None:
            return None
        at = int(np.searchsorted(self.numbers, number))
        known = at < len(self.numbers) and int(self.numbers[at]) == number
        return number if known else None
