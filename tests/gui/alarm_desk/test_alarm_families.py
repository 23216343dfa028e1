"""Causes and their members: who stands for whom, unfolded and folded by hand."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.gui.alarm_desk.conftest import move_pointer, put, shown
from tests.gui.fake_room import A, B, R, Y, alarm
from views.alarm_desk.delegate import HEIGHT_PX


def test_that_the_first_of_a_chain_is_marked(panel, room):
    put(room, alarm("cause", A, 60))
    put(room, alarm("effect", R, 10, cause_id="cause"))
    assert panel.model.row(panel.model.position("cause")).first_out


def test_that_a_cause_stands_for_its_members_but_never_for_a_red_or_orange_one(panel, room):
    members = [alarm(f"m{n}", Y, 10 + n, cause_id="cause") for n in range(12)]
    put(room, alarm("cause", A, 60), alarm("red", R, 5, cause_id="cause"), *members)
    assert shown(panel) == ["red", "cause"]
    assert "从属 13 条" in panel.model.row(1).place
    assert panel._counts.text() == "未确认 14 / 14"
    assert panel._unfold.isVisible() and "12" in panel._unfold.text()
    panel._unfold.click()
    assert len(shown(panel)) == 14
    panel._unfold.click()
    assert shown(panel) == ["red", "cause"]


def test_that_a_member_comes_back_when_its_cause_has_gone_and_goes_when_one_comes(panel, room):
    put(room, alarm("m", Y, 10, cause_id="cause"))
    assert shown(panel) == ["m"]
    put(room, alarm("cause", A, 60))
    assert shown(panel) == ["cause"]
    room.alarms.replace_open([alarm("m", Y, 10, cause_id="cause")])
    room.alarms.flush()
    assert shown(panel) == ["m"]
    assert not panel._unfold.isVisible()


def test_that_a_search_finds_a_folded_member(panel, room):
    put(room, alarm("cause", A, 60), alarm("m", Y, 10, cause_id="cause", title="华园巷路灯离线"))
    panel._search.setText("华园巷")
    assert shown(panel) == ["m"]


def family(room) -> None:
    """A red one, a cause with two members that it stands for and one that stands for itself."""
    put(
        room,
        alarm("red", R, 5, cause_id="cause"),
        alarm("cause", A, 60),
        alarm("m1", Y, 10, cause_id="cause"),
        alarm("m2", B, 5, cause_id="cause"),
        alarm("other", Y, 1),
    )


def key(panel, *keys) -> None:
    for one in keys:
        QTest.keyClick(panel.view, one)


def test_that_a_cause_is_unfolded_and_folded_by_keys_with_its_members_below_it(panel, room):
    family(room)
    assert shown(panel) == ["red", "cause", "other"]
    room.selection.select_alarm("cause")
    key(panel, Qt.Key.Key_Right)
    assert shown(panel) == ["red", "cause", "m1", "m2", "other"]
    assert [panel.model.row(i).depth for i in range(5)] == [0, 0, 1, 1, 0]
    key(panel, Qt.Key.Key_Right)  # nothing more to unfold
    key(panel, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert room.selection.alarm_id == "cause"  # from a member to what stands for it
    key(panel, Qt.Key.Key_Left)
    assert shown(panel) == ["red", "cause", "other"]
    key(panel, Qt.Key.Key_Return)
    assert len(shown(panel)) == 5
    key(panel, Qt.Key.Key_Return)
    assert len(shown(panel)) == 3 and room.selection.alarm_id == "cause"


def test_that_a_press_on_the_mark_unfolds_and_one_beside_it_only_selects(panel, room, qtbot):
    family(room)
    panel.view.grab()
    mark, beside = QPoint(60, HEIGHT_PX + 38), QPoint(60, HEIGHT_PX + 10)
    for place, count in ((beside, 3), (mark, 5), (beside, 5), (mark, 3)):
        qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert len(shown(panel)) == count and room.selection.alarm_id == "cause"


def test_that_members_come_go_and_move_with_their_unfolded_cause(panel, room):
    family(room)
    panel.model.unfold("cause", True)
    put(room, alarm("m3", Y, 1, cause_id="cause"))
    assert shown(panel) == ["red", "cause", "m3", "m1", "m2", "other"]
    put(room, alarm("cause", R, 60, seq=2))
    assert shown(panel) == ["red", "cause", "m3", "m1", "m2", "other"]
    put(room, alarm("cause", R, 1, seq=3))
    assert shown(panel) == ["cause", "m3", "m1", "m2", "red", "other"]
    room.alarms.drop("cause")
    room.alarms.flush()
    assert shown(panel) == ["red", "m3", "other", "m1", "m2"]


def test_that_a_cause_unfolds_under_the_hand_that_holds_the_list(panel, room):
    family(room)
    move_pointer(panel, 0)
    put(room, alarm("cause", R, 60, seq=2))  # moves only when the hand has left
    assert panel.model.held and panel.model.unfold("cause", True)
    assert shown(panel) == ["red", "cause", "m1", "m2", "other"]
    assert panel.model.unfold("cause", False)
    assert shown(panel) == ["red", "cause", "other"]
    panel.model.unfold("cause", True)
    panel.view.release()
    assert shown(panel) == ["red", "cause", "m1", "m2", "other"]


def test_that_a_cause_of_a_cause_unfolds_step_by_step(panel, room):
    put(room, alarm("a", Y, 60), alarm("b", Y, 50, cause_id="a"), alarm("c", Y, 40, cause_id="b"))
    assert shown(panel) == ["a"]
    assert panel.model.unfold("a", True) and shown(panel) == ["a", "b"]
    assert panel.model.unfold("b", True) and shown(panel) == ["a", "b", "c"]
    assert panel.model.row(2).depth == 2
    assert panel.model.unfold("a", False) and shown(panel) == ["a"]
    panel._unfold.click()
    assert shown(panel) == ["a", "b", "c"]


def test_that_alarms_that_name_each_other_as_cause_hide_nobody(panel, room):
    put(room, alarm("a", Y, 60, cause_id="b"), alarm("b", Y, 50, cause_id="a"))
    put(room, alarm("self", Y, 40, cause_id="self"), alarm("tail", Y, 30, cause_id="a"))
    assert set(shown(panel)) == {"a", "b", "self", "tail"}
    assert not panel.model.unfold("a", True)


def test_that_what_is_unfolded_is_told_to_who_cannot_see_it(panel, room):
    family(room)
    index = panel.model.index(1)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert "已收起" in index.data(role)
    panel.model.unfold("cause", True)
    assert "已展开" in index.data(role)
    assert "展开" not in panel.model.index(4).data(role)
