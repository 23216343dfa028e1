"""A room whose orders to people are recorded and whose roster is known."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from desktop.context import RoomContext
from desktop.domain.assets import Asset, Owner
from desktop.domain.duty import Duty
from desktop.domain.outreach import Draft
from desktop.errors import PlatformError
from tests.gui.driving import room, run
from tests.gui.fake_room import NOW, open_room

__all__ = ["room", "run"]

COVER = Asset(
    asset_id="JG-000551", class_id="manhole", name="瑞平路 128 号燃气井", lon_deg=116.6,
    lat_deg=28.9, org_id="org-drain", owner=Owner("邱华贞", "182****0010"),
)  # fmt: skip


@dataclass
class ReachOrders:
    """`given`: (verb, draft or id); `error` is raised."""

    given: list[tuple[str, Any]] = field(default_factory=list)
    error: PlatformError | None = None

    async def send_message(self, draft: Draft) -> str:
        return self._give("send", draft)

    async def place_call(self, draft: Draft) -> str:
        return self._give("call", draft)

    async def hang_up(self, order_id: str) -> None:
        self._give("hang_up", order_id)

    def _give(self, verb: str, what: Any) -> str:
        self.given.append((verb, what))
        if self.error is not None:
            raise self.error
        return f"O-{len(self.given)}"


@dataclass
class ReachQuestions:
    assets: dict[str, Asset] = field(default_factory=lambda: {COVER.asset_id: COVER})
    rows: list[Duty] = field(default_factory=list)

    async def asset(self, asset_id: str) -> Asset | None:
        return self.assets.get(asset_id)

    async def duty(self) -> list[Duty]:
        return self.rows


def on_duty(name: str, ladder: int, org_id: str = "org-drain") -> Duty:
    hour = timedelta(hours=1)
    return Duty(org_id=org_id, role="leader", role_name="带班领导", name=name,
                start=NOW - hour, end=NOW + hour, ladder=ladder)  # fmt: skip


@pytest.fixture
def desk(room: RoomContext) -> RoomContext:
    """Signed in as dispatcher, who may send."""
    object.__setattr__(room, "orders", ReachOrders())
    object.__setattr__(room, "questions", ReachQuestions())
    open_room(room, "dispatcher")
    return room
