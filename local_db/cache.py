"""cache.db: the mirrored registers. The link writes, the station reads (mode=ro).

The readers open the file for one read and close it again; they block, so callers use
offload. A file that is not there yet, or is being rebuilt, reads as empty.
"""

import contextlib
import gc
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from desktop.domain.cameras import Camera
from desktop.domain.points import AlarmClass, Point

T = TypeVar("T")
REGISTERS = ("cameras", "points", "alarm_classes")


class RegisterVersion(NamedTuple):
    """What is mirrored of a register, or of all layers under the name `layers`."""

    name: str
    etag: str
    version: str
    row_count: int
    fetched_at: datetime
    platform_url: str


class Layer(NamedTuple):
    layer_id: str
    name: str
    kind: str
    etag: str
    body: bytes


def read_cameras(path: Path) -> list[Camera]:
    return _rows(path, "cameras", _cameras)


def read_points(path: Path) -> list[Point]:
    return _rows(path, "points", _points)


def read_alarm_classes(path: Path) -> list[AlarmClass]:
    return _rows(path, "alarm_classes", _alarm_classes)


def read_layer(path: Path, layer_id: str) -> bytes | None:
    """GeoJSON of one layer as the platform sent it; None where it is not mirrored."""
    with _reading(path) as db:
        rows = _select(db, "SELECT body FROM layers WHERE layer_id = ?", layer_id)
    return rows[0][0] if rows else None


def read_layers(path: Path) -> dict[str, str]:
    """layer_id → ETag."""
    with _reading(path) as db:
        return dict(_select(db, "SELECT layer_id, etag FROM layers ORDER BY layer_id"))


def read_versions(path: Path) -> dict[str, RegisterVersion]:
    with _reading(path) as db:
        rows = _select(
            db, "SELECT name, etag, version, count, fetched_at, platform_url FROM registers"
        )
    return {
        name: RegisterVersion(name, etag, version, count, datetime.fromisoformat(at), url)
        for name, etag, version, count, at, url in rows
    }


class CacheWriter:
    """Replaces registers and layers; each call is one transaction on its own thread."""

    def __init__(self, path: Path) -> None:
        """Raises ProfileError. `damage` is why the former file was moved aside."""
        # The readers need neither SQLAlchemy nor its import time.
        from local_db.schema import CACHE, open_database

        opened = open_database(path, CACHE)
        self.damage = opened.damage
        self._engine = opened.engine

    def close(self) -> None:
        self._engine.dispose()

    def replace_register(self, rows: Sequence[tuple[str, bytes]], version: RegisterVersion) -> None:
        """`rows` are (id, JSON of the row as it came). Raises ValueError for an unknown name."""
        if version.name not in REGISTERS:
            raise ValueError(version.name)
        with self._engine.begin() as connection:
            raw: sqlite3.Connection = connection.connection.driver_connection  # pyright: ignore
            raw.execute(f"DELETE FROM {version.name}")
            raw.executemany(f"INSERT OR REPLACE INTO {version.name} VALUES (?, ?)", rows)
            _put_version(raw, version)

    def put_layers(
        self, changed: Sequence[Layer], all_ids: Sequence[str], version: RegisterVersion
    ) -> None:
        """Writes what changed and drops layers that the platform no longer names."""
        with self._engine.begin() as connection:
            raw: sqlite3.Connection = connection.connection.driver_connection  # pyright: ignore
            raw.executemany("INSERT OR REPLACE INTO layers VALUES (?, ?, ?, ?, ?)", changed)
            there = {layer_id for (layer_id,) in raw.execute("SELECT layer_id FROM layers")}
            gone = [(layer_id,) for layer_id in there - set(all_ids)]
            raw.executemany("DELETE FROM layers WHERE layer_id = ?", gone)
            _put_version(raw, version)


def _put_version(raw: sqlite3.Connection, version: RegisterVersion) -> None:
    row = (*version[:4], version.fetched_at.isoformat(), version.platform_url)
    raw.execute("INSERT OR REPLACE INTO registers VALUES (?, ?, ?, ?, ?, ?)", row)


_cameras = msgspec.json.Decoder(list[Camera]).decode
_points = msgspec.json.Decoder(list[Point]).decode
_alarm_classes = msgspec.json.Decoder(list[AlarmClass]).decode


def _rows(path: Path, table: str, decode: Callable[[bytes], list[T]]) -> list[T]:
    with _reading(path) as db:
        rows = _select(db, f"SELECT body FROM {table} ORDER BY rowid")
    with _collection_paused():
        return decode(b"[" + b",".join(body for (body,) in rows) + b"]")


@contextlib.contextmanager
def _collection_paused() -> Iterator[None]:
    """One decode makes 150,000 objects that live: collecting meanwhile doubles its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    if not path.exists():
        yield None
        return
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0)
    with contextlib.closing(db):
        yield db


def _select(db: sqlite3.Connection | None, query: str, *values: str) -> list[tuple]:  # pyright: ignore
    if db is None:
        return []
    try:
        return db.execute(query, values).fetchall()
    except sqlite3.DatabaseError:
        return []  # no tables yet, or the link is replacing a damaged file
