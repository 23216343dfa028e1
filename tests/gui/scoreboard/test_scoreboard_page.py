"""考评: from the ranking down to one case and back, by pointer and by keys."""

import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.domain.assessment.board import MAIN
from desktop.domain.assessment.figures import Appeal, Level
from desktop.domain.assessment.periods import PeriodKind
from desktop.domain.link_messages import SessionState
from desktop.domain.permissions import Action
from desktop.errors import PlatformError
from desktop.stores.snapshots import Document
from tests.gui.driving import until
from tests.gui.fake_room import open_room
from tests.score_figures import LATE
from views.scoreboard.appeals import AppealsDialog
from views.scoreboard.lines import BAND_PX, CELL_PX, HEAD_PX, LEAGUE_PX, ROW_PX
from views.scoreboard.source import CaseFile, CaseLine, StageLine
from widgets.plain_label import PlainLabel

REPORTED = datetime(2026, 6, 18, 2, tzinfo=UTC)


def words(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(PlainLabel))


def one_case(case_id: str) -> CaseFile:
    return CaseFile(
        case_id=case_id, class_name="道路积水", state="已结案", place="望湖区 望湖路",
        lon_deg=116.6, lat_deg=28.9, facts=(("来源", "12345 热线"),),
        stages=(StageLine(name="处置", at=REPORTED + timedelta(hours=5), by="李卫东",
                          due_at=REPORTED + timedelta(hours=2)),),
    )  # fmt: skip


def test_that_the_newest_month_that_is_over_is_shown_first(shown, source):
    async def body(page) -> None:
        assert (page.level, page.period) == (Level.DISTRICT, "2026-06")
        assert page.table.board.leagues[0].rows[0].unit_id == page.table.unit_id
        assert "2026 年 6 月" in page.bar.period.text()

    shown(body)


def test_that_a_pressed_cell_is_explained_with_its_counts_and_its_cases(shown, source):
    source.lines = tuple(
        CaseLine(case_id=f"c{n}", class_name="道路积水", limit="2 h", over_s=60.0 * n, state="已结")
        for n in range(5)
    )

    async def body(page) -> None:
        column = page.table.board.column(MAIN)
        x = page.table._frozen_px() + column * CELL_PX + CELL_PX // 2
        y = HEAD_PX + LEAGUE_PX + 7 * ROW_PX + ROW_PX // 2  # the eighth of its league
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))
        assert (page.table.unit_id, page.table.indicator_id) == ("u7", MAIN)
        await until(lambda: len(page.drill.cases.lines()) == 5)
        assert source.asked[-1] == (Level.DISTRICT, "u7", "2026-06", MAIN)
        table = page._figures.table
        row, at = table.unit_ids.index("u7"), table.periods.index("2026-06")
        due = table.values["need_archive"][row, at]
        done = table.values["in_time_archive"][row, at]
        text = page.drill.formula.text()
        assert f"按期结案数 {done:,.0f} ÷ 应结案数 {due:,.0f} = {100 * done / due:.2f} %" in text
        said = words(page.drill)
        assert "E8 · 2026 版 · 平台" in said
        assert "专业部门" in said
        assert "07-14 10:30" in said
        assert "未按期结案 45，列出前 5 件" in said

    shown(body)


def test_that_keys_go_down_to_a_case_and_back(shown, source):
    source.lines = (CaseLine(case_id="c1", class_name="道路积水", limit="", over_s=None, state=""),)
    source.files = {"c1": one_case("c1")}
    asked: list[str] = []

    async def body(page) -> None:
        page.link_asked.connect(asked.append)
        await until(lambda: bool(page.drill.cases.lines()))
        page.activateWindow()
        page.table.setFocus()
        QTest.keyClick(page.table, Qt.Key.Key_Down)
        assert page.table.unit_id == page.table.board.leagues[0].rows[1].unit_id
        await until(lambda: bool(page.drill.cases.lines()))
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        QTest.keyClick(page.drill.cases, Qt.Key.Key_Return)
        await until(lambda: page.drill.stack.currentWidget() is page.drill.case)
        assert "案卷号 c1" in words(page.drill.case)
        stage = page.drill.case.stages.model()
        assert [stage.index(0, n).data() for n in range(4)] == [
            "处置", "06-18 15:00", "李卫东", "超 3 h 0 min"
        ]  # fmt: skip
        QTest.mouseClick(page.drill.case.on_map, Qt.MouseButton.LeftButton)
        assert asked and asked[0].startswith("chengkan://map?lon=116.6")
        QTest.keyClick(page.drill, Qt.Key.Key_Escape)
        assert page.drill.stack.currentWidget() is not page.drill.case

    shown(body)


def test_that_new_figures_leave_open_what_was_opened(shown, source):
    source.lines = tuple(
        CaseLine(case_id=f"c{n}", class_name="道路积水", limit="", over_s=None, state="")
        for n in range(80)
    )
    source.files = {"c40": one_case("c40")}

    async def body(page) -> None:
        await until(lambda: bool(page.drill.cases.lines()))
        cases = page.drill.cases
        cases.setCurrentIndex(cases.model().index(40, 0))
        cases.verticalScrollBar().setValue(900)
        page.open_case("c40")
        source.changed.emit()  # cases come in while the file is read
        await until(lambda: page.drill.stack.currentWidget() is page.drill.case)
        asked = len(source.asked)
        source.lines = source.lines[1:]
        source.changed.emit()
        await until(lambda: len(source.asked) > asked and len(cases.lines()) == 79)
        assert page.drill.stack.currentWidget() is page.drill.case
        assert cases.lines()[cases.currentIndex().row()].case_id == "c40"
        assert cases.verticalScrollBar().value() == 900
        page.table.choose(page.table.unit_id, "rework_rate")  # another figure: its own cases
        assert page.drill.stack.currentWidget() is not page.drill.case

    shown(body)


def test_that_level_and_period_change_the_board_and_keep_the_figure(shown, source):
    async def body(page) -> None:
        page.table.choose("u3", "rework_rate")
        QTest.mouseClick(page.bar.kinds[PeriodKind.QUARTER], Qt.MouseButton.LeftButton)
        await until(lambda: page.table.board.period == "2026-Q2")
        assert (page.table.unit_id, page.table.indicator_id) == ("u3", "rework_rate")
        QTest.mouseClick(page.bar.levels[Level.STREET], Qt.MouseButton.LeftButton)
        await until(lambda: page.table.board.level is Level.STREET)
        assert page.table.board.leagues[0].rows

    shown(body)


def test_that_a_level_without_figures_says_so_and_is_not_empty(shown, source):
    async def body(page) -> None:
        page.choose_level(Level.PERSON)
        await until(lambda: page.stack.currentWidget() is page.empty)
        assert "正在统计" in words(page.empty)
        page.choose_level(Level.DISTRICT)
        await until(lambda: page.stack.currentWidget() is page.work)

    shown(body)


def test_that_the_page_asks_to_sign_in(shown, room):
    async def body(page) -> None:
        room.session.put_session(SessionState())
        await until(lambda: page.stack.currentWidget() is page.empty)
        assert "登录" in words(page.empty)
        assert page.bar.period.text().startswith("期间")
        bar = page.bar
        for button in (bar.period, bar.appeals, bar.out, bar.bulletin, bar.pushing):
            assert not button.isEnabled()
        assert bar.edition.isHidden()
        assert bar.kinds[PeriodKind.MONTH].isChecked()

    shown(body)


def test_that_a_refused_list_of_cases_leaves_the_figure_and_says_why(shown, source):
    source.error = PlatformError("案件库正在重建")

    async def body(page) -> None:
        await until(lambda: "案件库正在重建" in words(page.drill))
        assert page.drill.formula.text()

    shown(body)


def test_that_new_figures_come_while_it_is_shown(shown, source):
    from tests.score_figures import district_figures

    async def body(page) -> None:
        before = page._figures
        source.ready[Level.DISTRICT] = district_figures()
        source.changed.emit()
        await until(lambda: page._figures is not before)
        assert page.stack.currentWidget() is page.work

    shown(body)


def test_that_the_robust_ranking_is_a_switch(shown, source):
    async def body(page) -> None:
        before = page.table.board
        page.bar.robust.click()
        await until(lambda: page.table.board is not before)
        rows = [row for row in page.table.board.leagues[0].rows if row.rank is not None]
        robust = [row.score.robust for row in rows]
        assert robust == sorted(robust, reverse=True)

    shown(body)


def test_that_our_score_stands_beside_the_published_one(shown, source):
    async def body(page) -> None:
        row = page.table.board.row("u7")
        page.table.choose("u7", MAIN)
        assert f"平台公布 {row.published:.2f}，比本台" in words(page.parts)

    shown(body)


def test_that_what_the_platform_leaves_out_explains_its_other_score(shown, source):
    figures = source.ready[Level.DISTRICT]
    month = figures.table.periods[-1]
    basis = tuple(
        one.id for one in figures.assessment.catalogue.indicators if one.code and one.code != "E8"
    )
    figures.inputs[month] = replace(figures.inputs[month], published_basis=basis)

    async def body(page) -> None:
        row = page.table.board.row("u7")
        page.table.choose("u7", MAIN)
        assert row.on_their_basis is not None
        said = f"平台少计 1 项（E8），按其口径本台 {row.on_their_basis:.2f}，余差"
        assert said in words(page.parts)

    shown(body)


def test_that_the_fields_of_the_special_score_stand_below_it(shown, source):
    figures = source.ready[Level.DISTRICT]
    scheme = figures.scheme("2026-06")
    assert scheme is not None and len(scheme.fields) == 4
    told = {one.id: 90.0 + n for n, one in enumerate(scheme.fields)}
    whole = sum(told[one.id] * one.weight for one in scheme.fields) / 100
    june = figures.inputs["2026-06"]
    figures.inputs["2026-06"] = replace(
        june, special={**june.special, "u0": whole + 0.5}, special_fields={"u0": told}
    )

    async def body(page) -> None:
        page.table.choose("u0", MAIN)
        row = page.table.board.row("u0")
        assert row.score.parts["special"] == pytest.approx(whole)
        said = words(page.parts)
        assert "专项：市容环卫 90.0（1/1）" in said
        assert f"平台专项总分 {whole + 0.5:.2f}，与各领域合计差 +0.50" in said

    shown(body)


def test_that_appeals_are_listed_with_how_they_ended(shown, source):
    async def body(page) -> None:
        page.open_appeals()
        dialog = page.findChild(AppealsDialog)
        model = dialog.table.model()
        assert model.rowCount() == 2
        assert model.index(0, 3).data() == "成立，已剔除"
        dialog.close()

    shown(body)


@pytest.mark.parametrize("size", [(1864, 1040), (1310, 728)])
def test_that_the_matrix_repaints_within_a_frame(shown, source, size):
    import time

    async def body(page) -> None:
        page.resize(*size)
        page.choose_level(Level.STREET)
        await until(lambda: page.table.board.level is Level.STREET)
        page.table.viewport().repaint()
        begun = time.thread_time()
        for _ in range(10):
            page.table.viewport().repaint()
        assert (time.thread_time() - begun) / 10 < 0.016

    shown(body)


def test_that_the_head_of_a_column_chooses_it(shown, source):
    async def body(page) -> None:
        x = page.table._frozen_px() + 2 * CELL_PX + 10
        place = QPoint(x, BAND_PX + 10)
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert page.table.indicator_id == page.table.board.columns[2].id

    shown(body)


def test_that_a_robust_ranking_shows_the_scores_that_it_ranks_by(shown):
    async def body(page) -> None:
        QTest.mouseClick(page.bar.robust, Qt.MouseButton.LeftButton)
        await until(lambda: page.table.board.is_robust)
        board = page.table.board
        for league in board.leagues:
            ranked = [board.points(row) for row in league.rows if row.rank is not None]
            assert ranked == sorted(ranked, reverse=True)
            assert ranked[0] == league.rows[0].score.robust != league.rows[0].score.total

    shown(body)


def test_that_a_difference_to_the_platform_names_the_seal_and_what_was_taken_out_since(
    shown, source
):
    figures = source.ready[Level.DISTRICT]
    sealed = datetime(2026, 7, 3, 10, tzinfo=UTC)
    upheld = Appeal(at=sealed + timedelta(days=1), unit_id="u7", case_id="c", state="upheld")
    known = figures.inputs["2026-06"]
    figures.inputs["2026-06"] = replace(known, sealed_at=sealed, appeals=(upheld,))

    async def body(page) -> None:
        page.table.choose("u7", MAIN)
        said = page.parts._platform.text()
        assert "平台按 07-03 18:00 封账时的计数，此后的结案与申诉未计，其中申诉剔除 1 件" in said

    shown(body)


def test_that_figures_of_cases_that_are_not_all_here_say_so(shown, source):
    source.whole = False

    async def body(page) -> None:
        assert "案件下载中，已到 2026-07-14" in page.bar.age.text()
        assert page.bar.age.property("tone") == "stale"
        assert page.period == "2026-05"  # of June not all cases can be here
        source.whole = True
        source.changed.emit()
        await until(lambda: page.bar.age.property("tone") == "text2")
        assert "下载中" not in page.bar.age.text()
        assert page.period == "2026-06"

    shown(body)


def test_that_an_export_is_offered_to_who_may_only(shown, room):
    async def body(page) -> None:
        assert not page.bar.out.isEnabled()  # an operator may look, not take away

    shown(body)


def test_that_the_board_goes_out_as_a_workbook_with_its_right_and_its_name(shown, room):
    open_room(room, role="leader")
    filed: list[Document] = []
    room.snapshots.filed.connect(filed.append)

    async def body(page) -> None:
        QTest.mouseClick(page.bar.out, Qt.MouseButton.LeftButton)
        await until(lambda: bool(filed))
        room.snapshots.filing_answered.emit("已存：/somewhere")
        assert page.bar.age.text() == "已存：/somewhere"

    shown(body)
    (document,) = filed
    assert (document.suffix, document.action) == (".xlsx", Action.STATISTICS_EXPORT)
    assert document.stem == "综合考评-区-2026-06"
    book = openpyxl.load_workbook(io.BytesIO(document.data))
    said = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert (said["期间"], said["未上报"], said["注意"]) == ("2026 年 6 月", LATE, "演示数据")
