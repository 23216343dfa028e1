"""Base counts by unit and period, and what cannot be true among them.

Names as in GET /statistics/cases (contract). NaN: 未上报, which is not 0 and is not ranked.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from desktop.domain.assessment.expressions import Values

AT_MOST: tuple[tuple[str, str], ...] = (
    ("accept", "report"),
    ("register", "report"),
    ("in_time_register", "register"),
    ("void", "register"),
    ("in_time_dispatch", "need_dispatch"),
    ("accur_dispatch", "need_dispatch"),
    ("in_time_dispose", "dispose"),
    ("in_time_dispose", "need_dispose"),
    ("overtime_dispose", "dispose"),
    ("overtime_to_dispose", "need_dispose"),
    ("archive", "need_archive"),
    ("in_time_archive", "archive"),
    ("check_passed", "checked"),
    ("in_time_verify", "need_verify"),
    ("in_time_check", "need_check"),
    ("hotline_signed", "hotline"),
    ("hotline_in_time", "hotline_due"),
    ("device_online", "device"),
)
"""The first can never be more than the second."""


class Contradiction(Struct, frozen=True):
    """`file`, `row`: where it was read, 0 for none."""

    unit_id: str
    period: str
    reason: str
    file: str = ""
    row: int = 0

    def __str__(self) -> str:
        place = f"{self.file} 第 {self.row} 行：" if self.file else ""
        return f"{place}{self.unit_id} {self.period}：{self.reason}"


class CountTable:
    """Counts as arrays of (units, periods)."""

    def __init__(
        self, unit_ids: Sequence[str], periods: Sequence[str], values: Mapping[str, Values]
    ) -> None:
        self.unit_ids, self.periods = tuple(unit_ids), tuple(periods)
        shape = (len(self.unit_ids), len(self.periods))
        self.values = {name: np.asarray(v, dtype=np.float64) for name, v in values.items()}
        if any(v.shape != shape for v in self.values.values()):
            raise ValueError(f"counts that are not {shape}")
        self.wrong: list[Contradiction] = []
        self.is_wrong = np.zeros(shape, dtype=bool)
        self._check()

    @classmethod
    def of_rows(
        cls, rows: Iterable[tuple[str, str, Mapping[str, float]]], names: Iterable[str]
    ) -> "CountTable":
        """Rows of (unit, period, counts); what no row names is 未上报."""
        rows = list(rows)
        units = list(dict.fromkeys(unit for unit, _, _ in rows))
        periods = sorted({period for _, period, _ in rows})
        values = {name: np.full((len(units), len(periods)), np.nan) for name in names}
        at_unit = {unit: n for n, unit in enumerate(units)}
        at_period = {period: n for n, period in enumerate(periods)}
        for unit, period, counts in rows:
            for name, count in counts.items():
                if name in values:
                    values[name][at_unit[unit], at_period[period]] = count
        return cls(units, periods, values)

    def summed(self, groups: Mapping[str, Sequence[str]]) -> "CountTable":
        """Periods put together: quarter -> its months. A month that is missing makes it 未上报."""
        at = {period: n for n, period in enumerate(self.periods)}
        missing = np.full((len(self.unit_ids), 1), np.nan)

        def total(v: Values, months: Sequence[str]) -> Values:
            parts = [v[:, [at[m]]] if m in at else missing for m in months]
            return np.concatenate(parts, axis=1).sum(axis=1)

        return CountTable(
            self.unit_ids,
            tuple(groups),
            {
                name: np.stack([total(v, months) for months in groups.values()], axis=1)
                for name, v in self.values.items()
            },
        )

    def _check(self) -> None:
        for name, values in self.values.items():
            self._mark(values < 0, f"{name} 为负数")
            self._mark(np.isinf(values), f"{name} 不是有限的数")
        for part, whole in AT_MOST:
            if part in self.values and whole in self.values:
                self._mark(self.values[part] > self.values[whole], f"{part} 大于 {whole}")

    def _mark(self, wrong: NDArray[np.bool_], reason: str) -> None:
        units, periods = np.nonzero(wrong)
        for unit, period in zip(units.tolist(), periods.tolist(), strict=True):
            self.wrong.append(Contradiction(self.unit_ids[unit], self.periods[period], reason))
        self.is_wrong |= wrong
