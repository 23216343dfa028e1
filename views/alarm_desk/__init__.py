"""The alarm desk: the list of open alarms, and what is known and to be done about one."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.context import RoomContext, ViewSpec
from views.alarm_desk.detail_panel import AlarmDetailPanel
from views.alarm_desk.list_panel import AlarmListPanel


def build_list(room: RoomContext) -> AlarmListPanel:
    return AlarmListPanel(room)


def build_detail(room: RoomContext) -> AlarmDetailPanel:
    return AlarmDetailPanel(room)


def build(room: RoomContext) -> QWidget:
    """List and detail side by side, where no workstation places them."""
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    row.addWidget(build_list(room), 1)
    row.addWidget(build_detail(room), 1)
    return both


VIEW = ViewSpec(view_id="alarms", title="告警", icon="bell-alert.svg", build=build)
