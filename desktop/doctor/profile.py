"""The profile folder: rights, settings, every database and the audit chain. Reads only."""

import contextlib
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from pathlib import Path

from desktop.domain.findings import Finding, failed, ok, skipped, warning
from desktop.errors import SettingsError
from desktop.reasons import storage_reason
from desktop.settings import Settings, load_settings
from local_db import mark, schema
from local_db.audit import read_told, reading, verify_file
from local_db.schema import DatabaseKind

CHECK_LIMIT_S = 4.0
_STEPS = 20_000  # virtual machine steps of SQLite between two looks at the clock


def kinds() -> tuple[DatabaseKind, ...]:
    """Every database that a profile has."""
    return tuple(value for value in vars(schema).values() if isinstance(value, DatabaseKind))


def folder(profile: Path) -> Finding:
    part = "配置目录"
    try:
        facts = profile.stat()
    except FileNotFoundError:
        return ok(part, f"{profile} 尚未建立，首次启动时建立")
    except OSError:
        return failed(
            part, f"{profile} 读不到", "改正上级目录的权限，或用 --profile 指定另一个目录"
        )
    if not stat.S_ISDIR(facts.st_mode):
        return failed(part, f"{profile} 不是目录", "移走这个文件，或用 --profile 指定另一个目录")
    if not os.access(profile, os.R_OK | os.W_OK | os.X_OK):
        fix = f"执行 chown/chmod 让当前用户可写：chmod u+rwx {profile}"
        return failed(part, f"{profile} 只读，城瞰不能启动", fix)
    if facts.st_mode & 0o077:
        fix = f"执行 chmod 700 {profile}"
        return warning(part, "其他用户可以进入，里面有告警与审计记录", fix)
    return ok(part, f"{profile} 可读写，仅本人可进")


def settings(profile: Path) -> Finding:
    if not (profile / "settings.toml").exists():
        return ok("配置文件", "没有 settings.toml，用默认值")
    try:
        load_settings(profile)
    except SettingsError as error:
        return failed("配置文件", error.operator_text, "按提示改正 settings.toml 后重新启动")
    return ok("配置文件", "settings.toml 可用")


def known_settings(profile: Path) -> Settings:
    """The defaults where the file cannot be read: `settings` says so."""
    try:
        return load_settings(profile)
    except SettingsError:
        return Settings()


def database(profile: Path, kind: DatabaseKind) -> Finding:
    part, path = f"数据库 {kind.name}.db", profile / f"{kind.name}.db"
    try:
        there = path.exists()
    except OSError:
        there = False
    if not there:
        return skipped(part, "尚未建立，启动时建立")
    again = _AGAIN[kind.name]
    try:
        with reading(path) as db:
            return _database(part, db, kind, again, path)
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            return ok(part, f"可读，版本 {kind.head}；文件很大，完整性只查了一部分")
        return failed(part, storage_reason(error), again)
    except sqlite3.Error as error:
        return failed(part, storage_reason(error), again)


_AUDIT_FIX = "不要删除：把整个配置目录备份后报告管理员"
_AGAIN = {
    "cache": "退出城瞰后移走该文件再启动，将由平台重建",
    "journal": "退出城瞰后把该文件移到别处再启动：告警由平台重建，未送达的命令须重新下达",
    "desk": "退出城瞰后把该文件移到别处再启动：个人设置、窗口位置和通知从头开始",
    "audit": _AUDIT_FIX,
}
"""What the platform gives again, and what is lost with the file."""


def _database(
    part: str, db: sqlite3.Connection, kind: DatabaseKind, again: str, path: Path
) -> Finding:
    (application_id,) = db.execute("PRAGMA application_id").fetchone()
    if application_id != kind.application_id:
        return failed(part, "不是本程序的数据文件", again)
    (revision,) = db.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision != kind.head and revision not in _revisions(kind):
        fix = "升级城瞰，或换一个配置目录启动"
        return failed(part, f"由更新版本写成（{revision}），本版本不能用", fix)
    until_s = time.monotonic() + CHECK_LIMIT_S
    db.set_progress_handler(lambda: time.monotonic() > until_s, _STEPS)
    (result,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if result != "ok":
        return failed(part, "数据文件已损坏", again)
    if lost := _lost_writes(db, path, kind):
        reason = f"末尾 {lost} 次写入不见了：断电、磁盘故障，或文件被换过"
        return failed(part, reason, "启动城瞰，由平台补收；核对最近下达的操作")
    if revision != kind.head:
        return ok(part, f"完整；版本 {revision}，下次启动升级到 {kind.head}")
    return ok(part, f"完整，版本 {revision}")


def _lost_writes(db: sqlite3.Connection, path: Path, kind: DatabaseKind) -> int:
    """How far it lies behind its mark; a running link moves both."""
    noted = mark.read(path)
    if noted is None or not kind.reached:
        return 0
    found = db.execute(kind.reached).fetchone() or (0, "")
    return max(0, noted.count - found[0])


def _revisions(kind: DatabaseKind) -> set[str]:
    versions = Path(schema.__file__).parent / "migrations" / kind.name / "versions"
    return {path.stem.split("_")[0] for path in versions.glob("*.py")}


def audit_chain(profile: Path) -> Finding:
    """Walks the whole chain; see `main.py audit verify`."""
    part, path = "审计链", profile / "audit.db"
    with contextlib.suppress(OSError):
        if not path.exists():
            return skipped(part, "尚无审计记录")
    try:
        verdict, told = verify_file(path), read_told(path)
    except (sqlite3.Error, OSError) as error:
        why = storage_reason(error)
        return failed(part, f"读不出：{why}", _AUDIT_FIX)
    if verdict.broken_seq is not None:
        reason = f"第 {verdict.broken_seq} 条起不可信：{verdict.reason}"
        return failed(part, reason, _AUDIT_FIX)
    anchored = f"，平台已知到第 {told.anchored_seq} 条" if told.anchored_seq else "，尚未报给平台"
    return ok(part, f"{verdict.row_count} 条，链完整{anchored}")


def log_folder(profile: Path) -> Finding:
    path = profile / "log"
    try:
        size = sum(file.stat().st_size for file in path.iterdir() if file.is_file())
    except FileNotFoundError:
        return skipped("日志", "尚无日志")
    except OSError:
        return warning("日志", f"{path} 读不到", f"改正 {path} 的权限")
    return ok("日志", f"{size / (1 << 20):.1f} MB")


Check = Callable[[], Finding]


def checks(profile: Path) -> list[Check]:
    one_each = [lambda kind=kind: database(profile, kind) for kind in kinds()]
    rest = (folder, settings, audit_chain, log_folder)
    return [*(lambda work=work: work(profile) for work in rest), *one_each]
