"""Gives the orders of the page: begin, approve, withdraw. The password stands before each."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.commands.escalation import platform_now
from desktop.context import RoomContext
from desktop.domain.emergency.incidents import (
    ACTIVATE,
    ADD_ORDERS,
    APPROVE,
    RAISE_LEVEL,
    WITHDRAW,
    Incident,
    IncidentState,
    MessageDraft,
    OrderDraft,
)
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.permissions import Action
from desktop.errors import PlatformAway, PlatformError
from desktop.ids import ulid
from desktop.stores.emergency_draft import EmergencyState
from desktop.tasks import TaskScope
from views.emergency.preparing import Picture
from widgets.confirm_dialog import ConfirmDialog

KEPT = timedelta(hours=12)
_ENDED_UNSENT = (IncidentState.EXPIRED, IncidentState.WITHDRAWN)
Ask = Callable[[QWidget, str, Callable[[str], Awaitable[None]]], Awaitable[bool]]


class Acting(QObject):
    """One at a time. Nothing is optimistic: what has come of it is told by room.incidents."""

    changed = Signal()
    done = Signal(bool)  # True: given and taken; False: given up, refused, or not known
    refused = Signal(str)  # operator's text

    def __init__(self, room: RoomContext, parent: QWidget, ask: Ask = ConfirmDialog.ask) -> None:
        super().__init__(parent)
        self._room, self._page, self._ask = room, parent, ask
        self._scope = TaskScope(self)
        self.busy = ""
        """What is under way, in words; empty: nothing."""
        self.trouble = ""
        """What the platform said last, until the next try."""
        self.last_ended: Incident | None = None
        """The last one begun here that came to nothing: its draft is open again."""
        room.incidents.changed.connect(self.match)
        room.emergency.changed.connect(self.match)

    def is_busy(self) -> bool:
        return bool(self.busy)

    def begin(self, picture: Picture, what: str) -> None:
        """The one act, as it stood when the bar was full."""
        if picture.activation is not None and not self.busy:
            self.last_ended = None
            self._spawn(self._begin(picture, what), self.tr("正在发出"))

    def approve(self, incident: Incident, what: str) -> None:
        if not self.busy:
            self._spawn(self._give(APPROVE, incident, {}, what), self.tr("正在复核"))

    def change_level(self, incident: Incident, level: ResponseLevel, what: str) -> None:
        """At once, or when the second person has signed it."""
        if not self.busy:
            body = {"level": level.value}
            work = self._give(RAISE_LEVEL, incident, body, what)
            self._spawn(work, self.tr("正在变更级别"))

    def add_orders(
        self, incident: Incident, orders: Sequence[OrderDraft], messages: Sequence[MessageDraft]
    ) -> None:
        """More crews for an incident that runs; held, and without the password."""
        if not self.busy:
            body = {"orders": tuple(orders), "messages": tuple(messages)}
            work = self._room.orders.incident(ADD_ORDERS, incident.incident_id, body)
            self._spawn(work, self.tr("正在下达"))

    def withdraw(self, incident: Incident, reason: str) -> None:
        """By who began it, or sent back by the second person."""
        if not self.busy:
            self._spawn(self._withdraw(incident, reason), self.tr("正在撤回"))

    # ---- carrying out -----------------------------------------------------------------------

    def _spawn(self, work: Awaitable[object], words: str) -> None:
        self.busy, self.trouble = words, ""
        self.changed.emit()
        self._scope.spawn(self._run(work), words)

    async def _run(self, work: Awaitable[object]) -> None:
        was_given = False
        try:
            was_given = await work is not False
        except PlatformError as error:
            self.trouble = error.operator_text
            self.refused.emit(error.operator_text)
        finally:
            if isValid(self):  # the window may have gone meanwhile
                self.busy = ""
                self.changed.emit()
                self.done.emit(was_given)

    async def _begin(self, picture: Picture, what: str) -> None:
        """The id is noted before the password is asked: whatever is killed from now on, the draft
        is found by it, and the platform carries it out once."""
        store, draft_id = self._room.emergency, picture.draft.draft_id
        activation = picture.activation
        assert activation is not None
        order_id = ulid()
        store.giving(draft_id, order_id)
        try:
            if await self._confirmed(what, Action.INCIDENT_DRAFT):
                await self._room.orders.incident(ACTIVATE, "", activation.draft, order_id)
            else:
                store.reopen(draft_id)
        except PlatformAway:
            pass  # not known what became of it: it is asked by its id
        except PlatformError as error:
            store.reopen(draft_id, error.operator_text)
            raise
        finally:
            if isValid(store):
                store.given(order_id)
        self.match()

    async def _give(self, verb: str, incident: Incident, body: object, what: str) -> bool:
        """False: the password was given up."""
        if not await self._confirmed(what, Action.INCIDENT_APPROVE):
            return False
        await self._room.orders.incident(verb, incident.incident_id, body)
        return True

    async def _withdraw(self, incident: Incident, reason: str) -> None:
        await self._room.orders.incident(WITHDRAW, incident.incident_id, {"reason": reason})

    async def _confirmed(self, what: str, action: Action) -> bool:
        async def confirm(password: str) -> None:
            await self._room.orders.confirm(password, action)

        return await self._ask(self._page, what, confirm)

    # ---- what has come of it ----------------------------------------------------------------

    def match(self, _delta: object = None) -> None:
        """A draft follows the incident that it has become, also after a restart of the window."""
        store = self._room.emergency
        for draft in store.drafts():
            incident = self._room.incidents.get(draft.incident_id)
            if incident is None:
                if draft.is_sent and self._is_long_over(draft):
                    store.drop(draft.draft_id)
                continue
            if incident.state in _ENDED_UNSENT:
                self.last_ended = incident
                store.reopen(draft.draft_id)
            elif incident.state is IncidentState.CLOSED:
                store.drop(draft.draft_id)

    def _is_long_over(self, draft: EmergencyState) -> bool:
        """The link tells what is open and what was this shift: what it does not know has ended."""
        room = self._room
        return room.incidents.is_told and platform_now(room) - draft.opened_at > KEPT
