"""The databases of the profile and what is wrong with a file of one. Standard library only:
the window's process looks after its own database without SQLAlchemy, which takes 19 MB."""

import contextlib
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from desktop.reasons import storage_reason
from local_db import mark, quarantine

BUSY_TIMEOUT_S = 10.0
_TRIES, _PAUSE_S = 3, 0.3
# Result codes that say nothing about the file itself (sqlite.org/rescode.html).
_PASSING = frozenset(
    (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM,
     sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)
)  # fmt: skip


@dataclass(frozen=True)
class DatabaseKind:
    """One of the profile's databases. `head` is the newest revision of its migrations."""

    name: str
    head: str
    application_id: int  # sqlite.org/pragma.html#pragma_application_id
    synchronous: str
    reached: str = ""  # SQL: how far it is written, see local_db.mark; empty: nobody asks
    bump: str = ""  # SQL of each transaction that wrote: moves that, and gives it
    busy_timeout_s: float = BUSY_TIMEOUT_S  # once it is open
    backed_up: bool = False


JOURNAL = DatabaseKind(
    "journal", "j0003", 0x434B4A31, "FULL",
    "SELECT CAST(value AS INTEGER), '-' FROM meta WHERE key = 'writes'",
    "INSERT INTO meta VALUES ('writes', '1') ON CONFLICT (key) DO UPDATE "
    "SET value = CAST(value AS INTEGER) + 1 RETURNING CAST(value AS INTEGER), '-'",
    busy_timeout_s=1.0,  # alarms must not wait for whoever looks into the file
    backed_up=True,
)  # fmt: skip
_AUDIT_HEAD = "SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1"
AUDIT = DatabaseKind("audit", "a0001", 0x434B4131, "FULL", _AUDIT_HEAD, _AUDIT_HEAD)
DESK = DatabaseKind("desk", "d0001", 0x434B4431, "NORMAL")
CACHE = DatabaseKind("cache", "c0004", 0x434B4331, "NORMAL")
CASES = DatabaseKind("cases", "s0002", 0x434B5331, "NORMAL")


def damage_of(path: Path, kind: DatabaseKind) -> str:
    """Why the file cannot be used as it is, empty when it can. Raises sqlite3.Error, OSError."""
    if condemned := quarantine.sentence(path):
        return condemned
    if not path.exists():
        return "文件不见了" if mark.read(path) else ""
    if path.stat().st_size == 0:
        return "文件为空"
    for attempt in range(1, _TRIES + 1):
        try:
            return checked(path, kind)
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            if code in _PASSING:
                raise
            if code != sqlite3.SQLITE_IOERR or attempt == _TRIES:
                return storage_reason(error)
        time.sleep(_PAUSE_S)  # noqa: TID251 - a disk that stumbles may be well the next time
    raise AssertionError


def checked(path: Path, kind: DatabaseKind) -> str:
    with contextlib.closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)) as db:
        (application_id,) = db.execute("PRAGMA application_id").fetchone()
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and application_id != kind.application_id:
            return "不是本程序的数据文件"
        (result,) = db.execute("PRAGMA quick_check(1)").fetchone()
        return "" if result == "ok" else quarantine.DAMAGED
