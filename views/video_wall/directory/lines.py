"""One line of the directory: a folder or a camera, two rows of text, painted."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.camera_tree import CameraRow, CameraTree
from desktop.domain.cameras import Camera
from views.video_wall.directory.words import reason_word, state_word, street_name
from views.video_wall.words import KIND_ICONS
from widgets.icons import pixmap
from widgets.painted_text import paint_text
from widgets.theme import BODY_PX, NOTE_PX, colour, font

ROW_PX = 44
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_ICON_PX, _GAP_PX, _PAD_PX, _STAR_PX = 18, 8, 8, 14
_DOT_PX, _CHIP_PAD_PX = 8, 4

_Index = QModelIndex | QPersistentModelIndex


class Line(NamedTuple):
    """`camera_id` is "" for a folder; `state` is "" for one, or while it is not read yet."""

    title: str
    note: str = ""
    icon: str = "cctv"
    camera_id: str = ""
    state: str = ""  # online, offline, gone
    badge: str = ""  # who lends it
    hint: str = ""  # why it was found, or how far it is
    starred: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader says, and the tip shows."""
        state = state_word(self.state) if self.state else ""
        star = "★" if self.starred else ""
        return " ".join(x for x in (star, self.title, state, self.note, self.badge, self.hint) if x)


def camera_line(found: CameraRow, tree: CameraTree, starred: bool = False, hint: str = "") -> Line:
    """The id first: it tells cameras of one name apart when the rest is cut."""
    row = found.row
    place = street_name(tree, found.street_id, row.district_id)
    why = hint or "·".join(dict.fromkeys(_why(found)))
    return Line(
        row.title or row.id, " ".join(x for x in (row.id, place) if x),
        KIND_ICONS.get(row.kind, "cctv"), row.id, row.state,
        Camera(camera_id=row.id, name=row.title, source=row.source).lender, why, starred,
    )  # fmt: skip


def _why(found: CameraRow) -> list[str]:
    named = ("TAG", "KIND", "PLACE")
    return [
        f"{reason_word(reason)} {what}" if reason.name in named else reason_word(reason)
        for reason, what in found.why
    ]


class LinePainter(QStyledItemDelegate):
    """Icon, title and star above; state, id, place, lender and reason below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = index.data(LINE_ROLE)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, colour("bg2"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour("focus"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if isinstance(line, Line):
            self._paint_line(painter, rect, line)
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRect, line: Line) -> None:
        ratio = painter.device().devicePixelRatioF()
        absent = line.state in ("offline", "gone")
        tone = "text2" if absent else "text"
        icon = pixmap(line.icon, "border" if absent else "text2", _ICON_PX, ratio)
        painter.drawPixmap(rect.x() + _PAD_PX, rect.center().y() - _ICON_PX // 2, icon)
        left, right = rect.x() + _PAD_PX + _ICON_PX + _GAP_PX, rect.right() - _PAD_PX
        top = QRect(left, rect.y() + 3, right - left, 20)
        bottom = QRect(left, rect.y() + 23, right - left, 17)
        if line.starred:
            star = pixmap("star", "accent", _STAR_PX, ratio)
            painter.drawPixmap(right - _STAR_PX, top.center().y() - _STAR_PX // 2, star)
            top.setRight(right - _STAR_PX - 4)
        paint_text(painter, top, line.title, BODY_PX, tone, bold=not line.camera_id)
        if line.state:
            bottom.setLeft(_state(painter, bottom, line.state))
        if line.hint:
            bottom.setRight(_right_text(painter, bottom, line.hint))
        if line.badge:
            bottom.setRight(_chip(painter, bottom, line.badge))
        paint_text(painter, bottom, line.note, NOTE_PX, "text2")


def _state(painter: QPainter, box: QRect, state: str) -> int:
    """Filled disc and 在线, crossed ring and 离线; gives where the rest begins."""
    middle = QPointF(box.x() + _DOT_PX / 2, box.center().y() + 0.5)
    tone = "text" if state == "online" else "text2"
    painter.setPen(QPen(colour(tone), 1.4))
    online = state == "online"
    painter.setBrush(colour(tone) if online else Qt.BrushStyle.NoBrush)
    reach = _DOT_PX / 2 - 0.5
    painter.drawEllipse(middle, reach, reach)
    if not online:
        step = QPointF(reach * 0.7, -reach * 0.7)
        painter.drawLine(middle - step, middle + step)
    word = state_word(state)
    left = box.x() + _DOT_PX + 4
    width = QFontMetrics(font(NOTE_PX)).horizontalAdvance(word)
    paint_text(painter, QRect(left, box.y(), width + 2, box.height()), word, NOTE_PX, tone)
    return left + width + _GAP_PX


def _right_text(painter: QPainter, box: QRect, text: str) -> int:
    width = min(QFontMetrics(font(NOTE_PX)).horizontalAdvance(text) + 1, box.width() // 2)
    place = QRect(box.right() - width, box.y(), width + 1, box.height())
    paint_text(painter, place, text, NOTE_PX, "accent")
    return box.right() - width - _GAP_PX


def _chip(painter: QPainter, box: QRect, text: str) -> int:
    width = QFontMetrics(font(NOTE_PX)).horizontalAdvance(text) + 2 * _CHIP_PAD_PX
    if width > box.width() // 2:
        return box.right()
    chip = QRect(box.right() - width, box.y(), width, box.height())
    painter.setPen(colour("border"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    paint_text(painter, chip.adjusted(_CHIP_PAD_PX, 0, 0, 0), text, NOTE_PX, "text2")
    return chip.left() - 6
