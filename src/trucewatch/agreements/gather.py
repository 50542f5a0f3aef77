"""A situation out of a store: findings brought up to date, incidents, ledgers and sources of a period."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from trucewatch.agreements import keep, ledger
from trucewatch.agreements.model import Agreement
from trucewatch.agreements.situation import Situation, Source, situation
from trucewatch.agreements.state import State, entries, state
from trucewatch.finding import Finding
from trucewatch.incident import Incident
from trucewatch.store import Store
from trucewatch.store import findings as kept
from trucewatch.store import reports as shelf

_BASELINE = 5
"""Periods of the same length, this one among them, that a state is held against."""
_LEDGER_DAYS = 120
"""Contacts and promises are followed up over so many days before the period."""


def gather(store: Store, agreements: Sequence[Agreement], since: str, until: str) -> Situation:
    """What is known of the period from ``since`` to before ``until`` (ISO days) under these agreements.

    Writes the findings that were missing. Raises ``StoreError``, ``AgreementError``, and ``ValueError`` for an empty period.
    """
    first, after = dt.date.fromisoformat(since), dt.date.fromisoformat(until)
    if after <= first:
        raise ValueError(f"the period is empty: until {until} is not after since {since}")
    ledger.catch_up(store)
    keep.bring_up(store, agreements)
    with store.reading() as connection:
        findings = [f for a in agreements for f in keep.findings(connection, a.id)]
        incidents = _incidents(connection, findings)
        start = _earlier(first, dt.timedelta(days=_LEDGER_DAYS))
        today = after - dt.timedelta(days=1)
        found = situation(
            agreements, since, until, incidents, findings,
            contacts=ledger.contacts(connection, start, until, today),
            promises=ledger.promises(connection, incidents, start, until, today),
            presences=ledger.presences(connection, start, until),
            claims=ledger.counts(connection, _earlier(first, (after - first) * _BASELINE)),
            reports=shelf.number_published(connection, since, until),
        )  # fmt: skip
        found.sources.update({s.report: s for s in _sources(connection, cited(found))})
    return found


def states(store: Store, agreement: Agreement, periods: Sequence[tuple[str, str]]) -> list[State]:
    """The states of an agreement's truce in some periods (first day, first day after), brought up to date."""
    ledger.catch_up(store)
    keep.bring_up(store, [agreement])
    with store.reading() as connection:
        findings = list(keep.findings(connection, agreement.id))
        known = {i.id: i for i in _incidents(connection, findings)}
        claims = ledger.counts(connection)
    counted = entries(agreement, findings, known)
    return [state(agreement, counted, since, until, claims) for since, until in periods]


def _earlier(day: dt.date, by: dt.timedelta) -> str:
    try:
        return (day - by).isoformat()
    except OverflowError:
        return dt.date.min.isoformat()


def _incidents(connection: sa.Connection, findings: Iterable[Finding]) -> list[Incident]:
    ids = dict.fromkeys(f.incident for f in findings)
    return [Incident.model_validate_json(text) for _, text in kept.states(connection, ids)]


def cited(found: Situation) -> set[str]:
    """The digests of all reports that a situation rests on."""
    digests = {m.report for i in found.incidents for m in i.members}
    for ledger_ in (found.contacts, found.promises, found.presences):
        digests |= {line.report for one in ledger_ for line in one.history}
    return digests | {c.report for s in found.states for c in s.claimed}


def _sources(connection: sa.Connection, digests: Iterable[str]) -> Iterable[Source]:
    for row in shelf.sources_of(connection, digests):
        yield Source(row[0], row[1], row[2], row[3], row[4], row[5], tuple(json.loads(row[6])))
