"""Whether what a feed last told can still be taken for the present."""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.clock import Clock
from desktop.domain.freshness import Freshness
from desktop.domain.link_messages import ServiceCondition
from desktop.stores.health import HealthStore

CHECK_EVERY_MS = 1000
# The link speaks once a second; three missed words mean that it hangs.
SILENT_LINK_S = 3.5


class FeedWatch(QObject):
    """One feed's trust: the link may die or hang, so its last word ages here."""

    changed = Signal()  # freshness turned

    def __init__(
        self, health: HealthStore, feed_id: str, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._health = health
        self._feed_id = feed_id
        self._clock = clock
        self._heard_s: float | None = None  # monotonic time of the link's last word
        self._as_of: datetime | None = None
        self.freshness = Freshness.NEVER
        health.changed.connect(self._hear)
        timer = QTimer(self)
        timer.setInterval(CHECK_EVERY_MS)
        timer.timeout.connect(self.check)
        timer.start()
        self._hear()

    @property
    def as_of(self) -> datetime | None:
        """Wall time of the feed's last sign of life, None before the first."""
        return self._as_of

    @property
    def age_s(self) -> float | None:
        if self._as_of is None:
            return None
        return max(0.0, (self._clock.now() - self._as_of).total_seconds())

    @property
    def link_silent(self) -> bool:
        """The link's socket stands but its word of each second stays away."""
        return self._heard_s is None or self._clock.monotonic_s() - self._heard_s > SILENT_LINK_S

    def check(self) -> None:
        """Called by the timer; tests call it after moving the clock."""
        found = self._find()
        if found is not self.freshness:
            self.freshness = found
            self.changed.emit()

    def _hear(self) -> None:
        health = self._health.health
        if self._health.link_connected:
            self._heard_s = self._clock.monotonic_s()
            feed = health.feeds.get(self._feed_id)
            if feed is not None and feed.age_s is not None:
                self._as_of = self._clock.now() - timedelta(seconds=feed.age_s)
        self.check()

    def _find(self) -> Freshness:
        if self._as_of is None:
            return Freshness.NEVER
        health = self._health.health
        if not self._health.link_connected or self.link_silent:
            return Freshness.LOST
        if health.mqtt.condition is not ServiceCondition.UP:
            return Freshness.LOST
        feed = health.feeds.get(self._feed_id)
        return feed.freshness if feed is not None else Freshness.NEVER
