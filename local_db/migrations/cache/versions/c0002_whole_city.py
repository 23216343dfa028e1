"""The registers of a whole city: two places each, searchable; cells of layers."""

import sqlalchemy as sa
from alembic import op

revision = "c0002"
down_revision = "c0001"
branch_labels = None
depends_on = None

_REGISTERS = (
    "cameras", "points", "alarm_classes", "asset_classes", "assets", "units", "depots", "orgs",
    "duty", "streets", "districts", "grids",
)  # fmt: skip
_SEARCHED = ("cameras", "points", "assets", "units", "depots", "orgs", "streets")
_INDEX = (
    "CREATE VIRTUAL TABLE {name}_find_{slot} USING fts5(terms, content='', detail=none, "
    "columnsize=0, tokenize=\"unicode61 remove_diacritics 0 tokenchars '~'\")"
)
_COPIED = ("cameras", "points", "alarm_classes")


def upgrade() -> None:
    for name in _REGISTERS:
        for slot in (0, 1):
            _create_register(f"{name}_{slot}")
            if name in _SEARCHED:
                op.execute(_INDEX.format(name=name, slot=slot))
    for name in _COPIED:
        # The form 0 has them fetched again; until then the desk knows what it knew.
        op.execute(
            f"INSERT INTO {name}_0 (id, title, subtitle, kind, district_id, org_id, state, "
            f"source, body) SELECT id, '', '', '', '', '', '', '', body FROM {name}"
        )
        op.drop_table(name)
    for column in (
        sa.Column("slot", sa.Integer, nullable=False, server_default="0"),
        sa.Column("full_at", sa.Text, nullable=False, server_default=""),
        sa.Column("since", sa.Text, nullable=False, server_default=""),
        sa.Column("form", sa.Integer, nullable=False, server_default="0"),
        sa.Column("notes", sa.Text, nullable=False, server_default="{}"),
    ):
        op.add_column("registers", column)
    _create_staging()
    _create_cells()


def _create_register(table: str) -> None:
    texts = ("title", "subtitle", "kind", "district_id", "org_id", "state", "source")
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


def _create_staging() -> None:
    op.create_table(
        "staging",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("slot", sa.Integer, nullable=False),
        sa.Column("cursor", sa.Text, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("platform_url", sa.Text, nullable=False),
        sa.Column("since", sa.Text, nullable=False),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("form", sa.Integer, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
    )


def _create_cells() -> None:
    op.create_table(
        "cells",
        sa.Column("layer_id", sa.Text, nullable=False),
        sa.Column("z", sa.Integer, nullable=False),
        sa.Column("x", sa.Integer, nullable=False),
        sa.Column("y", sa.Integer, nullable=False),
        sa.Column("etag", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("platform_url", sa.Text, nullable=False),
        sa.Column("used_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("layer_id", "z", "x", "y"),
    )
    op.create_index("cells_by_use", "cells", ["used_at"])
