"""Which provinces a named area stands for ("Idlib", "Donbass"), and how far areas reach that are no provinces."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from trucewatch.agreements.provinces import code_at, codes, distance_km
from trucewatch.knowledge.gazetteer import gazetteer
from trucewatch.knowledge.load import table
from trucewatch.knowledge.place_spelling import key
from trucewatch.record import PlacePrecision

_CLOSE_KM = 30.0
"""So far may a province's rough middle lie outside the area that is made of its towns."""
_CLEAR = 0.8
"""The share of the nearest towns that must lie in one province, where no town bears the province's name."""


@cache
def area_at(country: str | None, lat: float, lon: float) -> str | None:
    """The area of ``regions.toml`` whose middle this is, as "ISO/Name"; ``None`` for any other point.

    A part of an area ("Nord-Idlib") carries the middle of the whole: so the whole is found from it.
    """
    return _middles().get((country or "", lat, lon))


def provinces_of(country: str, name: str, lat: float | None, lon: float | None) -> list[str]:
    """The GeoNames admin1 codes of a province, by its name and rough middle in degrees; [] where they do not agree.

    Example: ``provinces_of("SY", "Idlib", 35.8, 36.6) == ["12"]``.
    """
    area = area_at(country, lat, lon) if lat is not None and lon is not None else None
    if area is not None and (known := listed_provinces(area)):
        return known
    if area is not None and listed_radius(area) is not None:
        return []
    names = [name, *_names().get(area or "", [])]
    named = _codes_of_towns(country, names)
    if lat is None or lon is None:
        return named if len(named) == 1 else []
    near = [code for code in named if distance_km(country, code, lat, lon) < _CLOSE_KM]
    around = code_at(country, lat, lon)
    if near:
        return [around[0] if around is not None and around[0] in near else near[0]]
    return [around[0]] if around is not None and around[1] >= _CLEAR else []


def area_named(country: str, names: Iterable[str]) -> tuple[str, float, float, PlacePrecision] | None:
    """(name, latitude, longitude, precision) of the first area of ``regions.toml`` that bears one of the names.

    Example: ``area_named("UA", ["Donbas"])`` is the region by its first name.
    """
    wanted = {name.casefold() for name in names}
    for iso, name, lat, lon, others in _rows():
        if iso == country and wanted & {n.rstrip("*!").casefold() for n in (name, *others)}:
            province = any(row[0].rstrip("*!") == name for row in table("regions")["admin1"].get(iso, ()))
            return name, lat, lon, "admin1" if province else "region"
    return None


def listed_provinces(area: str) -> list[str]:
    """The admin1 codes that ``areas.toml`` gives for an area "ISO/Name", those that towns have; [] if none."""
    country = area.split("/")[0]
    listed = table("areas")["provinces"].get(area, [])
    return [code for code in listed if code in codes(country)] if listed else []


def listed_radius(area: str) -> float | None:
    """How far ``areas.toml`` says that an area "ISO/Name" reaches from its middle, in kilometres."""
    radius = table("areas")["radius_km"].get(area)
    return None if radius is None else float(radius)


def _codes_of_towns(country: str, names: list[str]) -> list[str]:
    """The admin1 codes of the towns of these names, largest town first."""
    found = gazetteer().settlements([key(name) for name in names])
    towns = [town for group in found.values() for town in group if town.country == country and town.grade < 2]
    return list(dict.fromkeys(t.admin1 for t in sorted(towns, key=lambda t: (-t.population, t.id))))


@cache
def _rows() -> list[tuple[str, str, float, float, list[str]]]:
    """(ISO code, name, latitude, longitude, other names) of all areas of ``regions.toml``."""
    regions = table("regions")
    flat = [(iso, row) for iso, rows in regions["admin1"].items() for row in rows]
    for group in ("region", "sea", "river", "line"):
        flat += [(row[0], row[1:]) for block in regions[group] for row in block["rows"]]
    return [(iso, row[0].rstrip("*!"), row[1], row[2], row[3:]) for iso, row in flat]


@cache
def _middles() -> dict[tuple[str, float, float], str]:
    found: dict[tuple[str, float, float], str] = {}
    for iso, name, lat, lon, _ in _rows():
        found.setdefault((iso, lat, lon), f"{iso}/{name}")
    return found


@cache
def _names() -> dict[str, list[str]]:
    return {f"{iso}/{name}": [name, *others] for iso, name, _, _, others in _rows()}
