"""Opens a database of the profile: checked, migrated, readable by its owner only.

A damaged file is moved to quarantine/ and made anew, the journal from its last backup; one
that a newer version of the program wrote is refused.
"""

import contextlib
import os
import sqlite3
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, StaticPool, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from desktop.errors import ProfileError
from desktop.reasons import storage_reason, system_reason
from local_db import backups, mark, quarantine
from local_db.mark import Marked, Reached

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
    "journal", "j0002", 0x434B4A31, "FULL",
    "SELECT CAST(value AS INTEGER), '-' FROM meta WHERE key = 'writes'",
    "INSERT INTO meta VALUES ('writes', '1') ON CONFLICT (key) DO UPDATE "
    "SET value = CAST(value AS INTEGER) + 1 RETURNING CAST(value AS INTEGER), '-'",
    busy_timeout_s=1.0,  # alarms must not wait for whoever looks into the file
    backed_up=True,
)  # fmt: skip
_AUDIT_HEAD = "SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1"
AUDIT = DatabaseKind("audit", "a0001", 0x434B4131, "FULL", _AUDIT_HEAD, _AUDIT_HEAD)
DESK = DatabaseKind("desk", "d0001", 0x434B4431, "NORMAL")
CACHE = DatabaseKind("cache", "c0003", 0x434B4331, "NORMAL")


@dataclass(frozen=True)
class Opened:
    """`damage` says why the former file was moved aside; empty when all was well.

    `restored_from`: when the backup was made that stands for it. `lost`: how many writes are
    missing at the end of a file that is whole, and `missed` how far it had been.
    """

    engine: Engine
    damage: str = ""
    restored_from: datetime | None = None
    lost: int = 0
    missed: Reached | None = None


def open_database(path: Path, kind: DatabaseKind) -> Opened:
    """Raises ProfileError when the file is of a newer version or cannot be used at all."""
    engine: Engine | None = None
    try:
        damage, restored = damage_of(path, kind), None
        if damage:
            quarantine.move_aside(path)
            restored = _restore(path, kind)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
        engine = _engine(path, kind)
        _migrate(engine, path, kind)
        missed, lost = _begin_mark(engine, path, kind)
    except ProfileError:
        if engine is not None:
            engine.dispose()
        raise
    except (sqlite3.Error, SQLAlchemyError, OSError) as error:
        why = system_reason(error) if isinstance(error, OSError) else storage_reason(error)
        raise ProfileError(
            f"数据文件 {path} 打不开：{why}。请检查磁盘空间与权限后重新启动。"
        ) from None
    return Opened(engine, damage, restored, lost, missed)


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
            return _checked(path, kind)
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            if code in _PASSING:
                raise
            if code != sqlite3.SQLITE_IOERR or attempt == _TRIES:
                return storage_reason(error)
        time.sleep(_PAUSE_S)  # noqa: TID251 - a disk that stumbles may be well the next time
    raise AssertionError


def _checked(path: Path, kind: DatabaseKind) -> str:
    with contextlib.closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)) as db:
        (application_id,) = db.execute("PRAGMA application_id").fetchone()
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables and application_id != kind.application_id:
            return "不是本程序的数据文件"
        (result,) = db.execute("PRAGMA quick_check(1)").fetchone()
        return "" if result == "ok" else quarantine.DAMAGED


def _restore(path: Path, kind: DatabaseKind) -> datetime | None:
    """The newest backup that holds, without the orders that were on their way in it."""
    if not kind.backed_up:
        return None
    for copy in backups.newest_first(path):
        at = backups.made_at(copy)
        with contextlib.suppress(sqlite3.Error, OSError):
            if at is None or _checked(copy, kind):
                continue
            backups.take_back(copy, path)
            with contextlib.closing(sqlite3.connect(path)) as db:
                db.execute("DELETE FROM outbox WHERE state IN ('queued', 'sent')")
                db.commit()
            return at
        path.unlink(missing_ok=True)
    return None


def _begin_mark(engine: Engine, path: Path, kind: DatabaseKind) -> tuple[Reached | None, int]:
    """What the mark says beyond the file, and how many writes that is; marks from now on."""
    if not kind.bump:
        return None, 0
    noted = mark.read(path)
    with contextlib.closing(engine.raw_connection()) as connection:
        db: Marked = connection.driver_connection  # pyright: ignore
        row: tuple[int, str] | None = db.execute(kind.reached).fetchone()
        found = Reached(*row) if row else Reached(0, "-")
        db.execute(f"PRAGMA busy_timeout={int(kind.busy_timeout_s * 1000)}")
        db.keep_mark(path, kind.bump)
        db.put(found)
    if noted is None or noted.count <= found.count:
        return None, 0
    return noted, noted.count - found.count


def _engine(path: Path, kind: DatabaseKind) -> Engine:
    def connect() -> sqlite3.Connection:
        db = sqlite3.connect(
            path,
            timeout=BUSY_TIMEOUT_S,
            check_same_thread=False,
            isolation_level=None,
            factory=Marked,
        )
        db.execute("PRAGMA journal_mode=WAL")
        db.execute(f"PRAGMA synchronous={kind.synchronous}")
        db.execute("PRAGMA journal_size_limit=67108864")
        return db

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def begin(connection) -> None:  # pyright: ignore
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _migrate(engine: Engine, path: Path, kind: DatabaseKind) -> None:
    current = _revision(engine)
    if current == kind.head:
        return
    # Alembic takes 0.2 s to import: only a start that migrates pays for it.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    folder = Path(__file__).parent / "migrations" / kind.name
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise ProfileError(
            f"数据文件 {path} 由更新版本的程序写成（{current}），本版本不能使用。"
            "请升级程序，或换一个配置目录启动。"
        )
    if current is not None:
        _back_up(engine, path, current)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA application_id={kind.application_id}")


def _revision(engine: Engine) -> str | None:
    with engine.begin() as connection:
        there = text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        if connection.execute(there).scalar() is None:
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _back_up(engine: Engine, path: Path, revision: str) -> None:
    """A complete copy of the old form, before a migration touches it."""
    copy = path.with_name(f"{path.stem}-before-{revision}.db")
    copy.unlink(missing_ok=True)
    os.close(os.open(copy, os.O_CREAT | os.O_RDWR, 0o600))
    with (
        contextlib.closing(engine.raw_connection()) as source,
        contextlib.closing(sqlite3.connect(copy)) as target,
    ):
        source.driver_connection.backup(target)  # pyright: ignore
