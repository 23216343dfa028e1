"""Results in groups, to be walked with the keys of a field above them. Text stays literal."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.levels import WarningLevel
from widgets.icons import pixmap
from widgets.level_badge import LevelLook, level_pixmap, margin_px
from widgets.painted_text import paint_text
from widgets.theme import BODY_PX, NOTE_PX, colour, font

HEADING_PX, ROW_PX = 28, 44
_ICON_PX, _LEFT_PX, _GAP_PX, _RIGHT_PX = 20, 16, 12, 16
_BADGE_PX = 22

_Index = QModelIndex | QPersistentModelIndex


class ResultRow(NamedTuple):
    """A heading has a title only; `hint` stands at the right, as on a key cap with `is_key`."""

    title: str
    key: object = None  # what is handed back when it is chosen; None makes a heading
    note: str = ""
    hint: str = ""
    icon: str = ""
    level: WarningLevel | None = None
    is_key: bool = False

    @property
    def is_heading(self) -> bool:
        return self.key is None


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[ResultRow, ...] = ()

    def replace(self, rows: Sequence[ResultRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(part for part in (row.title, row.note, row.hint) if part)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if self.rows[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Painter(QStyledItemDelegate):
    """Icon or level, title, note behind it, hint at the right edge."""

    def __init__(self, rows: _Rows, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, HEADING_PX if self._rows.rows[index.row()].is_heading else ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, rect = self._rows.rows[index.row()], option.rect
        painter.save()
        if row.is_heading:
            paint_text(
                painter, rect.adjusted(_LEFT_PX, 4, -_RIGHT_PX, 0), row.title, NOTE_PX, "text2"
            )
        else:
            on = bool(option.state & QStyle.StateFlag.State_Selected)
            if on:
                painter.fillRect(rect, colour("selection"))
                painter.fillRect(rect.x(), rect.y(), 3, rect.height(), colour("text"))
            self._paint_row(painter, rect, row, on)
        painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRect, row: ResultRow, on: bool) -> None:
        ratio = painter.device().devicePixelRatioF()
        middle = rect.center().y()
        if row.level is not None:
            margin = margin_px(_BADGE_PX)
            image = level_pixmap(row.level, LevelLook.FILLED, _BADGE_PX, ratio)
            painter.drawPixmap(
                rect.x() + _LEFT_PX - margin - 1, middle - _BADGE_PX // 2 - margin, image
            )
        elif row.icon:
            image = pixmap(row.icon, "text" if on else "text2", _ICON_PX, ratio)
            painter.drawPixmap(rect.x() + _LEFT_PX, middle - _ICON_PX // 2, image)
        left = rect.x() + _LEFT_PX + _ICON_PX + _GAP_PX
        right = rect.right() - _RIGHT_PX
        if row.hint:
            right = self._paint_hint(painter, rect, row) - _GAP_PX
        metrics = QFontMetrics(font(BODY_PX, bold=True))
        wanted = metrics.horizontalAdvance(row.title)
        room = right - left if not row.note else int((right - left) * 0.62)
        width = min(wanted, room)
        box = QRect(left, rect.y(), width + 1, rect.height())
        paint_text(painter, box, row.title, BODY_PX, "text", bold=True)
        note = QRect(
            left + width + _GAP_PX, rect.y(), right - left - width - _GAP_PX, rect.height()
        )
        paint_text(painter, note, row.note, NOTE_PX, "text2")

    def _paint_hint(self, painter: QPainter, rect: QRect, row: ResultRow) -> int:
        """Left edge of what was painted."""
        width = QFontMetrics(font(NOTE_PX)).horizontalAdvance(row.hint)
        pad = 6 if row.is_key else 0
        box = QRect(rect.right() - _RIGHT_PX - width - 2 * pad, rect.center().y() - 10,
                    width + 2 * pad, 21)  # fmt: skip
        if row.is_key:
            painter.setPen(colour("line"))
            painter.setBrush(colour("bg1"))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(font(NOTE_PX))
        painter.setPen(colour("text2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, row.hint)
        return box.left()


class ResultList(QListView):
    """Has no focus of its own: who owns the field walks it with `step` and `step_group`."""

    chosen = Signal(object)  # ResultRow.key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self._rows, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.clicked.connect(self._choose)

    @property
    def rows(self) -> tuple[ResultRow, ...]:
        return self._rows.rows

    def show_rows(self, rows: Sequence[ResultRow], keep: object = None) -> None:
        """Selects the row whose key is `keep`, else the first one that can be chosen."""
        self._rows.replace(rows)
        places = [index for index, row in enumerate(rows) if not row.is_heading]
        kept = next((index for index in places if keep is not None and rows[index].key == keep), -1)
        if kept >= 0:
            self._select(kept)
        elif places:
            self._select(places[0])
            self.scrollToTop()

    def current(self) -> ResultRow | None:
        index = self.currentIndex()
        return self.rows[index.row()] if index.isValid() and self.rows else None

    def step(self, rows: int) -> None:
        """Up and down, round at the ends; headings are passed over."""
        places = [index for index, row in enumerate(self.rows) if not row.is_heading]
        if places:
            here = self.currentIndex().row()
            at = places.index(here) if here in places else -1
            self._select(places[(at + rows) % len(places)])

    def step_group(self, groups: int) -> None:
        """To the first row of the next or the previous group."""
        heads = [index for index, row in enumerate(self.rows) if row.is_heading]
        if not heads:
            return self.step(groups)
        here = self.currentIndex().row()
        at = max((place for place, head in enumerate(heads) if head < here), default=0)
        self._select(heads[(at + groups) % len(heads)] + 1)

    def content_px(self) -> int:
        """Height that shows all rows."""
        return sum(HEADING_PX if row.is_heading else ROW_PX for row in self.rows)

    def _select(self, row: int) -> None:
        index = self._rows.index(row)
        self.setCurrentIndex(index)
        above = row - 1
        if above >= 0 and self.rows[above].is_heading:
            self.scrollTo(self._rows.index(above))
        self.scrollTo(index)

    def _choose(self, index: QModelIndex) -> None:
        row = self.rows[index.row()]
        if not row.is_heading:
            self.chosen.emit(row.key)


if __name__ == "__main__":  # python -m widgets.result_list
    from widgets.demo import run_demo

    def build() -> list[QWidget]:
        results = ResultList()
        results.setMinimumHeight(320)
        results.show_rows(
            [
                ResultRow("命令"),
                ResultRow("确认选中的告警", 1, hint="Ctrl+Enter", icon="check", is_key=True),
                ResultRow("告警"),
                ResultRow("<b>下穿通道积水</b>", 2, "滨江环路", "3 min", level=WarningLevel.RED),
                ResultRow("摄像机"),
                ResultRow("滨江环路下穿通道北引道枪机 " * 3, 3, "cam-0001", icon="cctv"),
            ]
        )
        return [results]

    run_demo(build, 640)
