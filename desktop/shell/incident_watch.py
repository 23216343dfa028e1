"""Incidents wherever the operator looks: who is asked to sign, and what has come to nothing."""

from PySide6.QtCore import QObject, Signal

from desktop.context import RoomContext
from desktop.domain.emergency.incidents import (
    Incident,
    IncidentState,
    LevelAsked,
    LevelOutcome,
)
from desktop.domain.link_messages import User
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
        self._asked: dict[str, LevelAsked] = {}
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
            self._tell_level(one, user)

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

    # ---- another level of a response that runs ----------------------------------------------

    def _tell_level(self, one: Incident, user: User) -> None:
        """One notice while it waits for somebody here, and its end for who has asked."""
        before, now = self._asked.get(one.incident_id), one.asked
        if now == before:
            return
        key = f"incident-asked:{one.incident_id}"
        self._board.settle(key)
        self._asked.pop(one.incident_id, None)
        if now is not None:
            self._asked[one.incident_id] = now
            if now.by.user_id != user.user_id and can_any(user.roles, Action.INCIDENT_APPROVE):
                self._ask_level(one, now, key)
        elif before is not None and before.by.user_id == user.user_id:
            self._tell_end(one, key)

    def _ask_level(self, one: Incident, asked: LevelAsked, key: str) -> None:
        words = self.tr("{0} 提请 {1} 级变更为 {2} 级，{3} 前有效：{4}\n到「应急」页复核")
        until = hh_mm_ss(one.second_until) if one.second_until is not None else "—"
        levels = one.level.warning.roman, asked.level.warning.roman
        text = words.format(asked.by.name, *levels, until, one.title)
        if one.drill:
            text = self.tr("演练 ") + text
        self._board.post(key, self.tr("等你复核"), text, RED)

    def _tell_end(self, one: Incident, key: str) -> None:
        told = one.level_answer
        level = one.level.warning.roman
        if told is not None and told.outcome is LevelOutcome.EXPIRED:
            text = self.tr("无人复核，维持 {0} 级：{1}").format(level, one.title)
            self._board.post(key, self.tr("级别变更已作废"), text)
        elif told is not None and told.outcome is LevelOutcome.REFUSED:
            text = self.tr("{0} 退回，维持 {1} 级：{2}").format(told.by, level, one.title)
            self._board.post(key, self.tr("级别变更已退回"), text)

    def _ask(self, one: Incident, key: str) -> None:
        words = self.tr("{0} 请求复核 {1} 级响应，{2} 前有效：{3}\n到「应急」页复核")
        until = hh_mm_ss(one.second_until) if one.second_until is not None else "—"
        level = one.level.warning.roman
        if one.drill:
            words = self.tr("演练 ") + words
        text = words.format(one.begun.name, level, until, one.title)
        self._board.post(key, self.tr("等你复核"), text, RED)
