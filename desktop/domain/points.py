"""Measured points (gauges, sensors), their warning lines, and the alarm classes."""

from typing import Annotated

import msgspec

from desktop.domain.alarms import AwareTime
from desktop.domain.levels import WarningLevel


class Threshold(msgspec.Struct, frozen=True):
    """One warning line in the point's own unit."""

    level: WarningLevel
    value: float
    label: str = ""


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /points."""

    point_id: str
    class_id: str
    name: str
    lon_deg: Annotated[float, msgspec.Meta(ge=-180, le=180)] | None = msgspec.field(
        default=None, name="lon"
    )
    lat_deg: Annotated[float, msgspec.Meta(ge=-90, le=90)] | None = msgspec.field(
        default=None, name="lat"
    )
    thresholds: tuple[Threshold, ...] = ()
    unit: str = ""
    metric: str = ""
    camera_ids: tuple[str, ...] = ()
    asset_id: str | None = None


class AlarmClass(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /alarm-classes. `acknowledge_within_s` is the confirm goal per level.

    `industry` is one of the eight of a city (市容环卫, 市政设施, 应急指挥 ...), "" if unknown.
    """

    class_id: str
    name: str
    industry: str = ""
    guidance: str = ""
    cause: str = ""
    consequence: str = ""
    acknowledge_within_s: dict[str, int] = {}


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One measurement. Source: MQTT city/{adcode}/telemetry/{class_id}/{point_id}, retained.

    `metrics` maps a metric's name, which carries its unit (`level_m`), to its value.
    """

    at: AwareTime
    metrics: dict[str, float]
    quality: str = "good"
    battery: float | None = None
    class_id: str = ""  # from the topic
    point_id: str = ""  # from the topic
