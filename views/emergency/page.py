"""应急: from the evidence to every crew on its way in one act, and then the board of it.

Everything that is chosen goes to room.emergency, everything that is ordered to room.orders; what
has come of it is in room.incidents.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.commands.escalation import platform_now
from desktop.context import RoomContext
from desktop.domain.emergency.dispatch import Method
from desktop.domain.emergency.incidents import Incident, IncidentState
from desktop.domain.emergency.plans import ResponseLevel
from desktop.stores.throttle import Throttle
from views.emergency import presenting
from views.emergency.acting import Acting, Ask
from views.emergency.advice import Advisers
from views.emergency.begun import begun_clocks, show_begun
from views.emergency.board import ExecutionBoard
from views.emergency.board.clock_facts import board_clocks
from views.emergency.clock_strip import ClockStrip
from views.emergency.clock_words import cells_of, marks_of
from views.emergency.crew_map import CrewMap
from views.emergency.evidence import ROW_PX, EvidencePanel
from views.emergency.level_choice import LevelPanel
from views.emergency.level_words import asks_me
from views.emergency.outcome import OutcomePanel
from views.emergency.pair_words import PairFacts, empty_words, is_giver, pair_of
from views.emergency.panel import scrolling
from views.emergency.preparing import Preparing
from views.emergency.proposals import ProposalPanel
from views.emergency.recipients import RecipientPanel
from views.emergency.running import RunningResponse
from views.emergency.second_person import PairPanel
from views.emergency.showing import Parts, show_picture
from views.emergency.steps_bar import StepsBar
from widgets.confirm_dialog import ConfirmDialog
from widgets.empty_state import EmptyState
from widgets.seen_timer import SeenTimer

_GAP_PX = 4
_SECOND_MS, _TOLD_MS = 1000, 300
_LEFT_PX, _RIGHT_PX, _REFERENCE_PX = 396, 580, 1864


class EmergencyPage(QWidget):
    """Shows one draft or one incident; both outlive it."""

    link_asked = Signal(str)  # chengkan:// of what is to be shown elsewhere

    def __init__(
        self,
        room: RoomContext,
        advisers: Advisers,
        parent: QWidget | None = None,
        ask: Ask = ConfirmDialog.ask,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("emergency_page")
        self.setProperty("ground", "0")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._room = room
        self._incident_id = ""  # an incident that is looked at; empty: the draft
        self._advisers = advisers
        self.preparing = Preparing(room, advisers, self)
        self.acting = Acting(room, self, ask)
        self.preparing.is_being_given = self.acting.is_busy
        self._build()
        self._connect()
        SeenTimer(self, _SECOND_MS, self._tick)
        self.acting.match()  # what has come before this page was made
        self._tell()

    # ---- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        self.steps, self.clocks = StepsBar(), ClockStrip()
        self.evidence, self.levels, self.outcome = EvidencePanel(), LevelPanel(), OutcomePanel()
        self.evidence.setMinimumHeight(40 + 3 * ROW_PX)
        self.proposals, self.map = ProposalPanel(), CrewMap(self._room)
        self.recipients, self.pair = RecipientPanel(), PairPanel()
        self._parts = Parts(
            self.evidence, self.levels, self.outcome, self.proposals, self.map, self.recipients
        )
        self._grid = QGridLayout()
        self._left, self._middle, self._right = (
            self._column(parts)
            for parts in (
                ((self.evidence, 1), (self.levels, 0), (self.outcome, 0)),
                ((self.proposals, 0), (self.map, 1)),
                ((self.recipients, 1), (self.pair, 0)),
            )
        )
        body = QWidget()
        self._left = scrolling(self._left)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP_PX)
        for number, part in enumerate((self._left, self._middle, self._right)):
            self._grid.addWidget(part, 0, number)
        body.setLayout(self._grid)
        self.empty = EmptyState("alert-outline", "", "")
        self._body, self._stack = body, QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(body)
        self.running: RunningResponse | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP_PX)
        column.addWidget(self.steps)
        column.addWidget(self.clocks)
        column.addWidget(self._stack, 1)

    def _column(self, parts: Sequence[tuple[QWidget, int]]) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP_PX)
        for part, stretch in parts:
            column.addWidget(part, stretch)
        return whole

    def _connect(self) -> None:
        room, store = self._room, self._room.emergency
        telling = Throttle(self._tell, _TOLD_MS, self)
        self.preparing.changed.connect(self._tell)
        self.acting.changed.connect(self._tell)
        room.incidents.changed.connect(self._on_incidents)
        room.session.changed.connect(telling.call)
        room.health.changed.connect(telling.call)
        room.alarms.changed.connect(self._again)
        room.plans.changed.connect(self.preparing.refresh)
        room.layers.changed.connect(self.preparing.refresh)
        store.changed.connect(self._tell)
        store.opened.connect(self._show_draft)
        self.steps.drill_chosen.connect(self._set_drill)
        self.steps.asked.connect(self._choose_shown)
        self.steps.left.connect(partial(self.link_asked.emit, "chengkan://view/alarms"))
        self.levels.level_chosen.connect(self._choose_level)
        self.levels.plan_chosen.connect(self._choose_plan)
        self.proposals.method_chosen.connect(self._choose_method)
        self.map.dragged.connect(self._pin)
        self.map.released.connect(self._unpin)
        self.map.chosen.connect(room.selection.select_alarm)
        self.pair.first_held.connect(self._begin)
        self.pair.second_held.connect(self._approve)
        self.pair.withdraw_asked.connect(self._withdraw)
        self.pair.refuse_asked.connect(self._refuse)
        self.pair.join_asked.connect(self._join)

    # ---- what is shown ----------------------------------------------------------------------

    @property
    def incident(self) -> Incident | None:
        """The one that is looked at: chosen, begun here, or waiting for the second person."""
        store = self._room.incidents
        if self._incident_id and (chosen := store.get(self._incident_id)) is not None:
            return chosen
        draft = self._room.emergency.shown
        if draft is not None and (not draft.incident_id or draft.incident_id in store):
            return store.get(draft.incident_id)
        return next(iter(store.open()), None)

    def show_incident(self, incident_id: str) -> None:
        """From the notice, the badge or the menu; empty: the draft again."""
        self._incident_id = incident_id
        self._tell()

    def step_back(self) -> bool:
        """Esc: a crew in the hand is put back first."""
        if self.map.is_dragging:
            self.map._drop()
            return True
        return False

    def _show_draft(self, _draft_id: str) -> None:
        self._incident_id = ""
        self.preparing.refresh()

    def _on_incidents(self, _delta: object) -> None:
        """Another seat asks for the second person: it is shown when nothing is in hand here."""
        asked = next(filter(self._asks_me, self._room.incidents.open()), None)
        if asked is not None and self._room.emergency.shown is None:
            self._incident_id = asked.incident_id
        self._tell()

    def _is_mine(self, incident: Incident) -> bool:
        """Begun from the draft that is shown here: its picture stands."""
        draft = self._room.emergency.shown
        return draft is not None and draft.incident_id == incident.incident_id

    def _asks_me(self, incident: Incident) -> bool:
        user = self._room.session.user
        begun = incident.state is IncidentState.DRAFT and not is_giver(incident, user)
        return begun or asks_me(incident, user)

    def _again(self, _delta: object) -> None:
        if self.isVisible():
            self.preparing.refresh()

    def _tick(self) -> None:
        if self.isVisible():
            self.acting.match()
            self.preparing.refresh()
            self._tell_clocks()
            self._tell_pair()
            if self.running is not None:
                self.running.tell()

    def _tell(self) -> None:
        incident = self.incident
        running = incident is not None and incident.state in (
            IncidentState.ACTIVE, IncidentState.STANDING_DOWN, IncidentState.CLOSED
        )  # fmt: skip
        if running and incident is not None and self._show_board(incident):
            return
        picture = self.preparing.picture
        if picture is None and incident is None:
            self._tell_empty()
        else:
            self._stack.setCurrentWidget(self._body)
            if incident is not None and not self._is_mine(incident):
                show_begun(self._parts, self._room, incident)
            elif picture is not None:
                show_picture(self._parts, self._room, picture)
        self._tell_head()
        self._tell_clocks()
        self._tell_pair()

    def _tell_empty(self) -> None:
        self.clocks.show_clocks((), ())
        self.empty.tell("alert-outline", *empty_words(self._room))
        self._stack.setCurrentWidget(self.empty)

    def _tell_head(self) -> None:
        incident, draft = self.incident, self._room.emergency.shown
        about = ""
        if incident is not None:
            about = f"{incident.incident_id[-8:]} · {incident.title}"
        elif (picture := self.preparing.picture) is not None and picture.activation is not None:
            about = picture.activation.draft.title
        drill = incident.drill if incident is not None else bool(draft and draft.drill)
        changeable = incident is None and draft is not None and not draft.is_sent
        self.steps.tell(about, drill, changeable)
        self.steps.show_choices(*presenting.choices_of(self._room))
        now = self._step()
        self.steps.track.show_step(now, frozenset(range(1, now)))

    def _step(self) -> int:
        """The first that is not complete."""
        picture = self.preparing.picture
        if self.incident is not None:
            return 5 if self.incident.state is IncidentState.DRAFT else 6
        if picture is None or not picture.advice.rows:
            return 1
        if picture.level is None:
            return 2
        if picture.chosen is None:
            return 3
        return 4 if picture.activation is None else 5

    def _tell_clocks(self) -> None:
        if self.running is not None and self._stack.currentWidget() is self.running:
            self._tell_board_clocks()
            return
        picture, incident = self.preparing.picture, self.incident
        if self._stack.currentWidget() is not self._body:
            return
        now = platform_now(self._room)
        if incident is not None and not self._is_mine(incident):
            facts = begun_clocks(incident, self._room.plans.get(incident.plan_id), now)
            self.clocks.show_clocks(cells_of(facts), marks_of(facts))
            return
        if picture is None:
            return
        waits = self.incident is not None and self.incident.state is IncidentState.DRAFT
        facts = presenting.clocks_of(picture, now, waits)
        self.clocks.show_clocks(cells_of(facts), marks_of(facts))

    def _tell_pair(self) -> None:
        facts = PairFacts(
            self._room, self.preparing.picture, self.incident or self.acting.last_ended,
            self.acting.busy, self.acting.trouble, platform_now(self._room),
            self.preparing.is_stale,
        )  # fmt: skip
        self.pair.show_pair(pair_of(facts))

    @property
    def board(self) -> ExecutionBoard | None:
        return self.running.board if self.running is not None else None

    def _show_board(self, incident: Incident) -> bool:
        """Made with the first incident that runs; it follows it by itself."""
        if self.running is None:
            facts = self.preparing.facts
            self.running = RunningResponse(self._room, self._advisers, facts, self.acting)
            self._stack.addWidget(self.running)
        self.running.show_incident(incident.incident_id)
        self._incident_id = incident.incident_id  # closed it stays: its report is made now
        self._stack.setCurrentWidget(self.running)
        self._tell_head()
        self._tell_board_clocks()
        return True

    def _tell_board_clocks(self) -> None:
        facts = board_clocks(self.board.state) if self.board is not None else None
        if facts is not None:
            self.clocks.show_clocks(cells_of(facts), marks_of(facts))

    # ---- what is chosen ---------------------------------------------------------------------

    def _draft_id(self) -> str:
        draft = self._room.emergency.shown
        return draft.draft_id if draft is not None else ""

    def _set_drill(self, drill: bool) -> None:
        self._room.emergency.set_drill(self._draft_id(), drill)

    def _choose_shown(self, incident_id: str, draft_id: str) -> None:
        """From the menu of the title: another incident, or another draft."""
        if draft_id:
            self._room.emergency.show(draft_id)
            self._show_draft(draft_id)
        self.show_incident(incident_id)

    def _choose_level(self, level: ResponseLevel) -> None:
        self._room.emergency.choose_level(self._draft_id(), level)

    def _choose_plan(self, plan_id: str) -> None:
        self._room.emergency.choose_plan(self._draft_id(), plan_id, None)

    def _choose_method(self, method: Method) -> None:
        self._room.emergency.choose_method(self._draft_id(), method)

    def _pin(self, unit_id: str, site_id: str) -> None:
        self._room.emergency.pin(self._draft_id(), unit_id, site_id)

    def _unpin(self, unit_id: str) -> None:
        self._room.emergency.unpin(self._draft_id(), unit_id)

    # ---- what is ordered --------------------------------------------------------------------

    def _begin(self) -> None:
        picture = self.preparing.picture
        if picture is not None and picture.activation is not None:
            act = picture.activation.draft
            words = self.tr("{0} 级响应：{1}。派 {2} 个调度令，通知 {3} 人")
            if act.drill:
                words = self.tr("演练 ") + words
            what = words.format(
                act.level.warning.roman, act.title, len(act.orders),
                picture.activation.preview_people,
            )  # fmt: skip
            self.acting.begin(picture, what)

    def _approve(self) -> None:
        if (incident := self.incident) is not None:
            words = self.tr("复核 {0} 的 {1} 级响应：{2}")
            level = incident.level.warning.roman
            self.acting.approve(incident, words.format(incident.begun.name, level, incident.title))

    def _withdraw(self) -> None:
        if (incident := self.incident) is not None:
            self.acting.withdraw(incident, self.tr("发起人撤回"))

    def _refuse(self) -> None:
        if (incident := self.incident) is not None:
            self.acting.withdraw(incident, self.tr("复核人退回"))

    def _join(self, incident_id: str) -> None:
        """Another officer was faster: what was prepared here is about the same event."""
        self._room.emergency.drop(self._draft_id())
        self.show_incident(incident_id)

    # ---- placing ----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share = self.width() / _REFERENCE_PX
        self._left.setFixedWidth(round(min(max(_LEFT_PX * share, 320), 560)))
        self._right.setFixedWidth(round(min(max(_RIGHT_PX * share, 380), 760)))
        high = self.height()
        self.proposals.setFixedHeight(260 if high >= 900 else 180)
        self.pair.show_low(high < 900)
