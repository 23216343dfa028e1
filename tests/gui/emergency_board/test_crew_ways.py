"""Arrivals by street on the board, its map and in the proposals of another crew."""

import json
from datetime import timedelta

from desktop.domain.outreach import ReceiptState
from tests.gui.driving import until
from tests.gui.emergency_board.conftest import board_room, night, put, put_fix
from tests.incident_parts import SENT, order
from tests.unit.domain.emergency.test_streets import at, street
from views.emergency.board import ExecutionBoard
from views.emergency.board.matrix_model import SCENE
from views.emergency.board.redispatch import RedispatchDialog

S = ReceiptState
# Straight on it is 10 km at 60 km/h, over the bow 28.
STREETS = json.dumps({"type": "FeatureCollection", "features": [
    street("west", (0, 0), (1, 0)), street("east", (9, 0), (10, 0)),
    street("direct", (1, 0), (9, 0)), street("bow", (1, 0), (1, 9), (9, 9), (9, 0)),
]}).encode()  # fmt: skip
CLOSED = json.dumps(
    {"features": [{"properties": {"edge_id": "direct", "reason": "积水"}}]}
).encode()


class Layers:
    def __init__(self, room, closures: bytes | None = None) -> None:
        self.bodies = {"streets": STREETS, "closures": closures}
        room.questions.layer = self.layer
        self.room, self.number = room, 0
        self.tell()

    async def layer(self, layer_id: str) -> bytes | None:
        return self.bodies.get(layer_id)

    def tell(self) -> None:
        self.number += 1
        etags = [("streets", "1"), ("closures", str(self.number))]
        self.room.layers.replace(etags, str(self.number), self.room.clock.now())


def drive_there(room, **changes):
    """One crew, 10 km from its site, promised within 17 min of SENT, 6 of which have gone."""
    room.clock.at = SENT + timedelta(minutes=6)
    goal = at(10, 0)
    one = night(messages=(), orders=(order(0, lon_deg=goal[0], lat_deg=goal[1], eta_min=17.0),))
    put_fix(room, "T-0000", *at(0, 0))
    put(room, one, {0: ((S.ACCEPTED, 20),)})
    return one


def scene(board: ExecutionBoard) -> str:
    return str(board.matrix.model.index(0, SCENE).data())


def board_of(qtbot, room, one) -> ExecutionBoard:
    board = ExecutionBoard(room)
    qtbot.addWidget(board)
    board.resize(1864, 868)
    board.show_incident(one.incident_id)
    board.show()
    return board


def test_that_arrival_and_lateness_follow_the_streets_that_are_open(qtbot, run):
    async def work():
        room = board_room()
        layers = Layers(room)
        one = drive_there(room)
        board = board_of(qtbot, room, one)
        order_id = one.orders[0].order_id
        assert scene(board).startswith("约 ")  # until the streets are there
        assert "没有路网" not in board.map_panel.note.text()
        await until(lambda: board.state.ways.is_by_street(order_id))
        await until(lambda: not scene(board).startswith("约"))
        way = board.state.arrivals[order_id]
        assert way.remaining_min is not None and 9.9 < way.remaining_min < 10.2
        assert "晚" not in scene(board) and "路网" in board.map_panel.note.text()
        assert len(board.map._marks[1].mark.way) >= 2
        layers.bodies["closures"] = CLOSED
        layers.tell()
        room.clock.at += timedelta(seconds=6)
        board.state.look_at_ways()
        await until(lambda: len(board.state.ways.shut) == 1)
        await until(lambda: "晚" in scene(board))
        way = board.state.arrivals[order_id]
        assert way.remaining_min is not None and 27.5 < way.remaining_min < 28.5
        assert way.late_min is not None and 16 < way.late_min < 18
        assert "1 处" in board.map_panel.note.text() and board.map._marks[1].strong

    run(work())


def test_that_a_crew_without_any_open_way_is_a_trouble_and_has_no_time(qtbot, run):
    async def work():
        room = board_room()
        both = [{"properties": {"edge_id": e, "reason": "封闭"}} for e in ("direct", "bow")]
        Layers(room, json.dumps({"features": both}).encode())
        one = drive_there(room)
        board = board_of(qtbot, room, one)
        await until(lambda: "无路可达" in scene(board))
        assert board.map._marks[1].strong and board.map._marks[1].words == "无路可达"

    run(work())


def test_that_another_crew_is_proposed_by_its_way_and_not_by_its_distance(qtbot, run):
    async def work():
        room = board_room()
        Layers(room, CLOSED)
        one = drive_there(room)
        put_fix(room, "S-0000", *at(0.95, 0), age_s=1)  # nearer, behind the closure
        put_fix(room, "S-0001", *at(8, 9), age_s=1)  # 11 km by the bow
        for number in (2, 3, 4):
            put_fix(room, f"S-{number:04d}", *at(1, 1.0 + number), age_s=1)
        board = board_of(qtbot, room, one)
        dialog = RedispatchDialog(board.state, one, one.orders[0], board)
        qtbot.addWidget(dialog)
        assert dialog.found[0].unit_id == "S-0000" and dialog.found[0].is_plain
        await until(lambda: bool(dialog.found) and not dialog.found[0].is_plain)
        assert dialog.found[0].unit_id == "S-0001" and 10.9 < dialog.found[0].eta_min < 11.2
        assert "路网" in dialog.note.text()

    run(work())


def test_that_ways_are_there_before_anybody_looks_at_the_board(qtbot, run):
    async def work():
        room = board_room()
        Layers(room)
        one = drive_there(room)
        board = ExecutionBoard(room)
        qtbot.addWidget(board)
        board.show_incident(one.incident_id)
        assert not board.isVisible()
        await until(lambda: board.state.ways.is_by_street(one.orders[0].order_id))

    run(work())


def test_that_a_platform_without_streets_is_told_as_such(qtbot, run):
    async def work():
        room = board_room()
        layers = Layers(room)
        layers.bodies["streets"] = None
        one = drive_there(room)
        board = board_of(qtbot, room, one)
        await until(lambda: "没有路网" in board.map_panel.note.text())
        assert scene(board).startswith("约 ")

    run(work())
