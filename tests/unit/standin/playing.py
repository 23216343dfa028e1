"""A city in virtual time, for the tests of the scenarios."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from desktop.domain.points import Point, Threshold
from desktop.standin import catalogue
from desktop.standin.city import City
from desktop.standin.places import HandLaid
from desktop.standin.stage import Stage

BEGIN = datetime(2026, 7, 18, 3, 0, tzinfo=UTC)


class Told(NamedTuple):
    """What two plays of one scenario have in common; ids and keys are new each time."""

    t_s: float
    kind: str
    class_id: str
    point_id: str | None
    level: str
    title: str


class Play:
    """`play.run(seconds)` in steps of the scenario; `play.now` is the city's clock."""

    def __init__(self, seed: int = 1, places: HandLaid | None = None) -> None:
        self.now = BEGIN
        self.city = City(seed, now=lambda: self.now, places=places)
        self.levers = Levers()
        self.stage = Stage(self.city, self.levers)

    def begin(self, name: str, speed: float = 1.0, at_start: bool = False) -> "Play":
        self.stage.play(name, speed, at_start)
        return self

    def run(self, seconds_s: float) -> "Play":
        """Real seconds: with a speed the city's time goes on faster."""
        for _ in range(round(seconds_s / self.stage.step_s)):
            self.now += timedelta(seconds=self.stage.step_s * self.stage.speed)
            self.stage.step()
        return self

    def told(self) -> list[Told]:
        return [
            Told((e.at - BEGIN).total_seconds(), e.kind, e.alarm.class_id, e.alarm.point_id,
                 e.alarm.level, e.alarm.title)
            for e in self.city.book.log
        ]  # fmt: skip


class Levers:
    def __init__(self) -> None:
        self.done: list[str] = []

    def stop_broker(self) -> None:
        self.done.append("stop")

    def start_broker(self) -> None:
        self.done.append("start")


class ManyGauges(HandLaid):
    """The hand-laid points and a whole city's flood points and level gauges: 88 and 51."""

    def __init__(self) -> None:
        super().__init__()
        own = [p for p in self.points if p.metric == "level_m"]
        road, river = own[1], next(p for p in own if p.class_id == "river_level")
        made = [_copy(road, f"SW-2{n:03d}", n) for n in range(80)]
        made += [_copy(river, f"RL-1{n:03d}", n) for n in range(48)]
        self.points: list[Point] = [*self.points, *made]
        self._by_id = {p.point_id: p for p in self.points}

    def point(self, point_id: str) -> Point:
        return self._by_id[point_id]

    def place_of(self, point_id: str) -> catalogue.PointPlace:
        self.point(point_id)
        return catalogue.PointPlace("990102", "", "org-drain")


def _copy(point: Point, point_id: str, number: int) -> Point:
    """Spread over 12 km x 8 km round the hand-laid district."""
    lines = tuple(Threshold(t.level, t.value, t.label) for t in point.thresholds)
    return Point(
        point_id=point_id,
        class_id=point.class_id,
        name=f"{point.name} {number}",
        lon_deg=116.54 + 0.12 * (number * 37 % 80) / 80,
        lat_deg=28.86 + 0.08 * (number * 53 % 80) / 80,
        thresholds=lines,
        unit=point.unit,
        metric=point.metric,
        camera_ids=point.camera_ids,
    )
