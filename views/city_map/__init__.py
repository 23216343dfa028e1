"""The map of the district: cameras and alarms on the platform's base map.

The only place of the program that knows folium and Qt's web engine. Call
`engine.prepare_environment` and `register_scheme` before QApplication.
"""

from typing import TYPE_CHECKING

from desktop.context import RoomContext, ViewSpec

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def register_scheme() -> None:
    """Before QApplication; more than once is no harm."""
    from views.city_map.scheme import register_scheme as register

    register()


def build(room: RoomContext) -> "QWidget":
    """The map view. Needs a running loop: it reads its files and the base map beside it."""
    from views.city_map.map_view import CityMap

    return CityMap(room)


VIEW = ViewSpec("map", "地图", "map-outline.svg", build)
