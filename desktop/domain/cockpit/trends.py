"""Whether a metric has really moved: trend over a month, one week against the week before."""

from collections.abc import Iterable, Sequence
from math import erfc, sqrt
from typing import NamedTuple

from desktop.domain.cockpit.metrics import Direction, Metric
from desktop.domain.cockpit.series import MetricSeries


class Trend(NamedTuple):
    """Mann and Kendall's test. `slope`: median rise per step (Theil and Sen); `p`: chance that
    a series without any trend looks like this."""

    slope: float
    p: float

    @property
    def is_sure(self) -> bool:
        return self.p < 0.05


FEWEST = 8
"""Known values under which nothing is said about a trend."""


def trend(values: Sequence[float | None]) -> Trend | None:
    """Source: Mann 1945, Econometrica 13, 245; normal approximation with ties. At most the last
    400 values count."""
    known = [(i, v) for i, v in enumerate(values) if v is not None][-400:]
    if len(known) < FEWEST:
        return None
    score = 0
    slopes: list[float] = []
    for place, (i, one) in enumerate(known):
        for j, other in known[place + 1 :]:
            score += (other > one) - (other < one)
            slopes.append((other - one) / (j - i))
    slopes.sort()
    n = len(known)
    ties = [v for _, v in known]
    groups = [ties.count(v) for v in set(ties)]
    spread = n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in groups)
    if spread <= 0:
        return Trend(0.0, 1.0)
    z = (abs(score) - 1) / sqrt(spread / 18) if score else 0.0
    return Trend(slopes[len(slopes) // 2], erfc(max(z, 0.0) / sqrt(2)))


class Shift(NamedTuple):
    """The last days against as many before them."""

    metric: Metric
    before: float
    now: float
    p: float

    @property
    def is_sure(self) -> bool:
        return self.p < 0.05

    @property
    def better(self) -> bool:
        return (self.now > self.before) is (self.metric.direction is Direction.UP)

    @property
    def size(self) -> float:
        """Relative to the value before, so that metrics can be ranked."""
        return abs(self.now - self.before) / max(abs(self.before), 1e-9)


def shift(metric: Metric, series: MetricSeries, days: int = 7) -> Shift | None:
    """Welch's test on daily values. None without a better side or with fewer than 4 known days
    on either side."""
    if metric.direction is Direction.NONE:
        return None
    daily = daily_values(series)
    after = [v for v in daily[-days:] if v is not None]
    before = [v for v in daily[-2 * days : -days] if v is not None]
    if len(after) < 4 or len(before) < 4:
        return None
    mean, was = sum(after) / len(after), sum(before) / len(before)
    error = sqrt(_variance(after) / len(after) + _variance(before) / len(before))
    if error == 0:
        return Shift(metric, was, mean, 1.0 if mean == was else 0.0)
    # Normal tails are too narrow for seven days: a t of 2.2 stands for 5 % with 12 degrees.
    z = abs(mean - was) / error * 1.96 / 2.18
    return Shift(metric, was, mean, erfc(z / sqrt(2)))


def _variance(values: list[float]) -> float:
    middle = sum(values) / len(values)
    return sum((v - middle) ** 2 for v in values) / (len(values) - 1)


_DAY_S = 86_400
_SHANGHAI_S = 8 * 3600


def daily_values(series: MetricSeries) -> list[float | None]:
    """The last known value of each whole day in Asia/Shanghai; a day without any is None. The
    sample of midnight closes the day before it."""
    if not series.values:
        return []
    begin = series.start.timestamp() + _SHANGHAI_S
    days: dict[int, float | None] = {}
    for index, value in enumerate(series.values):
        day = int((begin + index * series.step_s - 1) // _DAY_S)
        days[day] = value if value is not None else days.get(day)
    last = int((begin + (len(series.values) - 1) * series.step_s) // _DAY_S)
    days.pop(last, None)  # today is not over
    return [days.get(day) for day in range(min(days), max(days) + 1)] if days else []


def shifts(
    pairs: Iterable[tuple[Metric, MetricSeries]], days: int = 7, most: int = 3
) -> tuple[list[Shift], list[Shift]]:
    """(better, worse), only what is sure, the greatest first."""
    found = [one for metric, series in pairs if (one := shift(metric, series, days)) is not None]
    sure = sorted((one for one in found if one.is_sure), key=lambda one: -one.size)
    return [s for s in sure if s.better][:most], [s for s in sure if not s.better][:most]
