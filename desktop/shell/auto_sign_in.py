"""Signs in by role where the platform is the stand-in city (`--as ROLE`)."""

import asyncio
import logging

from PySide6.QtCore import QObject

from desktop.commands.orders import LinkOrders
from desktop.domain.link_messages import PlatformState
from desktop.errors import PlatformError
from desktop.stores.health import SessionStore
from desktop.tasks import TaskScope

log = logging.getLogger(__name__)

RETRY_S = 2.0


class AutoSignIn(QObject):
    """Uses the stand-in's demo account of one role until the operator signs out."""

    def __init__(self, role: str, session: SessionStore, orders: LinkOrders) -> None:
        super().__init__(orders)
        self._role, self._session, self._orders = role, session, orders
        self._busy = False
        self._over = not role
        self._scope = TaskScope(self)
        session.changed.connect(self._on_session)
        orders.signed_out.connect(self._on_signed_out)

    def _on_session(self) -> None:
        platform = self._session.platform
        if self._over or self._busy or self._session.user is not None:
            return
        if platform is not None and platform.demo_accounts:
            self._busy = True
            self._scope.spawn(self._sign_in(platform), name="sign in by role")

    def _on_signed_out(self) -> None:
        self._over = True

    async def _sign_in(self, platform: PlatformState) -> None:
        account = next((a for a in platform.demo_accounts if a.role == self._role), None)
        if account is None:
            self._over = True
            log.error("the stand-in has no account for the role %s", self._role)
            return
        while self._session.user is None and not self._over:
            try:
                await self._orders.sign_in(account.username, account.password)
            except PlatformError as error:
                log.warning("sign in as %s: %s", self._role, error.operator_text)
                await asyncio.sleep(RETRY_S)
        self._busy = False
