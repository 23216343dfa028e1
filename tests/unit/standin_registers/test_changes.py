"""What a scenario does to covers and cameras stands in the registers, until it is repaired."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from desktop.standin.catalogue import CityCatalogue
from desktop.standin.city import City
from desktop.standin.scenarios.scenario import NoLevers
from desktop.standin.stage import Stage

BEGIN = datetime(2026, 7, 18, 3, 0, tzinfo=UTC)


class Playing:
    def __init__(self, whole: CityCatalogue) -> None:
        self.now = BEGIN
        self.city = City(1, now=lambda: self.now, places=whole)
        self.stage = Stage(self.city, NoLevers())

    def run(self, seconds: int) -> None:
        for _ in range(seconds):
            self.now += timedelta(seconds=1)
            self.stage.step()


@pytest.fixture
def playing(whole: CityCatalogue) -> Iterator[Playing]:
    yield Playing(whole)
    whole.changes.camera_online.clear()
    whole.changes.item_status.clear()


def test_that_a_cover_that_moves_stands_so_in_the_register_and_is_put_back(
    playing: Playing, whole: CityCatalogue
) -> None:
    playing.stage.play("manhole")
    playing.run(600)
    states = {status for status, _ in whole.changes.item_status.values()}
    assert {"moved", "fault"} <= states <= {"moved", "fault", "missing", "normal"}
    number, (status, _) = next(iter(whole.changes.item_status.items()))
    assert whole.city.item(number).class_id == "manhole" and status
    assert number in whole.changes.items_after(BEGIN)
    playing.stage.play("calm")
    assert {status for status, _ in whole.changes.item_status.values()} == {"normal"}


def test_that_cameras_of_a_cut_district_are_offline_longer_than_a_round_of_the_registers(
    playing: Playing, whole: CityCatalogue
) -> None:
    playing.stage.play("link_down")
    playing.run(60)
    dark = [c for c, (online, _) in whole.changes.camera_online.items() if not online]
    assert len(dark) > 20 and not whole.camera(dark[0]).online
    districts = {whole.camera(camera_id).district_id for camera_id in dark}
    assert len(districts) == 1 and districts != {"990102"}
    playing.run(360)
    assert not whole.camera(dark[0]).online
    assert set(whole.changes.cameras_after(BEGIN)) == set(dark)
    playing.run(330)
    assert all(whole.camera(camera_id).online for camera_id in dark)


def test_that_cameras_come_back_when_the_scenario_is_left_early(
    playing: Playing, whole: CityCatalogue
) -> None:
    playing.stage.play("link_down")
    playing.run(60)
    playing.stage.play("calm")
    assert all(online for online, _ in whole.changes.camera_online.values())
    assert whole.changes.camera_online
