"""A large card to be chosen: icon, title and some lines of plain words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from widgets.icons import pixmap
from widgets.theme import BODY_PX, TITLE_PX, colour, font

_ICON_PX, _PAD_PX = 40, 24


class ChoiceCard(QPushButton):
    """Pressed, or Enter, it is chosen."""

    def __init__(self, icon: str, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._title, self._words = icon, title, words
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(360, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        image = pixmap(self._icon, "accent", _ICON_PX, self.devicePixelRatioF())
        painter.drawPixmap(_PAD_PX, _PAD_PX, image)
        width = self.width() - 2 * _PAD_PX
        painter.setFont(font(TITLE_PX, bold=True))
        painter.setPen(colour("text"))
        painter.drawText(QRectF(_PAD_PX, _PAD_PX + _ICON_PX + 16, width, 32), self._title)
        painter.setFont(font(BODY_PX))
        painter.setPen(colour("text2"))
        top = _PAD_PX + _ICON_PX + 60
        box = QRectF(_PAD_PX, top, width, self.height() - top - 8)
        painter.drawText(box, Qt.TextFlag.TextWordWrap, self._words)


if __name__ == "__main__":  # python -m widgets.choice_card
    from widgets.demo import run_demo

    run_demo(lambda: [ChoiceCard("map-outline", "演示城市", "虚构的城市，不需要网络。" * 4)])
