"""Findings in the store: brought up to date by assessing anew only what changed, an incident or a provision."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from trucewatch.agreements.assess import Assessor, Facts
from trucewatch.agreements.model import ANYONE, Agreement, Provision
from trucewatch.finding import Finding
from trucewatch.incident import Incident
from trucewatch.store import Store
from trucewatch.store import findings as kept

_DECIDING = (
    "finding.py", "agreements/assess.py", "agreements/matching.py", "agreements/when.py", "agreements/zones.py",
    "agreements/plane.py", "agreements/extents.py", "agreements/discs.py", "agreements/provinces.py",
    "agreements/named_areas.py", "agreements/wording.py", "knowledge/findings.toml", "knowledge/areas.toml",
    "knowledge/regions.toml", "knowledge/labels.de.toml", "knowledge/labels.en.toml",
)  # fmt: skip
"""What findings hang on beside incidents and agreements, in the package."""


@cache
def method() -> str:
    """A mark of the code and words that findings are made with: after a change of these all are made anew."""
    package = Path(__file__).parents[1]
    return hashlib.sha256(b"".join((package / name).read_bytes() for name in _DECIDING)).hexdigest()[:12]


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
        method(), agreement.id, provision.model_dump_json(), *agreement.zones_of(provision),
        *(w.model_dump_json() for w in agreement.windows),
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
    connection: sa.Connection, agreements: Sequence[Agreement], progress: Callable[[int], None] = lambda _: None
) -> Work:
    """Brings the kept findings of agreements up to date, inside the caller's transaction.

    Incidents that changed are assessed under all provisions, all others only under those that are new or say something
    else than before. Each incident is looked at once, however many agreements there are.
    """
    job = _job(connection, agreements)
    for part in kept.chunks_of(job.order):
        _assess(connection, part, job, progress)
    _done(connection, job)
    return job.work


def bring_up(store: Store, agreements: Sequence[Agreement], progress: Callable[[int], None] = lambda _: None) -> Work:
    """``update`` in transactions of its own: one, or where there is much to do several, so that others can write between.

    Interrupted, what is not marked as done is begun anew the next time.
    """
    with store.writing() as connection:
        job = _job(connection, agreements)
        if len(job.order) <= _MUCH:
            for part in kept.chunks_of(job.order):
                _assess(connection, part, job, progress)
            _done(connection, job)
            return job.work
    for part in kept.chunks_of(job.order):
        with store.writing() as connection:
            for plan in job.plans:  # another process may be at the same work
                if plan.fresh is not None:
                    kept.drop_pairs(connection, plan.agreement.id, part, [r.provision.id for r in plan.fresh.rules])
            _assess(connection, part, job, progress)
    with store.writing() as connection:
        _done(connection, job)
    return job.work


_MUCH = 2000
"""Incidents that are assessed in one transaction: some seconds."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What is to be done for all agreements, and up to which state of the incidents."""

    plans: list[_Plan]
    order: list[str]
    last: int
    work: Work


def _job(connection: sa.Connection, agreements: Sequence[Agreement]) -> _Job:
    last = kept.last_version(connection)
    plans = [_plan(connection, agreement, last) for agreement in agreements]
    everything = kept.present(connection) if any(p.fresh for p in plans) else []
    changed = {number for p in plans for number in p.changed}
    order = [*everything, *sorted(changed - set(everything))]  # those that went stand last: their findings go too
    return _Job(plans, order, last, Work(provisions=sum(len(p.fresh.rules) for p in plans if p.fresh)))


def _done(connection: sa.Connection, job: _Job) -> None:
    for plan in job.plans:
        kept.set_mark(connection, plan.agreement.id, job.last, plan.rules)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done for one agreement."""

    agreement: Agreement
    rules: dict[str, str]
    fresh: Assessor | None
    """The provisions under which all incidents are to be assessed."""
    whole: Assessor
    changed: frozenset[str]
    """Incidents that are to be assessed under all provisions."""


def _plan(connection: sa.Connection, agreement: Agreement, last: int) -> _Plan:
    mark, before = kept.mark_of(connection, agreement.id)
    now = {p.id: digest_of(agreement, p) for p in agreement.provisions}
    fresh = [p for p in agreement.provisions if before.get(p.id) != now[p.id]]
    kept.drop_provisions(connection, agreement.id, sorted({*(set(before) - set(now)), *(p.id for p in fresh)}))
    changed = frozenset(kept.changed_since(connection, mark)) if before and mark != last else frozenset()
    return _Plan(agreement, now, Assessor(agreement, fresh) if fresh else None, Assessor(agreement), changed)


def _assess(
    connection: sa.Connection, ids: Sequence[str], job: _Job, progress: Callable[[int], None]
) -> None:
    """Assesses some incidents under what the plans say of each."""
    plans, work = job.plans, job.work
    for plan in plans:
        kept.drop_incidents(connection, plan.agreement.id, sorted(plan.changed.intersection(ids)))

    def found() -> Iterator[tuple[str, str, str, str, str]]:
        for number, text in kept.states(connection, ids):
            asked = [p.whole if number in p.changed else p.fresh for p in plans]
            if not any(asked):
                continue
            facts = Facts(Incident.model_validate_json(text))
            work.incidents += 1
            progress(1)
            if facts.incident.state == "rejected":
                continue
            for assessor in asked:
                for finding in assessor.findings(facts) if assessor is not None else ():
                    if finding.result != "outside":
                        work.findings += 1
                        yield (
                            finding.agreement, finding.incident, finding.provision, finding.result, finding.model_dump_json()
                        )  # fmt: skip

    kept.enter(connection, found())


def findings(
    connection: sa.Connection, agreement: str, ids: Iterable[str] | None = None, results: Sequence[str] = ()
) -> Iterator[Finding]:
    """The kept findings of an agreement, except those of ``outside``."""
    for text in kept.of_agreement(connection, agreement, ids, results):
        yield Finding.model_validate_json(text)
