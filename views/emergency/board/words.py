"""Words of the execution board in the language of the screen."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.emergency import ladder
from desktop.domain.emergency.arrivals import Arrival
from desktop.domain.emergency.incidents import IncidentState, OrderState
from desktop.domain.emergency.ladder import Step, StepState
from desktop.domain.emergency.receipt_matrix import Row, Standing, Totals
from desktop.domain.outreach import Channel, ReceiptState
from widgets.times import age_text, hh_mm, hh_mm_ss

translate = QCoreApplication.translate
_LATE_FROM_MIN = 1.0


def channel_word(channel: Channel | None) -> str:
    return {
        None: translate("board", "调度令"),
        Channel.HANDSET: translate("board", "手台"),
        Channel.SMS: translate("board", "短信"),
        Channel.VOICE: translate("board", "语音"),
        Channel.RADIO: translate("board", "电台"),
        Channel.GROUP: translate("board", "组呼"),
    }[channel]


def state_word(state: IncidentState) -> str:
    return {
        IncidentState.DRAFT: translate("board", "待复核"),
        IncidentState.ACTIVE: translate("board", "执行中"),
        IncidentState.STANDING_DOWN: translate("board", "解除中"),
        IncidentState.CLOSED: translate("board", "已解除"),
        IncidentState.WITHDRAWN: translate("board", "已撤回，未发出"),
        IncidentState.EXPIRED: translate("board", "超时作废，未发出"),
    }[state]


def recall_word(state: OrderState) -> str:
    return {
        OrderState.HELD: translate("board", "未发出"),
        OrderState.SENT: translate("board", "待撤回"),
        OrderState.BLOCKED: translate("board", "演练，未发出"),
        OrderState.RECALLING: translate("board", "撤回中"),
        OrderState.RECALLED: translate("board", "已读撤回"),
        OrderState.RECALL_UNREAD: translate("board", "撤回未读"),
        OrderState.DONE: translate("board", "已完成"),
    }[state]


def totals_text(totals: Totals) -> str:
    """送达 12/12 已读 11 接受 9 拒绝 1 未回 2."""
    words = translate("board", "送达 {0}/{1}　已读 {2}　接受 {3}　拒绝 {4}　未回 {5}")
    return words.format(
        totals.delivered, totals.sent, totals.read, totals.accepted, totals.declined, totals.silent
    )


def clock_text(seconds_s: float) -> str:
    """1:58, as a stop-watch shows it."""
    whole = max(0, int(seconds_s))
    if whole >= 3600:
        return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"{whole // 60}:{whole % 60:02d}"


def time_of(row: Row, state: ReceiptState) -> str:
    """The time of a receipt; a tick where a later one tells that it was taken."""
    at = row.at(state)
    if at is not None:
        return hh_mm_ss(at)
    return "✓" if row.reached(state) else "—"


def delivered_text(row: Row, found: Standing, now: datetime) -> str:
    if found is Standing.UNDELIVERED and row.sent_at is not None:
        waited = clock_text((now - row.sent_at).total_seconds())
        return translate("board", "未送达 {0}").format(waited)
    return time_of(row, ReceiptState.DELIVERED)


def read_text(row: Row, found: Standing, now: datetime) -> str:
    delivered = row.at(ReceiptState.DELIVERED)
    if found is Standing.SILENT and not row.reached(ReceiptState.READ) and delivered:
        waited = clock_text((now - delivered).total_seconds())
        return translate("board", "未读 {0}").format(waited)
    return time_of(row, ReceiptState.READ)


def answer_text(row: Row, found: Standing, now: datetime) -> str:
    """✓ 03:13:31, × 拒绝 车辆故障, 等待 1:58."""
    if found in (Standing.RECALLED, Standing.RECALL_UNREAD):
        return recall_word(row.state)
    no = row.declined
    if no is not None:
        return translate("board", "× 拒绝 {0}").format(no.note).strip()
    if row.reached(ReceiptState.ACCEPTED):
        at = row.at(ReceiptState.ACCEPTED)
        return f"✓ {hh_mm_ss(at)}" if at is not None else "✓"
    if row.waiting_since is None:
        return recall_word(row.state)
    if row.is_informed:
        return translate("board", "已知")
    return translate("board", "等待 {0}").format(
        clock_text((now - row.waiting_since).total_seconds())
    )


def is_late(way: Arrival | None) -> bool:
    """Or never there: every way is shut."""
    if way is None:
        return False
    return way.is_cut or (way.late_min is not None and way.late_min > _LATE_FROM_MIN)


def scene_text(row: Row, found: Standing, way: Arrival | None) -> str:
    """完成 03:40:12, 到场 03:22:40, 03:22 到 晚 4 min."""
    gone = (Standing.REPLACED, Standing.RECALLED, Standing.RECALL_UNREAD, Standing.DECLINED)
    if found in gone:
        return "—"
    for state, word in (
        (ReceiptState.DONE, translate("board", "完成 {0}")),
        (ReceiptState.ON_SCENE, translate("board", "到场 {0}")),
    ):
        if (at := row.at(state)) is not None:
            return word.format(hh_mm_ss(at))
    if way is None or not row.is_crew:
        return "—"
    return arrival_text(way)


def arrival_text(way: Arrival) -> str:
    """03:22 到 晚 4 min; 约 03:22 到, by the straight line; 承诺 03:22 · 无定位."""
    if way.is_cut:
        return translate("board", "道路中断，无路可达")
    if way.expected_at is None:
        if way.promised_at is None:
            return translate("board", "无定位")
        return translate("board", "承诺 {0} 无定位").format(hh_mm(way.promised_at))
    shape = translate("board", "约 {0} 到") if way.is_plain else translate("board", "{0} 到")
    text = shape.format(hh_mm(way.expected_at))
    if is_late(way) and way.late_min is not None:
        text += translate("board", " 晚 {0} min").format(round(way.late_min))
    if way.is_old and way.age_s is not None:
        text += translate("board", " · 位置 {0} 前").format(age_text(way.age_s))
    return text


def crew_words(found: Standing, way: Arrival | None) -> str:
    """At its mark on the map: 9 min, 9 min 晚 3, 到场."""
    if found is Standing.DONE:
        return translate("board", "完成")
    if found is Standing.ON_SCENE:
        return translate("board", "到场")
    if way is not None and way.is_cut:
        return translate("board", "无路可达")
    if way is None or way.remaining_min is None:
        return ""
    text = f"{way.remaining_min:.0f} min"
    if is_late(way) and way.late_min is not None:
        text += translate("board", " 晚 {0}").format(round(way.late_min))
    return text


def step_name(step: Step) -> str:
    """语音催办, 短信报 duty_officer, 自动改派."""
    if step.to == ladder.NEXT:
        return translate("board", "自动改派")
    channel = channel_word(step.channel)
    if step.to == ladder.SAME:
        return translate("board", "{0}催办").format(channel)
    return translate("board", "{0}报{1}").format(channel, role_word(step.to))


def role_word(role: str) -> str:
    known = {
        "duty_officer": translate("board", "应急值班"),
        "leader": translate("board", "领导"),
        "dispatcher": translate("board", "调度员"),
        "operator": translate("board", "值班员"),
        "crews": translate("board", "队伍"),
        "leaders": translate("board", "领导"),
    }
    return known.get(role, role)


def next_text(step: Step | None, now: datetime, running: bool, refusal: str) -> str:
    """0:42 后 语音催办."""
    if running:
        return translate("board", "正在发出…")
    if step is None:
        return refusal
    name = step_name(step)
    if refusal:
        return translate("board", "未发出：{0}").format(name)
    if step.state is StepState.HELD:
        return translate("board", "已暂停：{0}").format(name)
    if step.state is StepState.LATE:
        return translate("board", "已过时：{0}").format(name)
    left_s = (step.at - now).total_seconds()
    if left_s <= 0:
        return translate("board", "到点：{0}").format(name)
    return translate("board", "{0} 后 {1}").format(clock_text(left_s), name)


def method_word(method: str) -> str:
    return {
        "in_turn": translate("board", "逐个派"),
        "least_total": translate("board", "总时间最短"),
        "least_latest": translate("board", "最晚到达最短"),
    }.get(method, method)
