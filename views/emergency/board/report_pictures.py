"""Pictures for the report: the stills that were taken since the alarm, then what the response's
own cameras show now, each with the masks and the mark that it is seen with at this desk."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter, QPolygonF

from desktop.context import RoomContext
from desktop.domain.cameras import Camera
from desktop.domain.emergency.clocks import T0
from desktop.domain.emergency.incidents import Incident
from desktop.domain.privacy_masks import Mask
from desktop.errors import OperatorError
from desktop.offload import offload
from desktop.stores.snapshots import Snapshot
from widgets.theme import colour
from widgets.times import local
from widgets.watermark import write_across

MOST_PICTURES = 4
LIMIT_S = 6.0
_BEFORE = timedelta(minutes=15)
"""Stills from so long before the alarm still belong to it."""
_SPARE = 2  # asked besides: some cameras are dark
_MARK_OPACITY = 0.45


async def pictures_of(room: RoomContext, one: Incident) -> tuple[Snapshot, ...]:
    """At most MOST_PICTURES; a camera without a picture, or that this desk may not see, is left
    out. Where nobody knows what is to be hidden only what was taken on the screen is shown."""
    begun = one.clocks.get(T0, one.begun.at) - _BEFORE
    taken = [shot for shot in room.snapshots.last if shot.taken_at >= begun][-MOST_PICTURES:]
    missing = MOST_PICTURES - len(taken)
    if missing <= 0 or not room.masks.is_known:
        return tuple(taken)
    known = {shot.camera_id for shot in taken}
    ids = [name for name in dict.fromkeys(one.bookmarks) if name not in known]
    cameras = [camera for name in ids if (camera := room.cameras.get(name)) is not None]
    found = await asyncio.gather(
        *(_still_of(room, camera) for camera in cameras[: missing + _SPARE])
    )
    return (*taken, *[shot for shot in found if shot is not None][:missing])


async def _still_of(room: RoomContext, camera: Camera) -> Snapshot | None:
    try:
        asked = room.questions.camera_picture(camera.camera_id)
        data = await asyncio.wait_for(asked, LIMIT_S)
    except (OperatorError, TimeoutError):
        return None
    now = room.clock.now()
    mark = _mark_text(room, now) if camera.is_marked else ""
    masks = room.masks.of(camera.camera_id)
    image = await offload(dressed, data, masks, mark)
    if image is None:
        return None
    return Snapshot(image, camera.camera_id, camera.name, now, now)


def _mark_text(room: RoomContext, now: datetime) -> str:
    """Who looks, where and when; from the session alone."""
    user = room.session.user
    if user is None:
        return room.settings.seat_id
    return f"{user.name} {user.seat_id or room.settings.seat_id} {local(now):%Y-%m-%d %H:%M}"


def dressed(data: bytes, masks: Sequence[Mask], mark: str) -> QImage | None:
    """None for what is no picture. Paints beside the GUI loop: the image is nobody else's yet."""
    image = QImage.fromData(data)
    if image.isNull():
        return None
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("bg2"))
    for corners in masks:
        shape = [QPointF(x * image.width(), y * image.height()) for x, y in corners]
        painter.drawPolygon(QPolygonF(shape))
    if mark:
        painter.setOpacity(_MARK_OPACITY)
        painter.setPen(colour("text"))
        write_across(painter, image.size(), mark)
    painter.end()
    return image
