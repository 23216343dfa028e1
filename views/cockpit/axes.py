"""Marks of axes: round values, and hours or days as the city's clocks count them."""

from datetime import UTC, datetime
from math import ceil, floor, log10
from typing import NamedTuple

from widgets.times import local

_HOUR_S, _DAY_S = 3600.0, 86_400.0
_STEPS_S = (
    *(_HOUR_S / 4, _HOUR_S / 2, _HOUR_S, 2 * _HOUR_S, 3 * _HOUR_S, 6 * _HOUR_S, 12 * _HOUR_S),
    *(_DAY_S, 2 * _DAY_S, 5 * _DAY_S, 7 * _DAY_S, 14 * _DAY_S, 30 * _DAY_S, 61 * _DAY_S),
)


class Tick(NamedTuple):
    at: float
    text: str


def time_ticks(start_s: float, end_s: float, most: int) -> list[Tick]:
    """At most so many, on whole hours or midnights of the city; a midnight has its date."""
    span = max(end_s - start_s, 1.0)
    step = next((one for one in _STEPS_S if span / one <= max(most, 1)), span)
    offset = local(datetime.fromtimestamp(start_s, UTC)).utcoffset()
    ahead = offset.total_seconds() if offset is not None else 0.0
    first = ceil((start_s + ahead) / step) * step - ahead
    return [
        Tick(moment, moment_text(moment, step))
        for moment in (first + n * step for n in range(int(span // step) + 1))
        if moment <= end_s
    ]


def moment_text(moment_s: float, step_s: float = 0.0) -> str:
    """The date from steps of a day on and at midnights, else the time."""
    moment = local(datetime.fromtimestamp(moment_s, UTC))
    is_date = step_s >= _DAY_S or (step_s and (moment.hour, moment.minute) == (0, 0))
    return f"{moment:%m-%d}" if is_date else f"{moment:%H:%M}"


def value_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Round values within, with at most so many steps; with the decimals that they need."""
    if high <= low:
        return []
    step = _round_step((high - low) / max(most, 1))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    decimals = max(0, -floor(log10(step) + 1e-9))
    decimals += abs(round(step, decimals) - step) > step * 1e-6
    return [Tick(n * step, f"{n * step:,.{decimals}f}") for n in range(first, last + 1)]


def widened(low: float, high: float, is_count: bool) -> tuple[float, float]:
    """A little air above and below; a count that comes near 0 begins there."""
    span = high - low
    bottom = 0.0 if low >= 0 and low < 0.4 * high else low - span * 0.06
    if low >= 0:
        bottom = max(bottom, 0.0)
    return bottom, max(high + span * 0.06, bottom + 1.0) if is_count else high + span * 0.06


def _round_step(least: float) -> float:
    power = 10.0 ** floor(log10(least))
    return next(power * one for one in (1.0, 2.0, 2.5, 5.0, 10.0) if power * one >= least * 0.999)
