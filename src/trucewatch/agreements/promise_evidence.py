"""What incidents show of a promise or demand: done, done in part, broken, or told of otherwise by another side."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from trucewatch.agreements.ledger_entry import Entry, Told
from trucewatch.agreements.ledger_parties import side_of_party
from trucewatch.agreements.ledger_words import says
from trucewatch.contact import PromiseLine, PromiseState, PromiseTold
from trucewatch.incident import Incident, Member, Party
from trucewatch.linking.node import Spot
from trucewatch.linking.places import distance, rank

_REACH_KM = {0: 30.0, 1: 80.0, 2: 150.0, 3: 450.0, 4: 1500.0}
_HOSTILE = frozenset(("ASSAULT", "ADVANCE", "VIOLATE"))
_TRUCE = frozenset(("ceasefire", "ceasefire_observed"))


@dataclass
class Shown:
    """What the incidents show: a state only where one is evidence for it."""

    state: PromiseState | None = None
    late: bool = False
    lines: list[PromiseLine] = field(default_factory=list)


class Happenings:
    """Incidents that can show something of a promise, by type and by when they began."""

    def __init__(self, incidents: Iterable[Incident]) -> None:
        self._of: dict[str, list[tuple[str, str, Incident]]] = {}
        for incident in incidents:
            begins = _begins(incident)
            if begins is not None and not incident.background and incident.state != "rejected":
                self._of.setdefault(incident.type, []).append((begins, incident.id, incident))
        for found in self._of.values():
            found.sort(key=lambda row: row[:2])

    def after(self, since: str, types: Iterable[str]) -> list[tuple[str, Incident]]:
        """(beginning, incident) of those of these types that began on this day (ISO) or later, oldest first."""
        rows = [row for t in sorted(types) for row in self._of.get(t, ())[bisect_left(self._begun(t), since) :]]
        rows.sort(key=lambda row: row[:2])
        return [(begins, incident) for begins, _, incident in rows]

    def _begun(self, kind: str) -> list[str]:
        return [row[0] for row in self._of.get(kind, ())]


def evidence(group: Sequence[Entry], what: Told, deadline: str | None, incidents: Happenings) -> Shown:
    """What the incidents that come after the promise show of it."""
    since = min((e.day for e in group if e.day), default=None)
    spots = tuple(s for e in group for s in e.spots)
    obliged = _obliged(group, what)
    shown = Shown()
    if since is None or not obliged:
        return shown
    not_to_do = what.negative or what.mode in _TRUCE
    promised = group[0].form == "promise"
    for begins, incident in incidents.after(since, _HOSTILE if not_to_do else {what.type}):
        if spots and not _at(spots, incident):
            continue
        late = deadline is not None and begins >= deadline
        if not_to_do:
            if promised and not late and _is_breach(what, incident):
                _breach(shown, incident, obliged)
        elif incident.type == what.type and (what.mode in (None, incident.mode) or incident.mode is None):
            if _keys(incident.actors) & obliged:
                _done(shown, incident, late, group[0].language)
    return shown


def _obliged(group: Sequence[Entry], what: Told) -> set[str]:
    """The keys of those who are to do it."""
    own = group[0].form == "promise" or what.status == "threatened"
    keys = {s.key for s in what.actors if s.known}
    asked = {s.key for e in group for s in (e.parties if own else e.others)}
    return {k for k in (keys & asked or keys or asked) if not k.startswith(("?", "P:", "C:"))}


def _begins(incident: Incident) -> str | None:
    """The day on which it began, else on which it was first reported."""
    told = incident.time.from_ if incident.time is not None else None
    told = told or incident.first_reported
    return told[:10] if told else None


def _is_breach(what: Told, incident: Incident) -> bool:
    if what.mode in _TRUCE:
        return incident.type in _HOSTILE
    return incident.type == what.type and (what.mode in (None, incident.mode) or incident.mode is None)


def _breach(shown: Shown, incident: Incident, obliged: set[str]) -> None:
    """An act that was not to be done: by those who are named for it; who is only accused is alleged."""
    did = bool(_keys(incident.actors) & obliged)
    if not did and not _accused_keys(incident) & obliged:
        return
    contested = incident.grade == "contested" or bool(incident.responsibility.denied_by)
    shown.lines += _lines(incident, "broken" if did else "alleged")
    if did and not contested:
        shown.state = "broken"
    elif contested and shown.state != "broken":
        shown.state = "contested"


def _done(shown: Shown, incident: Incident, late: bool, language: str) -> None:
    partly = any(says(language, "promise", "partly", m.quote) for m in incident.members)
    contested = incident.grade == "contested" or any(m.stance == "denies" for m in incident.members)
    state: PromiseState = "contested" if contested else "partly" if partly else "met"
    shown.lines += _lines(incident, "partly" if partly else "met")
    if shown.state in (None, "partly") or state == "met" and shown.state == "contested":
        shown.state = state
        shown.late = late


def _lines(incident: Incident, state: PromiseTold) -> list[PromiseLine]:
    """One line for each member, on its own word."""
    return [
        PromiseLine(
            state="denied" if member.stance in ("denies", "denies_responsibility") else state,
            report=member.report, name=member.name, event=member.event, said=member.published, source=_source(member),
            voice=member.voice, via=member.via, quote=member.quote, evidence=member.evidence, incident=incident.id,
        )
        for member in incident.members
    ]  # fmt: skip


def _source(member: Member) -> str | None:
    """Whose word it is; the outlet only for the report's own."""
    return member.speaker or (member.publisher if member.voice == "reporter" else None)


def _keys(parties: Sequence[Party]) -> set[str]:
    return {p.side or side_of_party(p).key for p in parties}


def _accused_keys(incident: Incident) -> set[str]:
    """The sides of those whom others blame."""
    return _keys([charge.party for charge in incident.responsibility.charges])


def _at(spots: Sequence[Spot], incident: Incident) -> bool:
    """Whether the incident lies in or at one of the places; an incident without a place does not."""
    for spot in spots:
        for there in incident.places:
            if (
                spot.geonames is not None and spot.geonames == there.geonames
            ) or spot.name.casefold() == there.name.casefold():
                return True
            other = Spot(
                there.name, there.kind or "", there.country, there.geonames, there.lat, there.lon, there.precision
            )
            if spot.precision == "country" and spot.country is not None and spot.country == there.country:
                return True
            apart = distance(spot, other)
            if apart is not None and apart <= max(
                _REACH_KM[rank(spot)], _REACH_KM[rank(other)] if rank(other) < 4 else 0
            ):
                return True
    return False
