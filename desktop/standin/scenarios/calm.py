"""平日: a quiet day. Now and then something small, most of it goes by itself."""

from datetime import timedelta

from desktop.domain.alarms import Alarm, needs_acknowledgement
from desktop.standin.scenarios.occurrences import small_occurrence
from desktop.standin.scenarios.scenario import Scenario

_COLLEAGUE = "李卫东"


class Calm(Scenario):
    name = "calm"
    title = "平日"

    def begin(self, at_start: bool) -> None:
        self.city.water.rain_mm_h = 0.0
        self._next_s = 6.0
        self._clearing: dict[str, float] = {}
        self._elapsed_s = 0.0
        if not at_start:
            self._end_what_the_weather_brought()

    def step(self, seconds_s: float) -> None:
        self._elapsed_s += seconds_s
        if self._elapsed_s >= self._next_s:
            self._next_s = self._elapsed_s + self.chance.uniform(40, 90)
            alarm = small_occurrence(self.city, self.chance)
            self._clearing[alarm.alarm_id] = self._elapsed_s + self.chance.uniform(45, 240)
        for alarm_id in [a for a, due in self._clearing.items() if due <= self._elapsed_s]:
            del self._clearing[alarm_id]
            self.city.clear(alarm_id)
        self._let_colleague_answer()

    def _end_what_the_weather_brought(self) -> None:
        """Faults of a storm before are repaired one by one; gauges clear their own alarms."""
        for alarm in self.city.book.open_alarms():
            by_gauge = alarm.point_id in self.city.water.gauges
            if alarm.raised_at >= self.city.started_at and not by_gauge:
                self._clearing[alarm.alarm_id] = self.chance.uniform(30, 300)

    def _let_colleague_answer(self) -> None:
        """Another seat confirms what lay for ten minutes: the list of a calm day stays short."""
        limit = self.city.now() - timedelta(minutes=10)
        for alarm in self.city.book.open_alarms():
            if _small(alarm) and needs_acknowledgement(alarm) and alarm.updated_at < limit:
                self.city.book.acknowledge(alarm.alarm_id, self.city.now(), _COLLEAGUE)
                return


def _small(alarm: Alarm) -> bool:
    return alarm.level.rank >= 3
