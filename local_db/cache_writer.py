"""Writes cache.db: whole registers page by page, deltas, layers and cells of layers.

A register is filled in the place that nobody reads and becomes visible with one row of the
table `registers`. A killed link leaves the old register as it was, and goes on at its page.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from desktop.domain.geo import cell_of
from desktop.errors import ProfileError
from local_db.cache import Layer, RegisterVersion, Row, Staging
from local_db.quarantine import condemning
from local_db.register_names import REGISTERS, SEARCHED
from local_db.schema import CACHE, open_database
from local_db.tables import index_name

_INSERT = (
    "INSERT OR REPLACE INTO {table} (n, id, title, subtitle, kind, district_id, org_id, state, "
    "source, cell, lon, lat, body) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
_UPDATE = (
    "UPDATE {table} SET kind=?, district_id=?, org_id=?, state=?, source=?, cell=?, lon=?, lat=?, "
    "body=? WHERE n=?"
)
_MOST_CELLS = 4000
_CELLS_AT_ONCE = 200


class CacheWriter:
    """Each call is one transaction; calls of several threads wait for each other."""

    def __init__(self, path: Path) -> None:
        """Raises ProfileError. `damage` is why the former file was moved aside."""
        opened = open_database(path, CACHE)
        self.opened = opened
        self.damage = opened.damage
        self._path = path
        self._engine = opened.engine
        self._turn = threading.Lock()
        self._closed = False

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

    # ---- whole registers -----------------------------------------------------------------

    def replace_register(
        self, rows: Iterable[Row | tuple[str, bytes]], version: RegisterVersion
    ) -> RegisterVersion:
        """A small register at once. Raises ValueError for an unknown name."""
        with self._writing() as db:
            slot = _free_slot(db, version.name)
            _clear(db, version.name, slot)
            _insert(
                db,
                version.name,
                slot,
                [row if isinstance(row, Row) else Row(row[0], row[1]) for row in rows],
            )
            published = _publish(db, version._replace(slot=slot))
        self._clear_unused(version.name)
        return published

    def begin(self, name: str) -> int:
        """Empties the place that is not read; gives its number."""
        with self._writing() as db:
            slot = _free_slot(db, name)
            _clear(db, name, slot)
            db.execute("DELETE FROM staging WHERE name = ?", (name,))
        return slot

    def stage(self, rows: Sequence[Row], state: Staging) -> None:
        """One page, and the state of the fetch after it."""
        with self._writing() as db:
            _insert(db, state.name, state.slot, rows)
            row = (*state[:7], state.started_at.isoformat(), *state[8:])
            db.execute("INSERT OR REPLACE INTO staging VALUES (?,?,?,?,?,?,?,?,?,?)", row)

    def staged(self, name: str) -> Staging | None:
        with self._writing() as db:
            row = db.execute("SELECT * FROM staging WHERE name = ?", (name,)).fetchone()
            if row is None or row[1] != _free_slot(db, name):
                return None
        return Staging(*row)._replace(started_at=datetime.fromisoformat(row[7]))

    def publish(self, version: RegisterVersion) -> RegisterVersion:
        """What was staged is the register from now on; its rows are counted."""
        with self._writing() as db:
            published = _publish(db, version)
        self._clear_unused(version.name)
        return published

    def drop_staged(self, name: str) -> None:
        with self._writing() as db:
            db.execute("DELETE FROM staging WHERE name = ?", (name,))
            _clear(db, name, _free_slot(db, name))

    def touch(self, version: RegisterVersion) -> None:
        """The platform has confirmed what is there."""
        with self._writing() as db:
            _put_version(db, version)

    def _clear_unused(self, name: str) -> None:
        with self._writing() as db:
            _clear(db, name, _free_slot(db, name))

    # ---- deltas --------------------------------------------------------------------------

    def apply(self, name: str, rows: Sequence[Row], gone: Sequence[str]) -> int:
        """Puts changed rows into the register that is read; gives how many did change."""
        with self._writing() as db:
            slot = _live_slot(db, name)
            table = f"{name}_{slot}"
            changed = sum(
                db.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,)).rowcount
                for row_id in gone
            )
            fresh: list[Row] = []
            query = f"SELECT n, body, title, subtitle FROM {table} WHERE id = ?"
            for row in rows:
                known = db.execute(query, (row.id,)).fetchone()
                if known is None or known[2:] != (row.title, row.subtitle):
                    fresh.append(row)  # under a new number: the old terms lead to nothing
                elif known[1] != row.body:
                    values = (*row[4:9], *_place(row), row.body, known[0])
                    db.execute(_UPDATE.format(table=table), values)
                    changed += 1
            _insert(db, name, slot, fresh)
        return changed + len(fresh)

    # ---- layers --------------------------------------------------------------------------

    def put_layers(
        self, changed: Sequence[Layer], all_ids: Sequence[str], version: RegisterVersion
    ) -> None:
        """Writes what changed and drops layers that the platform no longer names."""
        with self._writing() as db:
            db.executemany("INSERT OR REPLACE INTO layers VALUES (?, ?, ?, ?, ?)", changed)
            there = {layer_id for (layer_id,) in db.execute("SELECT layer_id FROM layers")}
            gone = [(layer_id,) for layer_id in there - set(all_ids)]
            db.executemany("DELETE FROM layers WHERE layer_id = ?", gone)
            db.executemany("DELETE FROM cells WHERE layer_id = ?", gone)
            _put_version(db, version)

    def cell(self, layer_id: str, z: int, x: int, y: int, url: str) -> tuple[str, bytes] | None:
        """(ETag, GeoJSON) of one cell of a layer as it was last got from this platform."""
        with self._writing() as db:
            return db.execute(
                "SELECT etag, body FROM cells WHERE layer_id = ? AND z = ? AND x = ? AND y = ? "
                "AND platform_url = ?",
                (layer_id, z, x, y, url),
            ).fetchone()

    def put_cell(
        self, place: tuple[str, int, int, int], etag: str, body: bytes, url: str, at_s: float
    ) -> None:
        """Keeps the cells that were used last. `place` is layer_id, z, x, y."""
        with self._writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO cells VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*place, etag, body, url, at_s),
            )
            (count,) = db.execute("SELECT count(*) FROM cells").fetchone()
            if count > _MOST_CELLS:
                db.execute(
                    "DELETE FROM cells WHERE rowid IN "
                    f"(SELECT rowid FROM cells ORDER BY used_at LIMIT {_CELLS_AT_ONCE})"
                )


def _checked(name: str) -> str:
    if name not in REGISTERS:
        raise ValueError(name)
    return name


def _live_slot(db: sqlite3.Connection, name: str) -> int:
    row = db.execute("SELECT slot FROM registers WHERE name = ?", (_checked(name),)).fetchone()
    return row[0] if row else 0


def _free_slot(db: sqlite3.Connection, name: str) -> int:
    return 1 - _live_slot(db, name)


def _clear(db: sqlite3.Connection, name: str, slot: int) -> None:
    db.execute(f"DELETE FROM {name}_{slot}")  # without WHERE: the pages go at once
    if name in SEARCHED:
        find = index_name(name, slot)
        db.execute(f"INSERT INTO {find}({find}) VALUES ('delete-all')")


def _insert(db: sqlite3.Connection, name: str, slot: int, rows: Sequence[Row]) -> None:
    table = f"{_checked(name)}_{slot}"
    used = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    first = (used[0] if used else 0) + 1
    values = (
        (n, row.id, *row[2:9], *_place(row), row.body) for n, row in enumerate(rows, start=first)
    )
    db.executemany(_INSERT.format(table=table), values)
    if name in SEARCHED:
        terms = ((n, row.terms) for n, row in enumerate(rows, start=first))
        db.executemany(f"INSERT INTO {index_name(name, slot)}(rowid, terms) VALUES (?, ?)", terms)


def _place(row: Row) -> tuple[int | None, float | None, float | None]:
    if row.lon_deg is None or row.lat_deg is None:
        return None, None, None
    return cell_of(row.lon_deg, row.lat_deg), row.lon_deg, row.lat_deg


def _publish(db: sqlite3.Connection, version: RegisterVersion) -> RegisterVersion:
    (count,) = db.execute(f"SELECT count(*) FROM {version.name}_{version.slot}").fetchone()
    published = version._replace(row_count=count)
    _put_version(db, published)
    db.execute("DELETE FROM staging WHERE name = ?", (version.name,))
    return published


def _put_version(db: sqlite3.Connection, version: RegisterVersion) -> None:
    row = (
        *version[:4],
        version.fetched_at.isoformat(),
        version.platform_url,
        version.slot,
        version.full_at.isoformat() if version.full_at else "",
        *version[8:],
    )
    db.execute("INSERT OR REPLACE INTO registers VALUES (?,?,?,?,?,?,?,?,?,?,?)", row)
