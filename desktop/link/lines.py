"""The two lines to the broker: every alarm on one, the newest telemetry on the other."""

import asyncio
import ssl
from collections.abc import Callable

from desktop.clock import Clock
from desktop.domain.link_messages import ServiceCondition
from desktop.feeds import FEEDS
from desktop.ids import ulid
from desktop.link.ingest import Arrived, Ingest
from desktop.link.mqtt import LineSpec, MqttLine, OnMessage, OnState
from desktop.link.session import Session
from desktop.link.telemetry import Telemetry
from local_db.journal import Journal

RENEW_PAUSE_S = 30.0


class Lines:
    """Runs while somebody is signed in; a new user, seat or broker starts them anew."""

    def __init__(
        self,
        session: Session,
        seat_id: str,
        profile_id: str,
        tls: ssl.SSLContext,
        ingest: Ingest,
        telemetry: Telemetry,
        on_state: OnState,
        clock: Clock,
    ) -> None:
        """`seat_id` of the settings counts where the platform names none."""
        self._session = session
        self._seat_id = seat_id
        self._profile_id = profile_id
        self._tls = tls
        self._ingest = ingest
        self._telemetry = telemetry
        self._on_state = on_state
        self._clock = clock
        self._changed = asyncio.Event()
        self._renewed_s = float("-inf")

    def session_changed(self) -> None:
        self._changed.set()

    async def run(self, ready: asyncio.Event) -> None:
        """Never returns. Waits for `ready`: events count only once the epoch is known."""
        await ready.wait()
        while True:
            self._changed.clear()
            if self._key() is None:
                await self._changed.wait()
                continue
            await self._run_until_changed()

    async def _run_until_changed(self) -> None:
        key = self._key()
        async with asyncio.TaskGroup() as group:
            alarms = group.create_task(self._alarm_line().run())
            quick = group.create_task(self._telemetry_line().run())
            while self._key() == key:
                await self._changed.wait()
                self._changed.clear()
            alarms.cancel()
            quick.cancel()

    def _key(self) -> tuple[object, ...] | None:
        user, broker = self._session.user, self._session.broker
        if user is None or broker is None:
            return None
        return user.user_id, user.seat_id, broker.host, broker.port, broker.prefix, broker.tls

    def _spec(self, letter: str, persistent: bool) -> LineSpec:
        user, broker = self._session.user, self._session.broker
        assert user is not None and broker is not None
        seat = user.seat_id or self._seat_id
        wanted = {feed.topic for feed in FEEDS if feed.keeps_every_message == persistent}
        topics = tuple(
            (f"{broker.prefix.rstrip('/')}/{feed.topic}", int(persistent))
            for feed in FEEDS
            if feed.topic in wanted and not any(_covers(wide, feed.topic) for wide in wanted)
        )
        extra = tuple(f"/{feed.topic}" for feed in FEEDS if feed.is_optional)
        optional = frozenset(topic for topic, _ in topics if extra and topic.endswith(extra))
        return LineSpec(f"desk-{seat}-{self._profile_id}-{letter}", topics, persistent, optional)

    def _alarm_line(self) -> MqttLine:
        spec = self._spec("a", persistent=True)
        return self._line(spec, self._alarm_arrived(spec), self._alarm_state)

    def _telemetry_line(self) -> MqttLine:
        spec = self._spec("t", persistent=False)
        return self._line(spec, self._telemetry.put, lambda condition, text: None)

    def _line(self, spec: LineSpec, on_message: OnMessage, on_state: OnState) -> MqttLine:
        account = self._session.account
        return MqttLine(spec, account, self._tls, on_message, on_state, self._clock)

    def _alarm_arrived(self, spec: LineSpec) -> OnMessage:
        feeds = {
            topic: next(feed for feed in FEEDS if topic.endswith(feed.topic))
            for topic, _ in spec.topics
        }

        def arrived(topic: str, payload: bytes, acknowledge: Callable[[], None]) -> None:
            feed = feeds.get(topic) or feeds.get(f"{topic.rpartition('/')[0]}/+")
            if feed is None:
                acknowledge()  # nobody asked for it
            else:
                self._ingest.put(Arrived(feed, topic, payload, acknowledge))

        return arrived

    def _alarm_state(self, condition: ServiceCondition, text: str) -> None:
        self._on_state(condition, text)
        if condition is ServiceCondition.UP:
            self._renewed_s = float("-inf")  # the next break is a new matter
        if condition in (ServiceCondition.REFUSED, ServiceCondition.DOWN):
            self._ask_new_account()

    def _ask_new_account(self) -> None:
        """Passwords expire and brokers move: a renewed session names the present ones."""
        now_s = self._clock.monotonic_s()
        if now_s - self._renewed_s >= RENEW_PAUSE_S:
            self._renewed_s = now_s
            self._session.renew_soon()


def _covers(wide: str, topic: str) -> bool:
    """Whether a wider filter brings the same messages: asked for twice, they come twice."""
    words, parts = wide.split("/"), topic.split("/")
    return wide != topic and len(words) == len(parts) and all(
        word in ("+", part) for word, part in zip(words, parts, strict=True)
    )  # fmt: skip


def profile_id(journal: Journal) -> str:
    """Made once and kept: the broker knows this desk's session by it."""
    known = journal.meta("profile_id")
    if not known:
        known = ulid()[-10:].lower()
        journal.set_meta("profile_id", known)
    return known
