"""What the board paints: its map, and only what has changed."""

import json
import time
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.outreach import Receipt, ReceiptState
from tests.gui.driving import until
from tests.gui.emergency_board.conftest import board_of, night, texts
from tests.incident_parts import SENT, message, receipt
from views.emergency.board.ground import Ground, ground_of
from views.emergency.board.matrix_model import ANSWER, DELIVERED

S = ReceiptState


def test_that_a_crew_clicked_on_the_map_is_chosen_in_the_table(qtbot, room):
    board = board_of(qtbot, room)
    board.show()
    board.map.grab()
    place = board.map.picture_places()["01KA000003"]
    QTest.mouseClick(board.map, Qt.MouseButton.LeftButton, pos=place.toPoint())
    found = board.matrix.chosen()
    assert found is not None and found[1].order_id == "01KA000003"


def test_that_ten_thousand_receipts_do_not_hold_the_loop(qtbot, room):
    """2,000 people in batches of 200, as the link tells them; the slowest batch counts."""
    made = tuple(message(n, 50) for n in range(40))
    board = board_of(qtbot, room, night(messages=made), receipts={})
    board.show()
    slowest_s = 0.0
    for state in (S.DELIVERED, S.READ, S.ACCEPTED, S.ON_SCENE, S.DONE):
        batch: list[Receipt] = []
        for one in made:
            batch += [receipt(one.order_id, person, state, 3) for person in one.to]
        for start in range(0, len(batch), 200):
            began = time.perf_counter()
            room.incidents.take_receipts(batch[start : start + 200])
            board.state.refresh()
            slowest_s = max(slowest_s, time.perf_counter() - began)
    assert board.state.matrix.totals_of(crews=False).done == 2_000
    assert slowest_s < 0.3  # 20 ms on a quiet machine


def test_that_streets_lie_below_the_crews_and_bad_ones_are_left_out(qtbot, room, run):
    road = {"type": "LineString", "coordinates": [[116.59, 28.90], [116.62, 28.90]]}
    lake = {"type": "Polygon", "coordinates": [[[116.6, 28.9], [116.61, 28.9], [116.6, 28.91]]]}
    features = [
        {"geometry": road, "properties": {"kind": "road", "class": 2}},
        {"geometry": lake, "properties": {"kind": "water"}},
        {"geometry": {"type": "LineString", "coordinates": "?"}, "properties": {"kind": "road"}},
        {"geometry": None, "properties": {}},
    ]

    async def work():
        room.questions.ground = json.dumps({"features": features}).encode()
        board = board_of(qtbot, room)
        await until(lambda: bool(board.map._ground.roads))
        assert len(board.map._ground.roads) == len(board.map._ground.water) == 1
        assert ground_of(b"<html>") == ground_of(None) == Ground()

    run(work())


def test_that_only_cells_that_look_different_are_painted_again(qtbot, room):
    room.clock.at = SENT + timedelta(seconds=5)
    board = board_of(qtbot, room, night(orders=(), messages=(message(0, 400),)), receipts={})
    board.show()
    told: list[tuple[int, int]] = []
    model, people = board.matrix.model, message(0, 400)
    model.dataChanged.connect(lambda a, b: told.append((a.row(), a.column())))
    board.state.refresh()
    told.clear()
    board.state.refresh()
    assert told == []
    assert 10 < len(board.matrix._sight()) < 60
    came = [receipt(people.order_id, people.to[n], S.DELIVERED, 4) for n in (3, 399)]
    room.incidents.take_receipts(came)
    board.state.refresh()
    assert told == [(3, DELIVERED), (3, ANSWER)]  # a text is known by its delivery
    assert texts(board, DELIVERED)[399] == texts(board, DELIVERED)[3] != "—"
    told.clear()
    room.clock.at = SENT + timedelta(seconds=6)
    board.state.refresh()
    assert {column for _, column in told} == {ANSWER} and (3, ANSWER) not in told
