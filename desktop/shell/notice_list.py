"""The notices of the last day, to be read again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from widgets.plain_label import PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX
from widgets.times import hh_mm_ss, local

_WIDTH_PX, _HEIGHT_PX, _ROW_PX = 440, 600, 64
LISTED = 200  # more is no reading any more


class Listed(Protocol):
    """What the list needs of a notice."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def first_at(self) -> datetime | None: ...
    @property
    def level(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def is_read(self) -> bool: ...


class NoticeList(QFrame):
    """Newest first; unread ones are bold and marked."""

    def __init__(self, notices: Sequence[Listed], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("popover", True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QWidget()
        inside.setProperty("ground", "2")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(4)
        rows.addLayout(self._head(notices))
        for notice in notices[:LISTED]:
            self._add(rows, notice)
        if not notices:
            rows.addWidget(PlainLabel(self.tr("24 小时内没有通知"), tone="text2"))
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(scroll)
        room_px = parent.screen().availableGeometry().height() - 120
        height = min(_HEIGHT_PX, room_px, 72 + _ROW_PX * max(1, len(notices)))
        self.setFixedSize(_WIDTH_PX, height)

    def _head(self, notices: Sequence[Listed]) -> QHBoxLayout:
        unread = sum(not notice.is_read for notice in notices)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self.tr("最近 24 小时的通知"), STRONG_PX, bold=True), 1)
        text = self.tr("未读 {0} / 共 {1}").format(unread, len(notices))
        head.addWidget(PlainLabel(text, NOTE_PX, tone="text2"))
        return head

    def _add(self, rows: QVBoxLayout, notice: Listed) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        tone = "p1" if notice.level == "red" else "text" if not notice.is_read else "text2"
        title = f"{'●' if not notice.is_read else '○'} {notice.title}"
        head.addWidget(PlainLabel(title, bold=not notice.is_read, tone=tone), 1)
        head.addWidget(PlainLabel(self._when(notice), NOTE_PX, tone="text2"))
        words = PlainLabel(notice.text, NOTE_PX, tone="text2")
        words.setWordWrap(True)
        rows.addSpacing(4)
        rows.addLayout(head)
        if notice.text:
            rows.addWidget(words)

    def _when(self, notice: Listed) -> str:
        at = f"{local(notice.at):%m-%d} {hh_mm_ss(notice.at)}"
        if notice.count > 1 and notice.first_at is not None:
            words = self.tr("{0} 起 {1} 次")
            at += " · " + words.format(hh_mm_ss(notice.first_at), notice.count)
        return at
