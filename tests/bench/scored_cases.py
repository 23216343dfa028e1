"""Cases made by numbers, straight into cases.db: a year of a city, for the scoreboard's benches."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from desktop.domain.assessment.case_counts import FACTS, Facts, Flag
from local_db import cases as book_of
from local_db.cases import CaseBook

START_S = 1_751_299_200  # 2025-07-01 in the city
YEAR_S = 365 * 86_400
DISTRICTS, STREETS, ORGS, PEOPLE, CLASSES = 14, 200, 60, 500, 190
OPEN = 30_000
_AT_ONCE = 100_000
_LIMITS_S = (7200, 14_400, 86_400, 3 * 86_400, 5 * 86_400)
_FIRST = {"district": 1, "street": 101, "org": 401, "person": 601}


def facts(count: int, seed: int = 1) -> Facts:
    """In the order of their reports; the last OPEN are not handled yet."""
    rng = np.random.default_rng(seed)
    f = np.zeros(count, dtype=FACTS)
    f["reported"] = np.sort(rng.integers(START_S, START_S + YEAR_S, count))

    def after(field: str, low: int, high: int) -> np.ndarray:
        return (f[field] + rng.integers(low, high, count)).astype("u4")

    f["accepted"], f["file_due"] = after("reported", 60, 900), f["reported"] + 1800
    f["filed"] = after("accepted", 60, 900)
    f["dispatched"], f["dispatch_due"] = after("filed", 30, 900), f["filed"] + 900
    f["dispose_due"] = f["dispatched"] + rng.choice(_LIMITS_S, count)
    took = (f["dispose_due"] - f["dispatched"]) * rng.uniform(0.2, 1.1, count)
    f["disposed"] = f["dispatched"] + took.astype("u4")
    f["closed"], f["close_due"] = after("disposed", 600, 7200), f["dispose_due"] + 7200
    f["checked"], f["check_due"] = after("disposed", 300, 3600), f["disposed"] + 3600
    for field in ("disposed", "closed", "checked"):
        f[field][-OPEN:] = 0
    street = rng.integers(0, STREETS, count)
    f["street"], f["district"] = _FIRST["street"] + street, 1 + street % DISTRICTS
    f["org"] = _FIRST["org"] + rng.integers(0, ORGS, count)
    for field, first, many in (
        ("reporter", 0, 400), ("acceptor", 400, 40), ("chief", 440, 20), ("closer", 440, 20),
        ("dispatcher", 460, 40),
    ):  # fmt: skip
        f[field] = _FIRST["person"] + first + rng.integers(0, many, count)
    for month, field in (("month_in", "reported"), ("month_due", "dispose_due")):
        at = (f[field].astype("i8") + 28_800).astype("datetime64[s]").astype("datetime64[M]")
        f[month] = at.astype("i8") + 1970 * 12
    f["flags"] = int(Flag.ENDED | Flag.VALID) | rng.choice([2, 4, 12, 0], count)
    f["flags"][-OPEN:] &= 0xFFFF ^ int(Flag.ENDED)
    f["kind"] = 1 + np.arange(count) % CLASSES
    return f


def fill(path: Path, made: Facts) -> None:
    """The file as the mirror would have left it."""
    book = CaseBook(path)
    with book._writing() as db:
        db.executemany("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?)", list(_units()))
        classes = [(k + 1, f"event{k:04}", f"案件类别 {k}") for k in range(CLASSES)]
        db.executemany("INSERT INTO classes VALUES (?, ?, ?)", classes)
        db.execute("INSERT INTO meta VALUES ('whole', '1'), ('as_of', ?)", (repr(end_s()),))
    for first in range(0, len(made), _AT_ONCE):
        part = made[first : first + _AT_ONCE]
        with book._writing() as db:
            _put(db, part, first + 1, len(made) - OPEN - first)
    book.close()


def end_s() -> float:
    return float(START_S + YEAR_S)


def _units() -> Iterator[tuple[int, str, str, str, int, str]]:
    counts = {"district": DISTRICTS, "street": STREETS, "org": ORGS, "person": PEOPLE}
    posts = ("supervisor",) * 400 + ("acceptor",) * 40 + ("chief",) * 20 + ("dispatcher",) * 40
    for level, count in counts.items():
        for n in range(count):
            post = posts[n] if level == "person" else ""
            is_of_all = level in ("district", "org") or post not in ("", "supervisor")
            district = 0 if is_of_all else 1 + n % DISTRICTS
            yield _FIRST[level] + n, level, f"{level}-{n}", "", district, post


def _put(db: sqlite3.Connection, part: Facts, first: int, settled: int) -> None:
    """`settled`: so many of the part, from its start."""
    body, width = part.tobytes(), FACTS.itemsize
    told = zip(
        *(
            part[name].tolist()
            for name in ("district", "street", "org", "reported", "month_due", "kind")
        ),
        strict=True,
    )
    rows, packed = [], []
    for at, (district, street, org, reported, month, kind) in enumerate(told):
        n, over = first + at, int(at < settled)
        state = "closed" if over else "handling"
        rows.append((n, f"990101{n:013}", f"event{kind - 1:04}", state, "patrol", "4 紧急工作时",
                     district, street, org, reported, month, over, 1, reported + 1.0))  # fmt: skip
        packed.append((over, district, month, n, body[at * width : (at + 1) * width]))
    db.executemany(f"INSERT INTO cases VALUES (?{',?' * 13})", rows)
    db.executemany("INSERT INTO facts VALUES (?,?,?,?,?)", packed)
    book_of._add_sums(db, part[:0], part[: max(settled, 0)])
