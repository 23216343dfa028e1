"""REST of what the cameras recorded: /recordings, /playback, and the HLS behind it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from desktop.standin.video.addresses import Tokens
from desktop.standin.video.hub import StreamCamera
from desktop.standin.video.loops import Loop
from desktop.standin.video.profiles import PROFILES
from desktop.standin.video.recordings import (
    Playback,
    playlist,
    recorded_spans,
    segment,
    segments,
)
from desktop.standin.wire import Problem, answer

LONGEST_PLAYBACK_S = 24 * 3600
PATH = "/recording/{camera_id}/{profile_id}/{start_s}-{end_s}"
From = Annotated[datetime, Query(alias="from")]
Speed = Annotated[float, Query(ge=0.25, le=64)]


class Recordings:
    """`camera(camera_id)` raises KeyError; `loop(camera, profile_id, at_s)` is the picture of a
    time in Unix seconds, None while it is not drawn."""

    def __init__(
        self,
        tokens: Tokens,
        camera: Callable[[str], StreamCamera],
        loop: Callable[[StreamCamera, str, float], Loop | None],
        now: Callable[[], datetime],
    ) -> None:
        self._tokens, self._camera, self._loop, self._now = tokens, camera, loop, now

    def router(self) -> APIRouter:
        """Under the platform's base, for who is signed in."""
        router = APIRouter(tags=["recordings"])
        router.add_api_route("/cameras/{camera_id}/recordings", self._recordings, methods=["GET"])
        router.add_api_route("/cameras/{camera_id}/playback", self._playback, methods=["GET"])
        return router

    def media_router(self) -> APIRouter:
        """The playlists and their parts: opened by the token in the address."""
        router = APIRouter(tags=["recordings"])
        router.add_api_route(f"{PATH}.m3u8", self._playlist, methods=["GET"])
        router.add_api_route(f"{PATH}/{{first_s}}-{{last_s}}.ts", self._segment, methods=["GET"])
        return router

    def _known(self, camera_id: str) -> StreamCamera:
        try:
            return self._camera(camera_id)
        except KeyError:
            raise Problem(404, "no_such_camera", f"没有摄像机 {camera_id}") from None

    async def _recordings(self, camera_id: str, start: From, to: datetime) -> Response:
        """What there is between two times, oldest first; [] where nothing was recorded."""
        self._known(camera_id)
        first_s, last_s = _whole_seconds(start, to)
        spans = recorded_spans(camera_id, first_s, last_s, self._now_s())
        return answer({"segments": [{"start": _text(a), "end": _text(b)} for a, b in spans]})

    async def _playback(
        self,
        request: Request,
        camera_id: str,
        start: From,
        to: datetime,
        speed: Speed = 1.0,
        reverse: bool = False,
        profile: str = "main",
    ) -> Response:
        """HLS address; `start` is the time of the first picture."""
        camera = self._known(camera_id)
        if profile not in PROFILES:
            raise Problem(400, "bad_profile", "profile 只能是 main 或 sub")
        first_s, last_s = _whole_seconds(start, to)
        spans = recorded_spans(camera_id, first_s, last_s, self._now_s())
        if not spans:
            raise Problem(404, "no_recording", "这段时间没有录像")
        if self._loop(camera, profile, spans[0][0]) is None:
            raise Problem(409, "picture_not_drawn", "演示画面正在绘制，稍候再试")
        first_s, last_s = spans[0][0], spans[-1][1]
        subject = _subject(profile, first_s, last_s)
        token = self._tokens.issue(camera_id, subject, (last_s - first_s) / speed + 600)
        path = PATH.format(camera_id=camera_id, profile_id=profile, start_s=first_s, end_s=last_s)
        words = f"?token={token}&speed={speed:g}&reverse={str(reverse).lower()}"
        base = f"{request.url.scheme}://{request.url.netloc}"
        begins = _text(last_s if reverse else first_s)
        return answer({"url": f"{base}{path}.m3u8{words}", "protocol": "hls", "start": begins})

    async def _playlist(
        self,
        camera_id: str,
        profile_id: str,
        start_s: int,
        end_s: int,
        token: str = "",
        speed: Speed = 1.0,
        reverse: bool = False,
    ) -> Response:
        wanted = self._opened(camera_id, profile_id, start_s, end_s, token)
        wanted = replace(wanted, speed=speed, reverse=reverse)
        spans = recorded_spans(camera_id, start_s, end_s, self._now_s())
        if not spans:
            raise Problem(404, "no_recording", "这段时间没有录像")
        words = f"?token={token}&speed={speed:g}&reverse={str(reverse).lower()}"

        def address(span: tuple[int, int], number: int) -> str:
            return f"{start_s}-{end_s}/{span[0]}-{span[1]}.ts{words}&number={number}"

        text = playlist(segments(spans, wanted), wanted, address)
        return Response(text, media_type="application/vnd.apple.mpegurl",
                        headers={"cache-control": "no-store"})  # fmt: skip

    async def _segment(
        self,
        camera_id: str,
        profile_id: str,
        start_s: int,
        end_s: int,
        first_s: int,
        last_s: int,
        token: str = "",
        speed: Speed = 1.0,
        reverse: bool = False,
        number: int = 0,
    ) -> Response:
        wanted = self._opened(camera_id, profile_id, start_s, end_s, token)
        wanted = replace(wanted, speed=speed, reverse=reverse)
        if not start_s <= first_s < last_s <= end_s or last_s - first_s > 4 * 64:
            raise Problem(404, "no_such_part", "没有这一段")
        camera = self._known(camera_id)

        def choose(at_s: float) -> Loop:
            loop = self._loop(camera, profile_id, at_s)
            if loop is None:
                raise Problem(409, "picture_not_drawn", "演示画面正在绘制，稍候再试")
            return loop

        body = await asyncio.to_thread(segment, wanted, (first_s, last_s), number, choose)
        return Response(body, media_type="video/mp2t")

    def _opened(
        self, camera_id: str, profile_id: str, start_s: int, end_s: int, token: str
    ) -> Playback:
        camera = self._known(camera_id)
        if profile_id not in PROFILES:
            raise Problem(404, "no_such_profile", "没有这种码流")
        if not self._tokens.opens(token, camera_id, _subject(profile_id, start_s, end_s)):
            raise Problem(403, "address_expired", "录像地址已失效，请重新点播")
        return Playback(camera_id, camera.name, camera.phase_s, start_s, end_s)

    def _now_s(self) -> int:
        return int(self._now().timestamp())


def _subject(profile_id: str, start_s: int, end_s: int) -> str:
    return f"{profile_id} {start_s}-{end_s}"


def _whole_seconds(start: datetime, to: datetime) -> tuple[int, int]:
    if start.tzinfo is None or to.tzinfo is None:
        raise Problem(400, "bad_time", "时间要带时区")
    if not 0 < (to - start).total_seconds() <= LONGEST_PLAYBACK_S:
        raise Problem(400, "bad_span", "时段应大于 0、不超过 24 小时")
    return int(start.timestamp()), int(to.timestamp())


def _text(at_s: int) -> str:
    return datetime.fromtimestamp(at_s, UTC).isoformat(timespec="milliseconds")
