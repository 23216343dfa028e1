"""A field with a magnifier: types filter, Esc empties it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from widgets.icons import pixmap

_ICON_PX, _LEFT_PX = 16, 8


class SearchField(QLineEdit):
    """`textChanged` carries the words."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setTextMargins(_ICON_PX + 4, 0, 0, 0)

    def event(self, event: QEvent) -> bool:
        """Esc empties the field before it is a key of the window."""
        asks = event.type() is QEvent.Type.ShortcutOverride and self.text()
        if asks and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        image = pixmap("magnify", "border", _ICON_PX, self.devicePixelRatioF())
        painter.drawPixmap(_LEFT_PX, (self.height() - _ICON_PX) // 2, image)


if __name__ == "__main__":  # python -m widgets.search_field
    from widgets.demo import run_demo

    run_demo(lambda: [SearchField("搜索名称、地点")])
