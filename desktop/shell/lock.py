"""The lock: a page in place of the work, not a drawing over it.

The work is taken off the screen, and with it every native picture. Sounds go on, and a new
red tells its level and place here. No names of people but the one who locked, no phones.
"""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm, needs_acknowledgement
from desktop.domain.levels import WarningLevel
from desktop.domain.permissions import Action
from desktop.errors import PlatformError
from desktop.shell.sound_words import silence_words, trouble_words
from desktop.stores.throttle import Throttle
from desktop.tasks import TaskScope
from views.sign_in.ground import CityGround
from widgets.command_button import CommandButton
from widgets.level_badge import HEAD_PX, LevelBadge, LevelLook, level_word
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.theme import KPI_PX, NOTE_PX, STRONG_PX, TITLE_PX
from widgets.times import local

SECOND_MS, COUNT_EVERY_MS = 1000, 300
_CARD_PX = 480
_SHOWN = (WarningLevel.RED, WarningLevel.ORANGE)


class LevelLine(QWidget):
    """How many of one level are open, and how many of them wait."""

    def __init__(self, level: WarningLevel) -> None:
        super().__init__()
        self._level = level
        self._badge = LevelBadge(HEAD_PX)
        self.count = PlainLabel(px=KPI_PX, bold=True)
        self.words = PlainLabel(tone="text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._badge)
        row.addWidget(self.count)
        row.addWidget(self.words)
        row.addStretch(1)

    def show_count(self, count: int, waiting: int) -> None:
        look = LevelLook.FILLED if waiting else LevelLook.OUTLINE
        self._badge.show_level(self._level if count else None, look)
        self._badge.setVisible(count > 0)
        self.count.setText(str(count))
        self.count.set_tone("text" if count else "text2")
        text = self.tr("{0} 未结，{1} 条未确认").format(level_word(self._level), waiting)
        self.words.setText(text)


class LockPage(CityGround):
    """Shown while the desk is locked; knows what may be seen by anybody who walks by."""

    unlocked = Signal()
    leave_asked = Signal()  # somebody else wants to sign in

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lock_page")
        self._room = room
        self._scope = TaskScope(self)
        self._since: datetime | None = None
        self._known_reds: set[str] = set()
        self._build()
        self._counting = Throttle(self._tell_counts, COUNT_EVERY_MS, self)
        room.alarms.changed.connect(self._counting.call)
        room.sound.changed.connect(self._tell_sound)
        timer = QTimer(self)
        timer.setInterval(SECOND_MS)
        timer.timeout.connect(self._tick)
        timer.start()

    def begin(self, since: datetime) -> None:
        """`since`: when it was locked. What is there now is not news."""
        self._since = since
        self._known_reds = set(self._reds())
        self.password.clear()
        self._tell_error("")
        self._red.hide()
        self._tell_who()
        self._tell_counts()
        self._tell_sound()
        self._tick()
        self.password.setFocus()

    # ---- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        card = QFrame()
        card.setProperty("ground", "1")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        card.setFixedWidth(_CARD_PX)
        self._time = PlainLabel(px=44, bold=True)
        self._date = PlainLabel(px=STRONG_PX, tone="text2")
        self._who = PlainLabel(px=STRONG_PX)
        self._lines = {level: LevelLine(level) for level in _SHOWN}
        self._sound = PlainLabel(tone="text2")
        self._sound.setWordWrap(True)
        column = QVBoxLayout(card)
        column.setContentsMargins(32, 24, 32, 28)
        column.setSpacing(8)
        for part in (self._time, self._date, self._who):
            column.addWidget(part)
        column.addSpacing(8)
        for line in self._lines.values():
            column.addWidget(line)
        column.addWidget(self._build_red())
        column.addWidget(self._sound)
        column.addSpacing(8)
        self._build_unlock(column)
        middle = QGridLayout(self)
        middle.addWidget(card, 1, 1)
        for edge in (0, 2):
            middle.setRowStretch(edge, 1)
            middle.setColumnStretch(edge, 1)

    def _build_red(self) -> QFrame:
        """The newest red since the lock: level and place, large enough from the door."""
        self._red = QFrame()
        self._red.setProperty("hot", True)
        self._red.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._red_level = PlainLabel(px=STRONG_PX, bold=True)
        self._red_place = PlainLabel(px=TITLE_PX, bold=True)
        self._red_place.setWordWrap(True)
        column = QVBoxLayout(self._red)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(0)
        column.addWidget(self._red_level)
        column.addWidget(self._red_place)
        self._red.hide()
        return self._red

    def _build_unlock(self, column: QVBoxLayout) -> None:
        self.password = QLineEdit(placeholderText=self.tr("密码"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setProperty("large", True)
        self.password.setAccessibleName(self.tr("解锁密码"))
        self.password.returnPressed.connect(self._press)
        self._error = PlainLabel(tone="stale")
        self._error.setWordWrap(True)
        self.button = CommandButton(self.tr("解锁"), self._unlock, "Enter", primary=True)
        self.button.refused.connect(self._tell_refusal)
        self.button.accepted.connect(self._accept)
        self.other = CommandButton(self.tr("换人登录"), self._leave)
        self.other.refused.connect(self._tell_refusal)
        column.addWidget(self.password)
        column.addWidget(self._error)
        column.addWidget(self.button)
        column.addWidget(self.other)
        foot = ElidedLabel(self.tr("锁定期间提示音照常 · F9 静音 60 秒"), NOTE_PX, tone="text2")
        column.addWidget(foot)

    # ---- orders -----------------------------------------------------------------------------

    def _press(self) -> None:
        if self.password.text():
            self.button.click()

    async def _unlock(self) -> None:
        if not self.password.text():
            raise PlatformError(self.tr("请填写密码"))
        self._tell_error("")
        await self._room.orders.confirm(self.password.text(), Action.SCREEN_LOCK)

    def _accept(self) -> None:
        self.password.clear()
        self.unlocked.emit()

    async def _leave(self) -> None:
        await self._room.orders.sign_out()
        self.leave_asked.emit()

    def _tell_refusal(self, text: str) -> None:
        self._tell_error(text)
        self.password.selectAll()
        self.password.setFocus()

    def _tell_error(self, text: str) -> None:
        self._error.setText(text)
        self._error.setVisible(bool(text))

    # ---- telling ----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self.password, self.password.setFocus)

    def _tick(self) -> None:
        if not self.isVisible() and self._since is None:
            return
        now = local(self._room.clock.now())
        self._time.setText(f"{now:%H:%M:%S}")
        days = self.tr("周一 周二 周三 周四 周五 周六 周日").split()
        self._date.setText(f"{now:%Y-%m-%d} {days[now.weekday()]}")

    def _tell_who(self) -> None:
        user, since = self._room.session.user, self._since
        if user is not None and since is not None:
            text = self.tr("已锁定 · {0} · {1} 起")
            self._who.setText(text.format(user.name, f"{local(since):%H:%M:%S}"))

    def _reds(self) -> dict[str, Alarm]:
        return {
            alarm_id: alarm
            for alarm_id, alarm in self._room.alarms.items().items()
            if alarm.level is WarningLevel.RED and needs_acknowledgement(alarm)
        }

    def _tell_counts(self) -> None:
        counts = self._room.alarms.counts_by_level()
        waiting = self._room.alarms.unacknowledged_by_level()
        for level, line in self._lines.items():
            line.show_count(counts[level], waiting[level])
        if self._since is None:
            return
        fresh = [one for key, one in self._reds().items() if key not in self._known_reds]
        self._red.setVisible(bool(fresh))
        if fresh:
            self._tell_red(max(fresh, key=_raised), len(fresh))

    def _tell_red(self, alarm: Alarm, count: int) -> None:
        point = self._room.points.get(alarm.point_id) if alarm.point_id else None
        place = point.name if point is not None else alarm.detail.partition("\n")[0]
        head = self.tr("新 {0} {1}").format(
            level_word(alarm.level), f"{local(alarm.raised_at):%H:%M}"
        )
        if count > 1:
            head += self.tr("，另有 {0} 条").format(count - 1)
        self._red_level.setText(head)
        self._red_place.setText(" · ".join(part for part in (place, alarm.title) if part))

    def _tell_sound(self) -> None:
        words = [
            one for one in (trouble_words(self._room.sound), silence_words(self._room.sound)) if one
        ]
        self._sound.setText("\n".join(words))
        self._sound.set_tone("p1" if self._room.sound.is_mute else "text2")
        self._sound.setVisible(bool(words))


def _raised(alarm: Alarm) -> datetime:
    return alarm.raised_at
