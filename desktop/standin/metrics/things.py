"""What stands in the city: measured points, cameras, items of the registers."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import numpy as np

from desktop.domain.alarms import Condition
from desktop.standin.catalogue import CityCatalogue, cameras
from desktop.standin.city import City
from desktop.standin.generated.kinds import CAMERA_GROUPS, ITEM_CLASSES
from desktop.standin.metrics.sheet import Edges, Past, Sheet

POINT_CLASSES = (
    "underpass_water", "water_level", "river_level", "pipe_level", "bridge", "street_light",
    "flow", "water_quality", "gas", "heat", "water_pressure", "manhole", "pump",
)  # fmt: skip
CAMERA_SOURCES = {
    "police": "公安视频平台", "traffic": "交通视频平台", "management": "城管视频平台",
    "water": "水务视频平台", "rural": "农业农村视频平台", "parks": "园林视频平台",
    "works": "住建视频平台", "emergency": "应急视频平台",
}  # fmt: skip


class ThingMetrics:
    """Points on the loop: who is silent, who is over a line."""

    name, blocks, fresh_s, ready = "points", False, 2.0, True

    def __init__(self, city: City, catalogue: CityCatalogue, districts: Sequence[str]) -> None:
        self._city, self._catalogue, self._districts = city, catalogue, districts
        self._of_point = {
            p.point_id: (p.class_id, catalogue.place_of(p.point_id).district_id)
            for p in catalogue.points
        }

    def present(self, at: datetime) -> Sheet:
        sheet = Sheet(self._districts, f"points/{self._city.book.seq}")
        ids = [f"point.{kind}.{one}" for one in POINT_CLASSES for kind in ("total", "online",
               "over")]  # fmt: skip
        sheet.begin("point.total", "point.online", "point.over", *ids)
        for point_id, (class_id, district) in self._of_point.items():
            online = point_id not in self._city.silent
            for name in ("point.total", f"point.total.{class_id}"):
                sheet.add(name, district)
            for name in ("point.online", f"point.online.{class_id}") if online else ():
                sheet.add(name, district)
        over = {
            a.point_id for a in self._city.book.open_alarms()
            if a.condition is Condition.ACTIVE and a.point_id in self._of_point
        }  # fmt: skip
        for point_id in over:
            class_id, district = self._of_point[point_id or ""]
            sheet.add("point.over", district)
            sheet.add(f"point.over.{class_id}", district)
        sheet.rate("point.online_rate", "point.online", "point.total")
        for one in POINT_CLASSES:
            sheet.rate(f"point.online_rate.{one}", f"point.online.{one}", f"point.total.{one}")
            for scope in ("city", *self._districts):
                sheet.values.pop((f"point.online.{one}", scope), None)
        return sheet

    def past(self, wanted: Iterable[str], edges: Edges) -> Past:
        return {}


class CameraMetrics:
    """50,000 cameras as arrays, by district and by the platform that lends them."""

    name, blocks, fresh_s, ready = "cameras", False, 10.0, True

    def __init__(self, catalogue: CityCatalogue, districts: Sequence[str]) -> None:
        self._catalogue, self._districts = catalogue, districts
        arrays, known = catalogue.city.arrays, catalogue.cameras_by_id
        numbers = np.array([n for c in known if (n := catalogue.city.camera_number(c)) is not None])
        at = {code: n for n, code in enumerate(districts)}
        codes = np.array([at.get(c, -1) for c in catalogue.city.words["district_code"]])
        faces = arrays["camera_face"][numbers] if len(numbers) else np.zeros(0, np.int64)
        self._district = np.where(faces >= 0, codes[arrays["face_district"][faces]], -1)
        self._online = arrays["camera_online"][numbers].astype(np.bool_)
        group = arrays["camera_group"][numbers]
        self._source = np.array([one.source for one in CAMERA_GROUPS])[group]
        self._at = {catalogue.city.camera_id(int(n)): place for place, n in enumerate(numbers)}
        self._laid = {c.camera_id: c for c in cameras()}

    def present(self, at: datetime) -> Sheet:
        changes = self._catalogue.changes
        sheet = Sheet(self._districts, f"cameras/{changes.count}")
        online = self._online.copy()
        for camera_id, change in changes.camera_online.items():
            if (place := self._at.get(camera_id)) is not None:
                online[place] = change[0]
        size = len(self._districts)
        inside = self._district >= 0
        for name, chosen in (("camera.total", inside), ("camera.online", inside & online)):
            sheet.columns(name, np.bincount(self._district[chosen], minlength=size).astype(float))
        sheet.set("camera.total", float(len(online)))
        sheet.set("camera.online", float(online.sum()))
        self._add_laid(sheet)
        sheet.rate("camera.online_rate", "camera.online", "camera.total")
        for key, source in CAMERA_SOURCES.items():
            mine = self._source == source
            total, up = int(mine.sum()), int((mine & online).sum())
            sheet.set(f"camera.total.{key}", float(total))
            sheet.set(f"camera.online_rate.{key}", 100 * up / total if total else None, total)
        return sheet

    def _add_laid(self, sheet: Sheet) -> None:
        changed = self._catalogue.changes.camera_online
        for camera_id, camera in self._laid.items():
            up = changed[camera_id][0] if camera_id in changed else camera.online
            sheet.add("camera.total", camera.district_id)
            if up:
                sheet.add("camera.online", camera.district_id)

    def past(self, wanted: Iterable[str], edges: Edges) -> Past:
        return {}


class AssetMetrics:
    """Items by class, those at fault, and covers without anybody who answers for them."""

    name, blocks, fresh_s, ready = "assets", True, 60.0, True

    def __init__(self, catalogue: CityCatalogue, districts: Sequence[str]) -> None:
        self._catalogue, self._districts = catalogue, districts
        arrays = catalogue.city.arrays
        at = {code: n for n, code in enumerate(districts)}
        codes = np.array([at.get(c, -1) for c in catalogue.city.words["district_code"]])
        self._district = codes[arrays["face_district"][arrays["item_face"].astype(np.int64)]]
        self._class, self._faulty = arrays["item_class"], arrays["item_faulty"].astype(np.bool_)

    def present(self, at: datetime) -> Sheet:
        changes = self._catalogue.changes
        sheet = Sheet(self._districts, f"assets/{changes.count}")
        faulty = self._faulty.copy()
        for number, change in dict(changes.item_status).items():
            faulty[number] = change[0] != "normal"
        size, inside = len(self._districts), self._district >= 0
        for name, chosen in (("asset.total", inside), ("asset.fault", inside & faulty)):
            sheet.columns(name, np.bincount(self._district[chosen], minlength=size).astype(float))
        sheet.set("asset.total", float(len(faulty)))
        sheet.set("asset.fault", float(faulty.sum()))
        for number, kind in enumerate(ITEM_CLASSES):
            mine = self._class == number
            sheet.set(f"asset.total.{kind.class_id}", float(mine.sum()))
            bad = np.bincount(self._district[mine & inside & faulty], minlength=size)
            sheet.columns(f"asset.fault.{kind.class_id}", bad.astype(float))
        sheet.rate("asset.fault_rate", "asset.fault", "asset.total")
        return sheet

    def past(self, wanted: Iterable[str], edges: Edges) -> Past:
        return {}
