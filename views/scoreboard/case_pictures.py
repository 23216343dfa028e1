"""Photographs of a case's file: small beside each other, large when one is pressed."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from views.scoreboard.source import PictureLine
from widgets.dialog_window import DialogWindow
from widgets.painted_text import paint_text
from widgets.plain_label import ElidedLabel, plain_tip
from widgets.theme import BODY_PX, NOTE_PX, colour

MOST = 3
_HIGH_PX, _WORDS_PX, _GAP_PX = 92, 20, 8
_LARGE_PX = (1120, 720)


class PictureButton(QAbstractButton):
    """`why`: words in the place of a picture that is not there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.image: QImage | None = None
        self.words = self.why = ""

    def sizeHint(self) -> QSize:
        return QSize(120, _HIGH_PX)

    def show_words(self, words: str, why: str) -> None:
        self.words, self.image, self.why = words, None, why
        self._tell()

    def show_image(self, image: QImage | None, why: str) -> None:
        self.image, self.why = image, "" if image is not None else why
        self._tell()

    def _tell(self) -> None:
        told = f"{self.words}：{self.why}" if self.why else self.words
        self.setAccessibleName(told)
        self.setToolTip(plain_tip(told))
        self.setEnabled(self.image is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRect(0, 0, self.width(), self.height() - _WORDS_PX)
        painter.fillRect(box, colour("bg2"))
        if self.image is not None:
            paint_image(painter, self.image, box)
        else:
            paint_text(painter, box.adjusted(6, 0, -6, 0), self.why, NOTE_PX, "text2")
        lower = QRect(0, box.bottom() + 1, self.width(), _WORDS_PX)
        paint_text(painter, lower, self.words, NOTE_PX, "text2")
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))


class CasePictures(QWidget):
    """At most MOST of a file, the first ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP_PX)
        self.buttons = [PictureButton() for _ in range(MOST)]
        for button in self.buttons:
            button.clicked.connect(self._open)
            row.addWidget(button)
        self.setVisible(False)

    def expect(self, lines: Sequence[PictureLine]) -> None:
        """Their places, before they come."""
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(lines))
            words = lines[number].words if number < len(lines) else ""
            button.show_words(words, self.tr("正在取照片…"))
        self.setVisible(bool(lines))

    def show_picture(self, number: int, image: QImage | None, why: str = "") -> None:
        self.buttons[number].show_image(image, why)

    def _open(self) -> None:
        button = self.sender()
        if isinstance(button, PictureButton) and button.image is not None:
            PictureDialog(button.image, button.words, self).open_over(self.window())


class PictureDialog(DialogWindow):
    def __init__(self, image: QImage, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("案件照片"))
        self.resize(*_LARGE_PX)
        told = ElidedLabel(px=BODY_PX)
        told.setText(words)
        closing = QPushButton(self.tr("关闭"))
        closing.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(told, 1)
        foot.addWidget(closing)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(_Large(image, words), 1)
        column.addLayout(foot)


class _Large(QWidget):
    def __init__(self, image: QImage, words: str) -> None:
        super().__init__()
        self._image = image
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_image(QPainter(self), self._image, self.rect())


def paint_image(painter: QPainter, image: QImage, box: QRect) -> None:
    """Whole, in the middle, in its own proportions."""
    size = image.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    inner = QRect(box.topLeft(), size)
    inner.moveCenter(box.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(inner, image)


def image_of(data: bytes) -> QImage | None:
    """None for what is no picture. Decodes: call it in offload."""
    image = QImage.fromData(data)
    return None if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)
