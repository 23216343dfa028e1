"""The tables of journal.db, cache.db and desk.db."""

from sqlalchemy import (
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from local_db.register_names import REGISTERS

journal = MetaData()

events = Table(
    "events",
    journal,
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),  # the platform's time, RFC 3339
    Column("alarm_id", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the message as it came
    PrimaryKeyConstraint("epoch", "seq"),
    Index("events_by_alarm", "alarm_id", "seq"),
)

alarms = Table(
    "alarms",
    journal,
    Column("alarm_id", Text, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("is_open", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # JSON of the Alarm after its latest event
    Index("alarms_open", "is_open"),
)

quarantine = Table(
    "quarantine",
    journal,
    Column("id", Integer, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("received_at", Text, nullable=False),  # the last time
    Column("reason", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),  # of the first one, at most 64 KiB
    Column("count", Integer, nullable=False),
    Index("quarantine_by_reason", "topic", "reason", unique=True),
)

outbox = Table(
    "outbox",
    journal,
    Column("order_id", Text, primary_key=True),  # ULID, the Idempotency-Key
    Column("verb", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON
    Column("user_id", Text, nullable=False),  # who ordered it; nobody else's token sends it
    Column("state", Text, nullable=False),  # OrderCondition
    Column("created_at", Float, nullable=False),  # Unix seconds
    Column("expires_at", Float, nullable=False),
    Column("sent_at", Float),
    Column("answer", Text, nullable=False),  # the operator's text of a refusal
    Index("outbox_by_state", "state"),
)

reached = Table(  # messages and calls: what the platform calls them
    "reached",
    journal,
    Column("order_id", Text, primary_key=True),
    Column("platform_id", Text, nullable=False, unique=True),
)
receipts = Table(
    "receipts",
    journal,
    Column("platform_id", Text, nullable=False),
    Column("unit_id", Text, nullable=False),
    Column("state", Text, nullable=False),  # ReceiptState; the first of each counts
    Column("at", Float, nullable=False),  # the platform's time, Unix seconds
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    PrimaryKeyConstraint("platform_id", "unit_id", "state"),
)

incident_events = Table(
    "incident_events",
    journal,
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Float, nullable=False),  # the platform's time, Unix seconds
    Column("incident_id", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the message as it came, zlib: each is whole
    PrimaryKeyConstraint("epoch", "seq"),
    Index("incident_events_by_incident", "incident_id", "seq"),
)
incidents = Table(
    "incidents",
    journal,
    Column("incident_id", Text, primary_key=True),
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("is_open", Integer, nullable=False),
    Column("at", Float, nullable=False),  # of its latest event, Unix seconds
    Column("body", LargeBinary, nullable=False),  # JSON of the Incident after its latest event
    Index("incidents_open", "is_open"),
)

meta = Table("meta", journal, Column("key", Text, primary_key=True), Column("value", Text))

cache = MetaData()

SLOTS = (0, 1)
"""Each register has two places: one is read while the other one is filled page by page."""


def _register(name: str, slot: int) -> Table:
    table = f"{name}_{slot}"
    return Table(
        table,
        cache,
        Column("n", Integer, primary_key=True),  # never used twice: the search index names it
        Column("id", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("subtitle", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("district_id", Text, nullable=False),
        Column("org_id", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("source", Text, nullable=False),
        Column("cell", Integer),  # desktop.domain.geo.cell_of, NULL without position
        Column("lon", Float),
        Column("lat", Float),
        Column("body", LargeBinary, nullable=False),  # JSON of one row, phones masked
        Index(f"{table}_by_id", "id", unique=True),
        Index(f"{table}_by_facet", "kind", "district_id", "state", "source"),
        Index(f"{table}_by_cell", "cell"),
        sqlite_autoincrement=True,
    )


def index_name(name: str, slot: int) -> str:
    """The full-text index of a register: terms only, its rowid is `n` of the register.

    Contentless and without the places of the terms it is a tenth of the names' size.
    """
    return f"{name}_find_{slot}"


def is_declared(name: str | None, kind: str, _parents: object = None) -> bool:
    """For alembic: what SQLite keeps behind a full-text index is nobody's table."""
    return not (kind == "table" and name is not None and "_find_" in name)


for _name in REGISTERS:
    for _slot in SLOTS:
        _register(_name, _slot)

layers = Table(
    "layers",
    cache,
    Column("layer_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # GeoJSON
)
registers = Table(
    "registers",
    cache,
    Column("name", Text, primary_key=True),
    Column("etag", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("fetched_at", Text, nullable=False),  # when the platform last confirmed it
    Column("platform_url", Text, nullable=False),
    Column("slot", Integer, nullable=False),
    Column("full_at", Text, nullable=False),  # of the last whole fetch, "" never
    Column("since", Text, nullable=False),  # the platform's time that a delta starts from
    Column("form", Integer, nullable=False),  # of the derived columns
    Column("notes", Text, nullable=False),  # JSON of RegisterNotes
)
staging = Table(
    "staging",
    cache,
    Column("name", Text, primary_key=True),
    Column("slot", Integer, nullable=False),
    Column("cursor", Text, nullable=False),  # of the page to come
    Column("pages", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("platform_url", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("form", Integer, nullable=False),
    Column("notes", Text, nullable=False),
)
cells = Table(
    "cells",
    cache,
    Column("layer_id", Text, nullable=False),
    Column("z", Integer, nullable=False),
    Column("x", Integer, nullable=False),
    Column("y", Integer, nullable=False),
    Column("etag", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # GeoJSON
    Column("platform_url", Text, nullable=False),
    Column("used_at", Float, nullable=False),  # Unix seconds
    PrimaryKeyConstraint("layer_id", "z", "x", "y"),
    Index("cells_by_use", "used_at"),
)

audit = MetaData()
audit_entries = Table(  # append-only by triggers, each row chained to the one before it
    "entries",
    audit,
    Column("seq", Integer, primary_key=True),
    Column("entry_id", Text, nullable=False, unique=True),
    *(
        Column(name, Text, nullable=False)
        for name in ("at", "seat", "user", "role", "action", "target", "outcome", "reason")
    ),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
audit_anchors = Table(
    "anchors",
    audit,
    Column("seq", Integer, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("told_at", Text),  # NULL: the platform does not know it yet
)

desk = MetaData()

preferences = Table(
    "preferences",
    desk,
    Column("owner", Text, nullable=False),  # user_id, empty for the seat
    Column("key", Text, nullable=False),
    Column("value", Text, nullable=False),  # JSON
    PrimaryKeyConstraint("owner", "key"),
)
window_places = Table(
    "window_places",
    desk,
    Column("window", Text, primary_key=True),
    Column("place", Text, nullable=False),  # JSON: screen, relative rectangle, state
)
notices = Table(
    "notices",
    desk,
    Column("id", Text, primary_key=True),  # ULID
    Column("key", Text, nullable=False),  # notices of one matter have the same
    Column("level", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("first_at", Float, nullable=False),  # Unix seconds
    Column("at", Float, nullable=False),  # the last time
    Column("is_read", Integer, nullable=False),
    Index("notices_by_time", "at"),
)
