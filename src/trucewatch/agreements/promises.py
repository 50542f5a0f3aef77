"""From entries to promises and demands: who is to do what until when, and whether incidents show that it was done.

Met or broken only with an incident as evidence; whoever reports or denies it is kept with it. The result does not depend on
the order in which entries and incidents are given.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

from trucewatch.agreements.ledger_entry import Entry, Told, party
from trucewatch.agreements.ledger_lines import happened, in_order, line
from trucewatch.agreements.ledger_parties import one_each
from trucewatch.agreements.promise_evidence import Happenings, evidence
from trucewatch.contact import Promise, PromiseLine, PromiseState
from trucewatch.incident import Incident
from trucewatch.linking.node import Side, Spot
from trucewatch.linking.places import distance, rank

_SAME_DAYS = 60
"""A demand that is repeated within so many days is one."""
_NEAR_KM = 60.0
_SAYS = {"demand": "asks", "threat": "asks", "promise": "promises"}
_TYPES = {"ceasefire": "truce", "ceasefire_observed": "truce"}


def promises(
    entries: Iterable[Entry], incidents: Sequence[Incident] = (), today: dt.date | None = None
) -> list[Promise]:
    """The promises, demands and threats that the entries tell of, by deadline; those without one last.

    ``today`` decides what is overdue; without it the last day on which one of the entries was published.
    """
    given = [e for e in in_order(entries, "promise") if e.what is not None]
    now = today or max((dt.date.fromisoformat(e.day) for e in given if e.day), default=None)
    groups: list[list[Entry]] = []
    fresh: dict[object, list[list[Entry]]] = {}
    """What a repetition may still go with, by who says it: entries come by their days."""
    for entry in given:
        group = None
        for who in _who(entry):
            recent = fresh[who] = [g for g in fresh.get(who, ()) if _days(entry) - _days(g[0]) <= _SAME_DAYS]
            group = group or next((g for g in recent if _same(g, entry)), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(entry)
        for who in _who(entry):
            if not any(g is group for g in fresh.get(who, ())):
                fresh.setdefault(who, []).append(group)
    happened_ = Happenings(incidents)
    found = [_promise(g, happened_, now) for g in groups]
    return sorted(found, key=lambda p: (p.deadline or "9999", p.history[0].said or "", p.id))


def due(found: Iterable[Promise], until: dt.date) -> list[Promise]:
    """Those that fall due up to and with the day ``until`` or are overdue, by deadline."""
    last = (until + dt.timedelta(days=1)).isoformat()
    return [
        p
        for p in sorted(found, key=lambda p: (p.deadline or "9999", p.id))
        if p.state == "overdue" or (p.deadline is not None and p.deadline <= last and p.state in ("open", "partly"))
    ]


def _promise(group: Sequence[Entry], incidents: Happenings, today: dt.date | None) -> Promise:
    first = min(group, key=lambda e: e.added_order)
    lead = _most_told(group)
    assert lead.what is not None and first.what is not None
    until = _deadline(group)
    lines = [PromiseLine(state="withdrawn" if e.state == "withdrawn" else "said", **line(e)) for e in group]
    shown = evidence(group, lead.what, until, incidents)
    lines += shown.lines
    lines.sort(key=lambda x: (x.said or "9999", x.report, x.evidence, x.event))
    withdrawn = group[-1].state == "withdrawn"
    state: PromiseState = shown.state or ("withdrawn" if withdrawn else "open")
    due_act = not lead.what.negative  # what is not to be done does not fall due
    if (
        due_act
        and state in ("open", "partly")
        and until is not None
        and today is not None
        and dt.date.fromisoformat(until) <= today
    ):
        state = "overdue"
    digest = f"{first.sha} {first.trigger[0]} {first.what.event} promise"
    return Promise(
        id="v" + hashlib.sha256(digest.encode()).hexdigest()[:10],
        kind=lead.form,  # type: ignore[arg-type]
        by=[party(s) for s in one_each(s for e in group for s in e.parties)],
        to=[party(s) for s in one_each(s for e in group for s in e.others)],
        what=happened(lead, lead.what),
        deadline=until,
        state=state,
        late=shown.late,
        history=lines,
    )


def _most_told(group: Sequence[Entry]) -> Entry:
    """The entry that says most: with a deadline, a place, those who are to do it; among equals the first told."""

    def told(entry: Entry) -> int:
        assert entry.what is not None
        return bool(entry.end) + bool(entry.spots) + bool(entry.what.actors) + (entry.form == "threat")

    return max(group, key=lambda e: (told(e), -group.index(e)))


def _deadline(group: Sequence[Entry]) -> str | None:
    """The deadline told last."""
    return next((e.end[:10] for e in reversed(group) if e.end), None)


def _same(group: Sequence[Entry], entry: Entry) -> bool:
    return all(_pair(e, entry) for e in group)


def _pair(one: Entry, other: Entry) -> bool:
    """Whether two entries tell of one promise or demand."""
    assert one.what is not None and other.what is not None
    if _SAYS[one.form] != _SAYS[other.form] or _own(one) != _own(other):
        return False
    apart = abs(_days(one) - _days(other))
    taken_back = "withdrawn" in (one.state, other.state)
    if apart > _SAME_DAYS or not _kind_fits(one.what, other.what, taken_back):
        return False
    if not _share(one.parties, other.parties):
        return False
    obliged = one.others or one.what.actors, other.others or other.what.actors
    if not _share(*obliged) and all(obliged):
        return False
    if (
        one.sha == other.sha
        and one.what.event != other.what.event
        and one.what.type == other.what.type
        and not taken_back
    ):
        if one.what.mode == other.what.mode and (one.end or None) != (other.end or None):
            return False
    if one.end and other.end and one.end[:10] != other.end[:10]:
        return apart > 0 and taken_back
    return _places_fit(one.spots, other.spots)


def _who(entry: Entry) -> list[object]:
    """By what the promise or demand that an entry repeats can be found: each of those who say it; nobody, with nobody."""
    return list(dict.fromkeys((_SAYS[entry.form], s.key) for s in entry.parties)) or [(_SAYS[entry.form], None)]


def _own(entry: Entry) -> bool:
    """A threat of one's own act, apart from an ultimatum that demands another's."""
    return entry.form == "threat" and entry.what is not None and entry.what.status == "threatened"


def _kind_fits(one: Told, other: Told, taken_back: bool) -> bool:
    if taken_back and "THREATEN" in (one.type, other.type):
        return True  # "nahm das Ultimatum zurück" does not say again what it asked for
    if one.negative != other.negative:
        return False
    kinds = [_TYPES.get(w.mode or "", w.type) for w in (one, other)]
    if kinds[0] != kinds[1]:
        return False
    return kinds[0] == "truce" or one.mode == other.mode or None in (one.mode, other.mode)


def _share(one: Sequence[Side], other: Sequence[Side]) -> bool:
    return bool({s.key for s in one} & {s.key for s in other})


def _days(entry: Entry) -> int:
    return dt.date.fromisoformat(entry.day).toordinal() if entry.day else 0


def _places_fit(one: Sequence[Spot], other: Sequence[Spot]) -> bool:
    """Whether the places may be one; where one tells none, they may."""
    if not one or not other:
        return True
    for a in one:
        for b in other:
            if (a.geonames is not None and a.geonames == b.geonames) or a.name.casefold() == b.name.casefold():
                return True
            apart = distance(a, b)
            if rank(a) != rank(b) and (apart is None or apart <= 3 * _NEAR_KM):
                return True
    return False
