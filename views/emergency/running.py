"""A response that runs: the strip of its level above its board, and what is ordered there."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.context import RoomContext
from desktop.domain.emergency.incidents import Incident, IncidentState
from desktop.domain.emergency.plans import ResponseLevel
from desktop.tasks import TaskScope
from views.emergency.acting import Acting
from views.emergency.advice import Advisers
from views.emergency.board import ExecutionBoard
from views.emergency.desk_facts import DeskFacts
from views.emergency.level_dialog import LevelDialog
from views.emergency.level_facts import LevelFacts, Offer
from views.emergency.level_strip import LevelStrip
from views.emergency.level_words import StripFacts, strip_of
from views.emergency.pair_words import level_words
from views.emergency.supplement_dialog import SupplementDialog

_GAP_PX = 4


class RunningResponse(QWidget):
    """Made with the first incident that runs; it follows it by itself."""

    def __init__(
        self,
        room: RoomContext,
        advisers: Advisers,
        facts: DeskFacts,
        acting: Acting,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "0")
        self._room, self._facts, self._acting = room, facts, acting
        self._scope = TaskScope(self)
        self.levels = LevelFacts(room, advisers, facts, self)
        self.strip, self.board = LevelStrip(), ExecutionBoard(room)
        self._dialog: LevelDialog | SupplementDialog | None = None
        self._seen: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP_PX)
        column.addWidget(self.strip)
        column.addWidget(self.board, 1)
        self.levels.changed.connect(self.tell)
        acting.changed.connect(self.tell)
        acting.done.connect(self._on_done)
        self.strip.change_asked.connect(self.ask_level)
        self.strip.supplement_asked.connect(self.ask_supplement)
        self.strip.signed.connect(self._sign)
        self.strip.refused.connect(self._refuse)
        self.strip.withdrawn.connect(self._withdraw)

    @property
    def incident(self) -> Incident | None:
        return self.board.state.incident

    def show_incident(self, incident_id: str) -> None:
        if incident_id != self.board.incident_id:
            self._close_dialog()
        self.board.show_incident(incident_id)
        self.tell()

    def tell(self) -> None:
        """The strip; the board tells itself."""
        incident = self.incident
        self.strip.setVisible(incident is not None and incident.state is IncidentState.ACTIVE)
        if incident is None or incident.state is not IncidentState.ACTIVE:
            return
        seen = (incident.incident_id, incident.level, incident.orders)
        self.levels.look(incident, at_once=seen != self._seen)
        self._seen = seen
        acting = self._acting
        self.strip.show_view(
            strip_of(
                StripFacts(
                    self._room, incident, self.levels.picture, self._facts.now(), acting.busy,
                    acting.trouble,
                )
            )
        )  # fmt: skip
        if (dialog := self.dialog) is not None:
            dialog.tell(acting.trouble, acting.busy)

    # ---- another level ----------------------------------------------------------------------

    def ask_level(self) -> None:
        incident = self.incident
        plan = self._room.plans.get(incident.plan_id) if incident is not None else None
        if incident is None or plan is None:
            return
        known = self.levels.picture
        fits = known is not None and known.incident.incident_id == incident.incident_id
        dialog = LevelDialog(
            incident, plan, known.advice if known is not None and fits else None,
            self._room.session.user, self,
        )  # fmt: skip
        dialog.chosen.connect(self._change)
        self._open(dialog)

    def _change(self, level: ResponseLevel) -> None:
        incident = self.incident
        if incident is not None:
            words = self.tr("「{0}」的级别 {1} 变更为 {2}")
            what = words.format(incident.title, level_words(incident.level), level_words(level))
            self._acting.change_level(incident, level, what)

    def _sign(self) -> None:
        incident = self.incident
        if incident is not None and incident.asked is not None:
            words = self.tr("复核 {0} 提请的 {1}：{2}")
            asked = incident.asked
            what = words.format(asked.by.name, level_words(asked.level), incident.title)
            self._acting.approve(incident, what)

    def _refuse(self) -> None:
        if (incident := self.incident) is not None:
            self._acting.withdraw(incident, self.tr("复核人退回"))

    def _withdraw(self) -> None:
        if (incident := self.incident) is not None:
            self._acting.withdraw(incident, self.tr("提请人撤回"))

    # ---- what the level still asks for ------------------------------------------------------

    def ask_supplement(self) -> None:
        if self.incident is not None:
            dialog = SupplementDialog(self)
            dialog.held.connect(self._order)
            self._open(dialog)
            self._scope.spawn(self._fill(dialog, self.incident), "supplement of a response")

    async def _fill(self, dialog: SupplementDialog, incident: Incident) -> None:
        offer = await self.levels.offer(incident)
        if self.dialog is dialog:
            dialog.show_offer(offer)

    def _order(self, offer: Offer) -> None:
        incident = self.incident
        if incident is not None and incident.incident_id == offer.picture.incident.incident_id:
            made = offer.supplement
            self._acting.add_orders(incident, made.orders, made.messages)

    # ---- the dialog -------------------------------------------------------------------------

    @property
    def dialog(self) -> LevelDialog | SupplementDialog | None:
        """None also after Escape, which deletes it."""
        known = self._dialog
        return known if known is not None and isValid(known) else None

    def _open(self, dialog: LevelDialog | SupplementDialog) -> None:
        self._close_dialog()
        self._dialog = dialog
        dialog.open_over(self.window())

    def _close_dialog(self) -> None:
        dialog, self._dialog = self.dialog, None
        if dialog is not None:
            dialog.close()

    def _on_done(self, was_given: bool) -> None:
        """The platform has taken it: the strip tells the rest. A refusal stays to be read."""
        if was_given:
            self._close_dialog()
