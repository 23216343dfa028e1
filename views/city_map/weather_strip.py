"""The weather at the map's edge: the signal in force, rain, and how old that is."""

import json

from PySide6.QtCore import QObject, QTimer

from desktop.context import RoomContext
from desktop.domain.levels import WarningLevel
from desktop.domain.weather import STALE_AFTER_S, Weather
from views.city_map.live_layers import platform_now
from views.city_map.marks import plain
from views.city_map.publishing import Publisher
from widgets.times import age_text

REFRESH_MS = 5000


class WeatherStrip(QObject):
    """Nothing is shown before the platform has told."""

    def __init__(self, room: RoomContext, publisher: Publisher, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._publisher = room, publisher
        self._said = b""
        room.weather.changed.connect(self.tell)
        timer = QTimer(self, interval=REFRESH_MS)
        timer.timeout.connect(self.tell)
        timer.start()

    def tell(self) -> None:
        weather = self._room.weather.weather
        body = json.dumps(self._facts(weather) if weather else None, ensure_ascii=False).encode()
        if body != self._said:
            self._said = body
            self._publisher.json("weather", body)

    def _facts(self, weather: Weather) -> dict[str, object]:
        age_s = (platform_now(self._room) - weather.at).total_seconds()
        stale = age_s > STALE_AFTER_S
        age = self.tr("停滞 {}") if stale else self.tr("{} 前")
        return {
            "signal": weather.signal.value if weather.signal else "none",
            "word": plain(weather.signal_name) or self._signal_word(weather.signal),
            "rain": self.tr("{:.1f} mm/h").format(weather.rain_mm_h),
            "age": age.format(age_text(age_s)),
            "stale": stale,
            "text": plain(weather.text),
        }

    def _signal_word(self, signal: WarningLevel | None) -> str:
        return {
            None: self.tr("无降雨信号"),
            WarningLevel.BLUE: self.tr("暴雨蓝色预警"),
            WarningLevel.YELLOW: self.tr("暴雨黄色预警"),
            WarningLevel.ORANGE: self.tr("暴雨橙色预警"),
            WarningLevel.RED: self.tr("暴雨红色预警"),
        }[signal]
