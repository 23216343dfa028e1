"""Units on the move: vehicles and people on the street graph, drones on straight legs.

Each unit is manned in two of three shifts. Positions are x, y in metres from the city's centre;
all units move together as arrays.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from desktop.standin.basemap.frame import Line, lon_lat_list
from desktop.standin.errands import THERE_M, Errands
from desktop.standin.generated import GeneratedCity
from desktop.standin.generated.crews import VEHICLES
from desktop.standin.generated.rows import Unit
from desktop.standin.routes import Routes
from desktop.standin.tracks import Tracks

IDLE, BUSY, OFF_DUTY, OFFLINE = range(4)
STATES = ("idle", "busy", "off_duty", "offline")
EXPIRY_S = 300
VEHICLE_PERIOD_S, OTHER_PERIOD_S, ERRAND_PERIOD_S = 10.0, 30.0, 3.0
SHIFT_STARTS_H = (6, 14, 22)  # day, evening, night
_CHINA = timezone(timedelta(hours=8))
CLASS_KMH = np.array([0.0, 58.0, 40.0, 32.0, 24.0, 14.0])
_MOST_KMH = {"洒水车": 12.0, "清扫车": 7.0, "垃圾清运车": 28.0}
_WALK_KMH = {"officer": 4.2, "radio": 3.4, "team": 5.0}
_DRONE_KMH, _DRONE_REACH_M = 43.0, 2_600.0
_OFFSET_M = {"vehicle": 2.6, "drone": 0.0}  # to the right of the middle of the street
_KERB_M = 8.0
_RED_LIGHT, _RED_S = 0.3, (4.0, 26.0)  # share of crossings that stop a vehicle, how long
_REST, _REST_S = 0.06, (60.0, 420.0)  # share of crossings behind which a unit stays a while
_TURNS_S = {IDLE: 720.0, BUSY: 480.0, OFFLINE: 1_500.0}  # mean time in a state
_LOST = 0.04  # share of changes of state that end in 掉线


class Position(msgspec.Struct, frozen=True):
    """`position/{kind}/{unit_id}` on MQTT."""

    at: datetime
    lon: float
    lat: float
    speed_kmh: float
    heading_deg: float
    state: str


class Fleet:
    """All units of the city. `step()` moves them, `due()` says who reports."""

    def __init__(self, city: GeneratedCity, units: Sequence[Unit], seed: int = 1) -> None:
        self._rng = np.random.default_rng(seed * 7 + 5)
        self._units = units
        self.kinds = np.array([unit.kind for unit in units])
        self._numbers = {unit.unit_id: n for n, unit in enumerate(units)}
        self._tracks = Tracks(city.arrays)
        self._rests = city.arrays["unit_shift"]
        self._flies = self.kinds == "drone"
        self._drives = self.kinds == "vehicle"
        self.edge = city.arrays["unit_edge"].astype(np.int64)
        self.along_m = city.arrays["unit_at"].astype(np.float64)
        self.forward = self._rng.random(len(units)) < 0.5
        self._most_kmh = self._limits(units)
        self._offset_m = np.array([_OFFSET_M.get(unit.kind, _KERB_M) for unit in units])
        self._wait_s = np.zeros(len(units))
        self.speed_kmh = np.zeros(len(units))
        self._home: Line = city.arrays["unit_place"].astype(np.float64)
        self._air = self._home.copy()
        self._goal = self._home.copy()
        given = [STATES.index(unit.state) for unit in units]
        self._working = np.where(np.array(given) == OFF_DUTY, IDLE, given)  # when on duty
        self._turn_s = self._rng.exponential(300.0, len(units))
        period = np.where(self._drives, VEHICLE_PERIOD_S, OTHER_PERIOD_S)
        self._period_s = period
        self._next_s = self._rng.random(len(units)) * period
        self._clock_s = 0.0
        self.state = np.full(len(units), OFF_DUTY)
        self._changed_s = np.zeros(len(units))  # Unix time of the last change of the state
        routes = Routes(self._tracks, len(city.arrays["node"]), CLASS_KMH / 3.6)
        self._errands = Errands(
            routes, self.edge, self.along_m, self.forward, self._tracks.length_m
        )
        self._metres = city.metres
        self.hurry = 1.0
        """How much faster those on an errand move than they say; for tests."""

    def _limits(self, units: Sequence[Unit]) -> NDArray[np.float64]:
        """What a unit drives or walks at most, in km/h."""
        own = self._rng.uniform(0.85, 1.1, len(units))
        most = [
            _MOST_KMH.get(next((w for w in VEHICLES if unit.name.startswith(w)), ""), 62.0)
            if unit.kind == "vehicle" else _WALK_KMH.get(unit.kind, _DRONE_KMH)
            for unit in units
        ]  # fmt: skip
        return np.array(most) * own

    # ---- errands --------------------------------------------------------------------------

    def send(
        self, unit_id: str, order_id: str, lon_deg: float, lat_deg: float, wait_s: float = 0.0
    ) -> None:
        """It is busy from now on, sets out after `wait_s`, and stays there until it is freed.

        Raises KeyError.
        """
        number = self._numbers[unit_id]
        spot = self._metres(np.array([[lon_deg, lat_deg]]))[0]
        goal = (float(spot[0]), float(spot[1]))
        self._errands.begin(number, order_id, goal, wait_s)
        self._goal[number] = goal
        self.state[number] = BUSY
        self._touch(number, ERRAND_PERIOD_S)

    def free(self, unit_id: str) -> None:
        """Back to its round. Raises KeyError."""
        number = self._numbers[unit_id]
        if self._errands.by_number.pop(number, None) is not None:
            self._working[number] = IDLE
            self._turn_s[number] = _TURNS_S[IDLE]
            period_s = VEHICLE_PERIOD_S if self._drives[number] else OTHER_PERIOD_S
            self._touch(number, period_s)

    def shut(self, edges: frozenset[int]) -> None:
        """Streets that nobody who was sent drives through, as long as there is another way."""
        self._errands.shut(edges)

    def errand_of(self, unit_id: str) -> tuple[str, float] | None:
        """Its order_id, and the minutes that are left; 0.0: it is there. Raises KeyError."""
        number = self._numbers[unit_id]
        errand = self._errands.by_number.get(number)
        return (errand.order_id, self._eta_min(number)) if errand is not None else None

    def can_hear(self, unit_id: str) -> bool:
        """On duty, with a handset that is on. Raises KeyError."""
        return bool(self.state[self._numbers[unit_id]] <= BUSY)

    def _touch(self, number: int, period_s: float) -> None:
        self._period_s[number] = period_s
        self._next_s[number] = self._clock_s
        self._changed_s[number] = datetime.now(UTC).timestamp()

    def _eta_min(self, number: int) -> float:
        if self._errands.by_number[number].is_there:
            return 0.0
        if self._flies[number]:
            away_m = float(np.hypot(*(self._goal[number] - self._air[number])))
            return (self._errands.by_number[number].wait_s + away_m / (_DRONE_KMH / 3.6)) / 60
        return self._errands.eta_s(number) / 60

    def _step_errands(self, seconds_s: float) -> None:
        """Those who were sent: as fast as the street allows, by whatever they ride."""
        for number, errand in self._errands.by_number.items():
            if self._flies[number]:
                self._fly(np.array([number]), self._errands.set_out(number, seconds_s * self.hurry))
                errand.is_there = errand.is_there or self._is_near(number, errand.goal)
                self.speed_kmh[number] = 0.0 if errand.is_there else _DRONE_KMH
                self._goal[number] = errand.goal
                continue
            self.speed_kmh[number] = self._errands.drive(number, seconds_s * self.hurry) * 3.6
            if not errand.is_there and self._is_near(number, errand.goal):
                errand.is_there, self.speed_kmh[number] = True, 0.0

    def _is_near(self, number: int, goal: tuple[float, float]) -> bool:
        if self._flies[number]:
            spot = self._air[number]
        else:
            one = np.array([number])
            spot = self._tracks.place(self.edge[one], self.along_m[one])[0][0]
        return float(np.hypot(spot[0] - goal[0], spot[1] - goal[1])) <= THERE_M

    # ---- movement -------------------------------------------------------------------------

    def step(self, seconds_s: float, at: datetime) -> None:
        """Moves everybody on duty; `at` carries a zone."""
        self._clock_s += seconds_s
        self._change_states(seconds_s, at)
        self._wait_s = np.maximum(self._wait_s - seconds_s, 0.0)
        moving = (self.state <= BUSY) & (self._wait_s <= 0)
        sent = list(self._errands.by_number)
        moving[sent] = False
        rank = self._tracks.rank[self.edge]
        pace = np.where(self._drives, np.minimum(CLASS_KMH[rank], self._most_kmh), self._most_kmh)
        pace = np.where((self.state == IDLE) & self._drives, pace * 0.75, pace)
        self.speed_kmh = np.where(moving, pace, 0.0)
        self._roll(np.flatnonzero(moving & ~self._flies), seconds_s)
        self._fly(np.flatnonzero(moving & self._flies), seconds_s)
        self.speed_kmh[[n for n in sent if self._flies[n]]] = _DRONE_KMH
        self._step_errands(seconds_s)

    def _roll(self, who: NDArray[np.int64], seconds_s: float) -> None:
        way = self.speed_kmh[who] / 3.6 * seconds_s
        self.along_m[who] += np.where(self.forward[who], way, -way)
        length = self._tracks.length_m[self.edge[who]]
        over = (self.along_m[who] > length) | (self.along_m[who] < 0)
        arrived = who[over]
        if not len(arrived):
            return
        node = self._tracks.end_node(self.edge[arrived], self.forward[arrived])
        edge, forward = self._tracks.leave(node, self.edge[arrived], self._rng)
        self.edge[arrived], self.forward[arrived] = edge, forward
        self.along_m[arrived] = np.where(forward, 0.0, self._tracks.length_m[edge])
        dice = self._rng.random(len(arrived))
        stop = self._drives[arrived] & (dice < _RED_LIGHT)
        rest = dice > 1 - _REST
        stay = np.where(stop, self._rng.uniform(*_RED_S, len(arrived)), 0.0)
        stay = np.where(rest, self._rng.uniform(*_REST_S, len(arrived)), stay)
        self._wait_s[arrived] = stay

    def _fly(self, who: NDArray[np.int64], seconds_s: float) -> None:
        """Straight to the goal, then to another one near home."""
        leg = self._goal[who] - self._air[who]
        left = np.hypot(*leg.T)
        way = self.speed_kmh[who] / 3.6 * seconds_s
        there = left <= way
        share = np.where(there, 1.0, way / np.maximum(left, 1e-9))
        self._air[who] += leg * share[:, None]
        done = who[there]
        angle = self._rng.uniform(0, 2 * np.pi, len(done))
        reach = _DRONE_REACH_M * np.sqrt(self._rng.random(len(done)))
        self._goal[done] = self._home[done] + np.column_stack(
            [np.cos(angle) * reach, np.sin(angle) * reach]
        )

    def _change_states(self, seconds_s: float, at: datetime) -> None:
        self._turn_s -= seconds_s
        turn = np.flatnonzero(self._turn_s <= 0)
        if len(turn):
            lost = self._rng.random(len(turn)) < _LOST
            now = self._working[turn]
            after = np.where(now == IDLE, BUSY, IDLE)
            self._working[turn] = np.where(lost & (now != OFFLINE), OFFLINE, after)
            mean = np.array([_TURNS_S[state] for state in self._working[turn].tolist()])
            self._turn_s[turn] = self._rng.exponential(mean)
        before, self.state = self.state, np.where(self._on_duty(at), self._working, OFF_DUTY)
        self.state[list(self._errands.by_number)] = BUSY
        self._changed_s[(before != self.state) | (self._changed_s == 0)] = at.timestamp()

    def _on_duty(self, at: datetime) -> NDArray[np.bool_]:
        """Everybody but those who rest in this shift."""
        hour = at.astimezone(_CHINA).hour
        shift = 2 if not SHIFT_STARTS_H[0] <= hour < SHIFT_STARTS_H[2] else (
            0 if hour < SHIFT_STARTS_H[1] else 1)  # fmt: skip
        return self._rests != shift

    # ---- what others see ------------------------------------------------------------------

    def due(self) -> NDArray[np.int64]:
        """Numbers of those whose turn it is; each vehicle every 10 s, others every 30 s."""
        turn = self._next_s <= self._clock_s
        self._next_s[turn] += self._period_s[turn]
        return np.flatnonzero(turn & (self.state <= BUSY))

    def places(self, who: NDArray[np.int64]) -> tuple[Line, NDArray[np.float64]]:
        """x, y and the heading in degrees, clockwise from north."""
        spot, step = self._tracks.place(self.edge[who], self.along_m[who])
        step = np.where(self.forward[who][:, None], step, -step)
        right = np.column_stack([step[:, 1], -step[:, 0]])
        spot = spot + right * self._offset_m[who][:, None]
        flies = self._flies[who][:, None]
        leg = self._goal[who] - self._air[who]
        step = np.where(flies, leg / np.maximum(np.hypot(*leg.T), 1e-9)[:, None], step)
        heading = np.degrees(np.arctan2(step[:, 0], step[:, 1])) % 360
        return np.where(flies, self._air[who], spot), heading

    def positions(self, who: NDArray[np.int64], at: datetime) -> list[tuple[str, Position]]:
        """(`{kind}/{unit_id}`, position) of each."""
        spots, headings = self.places(who)
        rows = zip(who.tolist(), lon_lat_list(spots), headings.tolist(),
                   self.speed_kmh[who].tolist(), self.state[who].tolist(), strict=True)  # fmt: skip
        return [
            (f"{self._units[n].kind}/{self._units[n].unit_id}",
             Position(at, lon, lat, round(speed, 1), round(heading, 1) % 360, STATES[state]))
            for n, (lon, lat), heading, speed, state in rows
        ]  # fmt: skip

    def aloft(self, name: str) -> str:
        """What the picture of a drone is known by, or the drone without one; empty for what does
        not fly. `name`: `{kind}/{unit_id}`."""
        kind, _, unit_id = name.partition("/")
        if kind != "drone":
            return ""
        return self._units[self._numbers[unit_id]].camera_id or unit_id

    def units(self, since: datetime | None = None) -> list[Unit]:
        """The register's rows as they are now; those that changed after `since`."""
        after_s = since.timestamp() if since is not None else -1.0
        who = np.flatnonzero(self._changed_s > after_s)
        spots, _ = self.places(who)
        rows = zip(who.tolist(), lon_lat_list(spots), self.state[who].tolist(),
                   self._changed_s[who].tolist(), strict=True)  # fmt: skip
        return [
            msgspec.structs.replace(
                self._units[n], lon=lon, lat=lat, state=STATES[state], **self._task(n),
                updated_at=datetime.fromtimestamp(changed_s, UTC) if changed_s else None,
            )
            for n, (lon, lat), state, changed_s in rows
        ]  # fmt: skip

    def _task(self, number: int) -> dict[str, Any]:
        errand = self._errands.by_number.get(number)
        if errand is None:
            return {}
        return {"order_id": errand.order_id, "eta_min": round(self._eta_min(number), 1)}

    def counts(self) -> dict[str, Any]:
        """How many are in each state."""
        return {word: int((self.state == n).sum()) for n, word in enumerate(STATES)}
