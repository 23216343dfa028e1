"""The locked desk: nothing to read, nothing to order, but a red is still told."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.link_messages import SessionState
from desktop.domain.permissions import Action
from desktop.errors import PlatformError
from desktop.shell.locking import Locking
from desktop.shell.main_window import MainWindow
from tests.gui.driving import until
from tests.gui.fake_room import NOW, A, R, alarm
from tests.gui.windows import DESK_VIEWS, activated, put_alarms
from widgets.plain_label import PlainLabel


@pytest.fixture
def window(qtbot, room):
    put_alarms(room, alarm("a", R, 20), alarm("b", A, 30))
    return activated(qtbot, MainWindow(room, DESK_VIEWS), (1600, 900))


@pytest.fixture
def locking(window, room):
    made = Locking(room, window, window)
    made.start()
    return made


def words(locking) -> str:
    labels = locking.page.findChildren(PlainLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(locking.page))


def test_that_the_work_is_off_the_screen_and_the_counts_are_on_it(window, locking):
    window.notices.post("k", "权属人", "王五 138")
    locking.lock()
    assert locking.page.isVisible()
    assert not window.workstation.isVisible() and not window.workstation.video.isVisible()
    assert not window.top_bar.isVisible() and not window.notices.isVisible()
    assert "张敏" in words(locking) and "1 条未确认" in words(locking)
    assert "王五" not in words(locking)


def test_that_no_key_of_the_work_works_and_the_page_stays(window, locking, room):
    silenced = []
    room.sound.silence_asked.connect(lambda: silenced.append(1))
    window.keys.provide("silence", room.sound.silence)
    locking.lock()
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_F9):
        QTest.keyClick(window, key)
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert locking.page.isVisible() and silenced == [1]
    window.show_view("map")
    assert locking.page.isVisible()


def test_that_the_right_password_unlocks_and_a_wrong_one_says_why(run, window, locking, room):
    asked = []

    async def confirm(password: str, action: Action) -> None:
        asked.append((password, action))
        await asyncio.sleep(0)
        if password != "demo":
            raise PlatformError("密码不对")

    room.orders.confirm = confirm

    async def work():
        locking.lock()
        locking.page.password.setText("wrong")
        locking.page.button.click()
        await until(lambda: "密码不对" in words(locking))
        assert locking.locked
        locking.page.password.setText("demo")
        locking.page.button.click()
        await until(lambda: not locking.locked)
        assert window.workstation.isVisible() and locking.page.password.text() == ""
        assert asked[-1] == ("demo", Action.SCREEN_LOCK)

    run(work())


def test_that_a_lock_is_told_once(locking):
    told: list[bool] = []
    locking.changed.connect(told.append)
    locking.lock()
    assert told == [True]


def test_that_a_new_red_tells_its_level_and_place(window, locking, room):
    locking.lock()
    assert "新 " not in words(locking)
    room.alarms.put("n", alarm("n", R, 0, detail="滨江环路下穿通道 · 北引道", title="积水 0.52 m"))
    room.alarms.flush()
    locking.page._tell_counts()
    assert "新 Ⅰ 特别严重" in words(locking) and "滨江环路下穿通道" in words(locking)


def test_that_somebody_else_can_sign_in(window, locking, room):
    locking.lock()
    room.session.put_session(SessionState())
    assert not locking.locked and window.sign_in.isVisible()


def test_that_it_locks_itself_only_when_that_is_wished(locking, room):
    room.clock.move(3600)
    locking.look()
    assert not locking.locked
    room.preferences.set("lock_after_min", 5)
    locking._hand_s = room.clock.monotonic_s()
    room.clock.move(299)
    locking.look()
    assert not locking.locked
    room.clock.move(2)
    locking.look()
    assert locking.locked


def test_that_a_window_started_anew_is_as_locked_as_the_one_before(window, locking, room):
    room.preferences.load({"locked": {"user_id": "u-1", "at": NOW.isoformat()}})
    assert locking.locked
    locking.unlock()
    assert room.preferences.get("locked") == {}


def test_that_the_lock_of_somebody_else_does_not_hold(window, locking, room):
    room.preferences.load({"locked": {"user_id": "u-9", "at": NOW.isoformat()}})
    assert not locking.locked
