"""A platform that gives its lists in pages."""

import sqlite3
from contextlib import closing

from desktop.domain.link_messages import AlarmSnapshot, CatalogueChanged
from local_db.cache import read_cameras
from tests.integration.link.parts import wait_for


def _ids(count: int) -> list[str]:
    return [f"cam-{number}" for number in range(count)]


def _open(desk) -> set[str]:
    path = desk.profile / "journal.db"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        return {one for (one,) in db.execute("SELECT alarm_id FROM alarms WHERE is_open")}


def test_that_every_page_of_alarms_and_cameras_is_read(desk):
    desk.platform.page_size, desk.platform.camera_count = 3, 10
    for number in range(8):
        desk.platform.append(number)
    station = desk.signed_in()
    station.expect(AlarmSnapshot, lambda part: len(part.alarms) == 8)
    station.expect(CatalogueChanged, lambda changed: changed.name == "cameras")
    cameras = read_cameras(desk.profile / "cache.db")
    assert [camera.camera_id for camera in cameras] == _ids(10)


def test_that_a_change_behind_the_first_page_is_not_hidden_by_its_etag(desk):
    desk.platform.page_size, desk.platform.camera_count = 3, 4
    station = desk.signed_in()
    station.expect(CatalogueChanged, lambda changed: changed.name == "cameras")
    desk.platform.camera_count = 9  # the first page is as before
    desk.link.kill()
    desk.link.start()  # a start fetches at once
    cache = desk.profile / "cache.db"
    wait_for(lambda: len(read_cameras(cache)) == 9, 10.0, "the other pages are fetched again")


def test_that_a_list_that_moves_between_its_pages_closes_nothing_that_is_open(desk):
    for number in range(9):
        desk.platform.append(number)
    station = desk.signed_in()
    station.expect(AlarmSnapshot, lambda part: len(part.alarms) == 9)
    desk.platform.page_size, desk.platform.moves_while_paged = 4, True
    desk.link.kill()
    desk.link.start()
    asked = [request for request in desk.platform.requests if request == "GET /alarms"]
    wait_for(
        lambda: desk.platform.requests.count("GET /alarms") >= len(asked) + 2, 10.0, "it is asked"
    )
    desk.platform.moves_while_paged = False
    there = {f"alarm-{number}" for number in range(9)}
    closed = {e["alarm"]["alarm_id"] for e in desk.platform.log if e["kind"] == "closed"}
    assert closed
    wait_for(lambda: _open(desk) == there - closed, 10.0, "open here is what is open there")


def test_that_an_endless_list_is_given_up_and_asked_for_again(desk):
    desk.platform.append(1)
    desk.platform.page_size = 0  # the cursor leads to the same place for ever
    station = desk.station()
    from desktop.domain.link_messages import SignIn

    station.send(SignIn(username="w", password="right-secret"))
    wait_for(lambda: desk.platform.requests.count("GET /alarms") > 3, 10.0, "it is asked")
    desk.platform.page_size = 10
    station.expect(AlarmSnapshot, lambda part: len(part.alarms) == 1)
