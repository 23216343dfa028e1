"""Fixtures of the station's own tests: the room, and a loop that drives Qt and tasks together."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
import qasync

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


async def until(condition: Callable[[], bool], limit_s: float = 10.0) -> None:
    """Waits for Qt and tasks to bring about what is asked for."""
    end = asyncio.get_running_loop().time() + limit_s
    while not condition():
        assert asyncio.get_running_loop().time() < end, "it never came about"
        await asyncio.sleep(0.01)
