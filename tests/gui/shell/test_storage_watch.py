"""What became of the desk's files is told once, in a card that can be read whole."""

from datetime import UTC, datetime

import msgspec
import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from desktop.domain.link_messages import (
    LinkHealth,
    OutboxState,
    ServiceState,
    SessionState,
    StorageNotice,
    User,
)
from desktop.settings import Contact
from desktop.shell.notices import RED, NoticeBoard
from desktop.shell.refusal_window import RefusalWindow
from desktop.shell.storage_watch import StorageWatch
from desktop.stores.health import HealthStore, SessionStore
from tests.gui.fake_room import FakeClock
from widgets.plain_label import PlainLabel

AT = datetime(2026, 7, 14, 8, 0, tzinfo=UTC)
HEALTH = LinkHealth(mqtt=ServiceState(), rest=ServiceState(), feeds={}, outbox=OutboxState())
REBUILT = StorageNotice("cache", "名册缓存已重建", "正重新下载", AT)
FULL = StorageNotice("write", "磁盘已满", "请立即清理磁盘", AT, True)


class Room:
    def __init__(self) -> None:
        self.health, self.session, self.clock = HealthStore(), SessionStore(), FakeClock()
        self.health.set_link_connected(True)

    def tell(self, *notices: StorageNotice) -> None:
        self.health.put(msgspec.structs.replace(HEALTH, storage_notices=notices))

    def sign_in(self) -> None:
        self.session.put_session(SessionState(user=User("u", "王敏")))


@pytest.fixture
def room():
    return Room()


@pytest.fixture
def board(qtbot, room):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(800, 900)
    parent.show()
    made = NoticeBoard(room.clock, parent)
    made.place(QRect(400, 0, 400, 900))
    room.watch = StorageWatch(room, made, made)
    yield made


def test_that_it_is_told_once_and_to_who_signs_in_later(room, board):
    room.tell(REBUILT)
    assert board.shown == ()
    room.sign_in()
    for _ in range(5):
        room.tell(REBUILT)
    assert [(one.title, one.count) for one in board.kept] == [("名册缓存已重建", 1)]


def test_that_a_full_disk_is_red_until_it_is_over(room, board):
    room.sign_in()
    room.tell(FULL)
    assert [one.level for one in board.shown] == [RED]
    room.tell(StorageNotice("write", "存盘已恢复", "", AT))
    assert [(one.title, one.level) for one in board.shown] == [("存盘已恢复", "notice")]
    room.tell()
    assert board.shown == ()


def test_that_a_silent_link_ends_no_matter(room, board):
    room.sign_in()
    room.tell(FULL)
    room.health.set_link_connected(False)
    assert [one.title for one in board.shown] == ["磁盘已满"]


def test_that_newer_notices_never_cover_a_red_one(board):
    board.post("red", "磁盘已满", "", RED)
    for number in range(5):
        board.post(f"other {number}", "别的", "")
    assert board.shown[0].title == "磁盘已满" and len(board.shown) == 3


def test_that_cards_too_high_for_their_place_make_room_instead_of_being_cut(board, qtbot):
    board.place(QRect(400, 0, 260, 420))
    for number in range(3):
        board.post(f"{number}", f"第 {number} 件", "很长的说明文字，" * 12)
    qtbot.waitUntil(lambda: len(board.shown) < 3)
    assert board.shown[-1].title == "第 2 件"

    def is_whole() -> bool:
        labels = board.findChildren(PlainLabel)
        seen = [label for label in labels if label.wordWrap() and label.isVisible()]
        return bool(seen) and all(
            label.height() >= label.heightForWidth(label.width()) for label in seen
        )

    qtbot.waitUntil(is_whole)


def test_that_the_refusal_names_the_reason_and_the_phones(qtbot):
    window = RefusalWindow("数据文件由更新版本写成", (Contact("值班室", "0799-1"),))
    qtbot.addWidget(window)
    window.show_in_the_middle()
    shown = " ".join(label.text() for label in window.findChildren(PlainLabel))
    assert "更新版本" in shown and "0799-1" in shown
