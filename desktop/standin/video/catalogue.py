"""Which loops there are, in the order in which they are needed, and where they lie."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop import __version__
from desktop.standin.video.profiles import MAIN, SUB

SCENES = ("underpass", "street", "crossing", "river")
WATER_DEPTHS_M = (0.0, 0.05, 0.15, 0.27, 0.40, 0.55)


@dataclass(frozen=True)
class LoopId:
    """`depth_m` is water over the carriageway; only the underpass has other than 0."""

    scene: str
    profile_id: str
    depth_m: float = 0.0

    @property
    def file_name(self) -> str:
        depth = f"-{round(self.depth_m * 100):02d}cm" if self.scene == "underpass" else ""
        return f"{self.scene}{depth}-{self.profile_id}-{content_key()}.loop"


def _loops(profile_id: str) -> tuple[LoopId, ...]:
    dry = tuple(LoopId(scene, profile_id) for scene in SCENES)
    return dry + tuple(LoopId("underpass", profile_id, depth) for depth in WATER_DEPTHS_M[1:])


ALL_LOOPS = _loops(SUB.profile_id) + _loops(MAIN.profile_id)


@cache
def content_key() -> str:
    """Changes with the drawing and the encoding, so that an older cache is not used."""
    digest = hashlib.sha256(__version__.encode())
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        if source.parent.name == "scenes" or source.stem in ("encoder", "loops", "profiles"):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:10]
