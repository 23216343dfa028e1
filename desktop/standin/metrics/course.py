"""A believable past for what the city keeps no past of: the same for the same city and hour.

It ends in the live value. What was measured while the city ran stands in the place of the course.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from desktop.domain.cockpit.metrics import Metric, Period
from desktop.standin.metrics.sheet import Edges

_CHINA_S, _DAY_S = 8 * 3600, 86_400
_SPREAD = 0.12
"""How far a value wanders round its usual height."""
_STILL = (".total", "asset.")
Floats = NDArray[np.float64]


def course(metric: Metric, scope_id: str, usual: float, edges: Edges, seed: int) -> Floats:
    """`usual`: what it was when the city began to be watched."""
    if metric.source == "assets" or ".total" in metric.metric_id:
        return np.full(len(edges), usual)
    number = _number(f"{seed}/{metric.metric_id}/{scope_id}")
    wander = 0.65 * _noise(number, edges / _DAY_S) + 0.35 * _noise(number + 1, edges / 10_800)
    if metric.period is Period.DAY and not metric.unit.startswith(("s", "%")):
        return np.round(_day_sum(metric, usual, edges, number))
    if metric.unit == "%":
        room = min(100 - usual, usual) if 0 < usual < 100 else 2.0
        values = np.clip(usual + wander * max(room * 0.35, 0.4), 0, 100)
    else:
        values = usual * (1 + _SPREAD * wander)
        if usual == 0:
            values = np.maximum(wander - 0.72, 0) * 6  # nothing on most days, a few on some
    return np.round(values, max(metric.decimals, 0)) if metric.decimals == 0 else values


def _day_sum(metric: Metric, usual: float, edges: Edges, number: int) -> Floats:
    """Grows from each midnight on, like the streets wake."""
    local = edges - 1 + _CHINA_S
    part = _woken((local % _DAY_S + 1) / _DAY_S)
    whole = max(usual, 1.0) * (1 + 0.3 * _random(number, local // _DAY_S))
    return whole * part


def _woken(part: Floats) -> Floats:
    """Share of a day's events that have come by this part of the day."""
    return np.clip(0.5 + 0.5 * np.tanh((part - 0.55) * 4) / np.tanh(1.8), 0, 1) * 0.94 + part * 0.06


def share_of_day(second: float) -> float:
    part = ((second - 1 + _CHINA_S) % _DAY_S + 1) / _DAY_S
    return float(max(_woken(np.array([part]))[0], 0.02))


def _noise(number: int, at: Floats) -> Floats:
    """Smooth, in [-1, 1]."""
    knot = np.floor(at)
    part = at - knot
    part = part * part * (3 - 2 * part)
    before, after = _random(number, knot), _random(number, knot + 1)
    return before + (after - before) * part


def _random(number: int, knot: Floats | NDArray[np.int64]) -> Floats:
    x = np.sin(number % 9973 * 12.9898 + (knot % 100_003) * 78.233) * 43_758.5453
    return (x - np.floor(x)) * 2 - 1


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
