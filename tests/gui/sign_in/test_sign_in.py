"""Sitting down: by name and password, or by a card of the stand-in."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.link_messages import (
    PlatformState,
    ServiceCondition,
    ServiceState,
    SessionState,
)
from desktop.errors import PlatformError
from tests.gui.driving import until
from tests.gui.fake_room import ACCOUNTS, live_health
from tests.gui.windows import exposed
from views.sign_in import build
from views.sign_in.accounts import AccountCard


@pytest.fixture
def page(qtbot, room):
    room.session.put_session(SessionState())
    return exposed(qtbot, build(room), (1366, 768))


def test_that_enter_signs_in_with_name_and_password(page, room, run, qtbot):
    async def scene():
        qtbot.keyClicks(page.user, " zhangmin ")
        qtbot.keyClick(page.user, Qt.Key.Key_Return)
        qtbot.keyClicks(page.password, "secret")
        qtbot.keyClick(page.password, Qt.Key.Key_Return)
        await until(lambda: bool(room.orders.given))

    run(scene())
    assert room.orders.given == [("sign_in", "zhangmin", "secret")]


def test_that_nothing_is_ordered_while_a_field_is_empty(page, room, run):
    async def scene():
        page.button.click()
        await until(lambda: page.error.text() == "请填写用户名和密码")

    run(scene())
    assert room.orders.given == []


def test_that_a_refusal_is_shown_and_another_try_is_possible(page, room, run):
    async def scene():
        page.user.setText("zhangmin")
        page.password.setText("wrong")
        page.button.click()
        await until(lambda: bool(room.orders.given) and not page.button.isEnabled())
        room.session.put_session(SessionState(refused="用户名或密码不对"))

    run(scene())
    assert page.error.text() == "用户名或密码不对" and page.error.isVisible()
    assert page.button.isEnabled()
    assert page.password.selectedText() == "wrong"


def test_that_a_platform_that_cannot_be_reached_is_told(page, room, run):
    async def scene():
        room.orders.error = PlatformError("平台不可达，自 03:12 起")
        page.user.setText("a")
        page.password.setText("b")
        page.button.click()
        await until(lambda: page.error.text() == "平台不可达，自 03:12 起")
        assert page.button.isEnabled()

    run(scene())


def test_that_a_late_answer_is_told_and_does_not_lock_the_page(page, room, run):
    async def scene():
        page.user.setText("a")
        page.password.setText("b")
        page.button.click()
        await until(lambda: page._patience.isActive())
        page._patience.timeout.emit()

    run(scene())
    assert "没有答复" in page.error.text() and page.button.isEnabled()


@pytest.mark.parametrize("place", range(5))
def test_that_one_press_on_a_card_signs_in(page, room, run, place):
    async def scene():
        page.findChildren(AccountCard)[place].click()
        await until(lambda: bool(room.orders.given))

    run(scene())
    account = ACCOUNTS[place]
    assert room.orders.given == [("sign_in", account.username, account.password)]


def test_that_a_real_platform_shows_no_accounts(page, room):
    room.session.put_platform(
        PlatformState(url="https://city.example/api/v1", demo_accounts=ACCOUNTS)
    )
    assert not page.accounts.isVisible()
    assert page.platform._address.text() == "https://city.example/api/v1"


def test_that_the_platforms_state_says_since_when_and_what_is_done(page, room):
    down = ServiceState(ServiceCondition.DOWN, room.clock.now(), "连接超时，5 s 后再试")
    room.health.put(live_health(rest=down))
    assert page.platform._words.text() == "自 03:12:05 起，连接超时，5 s 后再试"
    assert not page.platform.reachable
    room.health.put(live_health())
    assert not page.platform._words.isVisible() and page.platform.reachable


def test_that_the_caps_lock_is_told_from_a_letter_against_shift(page, qtbot):
    qtbot.keyClick(page.password, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert not page._caps.isVisible()
    QTest.keyClick(page.password, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not page._caps.isVisible()
    from PySide6.QtGui import QKeyEvent

    locked = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    page.eventFilter(page.password, locked)
    assert page._caps.isVisible()


def test_that_the_password_is_gone_once_somebody_sits(page, room):
    page.password.setText("secret")
    from desktop.domain.link_messages import User

    room.session.put_session(SessionState(user=User("u", "张敏", ("operator",))))
    assert page.password.text() == ""


def test_that_the_return_of_the_platform_takes_the_old_refusal_away(page, room):
    down = ServiceState(ServiceCondition.DOWN, room.clock.now(), "连接中断；告警照常可看")
    room.health.put(live_health(rest=down))
    page._tell_refusal("平台接口不可用：连接中断。请稍候再试")
    assert "可看" not in page.platform._words.text()  # behind this page nothing can be seen
    room.health.put(live_health())
    assert page.error.text() == ""
    page._tell_refusal("用户名或密码不对，请重新输入")
    room.health.put(live_health(clock_offset_s=0.1))
    assert page.error.text() == "用户名或密码不对，请重新输入"


def test_that_the_empty_field_gets_the_cursor(page, qtbot):
    page.password.setText("x")
    page.activateWindow()
    page._tell_refusal("请填写用户名和密码")
    assert page.focusWidget() is page.user
