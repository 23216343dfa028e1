"""The trail, its anchors, and the triggers that let nobody change or remove a row."""

import sqlalchemy as sa
from alembic import op

revision = "a0001"
down_revision = None
branch_labels = None
depends_on = None

_REFUSALS = (
    ("entries_no_update", "BEFORE UPDATE ON entries", "1"),
    ("entries_no_delete", "BEFORE DELETE ON entries", "1"),
    ("anchors_no_update", "BEFORE UPDATE OF seq, hash, made_at ON anchors", "1"),
    ("anchors_no_delete", "BEFORE DELETE ON anchors", "1"),
    (
        "entries_in_sequence",
        "BEFORE INSERT ON entries",
        "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entries)",
    ),
)


def upgrade() -> None:
    text = [
        sa.Column(name, sa.Text, nullable=False)
        for name in ("at", "seat", "user", "role", "action", "target", "outcome", "reason")
    ]
    op.create_table(
        "entries",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("entry_id", sa.Text, nullable=False, unique=True),
        *text,
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_table(
        "anchors",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("told_at", sa.Text),
    )
    for name, event, condition in _REFUSALS:
        op.execute(
            f"CREATE TRIGGER {name} {event} WHEN {condition} "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        )
