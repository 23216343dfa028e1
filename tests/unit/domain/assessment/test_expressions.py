import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.assessment.expressions import Expression, ExpressionFault, Steps

POINTS = Steps(((50, 100), (100, 90)), 0)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9.0), ("-a + 4", 1.0), ("a / b", 1.5),
        ("min(a, b)", 2.0), ("max(a, b)", 3.0), ("band(a, points)", 100.0), ("return - a", 2.0),
        ("1.5e1 + a", 18.0),
    ],
)  # fmt: skip
def test_that_a_formula_is_computed(text: str, expected: float):
    values = {"a": 3.0, "b": 2.0, "return": 5.0}
    assert Expression(text).value(values, {"points": POINTS}) == expected


def test_that_a_division_by_zero_is_nothing_due_and_no_number():
    found = Expression("a / b").value(
        {"a": np.array([0.0, 5.0, 5.0]), "b": np.array([0.0, 0.0, 2.0])}
    )
    np.testing.assert_array_equal(found, [np.nan, np.nan, 2.5])


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('id')", "a.__class__", "[1][0]", "a if b else c", "lambda: 1",
        "a ** b", "2 ** 999999999", "open('x')", "f'{a}'", "a and b", "x := 1", "a < b", "'a'",
        "min(a)", "min(a, b, c)", "max(a, key=b)", "", "1 +", "1e999", "a" * 501,
        "-" * 300 + "a", "eval(a, b)", "band(a, 3)", "a // b", "a @ b",
    ],
)  # fmt: skip
def test_that_what_is_no_arithmetic_is_refused(text: str):
    with pytest.raises(ExpressionFault):
        Expression(text)


@given(st.text(max_size=60))
def test_that_no_text_breaks_the_parser(text: str):
    try:
        Expression(text)
    except ExpressionFault as fault:
        assert str(fault)


def test_that_it_knows_the_names_that_it_needs():
    found = Expression("band(register, points) * 0.1 + archive / need_archive")
    assert found.names == {"register", "archive", "need_archive"}
    assert found.bands == {"points"}


def test_that_a_step_ends_at_its_bound():
    np.testing.assert_array_equal(POINTS.points(np.array([0, 50, 51, 100, 101, np.nan])),
                                  [100, 100, 90, 90, 0, np.nan])  # fmt: skip


def test_that_steps_must_rise():
    with pytest.raises(ExpressionFault):
        Steps(((50, 1), (50, 2)), 0)
