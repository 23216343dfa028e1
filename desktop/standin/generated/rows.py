"""Rows of the registers for which desktop.domain has no shape yet; fields as in contract.md."""

from datetime import datetime

import msgspec


class Owner(msgspec.Struct, frozen=True):
    name: str
    phone: str


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /assets. Every cover has an owner."""

    asset_id: str
    class_id: str
    name: str
    lon: float
    lat: float
    district_id: str
    grid_id: str
    org_id: str
    status: str
    owner: Owner | None = None


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /units. `shift` names the shifts it works; `updated_at` is of all but the
    position, which comes by MQTT.
    """

    unit_id: str
    kind: str
    name: str
    org_id: str
    skills: tuple[str, ...]
    capacity: int
    lon: float
    lat: float
    state: str
    camera_id: str | None
    phone: str
    depot_id: str
    district_id: str
    shift: str
    updated_at: datetime | None = None
    order_id: str = ""
    """Of the incident's order that it carries out."""
    eta_min: float | None = None
    """Until it is there; 0: it is on the scene."""


class Depot(msgspec.Struct, frozen=True, kw_only=True):
    depot_id: str
    name: str
    org_id: str
    lon: float
    lat: float
    district_id: str


class Org(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /orgs; level 1 the city, 2 districts and bureaus, 3 crews."""

    org_id: str
    name: str
    parent_id: str | None
    level: int
    district_id: str | None
    phone: str


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """Who is on duty for a unit and a role in one shift."""

    org_id: str
    role: str
    role_name: str
    name: str
    phone: str
    start: datetime
    end: datetime
    ladder: int  # whom to call first: 1, then 2 ...
