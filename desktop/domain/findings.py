"""What an examination found, of this machine or of a platform. Pure."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec


class Verdict(StrEnum):
    OK = "ok"
    SKIPPED = "skipped"  # could not be asked here, or is not needed
    WARNING = "warning"  # the desk works, something is missing
    FAILED = "failed"


class Finding(msgspec.Struct, frozen=True):
    """One line: what was looked at, what was found, and what to do (empty when nothing)."""

    part: str
    verdict: Verdict
    reason: str
    fix: str = ""
    took_ms: int = 0


def ok(part: str, reason: str) -> Finding:
    return Finding(part, Verdict.OK, reason)


def skipped(part: str, reason: str, fix: str = "") -> Finding:
    return Finding(part, Verdict.SKIPPED, reason, fix)


def warning(part: str, reason: str, fix: str) -> Finding:
    return Finding(part, Verdict.WARNING, reason, fix)


def failed(part: str, reason: str, fix: str) -> Finding:
    return Finding(part, Verdict.FAILED, reason, fix)


def exit_code(findings: Sequence[Finding]) -> int:
    """0 all is well, 1 works with warnings, 2 something is broken."""
    verdicts = {finding.verdict for finding in findings}
    if Verdict.FAILED in verdicts:
        return 2
    return 1 if Verdict.WARNING in verdicts else 0


class Report(msgspec.Struct, frozen=True):
    """A whole examination; `subject` is a profile folder or a platform's address."""

    subject: str
    at: str  # RFC 3339
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> dict[Verdict, int]:
        return {v: sum(f.verdict is v for f in self.findings) for v in Verdict}
