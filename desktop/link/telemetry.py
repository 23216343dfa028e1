"""Telemetry: only the last value of each topic counts, and never delays an alarm."""

import asyncio
import logging
import threading
from collections.abc import Callable

from desktop.clock import Clock
from desktop.domain.points import Reading
from desktop.feeds import FEEDS
from desktop.feeds.spec import FeedSpec
from desktop.feeds.wire import MAX_MESSAGE_BYTES, DecodeError
from desktop.link.counters import FeedCounters
from desktop.link.ingest import STORAGE_ERRORS, Ingest

log = logging.getLogger(__name__)

TICK_S = 0.5  # as often as positions are told: one waking for both
MAX_TOPICS = 50_000
MAX_QUARANTINED = 20  # a tick: a flood of nonsense is counted, not kept
AT_ONCE = 200  # messages: then whatever else waits in the loop has its turn


def _nobody(message: object) -> bool:
    return False


class Telemetry:
    """paho's thread puts, the loop takes what changed since the last tick."""

    def __init__(
        self,
        counters: dict[str, FeedCounters],
        ingest: Ingest,
        tell: Callable[[tuple[Reading, ...]], None],
        clock: Clock,
        others: Callable[[object], bool] = _nobody,
    ) -> None:
        """`others` takes what is no Reading, and says whether it was news."""
        self._others = others
        self._counters = counters
        self._ingest = ingest
        self._tell = tell
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: dict[str, tuple[bytes, int]] = {}
        self._latest: dict[tuple[str, str], Reading] = {}

    @property
    def latest(self) -> tuple[Reading, ...]:
        """For a station that has just come."""
        return tuple(self._latest.values())

    def put(self, topic: str, payload: bytes, acknowledge: Callable[[], None]) -> None:
        """On paho's thread. A newer value stands for the one that was not taken yet."""
        if len(payload) > MAX_MESSAGE_BYTES:
            payload = payload[:0]  # refused by the decoder, without holding it
        with self._lock:
            _, count = self._waiting.get(topic, (b"", 0))
            if count or len(self._waiting) < MAX_TOPICS:
                self._waiting[topic] = (payload, count + 1)

    async def run(self) -> None:
        """Never returns."""
        while True:
            await self._clock.sleep(TICK_S)
            with self._lock:
                waiting, self._waiting = self._waiting, {}
            if waiting:
                await self._take(waiting)

    async def _take(self, waiting: dict[str, tuple[bytes, int]]) -> None:
        now, now_s = self._clock.now(), self._clock.monotonic_s()
        readings: list[Reading] = []
        refused: list[tuple[str, str, bytes]] = []
        for number, (topic, (payload, count)) in enumerate(waiting.items(), start=1):
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)
            feed = feed_of(topic)
            if feed is None:
                continue
            counter = self._counters[feed.feed_id]
            counter.note_received(now_s, count)
            try:
                reading = feed.decode(topic, payload)
            except DecodeError as error:
                counter.rejected += 1
                refused.append((topic, error.reason, payload))
                continue
            if isinstance(reading, Reading):
                is_first = (reading.class_id, reading.point_id) not in self._latest
                counter.examine(reading, payload, now, now_s, is_first)
            if isinstance(reading, Reading) and self._is_news(reading):
                counter.stored += 1
                readings.append(reading)
            elif not isinstance(reading, Reading) and self._others(reading):
                counter.stored += 1
        if readings:
            self._tell(tuple(readings))
        await self._quarantine(refused[:MAX_QUARANTINED])

    def _is_news(self, reading: Reading) -> bool:
        key = (reading.class_id, reading.point_id)
        known = self._latest.get(key)
        if known == reading or (known is None and len(self._latest) >= MAX_TOPICS):
            return False
        self._latest[key] = reading
        return True

    async def _quarantine(self, refused: list[tuple[str, str, bytes]]) -> None:
        if not refused:
            return
        now = self._clock.now()
        rows = [(topic, now, reason, payload) for topic, reason, payload in refused]
        try:
            await self._ingest.run(lambda journal: journal.put_quarantine(rows))
        except STORAGE_ERRORS as error:
            log.error("quarantine: %s", error)


_QUICK = tuple(feed for feed in FEEDS if not feed.keeps_every_message)


def feed_of(topic: str) -> FeedSpec[object] | None:
    """By the words of the topic behind the prefix, which itself has two (city/{adcode})."""
    words = topic.split("/")[2:]
    for feed in _QUICK:
        pattern = feed.topic.split("/")
        if len(pattern) == len(words) and all(
            expected in ("+", word) for expected, word in zip(pattern, words, strict=True)
        ):
            return feed
    return None
