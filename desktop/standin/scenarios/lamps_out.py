"""路灯成片熄灭: a cabinet loses its supply, its lamps report one by one: a cause and members."""

import math
from dataclasses import dataclass, field

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.standin.scenarios.occurrences import Draft, Pools
from desktop.standin.scenarios.scenario import Scenario

_FIRST_S, _PAUSE_S, _CABINETS = 4.0, 75.0, 4
_REPAIRED_S = 900.0
_LAMP_GAP_M, _M_PER_DEG = 28.0, 111_195.0


@dataclass
class _Outage:
    cause_id: str
    failed_s: float
    waiting: list[Point]
    members: list[str] = field(default_factory=list[str])


class LampsOut(Scenario):
    name = "lamps_out"
    title = "路灯成片熄灭"

    def begin(self, at_start: bool) -> None:
        cabinets = Pools(self.city, self.chance).of("street_light")
        first, rest = cabinets[0], cabinets[1:]
        self._cabinets = [first, *self.chance.sample(rest, min(_CABINETS - 1, len(rest)))]
        self._outages: list[_Outage] = []
        self._next_s = _FIRST_S

    def step(self, seconds_s: float) -> None:
        self.elapsed_s += seconds_s
        while self.elapsed_s >= self._next_s and self._cabinets:
            self._next_s += _PAUSE_S
            self._fail(self._cabinets.pop(0))
        for outage in self._outages:
            for _ in range(max(1, round(seconds_s))):
                if outage.waiting:
                    self._report(outage, outage.waiting.pop(0))
        self._repair()

    def _fail(self, cabinet: Point) -> None:
        count = self.chance.randint(14, 42)
        cause = self.tell(
            Draft(
                point=cabinet,
                level=WarningLevel.ORANGE,
                title=f"照明控制箱失电 {count} 盏熄灭",
                detail="进线缺相，三相电流为 0 A",
                value=float(count),
                limit=3,
                unit="盏",
                condition="supply",
            )
        )
        heading = self.chance.uniform(0, 360)
        lamps = [_lamp(cabinet, number, heading) for number in range(1, count + 1)]
        self.chance.shuffle(lamps)
        self._outages.append(_Outage(cause.alarm_id, self.elapsed_s, lamps))

    def _report(self, outage: _Outage, lamp: Point) -> None:
        member = self.tell(
            Draft(
                point=lamp,
                level=WarningLevel.BLUE,
                title="单灯离线",
                detail="同一控制箱失电",
                condition="lamp",
                cause_id=outage.cause_id,
            )
        )
        outage.members.append(member.alarm_id)

    def _repair(self) -> None:
        """The supply comes back: the cause ends, then its lamps within half a minute."""
        for outage in self._outages:
            if self.elapsed_s >= outage.failed_s + _REPAIRED_S:
                self.city.clear(outage.cause_id)
                for alarm_id in outage.members:
                    self.city.aftercare.clear_later(alarm_id, self.chance.uniform(1, 30))
        self._outages = [o for o in self._outages if self.elapsed_s < o.failed_s + _REPAIRED_S]


def _lamp(cabinet: Point, number: int, heading_deg: float) -> Point:
    """Lamps stand in a row to both sides of their cabinet."""
    assert cabinet.lon_deg is not None and cabinet.lat_deg is not None
    away_m = (number + 1) // 2 * _LAMP_GAP_M * (1 if number % 2 else -1)
    turn = math.radians(heading_deg)
    narrow = _M_PER_DEG * math.cos(math.radians(cabinet.lat_deg))
    return Point(
        point_id=f"{cabinet.point_id}-L{number:02d}",
        class_id="street_light",
        name=f"{cabinet.name} {number:02d} 号灯杆",
        lon_deg=round(cabinet.lon_deg + away_m * math.sin(turn) / narrow, 6),
        lat_deg=round(cabinet.lat_deg + away_m * math.cos(turn) / _M_PER_DEG, 6),
        camera_ids=cabinet.camera_ids,
    )
