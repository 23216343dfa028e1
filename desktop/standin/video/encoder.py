"""x264 as it must write a loop: the top band in slices of its own, no CABAC, no B-frames."""

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from desktop.standin.video.bitstream import (
    NAL_IDR,
    NAL_PPS,
    NAL_SLICE,
    NAL_SPS,
    START_CODE,
    PictureNumbers,
    StreamParameters,
    read_parameters,
    read_slice_start,
    split_nals,
)
from desktop.standin.video.loops import write_loop
from desktop.standin.video.profiles import FPS, GOP, Profile

# Nothing in a night scene looks like this, so no vector below the band points into it:
# the band that is shown in the end is another one.
_BAND_IN_LOOP = (235, 240, 16)  # luma, blue and red difference
_AHEAD = 4  # drawn pictures that wait for the encoder
_QUALITY = {"sub": "26", "main": "27"}


def _context(profile: Profile) -> VideoCodecContext:
    context = av.CodecContext.create("libx264", "w")
    assert isinstance(context, VideoCodecContext)
    context.width, context.height, context.pix_fmt = profile.width, profile.height, "yuv420p"
    context.time_base, context.framerate = Fraction(1, FPS), Fraction(FPS, 1)
    # Nothing below the band may read it, for another one is shown: sliced threads keep the
    # deblocking filter inside each slice (idc 2), and vectors of whole pixels (subme 0) keep
    # the interpolation filter's taps from reaching over the border.
    parameters = {
        "keyint": GOP, "min-keyint": GOP, "scenecut": 0, "bframes": 0, "ref": 1, "weightp": 0,
        "cabac": 0, "8x8dct": 0, "slice-max-mbs": profile.band_mbs, "threads": 2,
        "sliced-threads": 1, "subme": 0, "rc-lookahead": 0, "mbtree": 0,
        "crf": _QUALITY[profile.profile_id],
        "vbv-maxrate": profile.kbit_s, "vbv-bufsize": profile.kbit_s, "force-cfr": 1,
    }  # fmt: skip
    context.options = {
        "preset": "superfast",
        "profile": "baseline",
        "x264-params": ":".join(f"{key}={value}" for key, value in parameters.items()),
    }
    return context


def encode_loop(pictures: Iterable[av.VideoFrame], profile: Profile, path: Path) -> None:
    """Encodes the pictures (any format and size) and writes the loop to `path`.

    The same picture twice in a row is scaled once. One thread draws, one encodes: both spend
    their time outside the interpreter.
    """
    encode = _Encoder(profile).packets
    packets: list[bytes] = []
    with ThreadPoolExecutor(1) as encoder:
        waiting: deque[Future[list[bytes]]] = deque()
        for index, picture in enumerate(pictures):
            waiting.append(encoder.submit(encode, picture, index))
            if len(waiting) > _AHEAD:
                packets += waiting.popleft().result()
        for future in waiting:
            packets += future.result()
    packets += encode(None, 0)
    sets: dict[int, bytes] = {}
    collected = [_scene_only(packet, sets, profile) for packet in packets]
    write_loop(path, profile, sets[NAL_SPS], sets[NAL_PPS], collected)


class _Encoder:
    """Scales and encodes one picture after the other."""

    def __init__(self, profile: Profile) -> None:
        self._profile, self._context = profile, _context(profile)
        self._drawn: av.VideoFrame | None = None
        self._scaled: av.VideoFrame | None = None

    def packets(self, picture: av.VideoFrame | None, index: int) -> list[bytes]:
        """What the encoder gives out for it; None ends the stream."""
        if picture is None:
            return [bytes(packet) for packet in self._context.encode(None)]
        if self._scaled is None or picture is not self._drawn:
            size = self._profile.width, self._profile.height
            self._scaled = picture.reformat(*size, "yuv420p", interpolation="BICUBIC")
            _cover_band(self._scaled, self._profile)
            self._drawn = picture
        self._scaled.pts = index
        return [bytes(packet) for packet in self._context.encode(self._scaled)]


def _cover_band(picture: av.VideoFrame, profile: Profile) -> None:
    for plane, value, shift in zip(picture.planes, _BAND_IN_LOOP, (0, 1, 1), strict=True):
        samples: NDArray[np.uint8] = np.frombuffer(memoryview(plane), np.uint8)
        samples[: (profile.band_height >> shift) * plane.line_size] = value


def _scene_only(
    packet: bytes, sets: dict[int, bytes], profile: Profile
) -> tuple[PictureNumbers, bytes]:
    """Takes the band's slices out of one picture and keeps its numbers."""
    numbers: PictureNumbers | None = None
    scene: list[bytes] = []
    parameters: StreamParameters | None = None
    for nal in split_nals(packet):
        kind = nal[0] & 31
        if kind in (NAL_SPS, NAL_PPS):
            sets[kind] = nal
        elif kind in (NAL_SLICE, NAL_IDR):
            parameters = parameters or read_parameters(sets[NAL_SPS], sets[NAL_PPS])
            first_mb, numbers = read_slice_start(nal, parameters)
            if first_mb >= profile.band_mbs:
                scene.append(START_CODE + nal)
    if numbers is None or not scene:
        raise ValueError("the encoder wrote a picture without slices below the band")
    return numbers, b"".join(scene)
