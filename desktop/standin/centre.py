"""What stands in the hand-laid district, the same in every scale: cameras and points; classes."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from desktop.domain.cameras import Camera, CameraKind, StreamSize, nearest_cameras
from desktop.domain.geo import distance_m
from desktop.domain.levels import WarningLevel
from desktop.domain.points import AlarmClass, Point, Threshold
from desktop.standin.basemap import CROSSINGS, RIVER_AXIS, STREETS, UNDERPASS
from desktop.standin.basemap.places import lake_shore

DISTRICT_ID = "990102"
ORG_ID = "org-binjiang"
_CLASSES = Path(__file__).resolve().parents[2] / "resources" / "alarm_classes" / "classes.toml"
_MAIN, _SUB = StreamSize(1920, 1080, 25.0), StreamSize(640, 360, 25.0)
_UNDERPASS_LINES_M = (0.05, 0.15, 0.25, 0.50)
_ROAD_LINES_M = (0.05, 0.15, 0.27, 0.50)
_RIVER_LINES_M = (3.80, 4.10, 4.55, 4.90)
_MEASURED = {  # what a device tells of itself: metric, unit
    "manhole": ("tilt_deg", "°"), "pump": ("current_a", "A"), "power": ("voltage_v", "V"),
    "street_light": ("current_a", "A"),
}  # fmt: skip
_GRAVER = (WarningLevel.BLUE, WarningLevel.YELLOW, WarningLevel.ORANGE, WarningLevel.RED)


@dataclass(frozen=True)
class CameraSite:
    """A camera and the scene that it looks at (street, crossing, underpass, river)."""

    camera: Camera
    scene: str
    phase_s: float


@cache
def camera_sites() -> tuple[CameraSite, ...]:
    rows: list[tuple[str, str, float, float, float | None, str]] = []
    inside, mouths = UNDERPASS.place, UNDERPASS.approaches
    rows.append(("underpass", f"{inside.name} · 通道内", inside.lon_deg, inside.lat_deg,
                 inside.heading_deg, "交通"))  # fmt: skip
    for mouth, scene in zip(mouths, ("street", "crossing"), strict=True):
        name = mouth.name.replace(f"{inside.name} ", f"{inside.name} · ")
        rows.append((scene, name, mouth.lon_deg, mouth.lat_deg, mouth.heading_deg, "交通"))
    for index, (name, lon, lat) in enumerate(spread_crossings()[:14]):
        rows.append(("crossing", name, lon + 0.00012, lat + 0.00010, 40.0 * index % 360, "交通"))
    for index, (street, samples) in enumerate(STREETS[:10]):
        lon, lat = samples[len(samples) // 3]
        rows.append(("street", f"{street} {index * 36 + 18} 号", lon, lat, 25.0 * index, "城管"))
    for index, (lon, lat) in enumerate(RIVER_AXIS[2::4][:5]):
        rows.append(("river", f"澄江南岸 {index + 1} 号水尺", lon, lat, 10.0, "水务"))
    return tuple(_site(number, *row) for number, row in enumerate(rows, start=1))


@cache
def spread_crossings() -> tuple[tuple[str, float, float], ...]:
    """Crossings in an order in which each is as far as can be from those before it."""
    here = UNDERPASS.place
    left = list(CROSSINGS)
    chosen: list[tuple[str, float, float]] = [(here.name, here.lon_deg, here.lat_deg)]
    while left:
        best = max(left, key=lambda c: min(distance_m(c[1], c[2], d[1], d[2]) for d in chosen))
        left.remove(best)
        chosen.append(best)
    return tuple(chosen[1:])


def _site(
    number: int, scene: str, name: str, lon: float, lat: float, heading: float | None, source: str
) -> CameraSite:
    camera = Camera(
        camera_id=f"cam-{number:04d}",
        name=name,
        lon_deg=round(lon, 6),
        lat_deg=round(lat, 6),
        org_id=ORG_ID,
        district_id=DISTRICT_ID,
        source=f"{source}视频平台",
        kind=CameraKind.PTZ if scene == "crossing" else CameraKind.FIXED,
        tags=(scene,),
        ptz=scene == "crossing",
        heading_deg=heading,
        main=_MAIN,
        sub=_SUB,
    )
    return CameraSite(camera, scene, phase_s=number * 1.7 % 12)


@cache
def cameras() -> tuple[Camera, ...]:
    return tuple(site.camera for site in camera_sites())


@cache
def points() -> tuple[Point, ...]:
    """Gauges and sensors; the first is the underpass gauge that the storm drives to red."""
    place = UNDERPASS.place
    rows = [_gauge("SW-0417", "underpass_water", place.name, place.lon_deg, place.lat_deg,
                   _UNDERPASS_LINES_M)]  # fmt: skip
    for index, (name, lon, lat) in enumerate(spread_crossings()[:7]):
        rows.append(_gauge(f"SW-05{index:02d}", "water_level", name, lon, lat, _ROAD_LINES_M))
    for index, (lon, lat) in enumerate(RIVER_AXIS[4::9][:3]):
        name = f"澄江南岸 {index * 2 + 1} 号断面"
        rows.append(_gauge(f"RL-00{index + 1}", "river_level", name, lon, lat, _RIVER_LINES_M))
    rows += [_device(*row) for row in _devices()]
    return tuple(rows)


def _devices() -> list[tuple[str, str, str, float, float]]:
    lake_name, shore = lake_shore()
    mouth = UNDERPASS.approaches[0]
    pump = f"{UNDERPASS.place.name}泵站 2 号泵"
    rows = [("PS-002", "pump", pump, mouth.lon_deg + 0.0006, mouth.lat_deg)]
    rows.append(("PW-011", "power", f"{lake_name}泵站市电", *shore[3]))
    for index, (street, samples) in enumerate(STREETS[2:10]):
        lon, lat = samples[len(samples) // 2]
        rows.append(
            (f"MH-11{index:03d}", "manhole", f"{street} {index * 42 + 28} 号雨水井", lon, lat)
        )
    for index, (street, samples) in enumerate(STREETS[5:10]):
        lon, lat = samples[len(samples) * 2 // 3]
        rows.append((f"BX-0{index + 1}", "street_light", f"{street}照明片区", lon, lat))
    for index, (name, lon, lat) in enumerate(spread_crossings()[9:14]):
        rows.append((f"AI-{index + 1:03d}", "ai_video", name, lon, lat))
    return rows


def _gauge(
    point_id: str, class_id: str, name: str, lon: float, lat: float, lines_m: tuple[float, ...]
) -> Point:
    lines = tuple(
        Threshold(level, value, f"{value * 100:.0f} cm" if value < 2 else f"{value:.2f} m")
        for level, value in zip(_GRAVER, lines_m, strict=True)
    )
    near = nearest_cameras(_likely(class_id), lon, lat, 3)
    return Point(
        point_id=point_id,
        class_id=class_id,
        name=name,
        lon_deg=round(lon, 6),
        lat_deg=round(lat, 6),
        thresholds=lines,
        unit="m",
        metric="level_m",
        camera_ids=tuple(camera.camera_id for camera in near),
    )


def _likely(class_id: str) -> list[Camera]:
    """River gauges are watched by river cameras, underpasses by their own."""
    sites = camera_sites()
    if class_id == "underpass_water":
        return [s.camera for s in sites if UNDERPASS.place.name in s.camera.name]
    return [s.camera for s in sites if class_id != "river_level" or s.scene == "river"]


def _device(point_id: str, class_id: str, name: str, lon: float, lat: float) -> Point:
    near = nearest_cameras(cameras(), lon, lat, 2)
    metric, unit = _MEASURED.get(class_id, ("", ""))
    return Point(
        point_id=point_id,
        class_id=class_id,
        name=name,
        lon_deg=round(lon, 6),
        lat_deg=round(lat, 6),
        unit=unit,
        metric=metric,
        camera_ids=tuple(camera.camera_id for camera in near),
    )


@cache
def point(point_id: str) -> Point:
    """Raises KeyError."""
    return {p.point_id: p for p in points()}[point_id]


@cache
def alarm_classes() -> tuple[AlarmClass, ...]:
    """Rows of resources/alarm_classes/classes.toml."""
    data: dict[str, Any] = tomllib.loads(_CLASSES.read_text("utf-8"))
    goals = data["goals"]
    return tuple(AlarmClass(**row, acknowledge_within_s=goals) for row in data["class"])


@cache
def alarm_class(class_id: str) -> AlarmClass:
    """Raises KeyError."""
    return {c.class_id: c for c in alarm_classes()}[class_id]
