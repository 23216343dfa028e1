"""The open alarms as a sorted, filtered list that does not move under the operator's hand."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby, islice, takewhile

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.domain.alarms import Alarm
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.stores.alarms import AlarmStore
from desktop.stores.keyed import Delta
from desktop.stores.registers import Register
from views.alarm_desk.families import Families
from views.alarm_desk.rows import AlarmRow, RowFilter, SortKey, fold_text, row_of, sort_key
from widgets.level_badge import level_word

ROW_ROLE = Qt.ItemDataRole.UserRole
ALARM_ID_ROLE = Qt.ItemDataRole.UserRole + 1
# Above this many changes at once one reset is cheaper than single signals.
RESET_ABOVE = 300
RUNS_ONE_BY_ONE = 40

_Index = QModelIndex | QPersistentModelIndex


class AlarmListModel(QAbstractListModel):
    """Sorted inside. While held, rows are only repainted: none comes, goes or moves."""

    held_changed = Signal()  # rows that wait for the release

    def __init__(
        self, alarms: AlarmStore, points: Register[Point], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._alarms = alarms
        self._points = points
        self._filter = RowFilter()
        self._all: dict[str, AlarmRow] = {}  # every open alarm, listed or not
        self._rows: list[AlarmRow] = []
        self._keys: list[SortKey] = []  # where each row stands; lags behind row.key while held
        self._key_of: dict[str, SortKey] = {}
        self._families = Families(alarms)
        self._held = False
        self._waiting: dict[str, AlarmRow] = {}  # passed the filter while held
        alarms.changed.connect(self._take)
        points.changed.connect(self._rebuild)
        self._rebuild()

    # ---- what the view reads ---------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == ALARM_ID_ROLE:
            return row.alarm.alarm_id
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = (level_word(row.alarm.level), row.title, row.place, row.state, fold_text(row))
            return " ".join(filter(None, words))
        return None

    def position(self, alarm_id: str) -> int:
        """Row number, -1 where the alarm is not listed."""
        key = self._key_of.get(alarm_id)
        return -1 if key is None else bisect_left(self._keys, key)

    def row(self, position: int) -> AlarmRow:
        return self._rows[position]

    @property
    def filter(self) -> RowFilter:
        return self._filter

    @property
    def held(self) -> bool:
        return self._held

    @property
    def waiting_count(self) -> int:
        return len(self._waiting)

    def folded_count(self) -> int:
        """Members that are left out because their cause stands for them."""
        if not self._families.members:
            return 0
        return sum(row.member for row in self._all.values())

    def listed_waiting(self) -> int:
        """Rows that need an acknowledgement."""
        return sum(row.waiting for row in self._rows)

    def gravest_unacknowledged(self) -> str:
        """alarm_id of the first listed row that needs an answer, "" for none."""
        return next((row.alarm.alarm_id for row in self._rows if row.waiting), "")

    def gravest_waiting(self) -> WarningLevel | None:
        levels = [row.alarm.level for row in self._waiting.values()]
        return min(levels, key=lambda level: level.rank) if levels else None

    # ---- what the operator does --------------------------------------------------------

    def set_filter(self, row_filter: RowFilter) -> None:
        if row_filter == self._filter:
            return
        folded, self._filter = self._filter.folded, row_filter
        if row_filter.folded is folded:
            self._relist()
        else:
            self._families.unfold_all(not row_filter.folded)
            self._rebuild()

    def unfold(self, alarm_id: str, unfolded: bool) -> bool:
        """Lists the members of a cause below it, or no longer: by hand, so a held list obeys too.

        False: there is nothing to do.
        """
        families, position = self._families, self.position(alarm_id)
        if position < 0 or not families.folds(alarm_id):
            return False
        if families.is_unfolded(alarm_id) is unfolded:
            return False
        families.turn(alarm_id)
        stands = self._keys[position]
        cause = replace(self._rows[position], unfolded=unfolded)
        self._rows[position] = self._all[alarm_id] = cause
        self.dataChanged.emit(self.index(position), self.index(position))
        if not unfolded:
            self._remove([r.alarm.alarm_id for r in self._listed_below(stands)])
        below = [r for r in self._all.values() if r.member and families.is_below(r.alarm, alarm_id)]
        family = {r.alarm.alarm_id: self._compose(r.alarm) for r in below}
        self._all |= family
        if unfolded:
            # In a held list the cause may stand elsewhere than its level says by now.
            depth = len(stands)
            placed = [replace(r, key=stands + r.key[depth:]) for r in family.values() if r.depth]
            self._insert(r for r in placed if self._filter.passes(r))
        return True

    def _listed_below(self, key: SortKey) -> list[AlarmRow]:
        first = bisect_left(self._keys, key) + 1
        return list(
            takewhile(lambda row: self._key_of[row.alarm.alarm_id][: len(key)] == key,
                      islice(self._rows, first, None))
        )  # fmt: skip

    def hold(self, held: bool) -> None:
        """Freezes the order; the release brings everything that waited."""
        if held == self._held:
            return
        self._held = held
        if not held:
            self._release()

    # ---- what the store tells ----------------------------------------------------------

    def _take(self, delta: Delta) -> None:
        if self._families_change(delta):
            self._rebuild() if not self._held else self._families.count()
        for alarm_id in delta.removed:
            self._waiting.pop(alarm_id, None)
            self._all.pop(alarm_id, None)
        present = [
            alarm
            for alarm_id in (*delta.added, *delta.updated)
            if (alarm := self._alarms.get(alarm_id)) is not None
        ]
        composed = list(map(self._compose, present))
        self._all |= {row.alarm.alarm_id: row for row in composed}
        changed = len(delta.added) + len(delta.updated) + len(delta.removed)
        if changed > RESET_ABOVE and not self._held:
            self._relist()
            return
        gone = [alarm_id for alarm_id in delta.removed if alarm_id in self._key_of]
        fresh: list[AlarmRow] = []
        for row in composed:
            listed, passes = row.alarm.alarm_id in self._key_of, self._filter.passes(row)
            if listed and (passes or self._held):
                self._update(row)
            elif listed:
                gone.append(row.alarm.alarm_id)
            elif passes:
                fresh.append(row)
        self._apply(gone, fresh)

    def _apply(self, gone: list[str], fresh: list[AlarmRow]) -> None:
        if self._held:
            self._close_in_place(gone)
            self._wait(fresh)
        else:
            self._remove(gone)
            self._insert(fresh)

    def _compose(self, alarm: Alarm) -> AlarmRow:
        point = self._points.get(alarm.point_id)
        return row_of(alarm, point, self._families.standing(alarm))

    def _families_change(self, delta: Delta) -> bool:
        """Whether a cause or a member came, went or moved: then rows of others change too."""
        for alarm_id in (*delta.added, *delta.updated):
            alarm, row = self._alarms.get(alarm_id), self._all.get(alarm_id)
            if alarm is None or not (alarm.cause_id or alarm_id in self._families.members):
                continue
            if row is None or row.alarm.cause_id != alarm.cause_id:
                return True
            if row.key[-3:] != sort_key(alarm):
                return True
        known = (self._all.get(alarm_id) for alarm_id in delta.removed)
        return any(row is not None and (row.members or row.alarm.cause_id) for row in known)

    def _rebuild(self) -> None:
        self._families.count()
        alarms = self._alarms.items().values()
        self._all = {alarm.alarm_id: self._compose(alarm) for alarm in alarms}
        self._relist()

    def _relist(self) -> None:
        """Lists anew from rows that are composed already: one signal."""
        rows = self._all.values()
        self.beginResetModel()
        self._rows = sorted(filter(self._filter.passes, rows), key=lambda row: row.key)
        self._keys = [row.key for row in self._rows]
        self._key_of = {row.alarm.alarm_id: row.key for row in self._rows}
        self._waiting.clear()
        self.endResetModel()
        self.held_changed.emit()

    def _update(self, row: AlarmRow) -> None:
        position = self.position(row.alarm.alarm_id)
        if not self._held and row.key != self._keys[position]:
            self._move(position, row)
            return
        self._rows[position] = row
        index = self.index(position)
        self.dataChanged.emit(index, index)

    def _move(self, position: int, row: AlarmRow) -> None:
        """Qt's destination is counted before the row is taken out."""
        target = bisect_left(self._keys, row.key)
        stays = target in (position, position + 1)
        if not stays:
            none = QModelIndex()
            self.beginMoveRows(none, position, position, none, target)
        del self._rows[position], self._keys[position]
        final = target - 1 if target > position else target
        self._rows.insert(final, row)
        self._keys.insert(final, row.key)
        self._key_of[row.alarm.alarm_id] = row.key
        if not stays:
            self.endMoveRows()
        index = self.index(final)
        self.dataChanged.emit(index, index)

    def _remove(self, alarm_ids: Iterable[str]) -> None:
        positions = sorted({self.position(alarm_id) for alarm_id in alarm_ids}, reverse=True)
        for _, run in groupby(enumerate(positions), lambda pair: pair[0] + pair[1]):
            rows = [position for _, position in run]
            first, last = rows[-1], rows[0]
            self.beginRemoveRows(QModelIndex(), first, last)
            for row in self._rows[first : last + 1]:
                del self._key_of[row.alarm.alarm_id]
            del self._rows[first : last + 1], self._keys[first : last + 1]
            self.endRemoveRows()

    def _insert(self, rows: Iterable[AlarmRow]) -> None:
        ordered = sorted(rows, key=lambda row: row.key)
        runs = [
            (place, list(run))
            for place, run in groupby(ordered, lambda row: bisect_left(self._keys, row.key))
        ]
        if len(runs) > RUNS_ONE_BY_ONE:
            self._relist()
            return
        for place, run in reversed(runs):  # from the end: earlier places stay right
            self.beginInsertRows(QModelIndex(), place, place + len(run) - 1)
            self._rows[place:place] = run
            self._keys[place:place] = [row.key for row in run]
            self._key_of |= {row.alarm.alarm_id: row.key for row in run}
            self.endInsertRows()

    def _close_in_place(self, alarm_ids: Iterable[str]) -> None:
        for alarm_id in alarm_ids:
            position = self.position(alarm_id)
            self._rows[position] = replace(self._rows[position], closed=True)
            index = self.index(position)
            self.dataChanged.emit(index, index)

    def _wait(self, rows: Iterable[AlarmRow]) -> None:
        before = len(self._waiting)
        self._waiting |= {row.alarm.alarm_id: row for row in rows}
        if len(self._waiting) != before:
            self.held_changed.emit()

    def _release(self) -> None:
        if self._families.members:  # causes and members came and went meanwhile
            self._rebuild()
            return
        self._remove(
            [r.alarm.alarm_id for r in self._rows if r.closed or not self._filter.passes(r)]
        )
        for row in [r for r in self._rows if r.key != self._key_of[r.alarm.alarm_id]]:
            self._move(self.position(row.alarm.alarm_id), row)
        waiting, self._waiting = self._waiting, {}
        latest = [self._alarms.get(alarm_id) for alarm_id in waiting]
        fresh = [self._compose(alarm) for alarm in latest if alarm is not None]
        self._insert(row for row in fresh if self._filter.passes(row))
        self.held_changed.emit()
