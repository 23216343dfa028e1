"""Single things that go wrong in the city, each at one of its points."""

import random
from dataclasses import dataclass

from desktop.domain.alarms import Alarm, Verification
from desktop.domain.levels import WarningLevel
from desktop.standin.catalogue import points
from desktop.standin.city import City, Draft

__all__ = ["Draft", "small_occurrence", "storm_occurrence"]


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


_BLUE, _YELLOW, _ORANGE = WarningLevel.BLUE, WarningLevel.YELLOW, WarningLevel.ORANGE
_SMALL = (
    Kind("manhole", _BLUE, "井盖电量低于 15 %", "监测终端电池", 9, 15, 15, "%"),
    Kind("manhole", _YELLOW, "井盖倾斜 {value:.1f}°", "持续 6 s，非车辆碾压", 15.2, 21, 15, "°"),
    Kind("street_light", _BLUE, "路灯离线 {value:.0f} 盏", "回路电流低于下限", 3, 14, 3, "盏"),
    Kind("ai_video", _BLUE, "占道经营 待核实", "识别置信 {value:.0f} %", 71, 93, None, "%"),
    Kind("ai_video", _YELLOW, "消防通道占用 待核实", "识别置信 {value:.0f} %", 80, 95, None, "%"),
    Kind("power", _BLUE, "电压波动 {value:.0f} V", "限值 198 V", 186, 197, 198, "V"),
    Kind("pump", _BLUE, "前池格栅压差 {value:.0f} cm", "限值 20 cm", 21, 34, 20, "cm"),
)
_STORM = (
    Kind("manhole", _ORANGE, "井盖位移 倾角 {value:.1f}°", "水流冲顶", 15.5, 28, 15, "°"),
    Kind("manhole", _YELLOW, "井下水位超限 {value:.2f} m", "距井口", 0.1, 0.4, 0.5, "m"),
    Kind("street_light", _YELLOW, "路灯成片离线 {value:.0f} 盏", "箱变失电", 12, 62, 3, "盏"),
    Kind("power", _ORANGE, "泵站市电中断", "备用电源已投入", 0, 0, None, ""),
    Kind("ai_video", _YELLOW, "树木倒伏占道 待核实", "识别置信 {value:.0f} %", 82, 97, None, "%"),
    Kind("ai_video", _BLUE, "道路积水 待核实", "识别置信 {value:.0f} %", 78, 96, None, "%"),
)


def small_occurrence(city: City, chance: random.Random) -> Alarm:
    return _occur(city, chance, chance.choice(_SMALL))


def storm_occurrence(city: City, chance: random.Random) -> Alarm:
    return _occur(city, chance, chance.choice(_STORM + _SMALL[:3]))


def _occur(city: City, chance: random.Random, kind: Kind) -> Alarm:
    place = chance.choice([p for p in points() if p.class_id == kind.class_id])
    value = round(chance.uniform(kind.low, kind.high), 2) if kind.unit else None
    ai = kind.class_id == "ai_video"
    title = kind.title.format(value=value or 0)
    return city.raise_alarm(
        Draft(
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
    )
