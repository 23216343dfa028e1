"""What the platform tells of a month: taken as a whole, or refused with its reason."""

import msgspec
import numpy as np
import pytest
from msgspec.structs import replace

from desktop.domain.assessment.board import board_of
from desktop.domain.assessment.counts import CountTable
from desktop.domain.assessment.figures import Inputs
from desktop.domain.assessment.periods import PeriodKind
from desktop.domain.assessment.told import BadInputs, read_inputs, read_schemes, with_told
from tests.score_figures import MONTHS, district_figures

GOOD = {
    "period": "2026-06",
    "special": {"u0": 96.5},
    "votes": {"u0": {"u0": 100, "u1": 91.0}},
    "adjustments": [{"unit_id": "u0", "period": "2026-06", "points": 0.5, "reason": "现场会"}],
    "counts": {"u0": {"device": 400, "device_online": 396}},
    "not_reported": ["u1"],
    "published": {"u0": 95.12},
    "published_basis": ["archive_rate"],
    "sealed_at": "2026-07-05T18:00:00.000+08:00",
    "appeals": [
        {
            "case_id": "c1", "unit_id": "u0", "at": "2026-07-02T15:20:00+08:00", "org_id": "o1",
            "reason": "材料不足", "state": "rejected", "reviewed_by": "王五",
        }
    ],
}  # fmt: skip


def body(**change):
    return msgspec.json.encode(GOOD | change)


def test_that_a_month_is_read_with_everything_beside_its_cases():
    found = read_inputs(body())
    assert found.special == {"u0": 96.5} and found.published == {"u0": 95.12}
    assert found.appeals[0].by == "王五" and found.adjustments[0].points == 0.5
    assert found.sealed_at is not None and found.sealed_at.utcoffset() is not None
    assert found.not_reported == ("u1",) and not found.fault


@pytest.mark.parametrize(
    "change, words",
    [
        ({"special": {"u0": 101}}, "u0 的专项分为 101"),
        ({"votes": {"u0": {"u1": -1}}}, "u1 给 u0 的互评分为 -1"),
        ({"counts": {"u3": {"device": 10, "device_online": 11}}}, "u3：device_online（11）大于"),
        ({"counts": {"u3": {"device": -4}}}, "device 为 -4"),
        ({"special": {"u0": "高"}}, "考评资料读不懂"),
        ({"adjustments": [{"unit_id": "u0", "period": "x", "points": 3, "reason": " "}]}, "理由"),
    ],
)
def test_that_what_cannot_be_is_refused_whole_with_its_reason(change, words):
    with pytest.raises(BadInputs, match=words):
        read_inputs(body(**change))


def scheme(*weights, **more):
    parts = [{"id": f"p{n}", "name": f"部分{n}", "weight": w} for n, w in enumerate(weights)]
    return {"id": "s", "name": "办法", "edition": "2026 版", "since": "2026-01-01", "parts": parts,
            **more}  # fmt: skip


@pytest.mark.parametrize(
    "items, words",
    [
        ([scheme(60, 30)], "权重之和为 90，应为 100"),
        ([scheme(100, until="2025-01-01")], "截止日期早于生效日期"),
        ([{"id": "s"}], "考评办法读不懂"),
    ],
)
def test_that_schemes_that_do_not_add_up_are_refused(items, words):
    with pytest.raises(BadInputs, match=words):
        read_schemes(msgspec.json.encode({"items": items}))
    assert len(read_schemes(msgspec.json.encode({"items": [scheme(60, 40)]}))) == 1


def test_that_counts_that_no_case_tells_come_in_and_those_of_cases_stay():
    table = CountTable(["u0", "u1"], ["2026-05", "2026-06"], {"report": np.ones((2, 2))})
    told = {"2026-06": Inputs(counts={"u0": {"device": 400.0, "report": 9.0, "dragons": 1.0}})}
    found = with_told(table, told, ("report", "device"))
    assert found.values["report"].sum() == 4 and "dragons" not in found.values
    assert found.values["device"][0].tolist()[1] == 400
    assert np.isnan(found.values["device"][1]).all() and np.isnan(found.values["device"][0, 0])


def test_that_a_unit_that_is_late_is_neither_0_nor_ranked():
    figures = district_figures()
    month = MONTHS[-2]
    before = board_of(figures, month)
    figures.inputs[month] = replace(figures.inputs[month], not_reported=("u0",))
    board = board_of(figures, month)
    assert before is not None and board is not None
    assert board.row("u0") is None and figures.names["u0"] in board.unreported
    assert [r.rank for r in board.leagues[0].rows][:3] == [1, 2, 3]
    quarter = figures.periods(PeriodKind.QUARTER)[-1]
    whole = board_of(figures, quarter)
    assert whole is not None and whole.row("u0") is None


def test_that_our_total_stands_on_the_platform_s_own_choice_of_indicators():
    figures = district_figures()
    month = MONTHS[-1]
    ours = board_of(figures, month)
    assert ours is not None
    basis = tuple(one.id for one in ours.columns if one.id != ours.columns[0].id)
    figures.inputs[month] = replace(figures.inputs[month], published_basis=basis)
    board = board_of(figures, month)
    assert board is not None
    row, before = board.row("u3"), ours.row("u3")
    assert before.on_their_basis is None and row.score.total == before.score.total
    assert row.on_their_basis is not None and row.on_their_basis != row.score.total
    whole = tuple(one.id for one in ours.columns)
    figures.inputs[month] = replace(figures.inputs[month], published_basis=whole)
    assert board_of(figures, month).row("u3").on_their_basis == pytest.approx(row.score.total)
