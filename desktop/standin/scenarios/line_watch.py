"""The alarm of one measured value: raised, made graver, and cleared at the lines of its point."""

from collections.abc import Callable

from desktop.domain.alarms import Alarm, Condition
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Threshold
from desktop.standin.city import City, Draft


class LineWatch:
    """Values below the first line are normal; a line is left only a dead-band below it."""

    def __init__(
        self,
        city: City,
        point: Point,
        lines: tuple[Threshold, ...],
        words: Callable[[float, Threshold], tuple[str, str]],
        dead_band: float,
        tell_again: float,
    ) -> None:
        """`words` gives title and detail of a value over a line."""
        self._city = city
        self._point = point
        self._lines = lines
        self._words = words
        self._dead_band = dead_band
        self._tell_again = tell_again
        self._alarm_id = ""
        self._line: Threshold | None = None
        self._told = 0.0

    def see(self, value: float) -> None:
        """One measurement; it is also what telemetry shows of the point."""
        metric = self._point.metric or "value"
        self._city.readings[self._point.point_id] = {metric: round(value, 3)}
        line = self._reached(value)
        if line is None:
            if self._line is not None:
                self._city.clear(self._alarm_id)
            self._line = None
        elif self._open() is None or self._line is None:
            self._alarm_id = self._city.raise_alarm(self._draft(value, line)).alarm_id
            self._line, self._told = line, value
        elif line is not self._line or abs(value - self._told) >= self._tell_again:
            self._city.tell_again(self._alarm_id, self._draft(value, line))
            self._line, self._told = line, value

    def end(self) -> None:
        """The value is normal again, telemetry is the point's own."""
        self._city.readings.pop(self._point.point_id, None)
        if self._line is not None:
            self._city.clear(self._alarm_id)

    def _reached(self, value: float) -> Threshold | None:
        found: Threshold | None = None
        for line in self._lines:
            held = self._line is not None and line.value <= self._line.value
            if value >= line.value - (self._dead_band if held else 0.0):
                found = line
        return found

    def _open(self) -> Alarm | None:
        if not self._alarm_id:
            return None
        alarm = self._city.book.get(self._alarm_id)
        return alarm if alarm.is_open and alarm.condition is Condition.ACTIVE else None

    def _draft(self, value: float, line: Threshold) -> Draft:
        title, detail = self._words(value, line)
        return Draft(
            point=self._point,
            level=line.level,
            title=title,
            detail=detail,
            value=round(value, 3),
            limit=line.value,
            unit=self._point.unit,
            condition="level",
        )


def lines_of(
    point: Point, otherwise: tuple[tuple[WarningLevel, float], ...]
) -> tuple[Threshold, ...]:
    return point.thresholds or tuple(Threshold(level, value) for level, value in otherwise)
