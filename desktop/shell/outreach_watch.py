"""Nobody took the task in time: the operator hears of it wherever they look."""

from PySide6.QtCore import QObject, QTimer

from desktop.context import RoomContext
from desktop.domain.emergency.incidents import IncidentState
from desktop.domain.outreach import Outreach, has_failed, is_declined, is_overdue, is_taken
from desktop.shell.notices import NoticeBoard
from widgets import reach_words
from widgets.times import age_text

PERIOD_MS = 1000
TOLD_AFTER_S = 3600.0
"""What was overdue for so long when this window started is not told again."""


class OutreachWatch(QObject):
    """One notice for each message that waits too long; it goes when somebody takes the task."""

    def __init__(self, room: RoomContext, board: NoticeBoard, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._board = room, board
        self._told: set[str] = set()
        self._timer = QTimer(self, interval=PERIOD_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        room.outreach.changed.connect(self.look)

    def look(self) -> None:
        if self._room.session.user is None:
            return
        now, limit_s = self._room.clock.now(), self._room.settings.owner_answer_limit_s
        for one in tuple(self._room.outreach.items().values()):
            if one.order_id in self._told:
                if is_taken(one) or self._is_over(one):
                    self._settle(one)
                continue
            if self._is_over(one):
                continue
            age_s = (now - one.made_at).total_seconds()
            if is_overdue(one, now, limit_s) and age_s < limit_s + TOLD_AFTER_S:
                self._tell(one, age_s)

    def _tell(self, one: Outreach, age_s: float) -> None:
        """Only the newest about one thing is a matter still."""
        if self._room.outreach.about(one.about)[0].order_id != one.order_id and one.about:
            newer = self._room.outreach.about(one.about)[0]
            if not newer.is_call and not has_failed(newer):
                return
        self._told.add(one.order_id)
        names = reach_words.name_list(person.name for person in one.people)
        if is_declined(one):
            what = self.tr("{0} 拒绝接单").format(names)
        else:
            what = self.tr("{0} 已过 {1} 没有接单").format(names, age_text(age_s))
        step = self.tr("请语音呼叫，或通知下一位值班")
        text = f"{what}：{one.text}\n{step}"
        self._board.post(_key(one), self.tr("责任人未接单"), text)

    def _is_over(self, one: Outreach) -> bool:
        """It urges somebody to an order of a response that is being stood down, or was."""
        for incident in self._room.incidents.items().values():
            if any(order.order_id == one.about for order in incident.orders):
                return incident.state is not IncidentState.ACTIVE
        return False

    def _settle(self, one: Outreach) -> None:
        self._told.discard(one.order_id)
        self._board.settle(_key(one))


def _key(one: Outreach) -> str:
    return f"outreach:{one.order_id}"
