"""The responses that are being prepared here: what the officer has chosen so far.

One draft for one event; only one is shown, and what is chosen goes to that one alone. A draft
outlives a change of page and, with the preferences of the user, a restart.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from desktop.domain.alarms import AwareTime
from desktop.domain.emergency.dispatch import Method
from desktop.domain.emergency.plans import ResponseLevel
from desktop.domain.link_messages import OrderCondition, OrderState
from desktop.ids import ulid
from desktop.stores.preferences import Preferences, read_as

KEY = "emergency_drafts"
MOST_DRAFTS = 4


class Pin(Struct, frozen=True):
    """A crew that was dragged to a site: it goes there whatever the solver thinks."""

    unit_id: str
    site_id: str


class EmergencyState(Struct, frozen=True, kw_only=True):
    """`method` None: the recommended one. `evidence`: as it stood when it was last looked at.

    `order_id` is noted before the one act is given, `incident_id` when the platform has told what
    it made; `trouble`: what became of the last try; an empty `level`: nothing is suggested.
    """

    draft_id: str
    alarm_ids: tuple[str, ...]
    opened_at: AwareTime
    plan_id: str = ""
    level: ResponseLevel | None = None
    plan_by_hand: bool = False
    level_by_hand: bool = False
    drill: bool = False
    method: Method | None = None
    pins: tuple[Pin, ...] = ()
    evidence: tuple[str, ...] = ()
    order_id: str = ""
    incident_id: str = ""
    trouble: str = ""

    @property
    def is_sent(self) -> bool:
        return bool(self.incident_id)

    @property
    def is_unknown(self) -> bool:
        """Given, and nobody has told yet what became of it."""
        return bool(self.order_id) and not self.incident_id


class _Kept(Struct, frozen=True):
    shown: str = ""
    drafts: tuple[EmergencyState, ...] = ()


class EmergencyDraft(QObject):
    """Every change names its draft: an answer that comes late finds only its own."""

    changed = Signal()
    opened = Signal(str)  # draft_id: somebody wants to see it now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts: dict[str, EmergencyState] = {}
        self._shown = ""
        self._in_hand: set[str] = set()
        self._preferences: Preferences | None = None

    @property
    def shown(self) -> EmergencyState | None:
        return self._drafts.get(self._shown)

    def get(self, draft_id: str) -> EmergencyState | None:
        return self._drafts.get(draft_id)

    def drafts(self) -> tuple[EmergencyState, ...]:
        """The newest last."""
        return tuple(self._drafts.values())

    # ---- which one --------------------------------------------------------------------------

    def begin(self, alarm_ids: Iterable[str], at: datetime, drill: bool = False) -> EmergencyState:
        """The draft that is about the first of them, or a new one; it is shown."""
        ids = tuple(dict.fromkeys(alarm_ids))
        draft = self._about(ids[0], drill) if ids else None
        if draft is None:
            draft = EmergencyState(draft_id=ulid(), alarm_ids=ids, opened_at=at, drill=drill)
            self._drafts[draft.draft_id] = draft
            for old in tuple(self._drafts)[:-MOST_DRAFTS]:
                del self._drafts[old]
        self._shown = draft.draft_id
        self._tell()
        self.opened.emit(draft.draft_id)
        return draft

    def show(self, draft_id: str) -> None:
        if draft_id in self._drafts and draft_id != self._shown:
            self._shown = draft_id
            self._tell()

    def drop(self, draft_id: str) -> None:
        """Given up, withdrawn, or carried out."""
        if self._drafts.pop(draft_id, None) is not None:
            if self._shown == draft_id:
                self._shown = next(reversed(self._drafts), "")
            self._tell()

    # ---- what is chosen ---------------------------------------------------------------------

    def suggest(
        self, draft_id: str, plan_id: str, level: ResponseLevel | None, alarm_ids: Iterable[str]
    ) -> None:
        """What the officer has chosen by hand stays; the alarms it was opened with stay too."""
        draft = self._open(draft_id)
        if draft is None:
            return
        ids = tuple(dict.fromkeys((*draft.alarm_ids[:1], *alarm_ids)))
        changes: dict[str, Any] = {"alarm_ids": ids}
        if not draft.plan_by_hand:
            changes["plan_id"] = plan_id
        if not draft.level_by_hand and changes.get("plan_id", draft.plan_id) == plan_id:
            changes["level"] = level
        self._put(replace(draft, **changes))

    def choose_plan(self, draft_id: str, plan_id: str, level: ResponseLevel | None) -> None:
        """Another plan has other levels: what was chosen by hand of the former one goes."""
        if draft := self._open(draft_id):
            self._put(
                replace(
                    draft, plan_id=plan_id, plan_by_hand=True, level=level, level_by_hand=False,
                    pins=(),
                )
            )  # fmt: skip

    def choose_level(self, draft_id: str, level: ResponseLevel) -> None:
        if draft := self._open(draft_id):
            self._put(replace(draft, level=level, level_by_hand=True))

    def choose_method(self, draft_id: str, method: Method) -> None:
        if draft := self._open(draft_id):
            self._put(replace(draft, method=method))

    def set_drill(self, draft_id: str, drill: bool) -> None:
        if draft := self._open(draft_id):
            self._put(replace(draft, drill=drill))

    def pin(self, draft_id: str, unit_id: str, site_id: str) -> None:
        """A crew is at one place: its former pin goes."""
        if draft := self._open(draft_id):
            rest = tuple(one for one in draft.pins if one.unit_id != unit_id)
            self._put(replace(draft, pins=(*rest, Pin(unit_id, site_id))))

    def unpin(self, draft_id: str, unit_id: str = "") -> None:
        """One crew, or every one."""
        if draft := self._open(draft_id):
            kept = tuple(one for one in draft.pins if unit_id and one.unit_id != unit_id)
            self._put(replace(draft, pins=kept))

    def note_evidence(self, draft_id: str, lines: Iterable[str]) -> None:
        if draft := self._open(draft_id):
            self._put(replace(draft, evidence=tuple(lines)), quietly=True)

    # ---- the one act ------------------------------------------------------------------------

    def giving(self, draft_id: str, order_id: str) -> None:
        """Before anything leaves: from now on the draft is found by this id, and stays as it is."""
        if draft := self._open(draft_id):
            self._in_hand.add(order_id)
            self._put(replace(draft, order_id=order_id, trouble=""))

    def given(self, order_id: str) -> None:
        """Nobody waits for it here any more, whatever became of it."""
        self._in_hand.discard(order_id)
        self.changed.emit()

    def unknown(self) -> tuple[EmergencyState, ...]:
        """Given by a window that is gone, or without an answer: somebody has to ask."""
        return tuple(
            one for one in self._drafts.values()
            if one.is_unknown and one.order_id not in self._in_hand
        )  # fmt: skip

    def take_order(self, state: OrderState) -> None:
        """What became of an act: its incident, or the reason why there is none."""
        draft = next((one for one in self._drafts.values() if one.order_id == state.order_id), None)
        if draft is None or draft.incident_id:
            return
        if state.condition is OrderCondition.ACCEPTED and state.result_id:
            self.sent(draft.draft_id, incident_id=state.result_id)
        elif state.condition in (OrderCondition.REFUSED, OrderCondition.EXPIRED):
            self.reopen(draft.draft_id, state.text)

    def sent(self, draft_id: str, order_id: str = "", incident_id: str = "") -> None:
        """The one act was given; from now on the platform has it."""
        if draft := self._drafts.get(draft_id):
            changes = {"order_id": order_id or draft.order_id}
            changes["incident_id"] = incident_id or draft.incident_id
            self._put(replace(draft, **changes))

    def reopen(self, draft_id: str, trouble: str = "") -> None:
        """The platform has refused, or time ran out: it can be changed and given again."""
        if draft := self._drafts.get(draft_id):
            self._put(replace(draft, order_id="", incident_id="", trouble=trouble))

    # ---- keeping ----------------------------------------------------------------------------

    def keep_in(self, preferences: Preferences) -> None:
        """From now on the drafts are those of the user who sits here."""
        self._preferences = preferences
        preferences.loaded.connect(self._load)
        self._load()

    def _load(self) -> None:
        assert self._preferences is not None
        kept = read_as(self._preferences.get(KEY), _Kept) or _Kept()
        drafts: Mapping[str, EmergencyState] = {one.draft_id: one for one in kept.drafts}
        if drafts != self._drafts or kept.shown != self._shown:
            self._drafts, self._shown = dict(drafts), kept.shown
            self.changed.emit()

    def _about(self, alarm_id: str, drill: bool) -> EmergencyState | None:
        for draft in reversed(self._drafts.values()):
            if alarm_id in draft.alarm_ids and draft.drill is drill and not draft.is_sent:
                return draft
        return None

    def _open(self, draft_id: str) -> EmergencyState | None:
        """A draft that was given is the platform's: nothing of it changes any more."""
        draft = self._drafts.get(draft_id)
        return None if draft is None or draft.is_sent or draft.order_id else draft

    def _put(self, draft: EmergencyState, quietly: bool = False) -> None:
        if draft == self._drafts.get(draft.draft_id):
            return
        self._drafts[draft.draft_id] = draft
        self._tell(quietly)

    def _tell(self, quietly: bool = False) -> None:
        if self._preferences is not None:
            kept = _Kept(self._shown, tuple(self._drafts.values()))
            self._preferences.set(KEY, msgspec.to_builtins(kept))
        if not quietly:
            self.changed.emit()
