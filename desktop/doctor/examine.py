"""All checks at once, each bounded; one that breaks is a finding and stops no other."""

import json
import logging
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec

from desktop.display import refuse_without_display
from desktop.doctor import machine, profile, screens
from desktop.domain.findings import Finding, Report, failed, ok, skipped, warning
from desktop.errors import OperatorError
from desktop.supervision.profile import read_runtime

log = logging.getLogger(__name__)

WORKERS = 8
CLOCK_LIMIT_S = 3.0
MOST_OFFSET_S = 2.0
Check = Callable[[], Finding | list[Finding]]


def examine(folder: Path) -> Report:
    """Blocks up to 10 s; writes nothing."""
    has_display = _has_display()
    slow: list[Check] = [screens.screen, partial(screens.web, has_display), screens.video]
    quick: list[Check] = [
        machine.python, machine.user, machine.sandbox, partial(machine.disk, folder),
        machine.limits, machine.time_zone, partial(clock, folder), machine.ports,
        partial(machine.broker, not profile.known_settings(folder).platform_url),
        machine.keyring, machine.display, *profile.checks(folder),
    ]  # fmt: skip
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="doctor") as pool:
        running = [pool.submit(_timed, check) for check in (*slow, *quick)]
        found = [work.result() for work in running]
    drawn, rest = found[: len(slow)], found[len(slow) :]
    findings = [finding for part in (*rest, *drawn) for finding in part]
    return Report(str(folder), datetime.now(UTC).isoformat(timespec="seconds"), tuple(findings))


def _timed(check: Check) -> list[Finding]:
    started_s = time.monotonic()
    try:
        found = check()
    except Exception as error:
        log.exception("a check broke")
        name = getattr(getattr(check, "func", check), "__name__", "检查")
        found = failed(name, f"检查本身出错：{type(error).__name__}", "把这一行报告管理员")
    rows = found if isinstance(found, list) else [found]
    took_ms = round((time.monotonic() - started_s) * 1000)
    return [msgspec.structs.replace(row, took_ms=took_ms) for row in rows]


def _has_display() -> bool:
    try:
        refuse_without_display()
    except OperatorError:
        return False
    return True


def clock(folder: Path) -> Finding:
    """Against the platform in use; without one there is nothing to compare with."""
    part = "时钟"
    runtime = read_runtime(folder)
    url = (runtime or {}).get("platform_url") or profile.known_settings(folder).platform_url
    if not url:
        return skipped(part, "没有运行中的平台可比对", "启动城瞰后再查，或用 doctor --platform URL")
    before_s, before = time.monotonic(), datetime.now(UTC)
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/health", timeout=CLOCK_LIMIT_S) as answer:
            theirs = datetime.fromisoformat(json.loads(answer.read())["time"])
        offset_s = (before - theirs).total_seconds() + (time.monotonic() - before_s) / 2
    except (OSError, ValueError, KeyError, TypeError):
        return skipped(part, "平台没有回答时间", "平台恢复后再查")
    return clock_finding(offset_s)


def clock_finding(offset_s: float) -> Finding:
    """`offset_s` is this desk minus the platform."""
    if abs(offset_s) <= MOST_OFFSET_S:
        return ok("时钟", f"与平台相差 {round(offset_s, 1) + 0.0:+.1f} 秒")
    which = "快" if offset_s > 0 else "慢"
    reason = f"本机比平台{which} {_span(abs(offset_s))}，等待时长与数据龄会显示不准"
    fix = "执行 timedatectl set-ntp true 校时；不能联网时请管理员配置内网 NTP 服务器"
    return warning("时钟", reason, fix)


def _span(seconds_s: float) -> str:
    if seconds_s < 120:
        return f"{seconds_s:.0f} 秒"
    return f"{seconds_s / 60:.0f} 分钟" if seconds_s < 7200 else f"{seconds_s / 3600:.1f} 小时"
