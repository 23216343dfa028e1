"""The cases behind a figure: number, class, limit, how far beyond it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from views.scoreboard.source import CaseLine
from views.scoreboard.words import translate
from widgets.painted_text import paint_text
from widgets.plain_label import plain_tip
from widgets.theme import BODY_PX, NOTE_PX, colour, font

ROW_PX = 44
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[CaseLine] = ()

    def show(self, lines: Sequence[CaseLine]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.class_name} {over_words(line.over_s)} {line.case_id} {line.state}"
        if role == Qt.ItemDataRole.ToolTipRole:
            texts = (line.case_id, line.class_name, line.limit, over_words(line.over_s), line.state)
            return plain_tip("\n".join(text for text in texts if text))
        return None


class _Painting(QStyledItemDelegate):
    """Two lines: what and how far beyond its limit; number, limit and state below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(200, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, _Model)
        line, box = model.lines[index.row()], option.rect
        is_on = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_on:
            painter.fillRect(box, colour("selection"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, colour("bg2"))
        upper = box.adjusted(4, 3, -4, -ROW_PX // 2)
        lower = box.adjusted(4, ROW_PX // 2, -4, -3)
        over, token = over_words(line.over_s), "text" if is_on else "text2"
        over_px = QFontMetrics(font(BODY_PX)).horizontalAdvance(over) + 8
        name = f"▼ {line.class_name}" if line.is_against else line.class_name
        paint_text(painter, upper.adjusted(0, 0, -over_px, 0), name, BODY_PX, "text")
        painter.setPen(colour("text"))
        painter.drawText(upper, _RIGHT, over)
        words = f"{line.case_id} · {line.limit}" if line.limit else line.case_id
        state_px = QFontMetrics(font(NOTE_PX)).horizontalAdvance(line.state) + 8
        paint_text(painter, lower.adjusted(0, 0, -state_px, 0), words, NOTE_PX, token)
        painter.drawText(lower, _RIGHT, line.state)


class CaseList(QListView):
    opened = Signal(str)  # case_id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("score_cases")
        self.setAccessibleName(self.tr("案件"))
        self._lines = _Model()
        self._lines.setParent(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Painting(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._open)

    def show_cases(self, lines: Sequence[CaseLine]) -> None:
        """What was chosen stays chosen, where it is still there."""
        if lines == self._lines.lines:
            return
        row, shift = self.currentIndex().row(), self.verticalScrollBar().value()
        chosen = self._lines.lines[row].case_id if row >= 0 else ""
        self._lines.show(lines)
        again = next((n for n, one in enumerate(lines) if one.case_id == chosen), -1)
        if again >= 0:
            self.setCurrentIndex(self._lines.index(again))
            self.verticalScrollBar().setValue(shift)

    def lines(self) -> Sequence[CaseLine]:
        return self._lines.lines

    def choose_first(self) -> None:
        if self._lines.lines:
            self.setCurrentIndex(self._lines.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._lines.lines[index.row()].case_id)


class ClassBar(QWidget):
    """What the cases are of: a bar in greys, and names with counts below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(30)
        self._parts: tuple[tuple[str, int], ...] = ()

    def show_classes(self, classes: Sequence[tuple[str, int]], total: int) -> None:
        """The three most; everything else together."""
        first = tuple(classes[:3])
        rest = total - sum(count for _, count in first)
        self._parts = (*first, (self.tr("其他"), rest)) if rest > 0 else first
        self.setVisible(bool(self._parts))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        total = sum(count for _, count in self._parts) or 1
        left, width = 0.0, float(self.width())
        tokens = ("text2", "border", "line", "bg3")
        each = self.width() // max(len(self._parts), 1)
        for number, (name, count) in enumerate(self._parts):
            share = width * count / total
            painter.fillRect(int(left), 0, max(int(share) - 1, 1), 6, colour(tokens[number]))
            left += share
            box = self.rect().adjusted(number * each, 10, (number + 1) * each - self.width(), 0)
            paint_text(painter, box, f"{name} {count:,}", NOTE_PX, "text2")


def over_words(over_s: float | None) -> str:
    """`超 3 h 12 min`; empty while it is within its limit."""
    if over_s is None or over_s <= 0:
        return ""
    minutes = int(over_s // 60)
    if minutes < 60:
        return translate("scoreboard", "超 {0} min").format(max(minutes, 1))
    hours = minutes // 60
    if hours < 24:
        return translate("scoreboard", "超 {0} h {1} min").format(hours, minutes % 60)
    return translate("scoreboard", "超 {0} 天 {1} h").format(hours // 24, hours % 24)
