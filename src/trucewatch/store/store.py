"""The way into the store: open it, read from it, write to it in one transaction."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from types import TracebackType

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from trucewatch.store import engine as engines
from trucewatch.store import migrate, ours
from trucewatch.store.errors import StoreError
from trucewatch.store.tables import HEAD


class Store:
    """An open store. ``with Store(database) as store`` closes it at the end.

    ``database`` is a file name (SQLite), ``sqlite://`` (in memory) or ``postgresql://…``. With ``make`` it is made where
    there is none; without, nothing is changed but what is ours already. Raises ``StoreError``, also for a file that
    belongs to another program or a later version: that is left as it is.

    >>> with Store("sqlite://") as store, store.reading() as connection:
    ...     connection.dialect.name
    'sqlite'
    """

    def __init__(self, database: str = engines.DEFAULT, make: bool = True) -> None:
        self.database = database
        self.engine = engines.engine_for(database, make)
        try:
            with engines.faults(database):
                self._prepare(make)
        except BaseException:
            self.engine.dispose()
            raise

    def _prepare(self, make: bool) -> None:
        path, known = engines.file_of(self.engine), migrate.known()
        if path is not None:
            ours.admit(path, make, known)
        with self.engine.connect() as connection:
            present = migrate.revision(connection)
        if present is not None and present not in known:
            raise StoreError(ours.later(engines.without_password(self.database), present))
        if present is None and not make:
            name = engines.without_password(self.database)
            raise StoreError(
                f"{name}: nothing of trucewatch stands in it yet: fill it with: trucewatch add FILE --database …"
            )
        if present != HEAD:
            with self._begin() as connection:  # looked at again behind the lock: another process may have been faster
                if migrate.revision(connection) != HEAD:
                    migrate.upgrade(connection)
        if make and path is not None:
            self._mark()

    def _mark(self) -> None:
        """Marks a database as ours that was made before databases were marked."""
        with self.engine.connect() as connection:
            marked = connection.exec_driver_sql("PRAGMA application_id").scalar() == ours.MARK
        if not marked:
            with (
                contextlib.suppress(OperationalError),
                self._begin() as connection,
            ):  # one that is read-only stays as it is
                connection.exec_driver_sql(f"PRAGMA application_id={ours.MARK}")

    @contextlib.contextmanager
    def _begin(self) -> Iterator[sa.Connection]:
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": engines.WRITER})
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction that writes: all of it is kept, or nothing. Writers wait for each other."""
        with engines.faults(self.database), self._begin() as connection:
            yield connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One transaction that reads: it sees one state throughout."""
        with engines.faults(self.database), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":  # its default shows each statement the state of its own moment
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()
