"""路面塌陷: a broken pipe washes the ground away; the road sinks through its lines, then gives way.

What has sunk stays sunk until a crew has filled it in, 40 minutes after the road gave way.
"""

import math

from msgspec.structs import replace

from desktop.domain.geo import distance_m
from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point, Threshold
from desktop.standin.places import tell_item
from desktop.standin.scenarios.line_watch import LineWatch
from desktop.standin.scenarios.occurrences import Draft, Pools
from desktop.standin.scenarios.scenario import Scenario

LIMIT_MM = 30.0
"""Control value of the settlement of a road. Source: GB 50911-2013 9.2; warned of from 70 %."""
LINES = (
    Threshold(WarningLevel.YELLOW, 0.5 * LIMIT_MM),
    Threshold(WarningLevel.ORANGE, 0.7 * LIMIT_MM),
    Threshold(WarningLevel.RED, LIMIT_MM),
)
_BEGINS_S, _DOUBLES_S, _FIRST_MM = 6.0, 40.0, 4.0
_GIVES_WAY_MM, _FILLED_S = 60.0, 2400.0


class Collapse(Scenario):
    name = "collapse"
    title = "路面塌陷"

    def begin(self, at_start: bool) -> None:
        covers = Pools(self.city, self.chance).of("manhole")
        self._cover = _nearest(self.city.places.points[0], covers)
        self._watch = LineWatch(self.city, _sensor_at(self._cover), LINES, _words, 1.0, 5.0)
        self._gave_way_s: float | None = None

    def step(self, seconds_s: float) -> None:
        self.elapsed_s += seconds_s
        if self._gave_way_s is None:
            sunk_mm = self._sunk_mm()
            self._watch.see(max(sunk_mm + self.chance.gauss(0, 0.2), 0.0))
            if sunk_mm >= _GIVES_WAY_MM:
                self._give_way()
        elif self.elapsed_s - self._gave_way_s >= _FILLED_S:
            self._watch.see(0.0)
            self._enter("normal")

    def facts(self) -> dict[str, int]:
        return {"沉降毫米": round(min(self._sunk_mm(), _GIVES_WAY_MM))}

    def end(self) -> None:
        super().end()
        self._watch.end()
        self._enter("normal")

    def _sunk_mm(self) -> float:
        """The ground goes faster the more of it has gone."""
        since_s = self.elapsed_s - _BEGINS_S
        return _FIRST_MM * 2.0 ** (since_s / _DOUBLES_S) if since_s > 0 else 0.0

    def _give_way(self) -> None:
        self._gave_way_s = self.elapsed_s
        self._enter("missing")
        deep_m, area_m2 = self.chance.uniform(1.2, 2.6), self.chance.uniform(8, 20)
        self.tell(
            Draft(
                point=self._cover,
                level=WarningLevel.RED,
                title=f"路面塌陷 深 {deep_m:.1f} m",
                detail=f"约 {area_m2:.0f} m²，井盖随路面下陷，管线外露待核",
                value=round(deep_m, 1),
                limit=0.0,
                unit="m",
                condition="collapse",
            ),
            for_s=_FILLED_S,
        )

    def _enter(self, status: str) -> None:
        """Into the register of items."""
        city = self.city
        tell_item(city.places, self._cover.asset_id or "", status, city.now())


def _words(value: float, line: Threshold) -> tuple[str, str]:
    return f"路面沉降 {value:.0f} mm", f"超过 {line.value:.0f} mm 线，仍在加快"


def _nearest(centre: Point, covers: list[Point]) -> Point:
    """By the first point of the register, where the cameras are."""
    return min(covers, key=lambda cover: _away_m(centre, cover))


def _away_m(a: Point, b: Point) -> float:
    if a.lon_deg is None or a.lat_deg is None or b.lon_deg is None or b.lat_deg is None:
        return math.inf
    return distance_m(a.lon_deg, a.lat_deg, b.lon_deg, b.lat_deg)


def _sensor_at(cover: Point) -> Point:
    """In the pavement beside the cover; it is in no register."""
    return replace(
        cover, point_id=f"{cover.point_id}-CJ", name=f"{cover.name} 路面沉降测点", unit="mm",
        metric="settlement_mm", thresholds=LINES,
    )  # fmt: skip
