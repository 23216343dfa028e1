"""The alarms that stand when the city starts, with who answered them and when."""

from dataclasses import dataclass
from datetime import timedelta

from desktop.domain import alarm_lifecycle
from desktop.domain.alarms import Verification
from desktop.domain.levels import WarningLevel
from desktop.standin.catalogue import point
from desktop.standin.city import City, Draft

_ORANGE, _YELLOW, _BLUE = WarningLevel.ORANGE, WarningLevel.YELLOW, WarningLevel.BLUE
_MIN, _LI, _ZHANG = "张敏", "李卫东", "张建国"


@dataclass(frozen=True)
class Standing:
    """minutes_ago since it was raised; acked_after_min None leaves it unacknowledged."""

    point_id: str
    level: WarningLevel
    minutes_ago: float
    title: str
    detail: str
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    by: str = ""
    acked_after_min: float | None = None
    cleared_after_min: float | None = None
    shelved: bool = False


_STANDING = (
    Standing("MH-11000", _BLUE, 690, "井盖电量 14 %", "监测终端电池", 14, 15, "%", _LI, 6, shelved=True),
    Standing("AI-005", _BLUE, 655, "店外经营 待核实", "识别置信 88 %", by=_LI, acked_after_min=3),
    Standing("BX-02", _BLUE, 602, "路灯离线 6 盏", "回路电流低于下限", 6, 3, "盏", _LI, 9),
    Standing("MH-11007", _YELLOW, 548, "井盖倾斜 16.4°", "已派人围挡", 16.4, 15, "°", _LI, 4),
    Standing("AI-001", _BLUE, 497, "非机动车乱停放 待核实", "识别置信 79 %", by=_LI, acked_after_min=11),
    Standing("MH-11003", _BLUE, 431, "井盖电量 12 %", "监测终端电池", 12, 15, "%", _LI, 8),
    Standing("PS-002", _YELLOW, 388, "前池格栅压差 24 cm", "已清渣，待复核", 24, 20, "cm", _ZHANG, 5),
    Standing("BX-04", _BLUE, 341, "路灯离线 4 盏", "回路电流低于下限", 4, 3, "盏", _ZHANG, 13),
    Standing("AI-003", _YELLOW, 296, "消防通道占用 待核实", "识别置信 91 %", by=_ZHANG, acked_after_min=2),
    Standing("MH-11005", _ORANGE, 252, "井盖位移 倾角 17.5°", "持续 6 s，已派抢修", 17.5, 15, "°", _MIN, 1),
    Standing("PW-011", _ORANGE, 208, "泵站市电中断", "备用电源已投入，市电 11 min 后恢复",
             by="", cleared_after_min=11),
    Standing("BX-03", _BLUE, 163, "路灯离线 9 盏", "箱变支路跳闸", 9, 3, "盏", _MIN, 7),
    Standing("AI-002", _BLUE, 127, "占道经营 待核实", "识别置信 84 %", by=_MIN, acked_after_min=4),
    Standing("MH-11001", _YELLOW, 88, "井下水位超限 0.38 m", "距井口", 0.38, 0.5, "m", _MIN, 6),
    Standing("BX-05", _BLUE, 61, "路灯离线 3 盏", "回路电流低于下限", 3, 3, "盏", _MIN, 12),
    Standing("AI-004", _YELLOW, 37, "流动摊贩聚集 待核实", "识别置信 86 %"),
    Standing("MH-11006", _BLUE, 24, "井盖电量 13 %", "监测终端电池", 13, 15, "%"),
    Standing("BX-01", _YELLOW, 9, "路灯成片离线 14 盏", "箱变支路失电", 14, 3, "盏"),
    Standing("MH-11002", _ORANGE, 4, "井盖倾斜 19.0°", "持续 8 s，非车辆碾压", 19.0, 15, "°"),
)


def make_past(city: City) -> None:
    """The last three hours of water, then each standing alarm raised and answered at its time."""
    city.water.make_past(city.now())
    acts: list[tuple[float, int, str]] = []
    for index, row in enumerate(_STANDING):
        acts.append((row.minutes_ago, index, "raise"))
        for kind, after in (("ack", row.acked_after_min), ("clear", row.cleared_after_min)):
            if after is not None:
                acts.append((row.minutes_ago - after, index, kind))
        if row.shelved:
            acts.append((row.minutes_ago - 15, index, "shelve"))
    ids: dict[int, str] = {}
    for minutes_ago, index, kind in sorted(acts, key=lambda act: -act[0]):
        _act(city, ids, index, kind, minutes_ago)


def _act(city: City, ids: dict[int, str], index: int, kind: str, minutes_ago: float) -> None:
    row, at = _STANDING[index], city.now() - timedelta(minutes=minutes_ago)
    if kind == "raise":
        ai = row.point_id.startswith("AI-")
        draft = Draft(point(row.point_id), row.level, row.title, row.detail, row.value, row.limit,
                      row.unit, at=at,
                      verification=Verification.PENDING if ai else Verification.CONFIRMED)  # fmt: skip
        ids[index] = city.raise_alarm(draft).alarm_id
    elif kind == "ack":
        city.book.acknowledge(ids[index], at, row.by)
    elif kind == "clear":
        city.book.clear(ids[index], at)
    else:
        until = city.now() + timedelta(hours=5)
        shelved = alarm_lifecycle.shelve(city.book.get(ids[index]), at, until)
        city.book.apply(ids[index], "shelved", at, shelved)
