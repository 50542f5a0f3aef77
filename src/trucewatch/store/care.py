"""A database looked after: a whole copy of it while it is in use, and whether all in it is as it came."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from trucewatch.store.errors import StoreError
from trucewatch.store.store import Store
from trucewatch.store.tables import decisions, incidents, nodes, records, reports

_MOST = 20
"""Faults of one kind that are named."""
_AT_ONCE = 50
"""Reports whose bytes are held in memory at a time."""


def copy(store: Store, target: Path) -> None:
    """Copies an SQLite database into the file ``target``, as it stands at one moment, whoever writes to it meanwhile.

    The copy is one file without a log beside it. Raises ``StoreError`` where the copy is not sound.
    """
    if store.engine.dialect.name != "sqlite":
        raise StoreError(
            "a PostgreSQL database is backed up by its own program: pg_dump --format=custom --file FILE DATABASE"
        )
    source = store.engine.raw_connection()
    try:
        with contextlib.closing(sqlite3.connect(target)) as into:
            origin = source.driver_connection
            assert isinstance(origin, sqlite3.Connection)
            origin.backup(into)
            into.execute("PRAGMA journal_mode=DELETE")
            said = into.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as fault:
        raise StoreError(f"the copy could not be made: {fault}") from None
    finally:
        source.close()
    if said != "ok":
        raise StoreError(f"the database is damaged ({said}): look at it with: trucewatch check")
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def counts(connection: sa.Connection) -> dict[str, int]:
    """How many reports, records, incidents and decisions there are."""
    standing = sa.select(sa.func.count()).select_from(incidents).where(incidents.c.merged_into.is_(None))
    found = {"reports": reports, "records": records, "decisions": decisions}
    numbers = {n: connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one() for n, t in found.items()}
    return {**numbers, "incidents": connection.execute(standing).scalar_one()}


def faults(connection: sa.Connection) -> Iterator[str]:
    """What is wrong in a database, one line each: damage, rows that lead nowhere, reports that are not as they came."""
    if connection.dialect.name == "sqlite":
        for row in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})"):
            if row[0] != "ok":
                yield f"damaged: {' '.join(str(row[0]).split())}"
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(_MOST):
            yield f"row {row[1]} of {row[0]} names a row of {row[2]} that is not there"
    yield from _reports(connection)
    lost = sa.select(nodes.c.report, nodes.c.event, nodes.c.incident).where(
        nodes.c.incident.is_not(None), nodes.c.incident.not_in(sa.select(incidents.c.id))
    )
    for row in connection.execute(lost.limit(_MOST)):
        yield f"event {row.event} of report {row.report} names the incident {row.incident}, which is not there"


def _reports(connection: sa.Connection) -> Iterator[str]:
    read = set(connection.execute(sa.select(records.c.report).distinct()).scalars())
    found = set(connection.execute(sa.text(_SEARCHED[connection.dialect.name])).scalars())
    query = sa.select(reports.c.id, reports.c.name, reports.c.form, reports.c.digest, reports.c.sha256, reports.c.raw)
    for row in connection.execute(query.order_by(reports.c.id).execution_options(yield_per=_AT_ONCE)):
        digest = hashlib.sha256(row.raw).hexdigest()
        if digest != row.sha256 or (row.form != "line" and row.digest != f"sha256:{digest}"):
            yield f"report {row.id} ({row.name}): its bytes are not those that came in (SHA-256)"
        if row.id not in read:
            yield f"report {row.id} ({row.name}): no record of it: trucewatch reread"
        if row.id not in found:
            yield f"report {row.id} ({row.name}): not in the index of words"


_SEARCHED = {"sqlite": "SELECT rowid FROM search", "postgresql": "SELECT report FROM search"}
