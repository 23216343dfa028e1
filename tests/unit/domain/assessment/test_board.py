"""The scoreboard's picture: leagues, places, changes, greys; and why a figure is what it is."""

import numpy as np
import pytest

from desktop.domain.assessment.board import MAIN, Shade, board_of, shades_of
from desktop.domain.assessment.evaluation import Status
from desktop.domain.assessment.explaining import course_of, explain
from desktop.domain.assessment.figures import Level
from desktop.domain.assessment.periods import (
    PeriodKind,
    earlier,
    groups_of,
    last_day,
    months_of,
    year_before,
)
from tests.score_figures import LATE, district_figures, street_figures

JUNE = "2026-06"


@pytest.fixture(scope="module")
def figures():
    return district_figures()


@pytest.fixture(scope="module")
def board(figures):
    return board_of(figures, JUNE)


def test_that_leagues_are_ranked_apart(board):
    urban, zones = board.leagues
    assert [row.rank for row in urban.rows] == list(range(1, 10))
    assert [row.rank for row in zones.rows] == [1, 2, 3, None]
    totals = [row.score.total for row in urban.rows]
    assert totals == sorted(totals, reverse=True)


def test_that_a_small_sample_shows_its_score_and_takes_no_place(board):
    row = board.row("u12")
    assert (row.n, row.is_small, row.rank) == (22, True, None)
    assert row.score.total is not None
    assert board.leagues[1].rows[-1] is row


def test_that_a_unit_that_did_not_report_is_named_and_not_ranked(board):
    assert board.unreported == (LATE,)
    assert board.row("u13") is None


def test_that_a_change_is_against_the_period_before(figures, board):
    before = {r.unit_id: r.rank for one in board_of(figures, "2026-05").leagues for r in one.rows}
    moved = [row for one in board.leagues for row in one.rows if row.change]
    assert moved
    assert all(before[row.unit_id] - row.change == row.rank for row in moved)


def test_that_robust_ranking_goes_by_the_lower_bounds(figures):
    robust = board_of(figures, JUNE, robust=True)
    for league in robust.leagues:
        ranked = [row.score.robust for row in league.rows if row.rank is not None]
        assert ranked == sorted(ranked, reverse=True)


def test_that_each_period_is_scored_by_the_scheme_of_its_day(figures, board):
    assert board.scheme.edition == "2026 版"
    before = board_of(figures, "2025-12")
    assert before.scheme.edition == "2025 版"
    assert set(before.row("u0").score.parts) == {"indicators", "special"}


def test_that_a_quarter_is_counted_from_its_months_and_not_from_their_rates(figures):
    table = figures.counts(PeriodKind.QUARTER)
    at = table.periods.index("2026-Q1")
    months = [figures.table.periods.index(month) for month in months_of("2026-Q1")]
    due = figures.table.values["need_archive"][0, months].sum()
    done = figures.table.values["in_time_archive"][0, months].sum()
    value = figures.evaluated(PeriodKind.QUARTER)[MAIN].value[0, at]
    assert value == pytest.approx(100 * done / due)


def test_that_below_the_districts_only_indicators_count():
    streets = street_figures(12)
    board = board_of(streets, JUNE)
    assert board.level is Level.STREET
    assert [part.weight for part in board.scheme.parts] == [100]
    assert board.leagues[0].rows[0].score.total is not None


def test_that_a_column_that_nobody_has_a_figure_of_is_left_out(board):
    codes = [one.code for one in board.columns]
    assert "E8" in codes
    assert "D1" not in codes
    assert codes == sorted(codes, key=lambda code: ("EQSAD".index(code[0]), int(code[1:])))


def test_that_greys_deepen_with_the_distance_to_the_target(figures):
    one = figures.evaluated(PeriodKind.MONTH)[MAIN]  # at least 95
    value = np.array([[95.0, 94.9, 93.4, 91.8, np.nan]])
    from msgspec.structs import replace

    shades = shades_of(replace(one, value=value))
    assert shades.tolist() == [[Shade.NONE, Shade.LIGHT, Shade.MIDDLE, Shade.HEAVY, Shade.NONE]]


def test_that_an_unknown_period_has_no_board(figures):
    assert board_of(figures, "2019-01") is None


def test_that_a_figure_is_explained_by_the_counts_it_was_made_of(figures, board):
    why = explain(figures, board, "u7", MAIN)
    assert why.formula == "按期结案数 ÷ 应结案数"
    assert {line.id: line.value for line in why.counts} == {
        "in_time_archive": why.numerator,
        "need_archive": why.denominator,
    }
    assert why.value == pytest.approx(100 * why.numerator / why.denominator)
    assert why.lower < why.value < why.upper
    assert why.gap == pytest.approx(why.value - 95)


def test_that_a_figure_of_nobody_is_not_explained_as_0(figures, board):
    why = explain(figures, board, "u13", MAIN)
    assert (why.status, why.value, why.numerator) == (Status.NOT_REPORTED, None, None)


def test_that_a_course_ends_now_and_begins_with_the_same_month_a_year_ago(figures, board):
    course = course_of(figures, board, "u7", MAIN)
    assert len(course.points) == 13
    assert (course.points[0].period, course.points[-1].period) == ("2025-06", JUNE)
    first, before, last = (course.points[n].value for n in (0, -2, -1))
    assert course.year_on_year == pytest.approx(last - first)
    assert course.month_on_month == pytest.approx(last - before)


@pytest.mark.parametrize(
    ("period", "count", "expected"),
    [("2026-01", 1, "2025-12"), ("2026-Q1", 1, "2025-Q4"), ("2026", 1, "2025"),
     ("2026-06", 12, "2025-06")],
)  # fmt: skip
def test_that_the_period_before_crosses_the_year(period, count, expected):
    assert earlier(period, count) == expected


def test_that_a_period_whose_first_month_is_not_known_is_left_out():
    months = ("2024-11", "2024-12", "2025-01", "2025-02")
    assert groups_of(months, PeriodKind.QUARTER) == {"2025-Q1": ("2025-01", "2025-02")}
    assert str(last_day("2024-Q1")) == "2024-03-31"
    assert year_before("2026-Q2") == "2025-Q2"


def test_that_a_part_that_nobody_has_yet_leaves_a_provisional_ranking_that_says_so():
    figures = district_figures()
    figures.inputs.clear()
    board = board_of(figures, JUNE)
    assert board.missing_parts == ("专项考核", "县区互评")
    assert [part.weight for part in board.scheme.parts] == [100]
    assert board.leagues[0].rows[0].rank == 1
