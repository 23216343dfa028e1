"""The directory of cameras: folders by platform, district and 街道, finds, and short lists.

A CameraTree is one whole picture of the register. It is made beside the GUI loop and never
changed afterwards, so that views and readers share it.
"""

import math
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from desktop.domain.cameras import CameraKind
from desktop.domain.registers import TableRow

CAMERA_MIME = "application/x-chengkan-cameras"
"""What is dragged from the directory to the wall: camera_ids, one a line."""

NOWHERE = ""  # no district registered, or in none of the 街道 that are mirrored
MOVING = "~"  # drones, vehicles and body cameras have no 街道 of their own
MOBILE_KINDS = (CameraKind.DRONE, CameraKind.VEHICLE, CameraKind.BODYCAM)
RECENT_AT_MOST = 50
FAVOURITES_AT_MOST = 500
_LONGEST_ID = 120

FolderPath = tuple[str, ...]
"""() is the whole city, then (platform,), (platform, district_id), (…, …, street_id)."""

LEAF_DEPTH = 3


class Counts(NamedTuple):
    total: int = 0
    online: int = 0

    @property
    def online_percent(self) -> float:
        """Rounded down to a tenth: what is not all online never reads 100."""
        return math.floor(1000 * self.online / self.total) / 10 if self.total else 0.0


class CameraTree(NamedTuple):
    """`numbers`, `ids` and `online` go by position, in the order of names.

    `leaves` maps the path of a lowest folder to the positions in it, `children` a path to its
    folders in the order shown; `names` has districts and 街道 by id; `tags` and `kinds` map a
    word to positions. `stamp` says of which mirror it is.
    """

    table: str
    stamp: tuple[str, ...]
    numbers: "array[int]"
    ids: tuple[str, ...]
    online: bytes
    leaves: Mapping[FolderPath, "array[int]"]
    children: Mapping[FolderPath, tuple[FolderPath, ...]]
    counts: Mapping[FolderPath, Counts]
    names: Mapping[str, str]
    tags: Mapping[str, "array[int]"]
    kinds: Mapping[str, "array[int]"]

    def positions(self, path: FolderPath) -> Iterable[int]:
        """Of all cameras in a folder and the folders below it, folder by folder."""
        if path in self.leaves:
            yield from self.leaves[path]
        for child in self.children.get(path, ()):
            yield from self.positions(child)

    def online_ids(self, path: FolderPath, at_most: int) -> tuple[str, ...]:
        """The first online cameras of a folder, in the order in which it lists them."""
        found: list[str] = []
        for position in self.positions(path):
            if len(found) >= at_most:
                break
            if self.online[position]:
                found.append(self.ids[position])
        return tuple(found)

    def leaves_of(self, camera_ids: Collection[str]) -> dict[str, FolderPath]:
        """Folder by camera_id; looks at every camera: not for the GUI thread."""
        wanted, ids = frozenset(camera_ids), self.ids
        return {
            ids[at]: leaf for leaf, some in self.leaves.items() for at in some if ids[at] in wanted
        }


EMPTY_TREE = CameraTree("", (), array("q"), (), b"", {}, {}, {(): Counts()}, {}, {}, {})


def folders_of(
    lowest: Mapping[FolderPath, Counts], names: Mapping[str, str]
) -> tuple[dict[FolderPath, tuple[FolderPath, ...]], dict[FolderPath, Counts]]:
    """Children and counts of every folder. Large platforms first, areas by their id."""
    counts: dict[FolderPath, Counts] = {(): Counts()}
    below: dict[FolderPath, set[FolderPath]] = {}
    for leaf, own in lowest.items():
        for depth in range(len(leaf) + 1):
            path = leaf[:depth]
            known = counts.get(path, Counts())
            counts[path] = Counts(known.total + own.total, known.online + own.online)
            if depth:
                below.setdefault(leaf[: depth - 1], set()).add(path)

    def place(path: FolderPath) -> tuple[object, ...]:
        if len(path) == 1:
            return (path[0] == NOWHERE, -counts[path].total, path)
        return (path[-1] in (NOWHERE, MOVING), path[-1] not in names, path)

    children = {path: tuple(sorted(some, key=place)) for path, some in below.items()}
    return children, counts


# ---- finds --------------------------------------------------------------------------------


class Reason(IntEnum):
    """Why a camera was found for a word; the order is the order of the finds."""

    ID = 0
    NAME_START = 1
    NAME = 2
    PINYIN = 3
    TAG = 4
    KIND = 5
    PLACE = 6
    PLATFORM = 7


class CameraRow(NamedTuple):
    """A camera as a list shows it. `why` has a reason and what it was found by, for each word."""

    row: TableRow
    street_id: str = NOWHERE
    why: tuple[tuple[Reason, str], ...] = ()


class CameraFinds(NamedTuple):
    """`total` is exact unless `is_cut`: then only some of them were looked at and ordered."""

    rows: tuple[CameraRow, ...] = ()
    total: int = 0
    is_cut: bool = False


def find_order(found: CameraRow) -> tuple[object, ...]:
    """The weakest reason decides, then the others; of equals those that are online first."""
    reasons = sorted((reason for reason, _ in found.why), reverse=True)
    row = found.row
    return (reasons, row.state != "online", row.title, row.id)


# ---- what is near -------------------------------------------------------------------------


def bearing_deg(lon_a_deg: float, lat_a_deg: float, lon_b_deg: float, lat_b_deg: float) -> float:
    """Direction from a to b, clockwise from north, 0 to 360."""
    lat_a, lat_b = math.radians(lat_a_deg), math.radians(lat_b_deg)
    east = math.radians(lon_b_deg - lon_a_deg)
    x = math.sin(east) * math.cos(lat_b)
    y = math.cos(lat_a) * math.sin(lat_b) - math.sin(lat_a) * math.cos(lat_b) * math.cos(east)
    return math.degrees(math.atan2(x, y)) % 360.0


def compass_eighth(bearing: float) -> int:
    """0 is north, 1 north-east, … 7 north-west."""
    return round((bearing % 360.0) / 45.0) % 8


# ---- short lists --------------------------------------------------------------------------


def opened(recent: Sequence[str], camera_ids: Sequence[str]) -> list[str]:
    """The list of the last watched, each once; what was opened together keeps its order."""
    return list(dict.fromkeys((*camera_ids, *recent)))[:RECENT_AT_MOST]


def toggled(favourites: Sequence[str], camera_ids: Sequence[str]) -> list[str]:
    """Adds those that are not in it; if all are, takes them out. The newest stands last."""
    missing = [one for one in dict.fromkeys(camera_ids) if one not in favourites]
    if missing:
        return [*favourites, *missing][:FAVOURITES_AT_MOST]
    return [one for one in favourites if one not in camera_ids]


def mime_of(camera_ids: Iterable[str]) -> bytes:
    return "\n".join(camera_ids).encode()


def ids_of(mime: bytes) -> tuple[str, ...]:
    """Each once, in their order; what cannot be an id is left out."""
    lines = mime.decode("utf-8", "ignore").split("\n")
    fit = (one for one in lines if one and len(one) <= _LONGEST_ID and one.isprintable())
    return tuple(dict.fromkeys(fit))
