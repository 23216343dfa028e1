"""What the health view asks of the link itself: the contract check, and the audit trail."""

import asyncio
import logging
import sqlite3
import ssl
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from desktop.clock import Clock
from desktop.domain.audit import AuditPage
from desktop.domain.findings import Finding, Report, exit_code
from desktop.domain.link_messages import Answer, Question
from desktop.domain.permissions import Action
from desktop.link.audit import Audit
from desktop.link.broker_check import check_broker
from desktop.link.platform_check import PlatformCheck
from desktop.link.rest import Rest
from desktop.link.session import Session
from desktop.reasons import storage_reason
from local_db.audit import read_rows, read_told, verify_file

log = logging.getLogger(__name__)

MOST_ROWS = 500
NAMES = frozenset({"platform_check", "audit_rows"})
_BUSY = "上一次体检还没有结束，请稍候"
_BROKEN = "体检本身出错，已记入日志；请告知管理员"


class Examination:
    """Answers Questions of NAMES; the rights were checked before."""

    def __init__(
        self, rest: Rest, session: Session, audit: Audit, profile: Path, tls: ssl.SSLContext,
        clock: Clock,
    ) -> None:  # fmt: skip
        self._rest, self._session, self._audit = rest, session, audit
        self._profile, self._tls, self._clock = profile, tls, clock
        self._running = asyncio.Lock()

    async def answer(self, question: Question) -> Answer:
        """Never raises."""
        try:
            if question.name == "audit_rows":
                body = msgspec.json.encode(await self._trail())
            elif self._running.locked():
                return Answer(request_id=question.request_id, error=_BUSY)
            else:
                async with self._running:
                    body = msgspec.json.encode(await self._check())
        except (sqlite3.Error, OSError) as error:
            text = f"审计记录读不出：{storage_reason(error)}"
            return Answer(request_id=question.request_id, error=text)
        except Exception:
            log.exception("examination %s", question.name)
            return Answer(request_id=question.request_id, error=_BROKEN)
        return Answer(request_id=question.request_id, body=body)

    async def _trail(self) -> AuditPage:
        """The walk of the whole chain too: who looks at it wants to know whether it holds."""
        await self._audit.flush()
        path = self._profile / "audit.db"
        rows = await asyncio.to_thread(read_rows, path, MOST_ROWS)
        verdict = await asyncio.to_thread(verify_file, path)
        told = await asyncio.to_thread(read_told, path)
        self._audit.note(Action.AUDIT_VIEW.value)
        return AuditPage(
            rows=tuple(rows),
            count=verdict.row_count,
            broken_seq=verdict.broken_seq,
            reason=verdict.reason,
            anchored_seq=told.anchored_seq,
            anchored_at=told.anchored_at,
        )

    async def _check(self) -> Report:
        """On a connection of its own: a failing call must not turn the desk's lights."""
        rest = Rest(self._rest.base_url, self._tls, self._clock, _ignore)
        rest.token, rest.renew = self._rest.token, self._rest.renew
        try:
            found = await PlatformCheck(rest, self._clock).run()
            found += await self._broker()
        finally:
            await rest.close()
        self._audit.note(
            Action.DOCTOR_RUN.value, self._rest.base_url, reason=f"结果 {exit_code(found)}"
        )
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return Report(self._rest.base_url, at, tuple(found))

    async def _broker(self) -> list[Finding]:
        broker, user = self._session.broker, self._session.user
        if broker is None or user is None:
            return []
        seat = user.seat_id or "seat"
        return await check_broker(self._session.account(), broker.prefix, seat, self._tls)


def _ignore(_failure: str) -> None: ...
