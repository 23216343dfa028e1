"""Writes cases.db: the mirrored cases, and the sums of the settled ones by unit and month.

A row that changes takes its old part out of the sums and puts its new one in, in the same
transaction: nobody counts millions of cases again because one has changed.
"""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from desktop.domain.assessment.case_counts import (
    COUNTED,
    FACTS,
    LEVELS,
    PEOPLE,
    POST_OF,
    Facts,
    tally,
)
from desktop.domain.assessment.case_facts import facts_of, is_settled
from desktop.domain.cases import Case
from desktop.errors import ProfileError
from local_db.case_progress import FORM, Progress
from local_db.kinds import CASES
from local_db.quarantine import condemning
from local_db.schema import open_database

_COLUMNS = (
    "case_id", "class_id", "state", "source", "limit_text", "district", "street", "org",
    "reported", "month_due", "settled", "revision", "updated",
)  # fmt: skip
_PUT = (
    f"INSERT INTO cases (n, {', '.join(_COLUMNS)}) VALUES (?{',?' * len(_COLUMNS)}) "
    f"ON CONFLICT (n) DO UPDATE SET {', '.join(f'{one}=excluded.{one}' for one in _COLUMNS)}"
)
_KNOWN = (
    "SELECT c.case_id, c.n, c.revision, c.updated, c.settled, c.district, c.month_due, f.facts "
    "FROM cases c JOIN facts f ON (f.settled, f.district, f.month_due, f.n) "
    "= (c.settled, c.district, c.month_due, c.n) WHERE c.case_id IN ({})"
)
_GONE = "DELETE FROM facts WHERE settled = ? AND district = ? AND month_due = ? AND n = ?"
_META = "INSERT OR REPLACE INTO meta VALUES (?, ?)"


class CaseBook:
    """Each call is one transaction."""

    def __init__(self, path: Path) -> None:
        """Raises ProfileError. Looks through the file: slow for a large one."""
        self.opened = open_database(path, CASES)
        self._path, self._engine = path, self.opened.engine
        self._turn, self._closed = threading.Lock(), False
        with self._writing() as db:
            db.execute("PRAGMA cache_size=-32768")
            db.execute("PRAGMA wal_autocheckpoint=8000")  # 32 MB: the disk is waited for seldom
            self._learn(db)

    def _learn(self, db: sqlite3.Connection) -> None:
        """Numbers, and what is told of them, as they are in the file."""
        rows = db.execute("SELECT level, unit_id, n, district, post, name FROM units").fetchall()
        classes = db.execute("SELECT class_id, k, name FROM classes").fetchall()
        self._units = {(row[0], row[1]): int(row[2]) for row in rows}
        self._units |= {("class", row[0]): int(row[1]) for row in classes}
        self._about = {row[2]: (row[3], row[4], row[5]) for row in rows}
        self._classes = {row[0]: row[2] for row in classes}

    def close(self) -> None:
        with self._turn:
            self._closed = True
            self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._turn:
            if self._closed:  # a worker thread that ends after the link
                raise ProfileError("数据文件已关闭")
            with condemning(self._path), self._engine.begin() as connection:
                yield connection.connection.driver_connection  # pyright: ignore

    def progress(self) -> Progress:
        with self._writing() as db:
            said = dict(db.execute("SELECT key, value FROM meta"))
        return Progress(
            said.get("platform_url", ""),
            said.get("since", ""),
            said.get("cursor", ""),
            said.get("whole", "") == "1",
            float(said.get("as_of", "0")),
            said.get("form", FORM),
        )

    def begin(self, progress: Progress) -> None:
        """Another platform, or other facts: everything anew."""
        with self._writing() as db:
            for table in ("cases", "facts", "sums", "units", "classes", "told", "meta"):
                db.execute(f"DELETE FROM {table}")
            _put_progress(db, progress)
        self._units.clear()
        self._about.clear()
        self._classes.clear()

    def keep(self, progress: Progress) -> None:
        with self._writing() as db:
            _put_progress(db, progress)

    def told(self) -> dict[str, tuple[bytes, float]]:
        """Period -> what was told of it, and when (Unix seconds)."""
        with self._writing() as db:
            return {row[0]: row[1:] for row in db.execute("SELECT period, body, at FROM told")}

    def put_told(self, period: str, body: bytes, at: float) -> None:
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO told VALUES (?, ?, ?)", (period, body, at))

    def take(self, cases: Sequence[Case], progress: Progress | None = None) -> int:
        """Gives how many were new here; an older version than the known one changes nothing."""
        latest = {case.case_id: case for case in sorted(cases, key=lambda c: c.revision)}
        try:
            with self._writing() as db:
                count = self._take(db, latest)
                if progress is not None:
                    _put_progress(db, progress)
        except BaseException:
            self._forget_unwritten()
            raise
        return count

    def _take(self, db: sqlite3.Connection, latest: dict[str, Case]) -> int:
        marks = ",".join("?" * len(latest))
        known = {row[0]: row[1:] for row in db.execute(_KNOWN.format(marks), list(latest))}
        fresh = [
            case for case in latest.values()
            if (row := known.get(case.case_id)) is None
            or (case.revision, case.updated_at.timestamp()) > (row[1], row[2])
        ]  # fmt: skip
        if not fresh:
            return 0
        facts = facts_of(fresh, lambda level, unit_id: self._number(db, level, unit_id))
        (last,) = db.execute("SELECT coalesce(max(n), 0) FROM cases").fetchone()
        olds = [known.get(case.case_id) for case in fresh]
        numbers = [row[0] if row else (last := last + 1) for row in olds]
        settled = [int(is_settled(case)) for case in fresh]
        db.executemany(_GONE, [(*row[3:6], row[0]) for row in olds if row])
        db.executemany(_PUT, _rows(fresh, facts, numbers, settled))
        db.executemany("INSERT INTO facts VALUES (?,?,?,?,?)", _packed(facts, numbers, settled))
        self._describe(db, fresh, facts)
        gone = np.frombuffer(b"".join(row[6] for row in olds if row and row[3]), dtype=FACTS)
        _add_sums(db, gone, facts[np.array(settled, dtype=bool)])
        return len(fresh)

    def _number(self, db: sqlite3.Connection, level: str, unit_id: str) -> int:
        if not unit_id:
            return 0
        known = self._units.get((level, unit_id))
        if known is None:
            row = (level, unit_id)
            query = "INSERT INTO units VALUES (NULL, ?, ?, '', 0, '')"
            if level == "class":
                query, row = "INSERT INTO classes VALUES (NULL, ?, ?)", (unit_id, unit_id)
            known = int(db.execute(query, row).lastrowid or 0)
            self._units[(level, unit_id)] = known
        return known

    def _describe(self, db: sqlite3.Connection, cases: Sequence[Case], facts: Facts) -> None:
        """Names and places of persons and streets, and names of classes: as last seen. Who works
        for several districts, as the centre's people do, is in none."""
        told: dict[int, tuple[int, str, str]] = {}
        names = {one.by: one.by_name for case in cases for one in case.stages if one.by}
        numbers = {self._units[("person", by)]: name for by, name in names.items()
                   if ("person", by) in self._units}  # fmt: skip
        for n, district in zip(facts["street"].tolist(), facts["district"].tolist(), strict=True):
            told[n] = (district, "", "")
        for field in PEOPLE:
            pairs = zip(facts[field].tolist(), facts["district"].tolist(), strict=True)
            for n, district in pairs:
                before = told.get(n) or self._about.get(n)
                is_one = before is None or before[0] == district
                told[n] = (district if is_one else 0, POST_OF[field], numbers.get(n, ""))
        told.pop(0, None)
        changed = {n: about for n, about in told.items() if self._about.get(n) != about}
        update = "UPDATE units SET district = ?, post = ?, name = ? WHERE n = ?"
        db.executemany(update, [(*about, n) for n, about in changed.items()])
        self._about |= changed
        classes = {class_id(case): case.class_name for case in cases if case.class_name}
        fresh = {key: name for key, name in classes.items() if self._classes.get(key) != name}
        renamed = [(name, key) for key, name in fresh.items()]
        db.executemany("UPDATE classes SET name = ? WHERE class_id = ?", renamed)
        self._classes |= fresh

    def _forget_unwritten(self) -> None:
        """What a failed transaction has taken back again is numbered anew."""
        if not self._closed:
            with self._writing() as db:
                self._learn(db)

    def recount(self, rows: int = 50_000) -> None:
        """All sums from the cases again."""
        with self._writing() as db:
            db.execute("DELETE FROM sums")
            reading = db.execute("SELECT facts FROM facts WHERE settled = 1")
            while found := reading.fetchmany(rows):
                facts = np.frombuffer(b"".join(row[0] for row in found), dtype=FACTS)
                _add_sums(db, facts[:0], facts)


def class_id(case: Case) -> str:
    return f"{case.kind.value}{case.class_code}"


def _rows(
    cases: Sequence[Case], facts: Facts, numbers: Sequence[int], settled: Sequence[int]
) -> Iterator[tuple[object, ...]]:
    names = ("district", "street", "org", "reported", "month_due")
    told = zip(*(facts[name].tolist() for name in names), strict=True)
    for case, counted, n, is_over in zip(cases, told, numbers, settled, strict=True):
        yield (
            n, case.case_id, class_id(case), case.state.value, case.source.value,
            case.limit.text, *counted, is_over, case.revision, case.updated_at.timestamp(),
        )  # fmt: skip


def _packed(
    facts: Facts, numbers: Sequence[int], settled: Sequence[int]
) -> Iterator[tuple[object, ...]]:
    body, width = facts.tobytes(), FACTS.itemsize
    where = zip(facts["district"].tolist(), facts["month_due"].tolist(), strict=True)
    for at, (n, is_over, place) in enumerate(zip(numbers, settled, where, strict=True)):
        yield is_over, *place, n, body[at * width : (at + 1) * width]


def _add_sums(db: sqlite3.Connection, old: Facts, now: Facts) -> None:
    both = np.concatenate([old, now])
    sign = np.concatenate([np.full(len(old), -1, np.int8), np.ones(len(now), np.int8)])
    width = len(COUNTED)
    for level in LEVELS:
        found = tally(both, np.inf, level, sign)
        keys = list(zip(found.units.tolist(), found.months.tolist(), strict=True))
        query = "SELECT sums FROM sums WHERE level = ? AND unit = ? AND month = ?"
        rows: list[tuple[str, int, int, bytes]] = []
        for (unit, month), change in zip(keys, found.sums, strict=True):
            known = db.execute(query, (level, unit, month)).fetchone()
            sums = change if known is None else np.frombuffer(known[0], count=width) + change
            rows.append((level, unit, month, sums.tobytes()))
        db.executemany("INSERT OR REPLACE INTO sums VALUES (?, ?, ?, ?)", rows)


def _put_progress(db: sqlite3.Connection, progress: Progress) -> None:
    rows = {
        "platform_url": progress.platform_url,
        "since": progress.since,
        "cursor": progress.cursor,
        "whole": "1" if progress.whole else "",
        "as_of": repr(progress.as_of),
        "form": progress.form,
    }
    db.executemany(_META, list(rows.items()))
