"""A board over real stores, filled as the link would fill them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtTest import QAbstractItemModelTester

from desktop.context import RoomContext
from desktop.domain.alarms import Note
from desktop.domain.duty import Duty
from desktop.domain.emergency.incidents import Incident, TimelineEntry
from desktop.domain.outreach import Draft, Receipt, ReceiptState
from desktop.domain.positions import Position
from desktop.domain.units import Unit, UnitKind, UnitState
from desktop.errors import PlatformError
from tests.gui.driving import run
from tests.gui.fake_room import FakeClock, FakeOrders, FakeQuestions, open_room
from tests.incident_parts import SENT, incident, message, order, plan, receipt, timeline
from tests.rooms import room_of
from views.emergency.board import ExecutionBoard

__all__ = ["run"]
S = ReceiptState


@dataclass
class BoardOrders(FakeOrders):
    """Records messages and incident orders."""

    drafts: list[Draft] = field(default_factory=list)
    incidents: list[tuple[str, str, Any]] = field(default_factory=list)
    passwords: list[str] = field(default_factory=list)

    async def send_message(self, draft: Draft) -> str:
        await self._give("send_message", draft.text)
        self.drafts.append(draft)
        return f"om-{len(self.drafts)}"

    async def incident(self, verb: str, incident_id: str, body: object, order_id: str = "") -> str:
        await self._give(verb, incident_id)
        self.incidents.append((verb, incident_id, body))
        return f"oi-{len(self.incidents)}"

    async def confirm(self, password: str, action: object) -> None:
        if password != "demo":
            raise PlatformError("密码不对")
        self.passwords.append(password)


@dataclass
class BoardQuestions(FakeQuestions):
    entries: tuple[TimelineEntry, ...] = ()
    roster: tuple[Duty, ...] = ()
    ground: bytes | None = None

    async def incident_timeline(self, incident_id: str) -> tuple[TimelineEntry, ...]:
        if self.error is not None:
            raise self.error
        return self.entries

    async def duty(self) -> tuple[Duty, ...]:
        return self.roster

    async def layer(self, layer_id: str) -> bytes | None:
        return self.ground


def board_room(role: str = "duty_officer") -> RoomContext:
    now = SENT + timedelta(minutes=5)
    duty = Duty(org_id="o-1", role="duty_officer", name="陈洁", start=now - timedelta(hours=3),
                end=now + timedelta(hours=9), role_name="应急值班")  # fmt: skip
    room = room_of(
        orders=BoardOrders(),
        questions=BoardQuestions(entries=timeline(5), roster=(duty,)),
        clock=FakeClock(at=now),
    )
    open_room(room, role)
    health = msgspec.structs.replace(room.health.health, clock_offset_s=0.0)
    room.health.put(health)
    known = plan()
    room.plans.replace([(known.plan_id, known)], "1", now)
    units = [spare(n) for n in range(6)]
    room.units.replace([(one.unit_id, one) for one in units], "1", now)
    for number in range(8):
        put_fix(room, f"T-{number:04d}", 116.60 + 0.0035 * number - 0.008, 28.893 + 0.002 * number)
    for number in range(5):
        put_fix(room, f"S-{number:04d}", 116.61 + 0.004 * number, 28.905)
    return room


def spare(number: int, **changes: Any) -> Unit:
    values: dict[str, Any] = {
        "unit_id": f"S-{number:04d}", "kind": UnitKind.TEAM, "name": f"抽排班组 {10 + number} 组",
        "skills": ("pump",), "state": UnitState.IDLE,
    }  # fmt: skip
    return Unit(**(values | changes))


def put_fix(room: RoomContext, unit_id: str, lon: float, lat: float, age_s: float = 5.0) -> None:
    at = room.clock.now() - timedelta(seconds=age_s)
    room.positions.merge([Position(at=at, lon_deg=lon, lat_deg=lat, unit_id=unit_id)])
    room.positions.flush()


def put(room: RoomContext, one: Incident, receipts: Mapping[int, tuple[Any, ...]] | None = None):
    """The incident, and of its crews by number the states with their seconds after sending."""
    room.incidents.take([one])
    room.incidents.flush()
    made: list[Receipt] = []
    for number, steps in (receipts or {}).items():
        mine = one.orders[number]
        made += [receipt(mine.order_id, mine.unit_id, state, after, **dict(*more))
                 for state, after, *more in steps]  # fmt: skip
    room.incidents.take_receipts(made)


ALL_GOES_WELL = ((S.DELIVERED, 1), (S.READ, 6), (S.ACCEPTED, 21))
BUSY_NIGHT = {
    0: (*ALL_GOES_WELL, (S.ON_SCENE, 250)),
    1: ALL_GOES_WELL,
    2: ((S.DELIVERED, 2), (S.READ, 9), (S.DECLINED, 24, {"note": "车辆故障"})),
    3: ALL_GOES_WELL,
    4: ((S.DELIVERED, 2), (S.READ, 40)),
    5: (),
    6: (*ALL_GOES_WELL, (S.ON_SCENE, 200), (S.DONE, 290)),
    7: ((S.DELIVERED, 3),),
}


@pytest.fixture
def room(qapp) -> RoomContext:
    return board_room()


def night(**changes: Any) -> Incident:
    """Eight crews, two messages, two ticks and a note."""
    from desktop.domain.emergency.incidents import Tick

    values: dict[str, Any] = {
        "orders": tuple(order(n) for n in range(8)),
        "messages": (message(0, 4), message(1, 2)),
        "ticks": (Tick("close", "张敏", SENT + timedelta(minutes=2)),),
        "notes": (
            Note("张敏", SENT + timedelta(minutes=3), "现场来电：通道北口有一辆车熄火，人已离开"),
        ),
    }
    return msgspec.structs.replace(incident(), **(values | changes))


def board_of(qtbot, room, one=None, receipts=None) -> ExecutionBoard:
    one = one or night()
    board = ExecutionBoard(room)
    qtbot.addWidget(board)
    board.resize(1864, 868)
    QAbstractItemModelTester(
        board.matrix.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    put(room, one, BUSY_NIGHT if receipts is None else receipts)
    board.show_incident(one.incident_id)
    return board


def texts(board: ExecutionBoard, column: int) -> list[str]:
    model = board.matrix.model
    return [str(model.index(n, column).data()) for n in range(model.rowCount())]


def choose(board: ExecutionBoard, number: int) -> None:
    one = night().orders[number]
    board.matrix.choose(one.order_id, one.unit_id)
