"""Whose database a file is: told from the file as it lies there, which is not opened for writing and gets nothing beside it."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from trucewatch.store.errors import StoreError

MARK = 0x74726377
"""``application_id`` of our databases ("trcw"): SQLite's own field for the program that a file belongs to."""

_MAGIC = b"SQLite format 3\0"
_MARK_AT = slice(68, 72)
"""Bytes of the header that hold the ``application_id`` (sqlite.org/fileformat2.html)."""
_TABLES = frozenset({"alembic_version", "reports", "records", "sightings", "decisions", "incidents"})
"""Tables that every version had: by these a database is known that was made before databases were marked."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a file is: ``empty`` also where it is an SQLite file without tables. ``revision`` where it could be told."""

    kind: Literal["missing", "empty", "ours", "another", "none"]
    revision: str | None = None


def whose(path: Path) -> Found:
    """What the file is. Nothing is changed: the header is read as bytes, tables from a file that SQLite takes for unchanging.

    >>> whose(Path("no-such-file.db")).kind
    'missing'
    """
    if not path.exists():
        return Found("missing")
    if path.stat().st_size == 0:
        return Found("empty")
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(_MAGIC):
        return Found("none")
    mark = int.from_bytes(head[_MARK_AT], "big")
    if mark not in (0, MARK):
        return Found("another")
    waiting = path.with_name(f"{path.name}-wal")
    busy = waiting.exists() and waiting.stat().st_size > 0  # what was written last stands there, not in the file
    if mark == MARK:
        return Found("ours") if busy else _ours(path)
    found = _by_tables(path)
    if found.kind != "ours" and busy:
        return _copied(path, waiting)
    return found


def _ours(path: Path) -> Found:
    """A marked file: damaged or being written to, it is still ours, and opening it will say what is wrong."""
    try:
        found = _by_tables(path)
    except StoreError:
        return Found("ours")
    return found if found.kind in ("ours", "empty") else Found("ours")


def _by_tables(path: Path) -> Found:
    names: set[str] = set()
    revision = None
    try:
        uri = f"{path.absolute().as_uri()}?immutable=1"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
            names = {
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
            }
            if names >= _TABLES:
                revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as fault:
        raise StoreError(f"{path}: the database file cannot be read ({fault}): it is left as it is") from None
    if names >= _TABLES:
        return Found("ours", str(revision[0]) if revision else None)
    return Found("another" if names else "empty")


def _copied(path: Path, waiting: Path) -> Found:
    """What a file is whose tables stand in its log alone, as a first run leaves it that was killed: seen in a copy."""
    with tempfile.TemporaryDirectory(prefix="trucewatch-") as folder:
        copy = Path(folder) / "copy.db"
        shutil.copyfile(path, copy)
        shutil.copyfile(waiting, copy.with_name("copy.db-wal"))
        with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return _by_tables(copy)


def admit(path: Path, make: bool, known: frozenset[str]) -> None:
    """Raises ``StoreError`` where a file is not to be opened: it is not ours, or of a later version.

    With ``make`` (only ``add`` does) a missing or empty one may become ours. ``known`` are the revisions that can be read.
    """
    found = whose(path)
    if found.kind == "none":
        raise StoreError(f"{path}: this file is no database: name another one with --database")
    if found.kind == "another":
        raise StoreError(f"{path}: a database of another program, which is left as it is: name ours with --database")
    if found.revision is not None and found.revision not in known:
        raise StoreError(later(str(path), found.revision))
    if make or found.kind == "ours":
        return
    what = "no such database" if found.kind == "missing" else "nothing stands in it yet"
    raise StoreError(f"{path}: {what}: make one with: trucewatch add FILE --database {path}")


def later(name: str, revision: str | None) -> str:
    """What is said of a database whose schema this version does not know."""
    return f"{name}: made by a later version of trucewatch (schema {revision}) and left as it is: update trucewatch"
