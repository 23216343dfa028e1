"""The detail of the selected alarm: what it is, how it goes on, what to do, what was done."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.context import RoomContext
from desktop.domain.alarms import Alarm, AlarmEvent
from desktop.domain.points import Point
from desktop.domain.water_levels import WaterSituation, is_water, water_situation
from desktop.errors import PlatformError
from desktop.stores.keyed import Delta
from desktop.tasks import TaskScope, loop_runs
from views.alarm_desk.action_area import ActionArea
from views.alarm_desk.figures import FigureRow, other_figures, water_figures
from views.alarm_desk.owner import NearSection, OwnerSection
from views.alarm_desk.rows import place_of, title_of
from views.alarm_desk.sections import CauseSection, GuidanceSection, HistorySection, Section
from widgets.empty_state import EmptyState
from widgets.level_badge import HEAD_PX, LevelBadge, look_of, margin_px
from widgets.plain_label import ElidedLabel, WrappedLabel
from widgets.point_trend import point_trend
from widgets.theme import TITLE_PX
from widgets.trend_chart import PAST_MIN, TrendChart

SECOND_MS = 1000
SERIES_MIN = 60


class AlarmDetailPanel(QWidget):
    """Follows the selection; asks the platform for history and series of each new choice."""

    refused = Signal(str)  # operator's text of a refused order

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarm_detail")
        self.setProperty("ground", "1")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._room = room
        self._scope = TaskScope(self)
        self._asked = ""  # alarm_id whose history was asked for last
        self._unanswered = ""  # alarm_id whose history could not be had
        self._build()
        room.selection.alarm_changed.connect(self._select)
        room.alarms.changed.connect(self._on_alarms)
        room.alarms.event_arrived.connect(self._on_event)
        room.readings.changed.connect(self._on_readings)
        room.session.changed.connect(self._on_session)
        timer = QTimer(self)
        timer.setInterval(SECOND_MS)
        timer.timeout.connect(self._tick)
        timer.start()
        self._select(room.selection.alarm_id)

    def acknowledge(self) -> None:
        """Ctrl+Enter: the same as pressing the button."""
        self.action.press()

    def dispatch(self) -> None:
        """Ctrl+Shift+E: the response to the selected alarm."""
        self.action.dispatch()

    # ---- building -----------------------------------------------------------------------

    def _build(self) -> None:
        self._trend_section = Section(self.tr("水位"))
        self._trend = TrendChart()
        self._trend_section.body.addWidget(self._trend)
        self._guidance = GuidanceSection()
        self.owner = OwnerSection(self._room)
        self.near = NearSection(self._room)
        self._causes = CauseSection()
        self._causes.chosen.connect(self._room.selection.select_alarm)
        self._history = HistorySection()
        self.action = ActionArea(self._room)
        self.action.refused.connect(self.refused)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        column.addWidget(self._build_scroll(), 1)
        column.addWidget(self.action)
        self._empty = EmptyState(
            "bell-outline", self.tr("没有选中告警"), self.tr("在左侧列表、地图或时间轴上选一条")
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _build_head(self) -> QWidget:
        self._badge = LevelBadge(HEAD_PX)
        self._title = ElidedLabel(px=TITLE_PX, bold=True)
        self._place = WrappedLabel(tone="text2")
        self._figures = FigureRow()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._place)
        line = QHBoxLayout()
        line.setSpacing(12 - margin_px(HEAD_PX))
        line.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        head = QWidget()
        head.setProperty("edge", "bottom")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(head)
        column.setContentsMargins(16 - margin_px(HEAD_PX), 11, 12, 8)
        column.setSpacing(8)
        column.addLayout(line)
        inset = QHBoxLayout()
        inset.setContentsMargins(margin_px(HEAD_PX) - 8, 0, 0, 0)
        inset.addWidget(self._figures)
        column.addLayout(inset)
        return head

    def _build_scroll(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("ground", "1")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in (
            self._trend_section, self._guidance, self.owner, self.near, self._causes, self._history
        ):  # fmt: skip
            column.addWidget(section)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll

    # ---- what came ----------------------------------------------------------------------

    def _alarm(self) -> Alarm | None:
        """The selected one; what has ended meanwhile stays to be read."""
        return self._room.alarms.last_known(self._room.selection.alarm_id)

    def _select(self, alarm_id: str) -> None:
        self.action.show_alarm(alarm_id)
        alarm = self._room.alarms.last_known(alarm_id)
        self._pages.setCurrentIndex(0 if alarm is None else 1)
        if alarm is None:
            text = self.tr("这条告警已不在未结清单") if alarm_id else self.tr("没有选中告警")
            self._empty.tell("bell-outline", text, self.tr("在左侧列表、地图或时间轴上选一条"))
            return
        if alarm_id != self._asked:
            self._asked = alarm_id
            self._history.tell(self.tr("正在取历史…"))
            QTimer.singleShot(0, self, self._ask)  # the loop may not run yet
        self._show(alarm)

    def _on_alarms(self, delta: Delta) -> None:
        alarm_id = self._room.selection.alarm_id
        self.action.forget_answered()
        if alarm_id in delta.updated or alarm_id in delta.added:
            self._select(alarm_id)
        elif alarm_id in delta.removed:
            self._asked = ""
            self._select(alarm_id)
        if alarm := self._alarm():
            self._show_causes(alarm)

    def _on_event(self, event: AlarmEvent) -> None:
        if event.alarm.alarm_id == self._room.selection.alarm_id:
            QTimer.singleShot(0, self, self._ask)

    def _on_session(self) -> None:
        """Signed in again: what was refused meanwhile is asked for once more."""
        if self._room.session.user is not None and self._unanswered:
            self._unanswered = ""
            QTimer.singleShot(0, self, self._ask)

    def _on_readings(self, delta: Delta) -> None:
        alarm = self._alarm()
        if alarm is not None and alarm.point_id in (*delta.added, *delta.updated):
            self._show_course(alarm)

    def _tick(self) -> None:
        alarm = self._alarm()
        if alarm is not None and self.isVisible():
            self.action.forget_answered()
            self.action.refresh()
            self._show_course(alarm)

    # ---- questions to the platform ------------------------------------------------------

    def _ask(self) -> None:
        alarm = self._alarm()
        if alarm is None or not loop_runs():
            return
        if self._room.session.user is None:
            self._unanswered = alarm.alarm_id
            return
        self._scope.spawn(self._fetch_history(alarm.alarm_id), "alarm history")
        if alarm.point_id:
            self._scope.spawn(self._fetch_series(alarm), "series")

    async def _fetch_history(self, alarm_id: str) -> None:
        try:
            events = await self._room.questions.alarm_history(alarm_id)
        except PlatformError as error:
            if alarm_id == self._room.selection.alarm_id:
                self._history.tell(error.operator_text)
                self._unanswered = alarm_id
            return
        if alarm_id == self._room.selection.alarm_id:
            self._history.show_events(events)

    async def _fetch_series(self, alarm: Alarm) -> None:
        point = self._room.points.get(alarm.point_id)
        newest = self._room.readings.get(alarm.point_id or "")
        metric = point.metric if point is not None and point.metric else ""
        metric = metric or next(iter(newest.metrics), "level_m") if newest else metric or "level_m"
        try:
            readings = await self._room.questions.series(alarm.point_id or "", metric, SERIES_MIN)
        except PlatformError:
            return  # the chart shows what came by the live feed; the lights tell the rest
        self._room.readings.back_fill(alarm.point_id or "", readings)
        if alarm.alarm_id == self._room.selection.alarm_id:
            self._show_course(alarm)

    # ---- showing ------------------------------------------------------------------------

    def _unknown_class(self, alarm: Alarm) -> str:
        if not len(self._room.alarm_classes):  # the register is not here yet
            return ""
        return self.tr("未知类型 {0}").format(alarm.class_id).strip()

    def _show(self, alarm: Alarm) -> None:
        point = self._room.points.get(alarm.point_id)
        self._badge.show_level(alarm.level, look_of(alarm.state))
        self._title.setText(title_of(alarm))
        detail = alarm.detail.partition("\n")[0]
        place = place_of(alarm, point)
        # The platform's detail often begins with the place: it is not said twice.
        words = detail if detail.startswith(place) else f"{place} · {detail}"
        self._place.setText(words if detail else place)
        known = self._room.alarm_classes.get(alarm.class_id)
        text = alarm.guidance or (known.guidance if known is not None else "")
        name = known.name if known is not None else self._unknown_class(alarm)
        industry = known.industry if known is not None else ""
        source = filter(None, (industry, f"{name}-{alarm.level.roman}" if name else ""))
        self._guidance.show_guidance(text, " · ".join(source))
        self.owner.show_alarm(alarm, place)
        self.near.show_alarm(alarm, place)
        self._show_causes(alarm)
        self._show_course(alarm)

    def _show_causes(self, alarm: Alarm) -> None:
        root = alarm.cause_id or alarm.alarm_id
        related = [
            one
            for one in self._room.alarms.items().values()
            if one.alarm_id == root or one.cause_id == root
        ]
        related.sort(key=lambda one: (one.raised_at, one.alarm_id))
        self._causes.show_causes(related, root)

    def _show_course(self, alarm: Alarm) -> None:
        point = self._room.points.get(alarm.point_id)
        readings = self._room.readings.course(alarm.point_id) if alarm.point_id else ()
        now = self._room.clock.now()
        water = is_water(alarm, point, readings[-1] if readings else None)
        self._trend_section.setVisible(bool(alarm.point_id) and (water or bool(readings)))
        situation = water_situation(point, readings, now)
        if not water:
            self._figures.show_figures(other_figures(alarm, now))
        else:
            self._figures.show_figures(water_figures(alarm, point, situation))
        self._show_trend(alarm, point, situation, water)

    def _show_trend(
        self, alarm: Alarm, point: Point | None, situation: WaterSituation, water: bool
    ) -> None:
        unit = "cm" if water else point.unit if point else alarm.unit
        title = self.tr("水位") if water else self.tr("走势")
        self._trend_section.head(title, f"{PAST_MIN} min · {unit}", alarm.point_id or "")
        now = self._room.clock.now()
        self._trend.show_trend(point_trend(point, situation, now, water))
