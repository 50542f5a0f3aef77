"""Findings in the store: brought up to date by assessing anew only what changed, an incident or a provision."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from trucewatch.agreements.assess import Facts, Rule
from trucewatch.agreements.model import ANYONE, Agreement, Provision
from trucewatch.finding import Finding
from trucewatch.incident import Incident
from trucewatch.store import findings as kept

_METHOD = "1"
"""Raise it when the same incident and provision give another finding than before."""


@dataclass(slots=True)
class Work:
    """What bringing findings up to date took."""

    incidents: int = 0
    provisions: int = 0
    findings: int = 0


def digest_of(agreement: Agreement, provision: Provision) -> str:
    """A digest of all that findings under a provision hang on: itself, its parties, zones, exceptions, and the windows."""
    exceptions = [e for e in agreement.exceptions if e.id in provision.exceptions]
    parties = {*provision.binds, *provision.acts_by, *provision.against} - {ANYONE}
    parties |= {p for e in exceptions for p in (*e.targets, *e.actors)}
    zones = _closed(agreement, {*agreement.zones_of(provision), *(z for e in exceptions for z in e.where)})
    parts = [
        _METHOD, agreement.id, provision.model_dump_json(), *(w.model_dump_json() for w in agreement.windows),
        *(e.model_dump_json() for e in exceptions),
        *(p.model_dump_json() for p in agreement.parties if p.id in parties),
        *(z.model_dump_json() for z in agreement.zones if z.id in zones),
    ]  # fmt: skip
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _closed(agreement: Agreement, zones: set[str]) -> set[str]:
    """The zones, and those that they are cut to or from."""
    found: set[str] = set()
    todo = list(zones)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            zone = agreement.zone(name)
            todo += [*([zone.within] if zone.within else []), *zone.minus]
    return found


def update(
    connection: sa.Connection, agreement: Agreement, progress: Callable[[int], None] = lambda _: None
) -> Work:
    """Brings the kept findings of an agreement up to date, inside the caller's transaction.

    Incidents that changed are assessed under all provisions, all others only under those that are new or say something
    else than before.
    """
    mark, before = kept.mark_of(connection, agreement.id)
    now = {p.id: digest_of(agreement, p) for p in agreement.provisions}
    fresh = [p for p in agreement.provisions if before.get(p.id) != now[p.id]]
    last = kept.last_version(connection)
    changed = kept.changed_since(connection, mark) if before else []
    kept.drop_provisions(connection, agreement.id, sorted({*(set(before) - set(now)), *(p.id for p in fresh)}))
    work = Work(provisions=len(fresh))
    if fresh:
        rules = [Rule(agreement, p) for p in fresh]
        others = kept.present(connection) if not changed else sorted(set(kept.present(connection)) - set(changed))
        _enter(connection, agreement, rules, others, work, progress)
    if changed:
        rules = [Rule(agreement, p) for p in agreement.provisions]
        _enter(connection, agreement, rules, changed, work, progress)
    if fresh or changed or set(before) != set(now) or mark != last:
        kept.set_mark(connection, agreement.id, last, now)
    return work


def _enter(
    connection: sa.Connection,
    agreement: Agreement,
    rules: Sequence[Rule],
    ids: Sequence[str],
    work: Work,
    progress: Callable[[int], None],
) -> None:
    def found() -> Iterator[tuple[str, str, str, str]]:
        for _, text in kept.states(connection, ids):
            facts = Facts(Incident.model_validate_json(text))
            work.incidents += 1
            progress(1)
            if facts.incident.state == "rejected":
                continue
            for rule in rules:
                finding = rule.finding(facts)
                if finding.result != "outside":
                    work.findings += 1
                    yield finding.incident, finding.provision, finding.result, finding.model_dump_json()

    kept.replace(connection, agreement.id, ids, [r.provision.id for r in rules], found())


def findings(
    connection: sa.Connection, agreement: str, ids: Iterable[str] | None = None, results: Sequence[str] = ()
) -> Iterator[Finding]:
    """The kept findings of an agreement, except those of ``outside``."""
    for text in kept.of_agreement(connection, agreement, ids, results):
        yield Finding.model_validate_json(text)
