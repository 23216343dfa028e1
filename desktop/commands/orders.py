"""What the operator orders. The platform owns the state: nothing turns before it says so."""

import time
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.commands.incidents import incident_order
from desktop.commands.waiting import NO_LINK, Waiting
from desktop.domain.link_messages import (
    Answer,
    Confirm,
    Order,
    OrderCondition,
    OrderState,
    SignIn,
    SignOut,
    ToLink,
)
from desktop.domain.outreach import CALL, HANG_UP, SEND, Draft, body_of
from desktop.domain.permissions import Action
from desktop.errors import PlatformAway, PlatformError
from desktop.ids import ulid
from desktop.stores.health import SessionStore
from desktop.stores.link_client import LinkClient

ORDER_TTL_S = 120.0
SIGN_IN_LIMIT_S = 20.0
_SIGNED_IN = "sign-in"
_TOLD_PEOPLE = 8  # in the audit trail; more are counted
_OTHER_PERSON = "下达命令的人已退出登录，命令未发出。如仍需要，请重新下达"


class _Unwritten(NamedTuple):
    """Given to the link's socket; the link has not said yet that it is in its outbox."""

    order: Order
    user_id: str
    until_s: float  # monotonic


class LinkOrders(QObject):
    """Implements desktop.context.Orders. Every method raises PlatformError."""

    order_changed = Signal(object)  # OrderState, for who shows orders on their way
    signed_out = Signal()  # by the operator's wish

    def __init__(
        self, client: LinkClient, session: SessionStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._client, self._session = client, session
        self._orders: Waiting[None] = Waiting()
        self._unwritten: dict[str, _Unwritten] = {}
        self._carried: dict[str, str] = {}  # order_id -> what was last said of it
        self._sign_in: Waiting[None] = Waiting()
        self._confirming: Waiting[None] = Waiting()
        client.answered.connect(self._on_answer)
        client.order_changed.connect(self._on_order)
        client.disconnected.connect(self._on_disconnected)
        session.changed.connect(self._on_session)
        session.refused.connect(self._on_refused)

    async def sign_in(self, username: str, password: str) -> None:
        """Returns when the platform has let the person in."""
        self._send(SignIn(username=username, password=password))
        late = f"平台 {SIGN_IN_LIMIT_S:.0f} 秒内没有应答登录请求；请检查网络后再试"
        await self._sign_in.wait(_SIGNED_IN, SIGN_IN_LIMIT_S, late)

    async def sign_out(self) -> None:
        self._send(SignOut())
        self.signed_out.emit()

    async def confirm(self, password: str, action: Action) -> None:
        """Raises PlatformError when the password is wrong or nobody can be asked."""
        request_id = ulid()
        self._send(Confirm(request_id=request_id, action=action.value, password=password))
        late = f"平台 {SIGN_IN_LIMIT_S:.0f} 秒内没有应答密码复核；请检查网络后再试"
        await self._confirming.wait(request_id, SIGN_IN_LIMIT_S, late)

    async def acknowledge(self, alarm_id: str, note: str = "") -> None:
        await self._order("acknowledge", alarm_id, {"note": note})

    async def send_message(self, draft: Draft) -> str:
        return await self._reach(SEND, draft)

    async def place_call(self, draft: Draft) -> str:
        return await self._reach(CALL, draft)

    async def hang_up(self, order_id: str) -> None:
        await self._order(HANG_UP, order_id, {})

    async def incident(self, verb: str, incident_id: str, body: object, order_id: str = "") -> str:
        """Gives the order's id, once the platform has accepted."""
        seen = self._client.stores.incidents.get(incident_id)
        order = incident_order(verb, incident_id, body, seen, order_id)
        await self.carry(order)
        return order.order_id

    async def _reach(self, verb: str, draft: Draft) -> str:
        """Gives the order's id, by which the link tells how far it has come."""
        user = self._session.user
        try:
            body = body_of(draft, user.name if user is not None else "")
        except ValueError:
            raise PlatformError("请选 1 至 50 个对象") from None
        order_id = ulid()
        target = ",".join(person.person_id for person in draft.people[:_TOLD_PEOPLE])
        more = len(draft.people) - _TOLD_PEOPLE
        await self._order(verb, f"{target} +{more}" if more > 0 else target, body, order_id)
        return order_id

    async def _order(
        self, verb: str, target_id: str, body: dict[str, str], order_id: str = ""
    ) -> None:
        order_id = order_id or ulid()
        await self.carry(
            Order(order_id=order_id, verb=verb, target_id=target_id, body=body, ttl_s=ORDER_TTL_S)
        )

    async def carry(self, order: Order) -> None:
        """Returns when the platform has accepted it.

        A link that dies before the order is in its outbox gets it again when it is back, with
        the same id: it is carried out once, or it ends here with a word to the operator.
        """
        self._send(order)
        user = self._session.user
        until_s = time.monotonic() + order.ttl_s
        self._unwritten[order.order_id] = _Unwritten(order, user.user_id if user else "", until_s)
        self._carried[order.order_id] = ""
        late = f"平台 {order.ttl_s:.0f} 秒内没有确认这个命令，命令已作废；请核对后重新下达"
        try:
            await self._orders.wait(order.order_id, order.ttl_s + 2.0, late)
        except PlatformAway:
            raise PlatformAway(self._carried[order.order_id] or late) from None
        finally:
            self._unwritten.pop(order.order_id, None)
            self._carried.pop(order.order_id, None)

    def _send(self, message: ToLink) -> None:
        if not self._client.send(message):
            raise PlatformError(NO_LINK)

    def _on_order(self, order: OrderState) -> None:
        self._unwritten.pop(order.order_id, None)
        if order.order_id in self._carried:
            self._carried[order.order_id] = order.text
        if order.condition is OrderCondition.ACCEPTED:
            self._orders.resolve(order.order_id, None)
        elif order.condition is OrderCondition.REFUSED:
            self._orders.fail(order.order_id, order.text or "平台拒绝了这个命令")
        elif order.condition is OrderCondition.EXPIRED:
            self._orders.fail(order.order_id, order.text or "命令超时作废，未执行；请重新下达")
        self.order_changed.emit(order)

    def _on_answer(self, answer: Answer) -> None:
        if answer.error:
            self._confirming.fail(answer.request_id, answer.error)
        else:
            self._confirming.resolve(answer.request_id, None)

    def _on_session(self) -> None:
        if self._session.user is not None:
            self._sign_in.resolve(_SIGNED_IN, None)
            self._give_again(self._session.user.user_id)

    def _give_again(self, user_id: str) -> None:
        """Each link that is new says first who is signed in. What it knows it carries once."""
        for order, giver, until_s in tuple(self._unwritten.values()):
            left_s = until_s - time.monotonic()
            if giver != user_id:
                self._orders.fail(order.order_id, _OTHER_PERSON)
            elif left_s > 0:
                self._client.send(msgspec.structs.replace(order, ttl_s=left_s))

    def _on_refused(self, text: str) -> None:
        self._sign_in.fail(_SIGNED_IN, text)

    def _on_disconnected(self) -> None:
        """Orders stay: the link has them in its outbox and tells their end when it is back."""
        self._sign_in.fail_all(NO_LINK)
        self._confirming.fail_all(NO_LINK)
