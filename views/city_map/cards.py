"""The words of what the pointer rests on, and of what was clicked."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.commands.near import CALLED
from desktop.context import RoomContext
from desktop.domain.assets import Owner
from desktop.domain.bridges import BRIDGE
from desktop.domain.masking import DataClass, as_seen
from desktop.domain.positions import PlaceTrust, Position, place_trust
from views.city_map import words
from views.city_map.base_layers import BaseLayers
from views.city_map.bridge import BridgeCards
from views.city_map.live_layers import platform_now
from views.city_map.marks import plain
from views.city_map.point_marks import value_of, value_text
from views.city_map.publishing import Publisher
from views.city_map.reaching import Reaching
from widgets.times import age_text, hh_mm_ss

REFRESH_MS = 1000
SHOW_CAMERA = "camera:"
SHOW_BRIDGE = "bridge:"
CLOSE = "close"
Card = dict[str, Any]


class Cards(QObject):
    """Holds what is chosen on the map besides the alarm: a unit, a point, a camera, an item."""

    unit_chosen = Signal(str)  # unit_id, "" for none
    camera_wanted = Signal(str)  # camera_id: its picture

    def __init__(
        self, room: RoomContext, base: BaseLayers, publisher: Publisher, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.bridges = BridgeCards(room, parent)
        self.reaching = Reaching(room, parent)
        self.reaching.changed.connect(self._tell)
        self._room, self._base, self._publisher = room, base, publisher
        self._kind = self._id = ""
        self._area: Card | None = None
        self._said = b"null"
        self._makers: dict[str, Callable[[str], Card | None]] = {
            "unit": self._unit, "camera": self._camera, "point": self._point, "item": self._item
        }  # fmt: skip
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self._tell)
        room.positions.changed.connect(self._tell_trail)

    @property
    def unit_id(self) -> str:
        return self._id if self._kind == "unit" else ""

    def choose(self, kind: str, mark_id: str) -> None:
        before = self.unit_id
        self._kind, self._id, self._area = kind, mark_id, None
        if self.unit_id != before:
            self.unit_chosen.emit(self.unit_id)
        self._tell_trail()
        self._tell()
        if kind in self._makers:
            self._timer.start()
        else:
            self._timer.stop()

    def press(self, action: str) -> None:
        if action == CLOSE:
            self.choose("", "")
        elif action.startswith(SHOW_CAMERA):
            self.camera_wanted.emit(action.removeprefix(SHOW_CAMERA))
        elif action.startswith(SHOW_BRIDGE):
            self.bridges.open(action.removeprefix(SHOW_BRIDGE))
        else:
            self.reaching.press(action)

    def show_area(self, layer_id: str, facts: str) -> None:
        try:
            known = json.loads(facts)
        except ValueError:
            return
        if isinstance(known, dict):
            self.choose("", "")
            self._area = self._area_card(layer_id, known)
            self._tell()

    def hover(self, kind: str, mark_id: str) -> str:
        """JSON {title, lines}, empty for what is not known any more."""
        card = self._makers[kind](mark_id) if kind in self._makers else None
        if card is None:
            return ""
        lines = [" · ".join(value for _, value in card["rows"][start : start + 2] if value)
                 for start in range(0, min(len(card["rows"]), 4), 2)]  # fmt: skip
        if card.get("badge"):
            lines.insert(0, card["badge"])
        return json.dumps({"title": card["title"], "lines": lines}, ensure_ascii=False)

    # ---- telling -------------------------------------------------------------------------

    def _tell(self) -> None:
        card = self._makers[self._kind](self._id) if self._kind in self._makers else self._area
        body = json.dumps(card, ensure_ascii=False).encode()
        if body != self._said or "card" not in self._publisher:
            self._said = body
            self._publisher.json("card", body)

    def _tell_trail(self) -> None:
        if not self.unit_id:
            return
        trail = self._room.positions.trail(self.unit_id)
        places = [(round(p.lon_deg, 6), round(p.lat_deg, 6)) for p in trail]
        body = json.dumps({"id": self.unit_id, "places": places}).encode()
        self._publisher.json("trail", body)

    # ---- cards ---------------------------------------------------------------------------

    def _unit(self, unit_id: str) -> Card | None:
        position = self._room.positions.get(unit_id)
        if position is None:
            return None
        unit = _row(self._room, "units", unit_id)
        age_s = max(0.0, (platform_now(self._room) - position.at).total_seconds())
        trust = place_trust(position.kind, age_s)
        rows = [
            (self.tr("类别"), words.unit_kinds()[position.kind]),
            (self.tr("单位"), self._org(getattr(unit, "org_id", None))),
            (self.tr("速度"), self._speed(position)),
            (self.tr("位置"), self._age(position, age_s, trust)),
        ]
        camera_id = getattr(unit, "camera_id", None)
        known = bool(camera_id) and self._room.cameras.get(camera_id) is not None
        buttons = [(f"{SHOW_CAMERA}{camera_id}", self.tr("看画面"))] if known else []
        if position.kind in CALLED:
            rows += self.reaching.unit_rows(unit_id)
            buttons += self.reaching.unit_buttons(unit_id)
        return {
            "title": plain(getattr(unit, "name", "") or unit_id),
            "badge": words.unit_states()[position.state],
            "stale": trust is not PlaceTrust.LIVE,
            "rows": [(name, value) for name, value in rows if value],
            "buttons": buttons,
            "warn": self.reaching.warning(unit_id),
        }

    def _speed(self, position: Position) -> str:
        if position.speed_kmh is None:
            return ""
        return self.tr("停") if position.speed_kmh < 1 else f"{position.speed_kmh:.0f} km/h"

    def _age(self, position: Position, age_s: float, trust: PlaceTrust) -> str:
        text = self.tr("{} 前").format(age_text(age_s))
        if trust is PlaceTrust.STALE:
            return self.tr("{} · 停滞").format(text)
        if trust is PlaceTrust.LAST_KNOWN:
            return self.tr("最后位置 {}（{}）").format(hh_mm_ss(position.at), text)
        return text

    def _camera(self, camera_id: str) -> Card | None:
        camera = self._room.cameras.get(camera_id)
        if camera is None:
            return None
        rows = [
            (self.tr("类别"), words.camera_kinds()[camera.kind]),
            (self.tr("来源"), plain(camera.source)),
            (self.tr("单位"), self._org(camera.org_id)),
            (self.tr("编号"), camera_id),
        ]
        return {
            "title": plain(camera.name),
            "badge": self.tr("在线") if camera.online else self.tr("离线"),
            "stale": not camera.online,
            "rows": [(name, value) for name, value in rows if value],
            "buttons": [(f"{SHOW_CAMERA}{camera_id}", self.tr("看画面"))],
        }

    def _point(self, point_id: str) -> Card | None:
        point = self._room.points.get(point_id)
        if point is None:
            return None
        reading = self._room.readings.get(point_id)
        value = value_of(point, reading)
        lines = "  ".join(f"{line.level.glyph} {line.value:g}" for line in point.thresholds)
        rows = [
            (self.tr("类别"), words.point_classes().get(point.class_id, point.class_id)),
            (self.tr("警戒线"), f"{lines} {point.unit}" if lines else ""),
            (self.tr("时间"), self._since(reading.at) if reading else self.tr("尚无读数")),
            (self.tr("编号"), point_id),
        ]
        cameras = [one for one in point.camera_ids if self._room.cameras.get(one) is not None]
        buttons = [(f"{SHOW_CAMERA}{cameras[0]}", self.tr("看画面"))] if cameras else []
        if point.class_id == BRIDGE:
            buttons.append((f"{SHOW_BRIDGE}{point_id}", self.tr("全桥测点")))
        buttons += self.reaching.near_button(point.lon_deg, point.lat_deg)
        return {
            "title": plain(point.name),
            "badge": value_text(point, value) if value is not None else "",
            "rows": [(name, value) for name, value in rows if value],
            "buttons": buttons,
        }

    def _since(self, at: datetime) -> str:
        age_s = (platform_now(self._room) - at).total_seconds()
        return self.tr("{}（{} 前）").format(hh_mm_ss(at), age_text(age_s))

    def _item(self, asset_id: str) -> Card | None:
        asset = self._base.items.get(asset_id)
        if asset is None:
            return None
        owner = asset.owner
        answers = self._owner_words(owner) if owner else ""
        rows = [
            (self.tr("类别"), words.item_classes().get(asset.class_id, asset.class_id)),
            (self.tr("权属人"), plain(answers)),
            (self.tr("单位"), self._org(asset.org_id)),
            (self.tr("编号"), asset_id),
        ]
        normal = asset.status in ("", "normal")
        buttons = self.reaching.owner_buttons(asset)
        if buttons:
            rows += self.reaching.owner_rows(asset)
            buttons += self.reaching.near_button(asset.lon_deg, asset.lat_deg)
        return {
            "title": plain(asset.name),
            "badge": self.tr("正常") if normal else words.item_state(plain(asset.status)),
            "rows": [(name, value) for name, value in rows if value],
            "buttons": buttons,
            "warn": self.reaching.warning(asset_id),
        }

    def _owner_words(self, owner: Owner) -> str:
        """As much of them as this role may see."""
        user = self._room.session.user
        roles = user.roles if user is not None else ()
        name = as_seen(DataClass.OWNER_NAME, owner.name, roles)
        return f"{name} {as_seen(DataClass.OWNER_PHONE, owner.phone, roles)}".strip()

    def _area_card(self, layer_id: str, known: Card) -> Card:
        def fact(*names: str) -> str:
            return next((plain(str(known[name])) for name in names if known.get(name)), "")

        grid = layer_id == "grids"
        rows = [
            (self.tr("编码"), fact("grid_id" if grid else "district_id", "code")),
            (self.tr("责任人"), fact("owner_name", "owner", "manager")),
            (self.tr("采集员"), fact("collector_name", "collector")),
            (self.tr("单位"), self._org(fact("org_id")) or fact("org_name")),
            (self.tr("所属"), fact("community", "subdistrict", "parent_name")),
        ]
        return {
            "title": fact("name") or self.tr("未命名区域"),
            "badge": self.tr("责任网格") if grid else self.tr("行政区"),
            "rows": [(name, value) for name, value in rows if value],
            "buttons": [],
        }

    def _org(self, org_id: str | None) -> str:
        org = _row(self._room, "orgs", org_id)
        return plain(getattr(org, "name", "") or org_id or "")


def _row(room: RoomContext, register: str, key: str | None) -> Any:
    """A row of a register that this room may not have."""
    rows = getattr(room, register, None)
    return rows.get(key) if rows is not None and key else None
