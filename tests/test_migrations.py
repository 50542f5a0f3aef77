"""The schema: what migrations make is what ``tables.py`` says, on both engines; and versions that do not fit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from trucewatch.store import Store, StoreError, migrate
from trucewatch.store.tables import HEAD, metadata

SCRIPTS = Path(migrate.__file__).parent / "migrations"


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return ScriptDirectory.from_config(config)


def _of_the_schema(_object: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    return not (kind in ("table", "index") and (name or "").startswith(("search", "ix_search")))


def test_migrations_end_where_the_tables_stand(database: str) -> None:
    with Store(database) as store, store.reading() as connection:
        options = {"include_object": _of_the_schema, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        assert migrate.revision(connection) == HEAD


def test_the_head_is_the_last_script() -> None:
    assert _scripts().get_heads() == [HEAD]


def test_no_migration_asks_the_tables_of_today() -> None:
    """A migration that makes what ``tables.py`` says would make something else tomorrow."""
    for script in (SCRIPTS / "versions").glob("v*.py"):
        assert "create_all" not in script.read_text(encoding="utf-8"), script.name
        assert "trucewatch" not in script.read_text(encoding="utf-8"), script.name


def test_a_database_of_a_later_version_is_refused(database: str) -> None:
    with Store(database) as store, store.writing() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError) as fault:
        Store(database)
    message = str(fault.value)
    assert "later version" in message and "9999" in message and "update trucewatch" in message
    assert "\n" not in message
    with sa.create_engine(_driver(database)).connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def _driver(database: str) -> str:
    if "://" not in database:
        return f"sqlite:///{database}"
    return database.replace("postgresql://", "postgresql+psycopg://")


def test_opening_twice_does_nothing(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(database):
        pass

    def upgraded(_connection: sa.Connection) -> None:
        raise AssertionError("migrated again")

    monkeypatch.setattr(migrate, "upgrade", upgraded)
    with Store(database) as store, store.reading() as connection:
        assert migrate.revision(connection) == HEAD


def test_a_foreign_database_is_left_alone(database: str) -> None:
    """Somebody else's tables of the same names: nothing is made, nothing is changed."""
    engine = sa.create_engine(_driver(database))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE reports (note TEXT)"))
    with pytest.raises(StoreError) as fault:
        Store(database)
    assert "\n" not in str(fault.value)
    with engine.begin() as connection:
        assert sa.inspect(connection).get_table_names() == ["reports"]
    engine.dispose()
