"""Every way in which a gateway hands out a live picture, on a screen."""

import asyncio

import pytest

from desktop.domain.cameras import Protocol, TileState
from tests.integration.video import web_source
from tests.integration.video.conftest import Stage, has_bar

LIMIT_S = 15.0


@pytest.mark.parametrize(
    ("source", "protocol", "codec"),
    [
        (lambda: web_source.stream("mpegts", "libx264"), Protocol.HTTP_TS, "h264"),
        (lambda: web_source.stream("mpegts", "libx265"), Protocol.HTTP_TS, "h265"),
        (lambda: web_source.stream("flv", "libx264"), Protocol.HTTP_FLV, "h264"),
        (web_source.play_list, Protocol.HLS, "h264"),
    ],
    ids=["ts", "ts-h265", "flv", "hls"],
)
def test_that_a_picture_comes_by_this_way_and_tells_how(play, source, protocol, codec):
    async def scene(stage: Stage) -> None:
        with source() as url:
            stage.platform.addresses["c1"], stage.platform.protocol = url, protocol
            player = stage.show()
            await stage.until_state(player, TileState.LIVE, LIMIT_S)
            assert player.status.transport == protocol.value
            await stage.until(lambda: has_bar(stage.screen.grab(stage.windows[1])), LIMIT_S)
            await stage.until(lambda: player.figures().kbit_s > 0, LIMIT_S)
            figures = player.figures()
            assert (figures.codec, figures.transport) == (codec, protocol.value)
            await stage.until(lambda: player.figures().width == web_source.WIDTH, LIMIT_S)
            await stage.pool.close()

    play(scene)


def test_that_a_part_of_a_picture_fills_the_window(play):
    """The bar of the test picture stands in one half only for some time; here, its left edge."""

    async def scene(stage: Stage) -> None:
        player = stage.show()
        player.look((0.0, 0.0, 0.05, 0.05))
        await stage.until_state(player, TileState.LIVE, LIMIT_S)
        await asyncio.sleep(0)
        assert player.figures().transport == "http-ts"
        # A bar of 40 of 640 columns covers a twentieth of the picture whole, or not at all.
        await stage.until(lambda: _is_full_of_bar(stage), LIMIT_S)

    play(scene)


def _is_full_of_bar(stage: Stage) -> bool:
    pixels = stage.screen.grab(stage.windows[1])
    middle = len(pixels) // 2
    return all(pixels[i] < 90 and pixels[i + 2] > 220 for i in range(middle + 40, middle + 800, 40))
