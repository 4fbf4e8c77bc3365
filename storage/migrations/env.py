"""Alembic's entry: migrates the connection that `Database` hands over, inside its transaction."""

from alembic import context

import storage.account_tables
import storage.annotations.tables  # noqa: F401 -- both declare their tables
from storage.schema import Base, is_declared

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_object=is_declared,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
