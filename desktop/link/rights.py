"""The link's own check of rights: a button can be wrong, an order that may not be is not sent."""

import logging
from collections.abc import Callable

from desktop.clock import Clock
from desktop.domain.audit import Outcome
from desktop.domain.emergency.incidents import INCIDENT_VERBS, Incident
from desktop.domain.emergency.order_rights import Needed, needed_for
from desktop.domain.link_messages import Answer, Confirm, Order, Question
from desktop.domain.permissions import (
    Action,
    action_of_order,
    action_of_question,
    needs_confirmation,
    why_not,
)
from desktop.errors import PlatformError
from desktop.link.audit import Audit
from desktop.link.redaction import Redactor
from desktop.link.rest import Refused, Unreachable
from desktop.link.session import Session

log = logging.getLogger(__name__)

VALID_S = 60.0  # a confirmation that no order has used
MOST_TRIES = 3
PAUSE_S = 60.0  # after MOST_TRIES wrong passwords
_SHOWN = (Action.VIDEO_PLAYBACK, Action.PHONE_REVEAL)
_NOT_REGISTERED = "这个命令没有登记权限，未下达；请联系管理员"


class Rights:
    """Refusals are texts for the operator; each is in the audit trail."""

    def __init__(
        self,
        session: Session,
        audit: Audit,
        redactor: Redactor,
        clock: Clock,
        incident: Callable[[str], Incident | None] = lambda incident_id: None,
    ) -> None:
        """`incident`: by its id, as it is known here."""
        self._incident = incident
        self._session, self._audit, self._redactor = session, audit, redactor
        self._clock = clock
        self._confirmed: dict[Action, float] = {}  # until when; used up by one order
        self._wrong = 0
        self._closed_until_s = 0.0

    def session_changed(self) -> None:
        self._confirmed.clear()
        self._wrong, self._closed_until_s = 0, 0.0

    def refuse_order(self, order: Order) -> str:
        """Why this order is not taken, empty when it is. Uses up the confirmation it needed."""
        if self._session.user is None:
            return ""  # the outbox says it
        needed = self._needed(order)
        if needed is None:
            return self._refuse(order.verb, order.target_id, _NOT_REGISTERED)
        return self._judge(needed, order.target_id)

    def needs_password(self, order: Order) -> bool:
        needed = self._needed(order)
        return needed is not None and needed.password

    def _needed(self, order: Order) -> Needed | None:
        if order.verb in INCIDENT_VERBS and self._session.user is not None:
            json = order.body.get("json", "{}").encode()
            user_id = self._session.user.user_id
            return needed_for(order.verb, json, self._incident(order.target_id), user_id)
        action = action_of_order(order.verb)
        return None if action is None else Needed(action, needs_confirmation(action))

    def refuse_question(self, question: Question) -> str:
        user = self._session.user
        action = action_of_question(question.name)
        if user is None or action is None:
            return ""
        target = question.params.get("camera_id") or question.params.get("asset_id", "")
        if reason := why_not(user.roles, action):
            return self._refuse(action.value, target, reason)
        return ""

    def note_answer(self, question: Question, answer: Answer) -> None:
        """What was shown is in the trail; live pictures are told by the station, with their end."""
        action = action_of_question(question.name)
        if action is not None and action in _SHOWN and not answer.error:
            target = question.params.get("camera_id") or question.params.get("asset_id", "")
            self._audit.note(action.value, target)

    def _judge(self, needed: Needed, target: str) -> str:
        action, user = needed.action, self._session.user
        if reason := why_not(user.roles if user else (), action):
            return self._refuse(action.value, target, reason)
        if needed.refusal:
            return self._refuse(action.value, target, needed.refusal)
        until_s = self._confirmed.pop(action, 0.0)  # one order uses it up, also one without need
        if needed.password and self._clock.monotonic_s() > until_s:
            reason = f"{action.word}前须再输入一次密码"
            return self._refuse(action.value, target, reason)
        return ""

    def _refuse(self, action: str, target: str, reason: str) -> str:
        log.info("refused %s of %s: %s", action, target, reason)
        self._audit.note(action, target, Outcome.NO_RIGHT, reason)
        return reason

    async def confirm(self, message: Confirm) -> Answer:
        """Asks the platform; never raises."""
        try:
            await self._confirm(message)
        except PlatformError as error:
            self._audit.note("auth.confirm", message.action, Outcome.REFUSED, error.operator_text)
            return Answer(request_id=message.request_id, error=error.operator_text)
        self._audit.note("auth.confirm", message.action)
        return Answer(request_id=message.request_id, body=b"null")

    async def _confirm(self, message: Confirm) -> None:
        user = self._session.user
        try:
            action = Action(message.action)
        except ValueError:
            raise PlatformError(_NOT_REGISTERED) from None
        if user is None:
            raise PlatformError("尚未登录，不能复核密码")
        if reason := why_not(user.roles, action):
            raise PlatformError(reason)
        left_s = self._closed_until_s - self._clock.monotonic_s()
        if left_s > 0:
            raise PlatformError(f"密码连续输错 {MOST_TRIES} 次，请 {left_s:.0f} 秒后再试")
        self._redactor.know_for_good(message.password)
        await self._prove(message.password, action)
        self._wrong = 0
        self._confirmed[action] = self._clock.monotonic_s() + VALID_S

    async def _prove(self, password: str, action: Action) -> None:
        """Raises PlatformError unless it is the password of who is signed in.

        A locked desk is opened without the platform too: a red alarm does not wait for it.
        """
        try:
            return await self._session.confirm(password)
        except Refused as error:
            if error.problem.code != "bad_credentials" and error.status not in (400, 401, 422):
                raise
        except Unreachable:
            if action is not Action.SCREEN_LOCK:
                raise
            is_same = await self._session.is_same_person(password)
            if is_same is None:
                raise
            if is_same:
                return None
        self._note_wrong()
        raise PlatformError("密码不对，请重新输入")

    def _note_wrong(self) -> None:
        self._wrong += 1
        if self._wrong >= MOST_TRIES:
            self._wrong = 0
            self._closed_until_s = self._clock.monotonic_s() + PAUSE_S
