"""The table that `make faults` writes."""

from pathlib import Path

import pytest

from tests.faults.results import BEGIN, END, Result, table, write_table


def result(number: str, state: str = "passed", test: str = "t", **measured: object) -> Result:
    return Result(
        test, number, f"fault {number}", "≤ 5 s", state, 1.0, "2026-07-01", "abc", measured
    )


def test_that_tests_of_one_fault_share_a_row_with_the_worst_state_and_all_figures():
    rows = table([result("7", back_s=2.5), result("7", "failed", back_s=4), result("7", back_s=3)])
    (row,) = rows.splitlines()[2:]
    assert row == "| 7 | fault 7 | ≤ 5 s | back_s 2.5 to 4 | **failed** | 2026-07-01 | abc |"


def test_that_rows_come_in_the_order_of_the_numbers_and_hold_no_markup():
    rows = table([result("38b"), result("4", note="a|<b>"), result("38a")]).splitlines()[2:]
    assert [row.split(" | ")[0] for row in rows] == ["| 4", "| 38a", "| 38b"]
    assert "a\\|&lt;b>" in rows[0]


def test_that_only_what_stands_between_the_marks_is_replaced(tmp_path: Path):
    document = tmp_path / "reliability.md"
    document.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", "utf-8")
    for _ in range(2):
        write_table([result("1")], document)
    text = document.read_text("utf-8")
    assert text.startswith(f"before\n{BEGIN}\n| No.") and text.endswith(f"{END}\nafter\n")
    assert "old" not in text and text.count("| 1 |") == 1
    document.write_text("no marks", "utf-8")
    with pytest.raises(ValueError, match="marks"):
        write_table([result("1")], document)
