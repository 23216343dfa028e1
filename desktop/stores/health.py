"""The lights: what each way to the platform and each feed says of itself."""

from PySide6.QtCore import QObject, Signal

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


class HealthStore(QObject):
    """State of the link as last told; when the link's socket is closed everything is down."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._health: LinkHealth | None = None
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
