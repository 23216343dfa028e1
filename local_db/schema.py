"""Opens a database of the profile: checked, migrated, readable by its owner only.

A damaged file is moved to quarantine/ and made anew, the journal from its last backup; one
that a newer version of the program wrote is refused.
"""

import contextlib
import os
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, StaticPool, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from desktop.errors import ProfileError
from desktop.reasons import storage_reason, system_reason
from local_db import backups, mark, quarantine
from local_db.kinds import (
    AUDIT,
    BUSY_TIMEOUT_S,
    CACHE,
    CASES,
    DESK,
    JOURNAL,
    DatabaseKind,
    checked,
    damage_of,
)
from local_db.mark import Marked, Reached

__all__ = [
    "AUDIT", "CACHE", "CASES", "DESK", "JOURNAL", "DatabaseKind", "Opened", "damage_of",
    "open_database",
]  # fmt: skip


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
    is_new = not path.exists()
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
        if engine is not None:
            engine.dispose()
        if is_new:  # a file without content would be damage to the next start
            for ending in quarantine.COMPANIONS:
                path.with_name(path.name + ending).unlink(missing_ok=True)
        why = system_reason(error) if isinstance(error, OSError) else storage_reason(error)
        raise ProfileError(
            f"数据文件 {path} 打不开：{why}。请检查磁盘空间与权限后重新启动。"
        ) from None
    return Opened(engine, damage, restored, lost, missed)


def _restore(path: Path, kind: DatabaseKind) -> datetime | None:
    """The newest backup that holds, without the orders that were on their way in it."""
    if not kind.backed_up:
        return None
    for copy in backups.newest_first(path):
        at = backups.made_at(copy)
        with contextlib.suppress(sqlite3.Error, OSError):
            if at is None or checked(copy, kind):
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
