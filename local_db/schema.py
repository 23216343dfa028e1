"""Opens a database of the profile: checked, migrated, readable by its owner only.

A damaged file is moved to quarantine/ and made anew; one that a newer version of the
program wrote is refused.
"""

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, StaticPool, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from desktop.errors import ProfileError
from desktop.reasons import storage_reason, system_reason

BUSY_TIMEOUT_S = 10.0
KEPT_IN_QUARANTINE = 3
_COMPANIONS = ("", "-wal", "-shm")


@dataclass(frozen=True)
class DatabaseKind:
    """One of the profile's databases. `head` is the newest revision of its migrations."""

    name: str
    head: str
    application_id: int  # sqlite.org/pragma.html#pragma_application_id
    synchronous: str


JOURNAL = DatabaseKind("journal", "j0001", 0x434B4A31, "FULL")
AUDIT = DatabaseKind("audit", "a0001", 0x434B4131, "FULL")
DESK = DatabaseKind("desk", "d0001", 0x434B4431, "NORMAL")
CACHE = DatabaseKind("cache", "c0003", 0x434B4331, "NORMAL")


@dataclass(frozen=True)
class Opened:
    """`damage` says why the former file was moved aside; empty when all was well."""

    engine: Engine
    damage: str = ""


def open_database(path: Path, kind: DatabaseKind) -> Opened:
    """Raises ProfileError when the file is of a newer version or cannot be used at all."""
    try:
        damage = _damage(path, kind)
        if damage:
            _move_aside(path)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
        engine = _engine(path, kind)
        _migrate(engine, path, kind)
    except (sqlite3.Error, SQLAlchemyError, OSError) as error:
        why = system_reason(error) if isinstance(error, OSError) else storage_reason(error)
        raise ProfileError(
            f"数据文件 {path} 打不开：{why}。请检查磁盘空间与权限后重新启动。"
        ) from None
    return Opened(engine, damage)


def _damage(path: Path, kind: DatabaseKind) -> str:
    if not path.exists():
        return ""
    if path.stat().st_size == 0:
        return "文件为空"
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)) as db:
            (application_id,) = db.execute("PRAGMA application_id").fetchone()
            tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if tables and application_id != kind.application_id:
                return "不是本程序的数据文件"
            (result,) = db.execute("PRAGMA quick_check(1)").fetchone()
            return "" if result == "ok" else str(result)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise
        return str(error)
    except sqlite3.DatabaseError as error:
        return str(error)


def _move_aside(path: Path) -> None:
    folder = path.parent / "quarantine"
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    for ending in _COMPANIONS:
        source = path.with_name(path.name + ending)
        if source.exists():
            source.rename(folder / f"{path.stem}-{stamp}.db{ending}")
    for old in sorted(folder.glob(f"{path.stem}-*.db"))[:-KEPT_IN_QUARANTINE]:
        for ending in _COMPANIONS:
            old.with_name(old.name + ending).unlink(missing_ok=True)


def _engine(path: Path, kind: DatabaseKind) -> Engine:
    def connect() -> sqlite3.Connection:
        db = sqlite3.connect(
            path, timeout=BUSY_TIMEOUT_S, check_same_thread=False, isolation_level=None
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
