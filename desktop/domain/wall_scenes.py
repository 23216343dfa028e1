"""Scenes of the video wall (防汛, 交通, 市容 ...): a layout and the rules by which cameras come
into it. Pure; the files are resources/wall_scenes/*.toml.

A rule takes its cameras by tag, kind, district and nearness. Where it names places (gauges, open
alarms) they take turns: the nearest camera of each, the gravest alarm first, then the second ones.
Without places the districts take turns, so that a scene shows the city and not one street.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

from msgspec import Meta, Struct

from desktop.domain.alarms import Alarm
from desktop.domain.cameras import Camera, CameraKind
from desktop.domain.geo import CELLS_PER_ROW, cell_of, distance_m
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.domain.wall import Cell, CellOrigin, Wall, empty_wall, preset

FARTHEST_M = 450
"""Nearness is looked up in cells of 0.005 degrees and their eight neighbours."""

_TURNS = 4  # cameras of one place or district that are kept in mind


class Near(StrEnum):
    POINTS = "points"
    ALARMS = "alarms"


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """`count`: cells at most; `tags`, `kinds`, `districts`, `class_ids`: any of them, empty for
    all; `class_ids`: of the points or alarms of `near`; `from_level`: only from this level on."""

    title: str
    count: Annotated[int, Meta(ge=1, le=36)]
    tags: tuple[str, ...] = ()
    kinds: tuple[CameraKind, ...] = ()
    districts: tuple[str, ...] = ()
    near: Near | None = None
    class_ids: tuple[str, ...] = ()
    within_m: Annotated[int, Meta(ge=20, le=FARTHEST_M)] = 200
    from_level: WarningLevel | None = None


class Emergency(Struct, frozen=True, forbid_unknown_fields=True):
    """What makes the scene be offered: a weather signal, or open alarms, from a level on."""

    weather: WarningLevel | None = None
    class_ids: tuple[str, ...] = ()
    alarms_from: WarningLevel | None = None
    alarm_count: Annotated[int, Meta(ge=1, le=100)] = 1


class Scene(Struct, frozen=True, forbid_unknown_fields=True):
    """One file. `layouts`: another layout from a level on; `key`: Ctrl+Alt+1 to 9, 0 for none."""

    scene_id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
    name: Annotated[str, Meta(min_length=1, max_length=8)]
    layout: str
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1, max_length=20)]
    key: Annotated[int, Meta(ge=0, le=9)] = 0
    layouts: dict[WarningLevel, str] = {}
    emergency: Emergency = Emergency()

    def layout_at(self, level: WarningLevel | None) -> str:
        """That of the gravest level which is reached."""
        for one in WarningLevel:
            if level is not None and level.rank <= one.rank and one in self.layouts:
                return self.layouts[one]
        return self.layout


# ---- when -------------------------------------------------------------------------------------


OpenAlarms = Mapping[tuple[str, WarningLevel], int]
"""How many are open, by class_id and level."""


def open_alarms(alarms: Iterable[Alarm]) -> OpenAlarms:
    """Counted once for all scenes: there may be thousands of alarms and a hundred scenes."""
    return Counter((one.class_id, one.level) for one in alarms if one.is_open)


def emergency_level(
    scene: Scene, weather: WarningLevel | None, alarms: OpenAlarms
) -> WarningLevel | None:
    """The level that speaks for the scene now: the graver of weather signal and open alarms.
    None where nothing does."""
    rule, levels = scene.emergency, list[WarningLevel]()
    if weather is not None and rule.weather is not None and weather.rank <= rule.weather.rank:
        levels.append(weather)
    if rule.alarms_from is not None:
        grave = {
            (class_id, level): count
            for (class_id, level), count in alarms.items()
            if (not rule.class_ids or class_id in rule.class_ids)
            and level.rank <= rule.alarms_from.rank
        }
        if sum(grave.values()) >= rule.alarm_count:
            levels += [level for _, level in grave]
    return min(levels, key=lambda level: level.rank, default=None)


# ---- which ------------------------------------------------------------------------------------


class Place(Struct, frozen=True, gc=False):
    """What cameras can be near to: a gauge, or an open alarm; the most urgent first."""

    place_id: str
    lon_deg: float
    lat_deg: float
    class_id: str
    camera_ids: tuple[str, ...] = ()


def places_of(points: Iterable[Point]) -> tuple[Place, ...]:
    return tuple(
        Place(one.point_id, one.lon_deg, one.lat_deg, one.class_id, one.camera_ids)
        for one in points
        if one.lon_deg is not None and one.lat_deg is not None
    )


def alarm_places(alarms: Iterable[Alarm]) -> tuple[Place, ...]:
    """Open ones, the gravest first, the newest of a level first."""
    ranked = sorted(
        (one for one in alarms if one.is_open),
        key=lambda one: (one.level.rank, -one.raised_at.timestamp()),
    )
    return tuple(
        Place(one.alarm_id, one.lon_deg, one.lat_deg, one.class_id, one.camera_ids)
        for one in ranked
        if one.lon_deg is not None and one.lat_deg is not None
    )


class Filled(Struct, frozen=True):
    """`layout_id` and its cameras in order; `wanted`: how many the rules asked for."""

    layout_id: str
    camera_ids: tuple[str, ...]
    wanted: int


def fill(
    scene: Scene,
    level: WarningLevel | None,
    cameras: Sequence[Camera],
    points: Sequence[Place],
    alarms: Sequence[Place],
) -> Filled:
    """The scene's cameras. 50,000 take some 0.2 s: call it beside the GUI loop."""
    layout = preset(scene.layout_at(level))
    chosen: dict[str, None] = {}
    spare: list[str] = []
    wanted = 0
    for rule in scene.rules:
        if rule.from_level and (level is None or level.rank > rule.from_level.rank):
            continue
        wanted += rule.count
        found = [one for one in _ranked(rule, cameras, points, alarms) if one not in chosen]
        chosen |= dict.fromkeys(found[: rule.count])
        spare += found[rule.count :]
    for camera_id in spare:  # a rule that found too few leaves its cells to the others
        if len(chosen) >= min(layout.count, wanted):
            break
        chosen[camera_id] = None
    return Filled(layout.layout_id, tuple(chosen)[: layout.count], min(wanted, layout.count))


def onto(wall: Wall, wanted: Wall, origin: CellOrigin) -> Wall:
    """Another wall, but cells that are held or show an alarm keep their picture. A camera whose
    place is taken goes to an empty one, if there is any; one that is there already stays."""
    keeping = wall.with_layout(wanted.layout)
    cells = [cell if _stays(cell) else None for cell in keeping.cells]
    here = {cell.camera_id for cell in cells if cell is not None}
    found, rest = empty_wall(wanted.layout), list[str]()
    for index, cell in enumerate(wanted.cells):
        if not cell.camera_id or cell.camera_id in here:
            continue
        if cells[index] is None:
            found = found.put(index, cell.camera_id, origin)
        else:
            rest.append(cell.camera_id)
    for index, cell in enumerate(found.cells):
        if rest and cells[index] is None and cell.camera_id is None:
            found = found.put(index, rest.pop(0), origin)
    result = tuple(a if a is not None else b for a, b in zip(cells, found.cells, strict=True))
    return Wall(wanted.layout, result, tuple(one for one in keeping.beyond if one.held))


def _stays(cell: Cell) -> bool:
    return cell.held or cell.link is not None


def wall_of(filled: Filled) -> Wall:
    return empty_wall(preset(filled.layout_id)).fill_from(
        filled.camera_ids, origin=CellOrigin.SCENE
    )


def _ranked(
    rule: Rule, cameras: Sequence[Camera], points: Sequence[Place], alarms: Sequence[Place]
) -> list[str]:
    """camera_ids that a rule takes, the best first."""
    fitting = (camera for camera in cameras if _fits(rule, camera))
    if rule.near is None:
        return _by_turns(_by_district(fitting))
    known = points if rule.near is Near.POINTS else alarms
    places = [one for one in known if not rule.class_ids or one.class_id in rule.class_ids]
    return _by_turns(_by_place(rule, fitting, places))


def _fits(rule: Rule, camera: Camera) -> bool:
    return (
        camera.online
        and (not rule.tags or any(tag in rule.tags for tag in camera.tags))
        and (not rule.kinds or camera.kind in rule.kinds)
        and (not rule.districts or camera.district_id in rule.districts)
    )


def _by_district(cameras: Iterable[Camera]) -> list[list[str]]:
    """What can be turned first, then by id: the same scene shows the same pictures."""
    groups: dict[str, list[tuple[bool, str]]] = {}
    for camera in cameras:
        groups.setdefault(camera.district_id or "", []).append((not camera.ptz, camera.camera_id))
    ordered = [heapq.nsmallest(36, groups[key]) for key in sorted(groups)]
    return [[camera_id for _, camera_id in group] for group in ordered]


def _by_place(rule: Rule, cameras: Iterable[Camera], places: Sequence[Place]) -> list[list[str]]:
    """Cameras that a place names come before those that are only near."""
    around: dict[int, list[int]] = {}
    for index, place in enumerate(places):
        middle = cell_of(place.lon_deg, place.lat_deg)
        for row in (-CELLS_PER_ROW, 0, CELLS_PER_ROW):
            for cell in (middle + row - 1, middle + row, middle + row + 1):
                around.setdefault(cell, []).append(index)
    named = _named(places)
    found: list[list[tuple[float, str]]] = [[] for _ in places]
    for camera in cameras:
        for index in named.get(camera.camera_id, ()):
            found[index].append((-1.0, camera.camera_id))
        if camera.lon_deg is None or camera.lat_deg is None:
            continue
        for index in around.get(cell_of(camera.lon_deg, camera.lat_deg), ()):
            place = places[index]
            far_m = distance_m(place.lon_deg, place.lat_deg, camera.lon_deg, camera.lat_deg)
            if far_m <= rule.within_m:
                found[index].append((far_m, camera.camera_id))
    return [[camera_id for _, camera_id in heapq.nsmallest(_TURNS, one)] for one in found]


def _named(places: Sequence[Place]) -> Mapping[str, Sequence[int]]:
    named: dict[str, list[int]] = {}
    for index, place in enumerate(places):
        for camera_id in place.camera_ids:
            named.setdefault(camera_id, []).append(index)
    return named


def _by_turns(groups: Sequence[Sequence[Any]]) -> list[str]:
    """The first of each, then the second of each; nobody twice."""
    longest = max((len(group) for group in groups), default=0)
    turns = (group[n] for n in range(longest) for group in groups if n < len(group))
    return list(dict.fromkeys(turns))
