"""井盖移位: covers tilt, are pushed aside, get lost; vehicles that roll over them are no alarm."""

from dataclasses import dataclass

from desktop.domain.levels import WarningLevel
from desktop.domain.points import Point
from desktop.standin.places import tell_item
from desktop.standin.scenarios.occurrences import Draft, Pools
from desktop.standin.scenarios.scenario import Scenario

TILT_LIMIT_DEG, LASTING_S = 15.0, 2.0
_RED, _ORANGE = WarningLevel.RED, WarningLevel.ORANGE
_YELLOW, _BLUE = WarningLevel.YELLOW, WarningLevel.BLUE
_BATTERY_LIMIT_PCT = 15.0
_STATUS = {"tilt": "fault", "displaced": "moved", "lost": "missing", "battery": "fault"}
_KINDS, _WEIGHTS = ("tilt", "displaced", "lost", "battery"), (5, 4, 1, 3)


def is_displaced(tilt_deg: float, lasted_s: float) -> bool:
    """Over 15 degrees for 2 s; what is shorter is a vehicle that rolls over."""
    return tilt_deg > TILT_LIMIT_DEG and lasted_s >= LASTING_S


@dataclass
class _Signal:
    """One movement that a terminal feels, until `until_s` of city time."""

    cover: Point
    kind: str
    tilt_deg: float
    since_s: float
    until_s: float
    told: bool = False


class Manhole(Scenario):
    name = "manhole"
    title = "井盖移位"

    def begin(self, at_start: bool) -> None:
        self._covers = Pools(self.city, self.chance).of("manhole")
        self._signals: list[_Signal] = []
        self._next_pass_s, self._next_fault_s = 1.0, 5.0
        self.passes = 0

    def facts(self) -> dict[str, int]:
        return {"过车滤除": self.passes}

    def step(self, seconds_s: float) -> None:
        self.elapsed_s += seconds_s
        while self.elapsed_s >= self._next_pass_s:
            self._next_pass_s += self.chance.uniform(1, 5)
            self._feel("vehicle", self.chance.uniform(8, 30), self.chance.uniform(0.2, 1.8))
        while self.elapsed_s >= self._next_fault_s:
            self._next_fault_s += self.chance.uniform(20, 60)
            kind = self.chance.choices(_KINDS, _WEIGHTS)[0]
            self._feel(kind, self.chance.uniform(16, 44), self.chance.uniform(900, 2400))
        self._filter()

    def _feel(self, kind: str, tilt_deg: float, lasts_s: float) -> None:
        cover, now = self.chance.choice(self._covers), self.elapsed_s
        self._signals.append(_Signal(cover, kind, tilt_deg, now, now + lasts_s))

    def _filter(self) -> None:
        """Tells what has lasted, and forgets what is over."""
        for signal in self._signals:
            lasted = min(self.elapsed_s, signal.until_s) - signal.since_s
            lasts = signal.kind == "battery" or is_displaced(signal.tilt_deg, lasted)
            if lasts and not signal.told:
                signal.told = True
                self.tell(_draft(signal), for_s=signal.until_s - signal.since_s)
                self._enter(signal, _STATUS[signal.kind])
        over = [s for s in self._signals if s.until_s <= self.elapsed_s]
        self.passes += sum(not s.told for s in over)
        for signal in over:
            self._put_back(signal)
        self._signals = [s for s in self._signals if s.until_s > self.elapsed_s]

    def end(self) -> None:
        super().end()
        for signal in self._signals:
            if signal.told:
                self._enter(signal, "normal")

    def _put_back(self, signal: _Signal) -> None:
        """The crew has been there; unless something else is wrong with the cover."""
        others = [s for s in self._signals if s is not signal and s.cover is signal.cover]
        if signal.told and not any(s.told for s in others):
            self._enter(signal, "normal")

    def _enter(self, signal: _Signal, status: str) -> None:
        """Into the register of items."""
        city = self.city
        tell_item(city.places, signal.cover.asset_id or "", status, city.now())


def _draft(signal: _Signal) -> Draft:
    tilt = signal.tilt_deg
    title, level, detail = {
        "tilt": (f"井盖倾斜 {tilt:.1f}°", _YELLOW, "持续 2 s 以上，非车辆碾压"),
        "displaced": (f"井盖移位 倾角 {tilt:.1f}°", _ORANGE, "井盖离开井座，洞口外露"),
        "lost": ("井盖缺失", _RED, f"末次倾角 {tilt:.0f}° 后失去信号"),
        "battery": ("井盖电量 12 %", _BLUE, "监测终端电池"),
    }[signal.kind]
    battery = signal.kind == "battery"
    return Draft(
        point=signal.cover,
        level=level,
        title=title,
        detail=detail,
        value=12.0 if battery else round(tilt, 1),
        limit=_BATTERY_LIMIT_PCT if battery else TILT_LIMIT_DEG,
        unit="%" if battery else "°",
    )
