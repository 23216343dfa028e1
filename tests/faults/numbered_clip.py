"""Real pictures with their number burnt in: what stands on a screen tells when it was sent."""

import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from desktop.standin.video.access_unit import AccessUnit
from desktop.standin.video.bitstream import START_CODE
from desktop.standin.video.frame_number import BLOCKS, strip_bits

FPS, GOP = 25, 5
SECONDS = 20
"""A picture that is older than this looks young again: no test waits so long for a number."""

COUNT = FPS * SECONDS
_DARK, _LIGHT = 30, 220
_DELIMITER = START_CODE + b"\x09\xf0"  # access_unit_delimiter_rbsp (H.264 7.3.2.4)


@dataclass(frozen=True)
class Shape:
    codec: str
    width: int
    height: int


SHAPES = {
    "h264": Shape("libx264", 640, 360),
    "h264-small": Shape("libx264", 480, 270),
    "h265": Shape("libx265", 640, 360),
}


@dataclass(frozen=True)
class Clip:
    """SECONDS of pictures by number, each as bytes of annex B and whether it is a key frame."""

    units: tuple[tuple[bytes, bool], ...]
    parameter_sets: tuple[bytes, bytes]
    template: Any  # the av.Stream that they were read from


@cache
def clip(name: str, folder: Path) -> Clip:
    """Encoded once a machine: kept in `folder`."""
    path = folder / f"numbered-{name}-{GOP}-{COUNT}.ts"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{time.monotonic_ns()}")
        _encode(SHAPES[name], part)
        part.replace(path)
    source = av.open(str(path))  # stays open: its stream is the template
    packets = [p for p in source.demux(video=0) if p.size]
    units = tuple((_four_byte_codes(bytes(p)), p.is_keyframe) for p in packets)
    assert len(units) == COUNT and all(key == (n % GOP == 0) for n, (_, key) in enumerate(units))
    if not name.startswith("h264"):
        return Clip(units, (b"", b""), source.streams.video[0])
    nals = units[0][0].split(START_CODE)
    return Clip(units, (_first(nals, 7), _first(nals, 8)), source.streams.video[0])


def number_now() -> int:
    """The picture that is due now; the same in every process of this machine."""
    return int(time.monotonic() * FPS) % COUNT


def age_s(number: int) -> float:
    """Seconds since the picture `number` was due."""
    return (time.monotonic() * FPS - number) % COUNT / FPS


class NumberedSource:
    """The source of a broadcast (desktop.standin.video.broadcast) of `chosen`'s clip."""

    def __init__(self, folder: Path, chosen: str) -> None:
        self._folder, self.chosen = folder, chosen
        self._clip, self.codec = clip(chosen, folder), "h264"

    @property
    def parameter_sets(self) -> tuple[bytes, bytes]:
        return self._clip.parameter_sets

    def template(self) -> Any:
        """For a muxer that is to carry the pictures."""
        return self._clip.template

    def first_number(self, number: int) -> int:
        return number - number % GOP

    def unit(self, number: int, _wall_s: float) -> AccessUnit:
        if number % GOP == 0:
            self._clip = clip(self.chosen, self._folder)
            self.codec = self.chosen.partition("-")[0]
        data, is_key = self._clip.units[number % COUNT]
        return AccessUnit(number, is_key, _DELIMITER * (self.codec == "h264") + data)


def _encode(shape: Shape, path: Path) -> None:
    with av.open(str(path), "w", format="mpegts") as sink:
        stream = sink.add_stream(shape.codec, rate=FPS)
        stream.width, stream.height, stream.pix_fmt = shape.width, shape.height, "yuv420p"
        options = {"preset": "ultrafast", "tune": "zerolatency"}
        if shape.codec == "libx265":
            options["x265-params"] = f"keyint={GOP}:min-keyint={GOP}:scenecut=0:log-level=none"
        else:
            options |= {"g": str(GOP), "bf": "0", "sc_threshold": "0", "profile": "main"}
            options["x264-params"] = "aud=0:slices=1"
        stream.options = options
        for number in range(COUNT):
            picture = av.VideoFrame.from_ndarray(_picture(shape, number), format="gray8")
            sink.mux(stream.encode(picture.reformat(format="yuv420p")))
        sink.mux(stream.encode(None))


def _picture(shape: Shape, number: int) -> NDArray[np.uint8]:
    """A ramp with a bar that moves, and above it the number's strip of 32 blocks."""
    ramp = np.linspace(50, 200, shape.width, dtype=np.uint8)
    picture = np.tile(ramp, (shape.height, 1))
    left = number * 12 % shape.width
    picture[:, left : left + shape.width // 16] = 235
    top, bottom = round(shape.height * 0.02), round(shape.height * 0.085)
    bits = strip_bits(number)
    for place in range(BLOCKS):
        edges = [round((place + side) * 0.025 * shape.width) for side in (0, 1)]
        picture[top:bottom, edges[0] : edges[1]] = _LIGHT if bits[place] else _DARK
    return picture


def _four_byte_codes(data: bytes) -> bytes:
    parts = data.replace(START_CODE, START_CODE[1:]).split(START_CODE[1:])[1:]
    return b"".join(START_CODE + part for part in parts if part)


def _first(nals: list[bytes], kind: int) -> bytes:
    return next(nal for nal in nals if nal and nal[0] & 31 == kind)
