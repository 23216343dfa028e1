import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.geo import EARTH_RADIUS_M, distance_m

LON = st.floats(-180, 180)
LAT = st.floats(-90, 90)


@pytest.mark.parametrize(
    ("a", "b", "expected_m"),
    [
        ((0, 0), (0, 90), EARTH_RADIUS_M * 3.14159265 / 2),
        ((0, 0), (180, 0), EARTH_RADIUS_M * 3.14159265),
        ((116.6, 28.9), (116.61, 28.9), 973.5),
        ((116.6, 28.9), (116.6, 28.91), 1111.95),
        ((179.99, 0), (-179.99, 0), 2223.9),
    ],
)
def test_that_distances_are_those_of_the_mean_sphere(a, b, expected_m):
    assert distance_m(*a, *b) == pytest.approx(expected_m, rel=1e-3)


@given(LON, LAT, LON, LAT)
def test_that_a_distance_is_the_same_both_ways_and_within_the_globe(lon_a, lat_a, lon_b, lat_b):
    there = distance_m(lon_a, lat_a, lon_b, lat_b)
    assert there == pytest.approx(distance_m(lon_b, lat_b, lon_a, lat_a), abs=1e-3)
    assert 0 <= there <= EARTH_RADIUS_M * 3.1416


@given(LON, LAT)
def test_that_a_place_has_no_distance_from_itself(lon, lat):
    assert distance_m(lon, lat, lon, lat) == 0
