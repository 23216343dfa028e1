"""The tree of units: city, districts and bureaus, crews. A real register may be broken."""

from collections.abc import Iterable, Mapping
from typing import Protocol

import msgspec

_NAMED = 5  # names in one finding


class Org(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /orgs. Level 1 is the city, 2 districts and bureaus, 3 crews."""

    org_id: str
    name: str
    parent_id: str | None = None
    level: int | None = None
    district_id: str | None = None
    phone: str = ""


class Placed(Protocol):
    """What says where a unit stands."""

    @property
    def org_id(self) -> str: ...
    @property
    def parent_id(self) -> str | None: ...


def ring_of(orgs: Mapping[str, Org], org_id: str) -> tuple[str, ...]:
    """The ids of the ring that the way up from a unit runs into; empty where it ends."""
    way: list[str] = []
    here: str | None = org_id
    while here is not None and here in orgs:
        if here in way:
            return tuple(way[way.index(here) :])
        way.append(here)
        here = orgs[here].parent_id
    return ()


def path_of(orgs: Mapping[str, Org], org_id: str) -> tuple[Org, ...]:
    """From the top to the unit itself; a ring is walked once. Empty for an unknown unit."""
    way: dict[str, Org] = {}
    here: str | None = org_id
    while here is not None and here in orgs and here not in way:
        way[here] = orgs[here]
        here = orgs[here].parent_id
    return tuple(reversed(way.values()))


def below(orgs: Iterable[Placed], org_id: str) -> frozenset[str]:
    """The unit and all units under it, which is its scope."""
    children: dict[str, list[str]] = {}
    for org in orgs:
        if org.parent_id is not None:
            children.setdefault(org.parent_id, []).append(org.org_id)
    found: set[str] = set()
    left = [org_id]
    while left:
        here = left.pop()
        if here not in found:
            found.add(here)
            left += children.get(here, ())
    return frozenset(found)


def rings(orgs: Mapping[str, Org]) -> list[tuple[str, ...]]:
    """Every ring of the tree once."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    settled: set[str] = set()
    for org_id in orgs:
        if org_id not in settled and (ring := ring_of(orgs, org_id)):
            found.setdefault(frozenset(ring), ring)
            settled.update(ring)
    return list(found.values())


def orphans(orgs: Mapping[str, Org]) -> list[Org]:
    """Units that name a parent that is not there."""
    return [o for o in orgs.values() if o.parent_id is not None and o.parent_id not in orgs]


def tops(orgs: Mapping[str, Org]) -> list[Org]:
    return [org for org in orgs.values() if org.parent_id is None]


def tree_findings(orgs: Mapping[str, Org]) -> tuple[str, ...]:
    """What is wrong with the tree, one Chinese line each; empty when it is sound."""
    lines: list[str] = []
    for ring in rings(orgs):
        names = " → ".join(orgs[one].name for one in (*ring, ring[0]))
        lines.append(f"机构上下级成环：{names}；按各自独立处理，请平台更正")
    if lost := orphans(orgs):
        lines.append(f"{len(lost)} 个机构的上级不在名册内：{_names(lost)}")
    heads = tops(orgs)
    if orgs and not heads:
        lines.append("机构树没有最高一级")
    elif len(heads) > 1:
        lines.append(f"机构树有 {len(heads)} 个最高级：{_names(heads)}")
    return tuple(lines)


def _names(orgs: list[Org]) -> str:
    more = " 等" if len(orgs) > _NAMED else ""
    return "、".join(org.name for org in orgs[:_NAMED]) + more
