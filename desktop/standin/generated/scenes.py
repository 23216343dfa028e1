"""What a camera looks at: one of the sixteen scenes, by the kind of place where it stands."""

from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.standin.generated.kinds import CAMERA_GROUPS, POINT_KINDS

SCENES = (
    "street", "crossing", "underpass", "market", "bridge", "sanitation", "river", "site", "park",
    "parking", "plaza", "tunnel", "drone", "vehicle", "bodycam", "lamps",
)  # fmt: skip
_MIXES: dict[str, tuple[tuple[str, int], ...]] = {  # of 100 cameras of a group
    "street": (("street", 78), ("lamps", 8), ("parking", 6), ("plaza", 8)),
    "lane": (("street", 72), ("parking", 14), ("sanitation", 8), ("lamps", 6)),
    "order": (("market", 42), ("sanitation", 30), ("street", 16), ("plaza", 12)),
    "green": (("park", 84), ("plaza", 16)),
    "field": (("park", 100),),
    "high": (("plaza", 60), ("park", 40)),
}
PLACES = {  # what a camera's name says of the place, where the group does not say it already
    "market": "农贸市场", "sanitation": "垃圾收集点", "parking": "停车场", "plaza": "广场",
    "lamps": "路灯杆", "tunnel": "隧道口", "underpass": "下穿通道口",
}  # fmt: skip
_TUNNEL_SHARE = 35  # of 100 street cameras on expressways
_AT_THE_UNDERPASS_M = 180.0


def scenes_of(arrays: dict[str, NDArray[Any]]) -> NDArray[np.int8]:
    """The number in SCENES of each camera, always the same for the same city."""
    group = arrays["camera_group"]
    dice = (np.arange(len(group), dtype=np.uint64) * 2_654_435_761 >> 12) % 100
    scene = np.zeros(len(group), np.int8)
    for number, kind in enumerate(CAMERA_GROUPS):
        mine = group == number
        mix = _MIXES.get(kind.key, ((kind.tags[0], 100),))
        ends = list(accumulate(share for _, share in mix))
        which = np.minimum(np.searchsorted(ends, dice[mine], side="right"), len(mix) - 1)
        scene[mine] = np.array([SCENES.index(name) for name, _ in mix])[which]
        if kind.key == "street":
            fast = mine & (arrays["edge_class"][arrays["camera_edge"]] == 1)
            scene[fast & (dice < _TUNNEL_SHARE)] = SCENES.index("tunnel")
    scene[_at_underpasses(arrays)] = SCENES.index("underpass")
    return scene


def _at_underpasses(arrays: dict[str, NDArray[Any]]) -> NDArray[np.int64]:
    underpass = [kind.class_id for kind in POINT_KINDS].index("underpass_water")
    points = np.flatnonzero(arrays["point_kind"] == underpass)
    near = arrays["point_cameras"][points]
    away = arrays["camera_place"][near] - arrays["point_place"][points][:, None, :]
    return near[np.hypot(away[..., 0], away[..., 1]) < _AT_THE_UNDERPASS_M]
