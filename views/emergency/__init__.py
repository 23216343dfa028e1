"""应急一键调度 as a page: evidence, plan, crews, people, two signatures, and the board."""

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext, ViewSpec


def build(room: RoomContext) -> QWidget:
    """Imported late: the solver's packages take their time, and are wanted only here."""
    from views.emergency.page import EmergencyPage
    from views.emergency.rules import CityRules

    return EmergencyPage(room, CityRules())


VIEW = ViewSpec("emergency", str(QT_TRANSLATE_NOOP("views", "应急")), "flash-outline.svg", build)

__all__ = ["VIEW", "build"]
