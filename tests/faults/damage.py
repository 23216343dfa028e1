"""What happens to files: bytes are overwritten, ends are cut, versions are changed."""

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

PAGE_BYTES = 4096
COMPANIONS = ("-wal", "-shm")


def settle(path: Path) -> None:
    """Everything of the write-ahead log is in the file: the process has ended."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _overwrite(path: Path, offset: int, count: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(random.Random(7).randbytes(count))


def header(path: Path) -> None:
    settle(path)
    _overwrite(path, 0, 100)


def middle_page(path: Path) -> None:
    settle(path)
    _overwrite(path, _a_page_in_use(path) * PAGE_BYTES, PAGE_BYTES)


def last_page(path: Path) -> None:
    settle(path)
    _vacuum(path)  # else the last page may be one that is not in use
    _overwrite(path, path.stat().st_size - PAGE_BYTES, PAGE_BYTES)


def half(path: Path) -> None:
    settle(path)
    os.truncate(path, path.stat().st_size // PAGE_BYTES // 2 * PAGE_BYTES + 17)


def zero_length(path: Path) -> None:
    settle(path)
    os.truncate(path, 0)


def gone(path: Path) -> None:
    settle(path)
    for ending in ("", *COMPANIONS):
        path.with_name(path.name + ending).unlink(missing_ok=True)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "header": header,
    "middle page": middle_page,
    "last page": last_page,
    "half": half,
    "zero length": zero_length,
}


def cut_log(path: Path, part: float = 2 / 3) -> int:
    """The write-ahead log loses its end, as by a power cut; gives how many bytes."""
    log = path.with_name(path.name + "-wal")
    size = log.stat().st_size
    kept = int(size * part)
    os.truncate(log, kept)
    return size - kept


def revision(path: Path, number: str) -> None:
    """As if another version of the program had written it."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE alembic_version SET version_num = ?", (number,))
        db.commit()
    settle(path)


def _vacuum(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("VACUUM")
    settle(path)


def _a_page_in_use(path: Path) -> int:
    """The page (from 0) of an index or table in the middle of the file."""
    with closing(sqlite3.connect(path)) as db:
        roots = [row[0] for row in db.execute("SELECT rootpage FROM sqlite_master ORDER BY 1")]
    roots = [page for page in roots if page]
    return roots[len(roots) // 2] - 1
