"""What is seen of a picture's window before its next picture: never the black of libVLC."""

import os
import signal

from desktop.domain.cameras import TileState
from tests.integration.video.conftest import HEIGHT, WIDTH, Stage, has_bar

LIMIT_S = 12.0
RED = 0xC02020


def test_that_a_window_that_comes_to_the_front_is_never_black(play):
    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)
        window_id = stage.windows[1]
        await stage.until(lambda: has_bar(stage.screen.grab(window_id)), LIMIT_S)
        shown = player.status.frames_shown
        await stage.until(lambda: player.status.frames_shown > shown, LIMIT_S)
        (pid,) = stage.pool.pids()
        os.kill(pid, signal.SIGSTOP)  # no picture comes from now on
        try:
            stage.screen.cover_for_a_moment(window_id, RED)
            pixels = stage.screen.grab(window_id)
        finally:
            os.kill(pid, signal.SIGCONT)
        middle = (HEIGHT // 2 * WIDTH + WIDTH // 2) * 4
        assert pixels[middle : middle + 3] == RED.to_bytes(3, "little")  # what was there before
        assert pixels.count(bytes(400)) == 0

    play(scene)
