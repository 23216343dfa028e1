"""Reads the register of cameras as a tree with counts, and finds cameras in it.

All functions block; callers use offload. One reading of 50,000 rows is kept by the caller
and read again only when the register or the outlines of the 街道 have changed.
"""

import sqlite3
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from desktop.domain.camera_tree import (
    EMPTY_TREE,
    MOBILE_KINDS,
    MOVING,
    NOWHERE,
    CameraRow,
    CameraTree,
    Counts,
    FolderPath,
    folders_of,
)
from desktop.domain.registers import TableRow
from local_db.cache import live_table, reading, select
from local_db.camera_streets import LAYER, Street, read_streets, streets_at

COLUMNS = "n, id, title, subtitle, kind, district_id, org_id, state, source, lon, lat"
_AT_ONCE = 900  # ids or numbers in one statement
_MOBILE = frozenset(kind.value for kind in MOBILE_KINDS)
_MOST_WORDS = 2000
_NAN = float("nan")
_NO_STREET, _MOVES, _SHIFT = -1, -2, 8  # _SHIFT keeps the second of a pair above 0
_MIX, _MIX_TOO = np.uint64(0x9E37_79B9_7F4A_7C15), np.uint64(0xC2B2_AE3D_27D4_EB4F)
Ints = NDArray[np.int64]


class _Tags(msgspec.Struct):
    tags: tuple[str, ...] = ()


class _Columns:
    """The register by columns: 50,000 rows as objects would set off the garbage collector.

    `groups` numbers what a row has of platform, district and kind, `tag_sets` its tags.
    """

    def __init__(self) -> None:
        self.numbers = array("q")
        self.ids: list[str] = []
        self.online = bytearray()
        self.lon, self.lat = array("d"), array("d")  # NaN for none
        self.group, self.tag_set = array("I"), array("I")
        self.groups: dict[tuple[str, str, str], int] = {}
        self.tag_sets: dict[tuple[str, ...], int] = {}


class KnownStreets(NamedTuple):
    """Where the cameras of the last reading stand: only what moved is looked up again.

    `keys` are hashes of position and district, in order; `numbers` are places in `streets`.
    """

    layer_etag: str = ""
    streets: tuple[Street, ...] = ()
    keys: NDArray[np.uint64] = np.empty(0, np.uint64)
    numbers: NDArray[np.int64] = np.empty(0, np.int64)


def stamp(path: Path) -> tuple[str, ...]:
    """Changes with what a tree is made of; empty while no camera is mirrored."""
    with reading(path) as db:
        return _stamp(db)


def _stamp(db: sqlite3.Connection | None) -> tuple[str, ...]:
    wanted = "SELECT name, version, slot, count FROM registers WHERE name IN (?, ?)"
    rows = {row[0]: row[1:] for row in select(db, wanted, "cameras", "districts")}
    if "cameras" not in rows:
        return ()
    layer = select(db, "SELECT etag FROM layers WHERE layer_id = ?", LAYER)
    facts = (*rows["cameras"], *rows.get("districts", ()), *(etag for (etag,) in layer))
    return tuple(map(str, facts))


def read_tree(path: Path, known: KnownStreets) -> tuple[CameraTree, KnownStreets]:
    """The tree of now, and what the next reading can take over."""
    with reading(path) as db:
        mark = _stamp(db)
        if db is None or not mark:
            return EMPTY_TREE, known
        table = live_table(db, "cameras")
        try:
            columns = _read_columns(db, table)
        except sqlite3.DatabaseError:  # the link is replacing a damaged file
            return EMPTY_TREE, known
        names = dict(select(db, f"SELECT id, title FROM {live_table(db, 'districts')}"))
        known = _known_streets(db, known)
    streets, known = _streets(columns, known)
    names |= {street.street_id: street.name for street in known.streets}
    tree = _tree(columns, streets, names, known)
    return tree._replace(table=table, stamp=mark), known


def read_outline(path: Path) -> CameraTree:
    """Platforms and districts with their counts, from an index alone: a few ms.

    What stands while the whole tree is read for the first time; it has no cameras.
    """
    with reading(path) as db:
        if db is None or not _stamp(db):
            return EMPTY_TREE
        table = live_table(db, "cameras")
        rows = select(
            db,
            "SELECT source, district_id, count(*), sum(state = 'online') "
            f"FROM {table} GROUP BY 1, 2",
        )
        names = dict(select(db, f"SELECT id, title FROM {live_table(db, 'districts')}"))
    children, counts = folders_of(
        {(source, area): Counts(total, online) for source, area, total, online in rows}, names
    )
    return EMPTY_TREE._replace(children=children, counts=counts, names=names)


def _read_columns(db: sqlite3.Connection, table: str) -> _Columns:
    """In the order of names."""
    made, decode = _Columns(), msgspec.json.Decoder(_Tags).decode
    query = (
        f"SELECT n, id, source, district_id, kind, state = 'online', lon, lat, body FROM {table} "
        "ORDER BY title, id"
    )
    for n, row_id, source, area, kind, online, lon, lat, body in db.execute(query):
        try:
            tags = decode(body).tags
        except msgspec.MsgspecError:  # mirrored by an older program
            tags = ()
        made.numbers.append(n)
        made.ids.append(row_id)
        made.online.append(online)
        made.lon.append(_NAN if lon is None or lat is None else lon)
        made.lat.append(_NAN if lon is None or lat is None else lat)
        group = (source, area, kind)
        made.group.append(made.groups.setdefault(group, len(made.groups)))
        made.tag_set.append(made.tag_sets.setdefault(tags, len(made.tag_sets)))
    return made


def _known_streets(db: sqlite3.Connection, known: KnownStreets) -> KnownStreets:
    found = select(db, "SELECT etag, body FROM layers WHERE layer_id = ?", LAYER)
    etag, body = found[0] if found else ("", None)
    if etag == known.layer_etag:
        return known
    return KnownStreets(etag, tuple(read_streets(body)))


def _streets(made: _Columns, known: KnownStreets) -> tuple[Ints, KnownStreets]:
    """Of each row its place in `known.streets`, or _NO_STREET, or _MOVES."""
    groups = list(made.groups)
    group = np.frombuffer(made.group, np.uint32)
    mobile = np.array([kind in _MOBILE for _, _, kind in groups], bool)[group]
    lon, lat = np.frombuffer(made.lon), np.frombuffer(made.lat)
    codes = np.array([zlib.crc32(area.encode()) for _, area, _ in groups], np.uint64)[group]
    keys = (lon.view(np.uint64) * _MIX) ^ (lat.view(np.uint64) * _MIX_TOO) ^ codes
    found = np.full(len(keys), _NO_STREET)
    found[mobile] = _MOVES
    looked_at = ~mobile & ~np.isnan(lon)
    if not known.streets or not looked_at.any():
        return found, known
    places, back = np.unique(keys[looked_at], return_inverse=True)
    numbers = np.full(len(places), _NO_STREET)
    at = np.searchsorted(known.keys, places)
    at[at == len(known.keys)] = 0
    is_known = known.keys[at] == places if len(known.keys) else np.zeros(len(places), bool)
    numbers[is_known] = known.numbers[at[is_known]]
    first = np.flatnonzero(looked_at)[np.unique(back, return_index=True)[1]][~is_known]
    districts = np.array([area for _, area, _ in groups], object)[group[first]]
    numbers[~is_known] = streets_at(known.streets, lon[first], lat[first], districts)
    found[looked_at] = numbers[back]
    return found, known._replace(keys=places, numbers=numbers)


def _tree(
    made: _Columns, street: Ints, names: Mapping[str, str], known: KnownStreets
) -> CameraTree:
    groups, online = list(made.groups), bytes(made.online)
    leaves: dict[FolderPath, array[int]] = {}
    for (of, place), positions in _parts_of(made.group, street):
        source, district_id, _ = groups[of]
        street_id = MOVING if place == _MOVES else NOWHERE
        if place >= 0:
            found = known.streets[place]
            street_id, district_id = found.street_id, district_id or found.district_id
        path = (source, district_id, street_id)
        leaves[path] = _merged(leaves.get(path), positions)  # groups differ by the kind, too
    states = np.frombuffer(online, np.uint8)
    counted = {
        path: Counts(len(some), int(states[np.frombuffer(some, np.uint32)].sum()))
        for path, some in leaves.items()
    }  # fmt: skip
    children, counts = folders_of(counted, names)
    tags = _by_word(made.tag_set, list(made.tag_sets))
    kinds = _by_word(made.group, [(kind,) for _, _, kind in groups])
    ids = tuple(made.ids)
    return CameraTree(
        "", (), made.numbers, ids, online, leaves, children, counts, names, tags, kinds
    )


def _by_word(numbers: "array[int]", words: Sequence[tuple[str, ...]]) -> dict[str, "array[int]"]:
    """Positions by word; `numbers` says which of `words` a row has."""
    found: dict[str, array[int]] = {}
    for (of, _), positions in _parts_of(numbers, np.zeros(len(numbers), np.int64)):
        for word in dict.fromkeys(words[of]):
            if word in found or len(found) < _MOST_WORDS:
                found[word] = _merged(found.get(word), positions)
    return found


def _parts_of(numbers: "array[int]", second: Ints) -> Iterator[tuple[tuple[int, int], Ints]]:
    """(pair of values, positions that have it)."""
    if not numbers:
        return
    first = np.frombuffer(numbers, np.uint32).astype(np.int64)
    pairs = (first << 32) + (second + _SHIFT)
    order = np.argsort(pairs, kind="stable")
    values, starts = np.unique(pairs[order], return_index=True)
    for value, positions in zip(values.tolist(), np.split(order, starts[1:]), strict=True):
        yield (value >> 32, (value & 0xFFFF_FFFF) - _SHIFT), positions


def _merged(some: "array[int] | None", more: NDArray[Any]) -> "array[int]":
    """Positions in their order."""
    if some is not None:
        more = np.sort(np.concatenate([np.frombuffer(some, np.uint32), more]))
    return array("I", more.astype(np.uint32).tobytes())


def rows_of(path: Path, ids: Sequence[str], tree: CameraTree) -> dict[str, CameraRow]:
    """Cameras by id, with their 街道 of the tree; what is not in the register is not in it."""
    found: dict[str, CameraRow] = {}
    leaves = tree.leaves_of(ids)
    with reading(path) as db:
        table = live_table(db, "cameras")
        for some in _parts(ids):
            marks = ",".join("?" * len(some))
            for row in select(db, f"SELECT {COLUMNS} FROM {table} WHERE id IN ({marks})", *some):
                street_id = leaves[row[1]][-1] if row[1] in leaves else NOWHERE
                found[row[1]] = CameraRow(TableRow(*row[1:]), street_id)
    return found


def _parts(values: Sequence[str]) -> Iterable[Sequence[str]]:
    for first in range(0, len(values), _AT_ONCE):
        yield values[first : first + _AT_ONCE]
