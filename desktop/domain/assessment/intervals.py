"""How sure a rate is: Wilson's interval, and what is a small sample."""

import numpy as np

from desktop.domain.assessment.expressions import Values

Z_95 = 1.959963984540054
SMALL = 30
"""Cases under which a rate carries the badge 小样本."""


def wilson(successes: Values, trials: Values, z: float = Z_95) -> tuple[Values, Values]:
    """Lower and upper bound of a share, 0 to 1; NaN without trials.

    Source: Wilson 1927, J. Am. Stat. Assoc. 22, 209. 22 of 22 gives 0.851 to 1.
    """
    n = np.where(trials > 0, trials, np.nan)
    share = successes / n
    with np.errstate(invalid="ignore"):
        middle = share + z * z / (2 * n)
        reach = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        below, above = (middle - reach) / (1 + z * z / n), (middle + reach) / (1 + z * z / n)
    return np.clip(below, 0.0, 1.0), np.clip(above, 0.0, 1.0)
