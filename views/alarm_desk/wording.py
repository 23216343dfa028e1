"""The words of the alarm desk."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.alarms import Alarm, AlarmState, Flow
from widgets.times import hh_mm

translate = QCoreApplication.translate

HANDLING_FLOWS = (Flow.HANDLING, Flow.VERIFY)


def state_text(alarm: Alarm) -> str:
    """Who has it and how far: `未确认`, `张敏 已确认`, `恢复未确认`."""
    state = alarm.state
    who = f"{alarm.ack.by} " if alarm.ack else ""
    if state is AlarmState.ACTIVE_ACKED:
        word = flow_text(alarm.flow) if alarm.flow in HANDLING_FLOWS else ""
        return who + (word or translate("alarm_desk", "已确认"))
    if state is AlarmState.RTN_OPEN:
        return who + translate("alarm_desk", "已恢复 {0}").format(flow_text(alarm.flow))
    if state is AlarmState.SHELVED and alarm.suppressed_until:
        return translate("alarm_desk", "搁置至 {0}").format(hh_mm(alarm.suppressed_until))
    match state:  # only the one word is looked up: this runs for every row
        case AlarmState.ACTIVE_UNACKED:
            return translate("alarm_desk", "未确认")
        case AlarmState.RTN_UNACKED:
            return translate("alarm_desk", "恢复未确认")
        case AlarmState.LATCHED:
            return translate("alarm_desk", "已恢复 待复位")
        case AlarmState.SHELVED:
            return translate("alarm_desk", "已搁置")
        case AlarmState.SUPPRESSED:
            return translate("alarm_desk", "已抑制")
        case AlarmState.OUT_OF_SERVICE:
            return translate("alarm_desk", "已停用")
    return translate("alarm_desk", "已结束")


def flow_text(flow: Flow) -> str:
    return {
        Flow.WARNING: translate("alarm_desk", "预警"),
        Flow.ASSESS: translate("alarm_desk", "研判"),
        Flow.HANDLING: translate("alarm_desk", "处置中"),
        Flow.VERIFY: translate("alarm_desk", "核查中"),
        Flow.DONE: translate("alarm_desk", "已办结"),
        Flow.FALSE: translate("alarm_desk", "误报"),
    }[flow]


def kind_text(kind: str) -> str:
    """What happened; a kind that is not known is shown as the platform wrote it."""
    known = {
        "raised": translate("alarm_desk", "报警"),
        "updated": translate("alarm_desk", "更新"),
        "level_changed": translate("alarm_desk", "变级"),
        "level_up": translate("alarm_desk", "升级"),
        "level_down": translate("alarm_desk", "降级"),
        "cleared": translate("alarm_desk", "恢复"),
        "acknowledged": translate("alarm_desk", "确认"),
        "shelved": translate("alarm_desk", "搁置"),
        "unshelved": translate("alarm_desk", "取消搁置"),
        "suppressed": translate("alarm_desk", "抑制"),
        "unsuppressed": translate("alarm_desk", "解除抑制"),
        "assigned": translate("alarm_desk", "指派"),
        "claimed": translate("alarm_desk", "认领"),
        "released": translate("alarm_desk", "释放"),
        "noted": translate("alarm_desk", "备注"),
        "closed": translate("alarm_desk", "办结"),
        "reset": translate("alarm_desk", "复位"),
        "stale": translate("alarm_desk", "数据停滞"),
        "incident": translate("alarm_desk", "应急响应"),
    }
    return known.get(kind, kind)


def count_text(count: int) -> str:
    """From 10,000 on in 万: `9999`, `1.0 万`, `12.3 万`; cut, so that no limit is overstated."""
    if count < 10_000:
        return str(count)
    return translate("alarm_desk", "{0} 万").format(f"{count // 1_000 / 10:.1f}")


def span_text(seconds: int) -> str:
    """A limit in the shortest whole unit."""
    if seconds % 3600 == 0 and seconds:
        return translate("alarm_desk", "{0} h").format(seconds // 3600)
    if seconds % 60 == 0 and seconds:
        return translate("alarm_desk", "{0} min").format(seconds // 60)
    return translate("alarm_desk", "{0} s").format(seconds)
