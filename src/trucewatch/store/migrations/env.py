"""Alembic's way in: migrations run on the connection that the store hands over (store/migrate.py)."""

from __future__ import annotations

from alembic import context

from trucewatch.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
