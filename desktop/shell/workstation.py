"""W1: list, map, video, detail and the strip of the last hours, placed by mode."""

from collections.abc import Mapping
from datetime import timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.context import RoomContext, ViewSpec
from desktop.domain.alarms import AlarmState
from desktop.domain.freshness import Freshness
from desktop.domain.levels import WarningLevel
from desktop.shell.places import Mode, Rect, places
from desktop.stores.feed_watch import FeedWatch
from desktop.stores.raised_log import KEPT, Raised
from desktop.stores.throttle import Throttle
from views import alarm_desk
from widgets.empty_state import EmptyState
from widgets.level_badge import LevelLook, look_of
from widgets.timeline import BAR_MIN, Timeline, TimelineGap, TimelineMark
from widgets.times import age_text

STRIP_EVERY_MS = 5_000
STRIP_AT_MOST_MS = 500
_GAPS_KEPT = 50


class Workstation(QWidget):
    """Places what the views built; knows nothing of what is inside them."""

    mode_changed = Signal(str)  # view_id of the mode
    placed = Signal()  # the parts have their places
    refused = Signal(str)  # operator's text
    levels_changed = Signal(object)  # frozenset[WarningLevel]

    def __init__(
        self, room: RoomContext, views: Mapping[str, ViewSpec], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("workstation")
        self._room = room
        self._mode = Mode.ALARMS
        self._large_tile = 1
        self.list = alarm_desk.build_list(room)
        self.detail = alarm_desk.build_detail(room)
        self.map = self._build_map(views)
        self.video = self._build_video(views)
        self.strip = Timeline()
        self._watch = FeedWatch(room.health, "alarms", room.clock, self)
        self._gaps: list[TimelineGap] = []
        for part in self._parts():
            part.setParent(self)
        self._connect()
        self._tell_strip()

    @property
    def mode(self) -> Mode:
        return self._mode

    # ---- orders of the shell ------------------------------------------------------------

    def show_mode(self, mode: Mode) -> None:
        if mode is not self._mode:
            self._mode = mode
            self._place()
            self.mode_changed.emit(mode.value)

    def toggle_mode(self, mode: Mode) -> None:
        """F2, F3: enlarges, and pressed again gives back."""
        self.show_mode(Mode.ALARMS if self._mode is mode else mode)

    def locate(self) -> None:
        """Alt+Enter: map and pictures of the selected alarm, both in sight."""
        self.show_mode(Mode.ALARMS)
        selection = self._room.selection
        if selection.alarm_id:
            selection.alarm_changed.emit(selection.alarm_id)

    def acknowledge(self) -> None:
        self.detail.acknowledge()

    # ---- building -----------------------------------------------------------------------

    def _build_map(self, views: Mapping[str, ViewSpec]) -> QWidget:
        if (spec := views.get(Mode.MAP.value)) is not None:
            return spec.build(self._room)
        note = self.tr("安全模式下停用；列表和确认照常")
        return EmptyState("map-outline", self.tr("地图已停用"), note)

    def _build_video(self, views: Mapping[str, ViewSpec]) -> QWidget:
        if (spec := views.get(Mode.VIDEO.value)) is not None:
            return spec.build(self._room)
        note = self.tr("安全模式下停用；列表和确认照常")
        return EmptyState("video-off-outline", self.tr("视频已停用"), note)

    def _parts(self) -> tuple[QWidget, ...]:
        return (self.list, self.map, self.video, self.strip, self.detail)

    def _connect(self) -> None:
        room = self._room
        self.list.opened.connect(self._open)
        self.list.levels_changed.connect(self.levels_changed)
        self.detail.refused.connect(self.refused)
        focus = getattr(self.video, "focus_requested", None)
        if focus is not None:  # the page of safe mode has none
            focus.connect(self._enlarge_video)
        self.strip.alarm_chosen.connect(room.selection.select_alarm)
        room.selection.alarm_changed.connect(self.strip.choose)
        self._striping = Throttle(self._tell_strip, STRIP_AT_MOST_MS, self)
        room.alarms.changed.connect(self._striping.call)
        self._watch.changed.connect(self._note_gap)
        timer = QTimer(self)
        timer.setInterval(STRIP_EVERY_MS)
        timer.timeout.connect(self._tell_strip)
        timer.start()

    def _enlarge_video(self, tile: int) -> None:
        """A double click enlarges; another one on the large picture gives the map back."""
        back = self._mode is Mode.VIDEO and tile == self._large_tile
        self._large_tile = tile
        self.show_mode(Mode.ALARMS if back else Mode.VIDEO)

    def _open(self, alarm_id: str) -> None:
        self._room.selection.select_alarm(alarm_id)
        self.locate()

    # ---- placing ------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        at = places(self.width(), self.height(), self._mode)
        rects = (at.alarms, at.map, at.video, at.strip, at.detail)
        # Hidden first: a native picture must not be seen for a moment above its neighbour.
        for part, rect in zip(self._parts(), rects, strict=True):
            if rect is None:
                part.hide()
        for part, rect in zip(self._parts(), rects, strict=True):
            if rect is not None:
                _put(part, rect)
        self.placed.emit()

    # ---- the strip ----------------------------------------------------------------------

    def _tell_strip(self) -> None:
        if not self.strip.isVisible() and self.isVisible():
            return
        now = self._room.clock.now()
        marks = [
            TimelineMark(
                alarm.alarm_id,
                alarm.raised_at,
                alarm.level,
                LevelLook.OUTLINE if alarm.state is AlarmState.CLOSED else look_of(alarm.state),
                alarm.title,
                count,
            )
            for alarm, count in self._strip_alarms()
            if alarm.level is not WarningLevel.BLUE or alarm.state is not AlarmState.CLOSED
        ]
        since = self._room.raised.since
        known = since if now - since < KEPT else None
        bars = self._room.raised.counts(timedelta(minutes=BAR_MIN))
        self.strip.show_strip(now, marks, bars, self._gaps_until(now), known)

    def _strip_alarms(self) -> list[tuple[Raised, int]]:
        """What the strip draws, and the selected alarm, which it frames, by itself."""
        chosen = self._room.raised.get(self._room.selection.alarm_id)
        return [*self._room.raised.strip(), *([(chosen, 0)] if chosen is not None else [])]

    def _gaps_until(self, now: object) -> list[TimelineGap]:
        """The gap that is open now grows with the clock."""
        if self._watch.freshness not in (Freshness.LOST, Freshness.STALE):
            return self._gaps
        start, end = self._watch.as_of, self._room.clock.now()
        if start is None:
            return self._gaps
        length = age_text((end - start).total_seconds())
        return [*self._gaps, TimelineGap(start, end, self.tr("中断 {0}").format(length))]

    def _note_gap(self) -> None:
        """A gap ends when the feed lives again; what was missed is fetched then."""
        if self._watch.freshness in (Freshness.LOST, Freshness.STALE):
            self._gap_start = self._watch.as_of
        elif self._watch.freshness is Freshness.LIVE:
            start, self._gap_start = getattr(self, "_gap_start", None), None
            end = self._room.clock.now()
            if start is not None and (end - start).total_seconds() >= 1:
                length = age_text((end - start).total_seconds())
                text = self.tr("缺口 {0} 已接回").format(length)
                self._gaps = [*self._gaps[-_GAPS_KEPT:], TimelineGap(start, end, text)]
        self._tell_strip()


def _put(part: QWidget, rect: Rect) -> None:
    part.setGeometry(*rect)
    part.show()
