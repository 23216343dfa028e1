"""Takes a still picture of a tile: what the operator sees, with the watermark across it."""

from datetime import timedelta

from PySide6.QtGui import QGuiApplication

from desktop.clock import Clock
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
