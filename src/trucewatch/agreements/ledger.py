"""The ledgers over a store: contacts, promises, presences and claimed counts of all its reports."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from trucewatch.agreements import contacts as of_contacts
from trucewatch.agreements import presence as of_presence
from trucewatch.agreements import promises as of_promises
from trucewatch.agreements.claimed import ClaimedCount, claimed_counts
from trucewatch.agreements.ledger_entries import Entry, dump, entries, load
from trucewatch.contact import Contact, Presence, Promise
from trucewatch.incident import Incident
from trucewatch.knowledge.load import FOLDER
from trucewatch.record import Record
from trucewatch.store import Store
from trucewatch.store import ledger as kept
from trucewatch.store import reports as shelf

_MAKERS = ("ledger_", "contact_", "promise_", "presence_", "claimed")
_COUNT = "count"
_T = TypeVar("_T", Contact, Promise, Presence)


def catch_up(store: Store, progress: Callable[[int], None] = lambda _: None) -> int:
    """Enters what records say that are not in the ledgers yet; returns how many. Each step is a transaction of its own."""
    done = 0
    while True:
        with store.reading() as connection:
            if not kept.behind(connection, version()):
                return done
        with store.writing() as connection:
            number = kept.catch_up(connection, _said, version())
        progress(number)
        done += number


@cache
def version() -> str:
    """A mark of the code and words that entries are made with: another one means that they may be made differently."""
    here = Path(__file__).parent
    files = [p for stem in _MAKERS for p in sorted(here.glob(f"{stem}*.py"))]
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in (*files, *sorted(FOLDER.glob("contacts.*.toml")))))
    return digest.hexdigest()[:12]


def _said(record: Record, report: int) -> Iterator[tuple[str, str | None, str]]:
    day = record.report.published[:10] if record.report.published else None
    for entry in entries(record, record.text, order=report):
        yield entry.kind, day, dump(entry)
    for count in claimed_counts(record, record.text):
        yield _COUNT, day, count.model_dump_json()


def _entries(connection: sa.Connection, kind: str, since: str | None, until: str | None) -> list[Entry]:
    return [load(text) for _, text in kept.said(connection, kind, since, until)]


def contacts(
    connection: sa.Connection, since: str | None = None, until: str | None = None, today: dt.date | None = None
) -> list[Contact]:
    """The contacts that reports from ``since`` to before ``until`` tell of (ISO days)."""
    found = of_contacts.contacts(_entries(connection, "contact", since, until), today)
    return _named(connection, found)


def promises(
    connection: sa.Connection,
    incidents: Sequence[Incident] = (),
    since: str | None = None,
    until: str | None = None,
    today: dt.date | None = None,
) -> list[Promise]:
    """The promises and demands of reports from ``since`` to before ``until``, held against incidents."""
    found = of_promises.promises(_entries(connection, "promise", since, until), incidents, today)
    return _named(connection, found)


def presences(connection: sa.Connection, since: str | None = None, until: str | None = None) -> list[Presence]:
    """The posts and units that reports from ``since`` to before ``until`` tell of."""
    return _named(connection, of_presence.presences(_entries(connection, "presence", since, until)))


def counts(connection: sa.Connection, since: str | None = None, until: str | None = None) -> list[ClaimedCount]:
    """The claimed counts of reports published from ``since`` to before ``until``."""
    found = [ClaimedCount.model_validate_json(text) for _, text in kept.said(connection, _COUNT, since, until)]
    names = shelf.names_of(connection, {c.report for c in found})
    return [c.model_copy(update={"name": names.get(c.report, "")}) for c in found]


def _named(connection: sa.Connection, found: list[_T]) -> list[_T]:
    """With the names that the store knows reports by."""
    names = shelf.names_of(connection, {line.report for one in found for line in one.history})
    for one in found:
        for line in one.history:
            line.name = names.get(line.report, line.name)
    return found
