"""cache.db: the mirrored registers. The link writes, the station reads (mode=ro).

The readers open the file for one read and close it again; they block, so callers use
offload. A file that is not there yet, or is being rebuilt, reads as empty.
"""

import contextlib
import gc
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from desktop.domain.assets import Asset, AssetClass
from desktop.domain.cameras import Camera, StreamSize
from desktop.domain.duty import Duty
from desktop.domain.emergency.plans import Plan
from desktop.domain.orgs import Org
from desktop.domain.points import AlarmClass, Point
from desktop.domain.registers import RegisterNotes, RegisterState
from desktop.domain.tickets import Ticket
from desktop.domain.units import Depot, Unit
from local_db.register_names import REGISTERS

T = TypeVar("T")
CHUNK = 1000
"""Rows decoded at once: more would keep the interpreter's lock for longer than 5 ms."""


class RegisterVersion(NamedTuple):
    """What is mirrored of a register, or of all layers under the name `layers`.

    `fetched_at` is when the platform last confirmed it, `full_at` when it was last fetched
    whole; `since` is the platform's own time of the next delta; `form` is the version of the
    derived columns; `notes` is JSON of RegisterNotes.
    """

    name: str
    etag: str
    version: str
    row_count: int
    fetched_at: datetime
    platform_url: str
    slot: int = 0
    full_at: datetime | None = None
    since: str = ""
    form: int = 0
    notes: str = "{}"


class Row(NamedTuple):
    """One row for a register, with what is derived from its body. Texts are "" for nothing."""

    id: str
    body: bytes
    title: str = ""
    subtitle: str = ""
    kind: str = ""
    district_id: str = ""
    org_id: str = ""
    state: str = ""
    source: str = ""
    lon_deg: float | None = None
    lat_deg: float | None = None
    terms: str = ""


class Staging(NamedTuple):
    """How far a whole fetch has come; a new link goes on at `cursor`."""

    name: str
    slot: int
    cursor: str
    pages: int
    digest: str
    platform_url: str
    since: str
    started_at: datetime
    form: int
    notes: str = "{}"


class Layer(NamedTuple):
    layer_id: str
    name: str
    kind: str
    etag: str
    body: bytes


def read_cameras(path: Path) -> list[Camera]:
    """In the order of the platform. What many rows share is one object: 50,000 take 25 MB."""
    known: dict[object, object] = {}
    return [
        _shared(camera, known)
        for chunk in _chunks(path, "cameras", list[Camera])
        for camera in chunk
    ]


def read_points(path: Path) -> list[Point]:
    return _rows(path, "points", list[Point])


def read_alarm_classes(path: Path) -> list[AlarmClass]:
    return _rows(path, "alarm_classes", list[AlarmClass])


def read_asset_classes(path: Path) -> list[AssetClass]:
    return _rows(path, "asset_classes", list[AssetClass])


def read_units(path: Path) -> list[Unit]:
    return _rows(path, "units", list[Unit])


def read_depots(path: Path) -> list[Depot]:
    return _rows(path, "depots", list[Depot])


def read_plans(path: Path) -> list[Plan]:
    return _rows(path, "plans", list[Plan])


def read_orgs(path: Path) -> list[Org]:
    return _rows(path, "orgs", list[Org])


def read_duty(path: Path) -> list[Duty]:
    return _rows(path, "duty", list[Duty])


def read_tickets(path: Path) -> list[Ticket]:
    """Appeals of the last two days; at most some hours more."""
    return _rows(path, "tickets", list[Ticket])


def read_asset(path: Path, asset_id: str) -> Asset | None:
    """One item by its id, with the masked phone of its owner."""
    body = read_body(path, "assets", asset_id)
    return msgspec.json.decode(body, type=Asset) if body else None


def read_body(path: Path, name: str, row_id: str) -> bytes | None:
    """JSON of one row. Raises ValueError for an unknown register."""
    with reading(path) as db:
        table = live_table(db, name)
        rows = select(db, f"SELECT body FROM {table} WHERE id = ?", row_id)
    return rows[0][0] if rows else None


def read_layer(path: Path, layer_id: str) -> bytes | None:
    """GeoJSON of one layer as the platform sent it; None where it is not mirrored."""
    with reading(path) as db:
        rows = select(db, "SELECT body FROM layers WHERE layer_id = ?", layer_id)
    return rows[0][0] if rows else None


def read_layers(path: Path) -> dict[str, str]:
    """layer_id → ETag."""
    with reading(path) as db:
        return dict(select(db, "SELECT layer_id, etag FROM layers ORDER BY layer_id"))


def read_versions(path: Path) -> dict[str, RegisterVersion]:
    columns = "name, etag, version, count, fetched_at, platform_url, slot, full_at, since, form"
    with reading(path) as db:
        rows = select(db, f"SELECT {columns}, notes FROM registers")
    return {row[0]: _version(*row) for row in rows}


def read_states(path: Path) -> tuple[RegisterState, ...]:
    """Age, counts and what was not usable, by register, in the order of REGISTERS."""
    versions = read_versions(path)
    return tuple(
        RegisterState(name, known.row_count, known.fetched_at, known.full_at, _notes(known.notes))
        for name in REGISTERS
        if (known := versions.get(name)) is not None
    )


def live_table(db: sqlite3.Connection | None, name: str) -> str:
    """The place of a register that is read now. Raises ValueError for an unknown register."""
    if name not in REGISTERS:
        raise ValueError(name)
    rows = select(db, "SELECT slot FROM registers WHERE name = ?", name)
    return f"{name}_{rows[0][0] if rows else 0}"


@contextlib.contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    """One view of the file: what the link publishes meanwhile is seen by the next reading."""
    if not path.exists():
        yield None
        return
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5.0)
    with contextlib.closing(db):
        db.isolation_level = None
        try:
            db.execute("PRAGMA cache_size=-8000")
            db.execute("BEGIN")
            db.execute("SELECT 1 FROM registers")
        except sqlite3.DatabaseError:
            yield None  # no tables yet, or the link is replacing a damaged file
        else:
            yield db


def select(db: sqlite3.Connection | None, query: str, *values: object) -> list[tuple]:  # pyright: ignore
    if db is None:
        return []
    try:
        return db.execute(query, values).fetchall()
    except sqlite3.DatabaseError:
        return []  # no tables yet, or the link is replacing a damaged file


def _version(*row: object) -> RegisterVersion:
    made = RegisterVersion(*row)  # pyright: ignore[reportArgumentType]
    at, full_at = str(made.fetched_at), str(made.full_at)
    return made._replace(
        fetched_at=datetime.fromisoformat(at),
        full_at=datetime.fromisoformat(full_at) if full_at else None,
    )


def _notes(text: str) -> RegisterNotes:
    try:
        return msgspec.json.decode(text, type=RegisterNotes)
    except msgspec.MsgspecError:
        return RegisterNotes()


def _rows(path: Path, name: str, kind: type[list[T]]) -> list[T]:
    return [row for chunk in _chunks(path, name, kind) for row in chunk]


def _chunks(path: Path, name: str, kind: type[list[T]]) -> Iterator[list[T]]:
    decode: Callable[[bytes], list[T]] = msgspec.json.Decoder(kind).decode
    with reading(path) as db, _collection_paused():
        table, last = live_table(db, name), 0
        while bodies := select(
            db, f"SELECT n, body FROM {table} WHERE n > ? ORDER BY n LIMIT {CHUNK}", last
        ):
            last = bodies[-1][0]
            try:
                yield decode(b"[" + b",".join(body for _, body in bodies) + b"]")
            except msgspec.MsgspecError:  # mirrored by an older program: the rest is shown
                yield list(_readable(decode, (body for _, body in bodies)))


def _readable(decode: Callable[[bytes], list[T]], bodies: Iterable[bytes]) -> Iterator[T]:
    for body in bodies:
        with contextlib.suppress(msgspec.MsgspecError):
            yield from decode(b"[" + body + b"]")


def _shared(camera: Camera, known: dict[object, object]) -> Camera:
    """The same camera with its repeated values taken from `known`."""

    def one(value: object) -> object:
        return known.setdefault(value, value)

    def size(value: StreamSize | None) -> object:
        key = value and (value.width, value.height, value.fps, value.codec)
        return known.setdefault(key, value) if key else None

    return msgspec.structs.replace(
        camera,
        org_id=one(camera.org_id),
        district_id=one(camera.district_id),
        source=sys.intern(camera.source),
        tags=one(tuple(sys.intern(tag) for tag in camera.tags)),
        main=size(camera.main),
        sub=size(camera.sub),
    )


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
