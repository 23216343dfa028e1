"""Real video processes, real H.264, real pixels: what a tile shows and what it admits."""

import os
import signal
import time

import psutil

from desktop.domain.cameras import Protocol, TileState
from tests.integration.video.conftest import Stage, has_bar
from tests.integration.video.live_source import LiveSource


def test_that_a_picture_moves_on_screen_within_two_seconds(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        assert await stage.until_state(player, TileState.LIVE, 3.0) <= 2.0
        await stage.until(lambda: has_bar(stage.screen.grab(stage.windows[1])), 0.5)
        before = stage.screen.grab(stage.windows[1])
        await stage.until(lambda: stage.screen.grab(stage.windows[1]) != before, 0.5)
        await stage.until(lambda: 20 <= player.status.fps <= 30, 3.0)
        assert player.status.transport == "http-ts"
        assert stage.platform.asked == [("c1", "sub")]

    play(scene)


def test_that_a_frozen_source_is_flagged_within_2_5_s_and_live_again_when_it_goes_on(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, 3.0)
        stage.source.freeze()
        assert await stage.until_state(player, TileState.STALLED, 3.0) <= 2.5
        frozen = stage.screen.grab(stage.windows[1])
        assert stage.screen.grab(stage.windows[1]) == frozen  # the fault is a real one
        assert player.status.age_ms is not None and player.status.age_ms >= 1500
        stage.source.go_on()
        await stage.until_state(player, TileState.LIVE, 3.0)

    play(scene)


def test_that_a_source_that_stays_frozen_is_opened_anew_within_4_s(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, 3.0)
        stage.source.freeze()
        took_s = await stage.until(lambda: len(stage.platform.asked) == 2, 5.0)
        assert took_s <= 4.0
        assert player.status.state is TileState.OPENING
        stage.source.go_on()
        await stage.until_state(player, TileState.LIVE, 3.0)

    play(scene)


def test_that_a_dead_server_is_admitted_and_its_return_found(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, 3.0)
        port = stage.source.port
        stage.source.close()
        assert await stage.until_state(player, TileState.RETRY, 2.0) <= 1.0
        assert player.status.reason and player.status.retry_in_s is not None
        stage.source = LiveSource(port)
        await stage.until_state(player, TileState.LIVE, 5.0)

    play(scene)


def test_that_a_refusal_shows_the_words_of_the_platform_and_when_it_is_asked_again(play):
    async def scene(stage: Stage) -> None:
        stage.platform.addresses["c1"] = "平台拒绝：无此摄像机的权限"
        player = stage.show()
        await stage.until_state(player, TileState.REFUSED, 2.0)
        assert player.status.reason == "平台拒绝：无此摄像机的权限"
        assert player.status.retry_in_s and player.status.retry_in_s > 3
        stage.platform.addresses["c1"] = stage.source.url()
        player.retry_now()
        await stage.until_state(player, TileState.LIVE, 3.0)

    play(scene)


def test_that_a_stream_of_a_foreign_scheme_is_not_opened(play):
    async def scene(stage: Stage) -> None:
        stage.platform.addresses["c1"] = "file:///etc/passwd"
        player = stage.show()
        await stage.until_state(player, TileState.FAILED, 3.0)
        assert "http-ts" in player.status.reason
        assert Protocol.RTSP in stage.pool.capabilities().protocols

    play(scene)


def test_that_the_same_camera_goes_on_and_a_window_made_anew_gets_the_picture(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, 3.0)
        player.show(stage.cameras[0], stage.windows[1])
        assert player.status.state is TileState.LIVE
        assert stage.source.opened == 1
        window_id = stage.screen.window(1)
        player.show(stage.cameras[0], window_id)
        assert player.status.state is TileState.OPENING
        await stage.until_state(player, TileState.LIVE, 3.0)
        await stage.until(lambda: has_bar(stage.screen.grab(window_id)), 0.5)

    play(scene)


def test_that_a_killed_process_is_replaced_and_its_pictures_return_within_3_s(play):
    async def scene(stage: Stage) -> None:
        players = [stage.show(tile) for tile in (1, 2, 3, 4)]
        await stage.until(lambda: all(p.status.state is TileState.LIVE for p in players), 4.0)
        (pid,) = stage.pool.pids()
        os.kill(pid, signal.SIGKILL)
        await stage.until(lambda: all(p.status.state is TileState.OPENING for p in players), 0.5)
        took_s = await stage.until(
            lambda: all(p.status.state is TileState.LIVE for p in players), 4.0
        )
        assert took_s <= 3.0
        assert stage.pool.pids() != (pid,)

    play(scene)


def test_that_a_silent_process_is_killed_and_replaced(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, 3.0)
        (pid,) = stage.pool.pids()
        os.kill(pid, signal.SIGSTOP)
        await stage.until(lambda: not psutil.pid_exists(pid), 4.0)
        await stage.until_state(player, TileState.LIVE, 3.0)

    play(scene)


def test_that_closing_takes_less_than_0_3_s_even_while_a_server_never_answers(play):
    async def scene(stage: Stage) -> None:
        stage.source.freeze()
        for tile in (1, 2, 3, 4):
            stage.show(tile)
        await stage.until(lambda: stage.source.opened == 4, 3.0)
        (pid,) = stage.pool.pids()
        start_s = time.monotonic()
        await stage.pool.close()
        assert time.monotonic() - start_s <= 0.3
        assert not psutil.pid_exists(pid)

    play(scene)


def test_that_a_hidden_tile_stops_and_plays_again_when_it_is_seen(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, 3.0)
        player.set_exposed(False)
        await stage.until_state(player, TileState.IDLE, 3.0)
        await stage.until(lambda: not stage.source.connections, 1.0)
        player.set_exposed(True)
        await stage.until_state(player, TileState.LIVE, 3.0)

    play(scene)
