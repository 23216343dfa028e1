"""Which sensors are one bridge, and how each of them stands."""

from datetime import timedelta

import pytest

from desktop.domain.bridges import (
    SensorKind,
    SensorState,
    bridge_of,
    standing_of,
    worst,
)
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Reading, Threshold
from tests.samples import at

LINES = (Threshold(WarningLevel.BLUE, 180.0), Threshold(WarningLevel.ORANGE, 340.0))


def sensor(name: str, metric: str = "strain_ue", **facts) -> Point:
    known = {"point_id": name, "class_id": "bridge", "name": name, "metric": metric,
             "thresholds": LINES, "unit": "με"}  # fmt: skip
    return Point(**(known | facts))


def reading(value: float, age_s: float = 0.0) -> Reading:
    return Reading(at=at() - timedelta(seconds=age_s), metrics={"strain_ue": value})


def test_that_a_bridge_is_its_sensors_by_kind_in_the_order_of_the_card():
    here = [
        sensor("大桥 · 振动 01", "vibration_mms", asset_id="B1"),
        sensor("大桥 · 应变 02", asset_id="B1"),
        sensor("大桥 · 应变 01", asset_id="B1", camera_ids=("c2", "c1")),
        sensor("大桥 · 倾角 01", "tilt_deg", asset_id="B1", camera_ids=("c1",)),
        sensor("大桥 · 应变 03", asset_id="B2"),
    ]
    bridge = bridge_of(here[0], here)
    assert bridge is not None and bridge.name == "大桥"
    assert [kind for kind, _ in bridge.groups] == [
        SensorKind.STRAIN, SensorKind.TILT, SensorKind.VIBRATION,
    ]  # fmt: skip
    assert [one.name for one in bridge.groups[0][1]] == ["大桥 · 应变 01", "大桥 · 应变 02"]
    assert bridge.camera_ids[0] == "c1"


def test_that_sensors_without_a_bridge_of_their_own_are_joined_by_name_and_place():
    near = sensor("人民路 12 号监测点", lon_deg=116.6, lat_deg=28.9)
    same = sensor("人民路 30 号监测点", lon_deg=116.601, lat_deg=28.9)
    far = sensor("人民路 900 号监测点", lon_deg=116.7, lat_deg=28.9)
    bridge = bridge_of(near, [near, same, far])
    assert bridge is not None and bridge.sensors == (near, same)
    assert bridge.name == "人民路"


def test_that_a_point_on_no_bridge_has_none():
    assert bridge_of(sensor("x", class_id="gas"), []) is None


@pytest.mark.parametrize(
    ("found", "state", "level"),
    [
        (None, SensorState.SILENT, None),
        (reading(100.0), SensorState.NORMAL, None),
        (reading(180.0), SensorState.REACHED, WarningLevel.BLUE),
        (reading(-350.0), SensorState.REACHED, WarningLevel.ORANGE),
        (reading(350.0, 181), SensorState.STALE, WarningLevel.ORANGE),
        (Reading(at=at(), metrics={"temperature_c": 20.0}), SensorState.SILENT, None),
    ],
)
def test_how_a_sensor_stands(found, state, level):
    standing = standing_of(sensor("s"), found, at())
    assert (standing.state, standing.level) == (state, level)


def test_that_an_old_value_is_not_the_worst_of_the_bridge():
    old = standing_of(sensor("a"), reading(400.0, 900), at())
    new = standing_of(sensor("b"), reading(200.0), at())
    assert worst([old, new]) is WarningLevel.BLUE
