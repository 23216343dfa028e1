"""Which generated cameras and points give way to the hand-laid ones, so that totals hold."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from desktop.domain.cameras import CameraKind
from desktop.standin.centre import cameras, points
from desktop.standin.generated import GeneratedCity
from desktop.standin.generated.kinds import CAMERA_GROUPS


def replaced_cameras(city: GeneratedCity) -> NDArray[np.int64]:
    """As many as are laid by hand: the nearest to the middle that no point needs to see."""
    a = city.arrays
    fixed = [g.kind in (CameraKind.FIXED, CameraKind.PTZ) for g in CAMERA_GROUPS]
    free = np.array(fixed)[a["camera_group"]]
    free[a["point_cameras"].ravel()] = False
    away = np.where(free, np.hypot(*a["camera_place"].T), np.inf)
    return np.sort(np.argsort(away, kind="stable")[: len(cameras())])


def replaced_points(city: GeneratedCity) -> set[str]:
    """Of each class as many as are laid by hand: the nearest to the middle."""
    away = np.hypot(*city.arrays["point_place"].T)
    wanted = Counter(row.class_id for row in points())
    gone: set[str] = set()
    rows = list(city.points())
    for number in np.argsort(away, kind="stable").tolist():
        row = rows[number]
        if wanted[row.class_id] > 0:
            wanted[row.class_id] -= 1
            gone.add(row.point_id)
    return gone
