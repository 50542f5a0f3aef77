"""Names that are places by themselves: states, provinces, regions, seas, lines; from the knowledge tables, by key."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from trucewatch.knowledge.gazetteer import Country, gazetteer
from trucewatch.knowledge.load import table
from trucewatch.knowledge.place_spelling import key, sound
from trucewatch.record import PlacePrecision

_KINDS: dict[str, tuple[str, PlacePrecision]] = {
    "region": ("region", "region"), "sea": ("sea", "region"), "river": ("river", "region"), "line": ("line", "line"),
    "facility": ("facility", "exact"), "place": ("town", "place"),
}  # fmt: skip
_NEAR = 0.15
"""Degrees within which a town of the tables and one of the gazetteer with the same name are the same."""
_INFLECTED = re.compile(r"^(.{3,}?)(?:er|es|e)$")


@dataclass(frozen=True, slots=True)
class Named:
    """A named place of the tables. ``country`` is an ISO code or None; ``lat``/``lon`` are degrees.

    ``town_too``: alone the name means the town of that name. ``cue_only``: without a place word it means nothing.
    """

    name: str
    kind: str
    precision: PlacePrecision
    country: str | None
    lat: float | None
    lon: float | None
    geonames: int | None = None
    town_too: bool = False
    cue_only: bool = False


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """All named places by key; ``longest`` is the greatest number of tokens that a name takes."""

    by_key: dict[str, tuple[Named, ...]]
    countries: dict[str, Named]
    capitals: dict[str, tuple[str, int | None]]
    """ISO code -> German name and GeoNames id of the capital."""
    capital_keys: dict[str, str]
    """Key of a capital's name -> ISO code."""
    exonyms: dict[str, tuple[str, str]]
    """Key -> key of GeoNames' main name, ISO code."""
    longest: int = 5


@cache
def place_names(language: str) -> PlaceNames:
    """The named places with their names in ``language``."""
    words, regions, states = table(f"places.{language}"), table("regions"), table("states")
    found: dict[str, list[Named]] = {}
    countries: dict[str, Named] = {}
    known = gazetteer().countries
    for iso, country in known.items():
        named = _state(country, states["states"].get(iso))
        countries[iso] = named
        more = [country.english, *states["aliases"].get(iso, []), *regions["state_names"].get(iso, [])]
        more = [name for name in more if name not in regions["not_state_names"]]
        for name in dict.fromkeys([named.name, country.name, *more]):
            _enter(found, name, named)
    ids: dict[str, int] = regions["geonames"]
    for iso, rows in regions["admin1"].items():
        for row in rows:
            _enter_row(found, row, iso, "province", "admin1", ids)
    for group, (kind, precision) in _KINDS.items():
        for block in regions[group]:
            for iso, *row in block["rows"]:
                _enter_row(
                    found, row, iso or None, kind, precision, ids | _town_ids(iso, row) if group == "place" else ids
                )
    capitals = {
        iso: (row[4], known[iso].capital)
        for iso, row in states["states"].items()
        if len(iso) == 2 and iso in known and row[4]
    }
    keys = {key(name): iso for iso, (name, _) in capitals.items()}
    for iso, names in states["capitals"].items():
        keys |= {key(name): iso for name in names if iso in known}
    exonyms = {key(name): (key(main), iso) for name, (main, iso) in words["exonyms"].items()}
    return PlaceNames({k: tuple(v) for k, v in found.items()}, countries, capitals, keys, exonyms)


def _town_ids(iso: str, row: list[Any]) -> dict[str, int]:
    """The GeoNames id of a town of the tables, where the gazetteer has one of its names at its place."""
    name, lat, lon, *others = row
    index = gazetteer()
    keys = [key(form) for form in (name, *others)]
    found = [town for k in keys for town in index.settlements([k])[k]] + index.sounding(sound(name, "de"), [iso])
    near = [t for t in found if t.country == iso and abs(t.lat - lat) < _NEAR and abs(t.lon - lon) < _NEAR]
    return {f"{iso}/{name}": near[0].id} if near else {}


def _state(country: Country, row: list[str] | None) -> Named:
    return Named(
        row[0] if row else country.name, "country", "country", country.iso, country.lat, country.lon, country.id
    )


def _enter_row(
    found: dict[str, list[Named]],
    row: list[Any],
    iso: str | None,
    kind: str,
    precision: PlacePrecision,
    ids: dict[str, int],
) -> None:
    full, lat, lon, *others = row
    name = full.rstrip("*!")
    named = Named(name, kind, precision, iso, lat, lon, ids.get(f"{iso}/{name}"), "*" in full, "!" in full)
    for form in (name, *others):
        _enter(found, form, named)


def _enter(found: dict[str, list[Named]], name: str, named: Named) -> None:
    for form in _forms(name):
        entries = found.setdefault(key(form), [])
        if not any(
            e.name == named.name and e.precision == named.precision and e.country == named.country for e in entries
        ):
            entries.append(named)


def _forms(name: str) -> set[str]:
    """The name with its adjectives in every ending: "Schwarzes Meer", "Schwarzen Meer" …"""
    words = name.split()
    if len(words) < 2 or not any(_INFLECTED.match(w) for w in words[:-1]):
        return {name}
    stems = [m[1] if (m := _INFLECTED.match(w)) and i < len(words) - 1 else None for i, w in enumerate(words)]
    options = [
        [w] if stem is None else [stem + e for e in ("e", "er", "es", "en", "em")]
        for w, stem in zip(words, stems, strict=True)
    ]
    if len(options) > 4:
        return {name}
    return {name, *(" ".join(parts) for parts in itertools.product(*options))}
