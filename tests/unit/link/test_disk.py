"""What free space allows, and when a backup is due."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.link import disk
from desktop.link.backup import is_due
from desktop.link.disk import Disk, Room, room_of

GB = 1 << 30


@pytest.mark.parametrize(
    ("free", "room"),
    [
        (GB, Room.AMPLE),
        (GB - 1, Room.SHORT),
        (300 << 20, Room.SHORT),
        ((300 << 20) - 1, Room.NONE_FOR_CACHES),
        (0, Room.NONE_FOR_CACHES),
    ],
)
def test_that_room_is_told_at_its_limits(free, room):
    assert room_of(free) is room


def test_that_the_reserve_is_real_and_given_up_once(tmp_path):
    watched = Disk(tmp_path)
    if watched.look() is not Room.AMPLE:
        pytest.skip("this disk has less than 1 GB")
    ballast = tmp_path / disk.BALLAST_FILE
    assert ballast.stat().st_blocks * 512 >= disk.BALLAST_BYTES
    assert watched.give_up_ballast() and not ballast.exists()
    assert not watched.give_up_ballast()


def _local(hour: int) -> datetime:
    return datetime(2026, 7, 14, hour).astimezone().astimezone(UTC)


@pytest.mark.parametrize(
    ("hour", "age_h", "due"),
    [(3, 13, True), (3, 2, False), (14, 13, False), (14, 27, True), (14, -5, True)],
)
def test_that_a_backup_is_made_at_night_or_when_the_last_is_old(hour, age_h, due):
    now = _local(hour)
    assert is_due(now, now - timedelta(hours=age_h)) is due


def test_that_the_first_backup_is_due_at_once():
    assert is_due(_local(14), None)
