"""What opens above the desk: palette, key sheet, guide; and how each of them acts on it."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext, ViewSpec
from desktop.domain.links import AlarmLink, CameraLink, MapLink, ViewLink
from desktop.domain.permissions import WALL
from desktop.errors import OperatorError
from desktop.shell.guide import Guide, GuideStep
from desktop.shell.key_sheet import KeySheet
from desktop.shell.keys import KeyRegistry
from desktop.shell.open_link import Desk, Opener
from desktop.shell.palette import Palette
from desktop.shell.palette_sources import Found, Kind

GUIDE_AFTER_MS = 1_500  # what was kept of this operator is there by then
PLACE_ZOOM = 17.0
SEEN = "guide_seen"


class Window(Desk, Protocol):
    """The main window as the overlays need it."""

    keys: KeyRegistry


class Overlays(QObject):
    """Each is built when it is first wanted."""

    refused = Signal(str)  # operator's text

    def __init__(self, room: RoomContext, window: QWidget, views: Sequence[ViewSpec]) -> None:
        super().__init__(window)
        self._room, self._window, self._views = room, window, tuple(views)
        self._desk: Window = window  # type: ignore[assignment] # the same object by its protocol
        self.guide_by_itself = False
        self.opener = Opener(room, self._desk, self)
        self.opener.refused.connect(self.refused)
        self.palette: Palette | None = None
        self.sheet: KeySheet | None = None
        self.guide: Guide | None = None
        for slot, action in {
            "palette": self.toggle_palette,
            "key_sheet": self.toggle_sheet,
            "guide": self.begin_guide,
        }.items():
            self._desk.keys.provide(slot, action)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(GUIDE_AFTER_MS)
        self._patience.timeout.connect(self._guide_newcomer)
        room.session.changed.connect(self._on_session)
        room.selection.alarm_changed.connect(self._on_selected)

    # ---- opening --------------------------------------------------------------------------

    def toggle_palette(self) -> None:
        if self.palette is None:
            self.palette = Palette(self._room, self._desk.keys, self._views, self._window)
            self.palette.chosen.connect(self._open)
        self._note_done("palette")
        self.palette.toggle()

    def toggle_sheet(self) -> None:
        if self.sheet is None:
            self.sheet = KeySheet(self._desk.keys, self._window)
            self.sheet.guide_asked.connect(self.begin_guide)
        self._note_done("key_sheet")
        self.sheet.toggle()

    def begin_guide(self) -> None:
        if self.guide is None:
            self.guide = Guide(self._steps(), self._window)
            self.guide.left.connect(self._keep_seen)
        self._desk.show_view("alarms")
        self.guide.begin()

    def close_all(self) -> None:
        """The desk is locked or left: nothing stays above it."""
        for part in (self.palette, self.sheet):
            if part is not None:
                part.close()
        if self.guide is not None:
            self.guide.leave()

    def dismiss_top(self) -> bool:
        """Esc. False when nothing was open."""
        if self.guide is not None and self.guide.isVisible():
            self.guide.leave()
            return True
        return False

    def set_locked(self, locked: bool) -> None:
        if locked:
            self.close_all()
        self.opener.set_locked(locked)

    # ---- acting ---------------------------------------------------------------------------

    def follow(self, link: str) -> None:
        """An address that a page asks for."""
        try:
            self.opener.open_text(link)
        except OperatorError as error:
            self.refused.emit(error.operator_text)

    def _open(self, found: Found) -> None:
        try:
            self._act(found)
        except OperatorError as error:
            self.refused.emit(error.operator_text)

    def _act(self, found: Found) -> None:
        match found.kind:
            case Kind.VIEW:
                self.opener.open(ViewLink(found.key))
            case Kind.COMMAND:
                self._desk.keys.run(found.key)
            case Kind.ALARM:
                self.opener.open(AlarmLink(found.key))
            case Kind.CAMERA:
                self.opener.open(CameraLink(found.key))
            case _ if found.lon_deg is not None and found.lat_deg is not None:
                self.opener.open(MapLink(found.lon_deg, found.lat_deg, PLACE_ZOOM))

    # ---- the guide ------------------------------------------------------------------------

    def _steps(self) -> tuple[GuideStep, ...]:
        work = self._desk.workstation
        return (
            GuideStep(
                "list", self.tr("从左边看起"),
                self.tr("未关闭的告警都在这里，最急的在最上面。形状和字表示级别，实心的还没有人确认。"),
                targets=lambda: (work.list,),
            ),
            GuideStep(
                "select", self.tr("选一条告警"),
                self.tr("按 ↓ 或点一下。在窗口的任何地方都可以按，不必先点列表。"), "↑ ↓",
                targets=lambda: (work.list.view,),
            ),
            GuideStep(
                "see", self.tr("现场就在旁边"),
                self.tr("地图已到现场，右边是最近的画面。F2 放大地图，F3 放大画面，再按还原。"),
                "F2  F3", targets=lambda: (work.map, work.video),
            ),
            GuideStep(
                "acknowledge", self.tr("看清之后确认"),
                self.tr("确认表示你已知道并负责跟进。平台回执之后这一行才变，不会先变再等。"),
                "Ctrl+Enter", targets=lambda: (work.detail,),
            ),
            GuideStep(
                "palette", self.tr("查找一切"),
                self.tr("页面、命令、告警、摄像机和地点，都可以打字找到，拼音首字母也行。"),
                "Ctrl+K",
            ),
            GuideStep(
                "key_sheet", self.tr("忘了按键"),
                self.tr("全部按键都在这一页上。这份引导也能从那里再打开。"), "F1",
            ),
        )  # fmt: skip

    def _note_done(self, name: str) -> None:
        if self.guide is not None:
            self.guide.note_done(name)

    def _on_selected(self, alarm_id: str) -> None:
        if alarm_id:
            self._note_done("select")

    def _on_session(self) -> None:
        if self._room.session.user is None:
            self._patience.stop()
            self.close_all()
        elif self.guide_by_itself and not self._patience.isActive():
            self._patience.start()

    def _guide_newcomer(self) -> None:
        """Once for each operator, by what is kept for them."""
        user = self._room.session.user
        if not self._room.preferences.get(SEEN) and user is not None and WALL not in user.roles:
            self.guide_by_itself = False
            self.begin_guide()

    def _keep_seen(self) -> None:
        self._room.preferences.set(SEEN, True)
