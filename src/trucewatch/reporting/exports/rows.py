"""What the tables share: the cells that say how well an incident stands and where its words are."""

from __future__ import annotations

from trucewatch.incident import Incident, Member, Party
from trucewatch.reporting.exports.deaths import in_words
from trucewatch.reporting.exports.tables import Cell, joined
from trucewatch.reporting.words import Language

ARMED = frozenset({"armed_forces", "armed_group", "state", "government"})
"""Kinds of parties that use armed force; a state or its government stands for its forces."""
STATES = frozenset({"armed_forces", "state", "government"})


def common(incident: Incident, language: Language) -> dict[str, Cell]:
    """The cells of the columns that stand at the end of every event table."""
    blame = incident.responsibility
    return {
        "grade": incident.grade,
        "responsibility_grade": blame.grade,
        "accused": joined(blame.accused),
        "accused_by": joined(blame.by),
        "denied_by": joined(blame.denied_by),
        "admitted_by": joined(blame.admitted_by),
        "incident_type": incident.type,
        "incident_mode": incident.mode,
        "places": joined(place.name for place in incident.places),
        "losses": joined(in_words(incident.losses, language)),
        "independent_origins": incident.origins.independent,
        "unreviewed_origins": incident.origins.unreviewed,
        "reports": len({member.report for member in incident.members}),
        "background": incident.background,
        "why": incident.why.de if language == "de" else incident.why.en,
        "evidence": _evidence(incident.members),
        "members": joined(f"{member.report}#{member.event}" for member in incident.members),
    }


def title(incident: Incident, language: Language) -> str:
    """The incident's title in one of the two languages."""
    return incident.title.de if language == "de" else incident.title.en


def hit(incident: Incident) -> str | None:
    """Whether only ``civilians`` or only ``combatants`` were hit; ``None`` where both were or it is not known.

    Targets say it; where there are none, the losses do, if each says which it is.
    """
    found: set[str | None]
    if incident.targets:
        found = {_of_kind(target) for target in incident.targets}
    else:
        found = {loss.kind for loss in incident.losses}
    return found.pop() if len(found) == 1 else None


def _of_kind(party: Party) -> str | None:
    return "civilians" if party.kind == "civilians" else "combatants" if party.kind in ARMED else None


def _evidence(members: list[Member]) -> str:
    """The words of the first member that asserts it with quoted words, else of the first with words at all."""
    quoted = [member for member in members if member.quote]
    asserting = [member for member in quoted if member.stance == "asserts"]
    return next((member.quote for member in asserting or quoted), "")
