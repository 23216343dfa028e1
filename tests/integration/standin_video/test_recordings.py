"""Recordings as a player sees them: HLS over HTTP, joined without a seam, seekable."""

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import httpx
import numpy as np
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.responses import Response

from desktop.standin.recordings import Recordings
from desktop.standin.video.addresses import Tokens
from desktop.standin.video.catalogue import ALL_LOOPS
from desktop.standin.video.frame_number import read_number
from desktop.standin.video.hub import StreamCamera
from desktop.standin.video.loops import Loop
from desktop.standin.video.recordings import recorded_spans
from desktop.standin.wire import Problem
from tests.integration.standin_video.conftest import decode

NOW = datetime(2026, 7, 18, 12, 0, 0, tzinfo=UTC)
NOW_S = int(NOW.timestamp())


def with_parts(count: int) -> str:
    """A camera whose last day was recorded in so many parts."""
    names = (f"cam-{n}" for n in range(99))
    return next(c for c in names if len(recorded_spans(c, 0, NOW_S, NOW_S)) == count)


WHOLE, WITH_GAP = with_parts(1), with_parts(2)


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[SimpleNamespace]:
    """The recordings of two cameras on a real socket; `ask` reads JSON, `media` is the base."""
    cameras = {name: StreamCamera(name, "临江路口", "crossing", 0.6) for name in (WHOLE, WITH_GAP)}
    loops = {
        loop_id.profile_id: Loop(folder / loop_id.file_name)
        for loop_id in ALL_LOOPS
        if loop_id.scene == "crossing"
    }
    recordings = Recordings(
        Tokens(), cameras.__getitem__, lambda _, profile, __: loops[profile], lambda: NOW
    )
    app = FastAPI()

    @app.exception_handler(Problem)
    async def problem(_: object, error: Problem) -> Response:
        return error.response()

    app.include_router(recordings.router(), prefix="/api/v1")
    app.include_router(recordings.media_router())
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    base = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    async with httpx.AsyncClient(base_url=base, timeout=5, trust_env=False) as http:

        async def ask(camera_id: str, what: str, start: datetime, end: datetime, **more: object):
            params = {"from": start.isoformat(), "to": end.isoformat(), **more}
            return await http.get(f"/api/v1/cameras/{camera_id}/{what}", params=params)

        yield SimpleNamespace(http=http, ask=ask)
    server.should_exit = True
    await serving


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


async def play(loops: Path, seconds: float, *options: str, **wish: object):
    """Numbers of the pictures of the last ten minutes but one, and complaints of ffmpeg."""
    async with served(loops) as city:
        start, end = ago(minutes=10), ago(minutes=9)
        answer = (await city.ask(WHOLE, "playback", start, end, profile="sub", **wish)).json()
        assert answer["protocol"] == "hls"
        pictures, complaints = await decode(answer["url"], seconds, *options)
        # The writer of raw pictures counts in 25ths of a second: two of them share one at speed 2.
        of_player = [line for line in complaints.splitlines() if "[rawvideo @" not in line]
        return [read_number(p) for p in pictures], "\n".join(of_player), answer


def number_at(at: datetime) -> int:
    return int(at.timestamp()) * 25 % (1 << 24)


def test_that_a_recording_plays_over_the_seams_of_its_parts(loops: Path) -> None:
    numbers, complaints, answer = asyncio.run(play(loops, 9.0))
    assert complaints == ""
    assert datetime.fromisoformat(answer["start"]) == ago(minutes=10)
    assert numbers[:220] == [number_at(ago(minutes=10)) + i for i in range(220)]


def test_that_a_player_can_jump_into_a_recording(loops: Path) -> None:
    numbers, complaints, _ = asyncio.run(play(loops, 1.0, "-ss", "31"))
    assert complaints == ""
    assert numbers[0] is not None
    assert abs(numbers[0] - number_at(ago(minutes=10)) - 31 * 25) <= 25


@pytest.mark.parametrize(("speed", "step"), [(2, 1), (8, 25)])
def test_that_speed_sends_more_of_the_past_in_a_second(loops: Path, speed: int, step: int) -> None:
    numbers, complaints, _ = asyncio.run(play(loops, 3.0, speed=speed))
    assert complaints == ""
    assert set(np.diff(numbers)) == {step}
    assert math.isclose((numbers[-1] - numbers[0]) / 25 / 3.0, speed, rel_tol=0.15)


def test_that_a_recording_runs_backwards_by_its_key_pictures(loops: Path) -> None:
    numbers, complaints, answer = asyncio.run(play(loops, 2.0, speed=4, reverse=True))
    assert complaints == ""
    assert set(np.diff(numbers)) == {-25}
    assert numbers[0] == number_at(ago(minutes=9)) - 25
    assert datetime.fromisoformat(answer["start"]) == ago(minutes=9)


def test_that_a_gap_is_told_and_played_over(loops: Path) -> None:
    async def run() -> None:
        async with served(loops) as city:
            rows = (await city.ask(WITH_GAP, "recordings", ago(hours=24), NOW)).json()["segments"]
            assert len(rows) == 2
            gap = [datetime.fromisoformat(rows[0]["end"]), datetime.fromisoformat(rows[1]["start"])]
            assert gap[0] < gap[1]
            around = gap[0] - timedelta(seconds=10), gap[1] + timedelta(seconds=10)
            answer = (await city.ask(WITH_GAP, "playback", *around, profile="sub")).json()
            text = (await city.http.get(answer["url"])).text
            assert text.count("#EXT-X-DISCONTINUITY") == 1
            pictures, _ = await decode(answer["url"], 19.0)
            numbers = [read_number(p) for p in pictures]
            assert max(np.diff(numbers)) >= (gap[1] - gap[0]).total_seconds() * 25

    asyncio.run(run())


def test_that_nothing_older_than_a_day_is_there(loops: Path) -> None:
    async def run() -> None:
        async with served(loops) as city:
            answer = await city.ask(WHOLE, "recordings", ago(hours=40), ago(hours=30))
            assert answer.json() == {"segments": []}
            refused = await city.ask(WHOLE, "playback", ago(hours=40), ago(hours=30))
            assert (refused.status_code, refused.json()["code"]) == (404, "no_recording")
            assert (await city.ask("nobody", "recordings", ago(hours=1), NOW)).status_code == 404
            assert (await city.ask(WHOLE, "recordings", NOW, ago(hours=1))).status_code == 400

    asyncio.run(run())


def test_that_an_address_opens_nothing_but_its_own_span(loops: Path) -> None:
    async def run() -> None:
        async with served(loops) as city:
            answer = (await city.ask(WHOLE, "playback", ago(minutes=10), ago(minutes=9))).json()
            first, last = int(ago(minutes=10).timestamp()), int(ago(minutes=9).timestamp())
            other = answer["url"].replace(f"{first}-{last}", f"{first - 3600}-{last}")
            assert (await city.http.get(answer["url"])).status_code == 200
            assert (await city.http.get(other)).status_code == 403
            assert (await city.http.get(answer["url"].split("?")[0])).status_code == 403

    asyncio.run(run())
