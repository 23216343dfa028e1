"""python -m tests.faults.soak [--minutes 30] [--seed 1] [--strike-s 20]: a day in half an hour.

A whole command center without its window (stand-in, broker, link, station) gets the messages of a
day; every 20 s the nemesis strikes, with a seed that is printed. At the end every invariant is
asked for, and the growth of each process since its warm-up is judged and its slope told.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.faults import invariants, results
from tests.faults.campaign import Traffic, flowing, strikes
from tests.faults.invariants import memory_mb
from tests.faults.rig import City, Desk, paused

DAY_MIN = 24 * 60
SAMPLE_S = 5.0
PAUSE_S = 4.0  # of a process that is stopped
# The day fills what is kept by design (20,000 raised, 5,000 closed alarms) in half an hour: not
# the slope is judged, which is told, but what a process has grown by since its warm-up.
MOST_GROWN_MB = 60.0
SCENARIOS = ("calm", "storm", "calm", "manhole", "lamps_out", "calm")
WARM_UP_SHARE = 0.3


@dataclass
class Memory:
    """Proportional share of each process over time, per life of the process."""

    samples: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def sample(self, at_s: float, pids: dict[str, int]) -> None:
        for name, pid in pids.items():
            if (mb := memory_mb(pid)) > 0:
                self.samples.setdefault(f"{name} {pid}", []).append((at_s, mb))

    def course_mb(self, name: str, points: int = 6) -> list[float]:
        """Of the longest life: evenly spaced, from its start to its end."""
        lives = [rows for key, rows in self.samples.items() if key.rpartition(" ")[0] == name]
        rows = max(lives, key=len, default=[])
        if not rows:
            return []
        return [round(rows[i * (len(rows) - 1) // (points - 1)][1], 1) for i in range(points)]

    def slope_mb_per_day_hour(self, name: str, speed: float, whole_s: float) -> float | None:
        """Of the longest life after warm-up: growth per hour of the day that was played."""
        lives = [
            [(at, mb) for at, mb in rows if at >= whole_s * WARM_UP_SHARE]
            for key, rows in self.samples.items()
            if key.rpartition(" ")[0] == name
        ]
        rows = max(lives, key=len, default=[])
        if len(rows) < 6:
            return None
        third = len(rows) // 3
        first, last = rows[:third], rows[-third:]
        grown = median(mb for _, mb in last) - median(mb for _, mb in first)
        span_s = median(at for at, _ in last) - median(at for at, _ in first)
        return round(grown / (span_s * speed / 3600.0), 2)


class Soak:
    def __init__(self, folder: Path, minutes: float, seed: int, strike_s: float) -> None:
        self.minutes, self.seed, self.strike_s = minutes, seed, strike_s
        self.speed = DAY_MIN / 30  # the day's hours pass as in the half hour, also in a short run
        self.chance = random.Random(seed)
        self.memory = Memory()
        self.struck: Counter[str] = Counter()
        self.city = City(folder / "city", words=("--speed", str(self.speed)))
        self.desk = Desk(folder / "desk", self.city.url)
        self.traffic = Traffic(self.city, self.desk, seed)

    def run(self) -> dict[str, Any]:
        self.desk.sign_in()
        whole_s = self.minutes * 60
        began_s = time.monotonic()
        with flowing(self.traffic, period_s=0.2):
            self._strike_until(began_s, whole_s)
        return self._judge(whole_s)

    def end(self) -> None:
        self.desk.end()
        self.city.end()

    def _strike_until(self, began_s: float, whole_s: float) -> None:
        actions = self._actions()
        waiting = threading.Event()
        next_strike_s = self.strike_s
        while (now_s := time.monotonic() - began_s) < whole_s:
            self.memory.sample(now_s, self._pids())
            if now_s >= next_strike_s:
                next_strike_s += self.strike_s
                name = self.chance.choice(sorted(actions))
                print(f"{now_s:6.0f} s  {name}", flush=True)
                self.struck[name] += 1
                actions[name]()
            waiting.wait(SAMPLE_S)

    def _actions(self) -> dict[str, Callable[[], None]]:
        kills = strikes(self.city, self.traffic)

        def stopped(pause: Callable[[], None], resume: Callable[[], None]) -> Callable[[], None]:
            def act() -> None:
                with paused(pause, resume):
                    threading.Event().wait(PAUSE_S)

            return act

        def fault(mode: str) -> Callable[[], None]:
            return stopped(lambda: self.city.rest_fault(mode), lambda: self.city.rest_fault("ok"))

        return {
            **{f"kill {name}": act for name, act in kills.items()},
            "stop broker": stopped(self.city.pause_broker, self.city.resume_broker),
            "stop link": stopped(self.desk.pause_link, self.desk.resume_link),
            "rest 500": fault("500"),
            "rest slow": fault("slow"),
            "replies lost": fault("drop_reply"),
            "tokens expire": lambda: self.city.rest_fault("expire_tokens"),
            "broker away": stopped(self.city.broker_down, self.city.broker_up),
            "scenario": lambda: self.city.play(self.chance.choice(SCENARIOS), self.speed),
        }

    def _pids(self) -> dict[str, int]:
        pids = {"link": self.desk.link_pid, "stand-in": self.city.pid}
        if self.desk.station is not None:
            pids["station"] = self.desk.station.process.pid
        if (broker := self.city.broker()) is not None:
            pids["broker"] = broker.pid
        return pids

    def _judge(self, whole_s: float) -> dict[str, Any]:
        self.city.play("calm")
        figures: dict[str, Any] = {
            "seed": self.seed, "minutes": self.minutes, "strikes": dict(self.struck),
            "alarms": len(self.traffic.raised), "orders": len(self.traffic.order_ids),
            "events": len(self.city.ledger("event")),
        }  # fmt: skip
        figures["back_s"] = invariants.normal_again(self.desk)
        figures["complete_s"] = invariants.nothing_lost(self.city, self.desk)
        ends = invariants.orders_executed_once(
            self.city, self.desk, self.traffic.order_ids, limit_s=180.0
        )
        figures["orders_ended"] = dict(ends)
        figures["events_told"] = invariants.nothing_shown_twice(self.desk)
        invariants.stale_is_marked(self.desk.lights()["feeds"])
        invariants.notices_are_plain(self.desk.profile)
        invariants.no_secret_in(self.desk.profile, ["demo-2026"])
        invariants.databases_are_whole(self.desk.profile)
        names = ("link", "station", "stand-in", "broker")
        slopes = {n: self.memory.slope_mb_per_day_hour(n, self.speed, whole_s) for n in names}
        figures["mb_per_hour_of_the_day"] = slopes
        figures["course_mb"] = {n: self.memory.course_mb(n) for n in names}
        return figures


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.soak")
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument("--strike-s", type=float, default=20.0)
    options = parser.parse_args(words)
    print(f"seed {options.seed}, {options.minutes:g} min, a strike each {options.strike_s:g} s")
    os.environ.setdefault("XDG_CACHE_HOME", str(results.ROOT / ".setup" / "cache"))
    with tempfile.TemporaryDirectory(prefix="soak") as folder:
        soak = Soak(Path(folder), options.minutes, options.seed, options.strike_s)
        try:
            figures = soak.run()
        except AssertionError as error:
            print(f"seed {options.seed}: {error}\n{soak.desk.last_words()}", file=sys.stderr)
            return 1
        finally:
            soak.end()
    figures |= {"date": results.today(), "commit": results.commit()}
    results.FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    (results.FOLDER / "soak.json").write_text(text + "\n", "utf-8")
    print(text)
    return _judge_memory(figures)


def _judge_memory(figures: dict[str, Any]) -> int:
    grown = {
        name: round(course[-1] - course[1], 1)  # the first sixth is warm-up
        for name, course in figures["course_mb"].items()
        if course and course[-1] - course[1] > MOST_GROWN_MB
    }
    if grown:
        print(f"grown by more than {MOST_GROWN_MB:g} MB: {grown}", file=sys.stderr)
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())
