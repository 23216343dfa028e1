"""One press, one order; a refusal is told; a closed window disturbs nobody."""

import asyncio

import pytest
import shiboken6

from desktop.errors import PlatformError
from tests.gui.driving import until
from widgets.command_button import CommandButton


@pytest.mark.parametrize("refused", [False, True])
def test_that_a_press_runs_the_order_once_and_the_button_comes_back(qtbot, run, refused):
    calls, told = [], []

    async def command() -> None:
        calls.append(1)
        await asyncio.sleep(0.02)
        if refused:
            raise PlatformError("被拒")

    async def scene():
        button = CommandButton("确认", command, "Ctrl+Enter", primary=True)
        qtbot.addWidget(button)
        button.refused.connect(told.append)
        button.show()
        button.click()
        button.click()
        assert not button.isEnabled()
        await until(button.isEnabled)

    run(scene())
    assert calls == [1] and told == (["被拒"] if refused else [])


def test_that_a_button_that_is_not_offered_gives_no_order(qtbot, run):
    calls = []

    async def command() -> None:
        calls.append(1)

    async def scene():
        button = CommandButton("确认", command)
        qtbot.addWidget(button)
        button.offer(False)
        button.click()
        button._start()
        await asyncio.sleep(0.02)
        button.offer(True)
        assert button.isEnabled()

    run(scene())
    assert calls == []


def test_that_a_button_closed_in_the_middle_of_its_order_disturbs_nobody(run):
    async def command() -> None:
        await asyncio.sleep(0.05)

    async def scene():
        button = CommandButton("确认", command)
        button.click()
        await asyncio.sleep(0)
        shiboken6.delete(button)
        await asyncio.sleep(0.1)

    run(scene())
