"""Messages and calls of the last day, as the link tells them."""

from desktop.domain.link_messages import OutreachTold
from desktop.domain.outreach import Outreach, newest_about
from desktop.stores.keyed import KeyedStore


class OutreachStore(KeyedStore[Outreach]):
    """By order_id."""

    def take(self, told: OutreachTold) -> None:
        if told.whole:
            self.replace_all((one.order_id, one) for one in told.items)
            return
        for one in told.items:
            self.put(one.order_id, one)

    def about(self, target: str) -> list[Outreach]:
        """Newest first."""
        return newest_about(self.items().values(), target)
