"""An incident as a feature on a map: its properties and its point (GeoJSON, GeoPackage)."""

from __future__ import annotations

from collections.abc import Iterable

from trucewatch.incident import Incident
from trucewatch.knowledge.load import table
from trucewatch.reporting.exports.deaths import in_words, total, written
from trucewatch.reporting.exports.rows import title
from trucewatch.reporting.exports.tables import Cell
from trucewatch.reporting.exports.when import days
from trucewatch.reporting.exports.where import POINTS, Point, best_point, country_of, main_place
from trucewatch.reporting.words import Language, words


def properties(incident: Incident, point: Point | None, language: Language) -> dict[str, Cell]:
    """The feature's properties by column name (``columns.LAYER``).

    A point never passes for more than it is: ``point_place`` and ``point_precision`` name the place that it stands for,
    ``point_is`` says in words whether that is the place itself or only the middle of an area.
    """
    place, country, span = main_place(incident.places), country_of(incident.places), days(incident.time)
    killed, wounded = total(incident.losses), total(incident.losses, "wounded")
    time, blame, say = incident.time, incident.responsibility, words(language)
    kind, mode = say.of("type", incident.type), say.mode(incident.type, incident.mode)
    return {
        "id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "type_label": f"{kind}: {mode}" if mode else kind,
        "title": title(incident, language),
        "place": place.name if place else None,
        "place_precision": place.precision if place else None,
        "point_place": point.place.name if point else None,
        "point_precision": point.place.precision if point else None,
        "point_is": meaning(point, language),
        "places": _list(place.name for place in incident.places),
        "country": country.iso if country else None,
        "date_from": span.first,
        "date_to": span.last,
        "time_from": time.from_ if time else None,
        "time_to": time.to if time else None,
        "time_precision": time.precision if time else None,
        "actors": _list(party.name for party in incident.actors),
        "targets": _list(party.name for party in incident.targets),
        "killed_low": killed.low if killed else None,
        "killed_high": killed.high if killed else None,
        "killed_words": written(incident.losses),
        "wounded_low": wounded.low if wounded else None,
        "wounded_high": wounded.high if wounded else None,
        "wounded_words": written(incident.losses, "wounded"),
        "losses": _list(in_words(incident.losses, language)),
        "grade": incident.grade,
        "why": incident.why.de if language == "de" else incident.why.en,
        "responsibility_grade": blame.grade,
        "accused": _list(blame.accused),
        "accused_by": _list(blame.by),
        "denied_by": _list(blame.denied_by),
        "admitted_by": _list(blame.admitted_by),
        "independent_origins": incident.origins.independent,
        "reports": len({member.report for member in incident.members}),
        "background": incident.background,
        "state": incident.state,
    }


def point(incident: Incident) -> Point | None:
    """Where the feature stands; ``None`` where no place of the incident has coordinates."""
    return best_point(incident.places)


def meaning(point: Point | None, language: Language) -> str | None:
    """What the point is, in words.

    >>> from trucewatch.incident import IncidentPlace
    >>> meaning(Point(36.6, 35.9, IncidentPlace(name="Idlib", precision="admin1")), "en")
    'middle of an area, not the place of the event'
    """
    if point is None:
        return None
    name = "point_itself" if point.place.precision in POINTS else "point_middle"
    return str(table("exports")["words"][language][name])


def _list(values: Iterable[str]) -> str | None:
    """Names in one property, each once; unlike in spreadsheets (``tables.joined``) they stay as they are."""
    return "; ".join(dict.fromkeys(values)) or None
