"""The window: places the views, owns the keys; signed out it shows only the sign-in page."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QIcon, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.context import RoomContext, ViewSpec
from desktop.errors import PlatformError
from desktop.shell.navigation import Navigation
from desktop.shell.notices import NoticeBoard
from desktop.shell.places import Mode
from desktop.shell.service_watch import ServiceWatch
from desktop.shell.top_bar import TopBar
from desktop.shell.workstation import Workstation
from desktop.tasks import TaskScope
from views import sign_in
from widgets.plain_label import ElidedLabel
from widgets.theme import NOTE_PX, RESOURCES

BANNER_PX = 24
_SMALLEST = (1100, 620)
_PLACING = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class MainWindow(QMainWindow):
    """`views`: what this station has, in the order of the navigation; `banner`: a warning line."""

    def __init__(self, room: RoomContext, views: Iterable[ViewSpec] = (), banner: str = "") -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle(self.tr("城瞰 · 值班工作站"))
        self.setWindowIcon(QIcon(str(RESOURCES / "icons" / "chengkan.svg")))
        self.setMinimumSize(*_SMALLEST)
        self.resize(self.screen().availableSize().boundedTo(QSize(1920, 1080)))
        self._room = room
        self._views = {spec.view_id: spec for spec in views}
        self._scope = TaskScope(self)
        self._pages: dict[str, QWidget] = {}  # views that are no mode of the workstation
        self._build(banner)
        self._connect()
        self._add_keys()
        self.navigation.choose(Mode.ALARMS.value)
        self._tell_session()
        self._tell_waiting(sum(room.alarms.unacknowledged_by_level().values()))

    # ---- what the composition root asks -------------------------------------------------

    def view_ids(self) -> tuple[str, ...]:
        return tuple(self._views) or (Mode.ALARMS.value,)

    def show_view(self, view_id: str) -> None:
        """A mode of the workstation, or a page of its own, built when it is first wanted."""
        self.navigation.choose(view_id)
        if view_id in {mode.value for mode in Mode}:
            self._work.setCurrentWidget(self.workstation)
            self.workstation.show_mode(Mode(view_id))
            return
        if view_id not in self._pages:
            self._pages[view_id] = self._views[view_id].build(self._room)
            self._work.addWidget(self._pages[view_id])
        self._work.setCurrentWidget(self._pages[view_id])

    # ---- building -----------------------------------------------------------------------

    def _build(self, banner: str) -> None:
        self.sign_in = sign_in.build(self._room)
        self.top_bar = TopBar(self._room)
        self.workstation = Workstation(self._room, self._views)
        translate = QCoreApplication.translate
        items = [
            (spec.view_id, translate("views", spec.title), spec.icon)
            for spec in self._views.values()
        ]
        self.navigation = Navigation(items)
        self._work = QStackedWidget()
        self._work.addWidget(self.workstation)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.navigation)
        body.addWidget(self._work, 1)
        signed_in = QWidget()
        column = QVBoxLayout(signed_in)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addLayout(body, 1)
        self._pages_stack = QStackedWidget()
        self._pages_stack.addWidget(self.sign_in)
        self._pages_stack.addWidget(signed_in)
        whole = QWidget()
        whole.setProperty("ground", "0")
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        if banner:
            rows.addWidget(_strip(banner))
        rows.addWidget(self._pages_stack, 1)
        self._whole = whole
        self.setCentralWidget(whole)
        self.notices = NoticeBoard(self._room.clock, whole)
        self._services = ServiceWatch(self._room, self.notices, self)

    def _connect(self) -> None:
        room = self._room
        room.session.changed.connect(self._tell_session)
        self.top_bar.waiting_changed.connect(self._tell_waiting)
        self.navigation.chosen.connect(self.show_view)
        self.top_bar.level_pressed.connect(self.workstation.list.toggle_level)
        self.top_bar.notices_pressed.connect(self._open_notices)
        self.top_bar.sign_out_asked.connect(self._sign_out)
        self.workstation.levels_changed.connect(self.top_bar.show_levels)
        self.workstation.mode_changed.connect(self.navigation.choose)
        self.workstation.placed.connect(self._place_notices)
        self.workstation.detail.action.installEventFilter(self)
        self.workstation.refused.connect(self._tell_refusal)
        self.notices.unread_changed.connect(self.top_bar.show_unread)

    def _add_keys(self) -> None:
        station = self.workstation
        self._key("F2", self._enlarge_map)
        self._key("F3", self._enlarge_video)
        self._key("Esc", self._back)
        for sequence in ("Ctrl+Return", "Ctrl+Enter"):
            self._key(sequence, station.acknowledge)
        for sequence in ("Alt+Return", "Alt+Enter"):
            self._key(sequence, station.locate)
        self._key("Up", self._previous, repeats=True)
        self._key("Down", self._next, repeats=True)
        self._key("Ctrl+F", station.list.focus_search)
        for number, view_id in enumerate(self.view_ids(), start=1):
            key = self._key(f"Ctrl+{number}", self._show_by_key)
            key.setObjectName(view_id)

    def _key(self, sequence: str, slot: object, repeats: bool = False) -> QShortcut:
        key = QShortcut(QKeySequence(sequence), self)
        key.setAutoRepeat(repeats)
        key.activated.connect(slot)
        return key

    # ---- keys ---------------------------------------------------------------------------

    def _enlarge_map(self) -> None:
        self.workstation.toggle_mode(Mode.MAP)

    def _enlarge_video(self) -> None:
        self.workstation.toggle_mode(Mode.VIDEO)

    def _back(self) -> None:
        """Esc: first what lies on top, then the enlarged part."""
        if self.notices.dismiss_newest():
            return
        self.show_view(Mode.ALARMS.value)
        self.workstation.list.view.setFocus()

    def _previous(self) -> None:
        self.workstation.list.step(-1)

    def _next(self) -> None:
        self.workstation.list.step(1)

    def _show_by_key(self) -> None:
        self.show_view(self.sender().objectName())

    # ---- telling ------------------------------------------------------------------------

    def _tell_session(self) -> None:
        signed_in = self._room.session.user is not None
        was_signed_in = self._pages_stack.currentIndex() == 1
        self._pages_stack.setCurrentIndex(1 if signed_in else 0)
        if signed_in is not was_signed_in:
            QTimer.singleShot(0, self, self._focus_first)
        for key in self.findChildren(QShortcut):
            if key.parent() is self:
                key.setEnabled(signed_in)

    def _focus_first(self) -> None:
        """Where the hands are wanted: the list, or the name field."""
        signed_in = self._room.session.user is not None
        (self.workstation.list if signed_in else self.sign_in.user).setFocus()

    def _tell_waiting(self, waiting: int) -> None:
        self.navigation.show_count(Mode.ALARMS.value, waiting)

    def _tell_refusal(self, text: str) -> None:
        self.notices.post("refused", self.tr("操作未成"), text)

    def _open_notices(self) -> None:
        corner = self.top_bar.mapToGlobal(QPoint(self.top_bar.width() - 8, self.top_bar.height()))
        self.notices.open_list(corner)

    def _sign_out(self) -> None:
        self._scope.spawn(self._leave(), "sign out")

    async def _leave(self) -> None:
        try:
            await self._room.orders.sign_out()
        except PlatformError as error:
            self.notices.post("sign_out", self.tr("退出登录未成"), error.operator_text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_notices()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        QTimer.singleShot(0, self, self._focus_first)
        self._place_notices()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The order below the detail grows and goes: the notices stand right above it."""
        if watched is self.workstation.detail.action and event.type() in _PLACING:
            self._place_notices()
        return super().eventFilter(watched, event)

    def _place_notices(self) -> None:
        detail = self.workstation.detail
        corner = detail.mapTo(self._whole, QPoint(0, 0))
        order_px = detail.action.height() if detail.action.isVisible() else 0
        free_px = detail.height() - order_px
        self.notices.place(QRect(corner, QSize(detail.width(), free_px)))


def _strip(text: str) -> QWidget:
    strip = ElidedLabel(text, NOTE_PX, bold=True)
    strip.setObjectName("banner")
    strip.setFixedHeight(BANNER_PX)
    strip.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return strip
