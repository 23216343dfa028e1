import asyncio
import gc
import logging

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from desktop.tasks import TaskScope, report_bug


def test_that_an_error_is_reported_at_once_and_not_swallowed(qapp):
    errors = []

    async def fail() -> None:
        raise ValueError("broken")

    async def story() -> None:
        scope = TaskScope(QObject(), errors.append)
        task = scope.spawn(fail(), "fail")
        await asyncio.wait([task])
        await asyncio.sleep(0)

    asyncio.run(story())
    assert [str(e) for e in errors] == ["broken"]


def test_that_a_task_ends_with_its_owner_and_reports_no_error(qapp):
    errors, seen = [], []

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            seen.append("ended")

    async def story() -> None:
        owner = QObject()
        task = TaskScope(owner, errors.append).spawn(wait(), "wait")
        await asyncio.sleep(0)
        delete(owner)
        await asyncio.wait([task], timeout=5)
        assert task.cancelled()

    asyncio.run(story())
    assert seen == ["ended"] and errors == []


def test_that_a_task_nobody_holds_is_not_collected(qapp):
    async def story() -> list[str]:
        done, owner = [], QObject()
        release = asyncio.Event()

        async def work() -> None:
            await release.wait()
            done.append("done")

        scope = TaskScope(owner)
        scope.spawn(work(), "work")
        await asyncio.sleep(0)
        gc.collect()
        release.set()
        while not done:
            await asyncio.sleep(0)
        return done

    assert asyncio.run(asyncio.wait_for(story(), 5)) == ["done"]


def test_that_a_bug_reaches_the_log_with_its_traceback(caplog):
    with caplog.at_level(logging.ERROR):
        try:
            raise KeyError("lost")
        except KeyError as error:
            report_bug(error)
    assert "lost" in caplog.text and "Traceback" in caplog.text


def test_that_a_task_has_a_name_for_the_log(qapp):
    async def story() -> str:
        task = TaskScope(QObject()).spawn(asyncio.sleep(0), "fetch layers")
        await task
        return task.get_name()

    assert asyncio.run(story()) == "fetch layers"


@pytest.mark.parametrize("count", [3])
def test_that_all_tasks_of_an_owner_end_together(qapp, count):
    async def story() -> list[bool]:
        owner = QObject()
        scope = TaskScope(owner)
        tasks = [scope.spawn(asyncio.Event().wait(), f"t{n}") for n in range(count)]
        await asyncio.sleep(0)
        scope.cancel()
        await asyncio.wait(tasks, timeout=5)
        return [task.cancelled() for task in tasks]

    assert asyncio.run(story()) == [True] * count
