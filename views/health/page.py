"""The health view: senses, sub-systems, feeds, registers, and what to look into."""

from collections import defaultdict
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.context import RoomContext
from desktop.domain import online
from desktop.domain.online import Heard, OnlineRate
from desktop.domain.registers import RegisterState
from desktop.errors import PlatformError
from desktop.stores.feed_watch import FeedWatch
from desktop.tasks import TaskScope
from views.health import rows
from views.health.ears import EarTile
from views.health.header import Header
from views.health.looking import LookingPanel
from views.health.panel import Panel
from views.health.senses import SenseTile
from views.health.subsystem_list import SubsystemList
from views.health.subsystems import Line, lines
from widgets.empty_state import EmptyState
from widgets.fact_table import ROW_PX, FactTable
from widgets.status_light import LightCondition
from widgets.times import hh_mm_ss

_SMALLEST_PX = (1160, 860)
_THREE_COLUMNS_PX, _LOOKING_PX, _LOOKING_HIGH_PX = 1480, 348, 360
_LEFT_PX, _MIDDLE_PX, _SENSES_PX = 408, 716, 204
_LEAST_FEEDS_PX = 5 * ROW_PX
_TICK_MS = 1000
_MOST_GAPS = 20  # of a class: enough for its usual interval


class HealthPage(QScrollArea):
    """Looks once a second while it can be seen, and not at all while it cannot."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("health")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._room = room
        self._scope = TaskScope(self)
        self._watch = FeedWatch(room.health, "alarms", room.clock, self)
        self._states: dict[str, RegisterState] = {}
        self._eyes: list[OnlineRate] = []
        self._eyes_version: object = None
        self._build()
        room.register_ages.changed.connect(self._ask_states)
        room.processes.changed.connect(self._tell_processes)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tell)

    # ---- building -----------------------------------------------------------------------

    def _build(self) -> None:
        self.header = Header(self._room)
        self.eyes = SenseTile("eye-outline.svg", self.tr("城市之眼"), self.tr("摄像机在线率"))
        self.ears = EarTile(self._room)
        self.touch = SenseTile(
            "access-point.svg", self.tr("城市之感"), self.tr("传感器在线率 · 3 个周期内有上报")
        )
        self.subsystems = SubsystemList()
        self.feeds = FactTable(self.tr("数据源"), rows.feed_columns())
        self.registers = FactTable(self.tr("名册"), rows.register_columns())
        self.processes = FactTable(self.tr("进程"), rows.process_columns())
        self.looking = LookingPanel(self._room)
        self.header.examined.connect(self.looking.show_findings)
        whole = QWidget()
        whole.setProperty("ground", "0")
        whole.setMinimumSize(*_SMALLEST_PX)
        column = QVBoxLayout(whole)
        column.setContentsMargins(4, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.header)
        senses = QHBoxLayout()
        senses.setSpacing(4)
        for tile in (self.eyes, self.ears, self.touch):
            tile.setFixedHeight(_SENSES_PX)
            senses.addWidget(tile, 1)
        column.addLayout(senses)
        column.addLayout(self._build_lower(), 1)
        self.setWidget(whole)

    def _build_lower(self) -> QBoxLayout:
        subsystems = Panel(self.tr("子系统"))
        subsystems.body.addWidget(self.subsystems)
        processes = Panel(self.tr("进程"))
        processes.body.addWidget(self.processes)
        feeds = Panel(self.tr("数据源"))
        feeds.head_note.setText(self.tr("自数据链路启动以来的条数"))
        feeds.body.addWidget(self.feeds)
        registers = Panel(self.tr("名册"))
        registers.head_note.setText(self.tr("每 5 min 向平台核对一次"))
        self._registers = QStackedWidget()
        title, note = self.tr("还没有名册"), self.tr("登录后由平台下载，约 1 min；一直没有请做体检")
        self._registers.addWidget(EmptyState("table.svg", title, note))
        self._registers.addWidget(self.registers)
        registers.body.addWidget(self._registers)
        left, middle = _column(subsystems, 2, processes, 1), _column(feeds, 0, registers, 1)
        left.setFixedWidth(_LEFT_PX)
        middle.setMinimumWidth(_MIDDLE_PX)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(left)
        row.addWidget(middle, 1)
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lower.setSpacing(4)
        self._lower.addLayout(row, 1)
        self._lower.addWidget(self.looking)
        return self._lower

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where three columns have no room the third stands below the others."""
        super().resizeEvent(event)
        narrow = self.viewport().width() < _THREE_COLUMNS_PX
        direction = QBoxLayout.Direction
        self._lower.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        share = 0.38 * self.viewport().width()
        self.looking.setMinimumWidth(0 if narrow else max(_LOOKING_PX, int(share)))
        self.looking.setMinimumHeight(_LOOKING_HIGH_PX if narrow else 0)
        high_px = _SMALLEST_PX[1] + (_LOOKING_HIGH_PX if narrow else 0)
        if (inner := self.widget()) is not None:
            inner.setMinimumSize(_SMALLEST_PX[0], high_px)

    # ---- telling ------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._room.processes.watch(True)
        self._ask_states("")
        self.tell()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._room.processes.watch(False)
        self._timer.stop()

    def tell(self) -> None:
        """Called by the timer; tests call it after they moved something."""
        found = lines(self._room, self._watch)
        self.header.tell(found)
        self.subsystems.show_lines(found)
        self.feeds.show_rows(rows.feed_rows(self._room.health.health.feeds))
        self.feeds.setFixedHeight(max(self.feeds.whole_height_px(), _LEAST_FEEDS_PX))
        self._tell_registers()
        self._tell_senses(found)

    def _tell_registers(self) -> None:
        ages, now = self._room.register_ages.items(), self._room.clock.now()
        self.registers.show_rows(rows.register_rows(ages, self._states, now))
        self._registers.setCurrentIndex(1 if ages else 0)

    def _tell_senses(self, found: list[Line]) -> None:
        cameras, points, now = self._room.cameras, self._room.points, self._room.clock.now()
        version = (cameras.version, len(cameras))
        if version != self._eyes_version:
            self._eyes_version = version
            self._eyes = online.eyes(cameras.rows())
        self._tell_eyes()
        heard = self._heard(now)
        classes = {row.class_id: row.name for row in self._room.alarm_classes.rows()}
        rates = online.touch(points.rows(), heard)
        named = [rate._replace(name=classes.get(rate.name, rate.name)) for rate in rates]
        lost = (LightCondition.STALE, LightCondition.DOWN)
        stale = any(line.condition in lost for line in found[:2])
        self.touch.tell(
            named,
            self.tr("{0} / {1} 个在线"),
            self.tr("实时通道停滞，不是现状") if stale else "",
            self.tr("还没有传感器上报"),
            stale=stale,
        )
        self.ears.listen()
        silent = online.silent(points.rows(), heard)
        self.looking.show_silent(rows.silent_rows(silent, classes, now), len(silent))

    def _heard(self, now: datetime) -> Heard:
        readings, gaps = self._room.readings, defaultdict[str, list[float]](list)
        for point_id, reading in readings.items().items():
            if len(gaps[reading.class_id]) < _MOST_GAPS:
                course = readings.course(point_id, 3)
                gaps[reading.class_id] += [
                    (later.at - earlier.at).total_seconds() for earlier, later in pairwise(course)
                ]
        newest = {key: reading.at for key, reading in readings.items().items()}
        limits = {name: online.limit_s(found) for name, found in gaps.items()}
        since = self._room.health.health.mqtt.since
        listening_s = (now - since).total_seconds() if since else 0.0
        return Heard(newest, now, limits, listening_s)

    def _tell_eyes(self) -> None:
        age = self._room.register_ages.get("cameras")
        as_of = self.tr("名册核对于 {0}").format(hh_mm_ss(age.as_of)) if age else ""
        named = [rate._replace(name=rate.name or self.tr("未注明")) for rate in self._eyes]
        unit, empty = self.tr("{0} / {1} 路在线"), self.tr("还没有摄像机名册")
        self.eyes.tell(named, unit, as_of, empty)

    def _tell_processes(self) -> None:
        self.processes.show_rows(rows.process_rows(self._room.processes.rows))

    def _ask_states(self, _name: str) -> None:
        if self.isVisible():
            self._scope.spawn(self._load_states(), "register states")

    async def _load_states(self) -> None:
        try:
            states = await self._room.questions.registers.states()
        except PlatformError:
            return  # the ages stay; the mirror is being rebuilt
        self._states = {state.name: state for state in states}
        self._tell_registers()


def _column(upper: QWidget, upper_share: int, lower: QWidget, lower_share: int) -> QWidget:
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(upper, upper_share)
    column.addWidget(lower, lower_share)
    whole = QWidget()
    whole.setLayout(column)
    return whole
