"""``trucewatch contacts``, ``promises`` and ``presence``: the ledgers of all stored reports."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

import sqlalchemy as sa

from trucewatch.agreements import ledger as ledgers
from trucewatch.agreements.promises import due
from trucewatch.commands.incidents import terminal
from trucewatch.commands.output import write_pieces
from trucewatch.commands.run import progress
from trucewatch.contact import Contact, ContactState, Presence, PresenceState, Promise, PromiseState
from trucewatch.incident import Incident, Party
from trucewatch.reporting.contact_text import ContactText
from trucewatch.reporting.words import Language
from trucewatch.store import Store, StoreError
from trucewatch.store import incidents as known
from trucewatch.store.incidents import Question, plain

_STATES: dict[str, tuple[str, ...]] = {
    "contacts": get_args(ContactState), "promises": get_args(PromiseState), "presence": get_args(PresenceState),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerOptions:
    """What one of the ledgers was asked for. ``today`` and ``due`` are ISO days; ``due`` may be "today"."""

    database: str
    ledger: str
    since: str | None = None
    until: str | None = None
    states: Sequence[str] = ()
    party: str | None = None
    today: str | None = None
    due: str | None = None
    history: bool = False
    form: str = "text"
    language: Language = "de"
    output: str | None = None


def ledger(options: LedgerOptions) -> int:
    """Shows a ledger; returns the exit status."""
    unknown = set(options.states) - set(_STATES[options.ledger])
    if unknown:
        raise StoreError(f"--state {min(unknown)}: give one of {', '.join(_STATES[options.ledger])}")
    today = dt.date.fromisoformat(options.today) if options.today else None
    with Store(options.database, make=False) as store:
        bar = progress(None, "reading the ledgers")
        try:
            ledgers.catch_up(store, bar)
        finally:
            bar(None)
        with store.reading() as connection:
            found = [x for x in _found(connection, options, today) if _wanted(x, options)]
    write_pieces(_pieces(found, options, today), options.output, options.form)
    return 0


def _found(
    connection: sa.Connection, options: LedgerOptions, today: dt.date | None
) -> Sequence[Contact] | Sequence[Promise] | Sequence[Presence]:
    if options.ledger == "contacts":
        return ledgers.contacts(connection, options.since, options.until, today)
    if options.ledger == "presence":
        return ledgers.presences(connection, options.since, options.until)
    incidents = [Incident.model_validate_json(text) for text in known.find(connection, Question(since=options.since))]
    found = ledgers.promises(connection, incidents, options.since, options.until, today)
    if options.due is None:
        return found
    until = _today(today) if options.due == "today" else dt.date.fromisoformat(options.due)
    return due(found, until)


def _today(today: dt.date | None) -> dt.date:
    return today or dt.date.today()


def _wanted(one: Contact | Promise | Presence, options: LedgerOptions) -> bool:
    if options.states and one.state not in options.states:
        return False
    return options.party is None or any(plain(options.party) in _names(p) for p in _parties(one))


def _parties(one: Contact | Promise | Presence) -> Iterable[Party]:
    if isinstance(one, Contact):
        return one.participants
    return [*one.by, *one.to] if isinstance(one, Promise) else [one.whose]


def _names(party: Party) -> set[str]:
    return {plain(name) for name in (party.name, party.acts_for, party.country, party.entity) if name}


def _pieces(
    found: Sequence[Contact | Promise | Presence], options: LedgerOptions, today: dt.date | None
) -> Iterator[str]:
    if options.form == "jsonl":
        yield from (x.to_json() + "\n" for x in found)
    elif options.form == "json":
        yield json.dumps([x.model_dump(mode="json") for x in found], ensure_ascii=False, indent=1) + "\n"
    else:
        text = ContactText(options.language, *terminal())
        contacts = [x for x in found if isinstance(x, Contact)]
        promises = [x for x in found if isinstance(x, Promise)]
        presences = [x for x in found if isinstance(x, Presence)]
        if options.ledger == "contacts":
            yield from text.contacts(contacts, options.history)
        elif options.ledger == "promises":
            yield from text.promises(promises, _today(today), options.history)
        else:
            yield from text.presences(presences, options.history)
