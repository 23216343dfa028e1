"""Opens desk.db without SQLAlchemy; one of an older form is migrated by a process of its own.

python -m local_db.desk_file PATH: brings the file to the newest form; one line of JSON on
stdout, {} or {"error": "..."} in the operator's words.
"""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from desktop.errors import ProfileError
from desktop.lifeline import die_with_parent
from desktop.reasons import storage_reason, system_reason
from local_db import quarantine
from local_db.kinds import BUSY_TIMEOUT_S, DESK, damage_of

_MIGRATING_LIMIT_S = 60.0
_ROOT = Path(__file__).resolve().parents[1]
# What the migrations lead to; a test holds both against each other.
_NEW = f"""
BEGIN IMMEDIATE;
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
CREATE TABLE preferences (
    owner TEXT NOT NULL, "key" TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (owner, "key"));
CREATE TABLE window_places (window TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (window));
CREATE TABLE notices (
    id TEXT NOT NULL, "key" TEXT NOT NULL, level TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, count INTEGER NOT NULL, first_at FLOAT NOT NULL, at FLOAT NOT NULL,
    is_read INTEGER NOT NULL, PRIMARY KEY (id));
CREATE INDEX notices_by_time ON notices (at);
INSERT INTO alembic_version VALUES ('{DESK.head}');
PRAGMA application_id={DESK.application_id};
COMMIT;
"""


def open_desk(path: Path) -> tuple[sqlite3.Connection, str]:
    """The connection, and why the former file was moved aside, empty when all was well.

    Raises ProfileError when the file is of a newer version or cannot be used at all.
    """
    try:
        if damage := damage_of(path, DESK):
            quarantine.move_aside(path)
        if not path.exists():
            _create(path)
        os.close(os.open(path, os.O_RDWR))  # SQLite would open for reading what it cannot write
        path.chmod(0o600)
        if not _is_of_newest_form(path):
            _migrate(path)
        return _connected(path), damage
    except (sqlite3.Error, OSError, subprocess.SubprocessError, json.JSONDecodeError) as error:
        why = system_reason(error) if isinstance(error, OSError) else storage_reason(error)
        raise ProfileError(
            f"数据文件 {path} 打不开：{why}。请检查磁盘空间与权限后重新启动。"
        ) from None


def _is_of_newest_form(path: Path) -> bool:
    with contextlib.closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)) as db:
        if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            return db.execute("SELECT version_num FROM alembic_version").fetchone() == (DESK.head,)
    return False


def _migrate(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "local_db.desk_file", str(path.absolute())],
        cwd=_ROOT, stdout=subprocess.PIPE, timeout=_MIGRATING_LIMIT_S, check=True,
    )  # fmt: skip
    if error := json.loads(done.stdout).get("error"):
        raise ProfileError(error)


def _create(path: Path) -> None:
    """Under its name there is the whole file or none, whenever this is killed.

    Another window of the same profile that was quicker has made it: then it is that one.
    """
    fd, name = tempfile.mkstemp(prefix=f"{path.name}-", suffix=".new", dir=path.parent)
    os.close(fd)
    new = Path(name)
    try:
        with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as db:
            db.executescript(_NEW)
        try:
            os.link(new, path)
        except FileExistsError:
            pass
        except OSError:  # a file system that knows no second name
            new.rename(path)
    finally:
        for left in (new, new.with_name(f"{new.name}-journal")):
            left.unlink(missing_ok=True)


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_S, check_same_thread=False, isolation_level=None
    )
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute(f"PRAGMA synchronous={DESK.synchronous}")
        db.execute("PRAGMA journal_size_limit=67108864")
    except sqlite3.Error:
        db.close()
        raise
    return db


def main(path: Path) -> None:
    from local_db.schema import open_database  # SQLAlchemy and Alembic: only here

    die_with_parent()
    try:
        open_database(path, DESK).engine.dispose()
    except ProfileError as error:
        print(json.dumps({"error": error.operator_text}))
    else:
        print("{}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
