"""Finds cameras by words: name, pinyin initials, tag, kind, place, id, platform. All must fit.

The full-text index and the tree give the candidates of each word; what both have in common
is read and looked at, so that a hit says why it is one. Blocks (tens of ms); use offload.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from desktop.domain.camera_tree import (
    NOWHERE,
    CameraFinds,
    CameraRow,
    CameraTree,
    FolderPath,
    Reason,
    find_order,
)
from desktop.domain.registers import TableRow
from desktop.domain.search import fold, query_of
from local_db.cache import reading, select
from local_db.camera_tree import COLUMNS
from local_db.pinyin import initials, readings
from local_db.search import match_text

MOST_WORDS = 6
LOOKED_AT = 2500
"""Candidates that are read and ordered at most; more fit only words that say little."""
_AT_ONCE = 900
_SHORTEST_INITIALS = 2


class _Tags(msgspec.Struct):
    tags: tuple[str, ...] = ()


_tags = msgspec.json.Decoder(_Tags)


class _Word(NamedTuple):
    """One typed word, folded, and what of the tree it names."""

    text: str
    tags: frozenset[str]
    kinds: Mapping[str, str]  # kind -> its word
    places: Mapping[str, str]  # district_id or street_id -> name

    @property
    def may_be_initials(self) -> bool:
        text = self.text
        return len(text) >= _SHORTEST_INITIALS and text.isascii() and text.isalnum()


def find(
    path: Path, tree: CameraTree, text: str, kind_words: Mapping[str, str], limit: int
) -> CameraFinds:
    """`kind_words`: what an operator calls a kind. At most `limit` rows, the best first."""
    folded = dict.fromkeys(fold(text).split())
    words = [_word(one, tree, kind_words) for one in list(folded)[:MOST_WORDS]]
    words = [word for word in words if any(letter.isalnum() for letter in word.text)]
    if not words or not tree.table:
        return CameraFinds()
    with reading(path) as db:
        if db is None:
            return CameraFinds()
        common: set[int] | None = None
        for word in words:
            fit = _candidates(db, tree, word)
            common = fit if common is None else common & fit
        numbers = sorted(common or ())
        rows = list(_rows(db, tree.table, numbers[:LOOKED_AT]))
    leaves = tree.leaves_of([row.id for row, _ in rows])
    found: list[CameraRow] = []
    for row, tags in rows:
        leaf = leaves.get(row.id, (row.source, row.district_id, NOWHERE))
        if (hit := _looked_at(row, tags, leaf, words)) is not None:
            found.append(hit)
    is_cut = len(numbers) > LOOKED_AT
    total = len(numbers) if is_cut else len(found)
    return CameraFinds(tuple(sorted(found, key=find_order)[:limit]), total, is_cut)


def _word(text: str, tree: CameraTree, kind_words: Mapping[str, str]) -> _Word:
    def named(name: str) -> bool:
        folded = fold(name)
        short = len(text) >= _SHORTEST_INITIALS and initials(folded).startswith(text)
        return text in folded or (text.isascii() and short)

    tags = frozenset(tag for tag in tree.tags if text in fold(tag))
    kinds = {kind: word for kind, word in kind_words.items() if text in fold(word)}
    places = {area: name for area, name in tree.names.items() if named(name)}
    return _Word(text, tags, kinds, places)


def _candidates(db: sqlite3.Connection, tree: CameraTree, word: _Word) -> set[int]:
    """Numbers of rows that may fit; those of the full-text index are looked at later."""
    numbers = tree.numbers
    found = {
        numbers[at]
        for words, chosen in ((tree.tags, word.tags), (tree.kinds, word.kinds))
        for one in chosen
        for at in words.get(one, ())
    }
    if word.places:
        for leaf, positions in tree.leaves.items():
            if leaf[1] in word.places or leaf[2] in word.places:
                found.update(numbers[at] for at in positions)
    query = query_of(word.text)
    find_table = tree.table[:-2] + "_find" + tree.table[-2:]
    terms = [query.words] if query else []
    if query and query.initials and word.may_be_initials:
        terms.append(query.initials)
    for some in terms:
        rows = select(
            db, f"SELECT rowid FROM {find_table} WHERE {find_table} MATCH ?", match_text(some)
        )
        found.update(n for (n,) in rows)
    return found


def _rows(
    db: sqlite3.Connection, table: str, numbers: Sequence[int]
) -> Iterable[tuple[TableRow, tuple[str, ...]]]:
    for first in range(0, len(numbers), _AT_ONCE):
        some = numbers[first : first + _AT_ONCE]
        marks = ",".join("?" * len(some))
        query = f"SELECT {COLUMNS}, body FROM {table} WHERE n IN ({marks})"
        for _n, *facts, body in select(db, query, *some):
            try:
                tags = _tags.decode(body).tags
            except msgspec.MsgspecError:
                tags = ()
            yield TableRow(*facts), tags


def _looked_at(
    row: TableRow, tags: tuple[str, ...], leaf: FolderPath, words: Sequence[_Word]
) -> CameraRow | None:
    """None for a row that has the pairs of a word apart."""
    title = fold(row.title)
    why: list[tuple[Reason, str]] = []
    for word in words:
        reason = _reason(row, title, tags, leaf, word)
        if reason is None:
            return None
        why.append(reason)
    return CameraRow(row, leaf[2], tuple(why))


def _reason(
    row: TableRow, title: str, tags: tuple[str, ...], leaf: FolderPath, word: _Word
) -> tuple[Reason, str] | None:
    text = word.text
    if row.id.casefold() == text:
        return Reason.ID, row.id
    if text in title:
        start = title.startswith(text)
        return (Reason.NAME_START if start else Reason.NAME), text
    if text in row.id.casefold():
        return Reason.ID, row.id
    if word.may_be_initials and any(text in one for one in readings(title)):
        return Reason.PINYIN, text
    for tag in tags:
        if tag in word.tags:
            return Reason.TAG, tag
    if row.kind in word.kinds:
        return Reason.KIND, word.kinds[row.kind]
    for area in leaf[:0:-1]:
        if area in word.places:
            return Reason.PLACE, word.places[area]
    return (Reason.PLATFORM, row.source) if text in fold(row.source) else None
