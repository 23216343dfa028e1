"""Items of the city (manhole covers, lamps, trees) and the person who answers for each."""

import msgspec

from desktop.domain.geo import Latitude, Longitude

_SHOWN_HEAD, _SHOWN_TAIL, _SHORTEST_FULL = 3, 4, 7


class Owner(msgspec.Struct, frozen=True):
    """Who answers for an item. The mirrored phone is masked; the full one is asked for."""

    name: str = ""
    phone: str = ""


class AssetClass(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /asset-classes."""

    class_id: str
    name: str
    prefix: str = ""
    count: int | None = None
    has_owner: bool = False


class Asset(msgspec.Struct, frozen=True, kw_only=True):
    """One row of GET /assets. Positions are CGCS2000."""

    asset_id: str
    class_id: str
    name: str
    lon_deg: Longitude = msgspec.field(name="lon")
    lat_deg: Latitude = msgspec.field(name="lat")
    district_id: str | None = None
    grid_id: str | None = None
    org_id: str | None = None
    status: str = ""
    source: str = ""
    owner: Owner | None = None
    updated_at: str | None = None


def masked_phone(phone: str) -> str:
    """`138****5678`: head and tail of a full number; what is short or masked stays as it is."""
    if "*" in phone or sum(c.isdigit() for c in phone) < _SHORTEST_FULL:
        return phone
    hidden = max(1, len(phone) - _SHOWN_HEAD - _SHOWN_TAIL)
    return phone[:_SHOWN_HEAD] + "*" * hidden + phone[_SHOWN_HEAD + hidden :]
