"""Which loops there are, which stands in for which, in which order they are made."""

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop import __version__
from desktop.standin.video.profiles import MAIN, PROFILES, SUB, Profile, with_state
from desktop.standin.video.scenes.light import Variant

SCENES = (
    "underpass", "street", "crossing", "river", "park", "market", "sanitation", "bridge", "site",
    "parking", "plaza", "tunnel", "lamps", "vehicle", "bodycam", "drone",
)  # fmt: skip
MOBILE_SCENES = ("vehicle", "bodycam", "drone")  # they tell their state in a second line
TAKES = {"street": 4, "crossing": 4}
"""Places of one kind that look different; what most cameras show has several."""
WATER_DEPTHS_M = (0.0, 0.05, 0.15, 0.27, 0.40, 0.55)
_NEAREST: dict[Variant, tuple[Variant, ...]] = {
    Variant.DAY: (Variant.DAY, Variant.DUSK, Variant.RAIN, Variant.NIGHT),
    Variant.DUSK: (Variant.DUSK, Variant.NIGHT, Variant.RAIN, Variant.DAY),
    Variant.RAIN: (Variant.RAIN, Variant.DUSK, Variant.NIGHT, Variant.DAY),
    Variant.NIGHT: (Variant.NIGHT, Variant.RAIN, Variant.DUSK, Variant.DAY),
}
_OTHER_NAMES = {"field": "park", "high": "plaza"}
_PLAIN_SCENE = "street"


@dataclass(frozen=True)
class LoopId:
    """`depth_m` is water over the carriageway; only the underpass in rain has other than 0.

    `take` is one of several places of the scene, from 0, see TAKES.
    """

    scene: str
    profile_id: str
    variant: Variant = Variant.NIGHT
    depth_m: float = 0.0
    take: int = 0

    @property
    def file_name(self) -> str:
        depth = f"-{round(self.depth_m * 100):02d}cm" if self.depth_m else ""
        place = f"{self.scene}{self.take or ''}"
        return f"{place}-{self.variant}{depth}-{self.profile_id}-{content_key()}.loop"

    @property
    def profile(self) -> Profile:
        profile = PROFILES[self.profile_id]
        return with_state(profile) if self.scene in MOBILE_SCENES else profile


def scene_of(tags: tuple[str, ...]) -> str:
    """The scene of a camera with these tags; every camera has one."""
    name = tags[0] if tags else _PLAIN_SCENE
    name = _OTHER_NAMES.get(name, name)
    return name if name in SCENES else _PLAIN_SCENE


def take_of(camera_id: str, scene: str) -> int:
    """Which place of its scene a camera shows, always the same."""
    return zlib.crc32(camera_id.encode()) % TAKES.get(scene, 1)


def _loops(profile_id: str) -> tuple[LoopId, ...]:
    dry = [
        LoopId(scene, profile_id, variant, take=take)
        for variant in Variant
        for scene in SCENES
        for take in range(TAKES.get(scene, 1))
    ]
    deep = [LoopId("underpass", profile_id, Variant.RAIN, depth) for depth in WATER_DEPTHS_M[1:]]
    return (*dry, *deep)


ALL_LOOPS = _loops(SUB.profile_id) + _loops(MAIN.profile_id)


def wish_for(
    scene: str, profile_id: str, variant: Variant, depth_m: float, take: int = 0
) -> LoopId:
    """The loop that shows most nearly this; water is there in the depths that are drawn."""
    depths = WATER_DEPTHS_M if scene == "underpass" else (0.0,)
    depth = min(depths, key=lambda other: abs(other - depth_m))
    return LoopId(scene, profile_id, Variant.RAIN if depth else variant, depth, take)


def alike(wish: LoopId) -> Iterator[LoopId]:
    """The wish itself, then what may stand in for it, the nearest first.

    Water counts for more than light: a flooded road is never shown dry for a better sky.
    Light counts for more than the place: no camera stands in the sun at night.
    """
    depths = WATER_DEPTHS_M if wish.scene == "underpass" else (0.0,)
    for depth in sorted(depths, key=lambda other: abs(other - wish.depth_m)):
        if depth:
            yield LoopId(wish.scene, wish.profile_id, Variant.RAIN, depth)
        else:
            for variant in _NEAREST[wish.variant]:
                for take in dict.fromkeys((wish.take, 0)):
                    yield LoopId(wish.scene, wish.profile_id, variant, take=take)


def in_order(variant: Variant) -> list[LoopId]:
    """All loops, those of the present variant first, every sub picture before its main one;
    the other takes after the first one of each scene."""
    first = _NEAREST[variant]

    def rank(loop: LoopId) -> tuple[int, bool, bool, bool]:
        is_main = loop.profile_id != SUB.profile_id
        return first.index(loop.variant), is_main, loop.depth_m > 0, loop.take > 0

    return sorted(ALL_LOOPS, key=rank)


@cache
def content_key() -> str:
    """Changes with the drawing and the encoding, so that an older cache is not used."""
    digest = hashlib.sha256(__version__.encode())
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        if source.parent.name == "scenes" or source.stem in ("encoder", "loops", "profiles"):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:10]
