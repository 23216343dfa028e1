"""What a view is asked to list when somebody comes to it from a figure: keys and values of a link.

| view | keys |
| --- | --- |
| alarms | `level`: red, orange, yellow, blue; `class_id`; `industry`; `state`: unacked |
| map | `layer`: alarms, water, units, cameras, weather, or a layer of the map by its id |
| registers | `register`: one of its tabs |
| cockpit | none; `cockpit/ID` names the one |

The other views list what they always list. What a view does not know is told, never left out.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from desktop.context import RoomContext
from desktop.domain.levels import WarningLevel
from desktop.errors import OperatorError
from desktop.shell.places import Mode

if TYPE_CHECKING:
    from desktop.shell.workstation import Workstation

KEYS: Mapping[str, frozenset[str]] = {
    Mode.ALARMS.value: frozenset({"level", "class_id", "industry", "state"}),
    Mode.MAP.value: frozenset({"layer"}),
    "registers": frozenset({"register"}),
}
UNACKED = "unacked"
translate = QCoreApplication.translate


def refuse_unknown(view_id: str, wanted: Mapping[str, str]) -> None:
    """Raises OperatorError for a key that the view does not know."""
    known = KEYS.get(view_id, frozenset())
    if odd := sorted(set(wanted) - known):
        text = translate("drilling", "页面 {0} 不认识筛选 {1}，可用：{2}")
        raise OperatorError(
            text.format(
                view_id, "、".join(odd), "、".join(sorted(known)) or translate("drilling", "无")
            )
        )


def list_alarms(room: RoomContext, work: "Workstation", wanted: Mapping[str, str]) -> None:
    """Raises OperatorError for a value that there is not."""
    if not wanted:
        return
    state = wanted.get("state", "")
    if state not in ("", UNACKED):
        raise OperatorError(
            translate("drilling", "告警状态 {0} 不能筛选，可用：{1}").format(state, UNACKED)
        )
    work.list.show_wanted(
        _levels(wanted.get("level", "")), _classes(room, wanted), state == UNACKED
    )


def _levels(text: str) -> frozenset[WarningLevel]:
    if not text:
        return frozenset()
    if text not in set(WarningLevel):
        words = "、".join(WarningLevel)
        raise OperatorError(translate("drilling", "没有级别 {0}，可用：{1}").format(text, words))
    return frozenset({WarningLevel(text)})


def _classes(room: RoomContext, wanted: Mapping[str, str]) -> frozenset[str]:
    found = {wanted["class_id"]} if "class_id" in wanted else set[str]()
    if industry := wanted.get("industry"):
        classes = room.alarm_classes.rows()
        found |= {one.class_id for one in classes if one.industry == industry} or {industry}
    return frozenset(found)


def show_part(page: Any, part: str) -> None:
    """Raises OperatorError where the page has no such part."""
    open_part = getattr(page, "open_part", None)
    if open_part is None:
        raise OperatorError(translate("drilling", "这个页面没有 {0} 这一部分").format(part))
    if refusal := open_part(part):
        raise OperatorError(refusal)
