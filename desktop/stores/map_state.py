"""What the map page says of itself, and where others ask it to look."""

from PySide6.QtCore import QObject, Signal


class MapState(QObject):
    """Counts for `status --json`; written by the city map view only."""

    changed = Signal()
    fly_asked = Signal(float, float, float)  # lon_deg, lat_deg, zoom: somebody wants to see it
    near_asked = Signal(float, float, str)  # lon_deg, lat_deg, place: who is near there
    layer_asked = Signal(str)  # a layer that is to be seen; see views.city_map.layer_tree
    bridge_asked = Signal(str)  # point_id of one of its sensors
    restart_asked = Signal()  # the page's engine can only come back with the whole window

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ready = False
        self.points = 0
        self.movers = 0
        self.blocked_requests = 0

    def report(self, **facts: int | bool) -> None:
        for name, value in facts.items():
            if not hasattr(self, name):
                raise AttributeError(name)
            setattr(self, name, value)
        self.changed.emit()

    def ask_restart(self) -> None:
        """The operator wants the window anew."""
        self.restart_asked.emit()

    def ask_near(self, lon_deg: float, lat_deg: float, place: str) -> None:
        self.near_asked.emit(lon_deg, lat_deg, place)

    def ask_layer(self, layer_id: str) -> None:
        self.layer_asked.emit(layer_id)

    def ask_bridge(self, point_id: str) -> None:
        self.bridge_asked.emit(point_id)

    def fly_to(self, lon_deg: float, lat_deg: float, zoom: float) -> None:
        """A map that is not ready yet goes there when it is."""
        self.fly_asked.emit(lon_deg, lat_deg, zoom)
