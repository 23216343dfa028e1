"""What carries a camera that is not fixed, in one line: who holds it, how fast, which way."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject

from desktop.context import RoomContext
from desktop.domain.cameras import Camera, CameraKind
from desktop.domain.points import Reading
from desktop.domain.positions import Position
from desktop.domain.units import Unit
from views.video_wall.words import direction_word
from widgets.times import age_text

translate = QCoreApplication.translate
_CARRIED = (CameraKind.DRONE, CameraKind.VEHICLE, CameraKind.BODYCAM)
# Of the readings that a platform may send under the id of a unit.
_METRICS = (
    ("altitude_m", QT_TRANSLATE_NOOP("Carriers", "高 {0:.0f} m")),
    ("battery_pct", QT_TRANSLATE_NOOP("Carriers", "电量 {0:.0f} %")),
)


class Carriers(QObject):
    """Reads units, positions and readings of the room; one line a camera."""

    def __init__(self, room: RoomContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._by_camera: dict[str, Unit] = {}
        room.units.changed.connect(self._learn)
        self._learn()

    def line(self, camera: Camera) -> str:
        """Empty for a fixed camera; an honest word where nothing is known of a carried one."""
        if camera.kind not in _CARRIED:
            return ""
        unit = self._by_camera.get(camera.camera_id)
        if unit is None:
            return translate("Carriers", "没有登记随带的人员或车辆")
        parts = [unit.name] if not camera.name.startswith(unit.name) else []
        if camera.kind is CameraKind.BODYCAM:
            parts = [translate("Carriers", "佩戴人 {0}").format(unit.name)]
        parts += self._flight(unit)
        position = self._room.positions.get(unit.unit_id)
        if position is not None:
            parts += self._motion(position, camera.kind)
        else:
            parts.append(translate("Carriers", "没有上报位置"))
        if camera.kind is CameraKind.BODYCAM:
            parts.append(translate("Carriers", "观看已记入审计"))
        return " · ".join(parts)

    def _flight(self, unit: Unit) -> list[str]:
        """Height and battery where the platform sends them."""
        reading: Reading | None = self._room.readings.get(unit.unit_id)
        if reading is None:
            return []
        parts = [
            translate("Carriers", str(words)).format(reading.metrics[name])
            for name, words in _METRICS
            if name in reading.metrics
        ]
        if reading.battery is not None and "battery_pct" not in reading.metrics:
            parts.append(translate("Carriers", "电量 {0:.0f} %").format(reading.battery))
        return parts

    def _motion(self, position: Position, kind: CameraKind) -> list[str]:
        parts: list[str] = []
        if not position.speed_kmh:
            stands = translate("Carriers", "悬停") if kind is CameraKind.DRONE else ""
            parts += [stands or translate("Carriers", "停住")] if position.speed_kmh == 0 else []
        else:
            parts.append(f"{position.speed_kmh:.0f} km/h")
        if position.heading_deg is not None:
            way = direction_word(position.heading_deg)
            parts.append(translate("Carriers", "向{0}").format(way))
        age_s = (self._room.clock.now() - position.at).total_seconds()
        parts.append(translate("Carriers", "位置 {0} 前").format(age_text(max(0.0, age_s))))
        return parts

    def _learn(self) -> None:
        rows = self._room.units.rows()
        self._by_camera = {unit.camera_id: unit for unit in rows if unit.camera_id}
