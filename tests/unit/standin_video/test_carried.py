"""A camera that a unit carries tells where the unit is."""

from types import SimpleNamespace

import numpy as np
import pytest

from desktop.standin.basemap.frame import lon_lat_list
from desktop.standin.carried import Carried

SPOTS = np.array([[0.0, 0.0], [120.0, -40.0]])
FLEET = SimpleNamespace(
    places=lambda who: (SPOTS[who], np.zeros(len(who))), speed_kmh=np.array([0.0, 36.0])
)
UNITS = [SimpleNamespace(camera_id=None), SimpleNamespace(camera_id="cam-100481")]


def test_that_the_bearer_s_place_and_speed_are_told() -> None:
    state = Carried(FLEET, UNITS).state("cam-100481")  # type: ignore[arg-type]
    assert state is not None and state.speed_m_s == pytest.approx(10.0)
    assert [state.lon_deg, state.lat_deg] == list(lon_lat_list(SPOTS[1:])[0])


def test_that_nobody_tells_of_a_camera_on_a_pole() -> None:
    assert Carried(FLEET, UNITS).state("cam-0001") is None  # type: ignore[arg-type]
