"""Finds rows of the registers by words, ids and pinyin initials, and cameras by place.

All functions block (a few ms); callers use offload.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from desktop.domain.geo import CELL_DEG, cell_runs, distance_m
from desktop.domain.search import KINDS, Hit, Query, fold, is_word_hit, query_of
from local_db.cache import live_table, reading
from local_db.pinyin import readings

_COLUMNS = "t.n, t.id, t.title, t.subtitle, t.lon, t.lat, t.kind"
_LOOKED_AT = 2000
"""Rows of one register that a search reads at most before it answers with what it has."""
_BEST_OF = 6  # candidates per wanted hit, of which the best are taken
_WIDEST_RING = 40  # cells, about 20 km

_Found = tuple[int, str, str, str, float | None, float | None, str]
CLASSES = {"assets": "asset_classes", "points": "alarm_classes"}
"""Registers whose rows are named by the class as well."""


def search(path: Path, text: str, kinds: Sequence[str] = (), limit: int = 20) -> list[Hit]:
    """The best hits of each kind in the order of KINDS, at most `limit` of all.

    `kinds` are names of KINDS, none for all. An id is found by its beginning, a name by its
    words or the initials of its pinyin.
    """
    query = query_of(text)
    if query is None or limit < 1:
        return []
    wanted = [kind for kind in KINDS if not kinds or kind in kinds]
    with reading(path) as db:
        if db is None:
            return []
        try:
            found = [_of_kind(db, kind, query, limit) for kind in wanted]
        except sqlite3.DatabaseError:
            return []  # no tables yet, or the link is replacing a damaged file
    return _shared_out(found, limit)


def _of_kind(db: sqlite3.Connection, kind: str, query: Query, limit: int) -> list[Hit]:
    table = live_table(db, kind)
    rows: dict[int, _Found] = {row[0]: row for row in _by_id(db, table, query.text, limit)}
    enough = limit * _BEST_OF
    for row in islice(matches(db, kind, query), enough):
        rows.setdefault(row[0], row)
    best = sorted(rows.values(), key=lambda row: _rank(row, query.text))[:limit]
    names = class_names(db, kind)
    return [_hit(kind, row, names) for row in best]


def _hit(kind: str, row: _Found, names: dict[str, str]) -> Hit:
    words = [row[1], names.get(row[6], ""), row[3]]
    note = " · ".join(word for word in words if word and word != row[2])
    return Hit(kind, row[1], row[2], note, row[4], row[5])


def class_names(db: sqlite3.Connection, kind: str) -> dict[str, str]:
    if kind not in CLASSES:
        return {}
    return dict(db.execute(f"SELECT id, title FROM {live_table(db, CLASSES[kind])}"))


def _by_id(db: sqlite3.Connection, table: str, text: str, limit: int) -> list[_Found]:
    """Ids are compared as they are written: tried in the three usual cases."""
    found: list[_Found] = []
    for start in dict.fromkeys((text, text.upper(), text.lower())):
        query = f"SELECT {_COLUMNS} FROM {table} t WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        found += db.execute(query, (start, start + "\U0010ffff", limit))
    return found


def matches(db: sqlite3.Connection, kind: str, query: Query) -> Iterator[_Found]:
    """Rows whose text has the words, then those whose name has the initials; all of them
    are true hits, but no more than _LOOKED_AT candidates are looked at."""
    names = class_names(db, kind)
    for row in islice(_indexed(db, kind, query.words), _LOOKED_AT):
        text = f"{row[2]} {row[3]} {row[1]} {names.get(row[6], '')}"
        if is_word_hit(query, fold(text)):
            yield row
    if query.initials:
        wanted = "".join(query.parts)
        for row in islice(_indexed(db, kind, query.initials), _LOOKED_AT):
            if any(wanted in one for one in readings(fold(row[2]))):
                yield row


def _indexed(db: sqlite3.Connection, kind: str, terms: Sequence[str]) -> Iterator[_Found]:
    table = live_table(db, kind)
    find = table[:-2] + "_find" + table[-2:]
    query = (
        f"SELECT {_COLUMNS} FROM {find} f CROSS JOIN {table} t ON t.n = f.rowid "
        f"WHERE {find} MATCH ?"
    )
    yield from db.execute(query, (match_text(terms),))


def match_text(terms: Sequence[str]) -> str:
    """FTS5's language: every term in quotes, a trailing star outside them."""
    return " AND ".join(f'"{term[:-1]}"*' if term.endswith("*") else f'"{term}"' for term in terms)


def _rank(row: _Found, text: str) -> tuple[int, int, str]:
    """The id itself, names that begin so, then the shortest."""
    title, row_id = fold(row[2]), row[1].casefold()
    if row_id == text:
        return 0, 0, row_id
    begins = title.startswith(text) or readings(title)[0].startswith(text)
    return (1 if title == text else 2 if begins else 3), len(title), row_id


def _shared_out(found: Sequence[list[Hit]], limit: int) -> list[Hit]:
    """Each kind has its share; what one does not need goes to the others."""
    left, taken = limit, [0] * len(found)
    while left:
        open_kinds = [k for k, hits in enumerate(found) if taken[k] < len(hits)]
        if not open_kinds:
            break
        for k in open_kinds[:left]:
            taken[k] += 1
        left -= min(left, len(open_kinds))
    return [hit for hits, count in zip(found, taken, strict=True) for hit in hits[:count]]


# ---- by place ----------------------------------------------------------------------------


def in_box(
    path: Path,
    kind: str,
    box_deg: tuple[float, float, float, float],
    limit: int = 2000,
) -> list[Hit]:
    """Rows of a register within west, south, east, north; at most `limit`."""
    with reading(path) as db:
        if db is None:
            return []
        return list(islice(_in_box(db, kind, box_deg), limit))


def nearest(path: Path, kind: str, lon_deg: float, lat_deg: float, count: int) -> list[Hit]:
    """The rows nearest to a place, nearest first, within about 20 km."""
    with reading(path) as db:
        if db is None:
            return []
        ring = 1
        while True:
            reach = ring * CELL_DEG
            box = (lon_deg - reach, lat_deg - reach, lon_deg + reach, lat_deg + reach)
            # What lies farther than the nearer edge may be beaten from outside the box.
            sure_m = distance_m(lon_deg, lat_deg, lon_deg + reach, lat_deg)
            away = sorted(
                (distance_m(lon_deg, lat_deg, hit.lon_deg, hit.lat_deg), hit.id, hit)
                for hit in _in_box(db, kind, box)
                if hit.lon_deg is not None and hit.lat_deg is not None
            )
            sure = [hit for metres, _, hit in away if metres <= sure_m]
            if len(sure) >= count or ring > _WIDEST_RING:
                return [hit for _, _, hit in away[:count]]
            ring *= 2


def _in_box(
    db: sqlite3.Connection, kind: str, box_deg: tuple[float, float, float, float]
) -> Iterator[Hit]:
    west, south, east, north = box_deg
    query = (
        f"SELECT {_COLUMNS} FROM {live_table(db, kind)} t WHERE cell BETWEEN ? AND ? "
        "AND lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?"
    )
    for first, last in cell_runs(west, south, east, north):
        for row in db.execute(query, (first, last, west, east, south, north)):
            yield Hit(kind, row[1], row[2], row[3], row[4], row[5])
