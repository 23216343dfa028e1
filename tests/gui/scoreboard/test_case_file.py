"""一案一档: the photographs of a case's file, and the file as a paper."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from desktop.domain.assessment.paper import Picture
from desktop.domain.permissions import Action
from desktop.stores.snapshots import Document
from tests.gui.driving import until
from tests.gui.fake_room import open_room
from views.scoreboard.bulletin_dialog import BulletinDialog
from views.scoreboard.bulletin_paper import html_of, paint_bulletin
from views.scoreboard.case_paper import case_paper
from views.scoreboard.case_pictures import PictureDialog
from views.scoreboard.source import CaseFile, CaseLine, PictureLine, StageLine

REPORTED = datetime(2026, 6, 18, 2, tzinfo=UTC)
RED = QColor("#C80000")


def photo(width: int = 320, height: int = 180) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(RED)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def file_of(*pictures: PictureLine) -> CaseFile:
    return CaseFile(
        case_id="9901022026061800001", class_name="道路<b>积水", state="已结案", place="望湖路",
        lon_deg=116.6, lat_deg=28.9, facts=(("来源", "监督员上报"),),
        stages=(
            StageLine(name="处置", at=REPORTED + timedelta(hours=5), by="李卫东",
                      due_at=REPORTED + timedelta(hours=2)),
            StageLine(name="核查", at=None, due_at=REPORTED + timedelta(hours=9)),
        ),
        pictures=pictures,
    )  # fmt: skip


FIRST = PictureLine(attachment_id="a-report", words="发现时 06-18 10:00")
SECOND = PictureLine(attachment_id="a-dispose", words="处置后 06-18 15:00")


@pytest.fixture
def opened(shown, source):
    """Runs a body with the page when it shows the case's file."""
    source.lines = (CaseLine(case_id="c1", class_name="积水", limit="", over_s=None, state=""),)
    source.files = {"c1": file_of(FIRST, SECOND)}

    def drive(work) -> None:
        async def body(page) -> None:
            page.open_case("c1")
            await until(lambda: page.drill.stack.currentWidget() is page.drill.case)
            await work(page)

        shown(body)

    return drive


def test_that_photographs_are_seen_small_and_large_and_a_missing_one_says_why(opened, source):
    source.pictures = {"a-report": photo()}

    async def body(page) -> None:
        first, second, third = page.drill.case.pictures.buttons
        await until(lambda: first.image is not None and second.why == "平台没有这张照片")
        assert third.isHidden()
        assert first.accessibleName() == FIRST.words
        assert second.accessibleName() == f"{SECOND.words}：平台没有这张照片"
        assert not second.isEnabled()
        middle = first.grab().toImage().pixelColor(first.width() // 2, 30)
        assert middle == RED
        first.setFocus()
        QTest.keyClick(first, Qt.Key.Key_Space)
        await until(lambda: bool(page.findChildren(PictureDialog)))
        (large,) = page.findChildren(PictureDialog)
        QTest.keyClick(large, Qt.Key.Key_Escape)
        await until(lambda: not page.findChildren(PictureDialog))

    opened(body)


def test_that_keys_reach_everything_in_a_file(opened, source):
    source.pictures = {"a-report": photo(), "a-dispose": photo()}

    async def body(page) -> None:
        card = page.drill.case
        await until(lambda: card.pictures.buttons[1].image is not None)
        page.activateWindow()
        card.stages.setFocus()
        reached = []
        for _ in range(3):
            QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
            reached.append(page.window().focusWidget())
        first, second, _ = card.pictures.buttons
        assert reached == [first, second, card.on_map]

    opened(body)


def test_that_what_is_no_picture_is_not_shown(opened, source):
    source.pictures = {"a-report": b"<html>", "a-dispose": b""}

    async def body(page) -> None:
        first, second, _ = page.drill.case.pictures.buttons
        await until(lambda: first.why == second.why == "不是照片")

    opened(body)


def test_that_another_case_shows_none_of_the_first_ones_photographs(opened, source):
    source.pictures = {"a-report": photo(), "a-dispose": photo()}
    source.files["c2"] = file_of()

    async def body(page) -> None:
        page.open_case("c2")
        await until(lambda: page.drill.case.file is source.files["c2"])
        assert page.drill.case.pictures.isHidden()

    opened(body)


def test_that_a_file_goes_out_as_a_paper_by_its_right(opened, room, source):
    open_room(room, role="leader")
    source.pictures = {"a-report": photo()}
    filed: list[Document] = []
    room.snapshots.filed.connect(filed.append)

    async def body(page) -> None:
        QTest.mouseClick(page.drill.case.to_paper, Qt.MouseButton.LeftButton)
        (dialog,) = page.findChildren(BulletinDialog)
        await until(lambda: dialog.saving.isEnabled(), 20)
        QTest.mouseClick(dialog.saving, Qt.MouseButton.LeftButton)
        dialog.close()

    opened(body)
    (document,) = filed
    assert document.data.startswith(b"%PDF")
    assert (document.stem, document.about) == (
        "案卷-9901022026061800001",
        "case/9901022026061800001",
    )
    assert document.action is Action.STATISTICS_EXPORT


def test_that_who_may_not_take_figures_away_takes_no_file(opened):
    async def body(page) -> None:
        assert not page.drill.case.to_paper.isEnabled()
        assert page.drill.case.to_paper.toolTip()

    opened(body)


def test_that_the_paper_names_every_stage_and_shows_the_photographs(room):
    found = [Picture(words=FIRST.words, data=photo()), Picture(words="处置后：没有取到")]
    paper = case_paper(file_of(FIRST, SECOND), found, room)
    html = html_of(paper)
    assert "道路&lt;b&gt;积水" in html
    for word in ("李卫东", "2026-06-18 12:00", "2026-06-18 15:00", "超 3 h 0 min", "未办",
                 FIRST.words, "处置后：没有取到"):  # fmt: skip
        assert word in html
    pages = paint_bulletin(paper)
    assert pages.count == 1
    seen = QImage.fromData(pages.seen[0])
    reds = sum(
        seen.pixelColor(x, y) == RED
        for x in range(0, seen.width(), 8)
        for y in range(0, seen.height(), 8)
    )
    assert reds > 200  # the photograph is on the page, as large as half of it
