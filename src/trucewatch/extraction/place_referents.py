"""What a place mention refers to: one value per referent, equal for equal referents."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.extraction.place_candidates import Base
from trucewatch.extraction.place_names import Named
from trucewatch.knowledge.gazetteer import Settlement
from trucewatch.knowledge.place_spelling import key
from trucewatch.record import PlacePrecision

_BY_CUE: dict[str, tuple[str, PlacePrecision]] = {
    "admin1": ("province", "admin1"), "territory": ("region", "region"), "admin2": ("district", "admin2"),
    "place": ("town", "place"), "quarter": ("quarter", "place"), "facility": ("facility", "exact"),
    "island": ("island", "region"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Referent:
    """A place in the world, or the name of one that nothing is known of. ``ident`` decides what is the same place."""

    ident: tuple[str, ...]
    name: str
    kind: str
    precision: PlacePrecision
    country: str | None = None
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None


def of_named(named: Named) -> Referent:
    """The referent of a place from the tables."""
    ident: tuple[str, ...] = ("named", named.country or "", named.name, named.precision)
    if named.precision == "place" and named.geonames:
        ident = ("town", str(named.geonames))
    return Referent(ident, named.name, named.kind, named.precision, named.country, named.geonames, named.lat, named.lon)


def of_base(base: Base) -> Referent:
    """The referent of a bare name with its cue."""
    chosen = base.chosen
    if isinstance(chosen, Named):
        return of_named(chosen)
    kind, precision = _BY_CUE.get(base.cue or "place", ("town", "place"))
    if isinstance(chosen, Settlement):
        if precision == "place":
            ident: tuple[str, ...] = ("town", str(chosen.id))
            return Referent(ident, base.form, kind, precision, chosen.country, chosen.id, chosen.lat, chosen.lon)
        ident = (kind, chosen.country, key(base.form))
        return Referent(ident, base.form, kind, precision, chosen.country, None, chosen.lat, chosen.lon)
    return Referent(("unknown", kind, key(base.form)), base.form, kind, precision, base.hint)


def of_town(town: Settlement, form: str) -> Referent:
    """The referent of a town that the text calls ``form``."""
    return Referent(("town", str(town.id)), form, "town", "place", town.country, town.id, town.lat, town.lon)


def part_of(whole: Referent, direction: str, name: str) -> Referent:
    """A part of an area by compass ("Nordsyrien", "im Norden Syriens")."""
    precision: PlacePrecision = "place" if whole.precision == "place" else "region"
    ident = ("part", direction, *whole.ident)
    return Referent(ident, name, "region", precision, whole.country, None, whole.lat, whole.lon)


def near(place: Referent, relation: str, name: str) -> Referent:
    """Somewhere off a place ("südlich von Aleppo"): its coordinates stand for it."""
    precision: PlacePrecision = "place" if place.precision in ("place", "exact") else "region"
    return Referent(
        ("near", relation, *place.ident), name, "area", precision, place.country, None, place.lat, place.lon
    )
