"""Alarms and what caused them: who stands for whom, and whose members are listed below it."""

from collections import Counter

from desktop.domain.alarms import Alarm
from desktop.stores.alarms import AlarmStore
from views.alarm_desk.rows import ALONE, STAND_ALONE, SortKey, Standing, sort_key

DEEPEST = 8  # causes of causes; what goes deeper, or in a ring, is listed by itself


class Families:
    """`unfolded_all` is the state of every cause but those that were turned one by one."""

    def __init__(self, alarms: AlarmStore) -> None:
        self._alarms = alarms
        self._turned: set[str] = set()
        self._folds: Counter[str] = Counter()
        self.unfolded_all = False
        self.members: Counter[str] = Counter()  # by the alarm_id that they name as their cause

    def count(self) -> None:
        """Anew from all open alarms."""
        named = [one for one in self._alarms.items().values() if one.cause_id]
        self.members = Counter(one.cause_id or "" for one in named)
        self._folds = Counter(one.cause_id or "" for one in named if self.causes_of(one))
        self._turned &= set(self._folds)

    def causes_of(self, alarm: Alarm) -> list[Alarm]:
        """Those that stand for it, the nearest first; a red or orange one stands for itself."""
        causes: list[Alarm] = []
        while alarm.cause_id and alarm.level not in STAND_ALONE:
            cause = self._alarms.get(alarm.cause_id)
            if cause is None:
                break
            if len(causes) == DEEPEST:
                return []
            causes.append(cause)
            alarm = cause
        return causes

    def folds(self, alarm_id: str) -> int:
        return self._folds[alarm_id]

    def is_unfolded(self, alarm_id: str) -> bool:
        return (alarm_id in self._turned) is not self.unfolded_all

    def turn(self, alarm_id: str) -> None:
        self._turned ^= {alarm_id}

    def unfold_all(self, unfolded: bool) -> None:
        self.unfolded_all = unfolded
        self._turned.clear()

    def standing(self, alarm: Alarm) -> Standing:
        members = self.members[alarm.alarm_id] if self.members else 0
        if not members and not alarm.cause_id:
            return ALONE
        alarm_id, causes = alarm.alarm_id, self.causes_of(alarm)
        key: SortKey = ()
        if causes and all(self.is_unfolded(cause.alarm_id) for cause in causes):
            key = sum((sort_key(one) for one in (*reversed(causes), alarm)), ())
        unfolded = self.is_unfolded(alarm_id)
        return Standing(members, bool(causes), self._folds[alarm_id], unfolded, key)

    def is_below(self, alarm: Alarm, cause_id: str) -> bool:
        """Whether it belongs below this cause, at any depth."""
        return any(cause.alarm_id == cause_id for cause in self.causes_of(alarm))
