"""The scenes: each draws its loop so that the end runs into the beginning."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

import av

from desktop.standin.video.profiles import FPS, GOP, Profile
from desktop.standin.video.scenes import (
    bodycam,
    bridge,
    crossing,
    drone,
    lamps,
    market,
    park,
    parking,
    plaza,
    river,
    sanitation,
    site,
    street,
    tunnel,
    underpass,
    vehicle,
)
from desktop.standin.video.scenes.light import LIGHTS, Variant
from desktop.standin.video.scenes.stage import Bytes


class Drawing(Protocol):
    """What a scene builds."""

    def picture(self, share: float) -> Bytes: ...


Build = Callable[..., Drawing]
"""`(width, height, light, depth_m)`; a scene with several takes has `take`, too."""

BUILDS: dict[str, Build] = {
    "street": street.build,
    "crossing": crossing.build,
    "underpass": underpass.build,
    "river": river.build,
    "market": market.build,
    "site": site.build,
    "bridge": bridge.build,
    "vehicle": vehicle.build,
    "drone": drone.build,
    "bodycam": bodycam.build,
    "tunnel": tunnel.build,
    "sanitation": sanitation.build,
    "park": park.build,
    "parking": parking.build,
    "plaza": plaza.build,
    "lamps": lamps.build,
}
LOOP_S = 8
_LARGEST_WIDTH = 960  # larger pictures are drawn at this size and scaled up
_LARGEST_MOVING = 800  # where the whole picture moves, nobody sees the finest lines
_MOVING = ("drone", "vehicle", "bodycam")
_EACH_TWICE = 2  # 12.5 drawings a second: what most street cameras send


def draw_loop(
    scene: str, variant: Variant, depth_m: float, profile: Profile, take: int = 0
) -> Iterator[av.VideoFrame]:
    """All pictures of a loop, rgba, at the size in which they are drawn.

    A drawing is shown for two pictures; the first of each GOP is always a new one.
    """
    width = min(profile.width, _LARGEST_MOVING if scene in _MOVING else _LARGEST_WIDTH)
    build = partial(BUILDS[scene], take=take) if take else BUILDS[scene]
    stage = build(width, width * 9 // 16, LIGHTS[variant], depth_m)
    count = LOOP_S * FPS
    drawn: av.VideoFrame | None = None
    for index in range(count):
        if drawn is None or index % GOP % _EACH_TWICE == 0:
            drawn = av.VideoFrame.from_ndarray(stage.picture(index / count), format="rgba")
        yield drawn
