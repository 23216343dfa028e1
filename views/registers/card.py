"""What is known of one row, and what can be done from it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.commands.owner_reach import OwnerReach
from desktop.context import RoomContext
from desktop.domain.bridges import BRIDGE
from desktop.domain.links import CameraLink, MapLink, link_text
from desktop.domain.masking import DataClass, Shown, row_as_seen, shown
from desktop.domain.permissions import Action, why_not
from desktop.domain.registers import TableRow
from views.registers.wording import Names, field_lines, register_word, unknown_lines
from widgets import icons
from widgets.command_button import CommandButton
from widgets.empty_state import EmptyState
from widgets.plain_label import ElidedLabel, PlainLabel
from widgets.reach_panel import ReachPanel
from widgets.theme import NOTE_PX, STRONG_PX

WIDTH_PX = 360
SHOWN_MS = 30_000  # a whole number does not stay on a screen that others pass
PLACE_ZOOM = 17.0
_NOWHERE = ("orgs", "duty")  # registers of people and offices


class RowCard(QWidget):
    """`link_asked` carries an address that the shell opens."""

    link_asked = Signal(str)

    def __init__(self, room: RoomContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("register_card")
        self.setProperty("ground", "1")
        self.setProperty("edge", "left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH_PX)
        self._room = room
        self._to_owner = OwnerReach(room)
        self._camera_id = ""
        self._sensor_id = ""  # of a sensor on a bridge
        self._place: tuple[float, float] | None = None
        self._phone = PlainLabel(bold=True)
        self._refusal = PlainLabel(px=NOTE_PX, tone="text2")
        self._hiding = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._hiding.timeout.connect(self._hide_number)
        self._masked = ""
        self._build()
        self.show_nothing()

    # ---- building ---------------------------------------------------------------------------

    def _build(self) -> None:
        self._title = ElidedLabel(px=STRONG_PX, bold=True)
        self._note = ElidedLabel(px=NOTE_PX, tone="text2")
        self._note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(0)
        head.addWidget(self._title)
        head.addWidget(self._note)
        self._empty = EmptyState("information-outline")
        self._owner = self._build_owner()
        self._body = QScrollArea()
        self._body.setWidgetResizable(True)
        self._body.setFrameShape(QFrame.Shape.NoFrame)
        self._map = QPushButton(self.tr("在地图上看"))
        self._map.setIcon(icons.icon("map-marker-outline", "text", 16))
        self._map.clicked.connect(self._ask_map)
        self._video = QPushButton(self.tr("看视频"))
        self._video.setIcon(icons.icon("cctv", "text", 16))
        self._video.clicked.connect(self._ask_video)
        self._bridge = QPushButton(self.tr("全桥测点"))
        self._bridge.clicked.connect(self._ask_bridge)
        actions = QHBoxLayout()
        actions.setContentsMargins(16, 8, 16, 12)
        actions.setSpacing(8)
        actions.addWidget(self._map, 1)
        actions.addWidget(self._video, 1)
        actions.addWidget(self._bridge, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)  # its edge line stays whole
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._empty, 1)
        column.addWidget(self._owner)
        column.addWidget(self._body, 1)
        column.addLayout(actions)

    def _build_owner(self) -> QWidget:
        box = QFrame()
        box.setProperty("banner", True)
        self._person = PlainLabel(bold=True)
        self.reveal = CommandButton(self.tr("显示号码"), self._reveal)
        self.reveal.refused.connect(self._tell_refusal)
        self._refusal.setWordWrap(True)
        self.reach = ReachPanel(self._room.clock, self._to_owner)
        self._room.outreach.changed.connect(self.reach.refresh)
        grid = QGridLayout(box)
        grid.setContentsMargins(16, 8, 12, 8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(PlainLabel(self.tr("责任人"), NOTE_PX, tone="text2"), 0, 0)
        grid.addWidget(self._person, 0, 1)
        grid.addWidget(PlainLabel(self.tr("电话"), NOTE_PX, tone="text2"), 1, 0)
        grid.addWidget(self._phone, 1, 1)
        grid.addWidget(self.reveal, 0, 2, 2, 1)
        grid.addWidget(self._refusal, 2, 0, 1, 3)
        grid.addWidget(self.reach, 3, 0, 1, 3)
        return box

    # ---- showing ----------------------------------------------------------------------------

    def show_nothing(self, note: str = "") -> None:
        self._to_owner.asset_id = self._camera_id = ""
        self._place = None
        self._masked = ""
        self._hide_number()
        for label in (self._title, self._note, self._person):
            label.setText("")
        self._body.setWidget(QWidget())
        for part in (self._owner, self._body, self._map, self._video, self._bridge):
            part.hide()
        text = self.tr("未选中任何一行")
        self._empty.tell(
            "information-outline", text, note or self.tr("选中左侧一行，这里列出全部登记项")
        )
        self._empty.show()

    def show_row(
        self, register: str, row: TableRow, fields: Mapping[str, Any], names: Names
    ) -> None:
        """`fields` is the row as the platform wrote it, phones masked."""
        fields = row_as_seen(register, fields, self._to_owner.roles())
        self._hide_number()
        self._empty.hide()
        self._title.setText(row.title or row.id)
        known_by = names.orgs.get(row.org_id, row.org_id) if register == "duty" else row.id
        self._note.setText(f"{register_word(register)} · {known_by}")
        self._show_fields(register, fields, names)
        self._show_owner(row.id if register == "assets" else "", fields)
        self._camera_id = row.id if register == "cameras" else str(fields.get("camera_id") or "")
        placed = row.lon_deg is not None and row.lat_deg is not None
        self._place = (row.lon_deg, row.lat_deg) if placed else None  # type: ignore[assignment]
        self._map.setVisible(register not in _NOWHERE)
        self._map.setEnabled(placed)
        self._map.setText(self.tr("在地图上看") if placed else self.tr("名册中无坐标"))
        self._video.setVisible(bool(self._camera_id))
        on_bridge = register == "points" and fields.get("class_id") == BRIDGE
        self._sensor_id = row.id if on_bridge else ""
        self._bridge.setVisible(on_bridge)

    def _show_fields(self, register: str, fields: Mapping[str, Any], names: Names) -> None:
        page = QWidget()
        page.setProperty("ground", "1")
        grid = QGridLayout(page)
        grid.setContentsMargins(16, 8, 16, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        line = 0
        for label, text in field_lines(register, fields, names):
            self._add_line(grid, line, label, text)
            line += 1
        if more := unknown_lines(fields):
            heading = PlainLabel(self.tr("未映射字段（照平台原样）"), NOTE_PX, tone="text2")
            grid.addWidget(heading, line, 0, 1, 2)
            for step, (label, text) in enumerate(more, start=line + 1):
                self._add_line(grid, step, label, text)
            line += 1 + len(more)
        grid.setRowStretch(line, 1)
        self._body.setWidget(page)
        self._body.show()

    def _add_line(self, grid: QGridLayout, line: int, label: str, text: str) -> None:
        name = PlainLabel(label, NOTE_PX, tone="text2")
        value = PlainLabel(text)
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(name, line, 0, top)
        grid.addWidget(value, line, 1, top)

    # ---- the owner --------------------------------------------------------------------------

    def _show_owner(self, asset_id: str, fields: Mapping[str, Any]) -> None:
        self._to_owner.asset_id = asset_id
        owner = fields.get("owner")
        known = bool(asset_id) and isinstance(owner, Mapping)
        self._owner.setVisible(known)
        if not known or not isinstance(owner, Mapping):
            return
        self._person.setText(str(owner.get("name") or ""))
        roles = self._to_owner.roles()
        hidden = shown(DataClass.OWNER_PHONE, roles) is Shown.HIDDEN
        absent = self.tr("本角色不显示") if hidden else self.tr("未登记")
        self._masked = str(owner.get("phone") or absent)
        self._phone.setText(self._masked)
        reason = why_not(roles, Action.PHONE_REVEAL)
        self.reveal.offer(not reason)
        self._tell_refusal(reason)
        self.reach.forget()

    async def _reveal(self) -> None:
        """Raises PlatformError; the link notes in the audit trail who asked for whom."""
        asked = self._to_owner.asset_id
        owner = await self._room.questions.owner(asked)
        if asked == self._to_owner.asset_id:  # not of the row before
            self._person.setText(owner.name)
            self._phone.setText(owner.phone or self.tr("未登记"))
            self._tell_refusal(self.tr("30 秒后重新遮盖；查看已记入审计"))
            self._hiding.start()

    def _tell_refusal(self, text: str) -> None:
        self._refusal.setText(text)
        self._refusal.setVisible(bool(text))

    def _hide_number(self) -> None:
        self._hiding.stop()
        self._phone.setText(self._masked)
        self._tell_refusal("")

    # ---- going elsewhere --------------------------------------------------------------------

    def _ask_map(self) -> None:
        if self._place is not None:
            self.link_asked.emit(link_text(MapLink(*self._place, PLACE_ZOOM)))

    def _ask_bridge(self) -> None:
        if self._sensor_id:
            self._room.map_state.ask_bridge(self._sensor_id)

    def _ask_video(self) -> None:
        if self._camera_id:
            self.link_asked.emit(link_text(CameraLink(self._camera_id)))
