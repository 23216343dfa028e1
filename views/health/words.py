"""Names of feeds, registers, classes and processes as the screen writes them."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.freshness import Freshness

translate = QCoreApplication.translate


def feed_name(feed_id: str) -> str:
    return {
        "alarms": translate("health", "告警事件"),
        "alarm_head": translate("health", "告警心跳"),
        "water_levels": translate("health", "积水水位"),
        "instruments": translate("health", "监测仪表"),
        "positions": translate("health", "人车位置"),
        "receipts": translate("health", "通知回执"),
        "incident_events": translate("health", "应急事件"),
        "incident_head": translate("health", "应急心跳"),
        "weather": translate("health", "天气"),
    }.get(feed_id, feed_id)


def freshness_word(freshness: Freshness) -> str:
    return {
        Freshness.NEVER: translate("health", "未收到"),
        Freshness.LIVE: translate("health", "实时"),
        Freshness.STALE: translate("health", "停滞"),
        Freshness.LOST: translate("health", "中断"),
    }[freshness]


def register_name(name: str) -> str:
    return {
        "cameras": translate("health", "摄像机"),
        "points": translate("health", "测点"),
        "alarm_classes": translate("health", "告警类别"),
        "layers": translate("health", "图层"),
        "orgs": translate("health", "机构"),
        "units": translate("health", "资源"),
        "depots": translate("health", "物资点"),
        "duty": translate("health", "值班表"),
        "asset_classes": translate("health", "部件类别"),
        "assets": translate("health", "部件"),
        "streets": translate("health", "道路"),
        "districts": translate("health", "行政区"),
        "grids": translate("health", "责任网格"),
        "tickets": translate("health", "诉求"),
        "plans": translate("health", "预案"),
    }.get(name, name)


def process_name(name: str) -> str:
    """`video-2` and `web-1` are numbered kinds."""
    kind, _, number = name.partition("-")
    word = {
        "supervisor": translate("health", "守护"),
        "station": translate("health", "窗口"),
        "link": translate("health", "数据链路"),
        "standin": translate("health", "模拟城市"),
        "broker": translate("health", "消息服务器"),
        "encoder": translate("health", "画面编码"),
        "video": translate("health", "视频"),
        "web": translate("health", "地图引擎"),
        "sound": translate("health", "声音"),
    }.get(kind, kind)
    return f"{word} {number}".strip()


def counted(count: int) -> str:
    """`12,345`; 0 is a quiet dash."""
    return f"{count:,}" if count else "—"


def audited_action(value: str) -> str:
    """What an audit row names beside the actions of the rights."""
    from desktop.domain.permissions import Action
    from widgets import rights

    own = {
        "session.sign_in": translate("health", "登录"),
        "session.sign_out": translate("health", "退出登录"),
        "link.started": translate("health", "数据链路启动"),
        "link.stopped": translate("health", "数据链路结束"),
        "auth.confirm": translate("health", "复核密码"),
        "audit.restarted": translate("health", "审计重建"),
        "audit.tail_lost": translate("health", "审计缺末尾"),
        "screen.unlock": translate("health", "解锁屏幕"),
    }
    if value in own:
        return own[value]
    try:
        return rights.word_of(Action(value))
    except ValueError:
        return value


def outcome_word(value: str) -> str:
    return {
        "done": translate("health", "完成"),
        "given": translate("health", "已下达"),
        "accepted": translate("health", "已受理"),
        "refused": translate("health", "被拒"),
        "expired": translate("health", "过期"),
        "no_right": translate("health", "无权"),
        "failed": translate("health", "未成"),
    }.get(value, value)
