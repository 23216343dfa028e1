"""Takes a still picture of a tile: what the operator sees, with the watermark across it."""

from datetime import timedelta

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QImage

from desktop.clock import Clock
from desktop.domain.picture_part import WHOLE, Size, standing
from desktop.stores.snapshots import Snapshot
from views.video_wall.tile_seat import TileSeat


def still_of(seat: TileSeat, clock: Clock) -> Snapshot | None:
    """None where there is no live picture: nothing old may pass for the present."""
    tile, camera = seat.tile, seat.camera
    screen = tile.screen()
    if camera is None or not seat.is_live or not tile.is_exposed() or screen is None:
        return None
    if QGuiApplication.platformName() != "xcb":
        return None
    window, rect = tile.window(), tile.picture_rect
    corner = tile.mapTo(window, rect.topLeft())
    frame = screen.grabWindow(window.winId(), corner.x(), corner.y(), rect.width(), rect.height())
    if frame.isNull():
        return None
    now = clock.now()
    shown_at = now - timedelta(milliseconds=tile.status.age_ms or 0)
    return Snapshot(frame.toImage(), camera.camera_id, camera.name, now, shown_at)


def whole_picture(seat: TileSeat, clock: Clock) -> QImage | None:
    """The picture without the edges that its place leaves beside it, in a tile that shows all of
    it; None where there is no live picture, or its size is not known yet."""
    still, figures = still_of(seat, clock), seat.figures()
    image = still.image if still is not None else None
    if not isinstance(image, QImage) or not figures.width:
        return None
    if seat.is_focus:  # its place is that of the picture
        return image
    source = Size(figures.width, figures.height)
    at = standing(source, Size(image.width(), image.height()), WHOLE, fills=False)
    return image.copy(QRect(round(at.left), round(at.top), round(at.width), round(at.height)))
