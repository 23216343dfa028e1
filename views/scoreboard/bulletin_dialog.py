"""A paper before it goes out: its pages as they will be, to a printer or into a file."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from views.scoreboard.bulletin_paper import Pages
from widgets.dialog_window import DialogWindow
from widgets.passing_menu import passing_menu
from widgets.plain_label import ElidedLabel, PlainLabel, plain_caption, plain_tip
from widgets.theme import BODY_PX, NOTE_PX

_SIZE_PX = (880, 860)
_MARGIN_PX = 40


class BulletinDialog(DialogWindow):
    """Opens at once and waits for its pages."""

    save_asked = Signal()
    print_asked = Signal(str)  # the printer's name

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        room = parent.window().size() if parent is not None else None
        width, height = _SIZE_PX
        self.resize(width, min(height, room.height() - _MARGIN_PX) if room else height)
        self._printers: Sequence[str] | None = None
        self._is_ready = False
        self.state = PlainLabel(self.tr("正在排版…"), BODY_PX, tone="text2")
        self.state.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._paper = QWidget()
        self._paper.setProperty("ground", "0")
        self._paper.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sheets = QVBoxLayout(self._paper)
        self._sheets.setSpacing(12)
        self._sheets.addWidget(self.state)
        self.area = QScrollArea()
        self.area.setWidget(self._paper)
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(self.tr("预览"))
        self.told = ElidedLabel(px=NOTE_PX, tone="text2")
        self.printing = QPushButton(self.tr("打印"))
        self.printing.clicked.connect(self._on_print)
        self.saving = QPushButton(self.tr("存为 PDF"))
        self.saving.clicked.connect(self.save_asked)
        closing = QPushButton(self.tr("关闭"))
        closing.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        for button in (self.printing, self.saving, closing):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.area, 1)
        column.addLayout(foot)
        self._offer()

    def show_pages(self, pages: Pages) -> None:
        self._is_ready = True
        self.state.hide()
        for number, data in enumerate(pages.seen, 1):
            pixmap = QPixmap()
            pixmap.loadFromData(QByteArray(data))
            sheet = PlainLabel()
            sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            sheet.setPixmap(pixmap)
            sheet.setAccessibleName(self.tr("第 {0} 页").format(number))
            self._sheets.addWidget(sheet)
        text = self.tr("共 {0} 页").format(pages.count)
        if pages.count > len(pages.seen):
            text += self.tr("，预览前 {0} 页").format(len(pages.seen))
        self.told.setText(text)
        self._offer()
        self.saving.setFocus()

    def show_fault(self, text: str) -> None:
        self.state.setText(text)

    def show_printers(self, names: Sequence[str]) -> None:
        self._printers = names
        self._offer()

    def say(self, text: str) -> None:
        self.told.setText(text)

    def _offer(self) -> None:
        self.saving.setEnabled(self._is_ready)
        many = self._printers is not None and len(self._printers) > 1
        self.printing.setText(self.tr("打印  ▾") if many else self.tr("打印"))
        self.printing.setEnabled(self._is_ready and bool(self._printers))
        missing = self._printers is not None and not self._printers
        tip = self.tr("本机没有设置打印机：可存为 PDF 再打印") if missing else ""
        self.printing.setToolTip(plain_tip(tip))

    def _on_print(self) -> None:
        names = self._printers or ()
        if len(names) == 1:
            self.print_asked.emit(names[0])
            return
        menu = passing_menu(self)
        for name in names:
            menu.addAction(plain_caption(name)).setData(name)
        menu.triggered.connect(lambda action: self.print_asked.emit(action.data()))
        menu.popup(self.printing.mapToGlobal(self.printing.rect().topLeft()))
