"""Incidents in the columns of ACLED, as a start for coders who work in them.

After the ACLED Codebook (Armed Conflict Location & Event Data): event types and sub-event types, time_precision,
geo_precision, inter codes. What cannot be known from the reports stays empty: that is the coder's work. Left out, and
counted, are rejected incidents and those of types or modes without a place in the scheme (VIOLATE, HARM, DAMAGE and
AID, which name no act of violence or disorder; of COERCE sanctions, jamming and what has no mode).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from trucewatch.incident import Incident, Party
from trucewatch.knowledge.load import table
from trucewatch.reporting.exports.columns import ACLED
from trucewatch.reporting.exports.deaths import total, written
from trucewatch.reporting.exports.outcome import Outcome, Wish
from trucewatch.reporting.exports.rows import STATES, common, hit, title
from trucewatch.reporting.exports.tables import Cell, joined, write_csv
from trucewatch.reporting.exports.when import Days, days, precision_code
from trucewatch.reporting.exports.where import Country, country_of, main_place, point_of, regions
from trucewatch.reporting.words import Language

Kind = tuple[str, str, str]
"""Disorder type, event type, sub-event type; empty where the reports cannot tell."""


def write(incidents: Iterable[Incident], file: TextIO, wish: Wish) -> Outcome:
    """Writes the table, one row an incident, as they come."""
    outcome = Outcome()
    write_csv(file, ACLED, _rows(incidents, outcome, wish.language), wish.hxl)
    return outcome


def _rows(incidents: Iterable[Incident], outcome: Outcome, language: Language) -> Iterator[dict[str, Cell]]:
    for incident in incidents:
        kind = kind_of(incident)
        if incident.state == "rejected":
            outcome.left_out["rejected"] += 1
        elif kind is None:
            outcome.left_out["no_place_in_scheme"] += 1
        else:
            outcome.written += 1
            yield row(incident, kind, language)


def kind_of(incident: Incident) -> Kind | None:
    """ACLED's disorder, event and sub-event type; ``None`` where the incident has no place in the scheme.

    The table is ``[acled.types]`` in knowledge/exports.toml; four things are decided here: battle or attack on
    civilians by who was hit, a clash with people who are no fighters (left open), whose side took ground, and whether
    the abducted were civilians.
    """
    scheme = table("exports")["acled"]
    modes: dict[str, list[str]] = scheme["types"].get(incident.type, {})
    entry = modes.get(incident.mode or "*", modes.get("*"))
    if entry is None:
        return None
    disorder, event, sub = entry
    if incident.type == "ASSAULT":
        victims = scheme["hit"].get(hit(incident) or "", {})
        if incident.mode in victims.get("modes", ()):
            disorder, event, sub = victims["type"]
        if incident.mode == "clash" and not _fighters_only(incident):
            event = sub = ""
    elif (incident.type, incident.mode) == ("ADVANCE", "seize"):
        sub = _taken(incident, scheme["takes"])
    elif (incident.type, incident.mode) == ("COERCE", "abduct") and hit(incident) != "civilians":
        event = sub = ""  # ACLED's abductions are of civilians
    return disorder, event, sub


def row(incident: Incident, kind: Kind, language: Language) -> dict[str, Cell]:
    """The cells of one incident, by column name."""
    place, country = main_place(incident.places), country_of(incident.places)
    # A country's middle would look like a place: ACLED has no code for "somewhere in the country".
    point = point_of(place) if place is not None and place.precision != "country" else None
    span = days(incident.time)
    precision = _time_precision(incident, span)
    deaths = total(incident.losses)
    first, second = (_inter(parties, country) for parties in (incident.actors, incident.targets))
    return {
        "event_id_cnty": incident.id,
        "event_date": None if precision is None else span.first if precision == 1 else span.middle,
        "year": span.year,
        "time_precision": precision,
        "disorder_type": kind[0],
        "event_type": kind[1],
        "sub_event_type": kind[2],
        "actor1": incident.actors[0].name if incident.actors else None,
        "assoc_actor_1": _associated(incident.actors),
        "inter1": first,
        "actor2": incident.targets[0].name if incident.targets else None,
        "assoc_actor_2": _associated(incident.targets),
        "inter2": second,
        "interaction": _interaction(incident, kind[0], first, second),
        "civilian_targeting": (
            "Civilian targeting" if kind[0] == "Political violence" and hit(incident) == "civilians" else None
        ),
        "iso": country.numeric if country else None,
        "region": regions("acled").get(country.iso) if country else None,
        "country": country.name if country else None,
        "admin1": place.name if place and place.precision == "admin1" else None,
        "admin2": place.name if place and place.precision == "admin2" else None,
        "admin3": None,
        "location": place.name if place else None,
        "latitude": point.lat if point else None,
        "longitude": point.lon if point else None,
        "geo_precision": table("exports")["acled"]["geo_precision"].get(place.precision) if place else None,
        "source": joined(member.publisher for member in incident.members),
        "source_scale": None,
        "notes": title(incident, language),
        "fatalities": deaths.low if deaths else None,
        "fatalities_low": deaths.low if deaths else None,
        "fatalities_high": deaths.high if deaths else None,
        "fatalities_words": written(incident.losses),
        "date_from": span.first,
        "date_to": span.last,
        **common(incident, language),
    }


def _time_precision(incident: Incident, span: Days) -> int | None:
    """1 to 3, by the stated precision and by the length: a night of two dates is still one day's event."""
    length = None
    if span.hours is not None:
        length = 1 if span.hours <= 24 else 2 if span.hours <= 7 * 24 else 3 if span.hours <= 31 * 24 else None
    codes = table("exports")["acled"]["time_precision"]
    return precision_code(incident.time.precision if incident.time else None, length, codes)


def _fighters_only(incident: Incident) -> bool:
    """Whether nobody who is no fighter is among the parties; unnamed parties are no objection to a clash."""
    return all(party.kind in STATES or party.kind == "armed_group" for party in incident.actors + incident.targets)


def _taken(incident: Incident, names: dict[str, str]) -> str:
    """Who took the ground: the state that it belongs to, or another; empty where one of the two is not known."""
    country = country_of(incident.places)
    kinds = {party.kind for party in incident.actors}
    if kinds == {"armed_group"}:
        return names["other"]
    if not kinds or not kinds <= STATES or country is None or not all(party.country for party in incident.actors):
        return ""
    return names["own" if any(party.country == country.iso for party in incident.actors) else "other"]


def _inter(parties: list[Party], country: Country | None) -> str | None:
    """ACLED's kind of the first party. Rebel, militia, rioter or protester cannot be told from our kinds."""
    if not parties:
        return None
    names: dict[str, Any] = table("exports")["acled"]["inter"]
    party = parties[0]
    if party.kind == "civilians":
        return str(names["civilians"])
    if party.kind in STATES and party.country and country is not None:
        return str(names["own_state" if party.country.upper() == country.iso else "other_state"])
    return None


def _interaction(incident: Incident, disorder: str, first: str | None, second: str | None) -> str | None:
    """Both kinds in ACLED's order, whichever of them acted, such as "State forces-Civilians".

    "State forces only" is for acts that need no second side; of violence whose victim is not told it would be a claim.
    """
    if first and second:
        order = table("exports")["acled"]["inter"]["order"]
        return "-".join(sorted((first, second), key=order.index))
    if first and not incident.targets and disorder != "Political violence":
        return f"{first} only"
    return None


def _associated(parties: list[Party]) -> str:
    """All parties but the first, and the sides that any of them acts for."""
    others = [party.name for party in parties[1:]] + [party.acts_for for party in parties if party.acts_for]
    return joined(name for name in others if name != parties[0].name)
