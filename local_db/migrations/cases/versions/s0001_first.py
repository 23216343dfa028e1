"""Cases with what is counted of them, units, and sums by unit and month."""

import sqlalchemy as sa
from alembic import op

revision = "s0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meta", sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text)
    )
    op.create_table(
        "classes",
        sa.Column("k", sa.Integer, primary_key=True),
        sa.Column("class_id", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "facts",
        *[
            sa.Column(name, sa.Integer, primary_key=True)
            for name in ("settled", "district", "month_due", "n")
        ],
        sa.Column("facts", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "units",
        sa.Column("n", sa.Integer, primary_key=True),
        *[sa.Column(name, sa.Text, nullable=False) for name in ("level", "unit_id", "name")],
        sa.Column("district", sa.Integer, nullable=False),
        sa.Column("post", sa.Text, nullable=False),
    )
    op.create_index("units_by_id", "units", ["level", "unit_id"], unique=True)
    _cases()
    op.create_table(
        "sums",
        sa.Column("level", sa.Text, primary_key=True),
        sa.Column("unit", sa.Integer, primary_key=True),
        sa.Column("month", sa.Integer, primary_key=True),
        sa.Column("sums", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def _cases() -> None:
    text = ("case_id", "class_id", "state", "source", "limit_text")
    number = ("district", "street", "org", "reported", "month_due", "settled", "revision")
    op.create_table(
        "cases",
        sa.Column("n", sa.Integer, primary_key=True),
        *[sa.Column(name, sa.Text, nullable=False) for name in text],
        *[sa.Column(name, sa.Integer, nullable=False) for name in number],
        sa.Column("updated", sa.Float, nullable=False),
    )
    op.create_index("cases_by_id", "cases", ["case_id"], unique=True)
    op.create_index("cases_by_time", "cases", ["reported"])
    op.create_index("cases_by_class", "cases", ["class_id", "reported"])
    op.create_index("cases_by_street", "cases", ["street", "reported"])
    op.create_index("cases_by_org", "cases", ["org", "reported"])
    op.create_index("cases_by_street_class", "cases", ["street", "class_id", "reported"])
    not_closed = sa.text("state != 'closed'")
    op.create_index("cases_not_closed", "cases", ["state", "reported"], sqlite_where=not_closed)
