"""What stands above the rows: the shelves, and what is known of a list."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QToolButton, QWidget

from views.video_wall.directory.group_button import GroupButton
from views.video_wall.directory.notes import Note, Shelf, shelf_word
from widgets.plain_label import ElidedLabel, plain_tip
from widgets.theme import NOTE_PX

PAD_PX = 8


class ShelfBar(QWidget):
    """目录, 收藏, 最近, 附近; none of them while finds are shown."""

    pressed = Signal(str)  # of Shelf

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[Shelf, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for shelf in Shelf:
            button = QToolButton()
            button.setText(shelf_word(shelf))
            button.setProperty("flat", True)
            button.setCheckable(True)
            button.setObjectName(shelf.value)
            button.clicked.connect(self._press)
            self._group.addButton(button)
            self.buttons[shelf] = button
            row.addWidget(button, 1)
        self.mark(Shelf.TREE)

    def mark(self, shelf: Shelf | None) -> None:
        self._group.setExclusive(False)
        for one, button in self.buttons.items():
            button.setChecked(one is shelf)
        self._group.setExclusive(shelf is not None)

    def _press(self) -> None:
        self.pressed.emit(self.sender().objectName())


class ListHeading(QWidget):
    """How many and in which order, and a button that takes them all."""

    def __init__(self, ids: Callable[[], tuple[str, ...]], words: Callable[[int], str]) -> None:
        """`ids`: of the list, as many as the wall has room for."""
        super().__init__()
        self._ids = ids
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = ElidedLabel(px=NOTE_PX, bold=True)
        self.order = ElidedLabel(px=NOTE_PX, tone="text2")
        self.group = GroupButton(ids, words)
        grid = QGridLayout(self)
        grid.setContentsMargins(PAD_PX + 4, 4, PAD_PX, 6)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.group, 0, 1)
        grid.addWidget(self.order, 1, 0, 1, 2)

    def tell(self, note: Note) -> None:
        self.title.setText(note.title)
        self.order.setText(note.order)
        self.order.set_tone("stale" if note.warns else "text2")
        self.tell_group()

    def tell_group(self) -> None:
        """The wall has room for more or fewer than before."""
        count = len(self._ids())
        self.group.setVisible(count > 0)
        self.group.setText(self.tr("上墙 {0} 路").format(count))
        tip = self.tr("把列表里前 {0} 路在线的放上大屏；也可拖到格子上").format(count)
        self.group.setToolTip(plain_tip(tip))
