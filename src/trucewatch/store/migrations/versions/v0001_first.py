"""The first schema: reports, records, what linking keeps, incidents, decisions."""

from __future__ import annotations

from alembic import op

from trucewatch.store import search
from trucewatch.store.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes all tables. A later change of ``tables.py`` comes with a migration of its own, not here."""
    connection = op.get_bind()
    metadata.create_all(connection)
    search.create(connection)
