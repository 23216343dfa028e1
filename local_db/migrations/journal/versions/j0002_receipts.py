"""Messages and calls to people: the platform's ids and the receipts."""

import sqlalchemy as sa
from alembic import op

revision = "j0002"
down_revision = "j0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reached",
        sa.Column("order_id", sa.Text, primary_key=True),
        sa.Column("platform_id", sa.Text, nullable=False, unique=True),
    )
    op.create_table(
        "receipts",
        sa.Column("platform_id", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("platform_id", "unit_id", "state"),
    )
