"""What a camera recorded: which hours there are, and any part of them as HLS.

Nothing lies on disk: a second of a recording is made from the scene's loop and the camera's
own band when it is asked for, and is the same each time.
Source of the playlist: RFC 8216.
"""

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.standin.video.access_unit import AccessUnit, LiveSource
from desktop.standin.video.loops import Loop
from desktop.standin.video.mpegts import TsMuxer
from desktop.standin.video.profiles import FPS, GOP

KEPT_S = 24 * 3600
SEGMENT_S = 4
DAY_S = 86_400
FULL_PICTURES_UP_TO = 2.0
"""Above this speed, and backwards, only the key pictures go out."""

KEY_PICTURES_S = 8
_GOP_S = GOP // FPS
_CAMERAS_WITH_A_GAP = 0.25
_GAP_S = (180, 1500)

Span = tuple[int, int]  # Unix seconds [from, to)


@dataclass(frozen=True)
class Playback:
    """One part of a camera's past as it is sent; times in Unix seconds."""

    camera_id: str
    name: str
    phase_s: float
    start_s: int
    end_s: int
    speed: float = 1.0
    reverse: bool = False

    @property
    def key_pictures_only(self) -> bool:
        return self.reverse or self.speed > FULL_PICTURES_UP_TO


def recorded_spans(camera_id: str, start_s: int, end_s: int, now_s: int) -> list[Span]:
    """What is there of [start_s, end_s): the last 24 h, for some cameras with a gap a day."""
    start_s, end_s = max(start_s, now_s - KEPT_S), min(end_s, now_s - SEGMENT_S)
    spans: list[Span] = [(start_s, end_s)] if start_s < end_s else []
    for day in range(start_s // DAY_S, end_s // DAY_S + 1):
        if (gap := _gap(camera_id, day)) is not None:
            spans = [part for span in spans for part in _without(span, gap)]
    return spans


def _gap(camera_id: str, day: int) -> Span | None:
    digest = hashlib.sha256(f"{camera_id} {day}".encode()).digest()
    chance = random.Random(digest)
    if chance.random() >= _CAMERAS_WITH_A_GAP:
        return None
    first = day * DAY_S + chance.randrange(DAY_S - _GAP_S[1])
    return first, first + chance.randrange(*_GAP_S)


def _without(span: Span, gap: Span) -> Iterator[Span]:
    for part in ((span[0], min(span[1], gap[0])), (max(span[0], gap[1]), span[1])):
        if part[0] < part[1]:
            yield part


def segments(spans: list[Span], playback: Playback) -> list[list[Span]]:
    """The spans cut into parts of at most SEGMENT_S of playing time, in playing order."""
    length_s = part_length_s(playback)
    cut = [
        [(first, min(first + length_s, end)) for first in range(start, end, length_s)]
        for start, end in spans
    ]
    return [parts[::-1] for parts in cut[::-1]] if playback.reverse else cut


def playlist(
    parts: list[list[Span]], playback: Playback, address: Callable[[Span, int], str]
) -> str:
    """HLS media playlist; `address(span, number)` is the relative address of a segment."""
    longest_s = max((b - a) / playback.speed for spans in parts for a, b in spans)
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", f"#EXT-X-TARGETDURATION:{max(1, round(longest_s))}",
             "#EXT-X-PLAYLIST-TYPE:VOD"]  # fmt: skip
    number = 0
    for index, spans in enumerate(parts):
        if index:
            lines.append("#EXT-X-DISCONTINUITY")
        for start, end in spans:
            lines += [
                f"#EXTINF:{(end - start) / playback.speed:.3f},",
                address((start, end), number),
            ]
            number += 1
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def segment(playback: Playback, span: Span, number: int, choose: Callable[[float], Loop]) -> bytes:
    """One part as a transport stream that joins the part before it without a seam.

    `number` counts the parts; `choose(at_s)` gives the scene's loop at a time. Blocks for about
    2 ms a second of pictures.
    """
    muxer = TsMuxer(table_count=number * _key_picture_count(playback))
    units = list(_units(playback, span, choose))
    return b"".join(
        muxer.mux_at(unit, _clock_90k(playback, at_s), is_last=place == len(units))
        for place, (at_s, unit) in enumerate(units, start=1)
    )


def _units(
    playback: Playback, span: Span, choose: Callable[[float], Loop]
) -> Iterator[tuple[float, AccessUnit]]:
    """Pictures of the span in playing order, each with its time."""
    at_s = float(span[0])
    # Key pictures fall on whole seconds, so that every part begins with one.
    source = LiveSource(playback.name, round(playback.phase_s), lambda: choose(at_s))
    step_s = key_step_s(playback) if playback.key_pictures_only else 1 / FPS
    times = [span[0] + index * step_s for index in range(round((span[1] - span[0]) / step_s))]
    for at_s in reversed(times) if playback.reverse else times:
        yield at_s, source.unit(round(at_s * FPS), at_s + 0.001)


def key_step_s(playback: Playback) -> int:
    """Recorded seconds from one key picture that is sent to the next."""
    return max(_GOP_S, round(playback.speed / KEY_PICTURES_S))


def _key_picture_count(playback: Playback) -> int:
    """In one part of full length."""
    length_s = part_length_s(playback)
    return length_s // (key_step_s(playback) if playback.key_pictures_only else _GOP_S)


def part_length_s(playback: Playback) -> int:
    """Recorded seconds in one part: SEGMENT_S of playing, whole steps of key pictures."""
    step_s = key_step_s(playback)
    return max(step_s, round(SEGMENT_S * playback.speed) // step_s * step_s)


def _clock_90k(playback: Playback, at_s: float) -> int:
    played_s = playback.end_s - at_s if playback.reverse else at_s - playback.start_s
    return round(played_s / playback.speed * 90_000)
