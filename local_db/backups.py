"""Copies of journal.db, made while it is written, and taken back when the file is lost.

The backup API copies one moment of a database that others write
(https://www.sqlite.org/backup.html); a copy counts only once it has been checked.
"""

import contextlib
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

KEPT = 7
ROOM_LEFT_BYTES = 300 << 20
_STAMP = "%Y%m%dT%H%M%SZ"


def folder_of(database: Path) -> Path:
    return database.parent / "backup"


def newest_first(database: Path) -> list[Path]:
    return sorted(folder_of(database).glob(f"{database.stem}-*.db"), reverse=True)


def made_at(copy: Path) -> datetime | None:
    """From its name; None where somebody renamed it."""
    with contextlib.suppress(ValueError):
        stamp = copy.stem.partition("-")[2]
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    return None


def has_room(database: Path) -> bool:
    """Whether a copy leaves the disk enough to live on."""
    disk = os.statvfs(database.parent)
    wanted = database.stat().st_size + ROOM_LEFT_BYTES
    return disk.f_bavail * disk.f_frsize > wanted


def make(database: Path, at: datetime) -> Path:
    """Blocks; the writer of the database goes on. Raises sqlite3.Error or OSError."""
    folder = folder_of(database)
    folder.mkdir(mode=0o700, exist_ok=True)
    half = folder / f"{database.stem}.half"
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_CREAT | os.O_RDWR, 0o600))
    try:
        _copy(database, half)
        copy = folder / f"{database.stem}-{at.astimezone(UTC).strftime(_STAMP)}.db"
        half.replace(copy)
    finally:
        half.unlink(missing_ok=True)
    for old in newest_first(database)[KEPT:]:
        old.unlink(missing_ok=True)
    return copy


def take_back(copy: Path, database: Path) -> None:
    """Whole or not at all. Raises OSError."""
    new = database.with_name(database.name + ".new")
    shutil.copyfile(copy, new)
    new.chmod(0o600)
    new.replace(database)


def _copy(database: Path, target_path: Path) -> None:
    where = f"file:{quote(str(database.absolute()))}?mode=ro"
    with (
        contextlib.closing(sqlite3.connect(where, uri=True, timeout=5.0)) as source,
        contextlib.closing(sqlite3.connect(target_path)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
        (result,) = target.execute("PRAGMA quick_check(1)").fetchone()
        if result != "ok":
            raise sqlite3.DatabaseError(f"the copy is malformed: {result}")
        target.commit()
    with target_path.open("rb") as file:
        os.fsync(file.fileno())
