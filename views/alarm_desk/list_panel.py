"""The alarm list of the workstation: head, rate, list, and what waits or is not shown."""

from datetime import timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.context import RoomContext
from desktop.domain.alarms import AlarmState
from desktop.domain.freshness import Freshness
from desktop.domain.levels import WarningLevel
from desktop.stores.feed_watch import FeedWatch
from desktop.stores.throttle import Throttle
from views.alarm_desk.delegate import AlarmDelegate
from views.alarm_desk.list_view import AlarmListView
from views.alarm_desk.model import AlarmListModel
from views.alarm_desk.rate_bar import FLOOD_ENDS_BELOW, FLOOD_LINE, RateBar
from views.alarm_desk.rows import RowFilter
from views.alarm_desk.stale_banner import StaleBanner
from views.alarm_desk.wording import count_text
from widgets import icons
from widgets.empty_state import EmptyState
from widgets.level_badge import LevelLook, level_pixmap, level_word
from widgets.plain_label import ElidedLabel, PlainLabel, plain_tip
from widgets.search_field import SearchField
from widgets.theme import NOTE_PX, STRONG_PX

SECOND_MS = 1000
COUNT_EVERY_MS = 300
RATE_SPAN = timedelta(minutes=10)
_PILL_PX = 28
_WIDE_PX = 336  # below it the least needed words go


class AlarmListPanel(QWidget):
    """Reads the alarm store, writes the selection; keeps only filter and scroll position."""

    levels_changed = Signal(object)  # frozenset of the levels shown, empty for all
    opened = Signal(str)  # alarm_id: locate it and show its pictures

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("alarm_list")
        self.setProperty("ground", "1")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        # Takes the keys while the list itself is empty and cannot.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._room = room
        self._in_flood = False
        self._watch = FeedWatch(room.health, "alarms", room.clock, self)
        self.model = AlarmListModel(room.alarms, room.points, self)
        self.view = AlarmListView(self.model)
        self._build()
        self._connect()
        self._tell_counts()
        self._tell_trust()

    # ---- for the shell ------------------------------------------------------------------

    def step(self, rows: int) -> None:
        """Moves the selection by keys from anywhere in the window."""
        self.view.step(rows)

    def show_levels(self, levels: frozenset[WarningLevel]) -> None:
        """Lists only these levels; all of them when empty."""
        self._set_filter(levels=levels)

    def show_filter(self, levels: frozenset[WarningLevel], words: str) -> None:
        """What was listed before the window was started anew."""
        self._search.setText(words)
        self._set_filter(levels, words.strip())

    def show_wanted(
        self, levels: frozenset[WarningLevel], class_ids: frozenset[str], waiting: bool
    ) -> None:
        """What a figure elsewhere stands for, and nothing else, until the filter is cleared."""
        self._search.clear()
        self._hidden.setChecked(False)
        self._take_filter(RowFilter(levels, class_ids=class_ids, waiting=waiting))

    def toggle_level(self, level: WarningLevel) -> None:
        """A press on a level's count: only this one, and again: all."""
        shown = self.model.filter.levels
        self.show_levels(frozenset() if shown == {level} else frozenset({level}))

    def focus_search(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    # ---- building -----------------------------------------------------------------------

    def _build(self) -> None:
        self._title = PlainLabel(self.tr("告警"), STRONG_PX, bold=True)
        self._counts = PlainLabel(tone="text2")
        self._search = SearchField(self.tr("搜索告警"))
        self._search.setMaximumWidth(160)
        self._banner = StaleBanner(self._room.clock, self)
        self._filter_bar = self._build_filter_bar()
        self.view.setItemDelegate(AlarmDelegate(self._room.clock.now, self._is_trusted, self.view))
        self.view.setAccessibleName(self.tr("告警列表"))
        self._empty = EmptyState("bell-outline")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar(40, 16, 8, self._title, self._counts, None, self._search))
        self._rate_row = self._build_rate()
        column.addWidget(self._rate_row)
        column.addWidget(self._banner)
        column.addWidget(self._filter_bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self._build_foot())
        self._pill = QPushButton(self)
        self._pill.setProperty("pill", True)
        self._pill.setCursor(Qt.CursorShape.PointingHandCursor)
        self._pill.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pill.hide()

    def _bar(self, height_px: int, left_px: int, right_px: int, *parts: QWidget | None) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(height_px)
        bar.setProperty("edge", "bottom")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(left_px, 0, right_px, 0)
        row.setSpacing(8)
        for part in parts:
            row.addStretch() if part is None else row.addWidget(part)
        return bar

    def _build_rate(self) -> QWidget:
        self._rate = PlainLabel(px=NOTE_PX, bold=True)
        self._rate_bar = RateBar()
        self._flood = PlainLabel(px=NOTE_PX, tone="text2")
        self._hidden = QPushButton()
        self._hidden.setProperty("flat", True)
        self._hidden.setProperty("small", True)
        self._hidden.setCheckable(True)
        self._hidden.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return self._bar(40, 16, 4, self._rate, self._rate_bar, self._flood, None, self._hidden)

    def _build_filter_bar(self) -> QWidget:
        self._filter_text = ElidedLabel(px=NOTE_PX)
        clear = QPushButton(self.tr("清除筛选"))
        clear.setProperty("flat", True)
        clear.setProperty("small", True)
        clear.setIcon(icons.icon("filter-remove-outline", "text", 16))
        clear.clicked.connect(self._clear_filter)
        bar = self._bar(36, 16, 4, self._filter_text, clear)
        bar.setProperty("ground", "2")
        bar.hide()
        return bar

    def _build_foot(self) -> QWidget:
        self._foot = ElidedLabel(px=NOTE_PX, tone="text2")
        key = PlainLabel("Alt+Enter", NOTE_PX)
        key.setProperty("chip", "key")
        key.setFixedHeight(20)
        self._hint = PlainLabel(self.tr("定位并看视频"), NOTE_PX, tone="text2")
        self._unfold = QPushButton()
        self._unfold.setProperty("flat", True)
        self._unfold.setProperty("small", True)
        self._unfold.setCheckable(True)
        self._unfold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._unfold.hide()
        foot = self._bar(40, 16, 12, self._foot, self._unfold, key, self._hint)
        foot.setProperty("edge", "top")
        return foot

    def _connect(self) -> None:
        room = self._room
        self._counting = Throttle(self._tell_counts, COUNT_EVERY_MS, self)
        room.alarms.changed.connect(self._counting.call)
        room.session.changed.connect(self._counting.call)
        room.selection.alarm_changed.connect(self.view.show_alarm)
        self.view.chosen.connect(room.selection.select_alarm)
        self.view.opened.connect(self.opened)
        self.model.modelReset.connect(self._after_reset)
        self.model.held_changed.connect(self._tell_waiting)
        self._listing = Throttle(self._after_rows, COUNT_EVERY_MS, self)
        self.model.rowsInserted.connect(self._listing.call)
        self.model.rowsRemoved.connect(self._listing.call)
        self._watch.changed.connect(self._tell_trust)
        self._search.textChanged.connect(self._search_for)
        self._hidden.toggled.connect(self._show_hidden)
        self._unfold.toggled.connect(self._show_members)
        self._pill.clicked.connect(self.view.release)
        self._clock = QTimer(self)
        self._clock.setInterval(SECOND_MS)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    # ---- telling ------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()

    def _tick(self) -> None:
        if not self.isVisible():
            return
        count = self._room.raised.raised_within(RATE_SPAN)
        known = self._room.clock.now() - self._room.raised.since >= RATE_SPAN
        text = self.tr("{0} 条/10 min") if known else self.tr("≥{0} 条/10 min")
        # ≥: what closed before the start is not known.
        self._rate.setText(text.format(count_text(count)))
        self._rate_bar.show_count(count)
        # Between the two lines what stood before stands on.
        self._in_flood = flood = count >= (FLOOD_ENDS_BELOW if self._in_flood else FLOOD_LINE)
        self._flood.setText(
            self.tr("洪峰：只有红、橙发声") if flood else self.tr("洪峰线 {0}").format(FLOOD_LINE)
        )
        self._flood.set_tone("text" if flood else "text2")
        self._rate_bar.setVisible(not flood)  # the words need its room
        self._banner.tell(self._watch)
        self.view.viewport().update()

    def _tell_counts(self) -> None:
        states = self._room.alarms.counts_by_state()
        shelved = states[AlarmState.SHELVED]
        suppressed = states[AlarmState.SUPPRESSED]
        out = states[AlarmState.OUT_OF_SERVICE]
        waiting = states[AlarmState.ACTIVE_UNACKED] + states[AlarmState.RTN_UNACKED]
        listed = len(self._room.alarms) - shelved - suppressed - out
        words = self.tr("未确认 {0} / {1}")
        self._counts.setText(words.format(count_text(waiting), count_text(listed)))
        words = [
            self.tr("搁置 {0}").format(shelved) if shelved else "",
            self.tr("抑制 {0}").format(suppressed) if suppressed else "",
            self.tr("停用 {0}").format(out) if out else "",
        ]
        self._hidden.setText("  ".join(filter(None, words)))
        self._hidden.setVisible(bool(shelved or suppressed or out) or self._hidden.isChecked())
        self._tell_filter(waiting)
        self._after_rows()
        self._select_gravest()

    def _select_gravest(self) -> None:
        """Where nothing is selected and the list has not the focus; never against a choice made."""
        room = self._room
        if room.session.user is None or room.selection.alarm_id or self.view.hasFocus():
            return
        if alarm_id := self.model.gravest_unacknowledged():
            self.view.marked_by_desk = alarm_id
            room.selection.select_alarm(alarm_id)

    def _tell_waiting(self) -> None:
        count = self.model.waiting_count
        level = self.model.gravest_waiting()
        self._pill.setVisible(count > 0)
        if level is None:
            return
        self._pill.setText(self.tr("↑ {0} 条新告警").format(count_text(count)))
        self._pill.setIcon(level_pixmap(level, LevelLook.FILLED, 16, self.devicePixelRatioF()))
        self._place_pill()

    def _tell_trust(self) -> None:
        self._banner.tell(self._watch)
        self._after_rows()
        self.view.viewport().update()

    def _after_reset(self) -> None:
        self.view.show_alarm(self._room.selection.alarm_id)
        self._after_rows()

    def _after_rows(self) -> None:
        shown = self.model.rowCount()
        self._foot.setText(self.tr("列出 {0} 条 · 级别、时间排序").format(count_text(shown)))
        self._foot.setToolTip(plain_tip(str(shown)))
        self._tell_folded()
        self._stack.setCurrentWidget(self._empty if shown == 0 else self.view)
        if shown:
            return
        if self._watch.freshness is Freshness.NEVER:
            self._empty.tell(
                "timer-sand", self.tr("正在取告警"), self.tr("等数据链路送来未结告警全表")
            )
        elif self.model.filter.narrows:
            self._empty.tell("filter-outline", self.tr("没有符合筛选的告警"))
        elif not self._is_trusted():
            self._empty.tell(
                "lan-disconnect", self.tr("实时通道中断"), self.tr("列表空不等于没有告警")
            )
        else:
            self._empty.tell(
                "bell-outline", self.tr("没有未结告警"), self.tr("新告警会自动出现在这里")
            )

    def _tell_folded(self) -> None:
        """How many members their causes stand for, and the way to see them."""
        count = self.model.folded_count()
        self._unfold.setVisible(count > 0)
        self._place_hint()
        folded = self.model.filter.folded
        words = self.tr("展开从属 {0}") if folded else self.tr("收起从属 {0}")
        self._unfold.setText(words.format(count_text(count)))
        self._unfold.setToolTip(
            self.tr("有起因的黄、蓝告警由起因一行代表；红、橙始终单列，搜索也找得到")
        )

    def _place_hint(self) -> None:
        """The least needed words of the foot go first."""
        wide = self.width() >= _WIDE_PX
        self._hint.setVisible(wide and self._unfold.isHidden())

    def _is_trusted(self) -> bool:
        return self._watch.freshness is Freshness.LIVE

    # ---- filter -------------------------------------------------------------------------

    def _set_filter(
        self,
        levels: frozenset[WarningLevel] | None = None,
        words: str | None = None,
        hidden: bool | None = None,
        folded: bool | None = None,
    ) -> None:
        old = self.model.filter
        self._take_filter(
            RowFilter(
                old.levels if levels is None else levels,
                old.words if words is None else words,
                old.hidden if hidden is None else hidden,
                old.folded if folded is None else folded,
                old.class_ids,
                old.waiting,
            )
        )

    def _take_filter(self, new: RowFilter) -> None:
        old = self.model.filter
        self.model.set_filter(new)
        self._filter_bar.setVisible(new.narrows)
        self._tell_counts()
        if new.levels != old.levels:
            self.levels_changed.emit(new.levels)

    def _tell_filter(self, waiting: int) -> None:
        """What is listed, and how many of `waiting` for an answer the filter keeps out of sight."""
        shown = self.model.filter
        if not shown.narrows:
            return
        parts = [level_word(level) for level in WarningLevel if level in shown.levels]
        parts += [self._class_name(one) for one in sorted(shown.class_ids)]
        if shown.waiting:
            parts.append(self.tr("未确认"))
        if shown.words:
            parts.append(f"「{shown.words}」")
        if shown.hidden:
            parts.append(self.tr("搁置、抑制、停用"))
        text = self.tr("只列 {0}").format(" · ".join(parts))
        if (unseen := waiting - self.model.listed_waiting()) > 0:
            text = self.tr("未列出的未确认 {0} 条").format(unseen) + "  " + text
        self._filter_text.setText(text)

    def _class_name(self, class_id: str) -> str:
        known = self._room.alarm_classes.get(class_id)
        return known.name if known is not None else class_id

    def _search_for(self, words: str) -> None:
        self._set_filter(words=words.strip())

    def _show_hidden(self, hidden: bool) -> None:
        self._set_filter(hidden=hidden)

    def _show_members(self, shown: bool) -> None:
        self._set_filter(folded=not shown)

    def _clear_filter(self) -> None:
        self._search.clear()
        self._hidden.setChecked(False)
        self._take_filter(RowFilter(folded=self.model.filter.folded))

    def _place_pill(self) -> None:
        """On the head: the gravest row lies right below it and must stay readable."""
        self._pill.adjustSize()
        width = self._pill.sizeHint().width()
        row = self._rate_row.geometry()
        top = row.y() + (row.height() - _PILL_PX) // 2
        self._pill.setGeometry((self.width() - width) // 2, top, width, _PILL_PX)
        self._pill.raise_()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        wide = self.width() >= _WIDE_PX
        self._flood.setVisible(wide)
        self._place_hint()
        self._place_pill()
