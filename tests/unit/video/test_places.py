"""Who sits where, and who waits before whose door."""

import asyncio

import pytest

from desktop.domain.cameras import FIRST_WALL_TILE
from desktop.domain.tile_policy import MAX_OPENS
from desktop.video.gates import Gates
from desktop.video.places import (
    FIRST_FOCUS_TILE,
    FOCUS_TILES,
    PLAYERS_PER_PROCESS,
    SOUND_TILE,
    WALL_TILES,
    place_of,
    tile_at,
)


def test_that_every_tile_has_a_place_of_its_own_and_is_found_by_it():
    focus = range(FIRST_FOCUS_TILE, FIRST_FOCUS_TILE + FOCUS_TILES)
    wall = range(FIRST_WALL_TILE, FIRST_WALL_TILE + 4 * WALL_TILES)
    tiles = [SOUND_TILE, *range(1, 20), *wall, *focus]
    places = [place_of(tile) for tile in tiles]
    assert len(set(places)) == len(tiles)
    assert [tile_at(*place) for place in places] == tiles
    assert all(0 <= player < PLAYERS_PER_PROCESS for _, player in places)


def test_that_the_wall_shares_no_process_with_the_tiles_beside_the_map():
    beside_the_map = {place_of(tile)[0] for tile in range(1, FIRST_WALL_TILE)}
    assert place_of(FIRST_WALL_TILE)[0] not in beside_the_map
    assert len({place_of(FIRST_WALL_TILE + n)[0] for n in range(25)}) == 2


def test_that_the_walls_of_two_monitors_share_no_process():
    last = FIRST_WALL_TILE + WALL_TILES - 1
    assert place_of(last)[0] != place_of(last + 1)[0]
    assert FIRST_WALL_TILE + 4 * WALL_TILES <= FIRST_FOCUS_TILE


def test_that_a_host_that_hangs_delays_its_own_streams_only():
    async def scene() -> None:
        gates, inside = Gates(), []

        async def open_one(url: str) -> None:
            async with gates.pass_one(url):
                inside.append(url)
                await asyncio.Event().wait()

        slow = [asyncio.create_task(open_one("http://a:b@slow:80/x")) for _ in range(9)]
        other = asyncio.create_task(open_one("http://other/x"))
        await asyncio.sleep(0.01)
        assert len(inside) == MAX_OPENS + 1 and "http://other/x" in inside
        slow[0].cancel()
        await asyncio.sleep(0.01)
        assert len(inside) == MAX_OPENS + 2
        for task in [*slow, other]:
            task.cancel()
        await asyncio.gather(*slow, other, return_exceptions=True)
        assert not gates._gates  # nothing is kept of a host that nobody opens

    asyncio.run(scene())


@pytest.mark.parametrize("count", [1, 50])
def test_that_all_who_wait_get_through(count):
    async def scene() -> int:
        gates, passed = Gates(), []

        async def open_one(number: int) -> None:
            async with gates.pass_one("rtsp://Host/x"):
                await asyncio.sleep(0)
                passed.append(number)

        await asyncio.gather(*(open_one(n) for n in range(count)))
        return len(passed)

    assert asyncio.run(scene()) == count
