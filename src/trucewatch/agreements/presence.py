"""From entries to presences: posts, units and patrols of one side at one place over all reports."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from trucewatch.agreements.ledger_entry import Entry, party, place
from trucewatch.agreements.ledger_lines import in_order, line
from trucewatch.contact import Presence, PresenceLine, PresenceState
from trucewatch.linking.node import Spot
from trucewatch.linking.places import distance, rank

_SAME_KM = 5.0


def presences(entries: Iterable[Entry]) -> list[Presence]:
    """The presences that the entries tell of, by side and place.

    A post that is told of without a place goes with the side's only place of that form in the same report. The result
    does not depend on the order of the entries.
    """
    given = in_order(entries, "presence")
    placed = [e for e in given if e.spots]
    groups: list[list[Entry]] = []
    for entry in placed:
        group = next((g for g in groups if _same(g[0], entry)), None)
        if group is not None:
            group.append(entry)
        else:
            groups.append([entry])
    for entry in (e for e in given if not e.spots):
        near = [g for g in groups if _alike(g[0], entry) and any(e.sha == entry.sha and e.spots for e in g)]
        bare = next((g for g in groups if _alike(g[0], entry) and not g[0].spots), None)
        if len(near) == 1:
            near[0].append(entry)
        elif bare is not None:
            bare.append(entry)
        else:
            groups.append([entry])
    found = [_presence(sorted(g, key=lambda e: e.told_order)) for g in groups]
    return sorted(
        found, key=lambda p: (p.whose.country or "", p.whose.name, p.form, p.places[0].name if p.places else "", p.id)
    )


def _alike(one: Entry, other: Entry) -> bool:
    return one.form == other.form and one.parties[0].key == other.parties[0].key


def _same(one: Entry, other: Entry) -> bool:
    return _alike(one, other) and any(_one_place(a, b) for a in one.spots for b in other.spots)


def _one_place(one: Spot, other: Spot) -> bool:
    if rank(one) != rank(other):
        return False
    if one.geonames is not None and one.geonames == other.geonames or one.name.casefold() == other.name.casefold():
        return True
    apart = distance(one, other)
    return rank(one) == 0 and apart is not None and apart <= _SAME_KM


def _presence(group: Sequence[Entry]) -> Presence:
    first = min(group, key=lambda e: e.added_order)
    lead = next((e for e in group if e.spots), group[0])
    spots: dict[tuple[int | None, str], Spot] = {}
    for spot in (s for e in group for s in e.spots):
        spots.setdefault((spot.geonames, "" if spot.geonames is not None else spot.name.casefold()), spot)
    low, high = _number(group)
    days = [e.day for e in group if e.day]
    since = [e.start[:10] for e in group if e.start and e.state == "present" and e.type == "PRESENCE" and e.end is None]
    return Presence(
        id="o" + hashlib.sha256(f"{first.sha} {first.trigger[0]} presence".encode()).hexdigest()[:10],
        form=lead.form,  # type: ignore[arg-type]
        whose=party(lead.parties[0]),
        places=[place(s) for s in spots.values()],
        low=low,
        high=high,
        since=min(since, default=None),
        first_reported=min(days, default=None),
        last_reported=max(days, default=None),
        state=_state(group),
        history=[PresenceLine(state=e.state, by=[party(s) for s in e.others], **line(e)) for e in group],  # type: ignore[arg-type]
    )


def _state(group: Sequence[Entry]) -> PresenceState:
    """The last state told. Standing context ("hat dort Posten") does not undo an attack or a siege, only news does not
    undo it either: a post that was attacked stands still; one that was given up is there again where a report says so."""
    state: PresenceState | None = None
    for entry in group:
        told: PresenceState = entry.state  # type: ignore[assignment]
        if told == "present" and (state in ("surrounded", "attacked") or state == "abandoned" and entry.background):
            continue
        if told == "denied" and state is not None:
            continue
        if told == "attacked" and state == "surrounded":
            continue
        state = told
    return state or "present"


def _number(group: Sequence[Entry]) -> tuple[int | None, int | None]:
    """The range over the latest figure of each source."""
    latest: dict[str | None, tuple[int | None, int | None]] = {}
    for entry in group:
        if entry.low is not None or entry.high is not None:
            latest[entry.word_of] = (entry.low, entry.high)
    lows = [low for low, _ in latest.values() if low is not None]
    highs = [high for _, high in latest.values()]
    top = None if not highs or None in highs else max(h for h in highs if h is not None)
    exact = [h for h in highs if h is not None]
    if exact and None in highs:  # "mehrere" beside "zwölf" adds nothing
        exact_lows = [low for low, high in latest.values() if high is not None and low is not None]
        return min(exact_lows, default=None), max(exact)
    return min(lows, default=None), top
