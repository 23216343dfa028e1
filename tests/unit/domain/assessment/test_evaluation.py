"""Hand-computed figures, and the four public mistakes in the indices of posts."""

from pathlib import Path

import numpy as np
import pytest

from desktop.domain.assessment.counts import CountTable
from desktop.domain.assessment.evaluation import Evaluated, Standing, Status, evaluate
from desktop.domain.assessment.files import Assessment, read_assessment
from desktop.domain.assessment.intervals import wilson

FOLDER = Path(__file__).resolve().parents[4] / "resources" / "assessment"


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return read_assessment((p.name, p.read_text("utf-8")) for p in sorted(FOLDER.glob("*.yaml")))


def of(assessment: Assessment, **counts: float) -> dict[str, Evaluated]:
    table = CountTable.of_rows([("u", "p", counts)], assessment.catalogue.counts)
    return evaluate(assessment.catalogue, table)


def value(assessment: Assessment, indicator_id: str, **counts: float) -> float:
    return float(of(assessment, **counts)[indicator_id].value[0, 0])


def test_that_all_that_ships_can_be_used(assessment):
    assert assessment.faults == ()
    coded = [one for one in assessment.catalogue.indicators if one.code]
    assert len(coded) == 32
    assert {one.group for one in coded} == {"效率", "质量", "服务", "安全", "协同数据"}


# By hand, from the formulas of GB/T 30428.4 as its readers give them.
DEPARTMENT = {"register": 180, "need_archive": 200, "archive": 190, "need_dispose": 250,
              "dispose": 240, "in_time_dispose": 225, "rework": 12}  # fmt: skip
SUPERVISOR = {"patrol_report": 400, "valid_report": 380, "missed": 30, "register": 300,
              "need_verify": 50, "in_time_verify": 45, "need_check": 80,
              "in_time_check": 60}  # fmt: skip
ACCEPTOR = {"accept": 620, "verify_sent": 100, "verify_sent_in_time": 90, "check_sent": 200,
            "check_sent_in_time": 150}  # fmt: skip
CHIEF = {"register": 400, "in_time_register": 360, "void": 20, "need_archive": 500,
         "archive": 480, "in_time_archive": 450}  # fmt: skip
DISPATCHER = {"dispatch": 620, "need_dispatch": 640, "in_time_dispatch": 608,
              "accur_dispatch": 600}  # fmt: skip


@pytest.mark.parametrize(
    "indicator_id, counts, expected",
    [
        # 75 * .1 + .95 * 30 + .9 * 30 + (1 - .05) * 30
        ("department_index", DEPARTMENT, 7.5 + 28.5 + 27.0 + 28.5),
        # .95 * 40 + (1 - .1) * 20 + .9 * 20 + .75 * 20
        ("supervisor_index", SUPERVISOR, 38.0 + 18.0 + 18.0 + 15.0),
        # 90 * .25 + .9 * 40 + .75 * 35
        ("acceptor_index", ACCEPTOR, 22.5 + 36.0 + 26.25),
        # .9 * 25 + .95 * 40 + .9 * 35
        ("chief_index", CHIEF, 22.5 + 38.0 + 31.5),
        # 90 * .2 + .95 * 40 + .9375 * 40
        ("dispatcher_index", DISPATCHER, 18.0 + 38.0 + 37.5),
    ],
)
def test_that_an_index_is_as_computed_by_hand(assessment, indicator_id, counts, expected):
    assert value(assessment, indicator_id, **counts) == pytest.approx(expected)


@pytest.mark.parametrize(
    "indicator_id, counts, mistake",
    [
        # adds the share of what was missed in place of what was not
        ("supervisor_index", SUPERVISOR, 38.0 + 0.1 * 20 + 18.0 + 15.0),
        # the rate of verification twice
        ("acceptor_index", ACCEPTOR, 22.5 + 36.0 + 0.9 * 35),
        # closing in time in place of filing in time
        ("chief_index", {**CHIEF, "in_time_archive": 400}, 0.8 * 25 + 38.0 + 0.8 * 35),
        # the raw count times 0.2
        ("dispatcher_index", DISPATCHER, 620 * 0.2 + 38.0 + 37.5),
    ],
)
def test_that_the_known_mistakes_are_not_made(assessment, indicator_id, counts, mistake):
    found = value(assessment, indicator_id, **counts)
    assert found != pytest.approx(mistake)
    assert 0 <= found <= 100


def test_that_nothing_due_is_neither_zero_nor_hundred(assessment):
    found = of(assessment, need_archive=0, archive=0, in_time_archive=0)["archive_in_time_rate"]
    assert np.isnan(found.value[0, 0])
    assert Status(found.status[0, 0]) is Status.NOTHING_DUE
    assert Standing(found.standing[0, 0]) is Standing.NONE


def test_that_what_was_not_reported_is_not_zero(assessment):
    table = CountTable.of_rows([("u", "p", {"archive": 5.0})], assessment.catalogue.counts)
    found = evaluate(assessment.catalogue, table)["archive_rate"]
    assert Status(found.status[0, 0]) is Status.NOT_REPORTED


def test_that_counts_that_contradict_give_no_figure(assessment):
    found = of(assessment, need_archive=10, archive=8, in_time_archive=9)
    assert Status(found["archive_in_time_rate"].status[0, 0]) is Status.CONTRADICTORY


def test_that_a_contradiction_says_unit_period_and_reason():
    row = {"need_archive": 10.0, "archive": 8.0, "in_time_archive": 9.0}
    (wrong,) = CountTable.of_rows([("东区", "2026-03", row)], row).wrong
    assert str(wrong) == "东区 2026-03：in_time_archive 大于 archive"


def test_that_a_quarter_needs_all_its_months():
    rows = [("u", m, {"archive": 2.0}) for m in ("2026-01", "2026-02", "2026-03", "2026-04")]
    table = CountTable.of_rows(rows, ["archive"])
    found = table.summed({"Q1": ["2026-01", "2026-02", "2026-03"], "Q2": ["2026-04", "2026-05"]})
    np.testing.assert_array_equal(found.values["archive"], [[6.0, np.nan]])


def test_that_against_its_target_a_figure_is_met_near_or_missed(assessment):
    def standing(closed: float) -> Standing:
        found = of(assessment, need_archive=1000, archive=closed)["archive_rate"]
        return Standing(found.standing[0, 0])

    assert [standing(n) for n in (980, 979, 932, 930)] == [
        Standing.MET, Standing.NEAR, Standing.NEAR, Standing.MISSED
    ]  # fmt: skip


def test_that_a_lower_figure_is_better_where_it_is_said(assessment):
    found = of(assessment, incident_reached=2, incident_first_minutes=44)["incident_first_time"]
    assert found.value[0, 0] == 22
    assert Standing(found.standing[0, 0]) is Standing.MET
    assert found.points[0, 0] == 100


def test_that_few_cases_are_a_small_sample(assessment):
    found = of(assessment, need_archive=22, archive=22)["archive_rate"]
    assert found.is_small[0, 0]
    assert found.lower[0, 0] == pytest.approx(85.1, abs=0.05)
    assert found.upper[0, 0] == pytest.approx(100)


def test_that_wilsons_interval_is_as_published():
    # Brown, Cai, DasGupta 2001: 0 of 10, 5 of 10
    lower, upper = wilson(np.array([0.0, 5.0]), np.array([10.0, 10.0]))
    np.testing.assert_allclose(lower, [0.0, 0.2366], atol=1e-4)
    np.testing.assert_allclose(upper, [0.2775, 0.7634], atol=1e-4)
