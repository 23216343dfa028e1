"""Brings the operator to a thing: what a link names, or what was chosen in the palette."""

from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext
from desktop.domain.links import AlarmLink, CameraLink, Link, MapLink, ViewLink, parse_link
from desktop.errors import OperatorError
from desktop.shell import drilling
from desktop.shell.places import Mode
from desktop.shell.workstation import Workstation

CAMERA_ZOOM = 17.0


class Desk(Protocol):
    """The part of the main window that is needed to bring somebody somewhere."""

    def show_view(self, view_id: str) -> None: ...

    def view_ids(self) -> tuple[str, ...]: ...

    def locate(self) -> None: ...

    def page(self, view_id: str) -> QWidget | None: ...

    @property
    def workstation(self) -> Workstation: ...


class Opener(QObject):
    """Acts at once. A link that comes before somebody is signed in waits for that."""

    refused = Signal(str)  # operator's text: a link that waited leads nowhere

    def __init__(self, room: RoomContext, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._desk = room, desk
        self._waiting: Link | None = None
        self._locked = False
        self.led = False  # somewhere, since this operator has signed in: it stays there
        room.session.changed.connect(self._forget_at_sign_out)
        room.session.changed.connect(self._try_waiting)
        room.alarms.changed.connect(self._try_waiting)
        room.cameras.changed.connect(self._try_waiting)

    def open_text(self, text: str) -> None:
        """Raises LinkError for a wrong link, OperatorError for a thing that is not there."""
        link = parse_link(text)
        if isinstance(link, ViewLink):
            self._known_view(link.view_id)
        if self._is_ready_for(link):
            self.open(link)
        else:
            self._waiting = link

    async def answer(self, order: dict[str, Any]) -> dict[str, Any]:
        """The word `open` of the control socket. Raises OperatorError."""
        self.open_text(str(order.get("link", "")))
        return {}

    def open(self, link: Link) -> None:
        """Raises OperatorError when there is no such thing."""
        self.led = True
        match link:
            case AlarmLink(alarm_id):
                self._open_alarm(alarm_id)
            case CameraLink(camera_id):
                self._open_camera(camera_id)
            case ViewLink():
                self._open_view(link)
            case MapLink(lon_deg, lat_deg, zoom):
                self._show_map()
                self._room.map_state.fly_to(lon_deg, lat_deg, zoom)

    def _open_view(self, link: ViewLink) -> None:
        view_id, wanted = self._known_view(link.view_id), dict(link.wanted)
        drilling.refuse_unknown(view_id, wanted)
        self._desk.show_view(view_id)
        if link.part:
            drilling.show_part(self._desk.page(view_id), link.part)
        if view_id == Mode.ALARMS.value:
            drilling.list_alarms(self._room, self._desk.workstation, wanted)
        elif layer_id := wanted.get("layer"):
            self._room.map_state.ask_layer(layer_id)
        elif register := wanted.get("register"):
            drilling.show_part(self._desk.page(view_id), register)

    def _open_alarm(self, alarm_id: str) -> None:
        if self._room.alarms.last_known(alarm_id) is None:
            raise OperatorError(
                self.tr("没有编号为 {0} 的未关闭告警：可能已经关闭").format(alarm_id)
            )
        self._room.selection.select_alarm(alarm_id)
        self._desk.locate()

    def _open_camera(self, camera_id: str) -> None:
        camera = self._room.cameras.get(camera_id)
        if camera is None:
            raise OperatorError(self.tr("登记册中没有摄像机 {0}").format(camera_id))
        self._desk.show_view(Mode.ALARMS.value)  # map and pictures, both in sight
        self._room.selection.ask_camera(camera_id)
        if camera.lon_deg is not None and camera.lat_deg is not None:
            self._room.map_state.fly_to(camera.lon_deg, camera.lat_deg, CAMERA_ZOOM)

    def _show_map(self) -> None:
        wide = Mode.MAP.value in self._desk.view_ids()
        self._desk.show_view(Mode.MAP.value if wide else Mode.ALARMS.value)

    def _known_view(self, view_id: str) -> str:
        known = self._desk.view_ids()
        if view_id not in known:
            text = self.tr("没有名为 {name} 的页面，可用：{known}")
            raise OperatorError(text.format(name=view_id, known=" ".join(known)))
        return view_id

    def _forget_at_sign_out(self) -> None:
        if self._room.session.user is None:
            self.led = False

    # ---- a link that came early -----------------------------------------------------------

    def _is_ready_for(self, link: Link) -> bool:
        if self._locked or self._room.session.user is None:
            return False
        match link:
            case AlarmLink():
                return len(self._room.alarms) > 0
            case CameraLink():
                return len(self._room.cameras) > 0
        return True

    def _try_waiting(self) -> None:
        link = self._waiting
        if link is None or not self._is_ready_for(link):
            return
        self._waiting = None
        try:
            self.open(link)
        except OperatorError as error:
            self.refused.emit(error.operator_text)

    def set_locked(self, locked: bool) -> None:
        """Nothing moves behind the lock; what came meanwhile is opened after it."""
        self._locked = locked
        self._try_waiting()
