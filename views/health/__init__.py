"""系统健康: what works, what does not, since when, and what to do about it."""

from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext, ViewSpec

__all__ = ["VIEW"]


def build(room: RoomContext) -> QWidget:
    from views.health.page import HealthPage  # widgets come after the environment

    return HealthPage(room)


VIEW = ViewSpec(view_id="health", title="健康", icon="heart-pulse.svg", build=build)
