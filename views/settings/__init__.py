"""设置: what the operator sets for this desk; every change is seen at once."""

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext, ViewSpec
from views.settings.page import SettingsPage


def build(room: RoomContext) -> QWidget:
    return SettingsPage(room)


VIEW = ViewSpec("settings", str(QT_TRANSLATE_NOOP("views", "设置")), "cog-outline.svg", build)

__all__ = ["VIEW", "build"]
