"""Ways out of the desk: a picture or a paper of what is shown, and cockpits on another monitor."""

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QObject,
    QPoint,
    QRect,
    QSizeF,
)
from PySide6.QtGui import QGuiApplication, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QToolButton, QWidget

from desktop.context import RoomContext
from desktop.domain.cockpit.cockpit_file import Cockpit
from desktop.domain.permissions import Action
from desktop.offload import offload
from desktop.stores.snapshots import Document
from desktop.tasks import TaskScope
from views.cockpit.chooser import Chooser
from views.cockpit.painting import baseline, line_px, paint_words
from views.cockpit.wall_dialog import WallDialog
from widgets import rights
from widgets.passing_menu import passing_menu
from widgets.plain_label import plain_tip
from widgets.theme import colour
from widgets.times import local

EXPORT, PUSH = Action.STATISTICS_EXPORT, Action.WALL_PUSH
_PAPER_MM, _DPI = (338.7, 190.5), 144
"""16:9, as wide as an A3 sheet is useful for."""


class GoingOut(QObject):
    """Each is by right and noted; what becomes of a file is said beside the buttons."""

    def __init__(self, room: RoomContext, bar: Chooser, page: QWidget) -> None:
        super().__init__(page)
        self._room, self._bar, self._page = room, bar, page
        self._scope = TaskScope(self)
        self._is_filing = False
        self.dialog: WallDialog | None = None
        self.saving = self._button(self.tr("存图"))
        self.pushing = self._button(self.tr("大屏"))
        self.pushing.clicked.connect(self.open_dialog)
        room.snapshots.filing_answered.connect(self._on_filed)
        room.session.changed.connect(self.offer)
        room.cockpit_screen.changed.connect(self.offer)
        self.offer()

    def _button(self, text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        self._bar.buttons_row.addWidget(button)
        return button

    def offer(self) -> None:
        user = self._room.session.user
        roles = user.roles if user is not None else ()
        for button, action, tip in (
            (self.saving, EXPORT, self.tr("把这一屏存为 PNG 或 PDF，留审计记录")),
            (self.pushing, PUSH, self.tr("投到大屏：轮播、暂停、冻结、收回")),
        ):
            refusal = rights.why_not(roles, action)
            button.setEnabled(not refusal)
            button.setToolTip(plain_tip(refusal or tip))
        is_out = self._room.cockpit_screen.screen is not None
        self.pushing.setText(self.tr("大屏：投屏中") if is_out else self.tr("大屏"))

    # ---- a file -----------------------------------------------------------------------------

    def open_menu(self, shown: QWidget, cockpit: Cockpit) -> None:
        menu = passing_menu(self._page)
        for suffix, words in ((".png", self.tr("存为 PNG")), (".pdf", self.tr("存为 PDF"))):
            menu.addAction(words).setData(suffix)
        image = grabbed(shown)  # before the menu covers it
        menu.triggered.connect(lambda action: self.save(image, cockpit, str(action.data())))
        menu.popup(self.saving.mapToGlobal(self.saving.rect().bottomLeft()))

    def save(self, image: QImage, cockpit: Cockpit, suffix: str) -> None:
        self._bar.say(self.tr("正在保存…"))
        self._scope.spawn(self._save(image, cockpit, suffix), name="picture of a cockpit")

    async def _save(self, image: QImage, cockpit: Cockpit, suffix: str) -> None:
        at = self._room.clock.now()
        stamped = _stamped(image, self._stamp(cockpit))
        data = await offload(_pdf if suffix == ".pdf" else _png, stamped)
        stem = self.tr("驾驶舱-{0}").format(cockpit.title)
        self._is_filing = True
        about = f"cockpit/{cockpit.id}"
        self._room.snapshots.file(Document(data, stem, suffix, about, at, EXPORT))

    def _stamp(self, cockpit: Cockpit) -> str:
        user, platform = self._room.session.user, self._room.session.platform
        words = [cockpit.title, f"{local(self._room.clock.now()):%Y-%m-%d %H:%M:%S}"]
        words.append(user.name if user is not None else "")
        if platform is not None and platform.standin:
            words.append(self.tr("演示数据"))
        return "　".join(filter(None, words))

    def _on_filed(self, text: str) -> None:
        if self._is_filing:
            self._is_filing = False
            self._bar.say(text)

    # ---- another monitor --------------------------------------------------------------------

    def open_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.activateWindow()
            return
        self.dialog = WallDialog(self._room, self._bar.chosen_id, self._page)
        self.dialog.destroyed.connect(self._on_closed)
        self.dialog.open_over(self._page.window())

    def _on_closed(self) -> None:
        self.dialog = None


def grabbed(widget: QWidget) -> QImage:
    """As it stands on the screen: what other processes draw is in it."""
    screen, window = widget.screen(), widget.window()
    if QGuiApplication.platformName() != "xcb" or screen is None:
        return widget.grab().toImage()
    at = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    found = screen.grabWindow(int(window.winId()), at.x(), at.y(), at.width(), at.height())
    return found.toImage()


def _stamped(image: QImage, words: str) -> QImage:
    """With a line below it: which cockpit, when, who, and that it is a demonstration."""
    px = max(image.height() // 60, 14)
    high = line_px(px) + px // 2
    made = QImage(image.width(), image.height() + high, QImage.Format.Format_RGB32)
    made.fill(colour("bg1"))
    painter = QPainter(made)
    painter.drawImage(0, 0, image)
    row = QRect(0, image.height(), image.width(), high)
    paint_words(painter, px, baseline(row, px), words, px, "text2")
    painter.end()
    return made


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def _pdf(image: QImage) -> bytes:
    """One page, as large as the picture's shape asks for."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    size = QSizeF(_PAPER_MM[0], _PAPER_MM[0] * image.height() / image.width())
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    painter.drawImage(painter.viewport(), image)
    painter.end()
    buffer.close()
    return bytes(data.data())
