"""链路中断: the broker stops for a while, a district's sensors fall silent, all comes back."""

from collections import Counter

from msgspec.structs import replace

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.standin.places import cameras_online, district_name, tell_cameras
from desktop.standin.scenarios.occurrences import Draft
from desktop.standin.scenarios.scenario import Scenario

_BROKER_STOPS_S, _BROKER_AWAY_S = 8.0, (20.0, 30.0)
_SILENT_S, _SPEAKS_S = 45.0, 240.0
_SEES_S = 720.0  # recorders take longer than sensors to find their platform again
_PER_S = 12  # sensors whose silence is noticed in a second
_MOST = 600
_MOST_CAMERAS = 1500


class LinkDown(Scenario):
    name = "link_down"
    title = "链路中断"

    def begin(self, at_start: bool) -> None:
        self._broker_down = False
        self._broker_back_s = _BROKER_STOPS_S + self.chance.uniform(*_BROKER_AWAY_S)
        self._cause_id = ""
        self._waiting: list[Point] = []
        self._silent: list[tuple[Point, str]] = []
        self._cut = False
        self._dark: list[str] = []  # cameras that the register calls offline

    def facts(self) -> dict[str, int]:
        return {"静默设备": len(self._silent), "离线摄像机": len(self._dark)}

    def step(self, seconds_s: float) -> None:
        before, self.elapsed_s = self.elapsed_s, self.elapsed_s + seconds_s
        if before < _BROKER_STOPS_S <= self.elapsed_s:
            self._broker_down = True
            self.levers.stop_broker()
        if before < self._broker_back_s <= self.elapsed_s:
            self._start_broker()
        if not self._cut and self.elapsed_s >= _SILENT_S:
            self._cut_district()
        if self.elapsed_s < _SPEAKS_S:
            self._notice(max(1, round(_PER_S * seconds_s)))
        elif before < _SPEAKS_S:
            self._come_back()
        if before < _SEES_S <= self.elapsed_s:
            self._see_again()

    def end(self) -> None:
        super().end()
        self._start_broker()
        self._come_back()
        self._see_again()

    def _start_broker(self) -> None:
        if self._broker_down:
            self._broker_down = False
            self.levers.start_broker()

    def _cut_district(self) -> None:
        self._cut = True
        by_district = Counter(self._district(p) for p in self.city.places.points)
        # not the hand-laid one: the rest of the demonstration goes on there
        own = self._district(self.city.places.points[0])
        others = [d for d, _ in by_district.most_common() if d and d != own]
        district = others[0] if others else own
        quiet = self.city.silent  # devices that have been out of order for long stay so
        self._waiting = [p for p in self.city.places.points
                         if self._district(p) == district and p.point_id not in quiet]  # fmt: skip
        if not self._waiting:
            return
        self.chance.shuffle(self._waiting)
        del self._waiting[_MOST:]
        self._dark = cameras_online(self.city.places, district)[:_MOST_CAMERAS]
        tell_cameras(self.city.places, self._dark, False, self.city.now())
        name = district_name(self.city.places, district)
        hub = replace(self._waiting[0], point_id=f"LK-{district}", class_id="link",
                      name=f"{name}汇聚链路", thresholds=(), metric="", unit="")  # fmt: skip
        cause = self.tell(
            Draft(
                point=hub,
                level=WarningLevel.ORANGE,
                title=f"{name}汇聚链路中断",
                detail=f"{len(self._waiting)} 个测点失去数据",
                condition="link",
            )
        )
        self._cause_id = cause.alarm_id

    def _district(self, point: Point) -> str:
        return self.city.place_of(point).district_id

    def _notice(self, count: int) -> None:
        for point in self._waiting[:count]:
            self.city.fall_silent(point.point_id)
            alarm = self.city.raise_alarm(
                Draft(
                    point=replace(point, class_id="device_silent"),
                    level=WarningLevel.BLUE,
                    title=f"设备静默 {point.name}",
                    detail="3 个周期无数据，疑为链路原因",
                    condition="silent",
                    cause_id=self._cause_id,
                )
            )
            self._silent.append((point, alarm.alarm_id))
        del self._waiting[:count]

    def _see_again(self) -> None:
        tell_cameras(self.city.places, self._dark, True, self.city.now())
        self._dark.clear()

    def _come_back(self) -> None:
        """The link first, then each sensor as it sends again."""
        self._waiting.clear()
        if self._cause_id:
            self.city.clear(self._cause_id)
        for point, alarm_id in self._silent:
            self.city.speak_again(point.point_id)
            self.city.clear(alarm_id)
        self._silent.clear()
