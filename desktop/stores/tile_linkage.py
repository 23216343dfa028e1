"""What alarms want of the wall: the operator's rules, who was asked for, what waits."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from desktop.domain.tile_linkage import (
    LONGEST_RETURN_S,
    SHORTEST_RETURN_S,
    Candidate,
    LinkRules,
    Plan,
)
from desktop.stores.preferences import Preferences, read_as

KEY_RULES = "wall_linkage"
MOST_ASKED = 50


class LinkageStore(QObject):
    """`plan` and `marks` are set by the runner of the wall's page."""

    changed = Signal()  # what waits, what is framed
    rules_changed = Signal()
    asked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rules = LinkRules()
        self._asked: tuple[str, ...] = ()
        self._plan = Plan()
        self._marks: dict[int, Candidate] = {}
        self._preferences: Preferences | None = None

    @property
    def rules(self) -> LinkRules:
        return self._rules

    @property
    def asked(self) -> tuple[str, ...]:
        """The latest last."""
        return self._asked

    @property
    def plan(self) -> Plan:
        return self._plan

    @property
    def done(self) -> frozenset[str]:
        """Alarms whose picture had its time, or was taken away by hand."""
        return self._plan.done

    @property
    def marks(self) -> Mapping[int, Candidate]:
        """Cell to the alarm of its frame."""
        return self._marks

    def ask(self, alarm_id: str) -> None:
        """Somebody wants to see it now, also once more."""
        rest = [one for one in self._asked if one != alarm_id]
        self._asked = (*rest, alarm_id)[-MOST_ASKED:]
        self._plan = replace(self._plan, done=self._plan.done - {alarm_id})
        self.asked_changed.emit()

    def dismiss(self, alarm_id: str) -> None:
        """Its picture was taken away by hand: it does not come again by itself."""
        self._asked = tuple(one for one in self._asked if one != alarm_id)
        self._plan = replace(self._plan, done=self._plan.done | {alarm_id})

    def show(self, plan: Plan, marks: dict[int, Candidate]) -> None:
        if plan != self._plan or marks != self._marks:
            self._plan, self._marks = plan, marks
            self.changed.emit()

    def set_rules(self, rules: LinkRules) -> None:
        rules = _sound(rules)
        if rules != self._rules:
            self._rules = rules
            if self._preferences is not None:
                self._preferences.set(KEY_RULES, msgspec.to_builtins(rules))
            self.rules_changed.emit()

    def keep_in(self, preferences: Preferences) -> None:
        """From now on the rules are those of the user who sits here."""
        self._preferences = preferences
        preferences.follow(KEY_RULES, self._load)

    def _load(self) -> None:
        kept: Any = self._preferences.get(KEY_RULES) if self._preferences is not None else None
        rules = _sound(read_as(kept, LinkRules) or LinkRules())
        if rules != self._rules:
            self._rules = rules
            self.rules_changed.emit()


def _sound(rules: LinkRules) -> LinkRules:
    seconds = min(max(rules.return_after_s, SHORTEST_RETURN_S), LONGEST_RETURN_S)
    return replace(rules, return_after_s=seconds)
