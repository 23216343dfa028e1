"""The facts of the situation report."""

from datetime import timedelta

from desktop.domain.emergency.clocks import faces
from desktop.domain.emergency.plans import Targets
from desktop.domain.emergency.receipt_matrix import ReceiptMatrix
from desktop.domain.emergency.report import MOST_LINES, Situation, paper, troubles
from desktop.domain.emergency.timeline import Check, verify
from desktop.domain.outreach import ReceiptState
from tests.incident_parts import CHECKLIST, SENT, T0, incident, receipt, timeline

NOW = SENT + timedelta(minutes=5)


def situation(**changes):
    one = incident(**changes.pop("incident", {}))
    matrix = ReceiptMatrix()
    matrix.show(one)
    steps = [receipt("01KA000002", "T-0002", ReceiptState.DECLINED, 20, note="车辆故障")]
    matrix.take("01KA000002", {"T-0002": steps})
    entries = timeline(3)
    values = {
        "incident": one, "rows": tuple(matrix.ordered(NOW)),
        "crews": matrix.totals_of(crews=True), "people": matrix.totals_of(crews=False),
        "faces": faces(one.clocks, Targets(), NOW), "arrivals": {}, "entries": entries,
        "check": verify(entries), "checklist": CHECKLIST, "score": None, "at": NOW, "by": "张敏",
    }  # fmt: skip
    return Situation(**(values | changes))


def section(made, title):
    return next(one for one in made.sections if one.title == title)


def test_that_the_sentence_has_the_figures_of_the_board():
    made = paper(situation(), (), ())
    words = section(made, "总体情况").lines[0]
    assert "8 队受令" in words and "拒绝 1、未回 7" in words and "目标 28 min" in words


def test_that_a_first_crew_on_scene_is_told_with_its_time():
    clocks = {"T0": T0, "T2": SENT, "T4": T0 + timedelta(minutes=19)}
    made = paper(situation(faces=faces(clocks, Targets(), NOW)), (), ())
    assert "首到现场 19.0 min" in section(made, "总体情况").lines[0]


def test_that_troubles_are_named_with_their_reason():
    lines = troubles(situation().rows)
    assert lines[0] == "抢险车 澄A·20814（银城中路地道）：拒绝，车辆故障"
    assert "银城中路地道" in section(paper(situation(), (), ()), "待处理").lines[0]


def test_that_the_foot_says_whether_the_timeline_holds():
    assert "已校验" in paper(situation(), (), ()).foot
    assert paper(situation(check=None), (), ()).foot == "时间线未取得"
    broken = Check(1, "ab", 2, "内容与写入时不同")
    assert "第 2 条不符" in paper(situation(check=broken), (), ()).foot


def test_that_empty_sections_are_left_out_and_long_timelines_cut():
    made = paper(situation(checklist=(), entries=()), (), ())
    assert {"检查单", "记录", "时间线", "演练评分"}.isdisjoint({s.title for s in made.sections})
    many = timeline(3) * 400
    assert len(section(paper(situation(entries=many), (), ()), "时间线").rows) == MOST_LINES


def test_that_every_row_has_as_many_cells_as_columns():
    for one in paper(situation(), (), ()).sections:
        assert all(len(row) == len(one.columns) == len(one.shares) for row in one.rows)
