"""Moves a damaged database aside; the newest ones are kept for whoever looks into it."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from local_db import mark

DAMAGED = "数据文件已损坏"
KEPT = 3
COMPANIONS = ("", "-wal", "-shm")


def condemn(database: Path, why: str = DAMAGED) -> None:
    """Damage that was met while working: the next start moves the file aside, whatever a
    check of it says. Raises nothing: a full disk lets the check decide."""
    with contextlib.suppress(OSError):
        _sentence(database).write_text(why, "utf-8")


def is_damage(error: BaseException) -> bool:
    """Whether SQLite says that the file itself is bad, not the disk, a lock or the question."""
    return "malformed" in str(error) or "not a database" in str(error)


@contextlib.contextmanager
def condemning(database: Path) -> Iterator[None]:
    """Damage that is met inside condemns the file; the error goes on."""
    try:
        yield
    except Exception as error:
        if is_damage(error):
            condemn(database)
        raise


def sentence(database: Path) -> str:
    """Why the file was condemned, empty when it was not."""
    try:
        return _sentence(database).read_text("utf-8", "replace").strip() or "运行中发现损坏"
    except OSError:
        return ""


def move_aside(database: Path) -> None:
    """Into quarantine/ of the same folder. Raises OSError."""
    folder = database.parent / "quarantine"
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    for ending in COMPANIONS:
        source = database.with_name(database.name + ending)
        if source.exists():
            source.rename(folder / f"{database.stem}-{stamp}.db{ending}")
    for old in sorted(folder.glob(f"{database.stem}-*.db"))[:-KEPT]:
        for ending in COMPANIONS:
            old.with_name(old.name + ending).unlink(missing_ok=True)
    mark.forget(database)
    _sentence(database).unlink(missing_ok=True)


def _sentence(database: Path) -> Path:
    return database.with_suffix(".condemned")
