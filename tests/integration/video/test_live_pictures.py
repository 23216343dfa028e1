"""Real video processes, real H.264, real pixels: what a tile shows and what it admits."""

import os
import signal
import time

import psutil
import pytest

from desktop.domain.cameras import Protocol, TileState
from tests.integration.video.conftest import Stage, has_bar
from tests.integration.video.live_source import LiveSource

LIMIT_S = 12.0
"""How long what must happen may take on a machine that does other things too. How quick it is
on a quiet one is measured by tests/bench; that 2.5 s are kept, by the unit test of the watchdog."""


def test_that_a_picture_moves_on_screen(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)
        await stage.until(lambda: has_bar(stage.screen.grab(stage.windows[1])), LIMIT_S)
        before = stage.screen.grab(stage.windows[1])
        await stage.until(lambda: stage.screen.grab(stage.windows[1]) != before, LIMIT_S)
        await stage.until(lambda: 20 <= player.status.fps <= 30, LIMIT_S)
        assert player.status.transport == "http-ts"
        assert stage.platform.asked == [("c1", "sub")]

    play(scene)


def test_that_a_frozen_source_is_flagged_and_live_again_when_it_goes_on(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)
        stage.source.freeze()
        await stage.until_state(player, TileState.STALLED, LIMIT_S)
        frozen = stage.screen.grab(stage.windows[1])
        assert stage.screen.grab(stage.windows[1]) == frozen  # the fault is a real one
        assert player.status.age_ms is not None and player.status.age_ms >= 1500
        stage.source.go_on()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)

    play(scene)


def test_that_a_source_that_stays_frozen_is_opened_anew(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)
        stage.source.freeze()
        await stage.until(lambda: len(stage.platform.asked) == 2, LIMIT_S)
        assert player.status.state is TileState.OPENING
        stage.source.go_on()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)

    play(scene)


def test_that_a_dead_server_is_admitted_and_its_return_found(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)
        port = stage.source.port
        stage.source.close()
        await stage.until_state(player, TileState.RETRY, LIMIT_S)
        assert player.status.reason and player.status.retry_in_s is not None
        stage.source = LiveSource(port)
        await stage.until_state(player, TileState.LIVE, LIMIT_S)

    play(scene)


def test_that_a_refusal_shows_the_words_of_the_platform_and_when_it_is_asked_again(play):
    async def scene(stage: Stage) -> None:
        stage.platform.addresses["c1"] = "平台拒绝：无此摄像机的权限"
        player = stage.show()
        await stage.until_state(player, TileState.REFUSED, LIMIT_S)
        assert player.status.reason == "平台拒绝：无此摄像机的权限"
        assert player.status.retry_in_s and player.status.retry_in_s > 3
        stage.platform.addresses["c1"] = stage.source.url()
        player.retry_now()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)

    play(scene)


def test_that_a_platform_out_of_reach_is_a_loss_in_its_words_and_soon_asked_again(play):
    async def scene(stage: Stage) -> None:
        stage.platform.addresses["c1"] = "平台接口不可用：连接中断"
        player = stage.show()
        await stage.until_state(player, TileState.RETRY, LIMIT_S)
        assert player.status.reason == "平台接口不可用：连接中断"
        stage.platform.addresses["c1"] = stage.source.url()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)

    play(scene)


@pytest.mark.parametrize(
    ("status", "words"), [(401, "没有权限"), (403, "没有权限"), (404, "没有这路画面")]
)
def test_that_a_stream_that_its_own_server_refuses_says_so_with_the_status(play, status, words):
    async def scene(stage: Stage) -> None:
        stage.source.status = status
        player = stage.show()
        await stage.until_state(player, TileState.REFUSED, LIMIT_S)
        assert str(status) in player.status.reason and words in player.status.reason
        assert player.status.retry_in_s and player.status.retry_in_s > 3
        stage.source.status = 200
        player.retry_now()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)

    play(scene)


def test_that_a_server_in_trouble_is_a_loss_and_no_refusal(play):
    async def scene(stage: Stage) -> None:
        stage.source.status = 503
        player = stage.show()
        await stage.until_state(player, TileState.RETRY, LIMIT_S)
        assert player.status.reason == "视频流中断：视频服务器出错（503）"

    play(scene)


def test_that_a_stream_of_a_foreign_scheme_is_not_opened(play):
    async def scene(stage: Stage) -> None:
        stage.platform.addresses["c1"] = "file:///etc/passwd"
        player = stage.show()
        await stage.until_state(player, TileState.FAILED, LIMIT_S)
        assert "http-ts" in player.status.reason
        assert Protocol.RTSP in stage.pool.capabilities().protocols

    play(scene)


def test_that_the_same_camera_goes_on_and_a_window_made_anew_gets_the_picture(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)
        player.show(stage.cameras[0], stage.windows[1])
        assert player.status.state is TileState.LIVE
        assert stage.source.opened == 1
        window_id = stage.screen.window(1)
        player.show(stage.cameras[0], window_id)
        assert player.status.state is TileState.OPENING
        await stage.until_state(player, TileState.LIVE, LIMIT_S)
        await stage.until(lambda: has_bar(stage.screen.grab(window_id)), LIMIT_S)

    play(scene)


def test_that_a_killed_process_is_replaced_and_its_pictures_return(play):
    async def scene(stage: Stage) -> None:
        players = [stage.show(tile) for tile in (1, 2, 3, 4)]
        await stage.until(lambda: all(p.status.state is TileState.LIVE for p in players), LIMIT_S)
        (pid,) = stage.pool.pids()
        os.kill(pid, signal.SIGKILL)
        await stage.until(
            lambda: all(p.status.state is TileState.OPENING for p in players), LIMIT_S
        )
        await stage.until(lambda: all(p.status.state is TileState.LIVE for p in players), LIMIT_S)
        assert stage.pool.pids() != (pid,)

    play(scene)


def test_that_a_silent_process_is_killed_and_replaced(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)
        (pid,) = stage.pool.pids()
        os.kill(pid, signal.SIGSTOP)
        await stage.until(lambda: not psutil.pid_exists(pid), LIMIT_S)
        await stage.until_state(player, TileState.LIVE, LIMIT_S)

    play(scene)


def test_that_closing_does_not_wait_for_a_server_that_never_answers(play):
    async def scene(stage: Stage) -> None:
        stage.source.freeze()
        for tile in (1, 2, 3, 4):
            stage.show(tile)
        await stage.until(lambda: stage.source.opened == 4, LIMIT_S)
        (pid,) = stage.pool.pids()
        start_s = time.monotonic()
        await stage.pool.close()
        assert time.monotonic() - start_s < 3.0  # libVLC itself takes 5 s
        assert not psutil.pid_exists(pid)

    play(scene)


def test_that_a_hidden_tile_stops_and_plays_again_when_it_is_seen(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)
        player.set_exposed(False)
        await stage.until_state(player, TileState.IDLE, LIMIT_S)
        await stage.until(lambda: not stage.source.connections, LIMIT_S)
        player.set_exposed(True)
        await stage.until_state(player, TileState.LIVE, LIMIT_S)

    play(scene)
