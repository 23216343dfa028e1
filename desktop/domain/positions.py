"""Where vehicles, teams, officers, radios and drones last said they were."""

from enum import StrEnum
from typing import Annotated

import msgspec

from desktop.domain.alarms import AwareTime
from desktop.domain.units import UnitKind, UnitState

TRAIL_S = 600.0
"""The trail of a unit goes back as far as its last known place is shown."""
LAST_KNOWN_AFTER_S = 600.0
_STALE_AFTER_S = {UnitKind.VEHICLE: 90.0}  # three missed fixes of a vehicle on the move
_OTHERS_STALE_AFTER_S = 180.0


ALIASES = {"crew": UnitKind.TEAM}
"""Some platforms name a team so in the topic."""


class PlaceTrust(StrEnum):
    """How far a place may be taken for the present one."""

    LIVE = "live"
    STALE = "stale"  # hatched, with its age
    LAST_KNOWN = "last_known"  # off the map


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """One fix. Source: MQTT city/{adcode}/position/{kind}/{unit_id}, QoS 0, retained.

    Positions are CGCS2000; heading_deg is clockwise from north, None where it stands.
    """

    at: AwareTime
    lon_deg: Annotated[float, msgspec.Meta(ge=-180, le=180)] = msgspec.field(name="lon")
    lat_deg: Annotated[float, msgspec.Meta(ge=-90, le=90)] = msgspec.field(name="lat")
    speed_kmh: Annotated[float, msgspec.Meta(ge=0, le=400)] | None = None
    heading_deg: Annotated[float, msgspec.Meta(ge=0, le=360)] | None = None
    state: UnitState = UnitState.IDLE
    unit_id: str = ""  # from the topic
    kind: UnitKind = UnitKind.VEHICLE  # from the topic


def stale_after_s(kind: UnitKind) -> float:
    return _STALE_AFTER_S.get(kind, _OTHERS_STALE_AFTER_S)


def place_trust(kind: UnitKind, age_s: float) -> PlaceTrust:
    if age_s > LAST_KNOWN_AFTER_S:
        return PlaceTrust.LAST_KNOWN
    return PlaceTrust.STALE if age_s > stale_after_s(kind) else PlaceTrust.LIVE
