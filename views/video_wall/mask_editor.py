"""Draws what of a camera's picture nobody at this desk may see: rectangles over a still of it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.privacy_masks import MOST_PER_CAMERA, Mask, box, holds
from desktop.stores.masks import MaskStore
from widgets.dialog_window import DialogWindow
from widgets.plain_label import PlainLabel, plain_caption
from widgets.theme import BODY_PX, NOTE_PX, STRONG_PX, colour, font

_PICTURE_PX = QSize(960, 540)
_STEP = 0.02
_MOVES = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}
_FIRST = ((0.4, 0.4), (0.6, 0.6))


class MaskCanvas(QWidget):
    """A drag draws one, a press chooses one, Del takes it away. By keys: Insert, arrows, with
    Shift the size."""

    edited = Signal()

    def __init__(self, picture: QImage, masks: tuple[Mask, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.masks = list(masks)
        self.chosen: int | None = None
        self._picture = picture
        self._from: QPointF | None = None
        self._to = QPointF()
        size = picture.size().scaled(_PICTURE_PX, Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedSize(size if not size.isEmpty() else _PICTURE_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("画面和遮挡"))
        self._tell()

    def remove(self) -> None:
        if self.chosen is not None:
            del self.masks[self.chosen]
            self.chosen = None
            self._tell()

    def add(self, mask: Mask | None) -> None:
        if mask is not None and len(self.masks) < MOST_PER_CAMERA:
            self.masks.append(mask)
            self.chosen = len(self.masks) - 1
        self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        here = self._fraction(event.position())
        found = [n for n, mask in enumerate(self.masks) if holds(mask, here)]
        self.chosen = found[-1] if found else None
        self._from = self._to = event.position()
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._to = event.position()
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        start, self._from = self._from, None
        if start is not None:
            mask = box(self._fraction(start), self._fraction(self._to))
            if mask is not None:
                self.add(mask)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove()
        elif key == Qt.Key.Key_Insert:
            self.add(box(*_FIRST))
        elif key in _MOVES and self.chosen is not None:
            grows = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move(self.chosen, _MOVES[Qt.Key(key)], grows)
        else:
            super().keyPressEvent(event)

    def _move(self, index: int, step: tuple[float, float], grows: bool) -> None:
        """As a whole and not beyond the edge, or its last corner alone."""
        xs, ys = zip(*self.masks[index], strict=True)
        if grows:
            mask = box((min(xs), min(ys)), (max(xs) + step[0], max(ys) + step[1]))
        else:
            x = min(max(step[0], -min(xs)), 1.0 - max(xs))
            y = min(max(step[1], -min(ys)), 1.0 - max(ys))
            mask = tuple((one + x, other + y) for one, other in self.masks[index])
        if mask is not None:
            self.masks[index] = mask
            self._tell()

    def _fraction(self, point: QPointF) -> tuple[float, float]:
        return point.x() / self.width(), point.y() / self.height()

    def _tell(self) -> None:
        self.setAccessibleDescription(self.tr("{0} 处遮挡").format(len(self.masks)))
        self.edited.emit()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._picture)
        for number, mask in enumerate(self.masks):
            corners = [QPointF(x * self.width(), y * self.height()) for x, y in mask]
            shape = QPolygonF(corners)
            painter.setBrush(colour("bg2"))
            is_chosen = number == self.chosen
            painter.setPen(QPen(colour("focus" if is_chosen else "border"), 2 if is_chosen else 1))
            painter.drawPolygon(shape)
            painter.setPen(colour("text"))
            painter.setFont(font(BODY_PX, bold=True))
            middle = Qt.AlignmentFlag.AlignCenter
            painter.drawText(shape.boundingRect(), middle, str(number + 1))
        if self._from is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 2, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(self._from, self._to).normalized())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("focus"), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class MaskEditor(DialogWindow):
    """Nothing holds before it is saved; the shell writes it and says so."""

    def __init__(
        self, store: MaskStore, camera_id: str, name: str, picture: QImage,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._store, self._camera_id = store, camera_id
        self.setObjectName("mask_editor")
        self.setWindowTitle(self.tr("画面遮挡"))
        self.canvas = MaskCanvas(picture, store.of(camera_id), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        title = self.tr("画面遮挡 · {0}").format(plain_caption(name))
        column.addWidget(PlainLabel(title, STRONG_PX, bold=True))
        column.addWidget(self.canvas)
        words = self.tr(
            "拖出矩形即遮住；点中后按 Del 删除，方向键移动，Shift+方向键改大小，Insert 新增"
        )
        column.addWidget(PlainLabel(words, NOTE_PX, tone="text2"))
        column.addLayout(self._buttons())
        self.canvas.edited.connect(self._refresh)
        self._refresh()
        self.adjustSize()  # known before it is placed
        self.canvas.setFocus()

    def _buttons(self) -> QHBoxLayout:
        self.count = PlainLabel(px=BODY_PX)
        self.remove = QPushButton(self.tr("删除选中"))
        self.remove.clicked.connect(self.canvas.remove)
        cancel = QPushButton(self.tr("取消"))
        cancel.clicked.connect(self.close)
        self.save = QPushButton(self.tr("保存"))
        self.save.setProperty("primary", True)
        self.save.clicked.connect(self._save)
        row = QHBoxLayout()
        row.addWidget(self.count)
        row.addStretch(1)
        for button in (self.remove, cancel, self.save):
            row.addWidget(button)
        return row

    def _refresh(self) -> None:
        count = len(self.canvas.masks)
        words = self.tr("{0} 处").format(count)
        if count >= MOST_PER_CAMERA:
            words = self.tr("{0} 处，已到上限").format(count)
        self.count.setText(words)
        self.remove.setEnabled(self.canvas.chosen is not None)

    def _save(self) -> None:
        self._store.ask(self._camera_id, tuple(self.canvas.masks))
        self.close()
