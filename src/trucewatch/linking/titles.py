"""An incident's title in German and English: what, where, with what toll."""

from __future__ import annotations

from typing import Any

from trucewatch.incident import Both, Incident, IncidentLoss
from trucewatch.knowledge.english import english, english_place
from trucewatch.knowledge.load import table
from trucewatch.linking.amounts import amount

_BY_TYPE = frozenset(("VIOLATE", "AID", "DAMAGE"))
"""Types whose modes say too little on their own."""


def title(incident: Incident) -> Both:
    """The title: "Luftangriff: Idlib, 33 bis 34 Tote"."""
    return Both(de=_title(incident, "de"), en=_title(incident, "en"))


def _title(incident: Incident, language: str) -> str:
    labels = table(f"labels.{language}")
    what = labels["mode"].get(incident.type, {}).get(incident.mode or "") or labels["type"][incident.type]
    if incident.type in _BY_TYPE or (incident.type == "HARM" and incident.losses):
        what = labels["type"][incident.type]
    # Where no place is told, whom it met or who did it tells it apart.
    where = _where(incident, language) or _party(incident, language)
    what = f"{what[:1].upper()}{what[1:]}"  # a title begins with a capital, in English as well
    parts = [f"{what}: {where}" if where else what]
    for harm in ("killed", "wounded"):
        toll = [x for x in incident.losses if x.harm == harm and not x.part_of_total and (x.low or x.high)]
        if toll:
            parts.append(_toll(toll, harm, labels))
            break
    return ", ".join(parts)


def _where(incident: Incident, language: str) -> str:
    if not incident.places:
        return ""
    place = incident.places[0]
    return english_place(place.name, place.country, place.geonames) if language == "en" else place.name


def _party(incident: Incident, language: str) -> str:
    party = next(iter((*incident.targets, *incident.actors)), None)
    if party is None:
        return ""
    return english(party.name, party.kind) if language == "en" else party.name


def _toll(losses: list[IncidentLoss], harm: str, labels: dict[str, Any]) -> str:
    low, high = _whole(losses)
    one, many = str(labels["harm"][harm][0]), str(labels["harm"][harm][1])
    if low == high == 1:
        return one
    alike = next((x for x in losses if (x.low or 0, x.high) == (low, high)), None)
    floor = None if low == 0 and high is not None else low
    bound, rough = (alike.bound, alike.approximate) if alike is not None else (None, False)
    return f"{amount(floor, high, rough, bound, labels['number'])} {many}"


def _whole(losses: list[IncidentLoss]) -> tuple[int, int | None]:
    """What several groups make together: those that one report tells of add up, those of different versions do not."""
    parts: list[tuple[set[str], list[IncidentLoss]]] = []
    for loss in losses:
        reports = {f.report for f in loss.history if f.withdrawn is None}
        meets = [p for p in parts if p[0] & reports]
        parts = [p for p in parts if p not in meets]
        joined = [x for p in meets for x in p[1]]
        parts.append((reports.union(*(p[0] for p in meets)), [*joined, loss]))
    lows = [sum(x.low or 0 for x in group) for _, group in parts]
    highs = [sum(x.high or 0 for x in group) if all(x.high is not None for x in group) else None for _, group in parts]
    return min(lows), None if None in highs else max(h for h in highs if h is not None)
