"""The top bar: levels, lights, who sits here, and the time. Grey as long as all is well."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.context import RoomContext
from desktop.domain.levels import WarningLevel
from desktop.shell import lights, sound_words
from desktop.shell.incident_badge import IncidentBadge
from desktop.stores.feed_watch import FeedWatch
from desktop.stores.throttle import Throttle
from widgets import icons
from widgets.level_badge import LevelLook, level_pixmap, level_word, margin_px
from widgets.plain_label import PlainLabel, plain_tip
from widgets.status_light import LightCondition, LightState, StatusLight
from widgets.theme import NOTE_PX, STRONG_PX, TITLE_PX
from widgets.times import local

HEIGHT_PX = 40
SECOND_MS = 1000
COUNT_EVERY_MS = 300
_LEVEL_PX, _CARD_PX = 24, 360
_LEVELS_OF_DETAIL = 6


class LevelCount(QToolButton):
    """How many open alarms of one level; pressed it lists only these."""

    level_pressed = Signal(object)  # WarningLevel

    def __init__(self, level: WarningLevel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = level
        side = _LEVEL_PX + 2 * margin_px(_LEVEL_PX)
        self.setProperty("flat", True)
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(side, side))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setObjectName("level_count")
        self.draw()
        self.clicked.connect(self._press)

    def draw(self) -> None:
        """In the colours of the theme in force."""
        ratio = self.devicePixelRatioF()
        self.setIcon(level_pixmap(self._level, LevelLook.FILLED, _LEVEL_PX, ratio))

    def show_count(self, count: int, waiting: int) -> None:
        self.setText(str(count))
        words = self.tr("{0}：未结 {1}，其中未确认 {2}").format(
            level_word(self._level), count, waiting
        )
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(words)

    def _press(self) -> None:
        self.level_pressed.emit(self._level)


class LightCard(QFrame):
    """The words behind one light, large enough to read aloud on the phone."""

    def __init__(self, light: StatusLight) -> None:
        super().__init__(light, Qt.WindowType.Popup)
        self.setProperty("popover", True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        head = f"{light.name}  {light.state.word}  {light.state.age}".rstrip()
        column.addWidget(PlainLabel(head, STRONG_PX, bold=True))
        for line in light.state.tip.splitlines():
            label = PlainLabel(line)
            label.setWordWrap(True)
            column.addWidget(label)
        self.setFixedSize(_CARD_PX, column.heightForWidth(_CARD_PX))


class TopBar(QWidget):
    """Reads the stores; asks the shell for what is pressed."""

    level_pressed = Signal(object)  # WarningLevel
    notices_pressed = Signal()
    waiting_changed = Signal(int)  # alarms that need an acknowledgement
    sign_out_asked = Signal()
    lock_pressed = Signal()

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top_bar")
        self.setProperty("ground", "1")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT_PX)
        self._room = room
        self._watch = FeedWatch(room.health, "alarms", room.clock, self)
        self._demo_url = ""
        self._places: dict[str, QWidget] = {}  # each light with the rule at its left
        self._build()
        self._counting = Throttle(self._tell_levels, COUNT_EVERY_MS, self)
        room.alarms.changed.connect(self._counting.call)
        room.health.changed.connect(self._tell_lights)
        room.tiles.changed.connect(self._tell_lights)
        room.session.changed.connect(self._tell_session)
        room.sound.changed.connect(self._tell_sound)
        self._watch.changed.connect(self._tell_lights)
        timer = QTimer(self)
        timer.setInterval(SECOND_MS)
        timer.timeout.connect(self._tick)
        timer.start()
        self._tell_levels()
        self._tell_session()
        self._tell_sound()
        self._tick()

    # ---- building -----------------------------------------------------------------------

    def _build(self) -> None:
        brand = self._brand = PlainLabel(self.tr("城瞰"), STRONG_PX, bold=True)
        brand.setAlignment(Qt.AlignmentFlag.AlignCenter)
        brand.setFixedWidth(56)
        brand.setProperty("edge", "right")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 1)
        row.setSpacing(0)
        row.addWidget(brand)
        row.addSpacing(8)
        self._counts = {level: LevelCount(level) for level in WarningLevel}
        for count in self._counts.values():
            count.level_pressed.connect(self.level_pressed)
            row.addWidget(count)
        self.incidents = IncidentBadge()
        row.addSpacing(8)
        row.addWidget(self.incidents)
        row.addStretch(1)
        self._demo = PlainLabel(self.tr("演示数据"), NOTE_PX)
        self._demo.setProperty("chip", "outline")
        self._demo.setFixedHeight(24)
        row.addWidget(self._demo)
        row.addSpacing(12)
        self.live = self._add_light(row, self.tr("实时"))
        self.rest = self._add_light(row, self.tr("接口"))
        self.video = self._add_light(row, self.tr("视频"))
        self.outbox = self._add_light(row, self.tr("待发"))
        self.offset = self._add_light(row, self.tr("时钟"))
        self.storage = self._add_light(row, self.tr("存储"))
        self.sound = self._add_light(row, self.tr("声音"))
        self._places[self.sound.name].hide()  # only while the desk is mute
        self.bugs = self._add_light(row, self.tr("程序"))
        self._places[self.bugs.name].hide()  # only once there is one
        self._build_right(row)

    def _build_right(self, row: QHBoxLayout) -> None:
        self._notices = self._tool("inbox-outline", self.tr("最近 24 小时的通知"))
        self._notices.clicked.connect(self.notices_pressed)
        self._role = PlainLabel(tone="text2")
        self._user = QPushButton()
        self._user.setProperty("flat", True)
        menu = QMenu(self._user)
        menu.addAction(icons.icon("logout", "text2", 16), self.tr("退出登录"), self._ask_sign_out)
        self._user.setMenu(menu)
        self._date = PlainLabel(px=NOTE_PX, tone="text2")
        self._time = PlainLabel(px=TITLE_PX, bold=True)
        self.silence = self._tool("volume-high", self.tr("静音 60 秒（F9），不等于确认"))
        self.silence.clicked.connect(self._room.sound.silence)
        self._lock = self._tool("lock-outline", self.tr("锁定值班台（Ctrl+L）"))
        self._lock.clicked.connect(self.lock_pressed)
        row.addWidget(_rule())
        row.addWidget(self.silence)
        row.addWidget(self._notices)
        row.addWidget(self._lock)
        row.addWidget(self._user)
        row.addWidget(self._role)
        row.addSpacing(8)
        row.addWidget(_rule())
        row.addSpacing(12)
        row.addWidget(self._date)
        row.addSpacing(8)
        row.addWidget(self._time)

    def _tool(self, icon: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("flat", True)
        button.setIcon(icons.icon(icon, "text2", 20))
        button.setIconSize(QSize(20, 20))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(plain_tip(words))
        button.setAccessibleName(words)
        return button

    def _add_light(self, row: QHBoxLayout, name: str) -> StatusLight:
        light = StatusLight(name)
        light.pressed.connect(self._open_card)
        with_rule = QWidget(self)
        line = QHBoxLayout(with_rule)
        line.setContentsMargins(0, 0, 4, 0)
        line.setSpacing(4)
        line.addWidget(_rule())
        line.addWidget(light)
        row.addWidget(with_rule)
        self._places[light.name] = with_rule
        return light

    def _open_card(self) -> None:
        light = self.sender()
        if isinstance(light, StatusLight):
            card = LightCard(light)
            right = light.mapToGlobal(QPoint(light.width(), HEIGHT_PX - 4))
            screen = light.screen().availableGeometry()
            x = max(screen.left(), min(right.x() - card.width(), screen.right() - card.width()))
            card.move(x, right.y())
            card.show()

    def _ask_sign_out(self) -> None:
        self.sign_out_asked.emit()

    # ---- telling ------------------------------------------------------------------------

    def show_levels(self, levels: frozenset[WarningLevel]) -> None:
        """Which counts stand pressed: the list's own filter."""
        for level, count in self._counts.items():
            count.setChecked(level in levels)

    def show_unread(self, unread: int) -> None:
        self._notices.setText(str(unread) if unread else "")

    def show_bugs(self, count: int, last_text: str) -> None:
        """Errors of the program itself: the light stays until the program is started anew."""
        self.bugs.show_state(lights.bug_light(count, last_text, self._room.clock.now()))
        self._places[self.bugs.name].setVisible(count > 0)

    def _tick(self) -> None:
        now = local(self._room.clock.now())
        self._time.setText(f"{now:%H:%M:%S}")
        days = self.tr("周一 周二 周三 周四 周五 周六 周日").split()
        self._date.setText(f"{now:%m-%d} {days[now.weekday()]}")
        self._tell_lights()
        self._fit()

    def _tell_levels(self) -> None:
        counts = self._room.alarms.counts_by_level()
        waiting = self._room.alarms.unacknowledged_by_level()
        for level, count in self._counts.items():
            count.show_count(counts[level], waiting[level])
        self.waiting_changed.emit(sum(waiting.values()))

    def _tell_lights(self) -> None:
        health = self._room.health.health
        self.live.show_state(lights.live_light(health, self._watch))
        linked = self._room.health.link_connected
        silent = linked and self._watch.link_silent
        rest = lights.service_light(health.rest, self.tr("接口（REST）"), silent)
        self.rest.show_state(rest)
        self.video.show_state(lights.video_light(self._room.tiles.statuses()))
        self.outbox.show_state(lights.outbox_light(health.outbox, linked and not silent))
        known = linked and not silent
        self.offset.show_state(lights.clock_light(health.clock_offset_s if known else None))
        storage = lights.storage_light(health.storage, health.storage_word)
        self._places[self.storage.name].setVisible(storage is not None)
        if storage is not None:
            self.storage.show_state(storage)

    def _tell_sound(self) -> None:
        """The countdown of a silence stands beside its button; a mute desk has a light."""
        sound = self._room.sound
        left = self.tr("静音 {0} s").format(sound.silence_left_s) if sound.silence_left_s else ""
        if left != self.silence.text():
            self.silence.setText(left)
            name = "bell-off-outline" if left else "volume-high"
            self.silence.setIcon(icons.icon(name, "text" if left else "text2", 20))
        self._places[self.sound.name].setVisible(sound.is_mute)
        if sound.is_mute:
            word, tip = self.tr("本台无声"), sound_words.trouble_words(sound)
            self.sound.show_state(LightState(LightCondition.DOWN, word, "", tip))
        self._fit()

    def _tell_session(self) -> None:
        platform, user = self._room.session.platform, self._room.session.user
        if platform is not None and platform.standin:
            self._demo_url = platform.url
        # A link that was started anew while the stand-in is silent does not know what it is.
        self._demo.setVisible(platform is not None and platform.url == self._demo_url)
        self._user.setVisible(user is not None)
        if user is None:
            return
        names = [role_name(role) for role in user.roles[:1]]
        self._user.setText(user.name)
        self._role.setText(" · ".join(names))
        words = " · ".join([user.name, *names])
        self._user.setAccessibleName(self.tr("当前用户 {0}").format(words))
        self._fit()
        self.setVisible(True)

    def changeEvent(self, event: QEvent) -> None:
        """Another theme: the levels are pictures."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            for count in self.findChildren(LevelCount):
                count.draw()
            self.incidents.draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Room for what is wrong: first the date goes, then the words of what is right."""
        everything = (self.live, self.rest, self.video, self.outbox, self.offset, self.storage)
        for level in range(_LEVELS_OF_DETAIL):
            self._date.setVisible(level < 1)
            for light in everything:
                light.show_brief(level >= 2)
            self._role.setVisible(level < 3)
            self._brand.setVisible(level < 4)
            self._user.setVisible(level < 5 and self._room.session.user is not None)
            for light in (self.outbox, self.offset):  # normal: need not be seen at all
                shown = level < 3 or light.state.condition is not LightCondition.UP
                self._places[light.name].setVisible(shown)
            if self._needed_px() <= self.width():
                return

    def _needed_px(self) -> int:
        row = self.layout()
        assert row is not None
        row.invalidate()
        return row.sizeHint().width()


def role_name(role: str) -> str:
    """A role that is not known is shown as the platform wrote it."""
    translate = lights.translate
    return {
        "operator": translate("roles", "值班员"),
        "dispatcher": translate("roles", "调度员"),
        "duty_officer": translate("roles", "应急值班"),
        "wall": translate("roles", "大屏"),
        "leader": translate("roles", "领导"),
        "admin": translate("roles", "管理员"),
    }.get(role, role)


def _rule() -> PlainLabel:
    rule = PlainLabel()
    rule.setFixedSize(1, 24)
    rule.setFrameShape(QFrame.Shape.NoFrame)
    rule.setObjectName("rule")
    return rule
