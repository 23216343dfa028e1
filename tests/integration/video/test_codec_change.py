"""A stream that changes its codec and does not say so: nothing old or wrong stands as live."""

import time

from desktop.domain.cameras import TileState
from tests.integration.video import live_source
from tests.integration.video.conftest import Stage

LIMIT_S = 12.0


def test_that_pictures_of_another_codec_are_not_live(play, monkeypatch):
    shown = [live_source.coded("libx264")]

    class Chosen:
        def __len__(self) -> int:
            return len(shown[0])

        def __getitem__(self, number: int) -> tuple[bytes, bool]:
            return shown[0][number]

    monkeypatch.setattr(live_source, "_packets", Chosen)

    async def scene(stage: Stage) -> None:
        player = stage.show()
        await stage.until_state(player, TileState.LIVE, LIMIT_S)
        await stage.until(lambda: player.status.fps > 20, LIMIT_S)
        shown[0] = live_source.coded("libx265")
        took_s = await stage.until_state(player, TileState.RETRY, LIMIT_S)
        assert took_s < 4.0, took_s  # 2 s where nothing else runs
        start_s, before = time.monotonic(), player.status.frames_shown
        await stage.until(lambda: time.monotonic() - start_s > 2.0, LIMIT_S)
        assert player.status.state is not TileState.LIVE
        assert player.status.frames_shown == before  # nor for a moment
        shown[0] = live_source.coded("libx264")
        await stage.until_state(player, TileState.LIVE, LIMIT_S)

    play(scene)
