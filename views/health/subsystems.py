"""One line for each sub-system: shape, word, since or age, and what to do."""

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.cameras import TileState
from desktop.domain.link_messages import ServiceCondition, ServiceState
from desktop.stores.feed_watch import FeedWatch
from desktop.stores.sound_state import SoundCondition
from desktop.video.wire import Capabilities
from widgets.status_light import LightCondition
from widgets.times import age_text, hh_mm_ss

translate = QCoreApplication.translate

CLOCK_LIMIT_S, MINUTES_FROM_S = 2.0, 120.0
_LOST = (TileState.RETRY, TileState.REFUSED, TileState.FAILED)
_CONDITIONS = {
    ServiceCondition.UP: LightCondition.UP,
    ServiceCondition.CONNECTING: LightCondition.WAITING,
    ServiceCondition.UNKNOWN: LightCondition.WAITING,
    ServiceCondition.DOWN: LightCondition.DOWN,
    ServiceCondition.REFUSED: LightCondition.DOWN,
}


class Line(NamedTuple):
    """`hint` says what is wrong and what to do; empty while all is well."""

    name: str
    condition: LightCondition
    word: str
    since: str = ""
    hint: str = ""


def lines(room: RoomContext, watch: FeedWatch) -> list[Line]:
    """In the order of the way of an alarm: link, platform, disk, desk."""
    return [
        _link(room, watch),
        _service(room, watch, translate("health", "实时通道 MQTT"), room.health.health.mqtt),
        _service(room, watch, translate("health", "平台接口 REST"), room.health.health.rest),
        _outbox(room),
        _storage(room, watch),
        _clock(room.health.health.clock_offset_s),
        _video(room),
        _map(room),
        _sound(room),
        _audit(room),
    ]


def _since(at: datetime | None) -> str:
    return "" if at is None else translate("health", "自 {0}").format(hh_mm_ss(at))


def _link(room: RoomContext, watch: FeedWatch) -> Line:
    name = translate("health", "数据链路")
    if not room.health.link_connected:
        hint = translate("health", "进程未连接，守护进程正在重启它；超过 1 分钟请重新启动城瞰")
        return Line(name, LightCondition.DOWN, translate("health", "中断"), hint=hint)
    if watch.link_silent:
        hint = translate("health", "没有回音，守护进程会重启它；其他各行是最后一次的状态")
        return Line(name, LightCondition.STALE, translate("health", "停滞"), hint=hint)
    return Line(name, LightCondition.UP, translate("health", "正常"))


def _service(room: RoomContext, watch: FeedWatch, name: str, state: ServiceState) -> Line:
    if room.health.link_connected and watch.link_silent:
        return Line(name, LightCondition.STALE, translate("health", "未知"))
    word = {
        ServiceCondition.UP: translate("health", "正常"),
        ServiceCondition.CONNECTING: translate("health", "连接中"),
        ServiceCondition.UNKNOWN: translate("health", "未知"),
        ServiceCondition.DOWN: translate("health", "中断"),
        ServiceCondition.REFUSED: translate("health", "被拒"),
    }[state.condition]
    condition = _CONDITIONS[state.condition]
    if condition is LightCondition.UP and state.text:
        condition, word = LightCondition.STALE, translate("health", "延迟")
    return Line(name, condition, word, _since(state.since), state.text)


def _outbox(room: RoomContext) -> Line:
    outbox, name = room.health.health.outbox, translate("health", "待发命令")
    if not room.health.link_connected:
        return Line(name, LightCondition.WAITING, translate("health", "未知"))
    word = translate("health", "{0} 条").format(outbox.pending)
    if outbox.expired:
        since = translate("health", "过期 {0}").format(outbox.expired)
        hint = translate("health", "过期的命令不会再自动送出：请核对告警状态后重新下达")
        return Line(name, LightCondition.STALE, word, since, hint)
    if outbox.pending:
        hint = translate("health", "平台恢复后自动送出，两分钟内送不到会告知")
        return Line(name, LightCondition.WAITING, word, hint=hint)
    return Line(name, LightCondition.UP, word)


def _storage(room: RoomContext, watch: FeedWatch) -> Line:
    storage, name = room.health.health.storage, translate("health", "本机存储")
    if not room.health.link_connected or watch.link_silent:
        return Line(name, LightCondition.WAITING, translate("health", "未知"))
    if storage.condition is ServiceCondition.DOWN:
        hint = storage.text + translate("health", "。请清理磁盘或检查权限（doctor）")
        word = translate("health", "未落盘")
        return Line(name, LightCondition.DOWN, word, _since(storage.since), hint)
    if storage.text:
        word = room.health.health.storage_word or translate("health", "已重建")
        return Line(name, LightCondition.STALE, word, _since(storage.since), storage.text)
    return Line(name, LightCondition.UP, translate("health", "正常"), _since(storage.since))


def _clock(offset_s: float | None) -> Line:
    """`offset_s` is the platform minus this desk."""
    name = translate("health", "时钟")
    if offset_s is None:
        hint = translate("health", "平台没有回答时间")
        return Line(name, LightCondition.WAITING, translate("health", "未知"), hint=hint)
    mine_s = -offset_s
    if abs(mine_s) <= CLOCK_LIMIT_S:
        since = translate("health", "相差 {0} s").format(f"{round(mine_s, 1) + 0.0:+.1f}")
        return Line(name, LightCondition.UP, translate("health", "准"), since)
    fast = translate("health", "快 {0}") if mine_s > 0 else translate("health", "慢 {0}")
    seconds = abs(mine_s)
    span = f"{seconds / 60:.0f} min" if seconds >= MINUTES_FROM_S else f"{seconds:.0f} s"
    hint = translate(
        "health",
        "等待时长和数据龄会显示不准，告警顺序不受影响；请管理员执行 timedatectl set-ntp true 校时",
    )
    return Line(name, LightCondition.STALE, fast.format(span), hint=hint)


def _video(room: RoomContext) -> Line:
    name = translate("health", "视频画面")
    if room.video is None:
        hint = translate("health", "安全模式下停用；重新启动城瞰即恢复")
        return Line(name, LightCondition.WAITING, translate("health", "停用"), hint=hint)
    wanted = [tile for tile in room.tiles.statuses() if tile.camera_id is not None]
    if not wanted:
        return Line(name, LightCondition.UP, "—", translate("health", "没有打开的画面"))
    by = _decoding(room.video.capabilities())
    if all(tile.state is TileState.IDLE for tile in wanted):
        return Line(name, LightCondition.UP, "—", translate("health", "本页不显示画面"))
    live = sum(tile.state is TileState.LIVE for tile in wanted)
    word = translate("health", "{0} / {1} 路").format(live, len(wanted))
    bad = [tile for tile in wanted if tile.state in (*_LOST, TileState.STALLED)]
    if bad:
        first = bad[0]
        hint = translate("health", "{0} 号画面：{1}").format(first.tile, first.reason)
        return Line(name, LightCondition.STALE, word, hint=hint)
    condition = LightCondition.UP if live == len(wanted) else LightCondition.WAITING
    return Line(name, condition, word, by)


def _decoding(known: Capabilities) -> str:
    """What decodes; empty before a video process has said it."""
    if not known.version:
        return ""
    if not known.hardware.is_usable:
        return translate("health", "处理器解码")
    return translate("health", "可用硬件 {0}").format(" ".join(known.hardware.devices))


def _map(room: RoomContext) -> Line:
    name, state = translate("health", "地图引擎"), room.map_state
    if room.video is None:
        return Line(name, LightCondition.WAITING, translate("health", "停用"))
    if not state.ready:
        hint = translate("health", "地图页还没有画出来；打开过地图仍如此请做体检")
        return Line(name, LightCondition.WAITING, translate("health", "未就绪"), hint=hint)
    words = translate("health", "{0} 点").format(f"{state.points:,}")
    if state.blocked_requests:
        hint = translate("health", "拦下 {0} 次向外的请求，请告知管理员").format(
            state.blocked_requests
        )
        return Line(name, LightCondition.STALE, translate("health", "正常"), words, hint)
    return Line(name, LightCondition.UP, translate("health", "正常"), words)


def _sound(room: RoomContext) -> Line:
    name, sound = translate("health", "声音"), room.sound
    if sound.condition is SoundCondition.READY:
        return Line(name, LightCondition.UP, translate("health", "正常"), sound.device)
    if sound.is_mute:
        hint = translate("health", "告警不会响：接上音箱或耳机，检查系统声音设置；红框照常闪烁")
        return Line(name, LightCondition.DOWN, translate("health", "本台无声"), hint=hint)
    return Line(name, LightCondition.WAITING, translate("health", "未知"))


def _audit(room: RoomContext) -> Line:
    name, waiting = translate("health", "审计"), room.audit.waiting
    if not waiting:
        return Line(name, LightCondition.UP, translate("health", "已记"))
    age_s = (room.clock.now() - waiting[0].at).total_seconds()
    word = translate("health", "待记 {0}").format(len(waiting))
    if age_s < 5:
        return Line(name, LightCondition.UP, word)
    hint = translate("health", "数据链路恢复后补记，请勿关闭城瞰")
    return Line(name, LightCondition.STALE, word, age_text(age_s), hint)
