"""The stand-in's streams as ffmpeg and an HTTP client see them."""

import asyncio
import time

import av
import httpx
import numpy as np
import pytest

from desktop.standin.streams import UnitState
from desktop.standin.video.frame_number import read_number
from desktop.standin.video.osd import LiveBand
from desktop.standin.video.profiles import SUB, with_state
from tests.integration.standin_video.conftest import decode

RTSP = ("-rtsp_transport", "tcp")
FAST = ("-probesize", "2000000", "-analyzeduration", "500000")


@pytest.mark.parametrize("profile_id", ["sub", "main"])
@pytest.mark.parametrize("protocol", ["http-ts", "rtsp"])
def test_that_a_stream_decodes_without_complaint_and_counts_on(
    open_city, profile_id: str, protocol: str
) -> None:
    async def run():
        async with open_city() as city:
            options = FAST + (RTSP if protocol == "rtsp" else ())
            return await decode(city.address("cam-1", profile_id, protocol), 1.5, *options)

    pictures, complaints = asyncio.run(run())
    numbers = [read_number(picture) for picture in pictures]
    assert complaints == ""
    assert len(numbers) > 20
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_that_a_joiner_gets_a_picture_at_once(open_city) -> None:
    async def run() -> list[float]:
        waits = []
        async with open_city() as city:
            for _ in range(4):
                began = time.monotonic()
                async with city.http.stream("GET", city.address("cam-1", "sub")) as answer:
                    data = await anext(answer.aiter_raw())
                waits.append(time.monotonic() - began)
                assert data[0] == 0x47 and b"\x00\x00\x00\x01\x67" in data[:600]
                await asyncio.sleep(0.3)
        return waits

    assert min(asyncio.run(run())) < 1.0  # the next IDR picture may be a second away


def test_that_nothing_runs_for_a_camera_nobody_watches(open_city) -> None:
    async def run():
        async with open_city() as city:
            before = await city.watched()
            async with city.http.stream("GET", city.address("cam-1", "sub")) as answer:
                await anext(answer.aiter_raw())
                during = await city.watched()
            async with asyncio.timeout(3):
                while after := await city.watched():
                    await asyncio.sleep(0.02)
            return before, during, after

    before, during, after = asyncio.run(run())
    assert (before, after) == ([], [])
    assert during == [{"camera_id": "cam-1", "profile": "sub", "viewers": 1}]


async def begun(city, camera_id: str, seconds_s: float) -> "asyncio.Task":
    """Somebody watches, and the city knows of it."""
    watching = asyncio.create_task(decode(city.address(camera_id, "sub"), seconds_s, *FAST))
    async with asyncio.timeout(5):
        while not await city.watched():
            await asyncio.sleep(0.02)
    return watching


def grows_light_without_a_break(pictures: list[np.ndarray], complaints: str) -> None:
    levels = [float(picture[100:].mean()) for picture in pictures]
    numbers = [read_number(picture) for picture in pictures]
    assert complaints == ""
    assert min(levels) < 80 and levels[-1] > 120
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_that_rising_water_changes_the_picture_without_a_break(open_city) -> None:
    async def run():
        async with open_city() as city:
            watching = await begun(city, "cam-1", 3)
            city.level_m = 0.31
            return await watching

    grows_light_without_a_break(*asyncio.run(run()))


def test_that_daybreak_changes_the_picture_without_a_break(open_city) -> None:
    """The city's clock moves from night to day: the next key picture shows the other loop."""

    async def run():
        async with open_city() as city:
            watching = await begun(city, "cam-4", 3)
            city.clock = city.clock.replace(hour=9)
            return await watching

    grows_light_without_a_break(*asyncio.run(run()))


def test_that_a_drone_tells_its_height_below_the_clock(open_city) -> None:
    async def run():
        async with open_city() as city:
            watching = await begun(city, "cam-4", 3.5)
            city.height_m = 96.5
            return await watching

    pictures, complaints = asyncio.run(run())
    assert complaints == ""
    for picture, height_m in ((pictures[0], 118.0), (pictures[-1], 96.5)):
        text = UnitState(height_m=height_m).line()
        band = LiveBand(with_state(SUB), "无人机 01", lambda _, text=text: text)
        band.show(0, 0.0)
        wanted = (band.luma[32:48, :80].astype(float) - 16) * 255 / 219  # ffmpeg's full range
        assert np.abs(picture[32:48, :80] - wanted).max() < 3, text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/stream/cam-1/sub.ts", 403),
        ("/stream/cam-1/sub.ts?token=7fffffff-00", 403),
        ("/stream/cam-9/sub.ts", 404),
        ("/stream/cam-1/huge.ts", 404),
    ],
)
def test_that_a_wrong_address_is_refused(open_city, path: str, status: int) -> None:
    async def run() -> httpx.Response:
        async with open_city() as city:
            return await city.http.get(path)

    assert asyncio.run(run()).status_code == status


@pytest.mark.parametrize(("mode", "status"), [("refuse", 403), ("notfound", 404)])
def test_that_a_refusing_camera_answers_with_its_status(open_city, mode: str, status: int) -> None:
    async def run() -> list[int]:
        async with open_city() as city:
            await city.set_fault("cam-1", mode)
            refused = await city.http.get(city.address("cam-1", "sub"))
            await city.set_fault("cam-1", "ok")
            async with city.http.stream("GET", city.address("cam-1", "sub")) as answer:
                return [refused.status_code, answer.status_code]

    assert asyncio.run(run()) == [status, 200]


def test_that_a_silent_camera_never_answers(open_city) -> None:
    async def run() -> None:
        async with open_city() as city:
            await city.set_fault("cam-1", "silent")
            with pytest.raises(httpx.ReadTimeout):
                await city.http.get(city.address("cam-1", "sub"), timeout=0.5)

    asyncio.run(run())


def test_that_a_frozen_camera_holds_the_line_and_comes_back(open_city) -> None:
    async def run() -> tuple[bool, bytes]:
        async with (
            open_city() as city,
            city.http.stream("GET", city.address("cam-1", "sub")) as answer,
        ):
            parts = answer.aiter_raw()
            await anext(parts)
            await city.set_fault("cam-1", "frozen")
            silent = False
            waiting = asyncio.ensure_future(anext(parts))
            for _ in range(5):  # what was on its way may still arrive
                done, _ = await asyncio.wait([waiting], timeout=0.4)
                if not done:
                    silent = True
                    break
                waiting = asyncio.ensure_future(anext(parts))
            await city.set_fault("cam-1", "ok")
            return silent, await asyncio.wait_for(waiting, 1)

    silent, again = asyncio.run(run())
    assert silent
    assert again[0] == 0x47


@pytest.mark.parametrize("mode", ["drop", "refuse"])
def test_that_open_connections_end(open_city, mode: str) -> None:
    async def run() -> None:
        async with (
            open_city() as city,
            city.http.stream("GET", city.address("cam-1", "sub")) as answer,
        ):
            parts = answer.aiter_raw()
            await anext(parts)
            await city.set_fault("cam-1", mode)
            async with asyncio.timeout(2):
                async for _ in parts:
                    pass

    asyncio.run(run())


def test_that_garbage_is_no_transport_stream(open_city) -> None:
    async def run() -> bytes:
        async with open_city() as city:
            await city.set_fault("cam-1", "garbage")
            async with city.http.stream("GET", city.address("cam-1", "sub")) as answer:
                return await anext(answer.aiter_raw())

    data = asyncio.run(run())
    assert len(data) > 1000
    assert len(set(data[::188])) > 1


def test_that_a_snapshot_is_a_picture_of_now(open_city) -> None:
    async def run() -> tuple[bytes | None, bytes | None]:
        async with open_city() as city:
            take = city.service.snapshot
            return await asyncio.to_thread(take, "cam-1"), await asyncio.to_thread(take, "cam-9")

    jpeg, unknown = asyncio.run(run())
    assert unknown is None and jpeg is not None
    decoder = av.CodecContext.create("mjpeg", "r")
    picture = decoder.decode(av.Packet(jpeg))[0].to_ndarray(format="gray")
    assert picture.shape == (1080, 1920)
    assert read_number(picture) is not None


@pytest.mark.parametrize(("mode", "answer"), [("refuse", b"403"), ("notfound", b"404")])
def test_that_rtsp_refuses_with_its_status(open_city, mode: str, answer: bytes) -> None:
    async def run() -> bytes:
        async with open_city() as city:
            await city.set_fault("cam-1", mode)
            url = city.address("cam-1", "sub", "rtsp")
            reader, writer = await asyncio.open_connection("127.0.0.1", city.service.rtsp_port)
            writer.write(f"DESCRIBE {url} RTSP/1.0\r\nCSeq: 1\r\n\r\n".encode())
            line = await asyncio.wait_for(reader.readline(), 2)
            writer.close()
            return line

    assert answer in asyncio.run(run())


def test_that_rtsp_over_udp_is_declined(open_city) -> None:
    async def run() -> bytes:
        async with open_city() as city:
            url = city.address("cam-1", "sub", "rtsp")
            reader, writer = await asyncio.open_connection("127.0.0.1", city.service.rtsp_port)
            transport = "RTP/AVP;unicast;client_port=5000-5001"
            writer.write(
                f"SETUP {url}/track1 RTSP/1.0\r\nCSeq: 1\r\nTransport: {transport}\r\n\r\n".encode()
            )
            line = await asyncio.wait_for(reader.readline(), 2)
            writer.close()
            return line

    assert b"461" in asyncio.run(run())
