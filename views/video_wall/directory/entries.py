"""What stands in the short lists: finds, favourites, the last watched, what is near."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from desktop.context import RegisterReads, RoomContext
from desktop.domain.camera_tree import (
    CameraFinds,
    CameraRow,
    CameraTree,
    bearing_deg,
)
from desktop.domain.geo import distance_m
from desktop.domain.registers import TableRow
from views.video_wall.directory.lines import Line, camera_line
from views.video_wall.directory.words import (
    distance_text,
    kind_words,
    translate,
)
from views.video_wall.words import direction_word

FINDS_AT_MOST = 500
NEAR_AT_MOST = 60


class Entry(NamedTuple):
    """`found` is None for a camera that is no longer in the register."""

    camera_id: str
    found: CameraRow | None
    hint: str = ""


class Centre(NamedTuple):
    """Where "near" is measured from; without position it says only what was selected."""

    name: str
    lon_deg: float | None
    lat_deg: float | None
    camera_ids: tuple[str, ...] = ()  # named by the alarm itself


def line_of(entry: Entry, tree: CameraTree, favourites: frozenset[str]) -> Line:
    starred = entry.camera_id in favourites
    if entry.found is None:
        return Line(entry.camera_id, entry.camera_id, camera_id=entry.camera_id, state="gone",
                    starred=starred)  # fmt: skip
    return camera_line(entry.found, tree, starred, entry.hint)


async def by_ids(reads: RegisterReads, ids: Sequence[str]) -> list[Entry]:
    """In their order."""
    rows = await reads.camera_rows(ids)
    return [Entry(one, rows.get(one)) for one in ids]


async def finds(
    reads: RegisterReads, tree: CameraTree, text: str
) -> tuple[list[Entry], CameraFinds]:
    found = await reads.find_cameras(tree, text, kind_words(), FINDS_AT_MOST)
    return [Entry(one.row.id, one) for one in found.rows], found


async def near(reads: RegisterReads, centre: Centre) -> list[Entry]:
    """The cameras that the alarm names, then by distance."""
    hits: Iterable[str] = ()
    if centre.lon_deg is not None and centre.lat_deg is not None:
        nearest = await reads.nearest("cameras", centre.lon_deg, centre.lat_deg, NEAR_AT_MOST)
        hits = [hit.id for hit in nearest]
    ids = list(dict.fromkeys((*centre.camera_ids, *hits)))[:NEAR_AT_MOST]
    rows = await reads.camera_rows(ids)
    found = [(one, rows[one]) for one in ids if one in rows]
    return [Entry(one, row, _away(row.row, centre)) for one, row in found]


def _away(row: TableRow, centre: Centre) -> str:
    """`120 m 东北`; of a named camera that it is named."""
    linked = translate("directory", "关联") if row.id in centre.camera_ids else ""
    if None in (row.lon_deg, row.lat_deg, centre.lon_deg, centre.lat_deg):
        return linked
    here = (centre.lon_deg, centre.lat_deg, row.lon_deg, row.lat_deg)
    metres = distance_m(*here)  # type: ignore[arg-type]
    word = direction_word(bearing_deg(*here))  # type: ignore[arg-type]
    parts = (linked, distance_text(metres), word if metres >= 1 else "")
    return " ".join(part for part in parts if part)


def centre_of(room: RoomContext, alarm_id: str, camera_id: str) -> Centre | None:
    """The selected alarm, else the selected camera; None where nothing is selected."""
    alarm = room.alarms.last_known(alarm_id) if alarm_id else None
    if alarm is not None:
        lon, lat = alarm.lon_deg, alarm.lat_deg
        point = room.points.get(alarm.point_id)
        if (lon is None or lat is None) and point is not None:
            lon, lat = point.lon_deg, point.lat_deg
        return Centre(alarm.title, lon, lat, tuple(alarm.camera_ids))
    camera = room.cameras.get(camera_id)
    return Centre(camera.name, camera.lon_deg, camera.lat_deg) if camera is not None else None
