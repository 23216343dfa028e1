"""Python, disk, limits, time zone, ports, keyring, broker, sandbox: what needs no window."""

import os
import resource
import shutil
import socket
import sys
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from desktop.domain.findings import Finding, failed, ok, skipped, warning
from desktop.reasons import system_reason

OLDEST_PYTHON = (3, 11)
LOW_DISK_BYTES, LITTLE_DISK_BYTES = 500 << 20, 2 << 30
FEWEST_FILES = 1024
CITY_OFFSET_S = 8 * 3600
_NEEDED = ("PySide6", "msgspec", "paho-mqtt", "httpx", "SQLAlchemy", "alembic", "av", "python-vlc")


def python() -> Finding:
    here = ".".join(map(str, sys.version_info[:3]))
    missing = [name for name in _NEEDED if not _installed(name)]
    if sys.version_info < OLDEST_PYTHON:
        return failed("Python", f"版本 {here} 太旧", "换用 Python 3.11 或更新的版本")
    if missing:
        what = "、".join(missing)
        fix = "在虚拟环境中执行 pip install -r requirements.lock"
        return failed("Python", f"{here}，缺少 {what}", fix)
    return ok("Python", f"{here}，PySide6 {version('PySide6')}")


def _installed(name: str) -> bool:
    try:
        return bool(version(name))
    except PackageNotFoundError:
        return False


def user() -> Finding:
    if os.geteuid() == 0:
        reason = "以 root 运行：网页沙箱关闭，只能用模拟城市"
        return warning("账户", reason, "换用普通用户启动城瞰")
    return ok("账户", "普通用户")


def sandbox() -> Finding:
    """Chromium's sandbox needs user namespaces, or a setuid helper that PySide6 has not."""
    part = "网页沙箱"
    if os.geteuid() == 0:
        return skipped(part, "root 下不可用", "换用普通用户启动城瞰")
    for path, wrong in (
        ("/proc/sys/kernel/unprivileged_userns_clone", "0"),
        ("/proc/sys/user/max_user_namespaces", "0"),
        ("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"),
    ):
        if _read(path) == wrong:
            fix = "请系统管理员允许普通用户使用用户命名空间（user namespaces）"
            return warning(part, f"{Path(path).name} = {wrong}，地图页面可能打不开", fix)
    return ok(part, "用户命名空间可用")


def _read(path: str) -> str:
    try:
        return Path(path).read_text("ascii").strip()
    except OSError:
        return ""


def disk(profile: Path) -> Finding:
    """Of the profile, or of the folder that it will lie in."""
    part, folder = "磁盘空间", profile
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return failed(part, f"读不到（{system_reason(error)}）", f"检查 {folder} 所在磁盘")
    words = f"剩余 {free / (1 << 30):.1f} GB"
    if free < LOW_DISK_BYTES:
        return failed(part, words, "立即清理磁盘：不足 0.5 GB 时告警将无法存盘")
    if free < LITTLE_DISK_BYTES:
        return warning(part, words, "清理磁盘，至少留出 2 GB")
    return ok(part, words)


def limits() -> Finding:
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files != resource.RLIM_INFINITY and files < FEWEST_FILES:
        fix = f"启动前执行 ulimit -n 4096，或在 limits.conf 中把 nofile 设为 {FEWEST_FILES} 以上"
        return warning("系统限额", f"可打开文件数只有 {files}", fix)
    return ok("系统限额", f"可打开文件数 {files}")


def time_zone() -> Finding:
    now = datetime.now().astimezone()
    offset = now.utcoffset()
    name = now.tzname() or ""
    if offset is not None and offset.total_seconds() == CITY_OFFSET_S:
        return ok("时区", f"{name}（UTC+8）")
    reason = f"本机时区是 {name}，不是北京时间；界面仍按北京时间显示"
    return warning("时区", reason, "执行 timedatectl set-timezone Asia/Shanghai")


def ports() -> Finding:
    """The stand-in, its broker and its streams listen on loopback."""
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
    except OSError as error:
        fix = "检查本机防火墙和 lo 网卡（ip addr show lo）"
        return failed("本机端口", f"127.0.0.1 不能监听（{system_reason(error)}）", fix)
    return ok("本机端口", f"127.0.0.1 可监听（试了 {port}）")


def broker(standin: bool) -> Finding:
    """Only the stand-in brings its own broker."""
    found = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
    if found:
        return ok("mosquitto", found)
    if not standin:
        return skipped("mosquitto", "未安装；连接真实平台时不需要")
    return failed("mosquitto", "未安装，模拟城市不能运行", "执行 apt-get install mosquitto")


def keyring() -> Finding:
    """Whether there is a store for secrets; the bus is only looked for, never asked."""
    part = "密钥环"
    if (
        not os.environ.get("DBUS_SESSION_BUS_ADDRESS")
        and not Path(f"/run/user/{os.getuid()}/bus").exists()
    ):
        return skipped(part, "没有用户会话总线；城瞰不在磁盘上存密码，每次登录须手工输入")
    return ok(part, "用户会话总线可用；城瞰不在磁盘上存密码，每次登录须手工输入")


def display() -> Finding:
    from desktop.display import refuse_without_display
    from desktop.errors import OperatorError

    try:
        refuse_without_display()
    except OperatorError as error:
        what, _, fix = error.operator_text.partition("：")
        return warning("显示器", what, fix)
    return ok("显示器", os.environ.get("DISPLAY", ""))
