"""Reads of cases.db (mode=ro) for the station: they block, so callers use offload."""

import contextlib
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from desktop.domain.assessment.case_counts import (
    COUNTED,
    FACTS,
    HANDLING,
    INTAKE,
    PEOPLE,
    POST_OF,
    POSTS,
    Facts,
    Tally,
    columns_of,
    month_number,
    tally,
)
from desktop.domain.assessment.counts import CountTable
from desktop.domain.assessment.expressions import Values
from desktop.domain.assessment.mirrored import (
    Blame,
    CaseFilter,
    CaseRow,
    CaseRows,
    Counted,
    UnitRow,
)

_WIDTH = len(COUNTED)
_MEANT = ("district", "street", "org")
_OF_POST = {
    post: frozenset[str]().union(*(POSTS[field] for field in PEOPLE if POST_OF[field] == post))
    for post in set(POST_OF.values())
}
_CLASSES = 8
_BEFORE_S = 45 * 86_400
"""So long before it is due a case may have been reported: the longest limit, prolonged."""
_MONTHS_OPEN = 2


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Raises sqlite3.Error when there is no such file yet."""
    uri = f"{path.resolve().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=2.0)) as db:
        db.execute("PRAGMA query_only=1")
        db.execute("BEGIN")
        yield db


def read_counted(path: Path, level: str, now: float) -> Counted | None:
    """None while nothing is mirrored. `now`: what was due until then is due."""
    try:
        with _reading(path) as db:
            said = dict(db.execute("SELECT key, value FROM meta"))
            about = _units(db, level)
            parts = [_stored(db, level), tally(_open_facts(db), now, level)]
            (count,) = db.execute("SELECT coalesce(max(n), 0) FROM cases").fetchone()
    except sqlite3.OperationalError:
        return None
    table = _table(parts, about)
    if table is None:
        return None
    units = {row.unit_id: row for row in about.values()}
    as_of = float(said.get("as_of", "0"))
    return Counted(table, units, as_of, said.get("whole") == "1", int(count))


def read_told(path: Path) -> dict[str, bytes]:
    """Period -> what the platform told of it; empty while nothing is mirrored."""
    try:
        with _reading(path) as db:
            return dict(db.execute("SELECT period, body FROM told"))
    except sqlite3.OperationalError:
        return {}


def _units(db: sqlite3.Connection, level: str) -> dict[int, UnitRow]:
    query = (
        "SELECT u.n, u.unit_id, u.name, u.post, coalesce(d.unit_id, '') FROM units u "
        "LEFT JOIN units d ON d.n = u.district WHERE u.level = ?"
    )
    return {row[0]: UnitRow(*row[1:]) for row in db.execute(query, (level,))}


def _stored(db: sqlite3.Connection, level: str) -> Tally:
    query = "SELECT unit, month, sums FROM sums WHERE level = ?"
    rows = db.execute(query, (level,)).fetchall()
    sums = np.frombuffer(b"".join(row[2] for row in rows)).reshape(-1, _WIDTH)
    units, months = (np.array([row[n] for row in rows], dtype=np.int64) for n in (0, 1))
    return Tally(units, months, sums)


def _open_facts(db: sqlite3.Connection) -> Facts:
    rows = db.execute("SELECT facts FROM facts WHERE settled = 0")
    return np.frombuffer(b"".join(map(itemgetter(0), rows)), dtype=FACTS)


def _table(parts: Sequence[Tally], about: dict[int, UnitRow]) -> CountTable | None:
    """A unit that has cases has them in every month that anybody has: 0, not 未上报."""
    months = sorted({int(month) for part in parts for month in np.unique(part.months)})
    seen = {int(unit) for part in parts for unit in np.unique(part.units)}
    numbers = sorted((n for n in seen if n in about), key=lambda n: about[n].unit_id)
    if not numbers or not months:
        return None
    sums = np.zeros((len(numbers), months[-1] - months[0] + 1, _WIDTH))
    row_of = np.full(max(numbers) + 1, -1, dtype=np.int64)
    row_of[numbers] = np.arange(len(numbers))
    for part in parts:
        known = np.isin(part.units, numbers)
        where = (row_of[part.units[known]], part.months[known] - months[0])
        np.add.at(sums, where, part.sums[known])
    texts = [f"{m // 12:04}-{m % 12 + 1:02}" for m in range(months[0], months[-1] + 1)]
    for row, number in enumerate(numbers):
        if post := about[number].post:  # what is not this person's to do is no 0
            sums[row][:, [name not in _OF_POST.get(post, ()) for name in COUNTED]] = np.nan
    values = {name: sums[:, :, n] for n, name in enumerate(COUNTED)}
    return CountTable([about[n].unit_id for n in numbers], texts, values)


# ---- the cases behind a figure ---------------------------------------------------------------


def drill(
    path: Path,
    level: str,
    unit_id: str,
    months: Sequence[str],
    counts: Sequence[str],
    now: float,
    limit: int = 200,
    blame: Blame | None = None,
) -> CaseRows:
    """Cases of a unit that any of these counts has counted: first those that `blame` says have
    cost points, of these the latest beyond its limit.

    Raises sqlite3.Error.
    """
    with _reading(path) as db:
        row = db.execute(
            "SELECT n, district FROM units WHERE level = ? AND unit_id = ?", (level, unit_id)
        ).fetchone()
        if row is None:
            return CaseRows(0, ())
        wanted = [month_number(month) for month in months]
        is_intake, is_handling = (bool(set(counts) & set(part)) for part in (INTAKE, HANDLING))
        fields = _fields_of(level, counts)
        if not fields:
            return CaseRows(0, ())
        near = _Near(fields, row[0], row[1], wanted, is_intake, is_handling)
        numbers, facts = _facts_near(db, level, near)
        chosen = np.flatnonzero(_mine(facts, level, row[0], wanted, counts, now))
        numbers, facts = numbers[chosen], _only(facts, chosen)
        against = _against(facts, blame, now)
        order = np.lexsort((-_over(facts, now), ~against))[:limit]
        rows = _rows_of(db, numbers[order].tolist(), now)
        rows = tuple(
            replace(row, is_against=bool(bad))
            for row, bad in zip(rows, against[order], strict=True)
        )
        classes = _classes_of(db, facts)
    return CaseRows(len(chosen), rows, classes, int(against.sum()) if blame else None)


def _fields_of(level: str, counts: Collection[str]) -> tuple[str, ...]:
    """Where in the facts the unit stands that these counts are of: of a person one role mostly."""
    if level != "person":
        return (level,)
    return tuple(field for field in PEOPLE if not POSTS[field].isdisjoint(counts))


class _Near(NamedTuple):
    """`is_intake`: what was reported in these months; `is_handling`: what is due in them."""

    fields: tuple[str, ...]
    unit: int
    district: int
    months: Sequence[int]
    is_intake: bool
    is_handling: bool


def _facts_near(
    db: sqlite3.Connection, level: str, near: _Near
) -> tuple[NDArray[np.int64], Facts]:  # fmt: skip
    """Cases among which the wanted ones are. A street's, and a person's, lie with those of their
    district; people of the centre work for all."""
    fields, unit, district, months, is_intake, is_handling = near
    first, last = min(months), max(months)
    if level == "org":
        query = (
            "SELECT f.n, f.facts FROM cases c JOIN facts f ON (f.settled, f.district, f.month_due, "
            "f.n) = (c.settled, c.district, c.month_due, c.n) "
            "WHERE c.org = ? AND c.reported BETWEEN ? AND ? AND (c.reported >= ? OR c.month_due "
            "BETWEEN ? AND ?)"
        )
        begin, end = _unix(first), _unix(last + 1)
        values: tuple[int, ...] = (
            unit, begin - _BEFORE_S if is_handling else begin, end,
            begin if is_intake else end, first, last,
        )  # fmt: skip
    else:
        place = unit if level == "district" else district
        where = f"district = {place:d}" if place else f"district IN ({_DISTRICTS})"
        query = (
            f"SELECT n, facts FROM facts WHERE settled IN (0, 1) AND {where} "
            "AND month_due BETWEEN ? AND ?"
        )
        values = (first, last + _MONTHS_OPEN if is_intake else last)
        if is_intake:  # looked at where they lie: most of the later months is nobody's here
            reported = ", ".join(f"x'{_bytes(m, 2)}'" for m in range(first, last + 1))
            query += f" AND (month_due <= {last:d} OR {_PART['month_in']} IN ({reported}))"
        if level != "district":
            mine = (f"{_PART[one]} = x'{_bytes(unit, 4)}'" for one in fields)
            query += f" AND ({' OR '.join(mine)})"
    rows = db.execute(query, values).fetchall()
    numbers, packed = zip(*rows, strict=True) if rows else ((), ())
    return np.array(numbers, dtype=np.int64), np.frombuffer(b"".join(packed), dtype=FACTS)


_RAW = np.dtype(f"V{FACTS.itemsize}")
_DISTRICTS = "SELECT n FROM units WHERE level = 'district'"
_PART = {  # SQL: the bytes of one field of the packed facts
    name: f"substr(facts, {at + 1}, {kind.itemsize})"
    for name, (kind, at, *_) in (FACTS.fields or {}).items()
}


def _bytes(number: int, size: int) -> str:
    return number.to_bytes(size, "little").hex()


def _only(facts: Facts, chosen: NDArray[np.int64]) -> Facts:
    """Those of these places, copied as bytes: field by field it takes ten times as long."""
    return facts.view(_RAW)[chosen].view(FACTS)


def _mine(
    facts: Facts, level: str, unit: int, months: Sequence[int], counts: Sequence[str], now: float
) -> NDArray[np.bool_]:
    columns = columns_of(facts, now, counts)
    fields = PEOPLE if level == "person" else (level,)
    found = np.zeros(len(facts), dtype=bool)
    for field in fields:
        for name in counts:
            if name not in columns or (level == "person" and name not in POSTS[field]):
                continue
            month = facts["month_in"] if name in INTAKE else facts["month_due"]
            mine = (facts[field] == unit) & np.isin(month, months)
            found |= mine & (np.asarray(columns[name]) > 0)
    return found


def _against(facts: Facts, blame: Blame | None, now: float) -> NDArray[np.bool_]:
    if blame is None or not len(facts):
        return np.zeros(len(facts), dtype=bool)
    columns = columns_of(facts, now)

    def summed(names: tuple[str, ...]) -> Values:
        return np.sum([np.asarray(columns[name], dtype=np.float64) for name in names], axis=0)

    part = summed(blame.part)
    return part > 0 if blame.is_bad else summed(blame.whole) > part


def _over(facts: Facts, now: float) -> Values:
    """Seconds beyond the limit of handling, below 0 within it."""
    end = np.where(facts["disposed"] > 0, facts["disposed"], now).astype(np.float64)
    return np.where(facts["dispose_due"] > 0, end - facts["dispose_due"], -np.inf)


def _unix(month: int) -> int:
    """Its first second in the city (UTC+8)."""
    months = np.datetime64(f"{month // 12:04}-{month % 12 + 1:02}", "s")
    return int(months.astype(np.int64)) - 8 * 3600


_LINE = (
    "SELECT c.case_id, c.class_id, coalesce(k.name, c.class_id), c.state, c.source, c.limit_text, "
    "coalesce(d.unit_id, ''), coalesce(s.unit_id, ''), coalesce(o.unit_id, ''), c.reported, "
    "f.facts, c.n FROM cases c{} CROSS JOIN facts f ON (f.settled, f.district, f.month_due, f.n) = "
    "(c.settled, c.district, c.month_due, c.n) LEFT JOIN classes k ON k.class_id = c.class_id "
    "LEFT JOIN units d ON d.n = c.district LEFT JOIN units s ON s.n = c.street "
    "LEFT JOIN units o ON o.n = c.org "
)


def _rows_of(db: sqlite3.Connection, numbers: Sequence[int], now: float) -> tuple[CaseRow, ...]:
    marks = ",".join("?" * len(numbers))
    found = db.execute(f"{_LINE.format('')} WHERE c.n IN ({marks})", list(numbers)).fetchall()
    by_number = {row[11]: _line(row, now) for row in found}
    return tuple(by_number[n] for n in numbers)


def _line(row: tuple[object, ...], now: float) -> CaseRow:
    facts = np.frombuffer(row[10], dtype=FACTS)  # type: ignore[call-overload]
    over = float(_over(facts, now)[0])
    due, done = int(facts["dispose_due"][0]), int(facts["disposed"][0])
    return CaseRow(*row[:10], due, done, over if over > 0 else None)  # type: ignore[arg-type]


def _classes_of(db: sqlite3.Connection, facts: Facts) -> tuple[tuple[str, int], ...]:
    """Names and counts of the most frequent."""
    kinds, counts = np.unique(facts["kind"], return_counts=True)
    order = np.argsort(-counts, kind="stable")[:_CLASSES]
    names = dict(db.execute("SELECT k, name FROM classes"))
    return tuple((names.get(int(kinds[n]), ""), int(counts[n])) for n in order)


def page(
    path: Path, wanted: CaseFilter, now: float, after: str = "", limit: int = 50
) -> tuple[CaseRow, ...]:
    """The newest first. `after`: the last case_id of the page before. Raises sqlite3.Error."""
    where, values = ["1"], list[object]()
    with _reading(path) as db:
        for level in _MEANT:
            if unit_id := getattr(wanted, f"{level}_id"):
                query = "SELECT n FROM units WHERE level = ? AND unit_id = ?"
                row = db.execute(query, (level, unit_id)).fetchone()
                where.append(f"c.{level} = ?")
                values.append(row[0] if row else -1)
        for name, value, sign in (
            ("class_id", wanted.class_id or None, "="), ("state", wanted.state or None, "="),
            ("reported", wanted.start, ">="), ("reported", wanted.end, "<"),
        ):  # fmt: skip
            if value is not None:
                where.append(f"c.{name} {sign} ?")
                values.append(value)
        if wanted.state and wanted.state != "closed":
            where.append("c.state != 'closed'")  # as the index says it
        if after:
            query = "SELECT reported, n FROM cases WHERE case_id = ?"
            last = db.execute(query, (after,)).fetchone() or (0, 0)
            where.append("c.reported <= ? AND (c.reported, c.n) < (?, ?)")
            values += [last[0], *last]
        line = _LINE.format(f" INDEXED BY {_index_of(wanted)}")
        query = f"{line} WHERE {' AND '.join(where)} ORDER BY c.reported DESC, c.n DESC LIMIT ?"
        return tuple(_line(row, now) for row in db.execute(query, (*values, limit)).fetchall())


def _index_of(wanted: CaseFilter) -> str:
    """The one that leaves least to look through, in the order of the list: nobody has counted how
    the values lie, and a planner that guesses reads a whole month for one state."""
    if wanted.street_id:
        return "cases_by_street_class" if wanted.class_id else "cases_by_street"
    if wanted.state and wanted.state != "closed":
        return "cases_not_closed"
    if wanted.org_id:
        return "cases_by_org"
    return "cases_by_class" if wanted.class_id else "cases_by_time"
