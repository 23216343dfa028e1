"""What each light of the top bar says: from the stores' facts to a shape, a word and a reason."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.cameras import FIRST_WALL_TILE, TileState, TileStatus
from desktop.domain.freshness import Freshness
from desktop.domain.link_messages import (
    LinkHealth,
    OutboxState,
    ServiceCondition,
    ServiceState,
)
from desktop.stores.feed_watch import FeedWatch
from widgets.status_light import LightCondition, LightState
from widgets.times import hh_mm_ss, short_age_text

translate = QCoreApplication.translate

CLOCK_OFFSET_SHOWN_S = 2.0
_BUG_TEXT_AT_MOST = 200
_CONDITIONS = {
    ServiceCondition.UP: LightCondition.UP,
    ServiceCondition.CONNECTING: LightCondition.WAITING,
    ServiceCondition.UNKNOWN: LightCondition.WAITING,
    ServiceCondition.DOWN: LightCondition.DOWN,
    ServiceCondition.REFUSED: LightCondition.DOWN,
}


def _word(condition: ServiceCondition) -> str:
    return {
        ServiceCondition.UP: translate("lights", "正常"),
        ServiceCondition.CONNECTING: translate("lights", "连接中"),
        ServiceCondition.UNKNOWN: translate("lights", "未知"),
        ServiceCondition.DOWN: translate("lights", "中断"),
        ServiceCondition.REFUSED: translate("lights", "被拒"),
    }[condition]


def _since(at: datetime | None) -> str:
    return "" if at is None else translate("lights", "自 {0} 起").format(hh_mm_ss(at))


def _tip(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def service_light(state: ServiceState, what: str, silent: bool = False) -> LightState:
    """REST: normal, or what is wrong since when and what is being done.

    `silent`: the link hangs, so its last word is not believed.
    """
    if silent:
        words = translate("lights", "数据链路没有回音，真实状态未知；守护进程会重启它")
        return LightState(LightCondition.STALE, translate("lights", "未知"), "", _tip(what, words))
    word, left = _word(state.condition), ""
    if state.wait_s:
        word, left = translate("lights", "限流"), f"{state.wait_s:.0f} s"
    return LightState(
        _CONDITIONS[state.condition],
        word,
        left,
        _tip(f"{what} {word}", _since(state.since), state.text),
    )


def rejected(health: LinkHealth) -> int:
    """Messages of all feeds that could not be read since the link was started."""
    return sum(feed.rejected for feed in health.feeds.values())


def live_light(health: LinkHealth, watch: FeedWatch) -> LightState:
    """MQTT: the age of the last sign of life is the word while all is well."""
    state = health.mqtt
    feeds = translate("lights", "末次心跳 {0}").format(
        hh_mm_ss(watch.as_of) if watch.as_of is not None else "—"
    )
    what = translate("lights", "实时通道（MQTT）")
    refused = rejected(health)
    unread = translate("lights", "拒收 {0}").format(refused) if refused else ""
    if refused:
        words = translate("lights", "{0} 条消息格式不对，未显示，已隔离存档").format(refused)
        feeds = _tip(feeds, words)
    if state.condition is not ServiceCondition.UP:
        light = service_light(state, what)
        return light._replace(tip=_tip(light.tip, feeds))
    if watch.freshness is Freshness.LIVE:
        tip = _tip(what + " " + translate("lights", "正常"), _since(state.since), feeds)
        return LightState(LightCondition.UP, short_age_text(watch.age_s or 0.0), unread, tip)
    if watch.freshness is Freshness.NEVER:
        tip = _tip(what, translate("lights", "已连接，还没有收到心跳"), state.text)
        return LightState(LightCondition.WAITING, translate("lights", "等心跳"), "", tip)
    words = translate("lights", "没有新的心跳，画面上的告警不是现状；正在等通道恢复并补收")
    age = short_age_text(watch.age_s or 0.0)
    return LightState(
        LightCondition.STALE, translate("lights", "停滞"), age, _tip(what, feeds, words)
    )


def _tile_line(tile: TileStatus) -> str:
    """On the wall pictures move: what a tile's number is called there says nothing here."""
    if tile.tile >= FIRST_WALL_TILE:
        return f"{tile.camera_id}：{tile.reason}"
    return translate("lights", "{0} 号 {1}：{2}").format(tile.tile, tile.camera_id, tile.reason)


def video_light(tiles: Sequence[TileStatus]) -> LightState:
    """`4/4`: pictures that move, of those that should."""
    wanted = [tile for tile in tiles if tile.camera_id is not None]
    live = sum(tile.state is TileState.LIVE for tile in wanted)
    stalled = sum(tile.state is TileState.STALLED for tile in wanted)
    lost = sum(
        tile.state in (TileState.RETRY, TileState.REFUSED, TileState.FAILED) for tile in wanted
    )
    lines = [
        _tile_line(tile) for tile in wanted if tile.state is not TileState.LIVE and tile.reason
    ]
    what = translate("lights", "跟随所选告警的画面 {0} 路")
    if any(tile.tile >= FIRST_WALL_TILE for tile in wanted):
        what = translate("lights", "正在显示的画面 {0} 路")
    tip = _tip(what.format(len(wanted)), *lines)
    words = [
        translate("lights", "停滞 {0}").format(stalled) if stalled else "",
        translate("lights", "断 {0}").format(lost) if lost else "",
    ]
    age = " ".join(filter(None, words))
    if not wanted:
        return LightState(LightCondition.UP, "—", "", tip)
    if all(tile.state is TileState.IDLE for tile in wanted):
        hidden = translate("lights", "本页不显示画面，已停止取流；回到告警页自动播放")
        return LightState(LightCondition.UP, "—", "", hidden)
    # One that is hidden has no picture and needs none: an enlarged tile covers the others.
    wanted = [tile for tile in wanted if tile.state is not TileState.IDLE]
    word = f"{live}/{len(wanted)}"
    if stalled or lost:
        return LightState(LightCondition.STALE, word, age, tip)
    if live < len(wanted):
        return LightState(LightCondition.WAITING, word, "", tip)
    return LightState(LightCondition.UP, word, "", tip)


def outbox_light(outbox: OutboxState, link_up: bool) -> LightState:
    """Orders that have not reached the platform."""
    tip = _tip(
        translate("lights", "待发 {0} 条：已按下、还没有送到平台的操作").format(outbox.pending),
        translate("lights", "过期 {0} 条：两分钟内没有送到，不会再自动送出，请重新操作").format(
            outbox.expired
        )
        if outbox.expired
        else "",
        "" if link_up else translate("lights", "数据链路进程未连接，正在重启"),
    )
    age = translate("lights", "过期 {0}").format(outbox.expired) if outbox.expired else ""
    if outbox.expired:
        condition = LightCondition.STALE
    elif outbox.pending or not link_up:
        condition = LightCondition.WAITING
    else:
        condition = LightCondition.UP
    return LightState(condition, str(outbox.pending), age, tip)


def storage_light(storage: ServiceState, word: str = "") -> LightState | None:
    """None while the profile's disk does what it should: then there is no light at all.

    `word`: the link's own word of the state.
    """
    if not storage.text and storage.condition is not ServiceCondition.DOWN:
        return None
    down = storage.condition is ServiceCondition.DOWN
    word = word or (translate("lights", "未落盘") if down else translate("lights", "已重建"))
    tip = _tip(translate("lights", "本机存储"), _since(storage.since), storage.text)
    return LightState(LightCondition.DOWN if down else LightCondition.STALE, word, "", tip)


def bug_light(count: int, last_text: str, last_at: datetime) -> LightState:
    """Errors of the program itself that nobody expected, since its start."""
    tip = _tip(
        translate("lights", "程序内部错误 {0} 次，末次 {1}").format(count, hh_mm_ss(last_at)),
        last_text[:_BUG_TEXT_AT_MOST],
        translate("lights", "已记入日志，可以继续工作；反复出现请告知管理员"),
    )
    return LightState(LightCondition.DOWN, str(count), "", tip)


def clock_light(offset_s: float | None) -> LightState:
    """Desk minus platform, from two seconds on a fault; unknown while the platform is silent."""
    if offset_s is None:
        tip = translate("lights", "平台没有回答，时钟偏差未知")
        return LightState(LightCondition.WAITING, translate("lights", "未知"), "", tip)
    word = f"{-offset_s:+.0f} s"
    if abs(offset_s) <= CLOCK_OFFSET_SHOWN_S:
        tip = translate("lights", "本机时钟与平台相差 {0} s").format(f"{-offset_s:+.1f}")
        return LightState(LightCondition.UP, translate("lights", "准"), "", tip)
    tip = translate("lights", "本机时钟与平台相差 {0}，请校时；排序按平台序号，不受影响").format(
        word
    )
    return LightState(LightCondition.STALE, word, "", tip)
