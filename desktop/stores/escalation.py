"""Which steps of a ladder are on their way from this desk, and what became of the last try."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

StepKey = tuple[str, int]
"""order_id and number of the step; 0: another crew by hand."""


class EscalationStore(QObject):
    """What was sent stands in the incident and the outreach; here only what is between."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running = set[StepKey]()
        self._sent = dict[StepKey, datetime]()
        self._refusals = dict[StepKey, str]()

    def begin(self, key: StepKey) -> bool:
        """False where it is on its way already."""
        if key in self._running:
            return False
        self._running.add(key)
        self._refusals.pop(key, None)
        self.changed.emit()
        return True

    def end(self, key: StepKey, at: datetime, refusal: str = "") -> None:
        """The platform has it, or said why not."""
        self._running.discard(key)
        if refusal:
            self._refusals[key] = refusal
        else:
            self._sent[key] = at
        self.changed.emit()

    def is_running(self, key: StepKey) -> bool:
        return key in self._running

    def is_order_running(self, order_id: str) -> bool:
        return any(key[0] == order_id for key in self._running)

    def was_sent(self, key: StepKey) -> bool:
        """By this window: until the platform's own word has come."""
        return key in self._sent

    def refusal(self, key: StepKey) -> str:
        return self._refusals.get(key, "")

    def refusal_of(self, order_id: str) -> str:
        """The newest about one order."""
        found = [text for key, text in self._refusals.items() if key[0] == order_id]
        return found[-1] if found else ""
