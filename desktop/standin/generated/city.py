"""The generated city as the rest of the stand-in sees it: rows made as they are asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.domain.cameras import Camera, CameraKind, StreamSize
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Threshold
from desktop.standin.basemap.frame import (
    CENTRE_LAT_DEG,
    CENTRE_LON_DEG,
    Line,
    lon_lat_list,
    to_lon_lat,
)
from desktop.standin.generated import layers
from desktop.standin.generated.cache import Arrays, Words, load_or_build
from desktop.standin.generated.crews import unit_facts, unit_id, vehicle
from desktop.standin.generated.kinds import (
    CAMERA_GROUPS,
    COVER_KINDS,
    ITEM_CLASSES,
    POINT_KINDS,
    UNIT_KINDS,
)
from desktop.standin.generated.naming import person, phone
from desktop.standin.generated.orgs import (
    OWNERS,
    crew_org,
    month_roster,
    on_duty,
    org_tree,
)
from desktop.standin.generated.rows import Depot, Duty, Item, Org, Owner, Unit
from desktop.standin.generated.scale import SCALES, Scale
from desktop.standin.generated.scenes import PLACES, SCENES, scenes_of
from desktop.standin.generated.terrain import Terrain
from desktop.standin.sharing import is_shared

_MAIN, _SUB = StreamSize(1920, 1080, 25.0), StreamSize(640, 360, 25.0)
_GRAVER = (WarningLevel.BLUE, WarningLevel.YELLOW, WarningLevel.ORANGE, WarningLevel.RED)
_CORNERS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")
_SHIFTS = ("中班 夜班", "早班 夜班", "早班 中班")  # by the one in which they rest
_STATES = ("idle", "busy", "off_duty", "offline")
_CAMERA_CREWS = {
    "水务": "sw", "城管": "zf", "园林": "sz", "住建": "org-zj", "公安": "org-ga",
    "交通": "org-jt", "农业": "org-nync", "应急": "org-yj",
}  # fmt: skip
_PEOPLE_PER_GRID = 6  # owners of covers look after the covers of one grid


def load_city(cache: Path, seed: int = 1, scale: str = "full") -> "GeneratedCity":
    """Reads the city from `cache`, or builds and keeps it. Raises KeyError for another scale."""
    size = SCALES[scale]
    return GeneratedCity(seed, size, *load_or_build(cache, seed, size))


@dataclass(frozen=True)
class GeneratedCity:
    """`arrays` and `words` as build.py makes them; positions x, y in m from the centre."""

    seed: int
    scale: Scale
    arrays: Arrays
    words: Words

    @cached_property
    def terrain(self) -> Terrain:
        return Terrain(self.scale.half_width_m, self.scale.half_height_m, self.seed)

    # ---- registers ------------------------------------------------------------------------

    def cameras(self, numbers: Iterable[int] | None = None) -> Iterator[Camera]:
        """All, or those of some numbers. Mobile ones, and a few fixed, have no position."""
        a = self.arrays
        wanted = np.arange(len(a["camera_group"])) if numbers is None else np.array(
            list(numbers), dtype=np.int64)  # fmt: skip
        spot = lon_lat_list(a["camera_place"][wanted])
        heading, placed, online, groups = (
            a[f"camera_{n}"][wanted].tolist() for n in ("heading", "placed", "online", "group")
        )
        districts = a["face_district"][a["camera_face"][wanted]].tolist()
        for at, number in enumerate(wanted.tolist()):
            kind = CAMERA_GROUPS[groups[at]]
            lon, lat = spot[at] if placed[at] else (None, None)
            fixed = kind.kind in (CameraKind.FIXED, CameraKind.PTZ)
            yield Camera(
                camera_id=self.camera_id(number),
                name=self._camera_name(number),
                lon_deg=lon,
                lat_deg=lat,
                org_id=crew_org(districts[at], _CAMERA_CREWS[kind.source[:2]]),
                district_id=self.words["district_code"][districts[at]],
                source=kind.source,
                shared=is_shared(kind.source),
                kind=kind.kind,
                tags=(self.scene(number), *kind.tags[1:]),
                online=online[at],
                ptz=kind.kind is CameraKind.PTZ,
                heading_deg=round(heading[at], 1) if fixed else None,
                main=_MAIN,
                sub=_SUB,
            )

    def scene(self, number: int) -> str:
        """What the camera of this number looks at: one of SCENES."""
        return SCENES[int(self._scenes[number])]

    @cached_property
    def _scenes(self) -> NDArray[np.int8]:
        return scenes_of(self.arrays)

    @staticmethod
    def camera_id(number: int) -> str:
        return f"cam-{100_001 + number}"

    def camera_number(self, camera_id: str) -> int | None:
        """None for an id that is not of a generated camera."""
        word = camera_id.removeprefix("cam-")
        number = int(word) - 100_001 if word.isdecimal() and len(word) == 6 else -1
        whole = 0 <= number < len(self.arrays["camera_group"])
        return number if whole and self.camera_id(number) == camera_id else None

    def _camera_name(self, number: int) -> str:
        street, door = self._address("camera", number)
        group = CAMERA_GROUPS[int(self.arrays["camera_group"][number])]
        index = number - self._first_camera[int(self.arrays["camera_group"][number])]
        if group.place == "crossing":
            other = self._street_of(int(self.arrays["camera_other"][number]))
            corner = _CORNERS[int(self._bearing[number] + 22.5) // 45 % 8]
            ending = "口" if other.endswith("路") else "路口"
            what = "球机" if group.kind is CameraKind.PTZ else "枪机"
            return f"{street}/{other}{ending} {corner}角{what}"
        if group.key == "vehicle":
            return f"{vehicle(index)} 车载"
        if group.key == "bodycam":
            return f"{person(500_000 + index)} 执法记录仪 {index + 1:04d}"
        if group.key == "drone":
            return f"无人机 {index + 1:02d} 号"
        place = PLACES.get(self.scene(number), "")
        if place and group.key != "high":
            return f"{street} {door} 号{place}"
        grid = self.words["community"][self._community_of("camera", number)]
        return {
            "street": f"{street} {door} 号",
            "lane": f"{grid}{street} {door} 号",
            "order": f"{street} {door} 号门前市容",
            "bank": f"{street} {door} 号沿岸",
            "bridge": f"{street}跨河桥 {door} 号杆",
            "field": f"{grid} {street} {door} 号高点",
            "green": f"{street} {door} 号绿地",
            "works": f"{street} {door} 号工地",
            "high": f"{street} {door} 号楼顶高点",
        }[group.key]

    @cached_property
    def _bearing(self) -> NDArray[np.float64]:
        """Of crossing cameras the direction from the crossing to the camera."""
        side = np.where(self.arrays["camera_left"], -90.0, 90.0)
        return (self.arrays["camera_heading"] + side + 45.0 + 360.0) % 360

    @cached_property
    def _first_camera(self) -> list[int]:
        groups = self.arrays["camera_group"]
        return [int(np.searchsorted(groups, k)) for k in range(len(CAMERA_GROUPS))]

    def items(self, class_id: str | None = None) -> Iterator[Item]:
        """Items of one class, or all of the 12. Raises ValueError for an unknown class."""
        a = self.arrays
        wanted = range(len(a["item_class"]))
        if class_id is not None:
            which = [c.class_id for c in ITEM_CLASSES].index(class_id)
            first, last = np.searchsorted(a["item_class"], [which, which + 1])
            wanted = range(int(first), int(last))
        yield from self.items_of(np.array(wanted, dtype=np.int64))

    def items_of(self, numbers: NDArray[np.int64]) -> Iterator[Item]:
        """Items by their places in `items()`."""
        a = self.arrays
        spot = lon_lat_list(a["item_place"][numbers])
        face = a["item_face"][numbers]
        grids, districts = a["face_grid"][face].tolist(), a["face_district"][face].tolist()
        for at, number in enumerate(numbers.tolist()):
            lon, lat = spot[at]
            yield self._item(number, lon, lat, grids[at], districts[at])

    def item(self, number: int) -> Item:
        """One item by its place in `items()`; 0 is the first cover."""
        return next(self.items_of(np.array([number])))

    def _item(self, number: int, lon: float, lat: float, grid: int, district: int) -> Item:
        kind = ITEM_CLASSES[int(self.arrays["item_class"][number])]
        street, door = self._address("item", number)
        cover = kind.class_id == "manhole"
        what = COVER_KINDS[int(self.arrays["item_detail"][number])] if cover else kind.name
        who = grid * _PEOPLE_PER_GRID + number % _PEOPLE_PER_GRID
        return Item(
            asset_id=f"{kind.prefix}-{number + 1:06d}",
            class_id=kind.class_id,
            name=f"{street} {door} 号{what}",
            lon=lon,
            lat=lat,
            district_id=self.words["district_code"][district],
            grid_id=self.words["grid_code"][grid],
            org_id=crew_org(district, kind.org),
            status="fault" if self.arrays["item_faulty"][number] else "normal",
            owner=Owner(person(who), phone(who)) if cover else None,
        )

    def points(self) -> Iterator[Point]:
        spot, kinds = self._degrees("point"), self.arrays["point_kind"].tolist()
        first = [int(np.searchsorted(self.arrays["point_kind"], k)) for k in range(99)]
        for number, which in enumerate(kinds):
            kind = POINT_KINDS[which]
            street, door = self._address("point", number)
            near = self.arrays["point_cameras"][number].tolist()
            yield Point(
                point_id=f"{kind.prefix}{number - first[which] + 1:03d}",
                class_id=kind.class_id,
                name=f"{street} {door} 号{kind.suffix}",
                lon_deg=spot[number][0],
                lat_deg=spot[number][1],
                thresholds=_lines(kind.lines, kind.unit),
                unit=kind.unit,
                metric=kind.metric,
                camera_ids=tuple(self.camera_id(n) for n in near),
            )

    def point_areas(self) -> list[tuple[str, str, str]]:
        """(district_id, grid_id, org_id) of each point, in the order of `points()`."""
        kinds = self.arrays["point_kind"].tolist()
        return [
            (
                self.words["district_code"][district],
                self.words["grid_code"][grid],
                OWNERS.get(POINT_KINDS[kind].class_id, "org-drain"),
            )
            for district, grid, kind in zip(
                self._districts_of("point"), self._grids_of("point"), kinds, strict=True
            )
        ]

    def depots(self) -> Iterator[Depot]:
        spot, districts = self._degrees("depot"), self._districts_of("depot")
        for number, name in enumerate(self.words["subdistrict"]):
            yield Depot(
                depot_id=f"depot-{number + 1:03d}",
                name=f"{name}保障点",
                org_id=crew_org(districts[number], "sz"),
                lon=spot[number][0],
                lat=spot[number][1],
                district_id=self.words["district_code"][districts[number]],
            )

    def units(self) -> Iterator[Unit]:
        a, spot, districts = self.arrays, self._degrees("unit"), self._districts_of("unit")
        kinds = a["unit_kind"]
        first = [int(np.searchsorted(kinds, k)) for k in range(len(UNIT_KINDS))]
        for number, which in enumerate(kinds.tolist()):
            kind, index = UNIT_KINDS[which][0], number - first[which]
            name, skills, crew, capacity = unit_facts(kind, index)
            yield Unit(
                unit_id=unit_id(kind, index),
                kind=kind,
                name=name,
                org_id=crew_org(districts[number], crew),
                skills=skills,
                capacity=capacity,
                lon=spot[number][0],
                lat=spot[number][1],
                state=_STATES[int(a["unit_state"][number])],
                camera_id=self._unit_camera(kind, index),
                phone=phone(600_000 + number),
                depot_id=f"depot-{int(a['unit_depot'][number]) + 1:03d}",
                district_id=self.words["district_code"][districts[number]],
                shift=_SHIFTS[int(a["unit_shift"][number])],
            )

    def _unit_camera(self, kind: str, index: int) -> str | None:
        """Vehicles, officers and drones carry the mobile cameras, as far as these go."""
        key = {"vehicle": "vehicle", "officer": "bodycam", "drone": "drone"}.get(kind)
        if key is None:
            return None
        group = [g.key for g in CAMERA_GROUPS].index(key)
        count = int((self.arrays["camera_group"] == group).sum())
        return self.camera_id(self._first_camera[group] + index) if index < count else None

    def orgs(self) -> tuple[Org, ...]:
        return org_tree()

    def duty(self, at: datetime) -> list[Duty]:
        """Who is on duty at a moment with a zone."""
        return list(on_duty(at, self.seed))

    def duty_month(self, first_day: datetime) -> Iterator[Duty]:
        return month_roster(first_day, self.seed)

    # ---- map ------------------------------------------------------------------------------

    def districts_geojson(self) -> dict[str, Any]:
        return layers.areas(self.arrays, self.words, "district")

    def subdistricts_geojson(self) -> dict[str, Any]:
        return layers.areas(self.arrays, self.words, "subdistrict")

    def communities_geojson(self) -> dict[str, Any]:
        return layers.areas(self.arrays, self.words, "community")

    def grids_geojson(self) -> dict[str, Any]:
        return layers.areas(self.arrays, self.words, "grid")

    def basemap_geojson(
        self, bbox: tuple[float, float, float, float] | None = None, zoom: int = 13
    ) -> dict[str, Any]:
        """The base map as the desk shows it at a zoom; bbox in degrees (w, s, e, n)."""
        return layers.basemap(self, bbox, zoom)

    # ---- street graph ---------------------------------------------------------------------

    def edge_line(self, edge: int) -> Line:
        first = self.arrays["edge_first"]
        return self.arrays["vertex"][first[edge] : first[edge + 1]]

    def _street_of(self, edge: int) -> str:
        return self.words["street"][self._edge_street[edge]]

    def metres(self, degrees: Line) -> Line:
        """x east, y north from the centre, of rows of lon, lat."""
        scale = np.array(to_lon_lat(1e4, 1e4)) - (CENTRE_LON_DEG, CENTRE_LAT_DEG)
        return (degrees - (CENTRE_LON_DEG, CENTRE_LAT_DEG)) / scale * 1e4

    # ---- parts of rows --------------------------------------------------------------------

    @cached_property
    def _edge_street(self) -> list[int]:
        return self.arrays["edge_street"].tolist()

    def _degrees(self, what: str) -> list[list[float]]:
        return lon_lat_list(self.arrays[f"{what}_place"])

    def _districts_of(self, what: str) -> list[int]:
        return self.arrays["face_district"][self.arrays[f"{what}_face"]].tolist()

    def _grids_of(self, what: str) -> list[int]:
        return self.arrays["face_grid"][self.arrays[f"{what}_face"]].tolist()

    def _community_of(self, what: str, number: int) -> int:
        return int(self.arrays["face_community"][int(self.arrays[f"{what}_face"][number])])

    def address_of_item(self, number: int) -> tuple[str, int]:
        """Street and door number of an item, by its place in `items()`."""
        return self._address("item", number)

    def _address(self, what: str, number: int) -> tuple[str, int]:
        """Street and door number: odd on the left, growing by two every 8 m."""
        edge = int(self.arrays[f"{what}_edge"][number])
        at = float(self.arrays["edge_along"][edge]) + float(self.arrays[f"{what}_at"][number])
        odd = bool(self.arrays[f"{what}_left"][number])
        return self._street_of(edge), int(at / 8) * 2 + (1 if odd else 2)


def _lines(values: tuple[float, ...], unit: str) -> tuple[Threshold, ...]:
    levels = _GRAVER if len(values) != 3 else _GRAVER[1:]
    return tuple(
        Threshold(level, value, f"{value * 100:.0f} cm" if unit == "m" and value < 1
                  else f"{value:g} {unit}")
        for level, value in zip(levels, values, strict=False)
    )  # fmt: skip
