"""Who may do what: one table, asked by the station's buttons and again by the link.

The platform has the last word; this table says it before an order leaves the desk. Pure.
"""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """Roles of POST /auth/token (contract.md)."""

    OPERATOR = "operator"
    DISPATCHER = "dispatcher"
    DUTY_OFFICER = "duty_officer"
    LEADER = "leader"
    ADMIN = "admin"

    @property
    def word(self) -> str:
        return _ROLE_WORDS[self]


_ROLE_WORDS = {
    Role.OPERATOR: "值班员",
    Role.DISPATCHER: "调度员",
    Role.DUTY_OFFICER: "应急值班",
    Role.LEADER: "领导",
    Role.ADMIN: "管理员",
}


class Action(StrEnum):
    """Every order and every sensitive read. The value stands in the audit trail."""

    ALARM_VIEW = "alarm.view"
    ALARM_ACKNOWLEDGE = "alarm.acknowledge"
    ALARM_CLAIM = "alarm.claim"
    ALARM_RELEASE = "alarm.release"
    ALARM_ASSIGN = "alarm.assign"
    ALARM_NOTE = "alarm.note"
    ALARM_CONFIRM = "alarm.confirm"
    ALARM_REJECT = "alarm.reject"
    ALARM_SHELVE = "alarm.shelve"
    ALARM_UNSHELVE = "alarm.unshelve"
    ALARM_OUT_OF_SERVICE = "alarm.out_of_service"
    ALARM_RETURN_TO_SERVICE = "alarm.return_to_service"
    ALARM_OPEN_CASE = "alarm.open_case"
    ALARM_VERIFY = "alarm.verify"
    ALARM_RESET = "alarm.reset"
    ALARM_CLOSE = "alarm.close"
    ALARM_RAISE = "alarm.raise"
    CASE_VIEW = "case.view"
    CASE_REGISTER = "case.register"
    CASE_STEP = "case.step"
    CASE_DISPATCH = "case.dispatch"
    CASE_CLOSE = "case.close"
    CASE_VOID = "case.void"
    INCIDENT_VIEW = "incident.view"
    INCIDENT_DRAFT = "incident.draft"
    INCIDENT_APPROVE = "incident.approve"
    INCIDENT_ORDER = "incident.order"
    INCIDENT_RECALL = "incident.recall"
    INCIDENT_NOTE = "incident.note"
    INCIDENT_STAND_DOWN = "incident.stand_down"
    DRILL_RUN = "drill.run"
    MESSAGE_SEND = "message.send"
    MESSAGE_BROADCAST = "message.broadcast"
    CALL_PLACE = "call.place"
    PHONE_REVEAL = "phone.reveal"
    PHONE_REVEAL_BULK = "phone.reveal_bulk"
    VIDEO_LIVE = "video.live"
    VIDEO_PLAYBACK = "video.playback"
    VIDEO_PTZ = "video.ptz"
    VIDEO_SNAPSHOT = "video.snapshot"
    VIDEO_EXPORT = "video.export"
    VIDEO_MASK = "video.mask"
    REGISTER_VIEW = "register.view"
    REGISTER_EXPORT = "register.export"
    STATISTICS_VIEW = "statistics.view"
    STATISTICS_EXPORT = "statistics.export"
    WALL_PUSH = "wall.push"
    WALL_EDIT = "wall.edit"
    PREFERENCES_CHANGE = "preferences.change"
    SETTINGS_CHANGE = "settings.change"
    AUDIT_VIEW = "audit.view"
    AUDIT_EXPORT = "audit.export"
    HEALTH_VIEW = "health.view"
    DOCTOR_RUN = "doctor.run"
    SCREEN_LOCK = "screen.lock"

    @property
    def word(self) -> str:
        return _TABLE[self][2]


# Columns: operator, dispatcher, duty_officer, leader, admin; x: may, -: may not. `!`: only
# after the password was entered again (POST /auth/confirm). Least privilege: a leader looks and
# signs, an administrator keeps the desk and neither commands nor reads private numbers.
_TABLE: dict[Action, tuple[str, str, str]] = {
    # action: (O D E L A, confirmation, word)
    Action.ALARM_VIEW: ("x x x x x", "", "查看告警"),
    Action.ALARM_ACKNOWLEDGE: ("x x x - x", "", "确认告警"),
    Action.ALARM_CLAIM: ("x x x - x", "", "认领告警"),
    Action.ALARM_RELEASE: ("x x x - x", "", "释放告警"),
    Action.ALARM_ASSIGN: ("x x x - x", "", "指派告警"),
    Action.ALARM_NOTE: ("x x x - x", "", "告警备注"),
    Action.ALARM_CONFIRM: ("x x x - x", "", "核实告警"),
    Action.ALARM_REJECT: ("x x x - x", "", "判为误报"),
    Action.ALARM_SHELVE: ("x x x - x", "", "搁置告警"),
    Action.ALARM_UNSHELVE: ("x x x - x", "", "取消搁置"),
    Action.ALARM_OUT_OF_SERVICE: ("- x x - x", "", "设备停用"),
    Action.ALARM_RETURN_TO_SERVICE: ("- x x - x", "", "设备恢复使用"),
    Action.ALARM_OPEN_CASE: ("x x x - x", "", "告警立案"),
    Action.ALARM_VERIFY: ("x x x - x", "", "核查告警"),
    Action.ALARM_RESET: ("x x x - x", "", "复位告警"),
    Action.ALARM_CLOSE: ("x x x - x", "", "关闭告警"),
    Action.ALARM_RAISE: ("x x x - x", "", "上报告警"),
    Action.CASE_VIEW: ("x x x x x", "", "查看案件"),
    Action.CASE_REGISTER: ("x x x - -", "", "立案"),
    Action.CASE_STEP: ("x x x - -", "", "办理案件"),
    Action.CASE_DISPATCH: ("- x x - -", "", "派遣案件"),
    Action.CASE_CLOSE: ("- x x - -", "", "结案"),
    Action.CASE_VOID: ("- x x - -", "!", "作废案件"),
    Action.INCIDENT_VIEW: ("x x x x x", "", "查看事件"),
    Action.INCIDENT_DRAFT: ("x x x - -", "", "起草响应"),
    Action.INCIDENT_APPROVE: ("- - x x -", "!", "批准响应"),
    Action.INCIDENT_ORDER: ("- x x - -", "", "下达调度令"),
    Action.INCIDENT_RECALL: ("- x x - -", "", "撤回调度令"),
    Action.INCIDENT_NOTE: ("x x x x -", "", "事件记录"),
    Action.INCIDENT_STAND_DOWN: ("- - x x -", "!", "解除响应"),
    Action.DRILL_RUN: ("- x x - x", "", "组织演练"),
    Action.MESSAGE_SEND: ("x x x - -", "", "发送通知"),
    Action.MESSAGE_BROADCAST: ("- - x - -", "!", "群发通知"),
    Action.CALL_PLACE: ("x x x x -", "", "拨打电话"),
    Action.PHONE_REVEAL: ("x x x - -", "", "查看电话号码"),
    Action.PHONE_REVEAL_BULK: ("- x x - -", "!", "批量查看权属人电话"),
    Action.VIDEO_LIVE: ("x x x x x", "", "观看实时视频"),
    Action.VIDEO_PLAYBACK: ("x x x x -", "", "回放录像"),
    Action.VIDEO_PTZ: ("x x x - -", "", "云台控制"),
    Action.VIDEO_SNAPSHOT: ("x x x - -", "", "截取画面"),
    Action.VIDEO_EXPORT: ("- x x - -", "!", "导出录像"),
    Action.VIDEO_MASK: ("- - - - x", "", "设置画面遮挡"),
    Action.REGISTER_VIEW: ("x x x x x", "", "查看名册"),
    Action.REGISTER_EXPORT: ("- x x - x", "!", "导出名册"),
    Action.STATISTICS_VIEW: ("x x x x x", "", "查看统计"),
    Action.STATISTICS_EXPORT: ("- x x x x", "", "导出统计"),
    Action.WALL_PUSH: ("- x x x -", "", "推送到大屏"),
    Action.WALL_EDIT: ("- x x - x", "", "编辑大屏场景"),
    Action.PREFERENCES_CHANGE: ("x x x x x", "", "更改个人偏好"),
    Action.SETTINGS_CHANGE: ("- - - - x", "!", "更改系统设置"),
    Action.AUDIT_VIEW: ("- - - x x", "", "查看审计记录"),
    Action.AUDIT_EXPORT: ("- - - - x", "!", "导出审计记录"),
    Action.HEALTH_VIEW: ("x x x x x", "", "查看系统健康"),
    Action.DOCTOR_RUN: ("x x x x x", "", "系统体检"),
    Action.SCREEN_LOCK: ("x x x x x", "", "锁定屏幕"),
}
_COLUMNS = tuple(Role)
WALL = "wall"
"""A screen that nobody sits at, signed in by its token: it only reads."""
_WALL_READS = frozenset({
    Action.ALARM_VIEW, Action.CASE_VIEW, Action.INCIDENT_VIEW, Action.VIDEO_LIVE,
    Action.REGISTER_VIEW, Action.STATISTICS_VIEW, Action.HEALTH_VIEW, Action.WALL_PUSH,
})  # fmt: skip
_MAY: dict[Action, frozenset[Role]] = {
    action: frozenset(
        role for role, mark in zip(_COLUMNS, marks.split(), strict=True) if mark == "x"
    )
    for action, (marks, _, _) in _TABLE.items()
}


def can(role: str, action: Action) -> bool:
    """False for a role that this program does not know."""
    if role == WALL:
        return action in _WALL_READS
    try:
        return Role(role) in _MAY[action]
    except ValueError:
        return False


def can_any(roles: Iterable[str], action: Action) -> bool:
    """Whether one of the roles of a person suffices."""
    return any(can(role, action) for role in roles)


def needs_confirmation(action: Action) -> bool:
    """The password is asked again, for one order, before it is given."""
    return _TABLE[action][1] == "!"


def who_can(action: Action) -> tuple[Role, ...]:
    """In the order of the table."""
    return tuple(role for role in _COLUMNS if role in _MAY[action])


def role_words(roles: Iterable[str]) -> str:
    """`领导`, `值班员、调度员`; a role that is not known stays as the platform wrote it."""
    words = {role.value: role.word for role in Role} | {WALL: "大屏"}
    return "、".join(words.get(role, role) for role in roles)


def why_not(roles: Iterable[str], action: Action) -> str:
    """The operator's words why an order is refused, empty when it is allowed."""
    mine = tuple(roles)
    if can_any(mine, action):
        return ""
    able = role_words(who_can(action))
    if not any(role in {*Role, WALL} for role in mine):
        return f"账号没有本程序认识的角色，不能{action.word}；请管理员核对账号"
    return f"{role_words(mine)}无权{action.word}，请{able}处理"


_SAME_RIGHT = {
    "call.hang-up": Action.CALL_PLACE.value,
    "incident.activate": Action.INCIDENT_DRAFT.value,
    "incident.withdraw": Action.INCIDENT_APPROVE.value,
    "incident.orders": Action.INCIDENT_ORDER.value,
    "incident.tick": Action.INCIDENT_NOTE.value,
    "incident.clock": Action.INCIDENT_NOTE.value,
    "incident.level": Action.INCIDENT_APPROVE.value,
}


def action_of_order(verb: str) -> Action | None:
    """The right behind an order's verb: `acknowledge` of an alarm, or an action's own name.

    None: nobody may give an order that is not in the table.
    """
    for name in (_SAME_RIGHT.get(verb, verb), f"alarm.{verb}"):
        try:
            return Action(name.replace("-", "_"))
        except ValueError:
            continue
    return None


_QUESTIONS = {
    "live": Action.VIDEO_LIVE,
    "recordings": Action.VIDEO_PLAYBACK,
    "playback": Action.VIDEO_PLAYBACK,
    "owner": Action.PHONE_REVEAL,
    "platform_check": Action.DOCTOR_RUN,
    "audit_rows": Action.AUDIT_VIEW,
}


def action_of_question(name: str) -> Action | None:
    """The right behind a read; None where being signed in is enough."""
    return _QUESTIONS.get(name)
