"""Paints a row of the receipt matrix: troubles bold on a raised ground, no colour."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.emergency.receipt_matrix import Row, Standing
from views.emergency.board.matrix_model import (
    ANSWER,
    CHANNEL,
    DELIVERED,
    NEXT,
    READ,
    ROW_ROLE,
    SCENE,
    WHO,
    MatrixModel,
)
from widgets.theme import BODY_PX, NOTE_PX, colour, font

ROW_PX = 31
_PAD_PX = 8
_QUIET = (Standing.REPLACED, Standing.RECALLED, Standing.HELD)
_TIME_COLUMNS = (DELIVERED, READ)


class MatrixDelegate(QStyledItemDelegate):
    def __init__(self, model: MatrixModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(60, ROW_PX)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        found, row = index.data(ROW_ROLE)
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the stub does not know it
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = "selection" if chosen else "bg2" if found.is_trouble else "bg1"
        painter.fillRect(rect, colour(ground))
        painter.setPen(QPen(colour("bg3"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        box = rect.adjusted(_PAD_PX if index.column() else 16, 0, -_PAD_PX, 0)
        if index.column() == WHO:
            self._paint_who(painter, box, found, row)
        else:
            self._paint_text(painter, box, found, row, index)

    def _paint_who(self, painter: QPainter, box: QRect, found: Standing, row: Row) -> None:
        """The name, and after it the place as far as there is room."""
        face = font(BODY_PX, bold=found.is_trouble or row.lead)
        painter.setFont(face)
        painter.setPen(colour("text2" if found in _QUIET else "text"))
        metrics = QFontMetrics(face)
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
        lead = self.tr("牵头 · ") if row.lead else ""
        rest = box.adjusted(metrics.horizontalAdvance(name) + 8, 0, 0, 0)
        if row.place and rest.width() > 40:
            small = font(NOTE_PX)
            painter.setFont(small)
            painter.setPen(colour("text2"))
            words = QFontMetrics(small).elidedText(
                lead + row.place, Qt.TextElideMode.ElideRight, rest.width()
            )
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_text(
        self,
        painter: QPainter,
        box: QRect,
        found: Standing,
        row: Row,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        column, text = index.column(), str(index.data() or "")
        bold = self._is_abnormal(found, row, column)
        face = font(BODY_PX if column in (ANSWER, SCENE, NEXT) or bold else NOTE_PX, bold=bold)
        if column in (CHANNEL, *_TIME_COLUMNS) and not bold:
            face = font(NOTE_PX + 1)
        painter.setFont(face)
        quiet = found in _QUIET or text == "—" or (column in (CHANNEL, *_TIME_COLUMNS) and not bold)
        painter.setPen(colour("text2" if quiet else "text"))
        words = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _is_abnormal(self, found: Standing, row: Row, column: int) -> bool:
        """The cell that says what is wrong."""
        if column == SCENE:
            return self._model.is_late(row) and not found.is_trouble
        if not found.is_trouble:
            return False
        if found is Standing.UNDELIVERED:
            return column in (DELIVERED, NEXT)
        return column in (ANSWER, NEXT) or (column == READ and found is Standing.SILENT)
