from datetime import date

import pytest

from desktop.domain.assessment.peers import odd_raters, peer_score
from desktop.domain.assessment.schemes import (
    Adjustment,
    Part,
    Scheme,
    Score,
    grade_of,
    ranked,
    scheme_on,
    total_of,
    weighted,
)

PARTS = (
    Part(id="indicators", name="综合考核", weight=60),
    Part(id="special", name="专项考核", weight=30),
    Part(id="peers", name="县区互评", weight=10),
)
OLD = Scheme(id="old", name="办法", edition="一", since=date(2025, 1, 1), parts=PARTS[:1])
NEW = Scheme(id="new", name="办法", edition="二", since=date(2026, 1, 1), parts=PARTS)


def score(unit_id: str, total: float | None, robust: float | None = None) -> Score:
    return Score(unit_id=unit_id, parts={}, adjustments=(), total=total, grade="", covered=1, n=9,
                 robust=robust)  # fmt: skip


def test_that_history_is_scored_by_the_scheme_of_its_day():
    assert scheme_on([OLD, NEW], date(2025, 12, 31)) is OLD
    assert scheme_on([OLD, NEW], date(2026, 1, 1)) is NEW
    assert scheme_on([NEW], date(2025, 1, 1)) is None


def test_that_three_parts_and_adjustments_make_the_total():
    given = Adjustment(unit_id="u", period="p", points=-1.5, reason="弄虚作假")
    parts = {"indicators": 90.0, "special": 80.0, "peers": 70.0}
    assert total_of(NEW, parts, [given]) == pytest.approx(54 + 24 + 7 - 1.5)


def test_that_a_missing_part_gives_no_total():
    assert total_of(NEW, {"indicators": 90.0, "special": None, "peers": 70.0}, []) is None


def test_that_nothing_due_weighs_nothing():
    points, covered = weighted({"a": 80.0, "b": None}, {"a": 1.0, "b": 3.0})
    assert (points, covered) == (80.0, 0.25)
    assert weighted({"a": None}, {"a": 1.0}) == (None, 0.0)


@pytest.mark.parametrize(
    "points, grade",
    [
        (100, "A"),
        (90, "A"),
        (89.99, "B"),
        (75, "B"),
        (60, "C"),
        (40, "D"),
        (39.9, "E"),
        (-3, "E"),
        (None, ""),
    ],
)
def test_that_grades_begin_at_their_bounds(points, grade):
    assert grade_of(points) == grade


def test_that_equal_totals_share_a_rank_and_who_did_not_report_has_none():
    rows = ranked(
        [score("a", 80), score("b", 90), score("c", 80), score("d", None), score("e", 70)]
    )
    assert [(one.unit_id, one.rank) for one in rows] == [
        ("b", 1), ("a", 2), ("c", 2), ("e", 4), ("d", None)
    ]  # fmt: skip


def test_that_a_robust_ranking_puts_few_cases_where_they_are_sure():
    rows = [score("22 cases", 100, 85.1), score("6530 cases", 99.1, 98.8)]
    assert [one.unit_id for one in ranked(rows)] == ["22 cases", "6530 cases"]
    assert [one.unit_id for one in ranked(rows, robust=True)] == ["6530 cases", "22 cases"]


def test_that_the_own_vote_does_not_count():
    assert peer_score("a", {"a": 100, "b": 80, "c": 90}).mean == 85


def test_that_of_six_votes_the_extremes_are_left_out():
    votes = {"b": 0, "c": 80, "d": 82, "e": 84, "f": 86, "g": 100}
    found = peer_score("a", votes)
    assert (found.mean, found.votes, found.low, found.high) == (83, 6, 0, 100)
    assert peer_score("a", {k: votes[k] for k in "bcdef"}).mean == pytest.approx(66.4)


def test_that_nobody_voted_is_no_zero():
    assert peer_score("a", {"a": 100}).mean is None


def test_that_a_rater_far_from_the_others_is_named():
    names = "abcdefgh"
    votes = {u: {r: 20.0 if r == "h" else 85.0 + ord(r) % 3 for r in names} for u in names}
    assert set(odd_raters(votes)) == {"h"}
    assert odd_raters({u: dict.fromkeys(names, 80.0) for u in names}) == {}


def test_that_weights_must_make_a_hundred():
    assert (
        "90"
        in Scheme(id="s", name="n", edition="e", since=date(2026, 1, 1), parts=PARTS[:2]).fault()
    )
