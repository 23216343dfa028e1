"""Turns of the services become notices: once when one fails, once when it is back."""

from PySide6.QtCore import QObject, QTimer

from desktop.context import RoomContext
from desktop.domain.link_messages import ServiceCondition, ServiceState
from desktop.shell import lights
from desktop.shell.notices import NoticeBoard
from desktop.stores.feed_watch import FeedWatch
from views.health.words import feed_name
from widgets.times import hh_mm_ss

# A break shorter than this is only seen in the light.
PATIENCE_MS = 3_000
# A source that sends rubbish all the time is told once in a while, its count stands in the light.
REJECTED_EVERY_S = 60.0
# A platform that is newer than this desk stays so for months.
DRIFT_EVERY_S = 24 * 3600.0
_NAMES_SHOWN = 5
_BAD = (ServiceCondition.DOWN, ServiceCondition.REFUSED)


class ServiceWatch(QObject):
    """Speaks only while somebody is signed in; the sign-in page tells its own."""

    def __init__(self, room: RoomContext, board: NoticeBoard, parent: QObject) -> None:
        super().__init__(parent)
        self._room = room
        self._board = board
        self._bad: set[str] = set()
        self._watch = FeedWatch(room.health, "alarms", room.clock, self)
        self._expired = 0
        self._rejected = 0
        self._rejected_told_s = -REJECTED_EVERY_S
        self._drift: set[tuple[str, str]] = set()
        self._drift_told_s = -DRIFT_EVERY_S
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.speak)
        room.health.changed.connect(self._look)
        self._watch.changed.connect(self._look)

    def _services(self) -> dict[str, tuple[str, ServiceState]]:
        health = self._room.health.health
        if not self._room.health.link_connected:
            return {"link": (self.tr("数据链路"), health.mqtt)}
        if self._watch.link_silent:  # connected and yet without a word: its states are old
            words = self.tr("画面上的告警不是现状；守护进程会重启数据链路，不用操作。")
            silent = ServiceState(ServiceCondition.DOWN, self._watch.as_of, words)
            return {"link": (self.tr("数据链路"), silent)}
        return {
            "link": (self.tr("数据链路"), ServiceState(ServiceCondition.UP)),
            "mqtt": (self.tr("实时通道"), health.mqtt),
            "rest": (self.tr("平台接口"), health.rest),
        }

    def _look(self) -> None:
        bad = {key for key, (_, state) in self._services().items() if state.condition in _BAD}
        if bad - self._bad and not self._patience.isActive():
            self._patience.start()
        self._tell_recovered()
        self._tell_expired()
        self._tell_rejected()
        self._tell_drift()

    def speak(self) -> None:
        """After the patience: what is still bad is told."""
        if self._room.session.user is None:
            return
        for key, (name, state) in self._services().items():
            if state.condition in _BAD and key not in self._bad:
                self._bad.add(key)
                since = self.tr("自 {0} 起。").format(hh_mm_ss(state.since)) if state.since else ""
                word = (
                    self.tr("{0}被拒")
                    if state.condition is ServiceCondition.REFUSED
                    else self.tr("{0}限流")
                    if state.wait_s
                    else self.tr("{0}中断")
                )
                self._board.post(key, word.format(name), since + state.text)

    def _tell_recovered(self) -> None:
        for key, (name, state) in self._services().items():
            if key in self._bad and state.condition is ServiceCondition.UP:
                self._bad.discard(key)
                self._board.settle(key)
                self._board.post(
                    key,
                    self.tr("{0}已恢复").format(name),
                    self.tr("缺失的消息正在补收，不用操作。"),
                )

    def _tell_expired(self) -> None:
        expired = self._room.health.health.outbox.expired
        if expired > self._expired:
            self._board.post(
                "outbox",
                self.tr("有操作过期未送出"),
                self.tr(
                    "{0} 条操作两分钟内没有送到平台，不会再自动送出。请核对告警状态后重新操作。"
                ).format(expired - self._expired),
            )
        self._expired = expired

    def _tell_rejected(self) -> None:
        """What cannot be read may have been an alarm: silence would pass for calm."""
        rejected = lights.rejected(self._room.health.health)
        now_s = self._room.clock.monotonic_s()
        if rejected <= self._rejected:
            self._rejected = rejected  # the link was started anew
        elif now_s - self._rejected_told_s >= REJECTED_EVERY_S and self._room.session.user:
            more, self._rejected = rejected - self._rejected, rejected
            self._rejected_told_s = now_s
            self._board.post(
                "rejected",
                self.tr("有消息无法读取"),
                self.tr(
                    "{0} 条消息格式不对，没有显示，已隔离存档。"
                    "其中可能有告警：请核对平台告警清单，并告知管理员。"
                ).format(more),
            )

    def _tell_drift(self) -> None:
        """Words and fields that this version does not know: an administrator's matter."""
        feeds = self._room.health.health.feeds
        new = {(feed_id, name) for feed_id, feed in feeds.items() for name in feed.unmapped}
        new -= self._drift
        now_s = self._room.clock.monotonic_s()
        if not new or now_s - self._drift_told_s < DRIFT_EVERY_S or not self._room.session.user:
            return
        self._drift |= new
        self._drift_told_s = now_s
        told = [f"{feed_name(feed_id)} {name}" for feed_id, name in sorted(new)[:_NAMES_SHOWN]]
        names = "、".join(told) + ("…" if len(new) > _NAMES_SHOWN else "")
        self._board.post(
            "drift",
            self.tr("平台数据与约定不同"),
            self.tr(
                "{0} 处字段或取值本版本不识别：{1}。告警照常显示，级别不明的按红色；"
                "请管理员与平台核对接口约定。"
            ).format(len(new), names),
        )
