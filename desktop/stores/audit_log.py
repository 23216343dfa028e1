"""What is done and seen at this station, on its way into the audit trail.

The link keeps the trail. What it has not confirmed yet waits here and is sent again when it
comes back: a dead link loses nothing.
"""

import logging

from PySide6.QtCore import QObject, Signal

from desktop.clock import Clock, SystemClock
from desktop.domain.audit import Outcome
from desktop.domain.link_messages import Audited, AuditKept
from desktop.ids import ulid
from desktop.stores.health import SessionStore
from desktop.stores.link_client import LinkClient

log = logging.getLogger(__name__)

MOST_WAITING = 20_000


class AuditLog(QObject):
    """Views and the shell note; nobody here reads the trail."""

    closing = Signal()  # last chance to note what is still open

    def __init__(
        self,
        client: LinkClient | None = None,
        session: SessionStore | None = None,
        clock: Clock | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Without a client everything waits (tests, a room that is not connected)."""
        super().__init__(parent)
        self._client, self._session = client, session
        self._clock = clock or SystemClock()
        self._waiting: dict[str, Audited] = {}
        if client is not None:
            client.audit_kept.connect(self._on_kept)
            client.connected.connect(self._send_all)

    @property
    def waiting(self) -> tuple[Audited, ...]:
        """Not confirmed yet, oldest first."""
        return tuple(self._waiting.values())

    def note(
        self,
        action: str,
        target: str = "",
        outcome: Outcome = Outcome.DONE,
        reason: str = "",
    ) -> None:
        """`action`: an Action, or a word of its own with a dot. Names, never secrets."""
        user = self._session.user if self._session is not None else None
        entry = Audited(
            entry_id=ulid(),
            at=self._clock.now(),
            action=str(action),
            target=target,
            outcome=outcome.value,
            reason=reason,
            user=user.user_id if user else "",
            role=",".join(user.roles) if user else "",
        )
        if len(self._waiting) >= MOST_WAITING:
            log.error("audit: too much waits for the link, %s is lost", action)
            return
        self._waiting[entry.entry_id] = entry
        if self._client is not None:
            self._client.send(entry)

    def close(self) -> None:
        """Before the link's socket is closed."""
        self.closing.emit()

    def _send_all(self) -> None:
        for entry in self.waiting:
            if self._client is None or not self._client.send(entry):
                return

    def _on_kept(self, kept: AuditKept) -> None:
        for entry_id in kept.entry_ids:
            self._waiting.pop(entry_id, None)
