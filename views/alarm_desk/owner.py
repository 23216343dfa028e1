"""Who answers for the thing that alarms, and the way to them."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.commands.owner_reach import OwnerReach
from desktop.context import RoomContext
from desktop.domain.alarms import Alarm
from desktop.domain.bridges import BRIDGE
from desktop.domain.masking import DataClass, as_seen
from desktop.errors import OperatorError
from desktop.tasks import TaskScope, loop_runs
from views.alarm_desk.sections import Section
from views.alarm_desk.wording import translate
from widgets import icons
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.reach_panel import ReachPanel


class OwnerSection(Section):
    """Hidden where nobody is named for the item of the alarm."""

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(translate("alarm_desk", "责任人"), parent)
        self._room, self._reach = room, OwnerReach(room)
        self._scope = TaskScope(self)
        self._name = PlainLabel(bold=True)
        self._phone = ElidedLabel(tone="text2")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._name)
        line.addWidget(self._phone, 1)
        self.panel = ReachPanel(room.clock, self._reach)
        room.outreach.changed.connect(self.panel.refresh)
        room.register_ages.changed.connect(self._on_register)
        self.body.setSpacing(6)
        self.body.addLayout(line)
        self.body.addWidget(self.panel)
        self.hide()

    def show_alarm(self, alarm: Alarm, place: str = "") -> None:
        before, asset_id = self._reach.asset_id, alarm.asset_id or ""
        self._reach.asset_id, self._reach.alarm, self._reach.place = asset_id, alarm, place
        if asset_id == before:
            return
        self.hide()
        self._look_up()

    def _look_up(self) -> None:
        if self._reach.asset_id and loop_runs():
            self._scope.spawn(self._find(self._reach.asset_id), "owner")

    def _on_register(self, name: str) -> None:
        """The first alarm of a first start is there before the items are mirrored."""
        if name == "assets" and self.isHidden():
            self._look_up()

    async def _find(self, asset_id: str) -> None:
        """From the local register: no platform is asked."""
        try:
            asset = await self._room.questions.asset(asset_id)
        except OperatorError:
            return
        if asset_id != self._reach.asset_id or asset is None or asset.owner is None:
            return
        roles = self._reach.roles()
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
