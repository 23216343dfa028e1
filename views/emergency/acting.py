"""Gives the orders of the page: begin, approve, withdraw. The password stands before each."""

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from desktop.domain.emergency.incidents import ACTIVATE, APPROVE, WITHDRAW, Incident, IncidentState
from desktop.domain.permissions import Action
from desktop.errors import PlatformError
from desktop.stores.emergency_draft import EmergencyState
from desktop.tasks import TaskScope
from views.emergency.preparing import Picture
from widgets.confirm_dialog import ConfirmDialog

_ENDED_UNSENT = (IncidentState.EXPIRED, IncidentState.WITHDRAWN)
Ask = Callable[[QWidget, str, Callable[[str], Awaitable[None]]], Awaitable[bool]]


class Acting(QObject):
    """One at a time. Nothing is optimistic: what has come of it is told by room.incidents."""

    changed = Signal()
    refused = Signal(str)  # operator's text

    def __init__(self, room: RoomContext, parent: QWidget, ask: Ask = ConfirmDialog.ask) -> None:
        super().__init__(parent)
        self._room, self._page, self._ask = room, parent, ask
        self._scope = TaskScope(self)
        self.busy = ""
        """What is under way, in words; empty: nothing."""
        self.trouble = ""
        """What the platform said last, until the next try."""
        self._ended: set[str] = set()
        self.last_ended: Incident | None = None
        """The last one begun here that came to nothing: its draft is open again."""
        room.incidents.changed.connect(self._match)

    def begin(self, picture: Picture, what: str) -> None:
        """The one act, as it stood when the bar was full."""
        if picture.activation is not None and not self.busy:
            self.last_ended = None
            self._spawn(self._begin(picture, what), self.tr("正在发出"))

    def approve(self, incident: Incident, what: str) -> None:
        if not self.busy:
            self._spawn(self._give(APPROVE, incident, what), self.tr("正在复核"))

    def withdraw(self, incident: Incident, reason: str) -> None:
        """By who began it, or sent back by the second person."""
        if not self.busy:
            self._spawn(self._withdraw(incident, reason), self.tr("正在撤回"))

    # ---- carrying out -----------------------------------------------------------------------

    def _spawn(self, work: Awaitable[None], words: str) -> None:
        self.busy, self.trouble = words, ""
        self.changed.emit()
        self._scope.spawn(self._run(work), words)

    async def _run(self, work: Awaitable[None]) -> None:
        try:
            await work
        except PlatformError as error:
            self.trouble = error.operator_text
            self.refused.emit(error.operator_text)
        finally:
            self.busy = ""
            self.changed.emit()

    async def _begin(self, picture: Picture, what: str) -> None:
        if not await self._confirmed(what, Action.INCIDENT_DRAFT):
            return
        activation = picture.activation
        assert activation is not None
        order_id = await self._room.orders.incident(ACTIVATE, "", activation.draft)
        self._room.emergency.sent(picture.draft.draft_id, order_id=order_id)
        self._match()

    async def _give(self, verb: str, incident: Incident, what: str) -> None:
        if await self._confirmed(what, Action.INCIDENT_APPROVE):
            await self._room.orders.incident(verb, incident.incident_id, {})

    async def _withdraw(self, incident: Incident, reason: str) -> None:
        await self._room.orders.incident(WITHDRAW, incident.incident_id, {"reason": reason})

    async def _confirmed(self, what: str, action: Action) -> bool:
        async def confirm(password: str) -> None:
            await self._room.orders.confirm(password, action)

        return await self._ask(self._page, what, confirm)

    # ---- what has come of it ----------------------------------------------------------------

    def _match(self, _delta: object = None) -> None:
        """A draft that was given finds its incident, also after a restart of the window."""
        store = self._room.emergency
        for draft in store.drafts():
            incident = self._room.incidents.get(draft.incident_id)
            if draft.order_id and incident is None:
                incident = self._incident_of(draft)
            if incident is None:
                continue
            if incident.state in _ENDED_UNSENT:
                self.last_ended = incident
                self._ended.add(incident.incident_id)
                store.reopen(draft.draft_id)
            elif incident.state is IncidentState.CLOSED:
                store.drop(draft.draft_id)
            else:
                store.sent(draft.draft_id, incident_id=incident.incident_id)

    def _incident_of(self, draft: EmergencyState) -> Incident | None:
        user = self._room.session.user
        mine = [
            one
            for one in self._room.incidents.items().values()
            if one.plan_id == draft.plan_id
            and one.drill is draft.drill
            and one.alarm_ids[:1] == draft.alarm_ids[:1]
            and one.begun.at >= draft.opened_at
            and one.incident_id not in self._ended
            and user is not None
            and one.begun.user_id == user.user_id
        ]
        return max(mine, key=lambda one: one.begun.at, default=None)
