"""A full cache of loops that are drawn in a second, in place of the stand-in's scenes."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from desktop.standin.video.catalogue import ALL_LOOPS, LoopId
from desktop.standin.video.encoder import encode_loop
from desktop.standin.video.profiles import Profile
from desktop.standin.video.scenes.light import Variant


def moving_pictures(profile: Profile, brightness: int) -> Iterator[av.VideoFrame]:
    """Two seconds of a faint pattern that slides down, out of the band.

    It is as dark as the band, so that a filter or a vector across its border would show.
    """
    random = np.random.default_rng(0)
    texture = random.normal(brightness, 4, (profile.height // 8, profile.width // 8))
    texture = texture.repeat(8, axis=0).repeat(8, axis=1).clip(16, 235)
    for index in range(50):
        planes = np.full((profile.height * 3 // 2, profile.width), 128, np.uint8)
        planes[: profile.height] = np.roll(texture, (4 * index, index), (0, 1))[: profile.height]
        yield av.VideoFrame.from_ndarray(planes, format="yuv420p")


def make_loops(folder: Path) -> None:
    """Water and day make a sub picture brighter, so that tests see which loop plays."""
    made: dict[tuple[Profile, int], Path] = {}
    for loop in ALL_LOOPS:
        key = loop.profile, _brightness(loop)
        path = folder / loop.file_name
        if key in made:
            path.hardlink_to(made[key])
        else:
            encode_loop(moving_pictures(*key), loop.profile, path)
            made[key] = path


def _brightness(loop: LoopId) -> int:
    if loop.profile_id != "sub":
        return 32
    return 150 if loop.depth_m >= 0.27 or loop.variant is Variant.DAY else 32
