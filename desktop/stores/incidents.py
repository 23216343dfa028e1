"""Incidents of this shift and what their crews have said, as the link tells them."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from desktop.domain.emergency.incidents import Incident
from desktop.domain.outreach import Receipt
from desktop.stores.keyed import KeyedStore

_NOTHING: Mapping[str, tuple[Receipt, ...]] = {}


class IncidentStore(KeyedStore[Incident]):
    """By incident_id; `receipts_changed` comes once for each batch of them."""

    receipts_changed = Signal(object)  # frozenset of order_ids

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._receipts: dict[str, dict[str, tuple[Receipt, ...]]] = {}
        self.offered = True
        """False: this platform has no incidents; `changed` is not emitted for it alone."""
        self.is_told = False
        """Whether the platform was asked since the link began: before that none is no calm."""

    def open(self) -> list[Incident]:
        """The gravest first, a real one before a drill, the newest first."""
        found = [one for one in self.items().values() if one.is_open]
        found.sort(key=lambda one: one.incident_id, reverse=True)
        return sorted(found, key=lambda one: (one.drill, one.level.rank))

    def receipts(self, order_id: str) -> Mapping[str, tuple[Receipt, ...]]:
        """unit_id or person -> what came of them, oldest first."""
        return self._receipts.get(order_id, _NOTHING)

    def take(self, incidents: Iterable[Incident], whole: bool = False) -> None:
        if whole:
            self.replace_all((one.incident_id, one) for one in incidents)
            return
        for one in incidents:
            known = self.get(one.incident_id)
            if known is None or (known.epoch, known.seq) != (one.epoch, one.seq):
                self.put(one.incident_id, one)

    def take_receipts(self, receipts: Iterable[Receipt]) -> None:
        """Each step of each of them once."""
        touched = set[str]()
        for one in receipts:
            of_order = self._receipts.setdefault(one.order_id, {})
            known = of_order.get(one.unit_id, ())
            if all(one.state is not step.state for step in known):
                of_order[one.unit_id] = tuple(sorted((*known, one), key=lambda r: r.state.rank))
                touched.add(one.order_id)
        if touched:
            self.receipts_changed.emit(frozenset(touched))
