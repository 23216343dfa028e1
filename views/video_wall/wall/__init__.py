"""The video wall: a page of its own, cut into cells as the operator likes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext, ViewSpec
from desktop.stores.wall_screens import ScreenWall

if TYPE_CHECKING:
    from views.video_wall.wall.page import WallPage


def build(room: RoomContext) -> QWidget:
    """Imported late: what moves the wall imports the grid, and the page imports both."""
    from views.video_wall.wall.page import WallPage

    return WallPage(room)


def build_screen(room: RoomContext, place: ScreenWall) -> "WallPage":
    """The wall of another monitor, bare."""
    from views.video_wall.wall.page import WallPage

    page = WallPage(room, place)
    page.set_bare(True)
    return page


VIEW = ViewSpec("wall", str(QT_TRANSLATE_NOOP("views", "视频墙")), "view-grid-outline.svg", build)

__all__ = ["VIEW", "build", "build_screen"]
