from datetime import date

import pytest
from msgspec.structs import replace

from desktop.domain.assessment.counts import CountTable
from desktop.domain.assessment.evaluation import evaluate
from desktop.domain.assessment.indicators import Catalogue, Indicator
from desktop.domain.assessment.schemes import Adjustment, League, Part, Scheme
from desktop.domain.assessment.standings import standings

RATE = Indicator(id="rate", name="按期结案率", numerator="in_time", denominator="due", target=95)
REWORK = Indicator(
    id="rework_rate", name="返工率", numerator="rework", denominator="due", higher_is_better=False
)
CATALOGUE = Catalogue([RATE, REWORK], ["in_time", "due", "rework"])
ONE = Scheme(id="s", name="办法", edition="一", since=date(2026, 1, 1),
             parts=(Part(id="indicators", name="综合考核", weight=100),))  # fmt: skip
THREE = Scheme(
    id="t", name="办法", edition="二", since=date(2026, 1, 1),
    parts=(Part(id="indicators", name="综合考核", weight=60),
           Part(id="special", name="专项考核", weight=30),
           Part(id="peers", name="县区互评", weight=10)),
)  # fmt: skip


def table(**units: tuple[float, float, float] | None):
    rows = [
        (unit, "2026-09", dict(zip(("in_time", "due", "rework"), c, strict=True)) if c else {})
        for unit, c in units.items()
    ]
    found = CountTable.of_rows(rows, CATALOGUE.counts)
    return evaluate(CATALOGUE, found), found.unit_ids


def test_that_points_are_what_part_of_the_target_is_reached():
    evaluated, units = table(a=(76, 100, 10))
    (score,) = standings(evaluated, units, 0, ONE)[""]
    assert score.parts["indicators"] == pytest.approx((80 + 90) / 2)
    assert (score.total, score.grade, score.n) == (pytest.approx(85), "B", 100)


def test_that_who_did_not_report_or_had_nothing_due_is_not_ranked():
    evaluated, units = table(late=None, none=(0, 0, 0), good=(95, 100, 0))
    rows = {one.unit_id: one for one in standings(evaluated, units, 0, ONE)[""]}
    assert [(one.rank, one.excluded) for one in (rows["good"], rows["late"], rows["none"])] == [
        (1, ""), (None, "未上报"), (None, "无应办")
    ]  # fmt: skip


def test_that_a_missing_part_is_named():
    evaluated, units = table(a=(95, 100, 0))
    (score,) = standings(evaluated, units, 0, THREE, special={"a": 80.0})[""]
    assert (score.total, score.excluded) == (None, "缺县区互评")


def test_that_three_parts_make_the_total_and_a_deduction_is_shown():
    evaluated, units = table(a=(95, 100, 0))
    found = Adjustment(unit_id="a", period="2026-09", points=-1, reason="弄虚作假")
    (score,) = standings(evaluated, units, 0, THREE, special={"a": 80.0},
                         votes={"a": {"a": 100.0, "b": 70.0}}, adjustments=[found])[""]  # fmt: skip
    assert score.total == pytest.approx(60 + 24 + 7 - 1)
    assert score.adjustments == (found,)


def test_that_leagues_are_ranked_by_themselves():
    leagues = (League(id="districts", name="区", units=("a", "b")),
               League(id="counties", name="县", units=("c",)))  # fmt: skip
    scheme = Scheme(id="s", name="n", edition="e", since=date(2026, 1, 1), parts=ONE.parts,
                    leagues=leagues)  # fmt: skip
    evaluated, units = table(a=(50, 100, 0), b=(90, 100, 0), c=(10, 100, 0), d=(5, 100, 0))
    found = standings(evaluated, units, 0, scheme)
    assert {league: [(s.unit_id, s.rank) for s in rows] for league, rows in found.items()} == {
        "districts": [("b", 1), ("a", 2)], "counties": [("c", 1)], "": [("d", 1)]
    }  # fmt: skip


def test_that_a_zone_with_22_cases_leads_by_the_rule_and_not_by_the_robust_ranking():
    catalogue = Catalogue([replace(RATE, target=100)], CATALOGUE.counts)
    cases = {"zone": (22, 22), "district": (6471, 6530)}
    rows = [(unit, "p", {"in_time": i, "due": d, "rework": 0}) for unit, (i, d) in cases.items()]
    counts = CountTable.of_rows(rows, catalogue.counts)
    evaluated = evaluate(catalogue, counts)
    by_rule = standings(evaluated, counts.unit_ids, 0, ONE)[""]
    robust = standings(evaluated, counts.unit_ids, 0, ONE, robust=True)[""]
    assert [one.unit_id for one in by_rule] == ["zone", "district"]
    assert [one.unit_id for one in robust] == ["district", "zone"]
    assert evaluated["rate"].is_small[0, 0]
    assert not evaluated["rate"].is_small[1, 0]
