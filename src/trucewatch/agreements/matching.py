"""Whether a reported side is a party of an agreement, and a reported act one that a provision means: yes, no, or untold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trucewatch.agreements.model import Act
from trucewatch.agreements.model import Party as Named
from trucewatch.incident import Incident, Party
from trucewatch.linking.knowledge import families

_ARMED = frozenset(("armed_group", "group", "organisation"))
_BARE = frozenset(("HARM", "DAMAGE"))
"""Dead or destroyed things with no act told: what did it may be any use of force."""


def is_party(side: Party, party: Named, countries: frozenset[str]) -> bool | None:
    """Whether a side of an incident in these ``countries`` is this party; ``None`` where it cannot be told.

    A state's government, forces and officials are the state. An armed group without a name may be any group that the
    agreement knows in that country.
    """
    key = side.side or _key(side)
    if key.startswith("S:"):
        return key[2:] in party.states
    if side.kind in party.kinds:
        return True
    names = {side.name, side.acts_for, side.entity, key[2:]}
    if key.startswith("G:") and names & set(party.groups):
        return True
    if key.startswith("O:") and (names & set(party.organisations) or key in _families(party.organisations)):
        return True
    if key.startswith("G:") and side.unnamed and party.unnamed_in:
        if not countries or countries & set(party.unnamed_in):
            return True if party.unnamed_certain and countries else None
        return False
    if key.startswith("?:"):
        return None
    return False


def _families(names: Iterable[str]) -> set[str]:
    """The sources that bodies belong to: UNIFIL is of the United Nations."""
    return {families().get(n, f"O:{n}") for n in names}


def _key(side: Party) -> str:
    """The side of an incident kept by an older version, from what it has."""
    if side.kind in ("state", "government", "armed_forces", "person") and side.country:
        return f"S:{side.country}"
    kinds = {"armed_group": "G", "organisation": "O", "media": "M", "civilians": "C", "group": "P"}
    return f"{kinds.get(side.kind, '?')}:{side.name}"


def any_party(side: Party, parties: Sequence[Named], countries: frozenset[str]) -> tuple[bool | None, str | None]:
    """Whether a side is one of these parties, and the id of the one that it is (or may be)."""
    maybe: str | None = None
    for party in parties:
        found = is_party(side, party, countries)
        if found:
            return True, party.id
        if found is None and maybe is None:
            maybe = party.id
    return (None, maybe) if maybe is not None else (False, None)


def is_act(incident: Incident, acts: Sequence[Act]) -> bool | None:
    """Whether what happened is one of these acts; ``None`` where the reports do not tell how it was done."""
    untold = False
    for act in acts:
        if act.type == incident.type:
            if not act.modes or incident.mode in act.modes:
                return True
            untold = untold or incident.mode is None
        elif act.type == "ASSAULT" and incident.type in _BARE:
            untold = True
    return None if untold else False


def is_breach(incident: Incident) -> bool:
    """Whether the incident is one that somebody calls a breach, with no word of how: he says that it is covered."""
    return incident.type == "VIOLATE"


def countries_of(incident: Incident) -> frozenset[str]:
    """ISO codes of the countries that the incident's places lie in, or that its reports tell of."""
    return frozenset(p.country for p in incident.places if p.country) or frozenset(incident.countries)
