"""Cells of a layer: asked once, kept for when the platform is away."""

import pytest

from desktop.errors import PlatformError
from desktop.link.cells import NOTHING, Cells
from tests.integration.registers.conftest import FastClock


class MovedClock(FastClock):
    moved_s = 0.0

    def monotonic_s(self) -> float:
        return super().monotonic_s() + self.moved_s


def _cells(registers, rest) -> tuple[Cells, MovedClock]:
    clock = MovedClock()
    return Cells(rest, registers.writer, clock), clock


def test_that_a_cell_is_kept_and_asked_again_with_its_etag(platform, mirror):
    async def work(registers, rest) -> None:
        cells, clock = _cells(registers, rest)
        body = await cells.get("basemap", 15, 3, 4)
        assert b"FeatureCollection" in body
        assert await cells.get("basemap", 15, 3, 4) == body
        assert platform.asked == ["cell:15/3/4"]
        clock.moved_s += 700.0
        assert await cells.get("basemap", 15, 3, 4) == body  # a 304
        assert platform.asked == ["cell:15/3/4"] * 2

    mirror.run(work)


def test_that_a_cell_once_seen_is_there_without_the_platform(platform, mirror):
    async def first(registers, rest) -> bytes:
        return await _cells(registers, rest)[0].get("basemap", 15, 3, 4)

    async def without(registers, rest) -> bytes:
        cells, _ = _cells(registers, rest)
        with pytest.raises(PlatformError):
            await cells.get("basemap", 15, 3, 5)
        return await cells.get("basemap", 15, 3, 4)

    body = mirror.run(first)
    platform.down = True
    assert mirror.run(without) == body


def test_that_a_place_where_the_layer_has_nothing_is_empty(platform, mirror):
    async def work(registers, rest) -> bytes:
        return await _cells(registers, rest)[0].get("basemap", 15, 0, 0)

    assert mirror.run(work) == NOTHING
