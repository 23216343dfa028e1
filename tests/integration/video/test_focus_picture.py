"""Focus pictures: real streams, the real process, and the numbers burnt into what is painted."""

import os
import signal
import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import psutil
import pytest
from PySide6.QtGui import QImage

from desktop.domain.cameras import TileState
from desktop.domain.picture_part import WHOLE
from desktop.standin.video.frame_number import read_number
from desktop.video import wire
from desktop.video.focus_canvas import FocusFrame
from tests.faults.numbered_clip import COUNT
from tests.faults.picture_server import PictureServer, picture_server
from tests.integration.video.focus_stage import FocusStage, number_of, play
from widgets.focus_picture import image_over


@pytest.fixture(scope="module")
def server() -> Iterator[PictureServer]:
    with picture_server() as server:
        yield server


@pytest.fixture(autouse=True)
def mended(server: PictureServer) -> Iterator[None]:
    yield
    server.order("c1", fault="ok", shape="h264")


@pytest.mark.parametrize("protocol", ["http-ts", "rtsp"])
def test_that_pictures_are_painted_young_and_in_order(qapp, server, protocol):
    async def scene(stage: FocusStage) -> None:
        await stage.live()
        await stage.painted(10, 10)  # behind the backlog of the server
        start = len(stage.picture.numbers)
        await stage.painted(75, 15)
        numbers, ages_s = stage.picture.numbers[start:], sorted(stage.picture.ages_s[start:])
        assert None not in numbers, "torn"
        steps = [(b - a) % COUNT for a, b in pairwise(numbers)]
        assert all(0 < step < 10 for step in steps), steps
        assert sum(steps) <= len(steps) * 1.1
        assert ages_s[len(ages_s) // 2] <= 0.08  # goal: 0.08 for 95 of 100 on a quiet machine
        assert stage.player.status.transport == protocol
        figures = stage.player.figures()
        assert (figures.width, figures.height, figures.codec) == (640, 360, "h264")

    play(qapp, server, scene, protocol)


def test_that_a_killed_process_is_noticed_at_once_and_the_picture_comes_back(qapp, server):
    async def scene(stage: FocusStage) -> None:
        await stage.live()
        await stage.painted(5, 10)
        before = number_of(stage.picture)
        (pid,) = stage.pool.pids()
        os.kill(pid, signal.SIGKILL)
        is_live = lambda: stage.player.status.state is TileState.LIVE  # noqa: E731
        assert await stage.until(lambda: not is_live(), 3) <= 0.3  # 0.1 on a quiet machine
        assert number_of(stage.picture) is not None, "the last picture is still whole"
        await stage.until(is_live, 12)
        await stage.painted(20, 10)
        assert before != number_of(stage.picture) and None not in stage.picture.numbers
        assert stage.pool.pids() != (pid,)

    play(qapp, server, scene)


def test_that_a_process_that_stands_still_is_seen_as_a_picture_that_stands_still(qapp, server):
    async def scene(stage: FocusStage) -> None:
        await stage.live()
        (pid,) = stage.pool.pids()
        os.kill(pid, signal.SIGSTOP)
        await stage.until(lambda: stage.player.status.state is not TileState.LIVE, 5)
        await stage.until(lambda: not psutil.pid_exists(pid), 8)
        await stage.until(lambda: stage.player.status.state is TileState.LIVE, 12)

    play(qapp, server, scene)


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("garbage", TileState.RETRY),
        ("frozen", TileState.STALLED),
        ("refuse", TileState.REFUSED),
        ("notfound", TileState.REFUSED),
    ],
)
def test_that_a_fault_of_the_stream_is_told_and_mended(qapp, server, fault, state):
    async def scene(stage: FocusStage) -> None:
        await stage.live()
        server.order("c1", fault=fault)
        await stage.until(lambda: any(said.state is state for said in stage.seen), 12)
        server.order("c1", fault="ok")
        stage.player.retry_now()
        await stage.until(lambda: stage.player.status.state is TileState.LIVE, 12)
        assert len(stage.pool.pids()) == 1

    play(qapp, server, scene)


def test_that_another_codec_and_another_size_go_on_in_the_same_window(qapp, server):
    async def scene(stage: FocusStage) -> None:
        await stage.live()
        for shape, codec, width in (("h264-small", "h264", 480), ("h265", "h265", 640)):
            server.order("c1", shape=shape)
            await stage.until(
                lambda c=codec, w=width: (
                    (stage.player.figures().codec, stage.player.figures().width) == (c, w)
                ),
                12,
            )
            await stage.painted(5, 10)
            assert stage.picture.frame().width() == 640
        assert None not in stage.picture.numbers

    play(qapp, server, scene)


def test_that_a_part_comes_sharp_and_only_as_large_as_its_window(qapp, server):
    async def scene(stage: FocusStage) -> None:
        frames: list[FocusFrame] = []
        stage.canvas.pictured.connect(frames.append)
        await stage.live()
        part = (0.5, 0.25, 0.25, 0.25)
        stage.player.look(part, 0.0)
        stage.picture.look(part, False)
        await stage.until(lambda: frames[-1].part == (0.5, 0.25, 0.25, 0.25), 5)
        assert frames[-1].size == (640, 360) and frames[-1].source == (640, 360)
        stage.picture.resize(320, 180)
        stage.player.look(WHOLE, 0.0)
        stage.picture.look(WHOLE, False)
        await stage.until(lambda: frames[-1].size == (320, 180) and frames[-1].part == WHOLE, 5)
        assert number_of(stage.picture) is not None

    play(qapp, server, scene)


def test_that_a_still_is_the_whole_picture_however_small_its_window_is(qapp, server):
    async def scene(stage: FocusStage) -> None:
        stills: list[FocusFrame] = []
        stage.canvas.still_taken.connect(stills.append)
        stage.picture.resize(200, 112)
        await stage.live()
        stage.player.look((0.5, 0.5, 0.1, 0.1), 0.0)
        stage.canvas.ask_still()
        await stage.until(lambda: stills, 5)
        still = stills[0]
        assert still.size == (640, 360) and still.part == WHOLE
        assert 0 <= time.monotonic() - still.came_s < 2.0
        image = image_over(still.pixels, still.size, still.stride)
        rows = np.frombuffer(still.pixels, np.uint8).reshape(image.height(), -1, 4)
        assert read_number(np.ascontiguousarray(rows[:, :640, 1])) is not None
        assert stage.picture.dress(image).format() == QImage.Format.Format_RGB32

    play(qapp, server, scene)


def test_that_words_about_pictures_that_are_not_there_show_nothing(qapp, server):
    async def scene(stage: FocusStage) -> None:
        frames: list[FocusFrame] = []
        stage.canvas.pictured.connect(frames.append)
        for slot, number, stride in ((0, 9, 2560), (-3, 1, 2560), (7, 1, 2560), (1, 1, 1 << 62)):
            stage.canvas.take(
                wire.Picture(0, 0, number, slot, 640, 360, stride, 640, 360, WHOLE, 0.0)
            )
        assert not frames
        await stage.live()  # and it goes on

    play(qapp, server, scene)


def test_that_no_picture_of_one_camera_comes_after_the_next_was_wanted(qapp, server):
    async def scene(stage: FocusStage) -> None:
        await stage.live()
        sessions: set[int] = set()
        stage.canvas.pictured.connect(lambda _frame: sessions.add(stage.canvas.session))
        stage.player.show(stage.cameras[1], 1, "main")
        before = stage.canvas.session
        await stage.until(lambda: stage.player.status.state is TileState.LIVE, 12)
        assert stage.player.status.camera_id == "c2"
        assert sessions and before not in sessions - {stage.canvas.session}

    play(qapp, server, scene)


def test_that_closing_leaves_no_process_and_takes_no_time(qapp, server):
    pids: list[int] = []

    async def scene(stage: FocusStage) -> None:
        await stage.live()
        pids.extend(stage.pool.pids())
        start_s = time.monotonic()
        await stage.pool.close()
        assert time.monotonic() - start_s <= 0.6

    play(qapp, server, scene)
    assert not any(psutil.pid_exists(pid) for pid in pids)
