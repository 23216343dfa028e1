"""The register of plans."""

import sqlalchemy as sa
from alembic import op

revision = "c0004"
down_revision = "c0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    texts = ("title", "subtitle", "kind", "district_id", "org_id", "state", "source")
    for table in ("plans_0", "plans_1"):
        op.create_table(
            table,
            sa.Column("n", sa.Integer, primary_key=True),
            sa.Column("id", sa.Text, nullable=False),
            *(sa.Column(name, sa.Text, nullable=False) for name in texts),
            sa.Column("cell", sa.Integer),
            sa.Column("lon", sa.Float),
            sa.Column("lat", sa.Float),
            sa.Column("body", sa.LargeBinary, nullable=False),
            sqlite_autoincrement=True,
        )
        op.create_index(f"{table}_by_id", table, ["id"], unique=True)
        op.create_index(f"{table}_by_facet", table, ["kind", "district_id", "state", "source"])
        op.create_index(f"{table}_by_cell", table, ["cell"])
