"""Units that were merged or renamed in mid-year."""

from datetime import date

import numpy as np
import pytest

from desktop.domain.assessment.counts import CountTable
from desktop.domain.assessment.files import read_assessment
from desktop.domain.assessment.successions import Succession, succeeded, taken_over

MONTHS = ("2026-05", "2026-06", "2026-07")
NAN = np.nan


def table(**rows):
    values = {"archive": np.array(list(rows.values()), dtype=float)}
    return CountTable(list(rows), MONTHS, values)


def merged(unit="old", into="new", since=date(2026, 7, 1)):
    return Succession(unit=unit, into=into, since=since, reason="区划调整")


def counts(found, unit):
    return found.values["archive"][found.unit_ids.index(unit)].tolist()


def test_that_history_is_counted_by_the_division_of_today():
    found = succeeded(table(old=[5, 6, 0], new=[10, 20, 30], other=[1, 1, 1]), [merged()])
    assert found.unit_ids == ("new", "other")
    assert counts(found, "new") == [15, 26, 30] and counts(found, "other") == [1, 1, 1]
    year = found.summed({"2026": MONTHS})
    assert year.values["archive"][0, 0] == 71


def test_that_a_unit_that_is_gone_has_nothing_to_report_but_its_past_has():
    found = succeeded(table(old=[NAN, 6, NAN], new=[10, 20, 30]), [merged()])
    assert np.isnan(counts(found, "new")[0]) and counts(found, "new")[1:] == [26, 30]


def test_that_a_unit_that_was_taken_over_twice_ends_where_the_last_is():
    steps = [merged("a", "b"), merged("b", "c")]
    found = succeeded(table(a=[1, 1, 0], b=[2, 2, 0], c=[4, 4, 7]), steps)
    assert found.unit_ids == ("c",) and counts(found, "c") == [7, 7, 7]


def test_that_a_unit_stays_where_its_successor_is_not_known():
    found = succeeded(table(old=[5, 6, 0], other=[1, 1, 1]), [merged()])
    assert found.unit_ids == ("old", "other")


def test_that_the_cases_of_what_was_taken_over_are_found():
    steps = [merged("a", "b"), merged("b", "c"), merged("x", "y")]
    assert taken_over("c", steps) == ("a", "b") and taken_over("a", steps) == ()


LINE = "  - {{unit: {0}, into: {1}, since: {2}, reason: 调整}}\n"


@pytest.mark.parametrize(
    "lines, line, word",
    [
        ([("a", "b", "2026-07-01"), ("a", "c", "2026-07-01")], 3, "a 写了两次去向"),
        ([("a", "b", "2026-07-01"), ("b", "a", "2026-07-01")], 3, "b 与 a 互相并入"),
        ([("a", "a", "2026-07-01")], 2, "互相并入"),
        ([("a", "b", "七月")], 2, "since"),
    ],
)
def test_that_a_fault_says_file_line_and_reason(lines, line, word):
    text = "successions:\n" + "".join(LINE.format(*one) for one in lines)
    found = [str(one) for one in read_assessment([("units.yaml", text)]).faults]
    assert any(one.startswith(f"units.yaml 第 {line} 行") and word in one for one in found), found
