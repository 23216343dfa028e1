"""Resources that can be sent, and the depots that hold supplies."""

from enum import StrEnum

import msgspec

from desktop.domain.geo import Latitude, Longitude


class UnitKind(StrEnum):
    TEAM = "team"
    VEHICLE = "vehicle"
    OFFICER = "officer"
    RADIO = "radio"
    DRONE = "drone"


class UnitState(StrEnum):
    IDLE = "idle"
    BUSY = "busy"
    OFF_DUTY = "off_duty"
    OFFLINE = "offline"


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /units; the position is the last one known when it was asked for."""

    unit_id: str
    kind: UnitKind
    name: str
    org_id: str | None = None
    district_id: str | None = None
    depot_id: str | None = None
    skills: tuple[str, ...] = ()
    capacity: float | None = None
    lon_deg: Longitude | None = msgspec.field(default=None, name="lon")
    lat_deg: Latitude | None = msgspec.field(default=None, name="lat")
    state: UnitState = UnitState.OFFLINE
    camera_id: str | None = None
    phone: str = ""
    shift: str = ""
    updated_at: str | None = None


class Depot(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /depots."""

    depot_id: str
    name: str
    lon_deg: Longitude = msgspec.field(name="lon")
    lat_deg: Latitude = msgspec.field(name="lat")
    org_id: str | None = None
    district_id: str | None = None
