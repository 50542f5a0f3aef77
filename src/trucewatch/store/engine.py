"""Opens a database: SQLite in WAL mode by default, PostgreSQL by address; faults become one line."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from trucewatch.store.errors import StoreError
from trucewatch.store.ours import MARK

DEFAULT = "trucewatch.db"
"""The database where none is named: a file in the present folder."""

BUSY_SECONDS = 60
"""How long a writer waits for another one."""

WRITER = 0x7472_7563_6577
"""The advisory lock that writers hold in PostgreSQL: linking must see what the one before has linked."""


def engine_for(database: str, make: bool = True) -> sa.Engine:
    """The engine for ``database``: a file name, ``sqlite://`` (in memory), or an address ``postgresql://…``.

    Raises ``StoreError`` for an address that cannot be used. Nothing is opened yet. ``make`` lets it turn a missing or
    empty file into a database of ours.

    >>> engine_for("sqlite://").dialect.name
    'sqlite'
    """
    address = _address(database)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, make)
    if address.get_backend_name() != "postgresql":
        raise StoreError(f"cannot use a {address.get_backend_name()} database: give a file name or postgresql://…")
    try:
        import psycopg  # noqa: F401 - optional: only who has a server needs it
    except ImportError:
        raise StoreError("PostgreSQL needs its driver: pip install 'trucewatch[postgres]'") from None
    return sa.create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True)


def _address(database: str) -> sa.URL:
    if "://" not in database:
        return sa.URL.create("sqlite", database=str(Path(database).expanduser()))
    try:
        return sa.make_url(re.sub(r"^postgres://", "postgresql://", database))
    except (ArgumentError, ValueError):
        raise StoreError(f"no address of a database: {database} (like postgresql://user@host/name)") from None


def _sqlite(address: sa.URL, make: bool) -> sa.Engine:
    path = address.database
    if path and path != ":memory:":
        where = Path(path)
        if "\0" in path:
            raise StoreError(f"no name of a file: {path!r}")
        if where.is_dir():
            raise StoreError(f"{path} is a folder: name a database file, such as {where / DEFAULT}")
        if where.exists() and not where.is_file():
            raise StoreError(f"{path} is a device or pipe: name a database file")
        if not where.parent.is_dir():
            raise StoreError(f"{where.parent}: no such folder for the database {where.name}: make it first")
        how: dict[str, Any] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        if _cannot_change(where):
            still = f"{where.absolute().as_uri()}?immutable=1"
            engine = sa.create_engine(address, creator=lambda: sqlite3.connect(still, uri=True, **how))
        else:
            engine = sa.create_engine(address, connect_args=how)
    else:
        from sqlalchemy.pool import StaticPool

        engine = sa.create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun by hand: see below
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-65536")
        if make:
            with contextlib.suppress(sqlite3.OperationalError):  # a read-only database can still be read
                if cursor.execute("PRAGMA page_count").fetchone() == (0,):
                    cursor.execute(
                        f"PRAGMA application_id={MARK}"
                    )  # first of all, so that the file itself says whose it is
                cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # what was acknowledged outlives a power cut
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        # A writer asks for its lock at once: a reader that turns writer half-way could not wait for another one.
        how = "IMMEDIATE" if connection.get_execution_options().get("writes") else "DEFERRED"
        connection.exec_driver_sql(f"BEGIN {how}")

    return engine


def file_of(engine: sa.Engine) -> Path | None:
    """The file of an SQLite database; ``None`` in memory and on a server."""
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    return Path(path) if path and path != ":memory:" else None


def _cannot_change(path: Path) -> bool:
    """Whether a database lies in a folder that cannot be written: WAL needs files beside it, unless nobody writes."""
    return path.exists() and not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()


@contextlib.contextmanager
def faults(database: str) -> Iterator[None]:
    """Turns a database's faults into ``StoreError``s of one line that say what to do."""
    try:
        yield
    except DBAPIError as fault:
        raise StoreError(f"{without_password(database)}: {_advice(str(fault.orig))}") from None
    except SQLAlchemyError as fault:
        raise StoreError(f"{without_password(database)}: {_line(str(fault))}") from None


def without_password(database: str) -> str:
    """The address as it may be shown: without its password."""
    return re.sub(r"(://[^:/@]+):[^@/]*@", r"\1:***@", database)


def _line(message: str) -> str:
    return " ".join(message.split())[:300]


def _advice(message: str) -> str:
    low = message.lower()
    known = (
        ("disk is full", "no room left on the disk: make room and run the same command again, nothing is lost"),
        ("no space left", "no room left on the server's disk: make room and run the same command again"),
        ("readonly", "the database is read-only: give yourself the right to write it, or name another --database"),
        ("read-only", "the database is read-only: give yourself the right to write it, or name another --database"),
        ("unable to open", "cannot be opened: check the path and the right to write there"),
        ("locked", f"another process has been writing for {BUSY_SECONDS} seconds: try again when it is done"),
        ("not a database", "this file is no database: name another one with --database"),
        ("malformed", "the database file is damaged: restore it from a copy"),
        ("disk i/o", "the disk cannot be read or written"),
        ("refused", "no server answers there: start it, or check host and port"),
        ("authentication failed", "the server refuses this user or password"),
        ("does not exist", f"{_line(message)}: create it first"),
    )
    for sign, advice in known:
        if sign in low:
            return advice
    return _line(message)
