"""What speaks for a response, line by line: level, fact, what it means, and how old it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from desktop.domain.levels import WarningLevel
from views.emergency.panel import SIDE_PX, Panel
from widgets.hatch import paint_hatch
from widgets.level_badge import LevelLook, paint_level
from widgets.plain_label import plain_tip
from widgets.theme import BODY_PX, NOTE_PX, colour, font

ROW_PX = 32
_BADGE_PX, _TEXT_LEFT_PX, _AGE_PX = 24, 48, 60


@dataclass(frozen=True)
class EvidenceRow:
    """`level` None: a fact without an alarm. `age`: of its value, as it stands on screen."""

    text: str
    note: str = ""
    age: str = ""
    level: WarningLevel | None = None
    stale: bool = False
    source: str = ""

    @property
    def line(self) -> str:
        """As it is signed, and read aloud."""
        return " · ".join(filter(None, (self.text, self.note, self.age, self.source)))


class EvidenceList(QWidget):
    """Painted rows; a row that is cut tells the whole in its tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[EvidenceRow, ...] = ()
        self.setProperty("ground", "1")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(ROW_PX)

    @property
    def rows(self) -> tuple[EvidenceRow, ...]:
        return self._rows

    def show_rows(self, rows: Sequence[EvidenceRow]) -> None:
        new = tuple(rows)
        if new != self._rows:
            self._rows = new
            self.setFixedHeight(max(1, len(new)) * ROW_PX)
            self.setAccessibleName("；".join(row.line for row in new))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, max(1, len(self._rows)) * ROW_PX)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = event.pos().y() // ROW_PX
            if 0 <= number < len(self._rows):
                QToolTip.showText(event.globalPos(), plain_tip(self._rows[number].line), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = event.rect().top() // ROW_PX
        last = event.rect().bottom() // ROW_PX + 1
        for number, row in enumerate(self._rows[first:last], start=first):
            self._paint_row(painter, QRect(0, number * ROW_PX, self.width(), ROW_PX), row)
        if not self._rows:
            painter.setPen(colour("text2"))
            painter.setFont(font(BODY_PX))
            at = self.rect().adjusted(SIDE_PX, 0, -SIDE_PX, 0)
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, self.tr("还没有依据"))

    def _paint_row(self, painter: QPainter, box: QRect, row: EvidenceRow) -> None:
        if row.stale:
            paint_hatch(painter, QRectF(box.adjusted(SIDE_PX, 1, -8, -1)), alpha=0.22)
        mark = QRectF(box.left() + SIDE_PX, box.top() + 4, _BADGE_PX, _BADGE_PX)
        if row.level is not None:
            paint_level(painter, mark, row.level, LevelLook.OUTLINE)
        else:
            painter.fillRect(mark.adjusted(8, 8, -8, -8), colour("normal"))
        age_face, note_face = font(NOTE_PX), font(NOTE_PX)
        right = box.right() - SIDE_PX
        painter.setFont(age_face)
        painter.setPen(colour("stale" if row.stale else "text2"))
        age = QRect(right - _AGE_PX, box.top(), _AGE_PX, ROW_PX)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(age, side, row.age)
        face = font(BODY_PX, bold=row.level is not None)
        used = QFontMetrics(note_face).horizontalAdvance(row.note)
        wide = age.left() - _TEXT_LEFT_PX
        words_px = QFontMetrics(face).horizontalAdvance(row.text)
        note_px = min(used, max(0, wide - words_px - 12), wide // 2)
        if note_px < min(used, 24):
            note_px = 0
        painter.setFont(face)
        painter.setPen(colour("text"))
        room = QRect(_TEXT_LEFT_PX, box.top(), wide - note_px - (12 if note_px else 4), ROW_PX)
        text = QFontMetrics(face).elidedText(row.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(note_face)
        painter.setPen(colour("text2"))
        place = QRect(age.left() - note_px - 4, box.top(), note_px, ROW_PX)
        note = QFontMetrics(note_face).elidedText(row.note, Qt.TextElideMode.ElideRight, note_px)
        painter.drawText(place, side, note)


class EvidencePanel(Panel):
    """事件与证据; scrolls when there is more than the column holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, inset=False)
        self.setObjectName("evidence_panel")
        self.title.setText(self.tr("事件与证据"))
        self.tell(note=self.tr("数据龄"))
        self.list = EvidenceList()
        inside = QWidget()
        inside.setProperty("ground", "1")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(self.list)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        self.body.addWidget(self._scroll)

    def show_rows(self, rows: Sequence[EvidenceRow]) -> None:
        self.list.show_rows(rows)
        stale = sum(row.stale for row in rows)
        words = self.tr("{0} 条").format(len(rows))
        if stale:
            words += self.tr(" · 停滞 {0}").format(stale)
        self.tell(words if rows else "", self.tr("数据龄"))

    def scroll_to_top(self) -> None:
        self._scroll.ensureVisible(QPoint(0, 0).x(), 0)
