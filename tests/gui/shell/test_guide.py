"""新手引导: it points at real things, is left at any time, and comes by itself only once."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from desktop.domain.link_messages import SessionState
from desktop.shell import overlays
from desktop.shell.guide import CARD_PX, card_corner
from desktop.shell.main_window import MainWindow
from tests.gui.fake_room import R, alarm
from tests.gui.windows import DESK_VIEWS, exposed, put_alarms


@pytest.fixture
def window(qtbot, room):
    put_alarms(room, alarm("a", R, 20), alarm("b", R, 40))
    made = exposed(qtbot, MainWindow(room, DESK_VIEWS))
    yield made
    made.overlays.close_all()


def begun(window):
    window.overlays.begin_guide()
    return window.overlays.guide


def test_that_every_step_points_at_something_and_covers_none_of_it(window):
    guide = begun(window)
    names = []
    while guide.isVisible():
        names.append(guide.current.name)
        targets = guide.current.targets()
        assert all(part.isVisible() for part in targets)
        assert guide._ring.isVisible() is bool(targets)
        assert window.geometry().contains(guide.geometry())
        guide.step()
    assert names == ["list", "select", "see", "acknowledge", "palette", "key_sheet"]
    assert not guide._ring.isVisible()


def test_that_the_card_stands_beside_its_target_where_there_is_room():
    whole, target = QRect(0, 0, 1920, 1080), QRect(56, 40, 360, 1040)
    corner = card_corner(whole, target, CARD_PX, 160)
    card = QRect(corner.x(), corner.y(), CARD_PX, 160)
    assert whole.contains(card) and not card.intersects(target)
    right = QRect(1600, 40, 320, 1040)
    corner = card_corner(whole, right, CARD_PX, 160)
    assert corner.x() + CARD_PX < right.left()


def test_that_the_keys_of_the_window_work_while_it_is_active_and_esc_leaves_it(window, room, qtbot):
    guide = begun(window)
    qtbot.waitUntil(guide.isActiveWindow)
    assert room.selection.alarm_id == "a"  # the desk chose the gravest
    QTest.keyClick(guide, Qt.Key.Key_Down)
    assert room.selection.alarm_id == "b"
    QTest.keyClick(guide.next, Qt.Key.Key_Return)
    assert guide.current.name == "select"
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible() and room.preferences.get("guide_seen") is True


def test_that_doing_what_a_step_asks_for_is_noticed(window, room):
    guide = begun(window)
    guide.step()
    assert not guide._done.isVisible()
    room.selection.select_alarm("b")
    assert guide._done.isVisible()
    guide.step()
    assert not guide._done.isVisible()


def test_that_going_back_stops_at_the_first_step(window):
    guide = begun(window)
    guide.step()
    guide.step_back()
    guide.step_back()
    assert guide.current.name == "list" and not guide._before.isEnabled()


def test_that_its_words_are_not_cut(window):
    guide = begun(window)
    while guide.isVisible():
        text = guide._text
        assert text.height() >= text.heightForWidth(text.width())
        guide.step()


def test_that_it_follows_the_window(window):
    guide = begun(window)
    before = guide.pos()
    window.move(window.pos() + QPoint(0, 0))
    window.resize(1400, 800)
    QTest.qWait(1)
    assert window.geometry().contains(guide.geometry()) or guide.pos() != before


def sign_in_anew(window, room) -> None:
    user = room.session.user
    room.session.put_session(SessionState())
    room.session.put_session(SessionState(user=user))


def test_that_a_newcomer_gets_it_once_and_who_has_seen_it_never(window, room, monkeypatch, qtbot):
    monkeypatch.setattr(overlays, "GUIDE_AFTER_MS", 1)
    window.overlays._patience.setInterval(1)
    sign_in_anew(window, room)
    QTest.qWait(20)
    assert window.overlays.guide is None  # nobody asked for it: a start with a role
    window.overlays.guide_by_itself = True
    sign_in_anew(window, room)
    qtbot.waitUntil(lambda: window.overlays.guide is not None)
    window.overlays.guide.leave()
    window.overlays.guide_by_itself = True
    sign_in_anew(window, room)
    QTest.qWait(20)
    assert not window.overlays.guide.isVisible()


def test_that_signing_out_and_the_lock_take_it_away(window, room):
    guide = begun(window)
    room.session.put_session(SessionState())
    assert not guide.isVisible()


def test_that_the_ring_goes_with_the_page_that_it_points_at(window, qtbot):
    guide = begun(window)
    assert guide._ring.isVisible()
    window.workstation.hide()
    qtbot.waitUntil(lambda: not guide._ring.isVisible(), timeout=2000)
    window.workstation.show()
    qtbot.waitUntil(guide._ring.isVisible, timeout=2000)
