"""What stations want: each wish is checked against the rights, carried, and written down."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec

from desktop.domain.link_messages import (
    Answer,
    Audited,
    Confirm,
    Order,
    OrderCondition,
    OrderState,
    Question,
    SessionState,
    SignIn,
    SignOut,
    ToLink,
)
from desktop.errors import PlatformAway, PlatformError
from desktop.link import examination
from desktop.link.audit import Audit
from desktop.link.outbox import Outbox
from desktop.link.questions import Questions
from desktop.link.rights import Rights
from desktop.link.session import Session
from desktop.link.station_socket import Client

MOST_QUESTIONS = 8


class Wishes:
    """One for all stations; each wish is a task of its own."""

    def __init__(
        self,
        session: Session,
        audit: Audit,
        rights: Rights,
        outbox: Outbox,
        questions: Questions,
        examiner: examination.Examination,
        spawn: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._session, self._audit, self._rights = session, audit, rights
        self._outbox, self._questions, self._examiner = outbox, questions, examiner
        self._spawn = spawn
        self._asking = asyncio.Semaphore(MOST_QUESTIONS)

    def take(self, client: Client, message: ToLink) -> None:
        match message:
            case SignIn():
                self._spawn(self._sign_in(client, message))
            case SignOut():
                self._spawn(self._session.sign_out(self._audit.farewell))
            case Order():
                self._spawn(self._order(client, message))
            case Question():
                self._spawn(self._answer(client, message))
            case Confirm():
                self._spawn(self._confirm(client, message))
            case Audited():
                self._audit.take(message)

    async def _sign_in(self, client: Client, message: SignIn) -> None:
        try:
            await self._session.sign_in(message.username, message.password)
        except PlatformError as error:
            self._audit.sign_in_refused(message.username, error.operator_text)
            client.send(SessionState(user=self._session.user, refused=error.operator_text))

    async def _order(self, client: Client, order: Order) -> None:
        # A link that died after it was written gets it again, and has no password any more.
        again = self._rights.needs_password(order) and await self._outbox.has(order.order_id)
        reason = "" if again else self._rights.refuse_order(order)
        if not reason:
            return await self._outbox.take(order)
        client.send(
            OrderState(
                order_id=order.order_id,
                verb=order.verb,
                target_id=order.target_id,
                condition=OrderCondition.REFUSED,
                text=reason,
            )
        )

    async def _order_state(self, question: Question) -> Answer:
        """A list of the one OrderState; empty for an order that never came here."""
        request_id = question.request_id
        try:
            found = await self._outbox.found(question.params.get("order_id", ""))
        except PlatformError as error:
            away = isinstance(error, PlatformAway)
            return Answer(request_id=request_id, error=error.operator_text, away=away)
        return Answer(request_id=request_id, body=msgspec.json.encode([found] if found else []))

    async def _confirm(self, client: Client, message: Confirm) -> None:
        client.send(await self._rights.confirm(message))

    async def _answer(self, client: Client, question: Question) -> None:
        if reason := self._rights.refuse_question(question):
            client.send(Answer(request_id=question.request_id, error=reason))
            return
        if question.name in examination.NAMES:
            client.send(await self._examiner.answer(question))
            return
        if question.name == "order_state":
            client.send(await self._order_state(question))
            return
        # Cells take turns of their own: a picture does not wait behind a map.
        is_cell = question.name == "layer_cell"
        async with contextlib.nullcontext() if is_cell else self._asking:
            answer = await self._questions.answer(question)
        self._rights.note_answer(question, answer)
        client.send(answer)
