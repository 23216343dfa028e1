"""Single things that go wrong in the city, each at one of its points."""

import random
from dataclasses import dataclass

from desktop.domain.alarms import Verification
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.standin.catalogue import PointPlace
from desktop.standin.city import City, Draft
from desktop.standin.places import cameras_as_points, items_as_points, some_covers

__all__ = ["Draft", "Pools", "small_occurrence", "storm_occurrence"]

_LAID_CAMERAS, _MOST_CAMERAS, _MOST_COVERS = 40, 400, 1500
_STREET_SCENES = ("street", "crossing", "market", "plaza", "parking", "lamps")


@dataclass(frozen=True)
class Kind:
    """`low` to `high` is the range of the value; `title` may name {value}."""

    class_id: str
    level: WarningLevel
    title: str
    detail: str
    low: float = 0.0
    high: float = 0.0
    limit: float | None = None
    unit: str = ""
    weight: float = 1.0


_MOVED = "井盖位移 倾角 {value:.1f}°"
_BLUE, _YELLOW, _ORANGE = WarningLevel.BLUE, WarningLevel.YELLOW, WarningLevel.ORANGE
# Weights give about 80 % Ⅳ, 15 % Ⅲ, 5 % Ⅱ (EEMUA 191)
_SMALL = (
    Kind("manhole", _BLUE, "井盖电量低于 15 %", "监测终端电池", 9, 15, 15, "%", 16),
    Kind("manhole", _YELLOW, "井盖倾斜 {value:.1f}°", "持续 6 s，非车辆碾压", 15.2, 21, 15, "°", 6),
    Kind("manhole", _ORANGE, _MOVED, "持续 8 s，非车辆碾压", 24, 40, 15, "°", 4),
    Kind("street_light", _BLUE, "路灯离线 {value:.0f} 盏", "回路电流低于下限", 3, 14, 3, "盏", 20),
    Kind("ai_video", _BLUE, "占道经营 待核实", "识别置信 {value:.0f} %", 71, 93, None, "%", 18),
    Kind("ai_video", _YELLOW, "消防通道占用 待核实", "识别置信 {value:.0f} %", 80, 95,
         None, "%", 9),
    Kind("power", _BLUE, "电压波动 {value:.0f} V", "限值 198 V", 186, 197, 198, "V", 10),
    Kind("power", _ORANGE, "泵站市电中断", "备用电源已投入", 0, 0, None, "", 1),
    Kind("pump", _BLUE, "前池格栅压差 {value:.0f} cm", "限值 20 cm", 21, 34, 20, "cm", 16),
)  # fmt: skip
_STORM = (
    Kind("manhole", _ORANGE, _MOVED, "水流冲顶", 15.5, 28, 15, "°", 0.5),
    Kind(
        "manhole", _YELLOW, "井下水位超限 {value:.2f} m", "距井口 {value:.2f} m", 0.1, 0.4, 0.5, "m"
    ),
    Kind("street_light", _YELLOW, "路灯成片离线 {value:.0f} 盏", "箱变失电", 12, 62, 3, "盏"),
    Kind("power", _ORANGE, "泵站市电中断", "备用电源已投入", 0, 0, None, "", 0.1),
    Kind("ai_video", _YELLOW, "树木倒伏占道 待核实", "识别置信 {value:.0f} %", 82, 97, None, "%"),
    Kind("ai_video", _BLUE, "道路积水 待核实", "识别置信 {value:.0f} %", 78, 96, None, "%"),
    Kind("manhole", _BLUE, "井盖电量低于 15 %", "监测终端电池", 9, 15, 15, "%"),
    Kind("street_light", _BLUE, "路灯离线 {value:.0f} 盏", "回路电流低于下限", 3, 14, 3, "盏"),
)


class Pools:
    """Where things happen, by class: the points, and for covers and pictures more than these."""

    def __init__(self, city: City, chance: random.Random) -> None:
        self._city = city
        self._places = city.places
        self._chance = chance
        self._made: dict[str, list[Point]] = {}

    def of(self, class_id: str) -> list[Point]:
        """Never empty: where the register has no such points, cameras stand for them."""
        if class_id not in self._made:
            found = list(self._places.points_of(class_id))
            if class_id == "manhole":
                found += self._covers()
            elif class_id == "ai_video" or not found:
                found += self.cameras(class_id)
            self._made[class_id] = found
        return self._made[class_id]

    def _covers(self) -> list[Point]:
        items = some_covers(self._places, self._chance, _MOST_COVERS)
        for item in items:
            place = PointPlace(item.district_id, item.grid_id, item.org_id)
            self._city.known_places[item.asset_id] = place
        return items_as_points(items, "manhole")

    def cameras(self, class_id: str) -> list[Point]:
        """Places of a class at street cameras of the whole city, the hand-laid ones first."""
        by_id = self._places.cameras_by_id
        ids = list(by_id)
        laid, rest = ids[:_LAID_CAMERAS], ids[_LAID_CAMERAS:]
        chosen = laid + self._chance.sample(rest, min(len(rest), _MOST_CAMERAS))
        rows = [by_id[camera_id] for camera_id in chosen]
        street = [c for c in rows if c.tags and c.tags[0] in _STREET_SCENES]
        return cameras_as_points(street or rows, class_id)


def small_occurrence(city: City, chance: random.Random, pools: Pools) -> Draft:
    return _occurrence(city, chance, pools, _SMALL)


def storm_occurrence(city: City, chance: random.Random, pools: Pools) -> Draft:
    return _occurrence(city, chance, pools, _STORM)


def _occurrence(city: City, chance: random.Random, pools: Pools, kinds: tuple[Kind, ...]) -> Draft:
    kind = chance.choices(kinds, [k.weight for k in kinds])[0]
    place = chance.choice(pools.of(kind.class_id))
    value = round(chance.uniform(kind.low, kind.high), 2) if kind.unit else None
    ai = kind.class_id == "ai_video"
    title = kind.title.format(value=value or 0)
    return Draft(
        point=place,
        level=kind.level,
        title=title,
        detail=kind.detail.format(value=value or 0),
        value=None if ai else value,
        limit=kind.limit,
        unit="" if ai else kind.unit,
        confidence=(value or 0) / 100 if ai else None,
        verification=Verification.PENDING if ai else Verification.CONFIRMED,
        # what a picture shows is another thing each time; a device has one fault of a kind
        condition=f"{title}/{city.book.seq}" if ai else "",
    )
