"""What goes to the page as columns, and the words of the layers."""

import json
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from desktop.domain.cameras import Camera
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Reading, Threshold
from desktop.domain.positions import Position
from desktop.domain.units import UnitKind, UnitState
from desktop.stores.preferences import Preferences
from views.city_map.layer_choice import LayerChoice
from views.city_map.packing import camera_pack, pack
from views.city_map.point_marks import STALE_AFTER_S, PointSheet, level_of, point_mark
from views.city_map.unit_sheet import LAST_KNOWN, LIVE, STALE, UnitSheet

NOW = datetime(2026, 7, 18, 3, 12, 5, tzinfo=UTC)
_TYPES = {"f4": np.float32, "u1": np.uint8, "u2": np.uint16}


def unpack(body: bytes) -> dict[str, Any]:
    """As the page does it."""
    length = struct.unpack_from("<I", body)[0]
    header = json.loads(body[4 : 4 + length])
    place = -(-(4 + length) // 4) * 4
    found: dict[str, Any] = dict(header)
    for name, kind in header["columns"]:
        column = np.frombuffer(body, _TYPES[kind], header["count"], place)
        found[name] = column
        place = -(-(place + column.nbytes) // 4) * 4
    found["ids"] = body[place:].decode().split("\n") if body[place:] else []
    return found


def a_fix(unit_id: str, age_s: float, kind: UnitKind = UnitKind.VEHICLE, **facts: Any) -> Position:
    at = NOW - timedelta(seconds=age_s)
    place = {"lon_deg": 116.6, "lat_deg": 28.9}
    return Position(at=at, unit_id=unit_id, kind=kind, **(place | facts))


def test_that_a_pack_of_odd_length_is_read_back_as_it_was():
    columns = {"kind": np.array([1, 2, 3], np.uint8), "lon": np.array([1, 2, 3], np.float32)}
    found = unpack(pack(columns, ["a", "水", "c"], lon0=116.5))
    assert found["ids"] == ["a", "水", "c"]
    assert found["kind"].tolist() == [1, 2, 3]
    assert found["lon"].tolist() == [1, 2, 3]
    assert found["lon0"] == 116.5


def test_that_cameras_keep_their_place_to_the_decimetre_and_those_without_stay_out():
    places = [(116.401234, 28.712345), (116.812345, 29.004321)]
    cameras = [
        Camera(camera_id=f"c{i}", name="", lon_deg=lon, lat_deg=lat, online=i > 0)
        for i, (lon, lat) in enumerate(places)
    ]
    found = unpack(camera_pack([*cameras, Camera(camera_id="mobile", name="")]))
    assert found["ids"] == ["c0", "c1"]
    assert found["state"].tolist() == [0, 1]
    assert np.isnan(found["heading"]).all()
    for i, (lon, lat) in enumerate(places):
        assert abs(found["lon0"] + float(found["lon"][i]) - lon) < 1e-6
        assert abs(found["lat0"] + float(found["lat"][i]) - lat) < 1e-6


def test_that_the_trust_in_a_place_goes_to_the_page_with_its_age():
    sheet = UnitSheet()
    sheet.put([a_fix("live", 89), a_fix("stale", 91), a_fix("gone", 601),
               a_fix("officer", 91, UnitKind.OFFICER)])  # fmt: skip
    found = unpack(sheet.body(NOW.timestamp()))
    assert dict(zip(found["ids"], found["freshness"].tolist(), strict=True)) == {
        "live": LIVE, "stale": STALE, "gone": LAST_KNOWN, "officer": LIVE
    }  # fmt: skip
    assert sheet.counts(NOW.timestamp())[UnitKind.VEHICLE] == (1, 3)


def test_that_a_unit_that_moves_keeps_its_row():
    sheet = UnitSheet()
    sheet.put(a_fix(f"V-{i}", 5) for i in range(600))
    sheet.put([a_fix("V-7", 1, lon_deg=116.7, heading_deg=90.0, state=UnitState.BUSY)])
    found = unpack(sheet.body(NOW.timestamp()))
    assert found["count"] == 600
    assert found["ids"][7] == "V-7"
    assert abs(found["lon0"] + float(found["lon"][7]) - 116.7) < 1e-6
    assert found["heading"][7] == 90.0
    assert np.isnan(found["heading"][8])


@pytest.fixture
def point() -> Point:
    lines = (Threshold(WarningLevel.BLUE, 0.05), Threshold(WarningLevel.ORANGE, 0.27))
    return Point(point_id="p", class_id="water_level", name="东门路", thresholds=lines, unit="m",
                 metric="level_m")  # fmt: skip


@pytest.mark.parametrize(("value", "level"), [(0.04, None), (0.05, WarningLevel.BLUE),
                                              (0.9, WarningLevel.ORANGE)])  # fmt: skip
def test_that_the_highest_line_reached_names_the_level(point, value, level):
    assert level_of(point, value) is level


def test_that_a_reading_of_ten_minutes_ago_is_old(point):
    reading = Reading(at=NOW - timedelta(seconds=601), metrics={"level_m": 0.3})
    mark = point_mark(point, reading, NOW)
    assert (mark["text"], mark["stale"]) == ("0.30 m", True)
    assert "text" not in point_mark(point, None, NOW)


def test_that_the_choice_of_layers_is_kept_as_a_preference(qapp):
    kept = Preferences()
    choice = LayerChoice(kept)
    choice.show(frozenset({"camera.ptz"}), False)
    choice.show(frozenset({"grids"}), True)
    assert "camera.ptz" in LayerChoice(kept).hidden
    assert "grids" not in LayerChoice(kept).hidden


def test_that_a_point_is_encoded_anew_with_its_reading_and_with_its_age():
    def told(now: datetime) -> list[dict[str, Any]]:
        return json.loads(sheet.body([(point, reading), (nowhere, None)], now))

    sheet = PointSheet()
    point = Point(point_id="p1", name="", class_id="water_level", metric="level_m", unit="m",
                  lon_deg=116.6, lat_deg=28.9)  # fmt: skip
    nowhere = Point(point_id="p2", name="", class_id="water_level", metric="level_m", unit="m")
    reading = Reading(point_id="p1", at=NOW, metrics={"level_m": 0.4})
    assert [(mark["id"], mark["text"], mark["stale"]) for mark in told(NOW)] == [
        ("p1", "0.40 m", False)
    ]
    reading = Reading(point_id="p1", at=NOW, metrics={"level_m": 0.5})
    assert told(NOW)[0]["text"] == "0.50 m"
    assert told(NOW + timedelta(seconds=STALE_AFTER_S + 1))[0]["stale"] is True
