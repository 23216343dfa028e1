"""Which counts tell that a case has cost its unit points."""

import re

from desktop.domain.assessment.case_counts import COUNTED
from desktop.domain.assessment.indicators import Indicator, Unit
from desktop.domain.assessment.mirrored import Blame

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SUM = re.compile(r"[a-z0-9_+() ]+")


def blame_of(indicator: Indicator | None) -> Blame | None:
    """None where a case alone does not tell: hours, indices, and what is more than a sum of counts
    over another."""
    if indicator is None or indicator.formula or indicator.unit is not Unit.PERCENT:
        return None
    sides = (indicator.numerator, indicator.denominator)
    part, whole = (tuple(_NAME.findall(side)) for side in sides)
    if not all(map(_SUM.fullmatch, sides)) or not {*part, *whole} <= set(COUNTED):
        return None
    return Blame(part, whole, not indicator.higher_is_better)
