"""The wall: more tiles than a process takes, and processes that come and go."""

import asyncio
import os
import signal
import time

import psutil

from desktop.domain.cameras import FIRST_WALL_TILE, Camera, TileState
from desktop.video import pool as video_pool
from tests.integration.video.conftest import Stage

LIMIT_S = 20.0
COUNT = 15
TILES = range(FIRST_WALL_TILE, FIRST_WALL_TILE + COUNT)


async def show_wall(stage: Stage):
    stage.platform.addresses = {f"w{tile}": stage.source.url(f"w{tile}") for tile in TILES}
    players = [stage.pool.player(tile) for tile in TILES]
    for place, (tile, player) in enumerate(zip(TILES, players, strict=True)):
        player.show(Camera(camera_id=f"w{tile}", name="x"), stage.screen.window(place % 4))
    await stage.until(lambda: all(p.status.state is TileState.LIVE for p in players), LIMIT_S)
    return players


def test_that_a_crash_takes_the_tiles_of_one_process_and_closing_takes_no_time(play):
    async def scene(stage: Stage) -> None:
        players = await show_wall(stage)
        first, second = stage.pool.pids()
        os.kill(first, signal.SIGKILL)
        await stage.until(lambda: players[0].status.state is not TileState.LIVE, LIMIT_S)
        assert players[-1].status.state is TileState.LIVE
        await stage.until(lambda: all(p.status.state is TileState.LIVE for p in players), LIMIT_S)
        assert second in stage.pool.pids() and first not in stage.pool.pids()
        start_s = time.monotonic()
        await stage.pool.close()
        assert time.monotonic() - start_s < 1.5  # 0.3 s where nothing else runs
        assert not psutil.pid_exists(second)

    play(scene)


def test_that_processes_without_a_picture_end_and_come_back_for_one(play, monkeypatch):
    monkeypatch.setattr(video_pool, "_REST_AFTER_S", 0.5)

    async def scene(stage: Stage) -> None:
        players = await show_wall(stage)
        known = stage.pool.pids()
        for player in players[:-1]:
            player.clear()
        await stage.until(lambda: len(stage.pool.pids()) == 1, LIMIT_S)
        assert players[-1].status.state is TileState.LIVE
        await asyncio.sleep(0)
        players[0].show(Camera(camera_id=f"w{TILES[0]}", name="x"), stage.screen.window())
        await stage.until_state(players[0], TileState.LIVE, LIMIT_S)
        assert len(stage.pool.pids()) == 2 and set(stage.pool.pids()) & set(known)

    play(scene)
