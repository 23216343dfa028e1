"""平日: a quiet day. Now and then something small, most of it goes by itself.

Four to five alarms in ten minutes over the whole city by day, half of it at night.
"""

from datetime import datetime, timedelta, timezone

from desktop.domain.alarms import Alarm, needs_acknowledgement
from desktop.standin.scenarios.occurrences import Pools, small_occurrence
from desktop.standin.scenarios.scenario import Scenario

_COLLEAGUE = "李卫东"
_CITY_TIME = timezone(timedelta(hours=8))
_FIRST_S = 6.0
_PAUSE_S = (95.0, 185.0)
_DAY_H = range(6, 22)
_ANSWER_PERIOD_S = 5.0
# another seat answers what lies so long, by rank of the level: orange, yellow, blue
_ANSWERED_AFTER_MIN = {2: 20.0, 3: 10.0, 4: 10.0}


class Calm(Scenario):
    name = "calm"
    title = "平日"

    def begin(self, at_start: bool) -> None:
        self._pools = Pools(self.city, self.chance)
        self.city.water.rain_mm_h = 0.0
        self._next_s = _FIRST_S

    def step(self, seconds_s: float) -> None:
        self.elapsed_s += seconds_s
        while self.elapsed_s >= self._next_s:
            night = 1.0 if self.city.now().astimezone(_CITY_TIME).hour in _DAY_H else 2.0
            self._next_s += self.chance.uniform(*_PAUSE_S) * night
            draft = small_occurrence(self.city, self.chance, self._pools)
            self.tell(draft, for_s=self.chance.uniform(45, 600))
        if self.every(seconds_s, _ANSWER_PERIOD_S):
            self._let_colleague_answer(self.city.now())

    def _let_colleague_answer(self, now: datetime) -> None:
        """One at a time: the list of a calm day stays short."""
        for alarm in self.city.book.open_alarms():
            if needs_acknowledgement(alarm) and _lay_long(alarm, now):
                self.city.book.acknowledge(alarm.alarm_id, now, _COLLEAGUE)
                return


def _lay_long(alarm: Alarm, now: datetime) -> bool:
    minutes = _ANSWERED_AFTER_MIN.get(alarm.level.rank)
    return minutes is not None and alarm.updated_at < now - timedelta(minutes=minutes)
