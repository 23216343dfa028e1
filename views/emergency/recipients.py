"""Who will be told, by what, and when they are there: the receipts' rows before there are any."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from views.emergency.panel import SIDE_PX, Panel
from widgets.theme import BODY_PX, NOTE_PX, colour, font

HEAD_PX, ROW_PX = 28, 31
_SHARES = (0.28, 0.11, 0.31, 0.15, 0.15)


@dataclass(frozen=True)
class RecipientRow:
    """`marked`: something is out of the ordinary, told by weight and ground, not by colour."""

    name: str
    channel: str
    task: str
    eta: str
    order: str
    marked: bool = False


class RecipientTable(QWidget):
    """Painted rows, only those in sight: two hundred recipients are usual."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RecipientRow, ...] = ()
        self.setProperty("ground", "1")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(ROW_PX)

    @property
    def rows(self) -> tuple[RecipientRow, ...]:
        return self._rows

    def show_rows(self, rows: Sequence[RecipientRow]) -> None:
        new = tuple(rows)
        if new != self._rows:
            self._rows = new
            self.setFixedHeight(max(1, len(new)) * ROW_PX)
            self.setAccessibleName(
                "；".join(f"{one.name} {one.channel} {one.task} {one.eta}" for one in new)
            )
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, max(1, len(self._rows)) * ROW_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._rows:
            painter.setFont(font(NOTE_PX))
            painter.setPen(colour("text2"))
            box = self.rect().adjusted(SIDE_PX, 0, -SIDE_PX, 0)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignVCenter, self.tr("有了方案，就列出谁会被通知")
            )
        first = event.rect().top() // ROW_PX
        last = event.rect().bottom() // ROW_PX + 1
        for number, row in enumerate(self._rows[first:last], start=first):
            box = QRect(0, number * ROW_PX, self.width(), ROW_PX)
            if row.marked:
                painter.fillRect(box, colour("bg2"))
            painter.fillRect(box.left() + SIDE_PX, box.bottom(), box.width() - 2 * SIDE_PX, 1,
                             colour("bg3"))  # fmt: skip
            cells = (row.name, row.channel, row.task, row.eta, row.order)
            pairs = zip(cells, columns(self.width()), strict=True)
            for number_of, (text, cell) in enumerate(pairs):
                name = number_of == 0
                face = font(BODY_PX if name else NOTE_PX, bold=row.marked and number_of in (0, 3))
                painter.setFont(face)
                painter.setPen(colour("text" if number_of in (0, 3) else "text2"))
                room = QRect(cell[0], box.top(), cell[1] - 8, ROW_PX)
                words = QFontMetrics(face).elidedText(
                    text, Qt.TextElideMode.ElideRight, room.width()
                )
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


class RecipientHead(QWidget):
    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = tuple(words)
        self.setFixedHeight(HEAD_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour("text2"))
        for word, (left, wide) in zip(self._words, columns(self.width()), strict=True):
            box = QRect(left, 0, wide - 8, HEAD_PX)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, word)
        painter.fillRect(0, HEAD_PX - 1, self.width(), 1, colour("line"))


def columns(width: int) -> list[tuple[int, int]]:
    """Left and width of each column."""
    room, left = width - 2 * SIDE_PX, float(SIDE_PX)
    made: list[tuple[int, int]] = []
    for share in _SHARES:
        made.append((round(left), round(room * share)))
        left += room * share
    return made


class RecipientPanel(Panel):
    """通知: before the act who will be told, crews first, the nearest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, inset=False)
        self.setObjectName("recipient_panel")
        self.title.setText(self.tr("通知与回执"))
        self.table = RecipientTable()
        head = RecipientHead(
            (self.tr("对象"), self.tr("渠道"), self.tr("任务"), self.tr("到场"), self.tr("执行令"))
        )
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.table)
        scroll.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.setSpacing(0)
        self.body.addWidget(head)
        self.body.addWidget(scroll, 1)

    def show_rows(self, rows: Sequence[RecipientRow], aside: str, note: str) -> None:
        self.table.show_rows(rows)
        self.tell(aside, note)
