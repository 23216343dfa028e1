"""The scenes: each draws its loop so that the end runs into the beginning."""

from collections.abc import Callable, Iterator

import av

from desktop.standin.video.profiles import FPS, Profile
from desktop.standin.video.scenes import crossing, river, street, underpass
from desktop.standin.video.scenes.stage import Stage

_BUILD: dict[str, Callable[[int, int, float], Stage]] = {
    "street": street.build,
    "crossing": crossing.build,
    "underpass": underpass.build,
    "river": river.build,
}
LOOP_S = {"street": 10, "crossing": 10, "underpass": 8, "river": 10}
_RAIN = {"street": 0.8, "crossing": 0.8, "underpass": 0.0, "river": 0.7}
_LARGEST_WIDTH = 960  # larger pictures are drawn at this size and scaled up


def draw_loop(scene: str, depth_m: float, profile: Profile) -> Iterator[av.VideoFrame]:
    """All pictures of a loop, rgba, at the size in which they are drawn."""
    width = min(profile.width, _LARGEST_WIDTH)
    stage = _BUILD[scene](width, width * 9 // 16, depth_m)
    count = LOOP_S[scene] * FPS
    for index in range(count):
        pixels = stage.picture(index / count, _RAIN[scene])
        yield av.VideoFrame.from_ndarray(pixels, format="rgba")
