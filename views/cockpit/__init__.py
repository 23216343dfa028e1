"""Leader cockpits: any screen from one file, readable from four metres."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from desktop.context import RoomContext, ViewSpec
from views.cockpit.page import CockpitPage
from views.cockpit.wall import CockpitWall


def build(room: RoomContext) -> CockpitPage:
    return CockpitPage(room)


def build_wall(room: RoomContext) -> CockpitWall:
    """For another monitor; room.cockpit_screen says what it shows."""
    return CockpitWall(room)


ICON = "view-dashboard-outline.svg"
VIEW = ViewSpec("cockpit", str(QT_TRANSLATE_NOOP("views", "驾驶舱")), ICON, build)

__all__ = ["VIEW", "build", "build_wall"]
