"""Which registers are mirrored, and what of a row can be filtered, found and placed."""

import json
import zlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import msgspec

from desktop.domain.assets import Asset, AssetClass
from desktop.domain.cameras import Camera
from desktop.domain.duty import CITY_ZONE, Duty
from desktop.domain.emergency.plans import Plan
from desktop.domain.orgs import Org
from desktop.domain.points import AlarmClass, Point
from desktop.domain.tickets import KEPT_FOR, Ticket, without_person
from desktop.domain.units import Depot, Unit

_DERIVATION = 2
"""Add one when what is derived from a row changes: every register is then fetched whole."""


class Derived(NamedTuple):
    """The columns beside the body; `source` only where the row has no field of this name."""

    id: str
    title: str
    subtitle: str = ""
    kind: str = ""
    state: str = ""
    source: str = ""


class RegisterSpec(NamedTuple):
    """One register of the platform.

    `placed`: a row without position is of no use and is refused. `changes`: the platform is
    asked for what changed since. `phones`: rows name persons, their phones are masked.
    `classes`: the register that names the kinds of its rows, fetched before it. `window`: only
    the rows of so long are fetched, and asked for more often than the others. `scrub`: of a
    row only what this gives is kept, no field that the platform sends beside.
    """

    name: str
    path: str
    row: type[msgspec.Struct]
    derive: Callable[[Any], Derived]
    placed: bool = False
    changes: bool = False
    phones: bool = False
    classes: str = ""
    window: timedelta | None = None
    scrub: Callable[[Any], Any] | None = None


def _camera(row: Camera) -> Derived:
    state = "online" if row.online else "offline"
    return Derived(row.camera_id, row.name, row.source, row.kind.value, state)


def _asset(row: Asset) -> Derived:
    owner = row.owner.name if row.owner else ""
    return Derived(row.asset_id, row.name, owner, row.class_id, row.status)


def _unit(row: Unit) -> Derived:
    skills = " ".join(row.skills)
    return Derived(row.unit_id, row.name, skills, row.kind.value, row.state.value)


def _org(row: Org) -> Derived:
    return Derived(row.org_id, row.name, "", str(row.level or ""))


def _duty(row: Duty) -> Derived:
    start, end = row.start.astimezone(CITY_ZONE), row.end.astimezone(CITY_ZONE)
    shift = f"{start:%m-%d %H:%M} – {end:%H:%M}"
    post = row.role_name or row.role
    return Derived(row.duty_id, row.name, post, row.role, str(row.ladder), shift)


def _ticket(row: Ticket) -> Derived:
    return Derived(row.ticket_id, row.place, row.category, row.category, row.status)


REGISTERS = (
    RegisterSpec("alarm_classes", "/alarm-classes", AlarmClass,
                 lambda row: Derived(row.class_id, row.name)),
    RegisterSpec("points", "/points", Point,
                 lambda row: Derived(row.point_id, row.name, "", row.class_id), changes=True,
                 classes="alarm_classes"),
    RegisterSpec("orgs", "/orgs", Org, _org),
    RegisterSpec("cameras", "/cameras", Camera, _camera, changes=True),
    RegisterSpec("units", "/units", Unit, _unit, changes=True, phones=True),
    RegisterSpec("plans", "/plans", Plan,
                 lambda row: Derived(row.plan_id, row.name, row.edition, row.kind.value)),
    RegisterSpec("depots", "/depots", Depot,
                 lambda row: Derived(row.depot_id, row.name), placed=True),
    RegisterSpec("duty", "/duty", Duty, _duty, phones=True),
    RegisterSpec("asset_classes", "/asset-classes", AssetClass,
                 lambda row: Derived(row.class_id, row.name)),
    RegisterSpec("tickets", "/tickets", Ticket, _ticket, changes=True, window=KEPT_FOR,
                 scrub=without_person),
    RegisterSpec("assets", "/assets", Asset, _asset, placed=True, changes=True, phones=True,
                 classes="asset_classes"),
)  # fmt: skip
"""In the order in which they are fetched: what alarms need first, the largest last."""


def form_of(derivation: int, rows: tuple[type[msgspec.Struct], ...]) -> int:
    """Another number for other fields of a row: what an older program mirrored is not trusted."""
    schemas = [msgspec.json.schema(row) for row in rows]
    return zlib.crc32(json.dumps([derivation, schemas], sort_keys=True).encode())


FORM = form_of(_DERIVATION, tuple(spec.row for spec in REGISTERS))
