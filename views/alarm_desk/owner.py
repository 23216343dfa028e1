"""Who answers for the thing that alarms, and the way to them."""

import asyncio

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.commands.reach import Reach
from desktop.context import RoomContext
from desktop.domain.alarms import Alarm
from desktop.domain.bridges import BRIDGE
from desktop.domain.masking import DataClass, as_seen
from desktop.errors import OperatorError
from desktop.tasks import TaskScope
from views.alarm_desk.sections import Section
from views.alarm_desk.wording import translate
from widgets import icons
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.reach_panel import ReachActs, ReachPanel


class OwnerSection(Section):
    """Hidden where nobody is named for the item of the alarm."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(translate("alarm_desk", "责任人"), parent)
        self._room, self._reach = room, Reach(room)
        self._scope = TaskScope(self)
        self._alarm: Alarm | None = None
        self._asset_id = self._place = ""
        self._name = PlainLabel(bold=True)
        self._phone = ElidedLabel(tone="text2")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._name)
        line.addWidget(self._phone, 1)
        self.panel = self._build_panel()
        self.body.setSpacing(6)
        self.body.addLayout(line)
        self.body.addWidget(self.panel)
        self.hide()

    def _build_panel(self) -> ReachPanel:
        room, reach = self._room, self._reach

        async def notify() -> None:
            await reach.notify_owner(self._asset_id, self._alarm, self._place)

        async def call() -> None:
            await reach.call_owner(self._asset_id)

        async def notify_next() -> None:
            await reach.notify_next(self._asset_id, self._alarm, self._place)

        acts = ReachActs(
            notify, call, notify_next, reach.hang_up, lambda: reach.about(self._asset_id),
            lambda: room.session.user.roles if room.session.user else (),
        )  # fmt: skip
        panel = ReachPanel(room.clock, reach.limit_s, acts)
        room.outreach.changed.connect(panel.refresh)
        return panel

    def show_alarm(self, alarm: Alarm, place: str = "") -> None:
        before, self._alarm, self._place = self._asset_id, alarm, place
        self._asset_id = alarm.asset_id or ""
        if self._asset_id == before:
            return
        self.hide()
        if self._asset_id and _loop_runs():
            self._scope.spawn(self._find(self._asset_id), "owner")

    async def _find(self, asset_id: str) -> None:
        """From the local register: no platform is asked."""
        try:
            asset = await self._room.questions.asset(asset_id)
        except OperatorError:
            return
        if asset_id != self._asset_id or asset is None or asset.owner is None:
            return
        user = self._room.session.user
        roles = user.roles if user is not None else ()
        self._name.setText(as_seen(DataClass.OWNER_NAME, asset.owner.name, roles))
        phone = as_seen(DataClass.OWNER_PHONE, asset.owner.phone, roles)
        self._phone.setText(" · ".join(filter(None, (phone, asset_id))))
        self.head(translate("alarm_desk", "责任人"))
        self.show()
        self.panel.forget()


class NearSection(Section):
    """The way to whoever is near: the map lists them by distance."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(translate("alarm_desk", "附近力量"), parent)
        self._room = room
        self._place: tuple[float, float, str] | None = None
        self.button = QPushButton(translate("alarm_desk", "附近手台"))
        self.button.setIcon(icons.icon("access-point", "text", 16))
        self.button.clicked.connect(self._ask)
        self._point_id = ""
        self.bridge = QPushButton(translate("alarm_desk", "全桥测点"))
        self.bridge.clicked.connect(self._ask_bridge)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.button, 1)
        line.addWidget(self.bridge, 1)
        self.body.addLayout(line)
        self.hide()

    def show_alarm(self, alarm: Alarm, place: str) -> None:
        self._point_id = alarm.point_id or ""
        self.bridge.setVisible(alarm.class_id == BRIDGE and bool(self._point_id))
        there = alarm.lon_deg is not None and alarm.lat_deg is not None
        self._place = (alarm.lon_deg, alarm.lat_deg, place) if there else None  # type: ignore[assignment]
        self.setVisible(there)

    def _ask_bridge(self) -> None:
        self._room.map_state.ask_bridge(self._point_id)

    def _ask(self) -> None:
        if self._place is not None:
            self._room.map_state.ask_near(*self._place)


def _loop_runs() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
