"""Where an incident may lie that is known only as precisely as its place: a disc, a province, a country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import shapely

from trucewatch.agreements.discs import disc
from trucewatch.agreements.named_areas import area_at, listed_provinces, listed_radius, provinces_of
from trucewatch.agreements.provinces import areas_of, province
from trucewatch.incident import IncidentPlace
from trucewatch.knowledge.gazetteer import gazetteer
from trucewatch.knowledge.load import table
from trucewatch.knowledge.longitudes import framed, middle_of
from trucewatch.knowledge.place_spelling import key
from trucewatch.knowledge.shapes import outline
from trucewatch.record import PlacePrecision

_EXACT_KM = 1.0
_TOWN_KM = ((3_000_000, 15.0), (500_000, 8.0), (100_000, 5.0))
"""Inhabitants from which a town reaches so far from its middle; all others ``_VILLAGE_KM``."""
_VILLAGE_KM = 3.0
_OFF_TOWN_KM = 15.0
"""Somewhere off a town ("südlich von Aleppo")."""
_AREA_KM: dict[PlacePrecision, float] = {"admin2": 20.0, "admin1": 60.0, "region": 100.0, "line": 50.0}
_CONTINENTAL_KM = 500.0
"""A region that belongs to no one state is a large one ("Sahel")."""
_UNDRAWN_KM = 30.0
"""States too small for an outline in the shipped shapes."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where an incident may lie.

    ``shape`` is in degrees (longitude, latitude; WGS 84), in two parts where it crosses the 180th meridian.
    ``radius_km`` is set for discs. ``rough`` says that the borders are an estimate: what lies near them is uncertain.
    """

    shape: Any
    kind: Literal["disc", "province", "country"]
    radius_km: float | None = None
    rough: bool = False


def extent(place: IncidentPlace) -> Extent | None:
    """The area that a place may mean, no smaller than what the sources say; ``None`` where nothing is known of it.

    The same place gives the same object; the shape is shared: callers must not change it.

    >>> saraqib = IncidentPlace(name="Sarakib", country="SY", lat=35.86, lon=36.81, precision="place")
    >>> extent(saraqib).radius_km
    3.0
    """
    return _extent(place.precision, place.kind, place.name, place.country, place.lat, place.lon, place.geonames)


@cache
def _extent(
    precision: PlacePrecision,
    kind: str | None,
    name: str,
    country: str | None,
    lat: float | None,
    lon: float | None,
    number: int | None,
) -> Extent | None:
    if precision == "country":
        return _country(country, lat, lon)
    if precision == "admin1" and country:
        if found := _provinces(country, provinces_of(country, name, lat, lon)):
            return found
    if lat is None or lon is None:
        whole = _country(country, None, None)
        return whole and Extent(whole.shape, whole.kind, whole.radius_km, rough=True)
    if precision == "exact":
        return _disc(lat, lon, _EXACT_KM)
    if precision == "place":
        off = kind == "area"
        return _disc(lat, lon, _OFF_TOWN_KM if off else _town_km(number), rough=off)
    return _named_area(precision, kind, name, country, lat, lon)


def _named_area(
    precision: PlacePrecision, kind: str | None, name: str, country: str | None, lat: float, lon: float
) -> Extent:
    """A region, a line, a district, or a part of one: it carries the middle of the whole."""
    area = area_at(country, lat, lon)
    if area is None:
        state = gazetteer().countries.get(country or "")
        if state is not None and (state.lat, state.lon) == (lat, lon) and (whole := _country(country, lat, lon)):
            return _part(name, whole)  # "Nordsyrien", "syrische Küste", "syrische Grenze"
        default = _AREA_KM[precision]
        return _disc(lat, lon, default if country or precision != "region" else _CONTINENTAL_KM, rough=True)
    if kind != "area" and (radius := listed_radius(area)) is not None:
        return _disc(lat, lon, radius, rough=True)
    if country and kind != "area" and precision != "admin2":
        own = area.split("/")[1]
        found = listed_provinces(area) or (provinces_of(country, own, lat, lon) if _is_province(area) else [])
        if whole := _provinces(country, found):
            return whole if name == own else _part(name, whole)
    return _disc(lat, lon, _AREA_KM[precision] if country else _CONTINENTAL_KM, rough=True)


def _is_province(area: str) -> bool:
    country, name = area.split("/")
    return any(row[0].rstrip("*!") == name for row in table("regions")["admin1"].get(country, []))


def _disc(lat: float, lon: float, radius_km: float, rough: bool = False) -> Extent:
    return Extent(disc(lat, lon, radius_km), "disc", radius_km, rough)


def _town_km(number: int | None) -> float:
    town = gazetteer().by_id(number) if number is not None else None
    people = town.population if town is not None else 0
    return next((km for least, km in _TOWN_KM if people >= least), _VILLAGE_KM)


def _provinces(country: str, codes: list[str]) -> Extent | None:
    shapes = [shape for code in codes if (shape := province(country, code)) is not None]
    return Extent(shapely.union_all(shapes), "province", rough=True) if shapes else None


def _country(country: str | None, lat: float | None, lon: float | None) -> Extent | None:
    shape = outline(country) if country else None
    if shape is not None:
        return Extent(shape, "country")
    state = gazetteer().countries.get(country or "")
    if lat is None or lon is None:
        lat, lon = (state.lat, state.lon) if state is not None else (None, None)
    return None if lat is None or lon is None else _disc(lat, lon, _UNDRAWN_KM, rough=True)


def _part(name: str, whole: Extent) -> Extent:
    """The half or quarter of an area that its name's beginning points to ("Ostukraine"); the whole for any other name."""
    words = key(name)
    side = next((p for p in table("places.de")["compass"]["prefixes"] if words.startswith(key(p))), None)
    if side is None:
        return Extent(whole.shape, whole.kind, whole.radius_km, rough=True)
    middle = middle_of(shapely.get_coordinates(whole.shape)[:, 0])
    shape = framed(whole.shape, middle)
    west, south, east, north = shape.bounds
    if side in ("zentral", "mittel"):
        third = ((east - west) / 5, (north - south) / 5)
        west, south, east, north = west + third[0], south + third[1], east - third[0], north - third[1]
    across, up = (west + east) / 2, (south + north) / 2
    west, east = (across if side.endswith("ost") else west), (across if side.endswith("west") else east)
    south, north = (up if side.startswith("nord") else south), (up if side.startswith("süd") else north)
    cut = framed(areas_of(shapely.intersection(shape, shapely.box(west, south, east, north))))
    return Extent(whole.shape if cut.is_empty else cut, whole.kind, rough=True)
