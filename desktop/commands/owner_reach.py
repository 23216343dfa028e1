"""The orders of a panel that stands beside one thing: to its owner, and to who is next."""

from collections.abc import Sequence

from desktop.commands.reach import Reach, Room
from desktop.domain.alarms import Alarm
from desktop.domain.outreach import Outreach


class OwnerReach:
    """About one item at a time; every order raises PlatformError with the operator's text."""

    def __init__(self, room: Room) -> None:
        self._reach, self._session = Reach(room), room.session
        self.limit_s = self._reach.limit_s
        self.asset_id = self.place = ""
        self.alarm: Alarm | None = None

    async def notify(self) -> None:
        await self._reach.notify_owner(self.asset_id, self.alarm, self.place)

    async def call(self) -> None:
        await self._reach.call_owner(self.asset_id)

    async def notify_next(self) -> None:
        await self._reach.notify_next(self.asset_id, self.alarm, self.place)

    async def hang_up(self, order_id: str) -> None:
        await self._reach.hang_up(order_id)

    def read(self) -> Sequence[Outreach]:
        """Newest first."""
        return self._reach.about(self.asset_id)

    def roles(self) -> Sequence[str]:
        return self._session.user.roles if self._session.user else ()
