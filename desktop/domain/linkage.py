"""What the selection of an alarm does to the tiles beside the map."""

from collections.abc import Callable, Collection, Iterable, Sequence

from desktop.domain.alarms import Alarm
from desktop.domain.cameras import Camera

Nearest = Callable[[float, float, int], Iterable[str]]
"""camera_ids nearest to lon_deg, lat_deg, at most so many, nearest first."""


def linked_cameras(alarm: Alarm, nearest: Nearest, tile_count: int) -> tuple[str, ...]:
    """Named cameras first, in their order, then the nearest ones, at most `tile_count`."""
    ids = dict.fromkeys(alarm.camera_ids)  # keeps order, drops doubles
    if len(ids) < tile_count and alarm.lon_deg is not None and alarm.lat_deg is not None:
        # Named cameras may be among the nearest: ask for enough to fill up in any case.
        ids |= dict.fromkeys(nearest(alarm.lon_deg, alarm.lat_deg, tile_count + len(ids)))
    return tuple(ids)[:tile_count]


def default_cameras(cameras: Iterable[Camera], tile_count: int) -> tuple[str, ...]:
    """The first cameras that are online, where no alarm is selected."""
    ids: list[str] = []
    for camera in cameras:
        if len(ids) == tile_count:
            break
        if camera.online:
            ids.append(camera.camera_id)
    return tuple(ids)


def assign_tiles(
    shown: Sequence[str | None], held: Collection[int], wanted: Sequence[str]
) -> tuple[str | None, ...]:
    """Which camera each tile shows next.

    A held tile keeps its camera. A wanted camera that is on a tile stays on that tile, so
    that its picture goes on; the others fill the free tiles in their order. A free tile for
    which nothing is wanted becomes empty.
    """
    keeps = {
        index: camera_id
        for index, camera_id in enumerate(shown)
        if index in held or (camera_id is not None and camera_id in wanted)
    }
    on_screen = set(keeps.values())
    rest = iter([camera_id for camera_id in wanted if camera_id not in on_screen])
    return tuple(keeps[i] if i in keeps else next(rest, None) for i in range(len(shown)))
