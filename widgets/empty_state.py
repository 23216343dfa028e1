"""What stands where nothing is: an icon, what is missing, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets import icons
from widgets.plain_label import PlainLabel
from widgets.theme import NOTE_PX, STRONG_PX


class EmptyState(QWidget):
    """Never only blank: the first line says what is empty, the second why or what next."""

    def __init__(
        self, icon: str, title: str = "", note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "1")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = PlainLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title = PlainLabel(px=STRONG_PX, tone="text2")
        self._note = PlainLabel(px=NOTE_PX, tone="border")
        for label in (self._title, self._note):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._icon, self._title, self._note):
            column.addWidget(label)
        column.addStretch(3)
        self.tell(icon, title, note)

    def tell(self, icon: str, title: str, note: str = "") -> None:
        self._icon.setPixmap(icons.pixmap(icon, "border", 32, self.devicePixelRatioF()))
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(title)


if __name__ == "__main__":  # python -m widgets.empty_state
    from widgets.demo import run_demo

    run_demo(lambda: [EmptyState("bell-outline", "没有未结告警", "新告警会自动出现在这里")])
