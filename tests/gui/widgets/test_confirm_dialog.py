"""The password again: told when wrong, three tries, one order, and nothing kept."""

import asyncio

import pytest

from desktop.domain.permissions import Action, Role
from desktop.errors import PlatformError
from tests.gui.driving import until
from widgets import rights
from widgets.confirm_dialog import MOST_TRIES, ConfirmDialog
from widgets.plain_label import PlainLabel


@pytest.fixture
def parent(qtbot):
    made = PlainLabel("值班台")
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


class Platform:
    def __init__(self) -> None:
        self.asked: list[str] = []

    async def confirm(self, password: str) -> None:
        self.asked.append(password)
        if password != "right":
            raise PlatformError("密码不对，请重新输入")


async def _try(dialog: ConfirmDialog, password: str) -> None:
    dialog.password.setText(password)
    dialog.password.returnPressed.emit()
    await until(lambda: not dialog.button.running)


def opened(parent, platform: Platform) -> ConfirmDialog:
    dialog = ConfirmDialog("导出名册", platform.confirm, parent)
    dialog.open_over(parent)
    return dialog


def test_that_the_right_password_confirms_once_and_the_window_goes(parent, run):
    platform = Platform()

    async def scene():
        dialog = opened(parent, platform)
        assert dialog.isWindow()
        await _try(dialog, "right")
        return await dialog.result

    assert run(scene()) is True
    assert platform.asked == ["right"]


def test_that_a_wrong_password_is_told_and_the_field_is_empty_again(parent, run):
    async def scene():
        dialog = opened(parent, Platform())
        await _try(dialog, "guess")
        assert dialog.isVisible() and "还可试 2 次" in dialog.error.text()
        assert dialog.password.text() == ""
        await _try(dialog, "right")
        return await dialog.result

    assert run(scene()) is True


def test_that_after_three_wrong_passwords_it_is_given_up(parent, run):
    platform = Platform()

    async def scene():
        dialog = opened(parent, platform)
        for _ in range(MOST_TRIES):
            await _try(dialog, "guess")
        return await dialog.result

    assert run(scene()) is False
    assert len(platform.asked) == 3


def test_that_closing_and_an_empty_field_ask_nobody(parent, run):
    platform = Platform()

    async def scene():
        asking = asyncio.ensure_future(ConfirmDialog.ask(parent, "导出", platform.confirm))
        await until(lambda: bool(parent.findChildren(ConfirmDialog)))
        (dialog,) = parent.findChildren(ConfirmDialog)
        dialog.password.returnPressed.emit()
        dialog.cancel.click()
        return await asking

    assert run(scene()) is False
    assert platform.asked == []


def test_that_every_word_of_the_rights_can_be_translated():
    assert set(rights.WORDS) == {a.word for a in Action} | {r.word for r in Role}


def test_that_a_refusal_on_screen_is_that_of_the_rights(qapp):
    from desktop.domain import permissions

    for roles in (("leader",), ("operator",), (), ("nobody",)):
        for action in Action:
            assert rights.why_not(roles, action) == permissions.why_not(roles, action)
