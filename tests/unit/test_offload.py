import asyncio
import threading

import pytest

from desktop.offload import offload


def test_that_work_runs_beside_the_loop_and_gives_its_result():
    async def story() -> tuple[str, int]:
        name = await offload(lambda: threading.current_thread().name)
        return name, await offload(divmod, 17, 5)

    name, result = asyncio.run(story())
    assert name.startswith("offload") and result == (3, 2)


def test_that_the_loop_goes_on_while_work_blocks():
    async def story() -> None:
        release = threading.Event()
        blocked = asyncio.ensure_future(offload(release.wait, 10))
        await asyncio.sleep(0)  # the loop turns although the work has not ended
        assert not blocked.done()
        release.set()
        assert await blocked is True

    asyncio.run(story())


def test_that_an_error_of_the_work_reaches_the_caller():
    async def story() -> None:
        await offload(int, "not a number")

    with pytest.raises(ValueError, match="not a number"):
        asyncio.run(story())
