"""The lights: what each way to the platform and each feed says of itself."""

from datetime import datetime, timedelta
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.clock import Clock
from desktop.domain.link_messages import (
    LinkHealth,
    OutboxState,
    PlatformState,
    ServiceCondition,
    ServiceState,
    SessionState,
    User,
)

_NO_LINK = ServiceState(ServiceCondition.DOWN, None, "数据链路进程未连接，正在重启")


class _Base(NamedTuple):
    """What the platform's clock showed when the offset was new."""

    offset_s: float
    at: datetime
    steady_s: float


class HealthStore(QObject):
    """State of the link as last told; when the link's socket is closed everything is down."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._health: LinkHealth | None = None
        self._base: _Base | None = None
        self.link_connected = False

    @property
    def health(self) -> LinkHealth:
        """Never stale: without the link it says that there is no link."""
        if self._health is None or not self.link_connected:
            last = self._health
            return LinkHealth(
                mqtt=_NO_LINK,
                rest=_NO_LINK,
                feeds=last.feeds if last else {},
                outbox=last.outbox if last else OutboxState(),
            )
        return self._health

    def platform_now(self, clock: Clock) -> datetime:
        """The desk's time set right by what the link measured last, and from then on by a clock
        that nobody can set: a desk whose time jumps is right before it is measured anew."""
        offset_s, steady_s = self.health.clock_offset_s, clock.monotonic_s()
        if offset_s is not None and (self._base is None or self._base.offset_s != offset_s):
            self._base = _Base(offset_s, clock.now() + timedelta(seconds=offset_s), steady_s)
        if self._base is None:
            return clock.now()
        return self._base.at + timedelta(seconds=steady_s - self._base.steady_s)

    def put(self, health: LinkHealth) -> None:
        self._health = health
        self.changed.emit()

    def set_link_connected(self, connected: bool) -> None:
        if connected != self.link_connected:
            self.link_connected = connected
            self.changed.emit()


class SessionStore(QObject):
    """Which platform, and who is signed in."""

    changed = Signal()
    refused = Signal(str)  # operator's text

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.platform: PlatformState | None = None
        self.user: User | None = None

    def put_platform(self, platform: PlatformState) -> None:
        self.platform = platform
        self.changed.emit()

    def put_session(self, session: SessionState) -> None:
        self.user = session.user
        self.changed.emit()
        if session.refused:
            self.refused.emit(session.refused)
