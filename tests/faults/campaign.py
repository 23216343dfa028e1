"""Kills while alarms and orders flow: one seed, one plan, and what must hold at its end."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

from tests.faults import invariants
from tests.faults.nemesis import Nemesis
from tests.faults.rig import STATION_LIMIT_S, City, Desk, wait_for

PERIOD_S = 0.05
ALARMS_KEPT = 40  # the older ones end again
LEVELS = ("red", "orange", "yellow", "blue")


class Traffic:
    """Raises and clears alarms and gives orders on them until it is stopped."""

    def __init__(self, city: City, desk: Desk, seed: int) -> None:
        self.city, self.desk = city, desk
        self.order_ids: list[str] = []
        self.raised: list[str] = []
        self.station = threading.Lock()  # held by who talks to it, and by who kills it
        self._chance = random.Random(f"traffic {seed}")
        self._ended = threading.Event()
        self._open: list[str] = []

    def run(self, period_s: float) -> None:
        while not self._ended.wait(period_s):
            self.step()

    def step(self) -> None:
        alarm = self.city.raise_alarm(level=self._chance.choice(LEVELS))
        self.raised.append(alarm["alarm_id"])
        self._open.append(alarm["alarm_id"])
        if self._chance.random() < 0.4:
            self.give_order(self._chance.choice(self._open))
        if len(self._open) > ALARMS_KEPT or self._chance.random() < 0.3:
            self.city.clear(self._open.pop(0))

    def give_order(self, alarm_id: str) -> None:
        """As an operator: where there is no window, or no link, there is no order."""
        with self.station:
            if self.desk.station is not None and (
                order_id := self.desk.order("acknowledge", alarm_id)
            ):
                self.order_ids.append(order_id)

    def stop(self) -> None:
        self._ended.set()


@contextmanager
def flowing(traffic: Traffic, period_s: float = PERIOD_S) -> Iterator[None]:
    """Raises at the end what ended the traffic."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(traffic.run, period_s)
        try:
            yield
        finally:
            traffic.stop()
        running.result(30)


def strikes(city: City, traffic: Traffic) -> dict[str, Callable[[], None]]:
    """Each leaves its part running again, or on its way back."""
    desk = traffic.desk

    def link() -> None:
        desk.kill_link()
        desk.start_link()

    def station() -> None:
        with traffic.station:
            desk.kill_station()
            desk.start_station()

    return {"broker": city.kill_broker, "link": link, "station": station}


def campaign(
    city: City,
    desk: Desk,
    seed: int,
    *,
    kills: int,
    pause_s: tuple[float, float] = (0.2, 1.2),
    parts: tuple[str, ...] = ("broker", "link", "station"),
    measured: dict[str, Any] | None = None,
) -> Counter[str]:
    """Runs the plan of `seed`, then asks for every invariant. Gives how the orders ended."""
    traffic = Traffic(city, desk, seed)
    actions = {name: act for name, act in strikes(city, traffic).items() if name in parts}
    nemesis = Nemesis(seed, actions, kills, pause_s)
    try:
        with flowing(traffic):
            for strike in nemesis:
                strike()
        return _held(city, desk, traffic, measured if measured is not None else {})
    except AssertionError as error:
        error.add_note(f"{nemesis}\n{len(traffic.raised)} alarms, {len(traffic.order_ids)} orders")
        error.add_note(desk.last_words())
        raise


def _held(city: City, desk: Desk, traffic: Traffic, measured: dict[str, Any]) -> Counter[str]:
    back_s = invariants.normal_again(desk)
    complete_s = invariants.nothing_lost(city, desk)
    ends = invariants.orders_executed_once(city, desk, traffic.order_ids)
    shown = invariants.nothing_shown_twice(desk)
    invariants.stale_is_marked(desk.lights()["feeds"])
    assert traffic.raised, "no alarm was raised"
    _add(measured, "alarms", len(traffic.raised))
    _add(measured, "orders", len(traffic.order_ids))
    for end, count in ends.items():
        _add(measured, f"orders_{end}", count)
    _most(measured, "back_s", back_s)
    _most(measured, "complete_s", complete_s)
    _most(measured, "events_told", shown)
    return ends


def _add(figures: dict[str, Any], name: str, count: int) -> None:
    figures[name] = figures.get(name, 0) + count


def _most(figures: dict[str, Any], name: str, value: float) -> None:
    figures[name] = max(figures.get(name, 0), value)


def signed_in(desk: Desk) -> Desk:
    """Also one whose station died with the seed before."""
    if desk.station is None:
        desk.start_station()
    with suppress(AssertionError):
        wait_for(lambda: desk.lights()["user"], STATION_LIMIT_S, "somebody is signed in")
        return desk
    desk.sign_in()
    return desk
