"""Why a button cannot be pressed by this role, in the language of the screen."""

from collections.abc import Iterable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.domain import permissions
from desktop.domain.permissions import Action

# The words of desktop.domain.permissions, once more for the translation: a test compares them.
WORDS = (
    QT_TRANSLATE_NOOP("rights", "值班员"),
    QT_TRANSLATE_NOOP("rights", "调度员"),
    QT_TRANSLATE_NOOP("rights", "应急值班"),
    QT_TRANSLATE_NOOP("rights", "领导"),
    QT_TRANSLATE_NOOP("rights", "管理员"),
    QT_TRANSLATE_NOOP("rights", "查看告警"),
    QT_TRANSLATE_NOOP("rights", "确认告警"),
    QT_TRANSLATE_NOOP("rights", "认领告警"),
    QT_TRANSLATE_NOOP("rights", "释放告警"),
    QT_TRANSLATE_NOOP("rights", "指派告警"),
    QT_TRANSLATE_NOOP("rights", "告警备注"),
    QT_TRANSLATE_NOOP("rights", "核实告警"),
    QT_TRANSLATE_NOOP("rights", "判为误报"),
    QT_TRANSLATE_NOOP("rights", "搁置告警"),
    QT_TRANSLATE_NOOP("rights", "取消搁置"),
    QT_TRANSLATE_NOOP("rights", "设备停用"),
    QT_TRANSLATE_NOOP("rights", "设备恢复使用"),
    QT_TRANSLATE_NOOP("rights", "告警立案"),
    QT_TRANSLATE_NOOP("rights", "核查告警"),
    QT_TRANSLATE_NOOP("rights", "复位告警"),
    QT_TRANSLATE_NOOP("rights", "关闭告警"),
    QT_TRANSLATE_NOOP("rights", "上报告警"),
    QT_TRANSLATE_NOOP("rights", "查看案件"),
    QT_TRANSLATE_NOOP("rights", "立案"),
    QT_TRANSLATE_NOOP("rights", "办理案件"),
    QT_TRANSLATE_NOOP("rights", "派遣案件"),
    QT_TRANSLATE_NOOP("rights", "结案"),
    QT_TRANSLATE_NOOP("rights", "作废案件"),
    QT_TRANSLATE_NOOP("rights", "查看事件"),
    QT_TRANSLATE_NOOP("rights", "起草响应"),
    QT_TRANSLATE_NOOP("rights", "批准响应"),
    QT_TRANSLATE_NOOP("rights", "下达调度令"),
    QT_TRANSLATE_NOOP("rights", "撤回调度令"),
    QT_TRANSLATE_NOOP("rights", "事件记录"),
    QT_TRANSLATE_NOOP("rights", "解除响应"),
    QT_TRANSLATE_NOOP("rights", "组织演练"),
    QT_TRANSLATE_NOOP("rights", "发送通知"),
    QT_TRANSLATE_NOOP("rights", "群发通知"),
    QT_TRANSLATE_NOOP("rights", "拨打电话"),
    QT_TRANSLATE_NOOP("rights", "查看电话号码"),
    QT_TRANSLATE_NOOP("rights", "批量查看权属人电话"),
    QT_TRANSLATE_NOOP("rights", "观看实时视频"),
    QT_TRANSLATE_NOOP("rights", "回放录像"),
    QT_TRANSLATE_NOOP("rights", "云台控制"),
    QT_TRANSLATE_NOOP("rights", "截取画面"),
    QT_TRANSLATE_NOOP("rights", "导出录像"),
    QT_TRANSLATE_NOOP("rights", "设置画面遮挡"),
    QT_TRANSLATE_NOOP("rights", "查看名册"),
    QT_TRANSLATE_NOOP("rights", "导出名册"),
    QT_TRANSLATE_NOOP("rights", "查看统计"),
    QT_TRANSLATE_NOOP("rights", "导出统计"),
    QT_TRANSLATE_NOOP("rights", "推送到大屏"),
    QT_TRANSLATE_NOOP("rights", "编辑大屏场景"),
    QT_TRANSLATE_NOOP("rights", "更改个人偏好"),
    QT_TRANSLATE_NOOP("rights", "更改系统设置"),
    QT_TRANSLATE_NOOP("rights", "查看审计记录"),
    QT_TRANSLATE_NOOP("rights", "导出审计记录"),
    QT_TRANSLATE_NOOP("rights", "查看系统健康"),
    QT_TRANSLATE_NOOP("rights", "系统体检"),
    QT_TRANSLATE_NOOP("rights", "锁定屏幕"),
)


def why_not(roles: Iterable[str], action: Action) -> str:
    """Empty when the order may be given; stands beside the disabled button."""
    mine = tuple(roles)
    if permissions.can_any(mine, action):
        return ""
    word = word_of(action)
    known = [role for role in permissions.Role if role.value in mine]
    if not known:
        return QCoreApplication.translate(
            "rights", "账号没有本程序认识的角色，不能{0}；请管理员核对账号"
        ).format(word)
    return QCoreApplication.translate("rights", "{0}无权{1}，请{2}处理").format(
        _join(role.word for role in known),
        word,
        _join(role.word for role in permissions.who_can(action)),
    )


def word_of(action: Action) -> str:
    """`确认告警`."""
    return QCoreApplication.translate("rights", action.word)


def _join(words: Iterable[str]) -> str:
    separator = QCoreApplication.translate("rights", "、")
    return separator.join(QCoreApplication.translate("rights", word) for word in words)
