"""Fixtures of the station's own tests: the room, and a loop that drives Qt and tasks together."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
import qasync
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from tests.gui.fake_room import fake_room, open_room


@pytest.fixture
def room(qapp) -> RoomContext:
    """Signed in as operator, everything live, no alarm."""
    made = fake_room()
    open_room(made)
    return made


@pytest.fixture
def run(qapp) -> Iterator[Callable[[Coroutine[Any, Any, Any]], Any]]:
    """Runs a coroutine while Qt's events are served."""
    loop = qasync.QEventLoop(qapp, already_running=False)
    asyncio.set_event_loop(loop)

    def drive(work: Coroutine[Any, Any, Any]) -> Any:
        return loop.run_until_complete(asyncio.wait_for(work, 20))

    with loop:
        yield drive
    asyncio.set_event_loop(None)


async def while_shown(
    make: Callable[[], QWidget],
    size: tuple[int, int],
    body: Callable[[Any], Coroutine[Any, Any, None]],
) -> None:
    """Runs the body when the page has read what it shows, and ends its tasks with it."""
    page = make()
    page.resize(*size)
    page.show()
    try:
        await until(lambda: not is_reading(page))
        await body(page)
    finally:
        page.hide()  # closing the last window would end the loop
        page.deleteLater()
        await asyncio.sleep(0.05)  # its timers and tasks end with it


def is_reading(page: Any) -> bool:
    """A page of a `stack` with an `empty` panel, which says so."""
    is_empty = page.stack.currentWidget() is page.empty
    return is_empty and "正在读取" in page.empty.accessibleName()


async def until(condition: Callable[[], bool], limit_s: float = 10.0) -> None:
    """Waits for Qt and tasks to bring about what is asked for."""
    end = asyncio.get_running_loop().time() + limit_s
    while not condition():
        assert asyncio.get_running_loop().time() < end, "it never came about"
        await asyncio.sleep(0.01)
