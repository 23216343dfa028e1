"""Alembic's way in: runs the migrations on the connection that local_db.schema hands over."""

from alembic import context

from local_db import case_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=case_tables.TABLES,
    render_as_batch=True,  # SQLite cannot alter a table in place
)
with context.begin_transaction():
    context.run_migrations()
