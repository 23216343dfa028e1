"""Pictures as cameras send them: 640x360 at 25 per second, H.264 main profile, 1.0 Mbit/s, GOP 50.

A textured scene that pans under moving discs and a sensor's noise, with the picture's number
burnt in: what stands on a screen tells when it was sent. Encoded once a machine.
"""

import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from desktop.standin.video.access_unit import AccessUnit
from desktop.standin.video.bitstream import START_CODE
from desktop.standin.video.frame_number import BLOCKS, strip_bits

WIDTH, HEIGHT, FPS, GOP = 640, 360, 25, 50
SECONDS = 20
"""A number says the age of a picture up to here; then it looks young again."""

COUNT = FPS * SECONDS
BITS_PER_S = 1_000_000
_VERSION = 1  # of the pictures: another one is encoded anew
_DELIMITER = START_CODE + b"\x09"
_DARK, _LIGHT = 30, 220
_NOISE = 2.0  # of a sensor by day, in levels of 255


class MovingSource:
    """The source of a broadcast (desktop.standin.video.broadcast)."""

    def __init__(self, folder: Path) -> None:
        self._units = units(folder)
        nals = [nal for nal in self._units[0].split(START_CODE) if nal]
        sps, pps = (next(nal for nal in nals if nal[0] & 31 == kind) for kind in (7, 8))
        self.parameter_sets = (sps, pps)

    def first_number(self, number: int) -> int:
        return number - number % GOP

    def unit(self, number: int, _wall_s: float) -> AccessUnit:
        return AccessUnit(number, number % GOP == 0, self._units[number % COUNT])


def units(folder: Path) -> list[bytes]:
    """COUNT access units of annex B, each begins with its delimiter."""
    path = folder / f"moving-{_VERSION}-{COUNT}.h264"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{time.monotonic_ns()}")
        part.write_bytes(b"".join(_encoded()))
        part.replace(path)
    parts = path.read_bytes().split(_DELIMITER)[1:]
    assert len(parts) == COUNT, f"{path}: {len(parts)} pictures"
    return [_DELIMITER + part for part in parts]


def _encoded() -> list[bytes]:
    encoder: Any = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    encoder.framerate, encoder.time_base = Fraction(FPS), Fraction(1, FPS)
    encoder.bit_rate, encoder.gop_size = BITS_PER_S, GOP
    rate = f"vbv-maxrate={BITS_PER_S // 1000}:vbv-bufsize={BITS_PER_S // 1000}"
    words = f"keyint={GOP}:min-keyint={GOP}:scenecut=0:bframes=0:slices=1:aud=1:{rate}"
    encoder.options = {"profile": "main", "preset": "medium", "x264-params": words}
    packets = []
    scene, chance = _scene(), np.random.default_rng(1)
    for number in range(COUNT):
        frame = av.VideoFrame.from_ndarray(_picture(scene, chance, number), format="yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, FPS)
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    return [_four_byte_codes(bytes(packet)) for packet in packets]


def _scene() -> NDArray[np.uint8]:
    """Blocks, edges and fine grain, twice the size of the picture and without a seam."""
    chance = np.random.default_rng(7)
    scene = np.zeros((HEIGHT * 2, WIDTH * 2))
    for cell, weight in ((80, 60.0), (20, 35.0), (8, 18.0), (4, 10.0)):
        rough = chance.uniform(-1, 1, (HEIGHT * 2 // cell, WIDTH * 2 // cell))
        scene += weight * np.kron(rough, np.ones((cell, cell)))
    return np.clip(scene + 120, 16, 235).astype(np.uint8)


def _picture(
    scene: NDArray[np.uint8], chance: np.random.Generator, number: int
) -> NDArray[np.uint8]:
    """Planes of yuv420p below each other."""
    turn = 2 * np.pi * number / COUNT  # the last picture is followed by the first
    shift = (round(150 * np.sin(turn)), round(280 * np.cos(turn)))
    view = np.roll(scene, shift, (0, 1))[:HEIGHT, :WIDTH].astype(float)
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    for disc in range(4):
        left = (number * (3 + disc) + 150 * disc) % WIDTH
        top = 80 + 70 * disc
        view[(rows - top) ** 2 + (columns - left) ** 2 < (18 + 5 * disc) ** 2] = 40 + 50 * disc
    view += chance.normal(0, _NOISE, view.shape)
    luma = np.clip(view, 16, 235).astype(np.uint8)
    _burn_in(luma, number)
    chroma = np.roll(scene, shift, (0, 1))[:HEIGHT:2, :WIDTH:2] // 4 + 96
    return np.concatenate(
        [luma, chroma.reshape(HEIGHT // 4, WIDTH), chroma[::-1].reshape(HEIGHT // 4, WIDTH)]
    ).astype(np.uint8)


def _burn_in(luma: NDArray[np.uint8], number: int) -> None:
    top, bottom = round(HEIGHT * 0.02), round(HEIGHT * 0.085)
    edges = [round(place * 0.025 * WIDTH) for place in range(BLOCKS + 1)]
    for left, right, bit in zip(edges, edges[1:], strip_bits(number), strict=False):
        luma[top:bottom, left:right] = _LIGHT if bit else _DARK


def _four_byte_codes(data: bytes) -> bytes:
    parts = data.replace(START_CODE, START_CODE[1:]).split(START_CODE[1:])[1:]
    return b"".join(START_CODE + part for part in parts if part)
