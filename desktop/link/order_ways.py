"""Orders on what is no alarm: the outbox carries them, each kind knows its own way."""

from abc import ABC, abstractmethod

from desktop.domain.link_messages import OrderCondition
from desktop.link.rest import Refused
from local_db.outbox import OutboxEntry


class OrderWays(ABC):
    """One kind of orders; the words are the operator's."""

    verbs: frozenset[str] = frozenset()
    asks_afterwards = False
    """Whether the platform tells what became of an order whose answer never came."""

    @abstractmethod
    def route(self, entry: OutboxEntry) -> tuple[str, object]:
        """Path and body."""

    def headers(self, entry: OutboxEntry, left_s: float) -> dict[str, str]:
        """More than the key. `left_s`: for so long the order may still be carried out."""
        return {}

    def taken(self, entry: OutboxEntry) -> None:
        """It was written."""
        return

    async def accepted(self, entry: OutboxEntry, content: bytes) -> None:
        """The platform's answer. Raises the storage's errors."""
        return

    def result_of(self, order_id: str) -> str:
        """Id of what an accepted order has made."""
        return ""

    def refusal(self, entry: OutboxEntry, error: Refused) -> str:
        """Empty: the usual words."""
        return ""

    async def overtaken(self, error: Refused) -> None:
        """A refusal that names what is there instead. Raises the storage's errors."""
        return

    def never_sent(self, entry: OutboxEntry) -> str:
        """What is said of an order that did not leave in time. Empty: the usual words."""
        return ""

    async def became_of(self, entry: OutboxEntry) -> tuple[OrderCondition, str] | None:
        """Reads what became of it, without sending it; None: not known yet."""
        return None
