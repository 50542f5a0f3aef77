"""Everything that a situation report tells: one period, some agreements, and what was reported that touches them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from trucewatch.agreements.claimed import ClaimedCount
from trucewatch.agreements.model import Agreement
from trucewatch.agreements.state import State, entries, state
from trucewatch.agreements.when import moment
from trucewatch.contact import Contact, Presence, Promise
from trucewatch.finding import Finding
from trucewatch.incident import Incident, IncidentPlace

_HARDLY = 0.02
"""Share inside below which an undetermined finding is not shown unless it is asked for."""


@dataclass(frozen=True, slots=True)
class Source:
    """One report that something rests on."""

    report: str
    """Its digest, as evidence names it."""
    name: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a period from ``since`` to before ``until`` (ISO days) under some agreements.

    ``incidents`` are those of the period that touch a provision, or lie for certain in the zones of one; oldest first.
    ``findings`` are theirs by incident, without those of ``outside``. ``states`` has one state for each agreement.
    Contacts, promises and presences are those that were told of in the period, promises also those that were due in it or
    are still open.
    """

    agreements: list[Agreement]
    since: str
    until: str
    incidents: list[Incident]
    findings: dict[str, list[Finding]]
    states: list[State]
    contacts: list[Contact] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    presences: list[Presence] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    reports: int = 0
    """How many reports of the period were read."""

    def agreement(self, name: str) -> Agreement:
        """The agreement of this id."""
        return next(a for a in self.agreements if a.id == name)


def situation(
    agreements: Sequence[Agreement],
    since: str,
    until: str,
    incidents: Iterable[Incident],
    findings: Iterable[Finding],
    *,
    contacts: Iterable[Contact] = (),
    promises: Iterable[Promise] = (),
    presences: Iterable[Presence] = (),
    claims: Iterable[ClaimedCount] = (),
    sources: Mapping[str, Source] | None = None,
    reports: int = 0,
) -> Situation:
    """Puts a situation together. ``incidents`` and ``findings`` may be of any time: earlier ones are held against.

    Contacts, promises and presences are those of the countries and sides that the agreements know.
    """
    known = {i.id: i for i in incidents}
    of: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.result != "outside":
            of.setdefault(finding.incident, []).append(finding)
    everything = list(claims)
    states = []
    for agreement in agreements:
        counted = entries(agreement, (f for fs in of.values() for f in fs if f.agreement == agreement.id), known)
        states.append(state(agreement, counted, since, until, everything))
    mine = [i for i in known.values() if any(map(_counts, of.get(i.id, ()))) and in_period(i, since, until)]
    mine.sort(key=lambda i: (_start(i) or "", i.id))
    return Situation(
        agreements=list(agreements), since=since, until=until, incidents=mine,
        findings={i.id: of[i.id] for i in mine}, states=states,
        contacts=[c for c in contacts if _told(c.history, since, until) and _concerns(c, agreements)],
        promises=[p for p in promises if _due(p, since, until) and _concerns(p, agreements)],
        presences=[p for p in presences if _told(p.history, since, until) and _concerns(p, agreements)],
        sources=dict(sources or {}), reports=reports,
    )  # fmt: skip


def touches(finding: Finding) -> bool:
    """Whether the incident touches the provision: by something it forbids or demands.

    Where hardly anything of the area in which it may have happened is inside, it is not worth a line: the finding is kept.
    """
    if finding.result == "undetermined" and finding.share_inside is not None and finding.share_inside < _HARDLY:
        return False
    return finding.result not in ("outside", "not_covered") or finding.bearing == "fulfilling"


def _counts(finding: Finding) -> bool:
    return touches(finding) or finding.share_inside == 1.0


def in_period(incident: Incident, since: str, until: str) -> bool:
    """Whether an incident is of the period: by its time, or where that is not told by when it was first reported.

    What is only recalled, without a time of its own, is of no period.
    """
    start, end = _start(incident), incident.time.to if incident.time is not None else None
    if start is None:
        return False
    return start[:10] < until and (start[:10] >= since or (end is not None and moment(end) > moment(since)))


def _start(incident: Incident) -> str | None:
    if incident.time is not None and incident.time.from_:
        return incident.time.from_
    return None if incident.background else incident.first_reported


def _told(history: Iterable[object], since: str, until: str) -> bool:
    days = [str(getattr(line, "said", None) or "")[:10] for line in history]
    return any(since <= day < until for day in days if day)


def _due(promise: Promise, since: str, until: str) -> bool:
    told = [str(line.said or "")[:10] for line in promise.history]
    before = any(day < until for day in told if day)
    if promise.deadline is not None and since <= promise.deadline[:10] <= until:
        return before
    return _told(promise.history, since, until) or (before and promise.state in ("open", "overdue"))


def _concerns(one: Contact | Promise | Presence, agreements: Sequence[Agreement]) -> bool:
    """Whether a party of an agreement takes part, or it is told of a place in a country that its zones lie in."""
    from trucewatch.agreements.matching import any_party

    sides = [*getattr(one, "participants", ())]
    for name in ("by", "to", "whose"):
        value = getattr(one, name, None)
        sides += value if isinstance(value, list) else [value] if value is not None else []
    places: list[IncidentPlace] = [*getattr(one, "places", ())]
    countries = {p.country for p in places if p.country}
    for agreement in agreements:
        parties = [p for p in agreement.parties if p.role in ("party", "guarantor", "addressee", "mediator", "monitor")]
        if any(any_party(side, parties, agreement.countries)[0] for side in sides):
            return True
        if countries & agreement.countries:
            return True
    return False
