"""Notices: stacked, counted, read again, kept across a restart."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from desktop.shell.notice_list import NoticeList
from desktop.shell.notices import KEPT, RED, NoticeBoard
from desktop.shell.preferences import DeskKeeping
from tests.gui.driving import until
from tests.gui.fake_room import FakeClock
from widgets.plain_label import PlainLabel


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 900)
    made.show()
    return made


@pytest.fixture
def board(parent, clock):
    made = NoticeBoard(clock, parent)
    made.place(QRect(400, 0, 400, 900))
    return made


def test_that_a_burst_of_one_kind_is_one_notice_that_counts(board, clock):
    unread = []
    board.unread_changed.connect(unread.append)
    for number in range(100):
        board.post("rejected", "有消息无法读取", f"{number} 条")
        clock.move(0.5)
    (kept,) = board.kept
    assert (kept.count, kept.text, unread[-1]) == (100, "99 条", 1)
    assert len(board.shown) == 1
    clock.move(61)
    board.post("rejected", "有消息无法读取", "又来了")
    assert [one.count for one in board.kept] == [1, 100]


def test_that_another_word_about_the_same_matter_is_a_notice_of_its_own(board):
    board.post("live", "实时通道中断", "")
    board.post("live", "实时通道已恢复", "")
    assert [one.title for one in board.kept] == ["实时通道已恢复", "实时通道中断"]
    assert [one.title for one in board.shown] == ["实时通道已恢复"]


def test_that_what_is_kept_is_bounded(board):
    for number in range(KEPT + 10):
        board.post("k", f"第 {number} 条", "")
    assert len(board.kept) == KEPT


def test_that_reading_the_list_marks_all_as_read(board, parent):
    board.post("a", "甲", "说明", RED)
    board.post("b", "乙", "说明")
    unread = []
    board.unread_changed.connect(unread.append)
    board.open_list(QPoint(800, 40))
    words = [one.text() for one in board.findChild(NoticeList).findChildren(PlainLabel)]
    assert "● 甲" in words and "未读 2 / 共 2" in words
    assert unread == [0] and all(one.is_read for one in board.kept)


def test_that_nothing_is_shown_while_it_is_private(board):
    board.keep_private(True)
    board.post("a", "甲", "王五 138")
    assert not board.isVisible()
    board.keep_private(False)
    assert board.isVisible() and board.kept[0].title == "甲"


def test_that_notices_of_a_day_come_back_after_a_restart(run, qtbot, parent, clock, tmp_path):
    async def work():
        keeping = DeskKeeping(tmp_path / "desk.db", clock, parent)
        first = NoticeBoard(clock, parent)
        await first.keep_in(keeping)
        first.post("a", "昨天的", "")
        clock.move(20 * 3600)
        first.post("b", "今天的", "")
        first.post("b", "今天的", "")
        await keeping.close()
        clock.move(5 * 3600)
        again = DeskKeeping(tmp_path / "desk.db", clock, parent)
        second = NoticeBoard(clock, parent)
        unread = []
        second.unread_changed.connect(unread.append)
        second.post("c", "启动时的", "")
        await second.keep_in(again)
        assert [(one.title, one.count) for one in second.kept] == [("启动时的", 1), ("今天的", 2)]
        assert unread[-1] == 2
        assert second.kept[1].at == clock.now() - timedelta(hours=5)
        await again.close()

    run(work())


def test_that_a_disk_that_refuses_is_told_once_and_the_desk_goes_on(run, parent, clock, tmp_path):
    async def work():
        folder = tmp_path / "gone"  # nothing can be written there
        keeping = DeskKeeping(folder / "desk.db", clock, parent)
        told = []
        keeping.kept_changed.connect(told.append)
        board = NoticeBoard(clock, parent)
        await board.keep_in(keeping)
        board.post("a", "甲", "")
        await until(lambda: bool(told))
        board.post("b", "乙", "")
        assert len(told) == 1 and "打不开" in told[0]
        assert len(board.kept) == 2
        folder.mkdir()
        clock.move(31)
        board.post("c", "丙", "")
        await until(lambda: told[-1] == "")
        await keeping.close()

    run(work())


def test_that_a_number_that_follows_calls_nobody_again(board, clock, qtbot):
    board.post("flood", "报警洪峰", "还有 11 条未确认")
    board.open_list(QPoint(800, 40))
    unread = []
    board.unread_changed.connect(unread.append)
    clock.move(5)
    board.amend("flood", "还有 312 条未确认")
    (kept,) = board.kept
    assert (kept.text, kept.count, kept.is_read, unread) == ("还有 312 条未确认", 1, True, [])
    words = [label.text() for label in board.findChildren(PlainLabel)]
    assert "还有 312 条未确认" in words


def test_that_a_number_that_follows_opens_no_card_that_was_closed(board):
    board.post("flood", "报警洪峰", "还有 11 条未确认")
    board.settle("flood")
    board.amend("flood", "还有 312 条未确认")
    assert board.shown == () and board.kept[0].text == "还有 312 条未确认"
    board.amend("other", "没有这一条")
    assert len(board.kept) == 1
