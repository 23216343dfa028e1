"""The tables of journal.db and cache.db."""

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

meta = Table("meta", journal, Column("key", Text, primary_key=True), Column("value", Text))

cache = MetaData()


def _register(name: str) -> Table:
    return Table(
        name,
        cache,
        Column("id", Text, primary_key=True),
        Column("body", LargeBinary, nullable=False),  # JSON of one row as it came
    )


cameras = _register("cameras")
points = _register("points")
alarm_classes = _register("alarm_classes")
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
    Column("fetched_at", Text, nullable=False),
    Column("platform_url", Text, nullable=False),
)
