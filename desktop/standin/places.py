"""What the city asks of the catalogue: where points are and whom their place belongs to."""

import contextlib
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from desktop.domain.cameras import Camera
from desktop.domain.points import Point
from desktop.standin import catalogue
from desktop.standin.catalogue import PointPlace
from desktop.standin.generated.rows import Item


class Places(Protocol):
    """The registers as the scenarios read them; the same at each call."""

    @property
    def points(self) -> Sequence[Point]: ...

    @property
    def cameras_by_id(self) -> Mapping[str, Camera]: ...

    def point(self, point_id: str) -> Point:
        """Raises KeyError."""
        ...

    def points_of(self, class_id: str) -> Sequence[Point]:
        """In the order of the register; empty for a class without points."""
        ...

    def place_of(self, point_id: str) -> PointPlace:
        """Raises KeyError."""
        ...

    def district_of(self, lon_deg: float | None, lat_deg: float | None) -> str | None: ...

    def grid_of(self, lon_deg: float | None, lat_deg: float | None) -> str | None: ...

    def owner_of(self, class_id: str) -> str: ...


class HandLaid:
    """The hand-laid district alone, without the city round it."""

    def __init__(self) -> None:
        self.points: Sequence[Point] = catalogue.points()
        self.cameras_by_id: Mapping[str, Camera] = {c.camera_id: c for c in catalogue.cameras()}

    def point(self, point_id: str) -> Point:
        return catalogue.point(point_id)

    def points_of(self, class_id: str) -> Sequence[Point]:
        return [p for p in self.points if p.class_id == class_id]

    def place_of(self, point_id: str) -> PointPlace:
        self.point(point_id)
        return PointPlace(catalogue.DISTRICT_ID, "", catalogue.ORG_ID)

    def district_of(self, lon_deg: float | None, lat_deg: float | None) -> str | None:
        return catalogue.DISTRICT_ID

    def grid_of(self, lon_deg: float | None, lat_deg: float | None) -> str | None:
        return None

    def owner_of(self, class_id: str) -> str:
        return catalogue.ORG_ID


def guidance_of(class_id: str) -> str:
    """Empty for a class that the register of classes does not have."""
    try:
        return catalogue.alarm_class(class_id).guidance
    except KeyError:
        return ""


def name_of(class_id: str, otherwise: str = "") -> str:
    try:
        return catalogue.alarm_class(class_id).name
    except KeyError:
        return otherwise


def tell_item(places: Places, asset_id: str, status: str, at: datetime) -> None:
    """From now on the register says so; nothing where there is no register of items."""
    if isinstance(places, catalogue.CityCatalogue):
        with contextlib.suppress(KeyError):  # a hand-laid sensor that is no item
            places.changes.item(places.item_number(asset_id), status, at)


def cameras_online(places: Places, district_id: str) -> list[str]:
    """Empty where there is no register of the whole city."""
    if isinstance(places, catalogue.CityCatalogue):
        return places.cameras_online(district_id)
    return []


def tell_cameras(places: Places, camera_ids: Iterable[str], online: bool, at: datetime) -> None:
    """From now on the register says that they are there, or not."""
    if isinstance(places, catalogue.CityCatalogue):
        for camera_id in camera_ids:
            places.changes.camera(camera_id, online, at)


def some_covers(places: Places, chance: random.Random, most: int) -> list[Item]:
    """Covers from all over the city; empty where there is no register of items."""
    if not isinstance(places, catalogue.CityCatalogue):
        return []
    numbers = range(places.city.scale.manholes)  # covers come first in the register
    return [places.city.item(n) for n in sorted(chance.sample(numbers, min(most, len(numbers))))]


def items_as_points(items: Iterable[Item], class_id: str) -> list[Point]:
    """Items of the register as places of alarms of a class."""
    return [
        Point(
            point_id=item.asset_id,
            asset_id=item.asset_id,
            class_id=class_id,
            name=item.name,
            lon_deg=item.lon,
            lat_deg=item.lat,
        )
        for item in items
    ]


def cameras_as_points(cameras: Iterable[Camera], class_id: str) -> list[Point]:
    """Places of alarms that a camera finds; only where the camera has a position."""
    return [
        Point(
            point_id=f"AI-{camera.camera_id}",
            class_id=class_id,
            name=camera.name,
            lon_deg=camera.lon_deg,
            lat_deg=camera.lat_deg,
            camera_ids=(camera.camera_id,),
        )
        for camera in cameras
        if camera.lon_deg is not None
    ]


def district_name(places: Places, district_id: str) -> str:
    if isinstance(places, catalogue.CityCatalogue):
        words = places.city.words
        names = dict(zip(words["district_code"], words["district"], strict=True))
        return names.get(district_id, district_id)
    return "滨江区"
