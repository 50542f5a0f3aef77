"""``trucewatch backup`` and ``trucewatch check``: a database looked after."""

from __future__ import annotations

from pathlib import Path

from trucewatch.commands.output import complain
from trucewatch.reporting.files import whole_path
from trucewatch.shown import shown
from trucewatch.store import Store, StoreError, care
from trucewatch.store.engine import without_password


def backup(database: str, file: str) -> int:
    """Copies the database into a new file, whoever writes to it meanwhile; returns the exit status."""
    target = Path(file)
    if target.exists() or target.is_symlink():
        raise StoreError(f"{file}: there already: name a new file, a backup replaces nothing")
    with Store(database, make=False) as store, whole_path(target) as beside:
        care.copy(store, beside)
    with Store(file, make=False) as copied, copied.reading() as connection:
        print(f"{shown(file)}: {_counted(care.counts(connection))}")
    return 0


def check(database: str) -> int:
    """Says what is wrong in a database and how much is in it; returns the exit status: 1 where something is wrong."""
    with Store(database, make=False) as store, store.reading() as connection:
        faults = 0
        for fault in care.faults(connection):
            faults += 1
            complain(fault)
        counted = _counted(care.counts(connection))
    what = "all is as it came" if not faults else f"{faults} faults: see above"
    print(f"{shown(without_password(database))}: {counted}; {what}")
    return 1 if faults else 0


def _counted(numbers: dict[str, int]) -> str:
    return ", ".join(f"{numbers[name]} {name}" for name in ("reports", "records", "incidents", "decisions"))
