"""The audit trail: what happened is queued, committed in order, and its head told to the platform.

An order never waits for the trail and a full disk loses nothing: entries stay queued until
they are committed. The platform gets the head at start, each hour and at sign-out.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable
from pathlib import Path

from desktop.clock import Clock
from desktop.domain.audit import Anchor, AuditEntry, Outcome
from desktop.domain.link_messages import Audited, OrderCondition, OrderState, User
from desktop.domain.permissions import action_of_order
from desktop.errors import PlatformError
from desktop.ids import ulid
from desktop.link.rest import Refused, Rest
from local_db.audit import AuditTrail

log = logging.getLogger(__name__)

ANCHOR_S = 3600.0
LAST_WORD_S = 1.0  # the supervisor waits a few seconds for the end
ANCHOR_RETRY_S = 30.0
MOST_AT_ONCE = 500
MOST_QUEUED = 100_000
_FAREWELL_S = 2.0
_ENDS = {
    OrderCondition.QUEUED: Outcome.GIVEN,
    OrderCondition.ACCEPTED: Outcome.ACCEPTED,
    OrderCondition.REFUSED: Outcome.REFUSED,
    OrderCondition.EXPIRED: Outcome.EXPIRED,
}


class Audit:
    """Writes audit.db. Everything but `run` and `close` returns at once."""

    def __init__(
        self,
        path: Path,
        seat: str,
        rest: Rest,
        clock: Clock,
        kept: Callable[[tuple[str, ...]], None],
    ) -> None:
        """`kept` is told the entry_ids of committed reports. Raises ProfileError."""
        self._trail = AuditTrail(path)
        self.opened = self._trail.opened
        self.damage = self._trail.damage
        self._seat, self._rest, self._clock, self._kept = seat, rest, clock, kept
        self._queue: deque[AuditEntry] = deque()
        self._writing = asyncio.Lock()
        self._wake = asyncio.Event()
        self._user: User | None = None
        self._givers: dict[str, User] = {}  # of orders on their way
        self._anchor_at_s = 0.0
        if self.damage:
            self.note("audit.restarted", reason=f"原审计记录已损坏并移入 quarantine：{self.damage}")
        elif self.opened.lost:
            self.note("audit.tail_lost", reason=f"末尾 {self.opened.lost} 条审计记录不见了")
        self.note("link.started")

    # ---- what is noted -------------------------------------------------------------------

    def note(
        self,
        action: str,
        target: str = "",
        outcome: Outcome = Outcome.DONE,
        reason: str = "",
        *,
        entry_id: str = "",
        user: User | None = None,
    ) -> None:
        """`user` None: who is signed in."""
        who = user or self._user
        self._put(
            AuditEntry(
                entry_id=entry_id or ulid(),
                at=self._clock.now(),
                seat=self._seat,
                user=who.user_id if who else "",
                role=",".join(who.roles) if who else "",
                action=action,
                target=target,
                outcome=outcome.value,
                reason=reason,
            )
        )

    def take(self, report: Audited) -> None:
        """From the station; sent again until it is told to be kept."""
        self._put(
            AuditEntry(
                entry_id=report.entry_id,
                at=report.at,
                seat=self._seat,
                user=report.user,
                role=report.role,
                action=report.action,
                target=report.target,
                outcome=report.outcome,
                reason=report.reason,
            )
        )

    def order(self, state: OrderState, target: str = "") -> None:
        """A row when an order is written and one at its end; told again it is the same row.

        `target`: more than the order's own, as the incident that it has made.
        """
        outcome = _ENDS.get(state.condition)
        if outcome is None:
            return
        if self._user is not None:
            self._givers.setdefault(state.order_id, self._user)
        giver = self._givers.get(state.order_id)
        if outcome is not Outcome.GIVEN:
            self._givers.pop(state.order_id, None)
        action = action_of_order(state.verb)
        entry_id = f"{state.order_id}:{outcome.value}"
        self.note(
            action.value if action else state.verb,
            target or state.target_id,
            outcome,
            state.text,
            entry_id=entry_id,
            user=giver,
        )

    def sign_in_refused(self, username: str, why: str) -> None:
        self.note("session.sign_in", username, Outcome.REFUSED, why)

    def session(self, user: User | None, ended: str) -> None:
        """Who is signed in has changed; `ended` is the platform's reason."""
        before, self._user = self._user, user
        if user is not None and (before is None or before.user_id != user.user_id):
            self.note("session.sign_in", user.name)
            self._anchor_at_s = 0.0
        elif user is None and before is not None:
            self.note("session.sign_out", before.name, reason=ended, user=before)

    def _put(self, entry: AuditEntry) -> None:
        if len(self._queue) >= MOST_QUEUED:
            log.error("audit: the queue is full, %s is lost", entry.action)
            return
        self._queue.append(entry)
        self._wake.set()

    # ---- what is carried -----------------------------------------------------------------

    async def run(self) -> None:
        """Never returns. Raises the storage's error: what was not committed stays queued."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                await self.flush()
            except BaseException:
                self._wake.set()
                raise

    async def flush(self) -> None:
        """Commits what is queued. Raises sqlite3 or SQLAlchemy errors."""
        async with self._writing:
            while self._queue:
                some = [self._queue[i] for i in range(min(len(self._queue), MOST_AT_ONCE))]
                await asyncio.to_thread(self._trail.append, some)
                for _ in some:
                    self._queue.popleft()
                self._kept(tuple(entry.entry_id for entry in some))

    async def run_anchors(self) -> None:
        """Never returns."""
        while True:
            await self._clock.sleep(1.0)
            if self._clock.monotonic_s() < self._anchor_at_s or self._user is None:
                continue
            told = self._rest.wait_s == 0 and await self._tell_anchors({})
            wait_s = ANCHOR_S if told else ANCHOR_RETRY_S
            self._anchor_at_s = self._clock.monotonic_s() + wait_s

    async def farewell(self, token: str) -> None:
        """The head is told with the token of the session that ends, before it is given back."""
        if self._rest.wait_s == 0:
            await self._tell_anchors({"Authorization": f"Bearer {token}"})

    async def _tell_anchors(self, headers: dict[str, str]) -> bool:
        """False when it is worth trying again soon."""
        await self.flush()
        now = self._clock.now()
        async with self._writing:
            await asyncio.to_thread(self._trail.anchor, now)
            waiting = await asyncio.to_thread(self._trail.waiting_anchors)
        for anchor in waiting:
            try:
                await self._tell(anchor, headers)
            except Refused as error:  # 404: this platform keeps no anchors; asked each hour
                log.info("anchor %d: %s", anchor.seq, error.operator_text)
                return True
            except PlatformError as error:
                log.info("anchor %d is not told yet: %s", anchor.seq, error.operator_text)
                return False
            async with self._writing:
                await asyncio.to_thread(self._trail.told, anchor, self._clock.now())
        return True

    async def _tell(self, anchor: Anchor, headers: dict[str, str]) -> None:
        body = {"seat_id": self._seat, "seq": anchor.seq, "hash": anchor.hash}
        seat = self._seat.encode().hex()[:64]  # a header holds ASCII only, a seat any name
        key = f"anchor-{seat}-{anchor.seq}-{anchor.hash[:16]}"
        await self._rest.call(
            "POST",
            "/audit/anchors",
            body=body,
            headers=headers | {"Idempotency-Key": key},
            deadline_s=_FAREWELL_S,
            signed=not headers,
        )

    async def close(self, token: str = "") -> None:
        """Commits what it can. With a `token` the platform is told the head as it is at the end:
        who cuts rows off afterwards is found out."""
        self.note("link.stopped")
        if token:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_WORD_S):
                    await self.farewell(token)
        try:
            await self.flush()
        except Exception as error:
            log.error("audit: %d entries were not written: %s", len(self._queue), error)
        self._trail.close()
