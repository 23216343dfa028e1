"""The room on the profile's disk: watched, and a reserve that is given up when it is full."""

import contextlib
import os
from enum import IntEnum
from pathlib import Path

WARN_BYTES = 1 << 30
STOP_BYTES = 300 << 20
BALLAST_BYTES = 16 << 20
BALLAST_FILE = "ballast"


class Room(IntEnum):
    """What the free space allows."""

    AMPLE = 0
    SHORT = 1  # the operator is told
    NONE_FOR_CACHES = 2  # what can be fetched again is kept no more


def room_of(free_bytes: int) -> Room:
    if free_bytes < STOP_BYTES:
        return Room.NONE_FOR_CACHES
    return Room.SHORT if free_bytes < WARN_BYTES else Room.AMPLE


class Disk:
    """Every method blocks; `room` is what the last look said."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self._ballast = profile / BALLAST_FILE
        self.room = Room.AMPLE
        self.free_bytes = 0

    def look(self) -> Room:
        """Raises OSError where the disk does not answer."""
        facts = os.statvfs(self._profile)
        self.free_bytes = facts.f_bavail * facts.f_frsize
        self.room = room_of(self.free_bytes)
        if self.room is Room.AMPLE:
            self._take_ballast()
        return self.room

    def has_room_for_caches(self) -> bool:
        return self.room is not Room.NONE_FOR_CACHES

    def give_up_ballast(self) -> bool:
        """True when that made room: what is to be written goes into it."""
        try:
            self._ballast.unlink()
        except OSError:
            return False
        return True

    def _take_ballast(self) -> None:
        """Real blocks, not a hole: a hole is no reserve."""
        if self._ballast.exists():
            return
        with contextlib.suppress(OSError):
            fd = os.open(self._ballast, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600)
            try:
                os.posix_fallocate(fd, 0, BALLAST_BYTES)
            finally:
                os.close(fd)


def make_room(profile: Path, needed_bytes: int = 4 << 20) -> None:
    """Before the databases are opened: a full disk gets the ballast back first."""
    disk = Disk(profile)
    with contextlib.suppress(OSError):
        if disk.look() is Room.NONE_FOR_CACHES and disk.free_bytes < needed_bytes:
            disk.give_up_ballast()
