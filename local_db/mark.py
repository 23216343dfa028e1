"""How far a database had been written, kept beside it: a lost end is found, not passed over.

SQLite takes a write-ahead log that was cut as one that ended there: the file is whole and what
was committed last is silently gone. The mark is written after each commit and is never ahead
of it, so a database behind its mark has lost commits.
"""

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any, NamedTuple


class Reached(NamedTuple):
    """`count` grows with the writes; `word` is what stood there (a hash), or "-"."""

    count: int
    word: str


def path_of(database: Path) -> Path:
    return database.with_suffix(".mark")


def read(database: Path) -> Reached | None:
    """None: there is none, or it cannot be read."""
    try:
        count, word = path_of(database).read_text("ascii").split()
        return Reached(int(count), word)
    except (OSError, ValueError):
        return None


def forget(database: Path) -> None:
    """The file that it belonged to is gone."""
    with contextlib.suppress(FileNotFoundError):
        path_of(database).unlink()


class Marked(sqlite3.Connection):
    """A connection whose commits move the mark. Nothing is marked before `keep_mark`."""

    _fd = -1
    _bump = ""
    _changes = 0

    def keep_mark(self, database: Path, bump: str) -> None:
        """`bump` runs within each transaction that wrote something; gives count and word."""
        self._bump, self._changes = bump, self.total_changes
        with contextlib.suppress(OSError):  # a full disk: the next start does without
            flags = os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC
            self._fd = os.open(path_of(database), flags, 0o600)

    def put(self, reached: Reached) -> None:
        """Without fsync: a crash of the process keeps it, and an older mark only finds less."""
        if self._fd >= 0:
            with contextlib.suppress(OSError):
                os.pwrite(self._fd, f"{reached.count:020d} {reached.word}\n".encode("ascii"), 0)

    def commit(self) -> None:
        reached: Any = None
        if self._bump and self.in_transaction and self.total_changes != self._changes:
            reached = self.execute(self._bump).fetchone()
        super().commit()
        self._changes = self.total_changes
        if reached is not None:
            self.put(Reached(*reached))

    def close(self) -> None:
        super().close()
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
