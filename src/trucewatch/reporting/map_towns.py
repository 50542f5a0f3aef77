"""The large towns and the states on a map, by name: so that a reader knows where it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from trucewatch.knowledge.gazetteer import gazetteer
from trucewatch.knowledge.load import table
from trucewatch.knowledge.place_spelling import key
from trucewatch.reporting.map_frame import Frame
from trucewatch.reporting.words import Language

_LEAST = 5_000
"""Inhabitants below which a place orients nobody."""


@dataclass(frozen=True, slots=True)
class Town:
    """A town's name in the language of the map, where it is known in it; degrees, WGS 84."""

    name: str
    lat: float
    lon: float
    population: int


def towns_in(frame: Frame, countries: Iterable[str], language: Language) -> list[Town]:
    """The towns of these countries inside the frame, largest first."""
    found = []
    for iso in countries:
        for town in gazetteer().towns(iso):
            lon = (town.lon - frame.middle + 180.0) % 360.0 - 180.0 + frame.middle
            if town.population >= _LEAST and frame.south < town.lat < frame.north and frame.west < lon < frame.east:
                name = _german().get((key(town.name), iso), town.name) if language == "de" else town.name
                found.append(Town(name, town.lat, town.lon, town.population))
    return sorted(found, key=lambda t: (-t.population, t.name))


def state_name(iso: str, language: Language) -> str:
    """A state's name in this language."""
    country = gazetteer().countries.get(iso)
    if country is None:
        return iso
    return country.name if language == "de" else country.english


@cache
def _german() -> dict[tuple[str, str], str]:
    """GeoNames' name (as a key) and country -> the first German name of the town."""
    found: dict[tuple[str, str], str] = {}
    for name, (main, iso) in table("places.de")["exonyms"].items():
        found.setdefault((key(main), iso), name)
    # A star marks a province named after its chief town.
    chief = [
        (row[0].rstrip("*!"), iso) for iso, rows in table("regions")["admin1"].items() for row in rows if "*" in row[0]
    ]
    chief += [(row[4], iso) for iso, row in table("states")["states"].items() if len(iso) == 2 and row[4]]
    for name, iso in chief:
        towns = [t for t in gazetteer().settlements([key(name)])[key(name)] if t.country == iso]
        if towns:
            found.setdefault((key(towns[0].name), iso), name)
    return found
