"""Who answers for a thing, and how the desk reaches them: one step from an alarm to a person."""

from collections.abc import Sequence
from typing import Protocol

from desktop.clock import Clock
from desktop.domain.alarms import Alarm
from desktop.domain.assets import Asset
from desktop.domain.duty import Duty, on_duty
from desktop.domain.outreach import (
    OWNER_PREFIX,
    Channel,
    Draft,
    Outreach,
    Person,
    duty_person_id,
    task_text,
)
from desktop.errors import PlatformError
from desktop.settings import Settings
from desktop.stores.health import SessionStore
from desktop.stores.outreach import OutreachStore


class _Orders(Protocol):
    async def send_message(self, draft: Draft) -> str: ...

    async def place_call(self, draft: Draft) -> str: ...

    async def hang_up(self, order_id: str) -> None: ...


class _Questions(Protocol):
    async def asset(self, asset_id: str) -> Asset | None: ...

    async def duty(self) -> Sequence[Duty]: ...


class Room(Protocol):
    """What of a control room is needed here."""

    @property
    def orders(self) -> _Orders: ...
    @property
    def questions(self) -> _Questions: ...
    @property
    def outreach(self) -> OutreachStore: ...
    @property
    def session(self) -> SessionStore: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def settings(self) -> Settings: ...


class Reach:
    """Every method that orders raises PlatformError with the operator's text."""

    def __init__(self, room: Room) -> None:
        self._room = room

    @property
    def limit_s(self) -> float:
        """After so long without an answer the operator must go on."""
        return self._room.settings.owner_answer_limit_s

    def about(self, target: str) -> list[Outreach]:
        """Newest first."""
        return self._room.outreach.about(target) if target else []

    async def notify_owner(self, asset_id: str, alarm: Alarm | None = None, place: str = "") -> str:
        """The owner as the local register has them; gives the order's id.

        `place`: as the alarm names it; else the register's name of the item.
        """
        asset = await self._asset(asset_id)
        title = alarm.title if alarm is not None else "现场核查"
        text = task_text(title, place or asset.name, asset_id)
        draft = Draft(people=(_owner(asset),), text=text, about=asset_id)
        return await self._room.orders.send_message(draft)

    async def call_owner(self, asset_id: str) -> str:
        asset = await self._asset(asset_id)
        draft = Draft(people=(_owner(asset),), channel=Channel.VOICE, about=asset_id)
        return await self._room.orders.place_call(draft)

    async def next_in_line(self, asset_id: str) -> Person | None:
        """Of the unit of the item, or where nobody is: of the operator's, by the ladder."""
        asset = await self._asset(asset_id)
        rows = on_duty(await self._room.questions.duty(), self._room.clock.now())
        user = self._room.session.user
        asked = {p.person_id for one in self.about(asset_id) for p in one.people}
        for org_id in (asset.org_id, user.org_id if user else None):
            for row in sorted((r for r in rows if r.org_id == org_id), key=lambda r: r.ladder):
                person = _person_on_duty(row)
                if person.person_id not in asked:
                    return person
        return None

    async def notify_next(self, asset_id: str, alarm: Alarm | None = None, place: str = "") -> str:
        person = await self.next_in_line(asset_id)
        if person is None:
            raise PlatformError("值班表中没有下一位可通知的人；请直接拨打电话")
        asset = await self._asset(asset_id)
        title = alarm.title if alarm is not None else "现场核查"
        text = task_text(f"责任人未接单 · {title}", place or asset.name, asset_id)
        draft = Draft(people=(person,), text=text, about=asset_id)
        return await self._room.orders.send_message(draft)

    async def send_text(
        self, people: Sequence[Person], text: str, about: str, channel: Channel = Channel.RADIO
    ) -> str:
        if not text.strip():
            raise PlatformError("请先写要发的文字")
        draft = Draft(people=tuple(people), channel=channel, text=text.strip(), about=about)
        return await self._room.orders.send_message(draft)

    async def call(self, people: Sequence[Person], about: str) -> str:
        """One person, or all of them in one group call."""
        channel = Channel.GROUP if len(people) > 1 else Channel.RADIO
        draft = Draft(people=tuple(people), channel=channel, about=about)
        return await self._room.orders.place_call(draft)

    async def hang_up(self, order_id: str) -> None:
        await self._room.orders.hang_up(order_id)

    async def _asset(self, asset_id: str) -> Asset:
        asset = await self._room.questions.asset(asset_id)
        if asset is None:
            raise PlatformError(f"本机名册中没有 {asset_id}；请等名册更新后再试")
        return asset


def _owner(asset: Asset) -> Person:
    """Raises PlatformError."""
    if asset.owner is None or not asset.owner.name:
        raise PlatformError(f"{asset.asset_id} 没有登记责任人；请在名册平台补录，或改派值班单位")
    return Person(f"{OWNER_PREFIX}{asset.asset_id}", asset.owner.name)


def _person_on_duty(row: Duty) -> Person:
    name = f"{row.name}（{row.role_name}）" if row.role_name else row.name
    return Person(duty_person_id(row.org_id, row.role, row.ladder), name)
