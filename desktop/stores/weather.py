"""The weather as last told."""

from PySide6.QtCore import QObject, Signal

from desktop.domain.weather import Weather


class WeatherStore(QObject):
    """None until the platform has told."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.weather: Weather | None = None

    def put(self, weather: Weather) -> None:
        if self.weather is None or weather.at >= self.weather.at:
            self.weather = weather
            self.changed.emit()
