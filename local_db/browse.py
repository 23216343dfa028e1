"""Reads a register for a table on screen: which rows, then only those in sight.

All functions block; callers use offload. 230,000 row numbers are one array of 1.8 MB.
"""

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.domain.registers import Facet, RowFilter, RowKeys, TableRow
from desktop.domain.search import fold, query_of
from local_db.cache import live_table, reading, select
from local_db.pinyin import readings
from local_db.register_names import SEARCHED
from local_db.search import CLASSES, match_text

_FACETS = ("kind", "district_id", "state", "source")


def keys(path: Path, name: str, wanted: RowFilter) -> RowKeys:
    """The numbers of all rows that pass, in the order of the register.

    Raises ValueError for an unknown register.
    """
    with reading(path) as db:
        table = live_table(db, name)
        numbers = array("q")
        if db is None:
            return RowKeys(name, table, numbers)
        conditions, values = _conditions(wanted)
        for clause, more in _sources(db, name, table, wanted.text):
            where = " AND ".join([clause, *conditions])
            rows = select(
                db, f"SELECT t.n FROM {table} t WHERE {where} ORDER BY t.n", *more, *values
            )
            numbers.extend(n for (n,) in rows)
            if numbers:
                break
        else:
            numbers.extend(_by_initials(db, name, table, wanted))
    return RowKeys(name, table, numbers)


def _by_initials(db: sqlite3.Connection, name: str, table: str, wanted: RowFilter) -> Iterator[int]:
    """Only where the words found nothing. Pairs alone also match initials that have them apart."""
    query = query_of(wanted.text)
    if query is None or not query.initials or name not in SEARCHED:
        return
    conditions, values = _conditions(wanted)
    where = " AND ".join([_matching(table), *conditions])
    rows = select(
        db, f"SELECT t.n, t.title FROM {table} t WHERE {where} ORDER BY t.n",
        match_text(query.initials), *values,
    )  # fmt: skip
    letters = "".join(query.parts)
    for number, title in rows:
        if len(letters) == 2 or any(letters in one for one in readings(fold(title))):
            yield number


def _matching(table: str) -> str:
    find = table[:-2] + "_find" + table[-2:]
    return f"t.n IN (SELECT rowid FROM {find} WHERE {find} MATCH ?)"


def _sources(
    db: sqlite3.Connection, name: str, table: str, text: str
) -> list[tuple[str, tuple[str, ...]]]:
    query = query_of(text)
    if query is None:
        return [("1", ())]
    folded = fold(text)
    by_id = "t.id LIKE ? ESCAPE '\\'"
    like = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    if name not in SEARCHED:
        both = f"({by_id} OR t.title LIKE ? ESCAPE '\\' OR t.subtitle LIKE ? ESCAPE '\\')"
        return [(both, (like + "%", f"%{like}%", f"%{like}%"))]
    # Pairs alone also match names that have them apart; a class may be what has them.
    apart = [part for part in query.parts if part[0] >= "\u3400" and len(part) > 2]
    text = "t.title || ' ' || t.subtitle"
    if name in CLASSES:
        classes = live_table(db, CLASSES[name])
        text += f" || ' ' || coalesce((SELECT title FROM {classes} WHERE id = t.kind), '')"
    whole = "".join(f" AND instr({text}, ?)" for _ in apart)
    return [(_matching(table) + whole, (match_text(query.words), *apart))]


def _conditions(wanted: RowFilter) -> tuple[list[str], list[str]]:
    pairs = zip(
        _FACETS, (wanted.kind, wanted.district_id, wanted.state, wanted.source), strict=True
    )
    chosen = [(column, value) for column, value in pairs if value is not None]
    return [f"t.{column} = ?" for column, _ in chosen], [value for _, value in chosen]


def page(path: Path, table: str, numbers: Sequence[int]) -> dict[int, TableRow]:
    """The rows of these numbers that are still there."""
    marks = ",".join("?" * len(numbers))
    columns = "n, id, title, subtitle, kind, district_id, org_id, state, source, lon, lat"
    with reading(path) as db:
        rows = select(db, f"SELECT {columns} FROM {table} WHERE n IN ({marks})", *numbers)
    return {row[0]: TableRow(*row[1:]) for row in rows}


def facets(path: Path, name: str) -> dict[str, tuple[Facet, ...]]:
    """Values of each column that can be filtered, with their counts, the most first."""
    found: dict[str, tuple[Facet, ...]] = {}
    with reading(path) as db:
        table = live_table(db, name)
        for column in _FACETS:
            rows = select(
                db, f"SELECT {column}, count(*) FROM {table} GROUP BY 1 ORDER BY 2 DESC, 1"
            )
            found[column] = tuple(Facet(value, count) for value, count in rows if value)
    return found


def names(path: Path, name: str) -> dict[str, str]:
    """id → name of a small register (units' tree, classes, districts)."""
    with reading(path) as db:
        return dict(select(db, f"SELECT id, title FROM {live_table(db, name)}"))
