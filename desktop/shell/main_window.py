"""The window: places the views, owns the keys; signed out it shows only the sign-in page."""

from collections.abc import Iterable
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.context import RoomContext, ViewSpec
from desktop.errors import PlatformError
from desktop.shell.emergency_entry import EmergencyEntry
from desktop.shell.keys import KeyRegistry
from desktop.shell.ladder_watch import LadderWatch
from desktop.shell.navigation import Navigation
from desktop.shell.notices import LANE_PX, NoticeBoard
from desktop.shell.outreach_watch import OutreachWatch
from desktop.shell.overlays import Overlays
from desktop.shell.places import Mode
from desktop.shell.red_frame import FRAME_PX, RedFrame
from desktop.shell.service_watch import ServiceWatch
from desktop.shell.storage_watch import StorageWatch
from desktop.shell.top_bar import TopBar
from desktop.shell.workstation import Workstation
from desktop.tasks import TaskScope
from views import sign_in
from widgets.plain_label import ElidedLabel
from widgets.theme import NOTE_PX, RESOURCES

BANNER_PX, BANNER_WITH_BUTTON_PX = 24, 32
_SMALLEST = (1100, 620)
_NOTICES_PX = 320
_PLACING = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


@runtime_checkable
class BarePage(Protocol):
    """A page that can stand alone on a screen."""

    def set_bare(self, bare: bool) -> None: ...

    def step_back(self) -> bool:
        """Esc: whether something of the page itself was left."""
        ...


class MainWindow(QMainWindow):
    """`views`: what this station has, in the order of the navigation; `banner`: a warning line;
    `way_out`: the words of its button, which asks for the window anew."""

    restart_asked = Signal()

    def __init__(
        self,
        room: RoomContext,
        views: Iterable[ViewSpec] = (),
        banner: str = "",
        way_out: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle(self.tr("值班工作站"))  # Qt adds the name of the program
        self.setWindowIcon(QIcon(str(RESOURCES / "icons" / "chengkan.svg")))
        self.setMinimumSize(*_SMALLEST)
        self.resize(self.screen().availableSize().boundedTo(QSize(1920, 1080)))
        self._room = room
        self._views = {spec.view_id: spec for spec in views}
        self._scope = TaskScope(self)
        self._pages: dict[str, QWidget] = {}  # views that are no mode of the workstation
        self._cover: QWidget | None = None
        self._bare: bool | None = None  # whether the window was full-screen before the wall was
        self._build(banner, way_out)
        self._connect()
        self._add_keys()
        self.overlays = Overlays(room, self, tuple(self._views.values()))
        self.overlays.refused.connect(self._tell_refusal)
        self.navigation.choose(Mode.ALARMS.value)
        self._tell_session()
        self._tell_waiting(sum(room.alarms.unacknowledged_by_level().values()))

    # ---- what the composition root asks -------------------------------------------------

    def view_ids(self) -> tuple[str, ...]:
        return tuple(self._views) or (Mode.ALARMS.value,)

    def show_view(self, view_id: str) -> None:
        """A mode of the workstation, or a page of its own, built when it is first wanted;
        `cockpit/gas`: a part of a page."""
        view_id, _, part = view_id.partition("/")
        self._set_bare(False)
        self.navigation.choose(view_id)
        if view_id in {mode.value for mode in Mode}:
            if self._work.currentWidget() is not self.workstation:
                self._work.setCurrentWidget(self.workstation)
                self.workstation.list.view.setFocus()  # not whatever Qt finds next
            self.workstation.show_mode(Mode(view_id))
            self.keys.set_at_desk(True)
            self._place_notices()
            return
        if view_id not in self._pages:
            page = self._pages[view_id] = self._views[view_id].build(self._room)
            if (asked := getattr(page, "link_asked", None)) is not None:
                asked.connect(self.overlays.follow)
            if (bare_asked := getattr(page, "bare_asked", None)) is not None:
                bare_asked.connect(self._toggle_bare)
            self._work.addWidget(self._pages[view_id])
        self._work.setCurrentWidget(self._pages[view_id])
        if part and (open_part := getattr(self._pages[view_id], "open_part", None)) is not None:
            open_part(part)
        self.keys.set_at_desk(False)
        self._place_notices()

    def page(self, view_id: str) -> QWidget | None:
        """A page of its own, once it was built."""
        return self._pages.get(view_id)

    def shown_view(self) -> str:
        """The mode of the workstation, or the page in its place."""
        page = self._work.currentWidget()
        if page is self.workstation:
            return self.workstation.mode.value
        return next(view_id for view_id, one in self._pages.items() if one is page)

    def cover(self, page: QWidget | None) -> None:
        """One page instead of everything else, none of the keys works; None takes it away."""
        if self._cover is not None:
            self._pages_stack.removeWidget(self._cover)
        self._cover = page
        self.keys.set_covered(page is not None)
        if page is not None:
            self.overlays.close_all()
            self._pages_stack.addWidget(page)
            self._pages_stack.setCurrentWidget(page)
        else:
            self._tell_session()
        self._place_notices()

    # ---- building -----------------------------------------------------------------------

    def _build(self, banner: str, way_out: str) -> None:
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
        self._lane = QFrame()  # the notices of a page stand here, and cover nothing
        self._lane.setFixedHeight(LANE_PX)
        self._lane.hide()
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._work, 1)
        beside.addWidget(self._lane)
        body.addLayout(beside, 1)
        signed_in = QWidget()
        column = QVBoxLayout(signed_in)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addLayout(body, 1)
        self._pages_stack = QStackedWidget()
        self._pages_stack.addWidget(self.sign_in)
        self._pages_stack.addWidget(signed_in)
        whole = RedFrame(self._room.sound)
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(FRAME_PX, FRAME_PX, FRAME_PX, FRAME_PX)
        rows.setSpacing(0)
        if banner:
            rows.addWidget(self._strip(banner, way_out))
        rows.addWidget(self._pages_stack, 1)
        self._whole = whole
        self.setCentralWidget(whole)
        self.notices = NoticeBoard(self._room.clock, whole)
        self._services = ServiceWatch(self._room, self.notices, self)
        self._outreach = OutreachWatch(self._room, self.notices, self)
        self._ladder = LadderWatch(self._room, self.notices, self)
        self._storage = StorageWatch(self._room, self.notices, self)
        self._emergency = EmergencyEntry(self._room, self)

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
        self.notices.lane_wanted.connect(self._lane.setVisible)

    def _add_keys(self) -> None:
        """What the keys of the table do; other parts of the shell provide theirs."""
        station = self.workstation
        titles = {view_id: item.text() for view_id, item in self.navigation.items().items()}
        self.keys = KeyRegistry(self, [(one, titles.get(one, one)) for one in self.view_ids()])
        for view_id in self.view_ids():
            self.keys.provide(f"view:{view_id}", partial(self.show_view, view_id))
        for slot, action in {
            "enlarge_map": self._enlarge_map,
            "wall_bare": self._toggle_bare,
            "enlarge_video": self._enlarge_video,
            "back": self._back,
            "acknowledge": station.acknowledge,
            "locate": self.locate,
            "dispatch": self.workstation.detail.dispatch,
            "situation_report": self._emergency.report,
            "previous": self._previous,
            "next": self._next,
            "search_list": self._search_list,
            "notices": self._open_notices,
            "sign_out": self._sign_out,
        }.items():
            self.keys.provide(slot, action)

    # ---- keys ---------------------------------------------------------------------------

    def _enlarge_map(self) -> None:
        self._enlarge(Mode.MAP)

    def _enlarge_video(self) -> None:
        self._enlarge(Mode.VIDEO)

    def _enlarge(self, mode: Mode) -> None:
        if self._work.currentWidget() is self.workstation:
            self.workstation.toggle_mode(mode)
        else:
            self.show_view(mode.value)

    def locate(self) -> None:
        """Alt+Enter: the selected alarm on map and pictures, from wherever the operator is."""
        self.show_view(Mode.ALARMS.value)
        self.workstation.locate()

    def _toggle_bare(self) -> None:
        """F11: the wall or the cockpit over the whole screen; the red frame and notices stay."""
        if self._bare is None and not isinstance(self._work.currentWidget(), BarePage):
            self.show_view("wall")
        self._set_bare(self._bare is None)

    def _set_bare(self, bare: bool) -> None:
        if bare is (self._bare is not None):
            return
        was_full = self.isFullScreen() if self._bare is None else self._bare
        self._bare = was_full if bare else None
        self.top_bar.setVisible(not bare)
        self.navigation.setVisible(not bare)
        page = self._work.currentWidget()
        if isinstance(page, BarePage):
            page.set_bare(bare)
        if not was_full:
            self.showFullScreen() if bare else self.showNormal()
        self._place_notices()

    def _back(self) -> None:
        """Esc: first what lies on top, then the enlarged part."""
        if self.overlays.dismiss_top():
            return
        page = self._work.currentWidget()
        if isinstance(page, BarePage) and page.step_back():
            return  # what fills the page goes before the lines below it
        if self.notices.dismiss_newest():
            return
        if self._bare is not None:
            self._set_bare(False)
            return
        self.show_view(Mode.ALARMS.value)
        self.workstation.list.view.setFocus()

    def _search_list(self) -> None:
        """A page that has a search of its own names it `focus_search`."""
        page = self._work.currentWidget()
        if page is self.workstation:
            page = self.workstation.list
        focus = getattr(page, "focus_search", None)
        if focus is not None:
            focus()

    def _previous(self) -> None:
        self.workstation.list.step(-1)

    def _next(self) -> None:
        self.workstation.list.step(1)

    # ---- telling ------------------------------------------------------------------------

    def _tell_session(self) -> None:
        signed_in = self._room.session.user is not None
        was_signed_in = self._pages_stack.currentIndex() == 1
        if self._cover is None:
            self._pages_stack.setCurrentIndex(1 if signed_in else 0)
        if signed_in is not was_signed_in:
            QTimer.singleShot(0, self, self._focus_first)
        self.keys.set_signed_in(signed_in)

    def _focus_first(self) -> None:
        """Where the hands are wanted: the list, or the name field."""
        signed_in = self._room.session.user is not None
        page = self.workstation.list if signed_in else self.sign_in.user
        (self._cover or page).setFocus()

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
        on_page = self._pages_stack.currentIndex() == 1 and self._cover is None
        if on_page and self._work.currentWidget() is not self.workstation:
            left = self.navigation.mapTo(self._whole, QPoint(self.navigation.width(), 0)).x()
            right, foot = self._whole.width() - FRAME_PX, self._whole.height() - FRAME_PX
            return self.notices.place(QRect(left, 0, right - left, foot), as_lines=True)
        if not detail.isVisible():  # signed out or covered: the lower right corner
            width = min(_NOTICES_PX, self._whole.width())
            corner = QPoint(self._whole.width() - width, 0)
            return self.notices.place(QRect(corner, QSize(width, self._whole.height())))
        corner = detail.mapTo(self._whole, QPoint(0, 0))
        order_px = detail.action.height() if detail.action.isVisible() else 0
        free_px = detail.height() - order_px
        self.notices.place(QRect(corner, QSize(detail.width(), free_px)))

    def _strip(self, text: str, way_out: str) -> QWidget:
        """The line that is always there, with a button where it can be left."""
        words = ElidedLabel(text, NOTE_PX, bold=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        strip = QFrame()
        for part in (strip, words):
            part.setObjectName("banner")
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(words, 1)
        if way_out:
            button = QPushButton(way_out)
            button.setObjectName("banner_way_out")
            button.clicked.connect(self.restart_asked)
            row.addWidget(button)
        strip.setFixedHeight(BANNER_WITH_BUTTON_PX if way_out else BANNER_PX)
        return strip
