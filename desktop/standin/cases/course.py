"""How cases run: from the report to the close, by chance, quality of the unit and limits."""

import numpy as np
from numpy.typing import NDArray

from desktop.domain.assessment.working_time import Limit, LimitKind, WorkClock
from desktop.domain.cases import PUBLIC_SOURCES, Source
from desktop.standin.case_classes import case_classes
from desktop.standin.cases.habits import habits
from desktop.standin.cases.rows import REJECTED, UPHELD, Flag, Rows, last_change
from desktop.standin.cases.surroundings import Surroundings

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_SOURCES = tuple(Source)
_CHECKED_FIRST = [one in (*PUBLIC_SOURCES, Source.VIDEO, Source.SENSOR) for one in _SOURCES]
_PUBLIC = [one in PUBLIC_SOURCES for one in _SOURCES]
_KINDS = {"urgent_hour": LimitKind.URGENT_HOURS, "work_hour": LimitKind.WORKING_HOURS,
          "work_day": LimitKind.WORKING_DAYS}  # fmt: skip
_LONGEST_S = 250 * 86_400
_EARLY_H, _LATE_H = 7, 21  # 核查 in the streets
_CHINA_S = 8 * 3600


def run(
    rng: np.random.Generator, rows: Rows, clock: WorkClock, places: Surroundings,
    years: float, rain_mm: Floats,
) -> None:  # fmt: skip
    """Fills in everything after the report. `years`: since the beginning of 2026."""
    known = places.quality[rows["district"]]
    quality = known[:, 0] + known[:, 1] * years + places.of_org[rows["org"]]
    quality = np.clip(quality, -1.2, 1.0)
    going = _intake(rng, rows, quality)
    _handle(rng, rows, clock, quality, rain_mm, going)
    _close(rng, rows, quality, going)
    rows["last"] = last_change(rows)


def _span(rng: np.random.Generator, size: int, minutes: float, sigma: float = 0.6) -> Floats:
    """Seconds, with a median in minutes and a long tail."""
    return minutes * 60 * np.exp(rng.normal(0, sigma, size))


def _intake(rng: np.random.Generator, rows: Rows, quality: Floats) -> Flags:
    """Accept, verify, register, dispatch. Answers which of them go on."""
    size, source = len(rows), rows["source"]
    accept = rows["report"] + _span(rng, size, 3)
    first = np.array(_CHECKED_FIRST)[source]
    wait = np.minimum(_span(rng, size, 5, 0.5), 60_000)
    known = accept + np.where(first, wait + _span(rng, size, 38, 0.5), 0)
    void = rng.random(size) < np.array([habits().sources[one].void for one in _SOURCES])[source]
    late = void & (rng.random(size) < 0.3)  # registered first, found to be none later
    filed = ~void | late
    register = known + _span(rng, size, 7, 0.55) * (1 - 0.2 * quality)
    going = ~void
    dispatch = register + _span(rng, size, 3.2, 0.5) * (1 - 0.3 * quality)
    missed = filed & np.array(_PUBLIC)[source] & (rng.random(size) < 0.12 - 0.05 * quality)
    rows["accept"], rows["verify"] = accept, np.where(first, known, 0)
    rows["verify_wait"] = np.where(first, wait, 0)
    rows["register"], rows["dispatch"] = np.where(filed, register, 0), np.where(going, dispatch, 0)
    rows["flags"] = _marks(void, Flag.VOID) | _marks(missed, Flag.MISSED)
    return going


def _handle(
    rng: np.random.Generator, rows: Rows, clock: WorkClock, quality: Floats, rain_mm: Floats,
    going: Flags,
) -> None:  # fmt: skip
    """Sign, dispose, and what its limit is."""
    size = len(rows)
    returns = going & (rng.random(size) < np.clip(0.035 * (1 - 0.6 * quality), 0.004, 0.2))
    rework = going & (rng.random(size) < np.clip(0.028 * (1 - 0.7 * quality), 0.003, 0.2))
    times = rework * rng.geometric(0.82, size)
    used = np.exp(rng.normal(np.log(0.36) - 0.36 * quality, 0.6))
    used *= np.clip(1 + rain_mm / 120, 1, 1.5)
    used += 0.25 * returns + 0.35 * times
    used *= np.where(rng.random(size) < np.clip(0.004 * (1 - quality), 0.0005, 1), 12, 1)
    length, urgent = _limits(rows, clock)
    extended = going & ~urgent & (used > 0.95) & (rng.random(size) < 0.25)
    suspended = extended & (used > 2) & (rng.random(size) < 0.3)
    dispatch = rows["dispatch"].astype(np.float64)
    start = np.where(going, dispatch, float(rows["report"][0]) if size else 0.0)
    for at, name in ((length * (1 + extended), "dispose_due"), (length * used, "dispose")):
        # nothing runs on for longer than the calendar reaches
        at = np.minimum(at, 200 * clock.day_s)
        end = np.where(urgent, start + at, clock.after_s(start, np.where(urgent, 0, at)))
        rows[name] = np.where(going, np.minimum(end, start + _LONGEST_S), 0)
    took = rows["dispose"] - start
    sign = _span(rng, size, 22, 0.9) * (1 - 0.3 * quality) + returns * _span(rng, size, 80, 0.4)
    rows["sign"] = np.where(going, start + np.minimum(sign, np.maximum(took * 0.6, 60)), 0)
    again = returns & (rng.random(size) < 0.7)
    rows["returns"] = returns * (1 + (rng.random(size) < 0.12))
    rows["rework"], rows["extensions"] = np.minimum(times, 5), extended
    rows["flags"] |= _marks(again, Flag.REDISPATCHED) | _marks(suspended, Flag.SUSPENDED)
    rows["flags"] |= _marks(urgent, Flag.URGENT)
    joint = going & (rng.random(size) < 0.045)
    rows["joint"] = joint * (1 + rng.integers(10, 27, size))


def _limits(rows: Rows, clock: WorkClock) -> tuple[Floats, Flags]:
    """Seconds of its own clock, and whether that is the clock of the wall."""
    limits = [Limit(_KINDS[one.limit.unit], one.limit.value) for one in case_classes()]
    length = np.array([clock.limit_s(one) for one in limits])
    urgent = np.array([one.kind is LimitKind.URGENT_HOURS for one in limits])
    return length[rows["cls"]], urgent[rows["cls"]]


def _close(rng: np.random.Generator, rows: Rows, quality: Floats, going: Flags) -> None:
    """Check, archive, call back, appeal."""
    size = len(rows)
    sent = _by_day(rng, rows["dispose"] + _span(rng, size, 6, 0.5))
    sent = np.minimum(sent, rows["dispose"] + 65_000.0)
    check = sent + _span(rng, size, 58, 0.6)
    archive = check + _span(rng, size, 9, 0.6)
    rows["check_wait"] = np.where(going, sent - rows["dispose"], 0)
    rows["check"], rows["archive"] = np.where(going, check, 0), np.where(going, archive, 0)
    called = going & np.array(_PUBLIC)[rows["source"]] & (rng.random(size) < 0.90 + 0.05 * quality)
    at = _by_day(rng, archive + _span(rng, size, 24 * 60, 0.4))
    rows["call_back"] = np.where(called, at, 0)
    overdue = going & (rows["dispose"] > rows["dispose_due"])
    chance = 0.93 + 0.04 * quality - 0.22 * overdue - 0.1 * (rows["rework"] > 0)
    rows["flags"] |= _marks(called & (rng.random(size) < chance), Flag.SATISFIED)
    appeal = overdue & (rng.random(size) < 0.06)
    rows["appeal"] = appeal * np.where(rng.random(size) < 0.45, UPHELD, REJECTED)


def _marks(which: Flags, flag: Flag) -> NDArray[np.uint16]:
    return which.astype(np.uint16) * np.uint16(flag)


def _by_day(rng: np.random.Generator, at: Floats) -> Floats:
    """What falls into the night waits for the morning."""
    of_day = (at + _CHINA_S) % 86_400
    morning = at - of_day + _EARLY_H * 3600 + 3600 * rng.random(len(at))
    early, late = of_day < _EARLY_H * 3600, of_day > _LATE_H * 3600
    return np.where(early, morning, np.where(late, morning + 86_400, at))
