"""Which of its four pictures a scene shows at an hour and in the rain."""

from datetime import UTC, datetime

import pytest

from desktop.standin.video.osd import CITY_TIME
from desktop.standin.video.scenes.light import Variant
from desktop.standin.video.variant import variant_of


@pytest.mark.parametrize(
    ("clock", "variant"),
    [
        ("05:29", Variant.NIGHT),
        ("05:30", Variant.DUSK),
        ("06:59", Variant.DUSK),
        ("07:00", Variant.DAY),
        ("16:59", Variant.DAY),
        ("17:00", Variant.DUSK),
        ("18:59", Variant.DUSK),
        ("19:00", Variant.NIGHT),
        ("00:00", Variant.NIGHT),
    ],
)
def test_that_the_hour_decides(clock: str, variant: Variant) -> None:
    at = datetime.fromisoformat(f"2026-07-01T{clock}").replace(tzinfo=CITY_TIME)
    assert variant_of(at, 0.0) is variant


def test_that_the_clock_is_the_city_s() -> None:
    assert variant_of(datetime(2026, 7, 1, 1, 0, tzinfo=UTC), 0.0) is Variant.DAY
    assert variant_of(datetime(2026, 7, 1, 12, 0, tzinfo=UTC), 0.0) is Variant.NIGHT


def test_that_rain_counts_for_more_than_the_hour() -> None:
    noon = datetime(2026, 7, 1, 12, 0, tzinfo=CITY_TIME)
    assert variant_of(noon, 2.0) is Variant.DAY
    assert variant_of(noon, 2.1) is Variant.RAIN


def test_that_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        variant_of(datetime(2026, 7, 1, 12, 0), 0.0)
