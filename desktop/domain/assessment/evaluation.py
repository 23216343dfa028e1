"""Every indicator of every unit and period at once, each with all that explains it."""

from enum import IntEnum

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from desktop.domain.assessment.counts import CountTable
from desktop.domain.assessment.expressions import Values
from desktop.domain.assessment.indicators import Catalogue, Indicator, Unit
from desktop.domain.assessment.intervals import SMALL, wilson

NEAR_SHARE = 0.05
"""Within so much of its target a figure is 接近, beyond it 未达."""


class Status(IntEnum):
    OK = 0
    NOTHING_DUE = 1  # 无应办
    NOT_REPORTED = 2  # 未上报
    CONTRADICTORY = 3  # 数据矛盾

    @property
    def word(self) -> str:
        return ("", "无应办", "未上报", "数据矛盾")[self]


class Standing(IntEnum):
    """Against the target; NONE where there is no target or no figure."""

    NONE = 0
    MET = 1
    NEAR = 2
    MISSED = 3

    @property
    def word(self) -> str:
        return ("—", "达标", "接近", "未达")[self]


class Evaluated(Struct, frozen=True):
    """Arrays of (units, periods). `value` in the indicator's unit (percent: 0 to 100); NaN unless
    `status` is OK. `lower`, `upper`: Wilson's 95 %, for shares of cases."""

    indicator: Indicator
    value: Values
    numerator: Values
    denominator: Values
    status: NDArray[np.uint8]
    lower: Values
    upper: Values

    @property
    def is_small(self) -> NDArray[np.bool_]:
        """小样本."""
        return self.denominator < SMALL

    @property
    def standing(self) -> NDArray[np.uint8]:
        target = self.indicator.target
        result = np.zeros(self.value.shape, dtype=np.uint8)
        if target is None:
            return result
        short = target - self.value if self.indicator.higher_is_better else self.value - target
        with np.errstate(invalid="ignore"):
            near = short <= abs(target) * NEAR_SHARE
            result[:] = np.where(short <= 0, Standing.MET, np.where(near, Standing.NEAR, 3))
        result[np.isnan(self.value)] = Standing.NONE
        return result

    @property
    def points(self) -> Values:
        """0 to 100 for a score: what part of the target is reached; a share without target counts
        as it is, and where less is better and nothing is aimed at, what is left to 100."""
        target, value = self.indicator.target, self.value
        higher = self.indicator.higher_is_better
        with np.errstate(divide="ignore", invalid="ignore"):
            if target is None or target == 0:
                points = value if higher else 100 - value
            else:
                points = 100 * value / target if higher else 100 * target / value
        return np.clip(points, 0.0, 100.0)


def evaluate(catalogue: Catalogue, table: CountTable) -> dict[str, Evaluated]:
    """By id, in the order in which they were computed."""
    shape = (len(table.unit_ids), len(table.periods))
    known: dict[str, Values | float] = {
        name: table.values.get(name, np.full(shape, np.nan)) for name in catalogue.counts
    }
    found: dict[str, Evaluated] = {}
    for one in catalogue.indicators:
        parts = {
            name: np.broadcast_to(part.value(known, catalogue.bands), shape)
            for name, part in catalogue.parts(one.id).items()
        }
        found[one.id] = evaluated = _evaluated(catalogue, one, parts, known, table)
        scale = 100.0 if one.unit is Unit.PERCENT else 1.0
        known[one.id] = evaluated.value / scale
    return found


def _evaluated(
    catalogue: Catalogue,
    one: Indicator,
    parts: dict[str, Values],
    known: dict[str, Values | float],
    table: CountTable,
) -> Evaluated:
    nothing = np.full(table.is_wrong.shape, np.nan)
    above, below = parts.get("numerator", nothing), parts.get("denominator", nothing)
    if (value := parts.get("formula")) is None:
        with np.errstate(divide="ignore", invalid="ignore"):
            value = above / np.where(below == 0, np.nan, below)
    missing = np.zeros(table.is_wrong.shape, dtype=bool)
    for name in catalogue.base_counts(one.id):
        missing |= np.isnan(known[name])
    status = np.where(np.isnan(value), Status.NOTHING_DUE, Status.OK)
    status = np.where(missing, Status.NOT_REPORTED, status)
    status = np.where(table.is_wrong, Status.CONTRADICTORY, status).astype(np.uint8)
    is_share = one.unit is Unit.PERCENT and not one.formula
    lower, upper = wilson(above, below) if is_share else (nothing, nothing)
    scale = 100.0 if one.unit is Unit.PERCENT else 1.0
    value = np.where(status == Status.OK, value * scale, np.nan)
    return Evaluated(one, value, above, below, status, lower * scale, upper * scale)
