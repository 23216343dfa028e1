"""城市之耳: how many appeals came today and in the last hour, of what, and how old this is.

Of what is part of an appeal: it is shown to the roles that may read appeals at all.
"""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.masking import DataClass, Shown, shown
from desktop.domain.tickets import Heard, heard
from views.health.senses import MOST_ROWS, CountBars, SenseTile
from widgets.times import age_text

translate = QCoreApplication.translate

STALE_AFTER = timedelta(minutes=5)  # the link asks each minute


class EarTile(SenseTile):
    """Looks at the register of appeals; counts only when it or the minute is another."""

    def __init__(self, room: RoomContext) -> None:
        self._counts = CountBars()
        title = translate("health", "城市之耳")
        super().__init__("ear-hearing.svg", title, _note(None), self._counts)
        self._room = room
        self._counted: tuple[object, ...] = ()
        self.heard = Heard(0, 0, None, ())

    def listen(self) -> None:
        age, now = self._room.register_ages.get("tickets"), self._room.clock.now()
        if age is None:
            wish = translate("health", "平台发布诉求数据后显示")
            self.tell_figure("", translate("health", "未接入诉求数据"), wish)
            self._counts.show_counts((), 0)
            return
        self._recount(now)
        old = now - age.as_of
        words = translate("health", "数据龄 {0}").format(age_text(old.total_seconds()))
        if old > STALE_AFTER:
            words = translate("health", "{0}，不是现状").format(words)
        hour = translate("health", "今日 · 近 1 h {0} 件").format(f"{self.heard.last_hour:,}")
        self.tell_figure(f"{self.heard.today:,}", hour, words, stale=old > STALE_AFTER)
        user = self._room.session.user
        told = shown(DataClass.APPEAL_TEXT, user.roles if user else ()) is Shown.WHOLE
        self.head_note.setText(_note(self.heard.yesterday, told))
        self._counts.show_counts(self._rows() if told else (), self.heard.today)

    def _recount(self, now: datetime) -> None:
        tickets = self._room.tickets
        key = (tickets.version, len(tickets), now.replace(second=0, microsecond=0))
        if key != self._counted:
            self._counted = key
            self.heard = heard(tickets.rows(), now, MOST_ROWS - 1)

    def _rows(self) -> list[tuple[str, int]]:
        """The most frequent first; what is not named shares the last row."""
        named = [(name or translate("health", "未分类"), n) for name, n in self.heard.top]
        rest = self.heard.today - sum(n for _, n in named)
        return [*named, (translate("health", "其余"), rest)] if rest else named


def _note(yesterday: int | None, told: bool = True) -> str:
    """`told`: this role may read what the appeals are about."""
    note = translate("health", "12345 与诉求")
    if yesterday is not None:
        note = translate("health", "{0} · 昨日此时 {1} 件").format(note, f"{yesterday:,}")
    return note if told else translate("health", "{0} · 本角色不显示类别").format(note)
