"""名册: what the platform has told of cameras, items, points, resources, units and duty."""

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext, ViewSpec
from views.registers.page import RegistersPage


def build(room: RoomContext) -> QWidget:
    return RegistersPage(room)


VIEW = ViewSpec("registers", str(QT_TRANSLATE_NOOP("views", "名册")), "table.svg", build)

__all__ = ["VIEW", "build"]
