"""Incidents wherever the operator looks: who is asked to sign, and what has come to nothing."""

from PySide6.QtCore import QObject, Signal

from desktop.context import RoomContext
from desktop.domain.emergency.incidents import Incident, IncidentState
from desktop.domain.permissions import Action, can_any
from desktop.shell.notices import RED, NoticeBoard
from widgets.times import hh_mm_ss


class IncidentWatch(QObject):
    """One notice for each draft of another seat; it goes when somebody has signed it."""

    running_changed = Signal(int)  # incidents that are open

    def __init__(self, room: RoomContext, board: NoticeBoard, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._board = room, board
        self._told: dict[str, IncidentState] = {}
        room.incidents.changed.connect(self.look)
        room.session.changed.connect(self.look)

    def look(self, _delta: object = None) -> None:
        user = self._room.session.user
        running = self._room.incidents.open() if user is not None else []
        self.running_changed.emit(len(running))
        if user is None:
            return
        for one in tuple(self._room.incidents.items().values()):
            before = self._told.get(one.incident_id)
            if one.state is not before:
                self._tell(one, before)

    def _tell(self, one: Incident, before: IncidentState | None) -> None:
        user = self._room.session.user
        assert user is not None
        key = f"incident:{one.incident_id}"
        mine = one.begun.user_id == user.user_id
        if one.state is IncidentState.DRAFT:
            if not mine and can_any(user.roles, Action.INCIDENT_APPROVE):
                self._ask(one, key)
            self._told[one.incident_id] = one.state
            return
        if before is IncidentState.DRAFT:
            self._board.settle(key)
            if one.state is IncidentState.EXPIRED and mine:
                text = self.tr("无人复核，已作废，没有发出任何命令：{0}").format(one.title)
                self._board.post(key, self.tr("应急启动已作废"), text)
            elif one.state is IncidentState.WITHDRAWN and mine and one.end_reason:
                text = f"{one.title}\n{one.end_reason}"
                self._board.post(key, self.tr("应急启动已退回"), text)
        self._told[one.incident_id] = one.state

    def _ask(self, one: Incident, key: str) -> None:
        words = self.tr("{0} 请求复核 {1} 级响应，{2} 前有效：{3}\n到「应急」页复核")
        until = hh_mm_ss(one.second_until) if one.second_until is not None else "—"
        level = one.level.warning.roman
        if one.drill:
            words = self.tr("演练 ") + words
        text = words.format(one.begun.name, level, until, one.title)
        self._board.post(key, self.tr("等你复核"), text, RED)
