"""When a place may still be taken for the present one."""

import pytest

from desktop.domain.positions import PlaceTrust, place_trust
from desktop.domain.units import UnitKind


@pytest.mark.parametrize(
    ("kind", "age_s", "trust"),
    [
        (UnitKind.VEHICLE, 90, PlaceTrust.LIVE),
        (UnitKind.VEHICLE, 91, PlaceTrust.STALE),
        (UnitKind.OFFICER, 180, PlaceTrust.LIVE),
        (UnitKind.RADIO, 181, PlaceTrust.STALE),
        (UnitKind.DRONE, 600, PlaceTrust.STALE),
        (UnitKind.TEAM, 601, PlaceTrust.LAST_KNOWN),
    ],
)
def test_that_a_place_grows_old_by_the_kind_of_the_unit(kind, age_s, trust):
    assert place_trust(kind, age_s) is trust
