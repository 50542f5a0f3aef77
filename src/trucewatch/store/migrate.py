"""Brings a database to the schema of this version (Alembic); loads Alembic only where there is something to do."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from trucewatch.store.errors import StoreError
from trucewatch.store.tables import HEAD

_SCRIPTS = Path(__file__).parent / "migrations"


def known() -> frozenset[str]:
    """The revisions that this version knows, by the names of their scripts.

    >>> HEAD in known()
    True
    """
    return frozenset(path.name[1:5] for path in (_SCRIPTS / "versions").glob("v[0-9][0-9][0-9][0-9]_*.py"))


def revision(connection: sa.Connection) -> str | None:
    """The revision that the database stands at; ``None`` for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found is not None else None


def upgrade(connection: sa.Connection) -> None:
    """Runs the migrations that the database lacks, in the transaction at hand.

    Raises ``StoreError`` where the database was made by a later version.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    present = revision(connection)
    try:
        if present is not None:
            ScriptDirectory.from_config(config).get_revision(present)
        command.upgrade(config, HEAD)
    except CommandError:
        raise StoreError(f"made by a later version of trucewatch (schema {present}): update trucewatch") from None
