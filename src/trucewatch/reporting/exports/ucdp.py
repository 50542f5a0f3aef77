"""Incidents in the columns of the UCDP Georeferenced Event Dataset, as a start for coders who work in them.

After the UCDP GED Codebook: an event is the use of armed force by an organised actor with at least one direct death, so
ASSAULT, ADVANCE and VIOLATE with reported deaths are written; the rest is left out and counted (``no_armed_force``,
``no_deaths``, ``rejected``). UCDP's own numbers of conflicts, dyads, actors, countries and grid cells are not invented:
those columns are missing. ``best`` stands only where ``deaths.best`` finds it justified.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from trucewatch.incident import Incident, IncidentPlace, Party
from trucewatch.knowledge.load import table
from trucewatch.reporting.exports.columns import UCDP
from trucewatch.reporting.exports.deaths import Total, best, total, written
from trucewatch.reporting.exports.outcome import Outcome, Wish
from trucewatch.reporting.exports.rows import ARMED, STATES, common, hit, title
from trucewatch.reporting.exports.tables import Cell, joined, write_csv
from trucewatch.reporting.exports.when import Days, days, precision_code
from trucewatch.reporting.exports.where import country_of, main_place, point_of, regions
from trucewatch.reporting.words import Language, local_time, words

ARMED_FORCE = frozenset({"ASSAULT", "ADVANCE", "VIOLATE"})
"""Types that are the use of armed force where people died of it. HARM names no act, PROTEST no organised actor."""


def write(incidents: Iterable[Incident], file: TextIO, wish: Wish) -> Outcome:
    """Writes the table, one row an incident, as they come."""
    outcome = Outcome()
    write_csv(file, UCDP, _rows(incidents, outcome, wish.language), wish.hxl)
    return outcome


def _rows(incidents: Iterable[Incident], outcome: Outcome, language: Language) -> Iterator[dict[str, Cell]]:
    for incident in incidents:
        deaths = total(incident.losses)
        if (reason := left_out(incident, deaths)) is not None:
            outcome.left_out[reason] += 1
        elif deaths is not None:
            outcome.written += 1
            yield row(incident, deaths, language)


def left_out(incident: Incident, deaths: Total | None) -> str | None:
    """Why the incident is no event of UCDP's, or ``None`` where it is one."""
    if incident.state == "rejected":
        return "rejected"
    if incident.type not in ARMED_FORCE:
        return "no_armed_force"
    # An open upper bound may hold deaths ("mehrere" is 3 and more); 0 to 0 and no figure at all do not.
    if deaths is None or deaths.high == 0 or (deaths.low is None and deaths.high is None):
        return "no_deaths"
    return None


def row(incident: Incident, deaths: Total, language: Language) -> dict[str, Cell]:
    """The cells of one incident, by column name."""
    place, country, span = main_place(incident.places), country_of(incident.places), days(incident.time)
    point = point_of(place)
    violence = type_of_violence(incident)
    side_a, side_b = sides(incident, violence)
    name_a, name_b = joined(party.name for party in side_a), joined(party.name for party in side_b)
    if violence == 3:
        name_b = "Civilians"  # UCDP's word for the side that is nobody's
    figure, rule = best(incident, deaths)
    say = words(language)
    return {
        "id": incident.id,
        "relid": joined(incident.merged),
        "year": span.year,
        "type_of_violence": violence,
        "conflict_name": None,
        "dyad_name": f"{name_a} - {name_b}" if violence and name_a and name_b else None,
        "side_a": name_a,
        "side_b": name_b,
        "number_of_sources": incident.origins.independent,
        "source_article": joined(
            ", ".join(part for part in (member.publisher, _day(member.published), member.name) if part)
            for member in incident.members
        ),
        "source_office": joined(member.publisher for member in incident.members),
        "source_date": joined(_day(member.published) for member in incident.members),
        "source_headline": title(incident, language),
        "source_original": joined(member.speaker for member in incident.members),
        "where_prec": _where_prec(place),
        "where_coordinates": place.name if place else None,
        "where_description": joined(f"{p.name} ({say.of('precision', p.precision)})" for p in incident.places),
        "adm_1": place.name if place and place.precision == "admin1" else None,
        "adm_2": place.name if place and place.precision == "admin2" else None,
        "latitude": point.lat if point else None,
        "longitude": point.lon if point else None,
        "geom_wkt": f"POINT ({point.lon!r} {point.lat!r})" if point else None,
        "country": country.name if country else None,
        "region": regions("ucdp").get(country.iso) if country else None,
        "date_prec": _date_prec(incident, span),
        "date_start": span.first,
        "date_end": span.last,
        **_breakdown(incident, figure, side_a, side_b),
        "best": figure,
        "high": deaths.high,
        "low": deaths.low,
        "deaths_words": written(incident.losses),
        "best_rule": rule,
        **common(incident, language),
    }


def type_of_violence(incident: Incident) -> int | None:
    """1 state-based, 2 non-state, 3 one-sided; ``None`` where a side is not known to be armed or not."""
    attackers = {party.kind for party in incident.actors}
    if not attackers or not attackers <= ARMED:
        return None
    if hit(incident) == "civilians":
        return 3
    if hit(incident) != "combatants" or not incident.targets:
        return None
    return 1 if any(party.kind in STATES for party in incident.actors + incident.targets) else 2


def sides(incident: Incident, violence: int | None) -> tuple[list[Party], list[Party]]:
    """Side a and side b: the state is side a where only the attacked side is one, else the attackers are."""
    a, b = incident.actors, incident.targets
    if violence == 1 and not any(party.kind in STATES for party in a):
        return b, a
    return a, b


def _breakdown(incident: Incident, figure: int | None, a: list[Party], b: list[Party]) -> dict[str, Cell]:
    """Whose the deaths of ``best`` are; they add up to it. Empty without best: parts of a range are no parts."""
    names = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    if figure is None:
        return dict.fromkeys(names)
    counts = dict.fromkeys(names, 0)
    for loss in incident.losses:
        if loss.harm != "killed" or loss.part_of_total or not loss.low:
            continue
        if loss.kind == "civilians":
            counts["deaths_civilians"] += loss.low
        elif loss.who and _among(loss.who, a) != _among(loss.who, b):
            counts["deaths_a" if _among(loss.who, a) else "deaths_b"] += loss.low
        else:
            counts["deaths_unknown"] += loss.low
    return dict(counts)


def _among(who: str, side: list[Party]) -> bool:
    """Whether the group that died is a fighting party of this side, by its name."""
    return any(party.kind in ARMED and who.casefold() == party.name.casefold() for party in side)


def _where_prec(place: IncidentPlace | None) -> int | None:
    if place is None:
        return None
    if place.kind == "sea" and not place.country:
        return 7
    code: int | None = table("exports")["ucdp"]["where_prec"].get(place.precision)
    return code


def _date_prec(incident: Incident, span: Days) -> int | None:
    """1 to 5, by the stated precision and by the number of days that the span touches."""
    length = None
    if (count := span.count) is not None:
        bounds = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))
        length = next((code for longest, code in bounds if count <= longest), None)
    codes = table("exports")["ucdp"]["date_prec"]
    return precision_code(incident.time.precision if incident.time else None, length, codes)


def _day(published: str | None) -> str | None:
    day = local_time(published)
    return day.date().isoformat() if day else None
