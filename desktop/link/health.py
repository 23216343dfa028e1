"""The lights: what works, since when not, and what is being done about it."""

from datetime import timedelta
from math import ceil

from desktop.clock import Clock
from desktop.domain.duty import CITY_ZONE
from desktop.domain.freshness import freshness
from desktop.domain.link_messages import (
    FeedState,
    LinkHealth,
    OutboxState,
    ServiceCondition,
    ServiceState,
    StorageNotice,
)
from desktop.feeds import FEEDS
from desktop.feeds.spec import FeedSpec
from desktop.link.counters import LATE_AFTER_S, FeedCounters

DELAYED_S = 6.0  # three missed heads
_UNKNOWN_TEXT = "尚未登录"


class Light:
    """One service; `since` moves only when its condition does."""

    def __init__(self, clock: Clock, text: str = "") -> None:
        self._clock = clock
        self.state = ServiceState(ServiceCondition.UNKNOWN, clock.now(), text)

    def turn(self, condition: ServiceCondition, text: str = "") -> bool:
        """True when the operator sees something new."""
        same = condition is self.state.condition
        if same and text == self.state.text:
            return False
        since = self.state.since if same else self._clock.now()
        self.state = ServiceState(condition, since, text)
        return True


class Health:
    """Collects the lights and counters into one message."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.mqtt = Light(clock, _UNKNOWN_TEXT)
        self.rest = Light(clock, "正在连接平台接口")
        self.storage = Light(clock)
        self.storage_word = ""
        self.storage_notices: tuple[StorageNotice, ...] = ()
        self.counters: dict[str, FeedCounters] = {
            feed.feed_id: FeedCounters(late_after_s=max(feed.stale_after_s, LATE_AFTER_S))
            for feed in FEEDS
        }
        self._clock_offset_s: float | None = None
        self._mqtt_up_s: float | None = None

    @property
    def clock_offset_s(self) -> float | None:
        """Platform minus desk; it also decides what was late."""
        return self._clock_offset_s

    @clock_offset_s.setter
    def clock_offset_s(self, offset_s: float | None) -> None:
        self._clock_offset_s = offset_s
        for counted in self.counters.values():
            counted.offset_s = offset_s

    @property
    def is_mqtt_up(self) -> bool:
        return self.mqtt.state.condition is ServiceCondition.UP

    def turn_mqtt(self, condition: ServiceCondition, text: str) -> bool:
        self._mqtt_up_s = self._clock.monotonic_s() if condition is ServiceCondition.UP else None
        return self.mqtt.turn(condition, text)

    def signed_out(self) -> None:
        self._mqtt_up_s = None
        self.mqtt.turn(ServiceCondition.UNKNOWN, _UNKNOWN_TEXT)

    def turn_rest(self, failure: str) -> bool:
        if not failure:
            return self.rest.turn(ServiceCondition.UP)
        text = f"平台接口不可用：{failure}，正在重试；已有告警与地图照常可看"
        return self.rest.turn(ServiceCondition.DOWN, text)

    def _rest_state(self, obliged_s: float) -> ServiceState:
        """With a pause that the platform asked for: until when, and how long that is."""
        state = self.rest.state
        if obliged_s <= 0 or state.condition is not ServiceCondition.DOWN:
            return state
        until = (self._clock.now() + timedelta(seconds=obliged_s)).astimezone(CITY_ZONE)
        text = f"平台请求过多，要求暂停；{until:%H:%M:%S} 自动再试；已有告警与地图照常可看"
        return ServiceState(state.condition, state.since, text, float(ceil(obliged_s)))

    def message(self, outbox: OutboxState, obliged_s: float = 0.0) -> LinkHealth:
        """`obliged_s`: left of a pause that the platform asked for."""
        return LinkHealth(
            mqtt=self._delayed() or self.mqtt.state,
            rest=self._rest_state(obliged_s),
            storage=self.storage.state,
            storage_word=self.storage_word,
            storage_notices=self.storage_notices,
            feeds=self._feeds(),
            outbox=outbox,
            clock_offset_s=self.clock_offset_s,
        )

    def _delayed(self) -> ServiceState | None:
        """Connected, and yet nothing comes: the heartbeat of the log is missing.

        The condition stays UP (the line is), the feeds are stale and the text says why.
        """
        if self._mqtt_up_s is None:
            return None
        now_s = self._clock.monotonic_s()
        last_s = self.counters["alarm_head"].last_s
        silent_s = now_s - max(self._mqtt_up_s, last_s or 0.0)
        if silent_s <= DELAYED_S:
            return None
        text = f"数据延迟：已连接，但平台已 {silent_s:.0f} 秒没有心跳；正在由平台接口补收"
        return ServiceState(ServiceCondition.UP, self.mqtt.state.since, text)

    @property
    def is_delayed(self) -> bool:
        return self._delayed() is not None

    def _feeds(self) -> dict[str, FeedState]:
        now_s = self._clock.monotonic_s()
        return {feed.feed_id: self._feed(feed, now_s) for feed in FEEDS}

    def _feed(self, feed: FeedSpec[object], now_s: float) -> FeedState:
        counted = self.counters[feed.feed_id]
        ages = [counted.age_s(now_s)]
        if feed.alive_with:
            ages.append(self.counters[feed.alive_with].age_s(now_s))
        known = [age for age in ages if age is not None]
        age_s = round(min(known), 1) if known else None
        return FeedState(
            freshness=freshness(age_s, feed.stale_after_s, self.is_mqtt_up),
            received=counted.received,
            stored=counted.stored,
            rejected=counted.rejected,
            duplicates=counted.duplicates,
            backfilled=counted.backfilled,
            missing=counted.missing,
            age_s=age_s,
            late=counted.late,
            cleaned=counted.cleaned,
            unmapped=counted.unmapped.names,
        )
