"""One cockpit after the other, and what stands where there is none."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.cockpit.cockpit_file import Drill
from desktop.domain.links import ViewLink, parse_link
from desktop.domain.marked_yaml import FileFault
from tests.gui.cockpit.conftest import one
from tests.gui.driving import until
from views.cockpit.chooser import SEARCH_FROM
from views.cockpit.page import KEPT_GRIDS, CockpitPage


@pytest.fixture
def page(room):
    made = CockpitPage(room)
    made.resize(1864, 1040)
    yield made
    made.hide()
    made.deleteLater()


def test_that_the_first_cockpit_is_shown_and_arrows_go_round(page, put, run):
    async def body() -> None:
        page.show()
        put(a=one("a"), b=one("b", "乙"))
        await until(lambda: page.grid is not None)
        assert page.chosen == "a"
        QTest.keyClick(page, Qt.Key.Key_Right)
        assert (page.chosen, page.grid.cockpit.title) == ("b", "乙")
        QTest.keyClick(page, Qt.Key.Key_Right)
        assert page.chosen == "a"
        QTest.keyClick(page, Qt.Key.Key_Left)
        assert page.chooser.buttons["b"].isChecked()

    run(body())


def test_that_the_last_few_are_kept_as_they_were_built(page, put):
    put(**{f"f{number}": one(f"c{number}") for number in range(KEPT_GRIDS + 1)})
    page.choose("c1")
    first = page.grid
    page.choose("c2")
    page.choose("c1")
    assert page.grid is first
    for number in (2, 3, 4, 0):
        page.choose(f"c{number}")
    page.choose("c1")
    assert page.grid is not first
    assert len(page._grids) == KEPT_GRIDS


def test_that_a_file_that_breaks_is_told_in_place_and_comes_back_by_itself(page, put):
    put(a=one("a"), b=one("b"))
    page.choose("b")
    put(FileFault("b.yaml", 3, "缩进不对"), a=one("a"))
    assert page.grid is None
    assert "b.yaml 第 3 行" in page.empty.accessibleName()
    assert page.chooser.faults.text() == "b.yaml 第 3 行：缩进不对"
    put(a=one("a"), b=one("b"))
    assert page.grid.cockpit.id == "b"
    assert page.chooser.faults.isHidden()


def test_that_a_cockpit_for_others_says_whom_it_is_for(page, put):
    put(a=one("a").replace("columns", "roles: [leader]\ncolumns"))
    page.choose("a")
    assert page.grid is None
    assert page.empty.accessibleName() == "「甲」只给领导看"


def test_that_words_find_among_many(page, put):
    many = {f"f{number}": one(f"c{number}", f"题{number}") for number in range(SEARCH_FROM)}
    put(**many)
    assert not page.chooser.search.isHidden()
    page.chooser.search.setText("题1")
    assert page.chooser.shown_ids() == ("c1", "c10", "c11", "c12")
    QTest.keyClick(page.chooser.search, Qt.Key.Key_Return)
    assert page.chosen == "c1"
    put(a=one("a"))
    assert page.chooser.search.isHidden()


def test_that_a_drill_leads_to_its_view_with_its_filter_or_to_another_cockpit(page, put):
    asked: list[str] = []
    page.link_asked.connect(asked.append)
    put(a=one("a"), b=one("b"))
    page.grid.drilled.emit(Drill(view="alarms", filter={"level": "red"}))
    assert parse_link(asked[0]) == ViewLink("alarms", "", (("level", "red"),))
    page.grid.drilled.emit(Drill(view="cockpit/b"))
    assert page.chosen == "b"
    assert len(asked) == 1


def test_that_a_link_that_came_before_the_files_is_followed_when_they_are_read(page, put):
    assert page.open_part("b") == ""
    put(a=one("a"), b=one("b"))
    assert page.chosen == "b"
    assert "可用：a b" in page.open_part("zz")
