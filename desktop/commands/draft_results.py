"""What became of an act that was given: also after window or link have died in between.

The order is found by its id, which is its key at the platform too: nothing is given again here.
"""

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance
from shiboken6 import isValid

from desktop.domain.link_messages import OrderCondition, OrderState
from desktop.errors import PlatformError
from desktop.stores.emergency_draft import EmergencyDraft, EmergencyState
from desktop.stores.health import HealthStore, SessionStore
from desktop.tasks import TaskScope, loop_runs

AGAIN_MS = 3_000
_NEVER_TAKEN = "上次启动没有发出：本机在发出之前中断，什么也没有执行；请核对现场后重新启动"
_LOST = "上次启动平台已经接受，但查不到是哪一次响应；请先核对进行中的响应，再决定是否重新启动"


class _Questions(Protocol):
    async def order_state(self, order_id: str) -> OrderState | None: ...


class DraftResults(QObject):
    """One for a window; asks the link for each draft of which nothing is known."""

    def __init__(
        self,
        drafts: EmergencyDraft,
        questions: _Questions,
        health: HealthStore,
        session: SessionStore,
        told: SignalInstance,
        parent: QObject | None = None,
    ) -> None:
        """`told`: carries each OrderState of the link."""
        super().__init__(parent)
        self._drafts, self._questions = drafts, questions
        self._health, self._session = health, session
        self._scope = TaskScope(self)
        self._asking = False
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.look)
        told.connect(drafts.take_order)
        for changed in (drafts.changed, health.changed, session.changed):
            changed.connect(self.look)

    def look(self) -> None:
        """Soon, and once for many calls; nothing where nothing is unknown."""
        ready = self._health.link_connected and self._session.user is not None
        if self._asking or self._again.isActive() or not ready or not loop_runs():
            return
        if self._drafts.unknown():
            self._asking = True
            self._scope.spawn(self._ask(), "results of acts")

    async def _ask(self) -> None:
        try:
            for draft in self._drafts.unknown():
                await self._resolve(draft)
        except PlatformError:
            pass  # the link or the platform is away: asked again
        finally:
            if isValid(self):  # the window may have gone meanwhile
                self._asking = False
                self._again.start()

    async def _resolve(self, draft: EmergencyState) -> None:
        state = await self._questions.order_state(draft.order_id)
        if draft not in self._drafts.unknown():
            return  # it was told meanwhile
        if state is None:
            self._drafts.reopen(draft.draft_id, _NEVER_TAKEN)
        elif state.condition is OrderCondition.ACCEPTED and not state.result_id:
            self._drafts.reopen(draft.draft_id, _LOST)
        else:
            self._drafts.take_order(state)
