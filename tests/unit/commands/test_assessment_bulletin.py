"""绩效通报: what stands on it, in the usual order, and nothing that is not known."""

from msgspec.structs import replace

from desktop.commands.assessment_bulletin import Heading, bulletin_of
from desktop.commands.assessment_workbook import About
from desktop.domain.assessment.board import Board, board_of
from desktop.domain.assessment.figures import Figures, Inputs
from desktop.domain.assessment.paper import Bulletin
from desktop.domain.assessment.schemes import Adjustment
from tests.score_figures import LATE, district_figures, street_figures

PERIOD = "2026-06"
HEADING = Heading(title="绩效通报", period="2026 年 6 月", level="区")
ABOUT = About((("数据截至", "2026-07-14 10:30"),))


def made(figures: Figures | None = None, heading: Heading = HEADING, **changes) -> Bulletin:
    figures = figures or district_figures()
    board = board_of(figures, PERIOD)
    assert isinstance(board, Board)
    inputs = replace(figures.inputs_of(PERIOD), **changes)
    return bulletin_of(figures, board, inputs, heading, ABOUT)


def chapter(one: Bulletin, word: str):
    return next(part for part in one.chapters if word in part.title)


def test_that_its_chapters_stand_in_the_usual_order():
    titles = [one.title for one in made().chapters]
    assert titles == ["一、总体情况", "二、得分与名次", "三、指标完成情况", "四、预警",
                      "五、加减分、剔除与说明", "六、口径"]  # fmt: skip


def test_that_each_league_is_ranked_for_itself_with_its_three_parts():
    urban, zones = chapter(made(), "名次").tables
    assert (urban.name, zones.name) == ("城区组 9 个", "功能区组 4 个")
    assert urban.columns[3:6] == ("综合 60%", "专项 30%", "互评 10%")
    assert [row[0] for row in urban.rows] == [str(n) for n in range(1, 10)]


def test_that_what_is_said_of_a_unit_is_what_the_board_shows():
    figures = district_figures()
    board = board_of(figures, PERIOD)
    assert board is not None
    first = board.leagues[0].rows[0]
    line = chapter(made(figures), "名次").tables[0].rows[0]
    assert line[2] == first.name
    assert line[-5] == first.score.grade
    assert line[-6] == f"{first.score.total:.2f}"
    assert first.published is not None
    assert first.score.total is not None
    gap = f"{first.published - first.score.total:+.2f}".replace("-", "−")
    assert line[-1] == gap


def test_that_a_small_sample_takes_no_place_and_is_named_with_those_that_did_not_report():
    one = made()
    last = chapter(one, "名次").tables[1].rows[-1]
    assert (last[0], last[2]) == ("不排", "空港服务区")
    lines = " ".join(chapter(one, "剔除").lines)
    assert "不足 30 件" in lines
    assert f"不参与排名：{LATE}" in lines


def test_that_a_missed_target_is_marked_and_a_missing_figure_is_no_zero():
    tables = chapter(made(), "指标").tables
    cells = [cell for table in tables for row in table.rows for cell in row[1:]]
    assert any(cell.startswith("▼") for cell in cells)
    goals = [row for table in tables for row in table.rows if row[0] == "目标"]
    assert len(goals) == len(tables)
    assert all(len(row) == len(table.columns) <= 9 for table in tables for row in table.rows)


def test_that_a_bulletin_is_provisional_until_it_is_sealed_and_whole():
    assert made(sealed_at=None).marks == ("暂行稿：平台尚未封账，得分可能变动",)
    without = district_figures()
    without.inputs = {PERIOD: Inputs()}
    assert made(without).marks == ("暂行稿：专项考核、县区互评未到，其余部分按比例计",)


def test_that_a_bulletin_of_cases_that_are_not_all_here_says_so():
    part = made(heading=replace(HEADING, is_whole=False))
    assert part.marks == ("暂行稿：案件尚未下载完，数不全",)


def test_that_a_robust_ranking_shows_the_scores_that_it_ranks_by():
    figures = district_figures()
    board = board_of(figures, PERIOD, robust=True)
    assert board is not None
    paper = bulletin_of(figures, board, figures.inputs_of(PERIOD), HEADING, ABOUT)
    table = chapter(paper, "名次").tables[0]
    at = table.columns.index("稳健分")
    shown = [float(row[at]) for row in table.rows]
    assert shown == sorted(shown, reverse=True)
    assert "稳健分" not in chapter(made(), "名次").tables[0].columns


def test_that_figures_of_no_real_city_say_so_first():
    demo = made(heading=replace(HEADING, is_demo=True))
    assert demo.marks[0] == "演示数据，不作考评依据"


def test_that_points_given_and_taken_stand_with_their_reason():
    figures = district_figures()
    given = Adjustment(unit_id="u0", period=PERIOD, points=-1.5, reason="瞒报一起")
    known = figures.inputs[PERIOD]
    figures.inputs[PERIOD] = replace(known, adjustments=(given,))
    assert "临江区 -1.5 分：瞒报一起。" in chapter(made(figures), "剔除").lines


def test_that_levels_without_parts_have_one_score_and_every_unit():
    streets = street_figures(40)
    one = made(streets, replace(HEADING, level="街道"))
    (table,) = chapter(one, "名次").tables
    assert "综合 60%" not in table.columns
    assert len(table.rows) == 40
