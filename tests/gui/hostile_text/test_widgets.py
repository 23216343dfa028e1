"""The plain widgets by themselves: bounded in time, literal; and the watchers do see."""

import html
import time

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextBrowser

from desktop.domain.link_messages import DemoAccount, PlatformState, SessionState
from desktop.domain.texts import CUT_MARK
from desktop.shell.notices import Notice, NoticeCard
from tests.canary import Canary
from tests.gui.fake_room import NOW
from tests.gui.hostile_text.conftest import KINDS, LONG, text_of
from tests.gui.hostile_text.test_desk import looked_at
from tests.plain_text import faults, is_plain_tip, tips
from views import sign_in
from widgets.plain_label import ElidedLabel, PlainLabel, WrappedLabel, plain_tip
from widgets.result_list import ResultList, ResultRow
from widgets.tile_header import TileHeader

STEP_S = 0.050
HUNDRED_THOUSAND = (LONG, "\U0001f468\u200d" * 50_000, "e\u0301" * 50_000, "a b" * 33_334,
                    "\n" * 100_000, "<b>" * 33_334, "\u202e" * 100_000)  # fmt: skip


def cost_s(work) -> float:
    """The best of three: what it costs, not what else the machine does."""
    best = float("inf")
    for _ in range(3):
        start_s = time.thread_time()
        work()
        best = min(best, time.thread_time() - start_s)
    return best


@pytest.mark.parametrize("number", range(len(HUNDRED_THOUSAND)))
@pytest.mark.parametrize("kind", [PlainLabel, ElidedLabel, WrappedLabel])
def test_that_100000_characters_do_not_hold_up_the_desk(qtbot, kind, number):
    label = kind()
    label.setWordWrap(kind is PlainLabel)
    label.resize(300, 60)
    qtbot.addWidget(label)
    label.show()

    def step() -> None:
        label.setText("")
        label.setText(HUNDRED_THOUSAND[number])
        label.repaint()

    assert cost_s(step) < STEP_S
    assert cost_s(lambda: label.setToolTip(plain_tip(HUNDRED_THOUSAND[number]))) < STEP_S


def test_that_a_long_text_says_that_it_was_cut(qtbot):
    label = PlainLabel(LONG)
    qtbot.addWidget(label)
    assert label.text().endswith(CUT_MARK)
    assert plain_tip(LONG).removesuffix("</span>").endswith(CUT_MARK)


def test_that_a_tip_is_escaped_once_however_often_it_is_asked_for():
    once = plain_tip("a<b>\nc & d")
    assert plain_tip(once) == once == "<span>a&lt;b&gt;<br>c &amp; d</span>"
    assert plain_tip("") == ""


@pytest.mark.parametrize("kind", KINDS)
def test_that_tile_results_card_and_sign_in_show_the_characters(qtbot, room, canary, kind):
    text = text_of(kind, canary)
    header = TileHeader(3)
    header.show_name(text[:5000])
    results = ResultList()
    results.show_rows([ResultRow(text, "k", text, text)])
    card = NoticeCard(Notice("k", text, text, NOW))
    account = DemoAccount(text[:5000], "p", text[:5000], "operator", text[:5000])
    room.session.put_platform(PlatformState(url=text[:5000], standin=True,
                                            demo_accounts=(account,)))  # fmt: skip
    room.session.put_session(SessionState(refused=text[:5000]))
    for widget in (header, results, card, sign_in.build(room)):
        qtbot.addWidget(widget)
        widget.resize(600, 400)
        widget.show()
        qtbot.waitExposed(widget)
        looked_at(widget)


# ---- each watcher is seen to see ---------------------------------------------------------------


def test_that_a_guessing_label_opens_the_file_and_the_watchers_see_it(qapp, tmp_path):
    with Canary(tmp_path) as canary:
        assert canary.touched() == []
        label = QLabel(canary.markup())
        label.show()
        QApplication.processEvents()
        label.grab()
        assert any("file" in one for one in canary.touched())
        assert len(faults([label])) == 1
        label.setTextFormat(Qt.TextFormat.PlainText)
        assert faults([label]) == []
        shiboken6.delete(label)


def test_that_a_guessing_tip_opens_the_file_and_the_watchers_see_it(qapp, tmp_path):
    with Canary(tmp_path) as canary:
        button = QPushButton("x")
        button.setToolTip(canary.markup())
        button.show()
        QApplication.processEvents()
        assert len(faults([button])) == 1
        assert [tip for tip in tips(button) if not is_plain_tip(tip)]
        QApplication.processEvents()
        assert any("file" in one for one in canary.touched())
        button.setToolTip(plain_tip(canary.markup()))
        assert html.escape("<b>") in tips(button)[0]
        assert faults([button]) == [] and canary.touched() == []
        shiboken6.delete(button)


def test_that_a_browser_of_markup_is_seen(qapp):
    browser = QTextBrowser()
    assert faults([browser])
    shiboken6.delete(browser)


@pytest.mark.parametrize("tip", ["<b>x</b>", "<span>a</span><img src=x>", "<i>"])
def test_that_markup_in_a_tip_is_seen(tip):
    assert not is_plain_tip(tip)
