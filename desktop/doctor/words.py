"""The words `doctor` and `audit verify` of the command line."""

import asyncio
import contextlib
import getpass
import json
import os
import socket
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from desktop.domain.audit import Outcome
from desktop.domain.audit import Verdict as Walked
from desktop.domain.findings import Finding, Report, Verdict, exit_code
from desktop.domain.framing import frame
from desktop.domain.link_messages import Audited
from desktop.domain.permissions import Action
from desktop.errors import OperatorError
from desktop.ids import ulid
from desktop.reasons import storage_reason
from desktop.settings import socket_path
from local_db.audit import Told, read_told, verify_file

PASSWORD = "CHENGKAN_PASSWORD"
BROKEN = 2
_MARKS = {
    Verdict.OK: "正常",
    Verdict.SKIPPED: "未查",
    Verdict.WARNING: "注意",
    Verdict.FAILED: "故障",
}


def doctor(profile: Path, as_json: bool) -> int:
    """Exit code: 0 well, 1 warnings, 2 something is broken."""
    from desktop.doctor.examine import examine

    report = examine(profile)
    _report_run(profile, report)
    return _print(report, as_json)


def doctor_platform(profile: Path, url: str, username: str, as_json: bool) -> int:
    """Runs the contract against a platform, call by call. Raises OperatorError."""
    from desktop.doctor.platform import examine_platform

    password = ""
    if username:
        password = os.environ.get(PASSWORD) or _ask_password(username)
    report = asyncio.run(examine_platform(url, profile, username, password))
    return _print(report, as_json)


def _ask_password(username: str) -> str:
    if not sys.stdin.isatty():
        raise OperatorError(f"没有密码：请在终端中执行，或设置环境变量 {PASSWORD}")
    return getpass.getpass(f"{username} 的密码：")


def audit_verify(profile: Path, as_json: bool) -> int:
    """Walks audit.db of the profile. Exit code: 0 holds, 1 none or unreadable, 2 broken."""
    path = profile / "audit.db"
    if not path.exists():
        raise OperatorError(f"{path} 不存在：这个配置目录还没有审计记录")
    try:
        verdict, told = verify_file(path), read_told(path)
    except sqlite3.Error as error:
        raise OperatorError(f"{path} 读不出：{storage_reason(error)}。请备份后报告管理员") from None
    broken = verdict.broken_seq is not None
    if as_json:
        print(json.dumps(_verified(verdict, told), ensure_ascii=False, indent=1))
    elif broken:
        print(f"第 {verdict.broken_seq} 条起不可信：{verdict.reason}")
        print(f"之前的 {verdict.row_count} 条完好。请备份整个配置目录后报告管理员，不要删除")
    else:
        anchored = f"平台已知到第 {told.anchored_seq} 条（{told.anchored_at}）"
        print(
            f"{verdict.row_count} 条，链完整。{anchored if told.anchored_seq else '尚未报给平台'}"
        )
        print(f"末条哈希 {verdict.head}")
    return BROKEN if broken else 0


def _verified(verdict: Walked, told: Told) -> dict[str, object]:
    """Key names are part of the command line's promise."""
    return {
        "ok": verdict.broken_seq is None,
        "rows": verdict.row_count,
        "head": verdict.head,
        "broken_seq": verdict.broken_seq,
        "reason": verdict.reason,
        "anchored_seq": told.anchored_seq,
        "anchored_at": told.anchored_at,
        "anchors_waiting": told.waiting,
    }


def _print(report: Report, as_json: bool) -> int:
    code = exit_code(report.findings)
    if as_json:
        found = msgspec.to_builtins(report) | {"exit_code": code}
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return code
    print(f"城瞰体检  {report.subject}")
    for finding in report.findings:
        print(_line(finding))
    counts = report.counts
    print("，".join(f"{_MARKS[verdict]} {counts[verdict]}" for verdict in Verdict))
    return code


def _line(finding: Finding) -> str:
    line = f"[{_MARKS[finding.verdict]}] {finding.part}：{finding.reason}"
    return f"{line}\n       → {finding.fix}" if finding.fix else line


def _report_run(profile: Path, report: Report) -> None:
    """Into the audit trail, where a link runs that keeps it."""
    counts = report.counts
    reason = f"故障 {counts[Verdict.FAILED]}，注意 {counts[Verdict.WARNING]}"
    entry = Audited(
        entry_id=ulid(),
        at=datetime.now(UTC),
        action=Action.DOCTOR_RUN.value,
        target="command line",
        outcome=Outcome.DONE.value,
        reason=reason,
        user=getpass.getuser(),
    )
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1.0)
        line.connect(str(socket_path(profile, "link.sock")))
        line.sendall(frame(entry))
