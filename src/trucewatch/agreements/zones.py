"""Zones as areas, and whether a place lies in them: yes, no, or possibly with a share.

An area is drawn three times: as it is told (``nominal``), less its accuracy (``inner``) and with it (``outer``). What lies
wholly in the inner one is inside, what does not touch the outer one is not; anything between cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from trucewatch.agreements.errors import AgreementError
from trucewatch.agreements.extents import extent
from trucewatch.agreements.model import Agreement, Unit, Zone
from trucewatch.agreements.named_areas import area_named
from trucewatch.agreements.plane import Plane
from trucewatch.agreements.provinces import areas_of
from trucewatch.incident import IncidentPlace
from trucewatch.knowledge.longitudes import turned
from trucewatch.knowledge.register import register
from trucewatch.knowledge.shapes import outlines

_Shapes = tuple[BaseGeometry, BaseGeometry, BaseGeometry, BaseGeometry]
"""(nominal, inner, outer, home) of a zone: see ``Area``."""
_NEVER_ALL = 0.99
"""A share that is not wholly inside is never given as 1."""
_EMPTY = Polygon()


@dataclass(frozen=True, slots=True)
class Within:
    """Whether a place lies in an area: ``holds`` yes, no or cannot be told; ``share`` of where it may lie that is inside."""

    holds: bool | None
    share: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """One or more zones as shapes in the kilometres of ``plane``."""

    plane: Plane
    nominal: BaseGeometry
    inner: BaseGeometry
    outer: BaseGeometry
    home: BaseGeometry
    """``inner`` for what is told to be in one of its countries: their border is no edge then."""
    units: tuple[Unit, ...]
    """Named units that belong to it wholly."""
    countries: frozenset[str] = frozenset()
    """The only countries that it lies in; empty where that is not told."""
    known: dict[tuple[Any, ...], Within] = field(default_factory=dict)

    def degrees(self) -> BaseGeometry:
        """The shape as told, in degrees: for maps."""
        return self.plane.to_degrees(self.nominal)

    def holds(self, places: Sequence[IncidentPlace]) -> Within:
        """Whether something that happened at these places (the most precise ones) lies in the area.

        Several places that do not agree cannot be told.
        """
        found = [self._one(place) for place in places]
        if not found:
            return Within(None, None)
        shares = [w.share for w in found if w.share is not None]
        share = round(sum(shares) / len(shares), 3) if shares else None
        told = {w.holds for w in found}
        holds = told.pop() if len(told) == 1 else None
        if holds is None and share is not None:
            share = min(share, _NEVER_ALL)
        return Within(holds, share)

    def _one(self, place: IncidentPlace) -> Within:
        key = (place.name, place.country, place.geonames, place.lat, place.lon, place.precision)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._located(place)
        return found

    def _located(self, place: IncidentPlace) -> Within:
        if any(_is(place, unit) for unit in self.units):
            return Within(True, 1.0)
        named = countries_told(place)
        if self.countries and named and not named & self.countries:
            return Within(False, 0.0)
        if named and named <= {unit.country for unit in self.units if unit.name is None}:
            return Within(True, 1.0)
        where = extent(place)
        if where is None:
            return Within(None, None)
        shape = self.plane.to_plane(where.shape)
        if shape.is_empty or shape.area == 0:
            return Within(None, None)
        if not shape.intersects(self.outer):
            return Within(False, 0.0)
        sure = self.home if place.country in self.countries else self.inner
        if sure.covers(shape):
            return Within(True, 1.0)
        share = round(shape.intersection(self.nominal).area / shape.area, 3)
        return Within(None, min(share, _NEVER_ALL))


def countries_told(place: IncidentPlace) -> frozenset[str]:
    """The countries that a place may lie in, where that is told: a border's by its name ("griechisch-türkische Grenze")."""
    if place.precision != "line":
        return frozenset([place.country] if place.country else [])
    words = re.findall(r"\w+", place.name)
    named = {code for word in words if (code := register().adjective(word) or register().adjective(f"{word}e"))}
    return frozenset(named) if len(named) > 1 else frozenset()


def _is(place: IncidentPlace, unit: Unit) -> bool:
    """Whether a place is this unit, or lies in the country that it is."""
    if unit.name is None:
        return place.country == unit.country and place.precision != "line"
    if place.country != unit.country:
        return False
    if unit.geonames is not None and place.geonames is not None:
        return unit.geonames == place.geonames
    names = {n.casefold() for n in (unit.name, *unit.also)}
    return place.name.casefold() in names and place.precision in ("admin1", "admin2", "region")


def area_of(agreement: Agreement, *zones: str) -> Area:
    """The area of these zones together; raises ``AgreementError`` where a zone has none.

    The same zones of the same agreement are drawn once.
    """
    known = {z.id: z for z in agreement.zones}
    parts = tuple(_key(known, name) for name in zones)
    return _drawn(parts)


def _key(known: dict[str, Zone], name: str) -> tuple[Zone, ...]:
    """A zone and all zones that it is cut to or from, itself first: what its shape hangs on."""
    found: dict[str, Zone] = {}
    todo = [name]
    while todo:
        one = todo.pop(0)
        if one not in found:
            found[one] = known[one]
            todo += [*([known[one].within] if known[one].within else []), *known[one].minus]  # type: ignore[list-item]
    return tuple(found.values())


class _ByContent:
    """Zones as a key: equal if they say the same, whatever agreement they stand in."""

    __slots__ = ("parts", "text")

    def __init__(self, parts: tuple[tuple[Zone, ...], ...]) -> None:
        self.parts = parts
        self.text = "\n".join(z.model_dump_json() for part in parts for z in (*part,)) + str([len(p) for p in parts])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByContent) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


def _drawn(parts: tuple[tuple[Zone, ...], ...]) -> Area:
    return _draw(_ByContent(parts))


@cache
def _draw(content: _ByContent) -> Area:
    plane = Plane.around([p for part in content.parts for zone in part for p in _corners(zone)])
    drawn = [_Drawing(plane, {z.id: z for z in part}) for part in content.parts]
    shapes = [d.shapes(part[0].id) for d, part in zip(drawn, content.parts, strict=True)]
    nominal, inner, outer, home = (shapely.union_all([s[n] for s in shapes]) for n in range(4))
    if not nominal.area:
        names = ", ".join(part[0].id for part in content.parts)
        raise AgreementError(f"zone {names} has no area: look at its points, and at within and minus")
    shapely.prepare([nominal, inner, outer, home])
    units = tuple(u for part in content.parts for u in part[0].units if not part[0].within and not part[0].minus)
    told = [_countries(part) for part in content.parts]
    countries = frozenset().union(*told) if all(told) else frozenset()
    return Area(plane, nominal, inner, outer, home, units, countries)


def _countries(part: tuple[Zone, ...]) -> frozenset[str]:
    """The only countries that a zone lies in: as it says itself, or what it is cut to, or its units where it is no more."""
    zone = part[0]
    if zone.countries:
        return frozenset(zone.countries)
    whole = next((z for z in part[1:] if z.id == zone.within), None)
    if whole is not None and whole.countries:
        return frozenset(whole.countries)
    drawn = zone.polygons or zone.line or zone.point is not None
    return frozenset(u.country for u in zone.units) if zone.units and not drawn else frozenset()


def _corners(zone: Zone) -> Iterable[tuple[float, float]]:
    """Positions that lie in or around a zone, in degrees."""
    for ring in zone.polygons:
        yield from ring
    yield from zone.line
    if zone.point is not None:
        yield zone.point
    for unit in _drawn_units(zone):
        west, south, east, north = _unit(unit).bounds
        yield from ((west, south), (east, north))


def _drawn_units(zone: Zone) -> list[Unit]:
    return [unit for unit in zone.units if unit.drawn]


_OFFSHORE_KM = 15.0
"""So far a town's disc may reach over the water."""


def _longitude(lon: float) -> float:
    """A longitude from -180 to 180."""
    return lon if -180.0 <= lon <= 180.0 else (lon + 180.0) % 360.0 - 180.0


class _Drawing:
    """Draws zones of one agreement on one plane; each once."""

    def __init__(self, plane: Plane, zones: dict[str, Zone]) -> None:
        self.plane, self.zones = plane, zones
        self.done: dict[str, _Shapes] = {}

    def shapes(self, name: str) -> _Shapes:
        """(nominal, inner, outer, home) of a zone in kilometres."""
        if name not in self.done:
            self.done[name] = self._shapes(self.zones[name])
        return self.done[name]

    def _shapes(self, zone: Zone) -> _Shapes:
        told = [self._ring(ring) for ring in zone.polygons] + [self.plane.to_plane(_unit(u)) for u in _drawn_units(zone)]
        found = [[*told], [*told], [*told]]
        for n, (near, far) in enumerate((_MIDDLE, _LEAST, _MOST)):
            if zone.line:
                found[n].append(self._band(zone, _pick(zone.buffer_km, near, far)))
            if zone.point is not None:
                radius = _pick(zone.radius_km, near, far)
                found[n].append(Point(self.plane.point(*zone.point)).buffer(radius))
        nominal, inner, outer = (shapely.union_all(part) if part else _EMPTY for part in found)
        margin = zone.accuracy_km
        home = inner
        if margin:
            sea, abroad = self._aprons(zone, told)
            home = shapely.union_all([inner, abroad]).buffer(-margin)
            inner, outer = shapely.union_all([inner, sea]).buffer(-margin), outer.buffer(margin)
        if zone.within:
            whole = self.shapes(zone.within)
            if not (zone.polygons or zone.line or zone.point is not None or _drawn_units(zone)):
                nominal, inner, outer, home = whole
            else:
                mine = (nominal, inner, outer, home)
                nominal, inner, outer, home = (a & b for a, b in zip(mine, whole, strict=True))
        for name in zone.minus:
            less = self.shapes(name)
            nominal, inner, outer, home = nominal - less[0], inner - less[2], outer - less[1], home - less[2]
        return nominal, inner, outer, home

    def _aprons(self, zone: Zone, told: Sequence[BaseGeometry]) -> tuple[BaseGeometry, BaseGeometry]:
        """What lies before drawn land and is none of it for sure: the sea, and the land of other countries.

        A coast is a sure edge, however roughly the zone is drawn, and a port's surroundings reach over the water. For what is
        told to be in one of the zone's countries, the border is one too.
        """
        land = shapely.union_all(list(told))
        if land.is_empty:
            return _EMPTY, _EMPTY
        apron = land.buffer(zone.accuracy_km + _OFFSHORE_KM)
        west, south, east, north = self.plane.to_degrees(apron).bounds
        box = (_longitude(west), max(south, -90.0), _longitude(east), min(north, 90.0))
        shores = {code: self._near(shape, (west, south, east, north)) for code, shape in outlines(box).items()}
        sea = apron.difference(shapely.union_all(list(shores.values()))) if shores else _EMPTY
        home = [shape for code, shape in shores.items() if code in zone.countries]
        return sea, apron.difference(shapely.union_all(home)) if home else sea

    def _near(self, shape: BaseGeometry, bounds: tuple[float, float, float, float]) -> BaseGeometry:
        """The part of an outline that lies in some bounds (degrees, perhaps beyond 180), in kilometres."""
        parts = [shapely.clip_by_rect(turned(shape, turn), *bounds) for turn in (-360.0, 0.0, 360.0)]
        return shapely.union_all([self.plane.to_plane(part) for part in parts if not part.is_empty])

    def _ring(self, ring: Sequence[tuple[float, float]]) -> BaseGeometry:
        return _valid(Polygon([self.plane.point(*p) for p in ring]))

    def _band(self, zone: Zone, width: float) -> BaseGeometry:
        line = LineString([self.plane.point(*p) for p in zone.line])
        if zone.side == "both":
            return line.buffer(width)
        return _valid(line.buffer(width if zone.side == "left" else -width, single_sided=True))


def _valid(shape: BaseGeometry) -> BaseGeometry:
    """The areas of a shape that may cross itself."""
    return shape if shape.is_valid else areas_of(shapely.make_valid(shape))


_MIDDLE, _LEAST, _MOST = (0.5, 0.5), (1.0, 0.0), (0.0, 1.0)
"""Weights of the near and the far end of a width that is told as a range."""


def _pick(width: float | tuple[float, float] | None, near: float, far: float) -> float:
    low, high = width if isinstance(width, tuple) else (width or 0.0, width or 0.0)
    return low * near + high * far


def _unit(unit: Unit) -> BaseGeometry:
    """The extent of a named unit in degrees; raises ``AgreementError`` where none is known."""
    where = extent(unit_place(unit))
    if where is None or (unit.name is not None and where.kind == "country"):  # a name that only its country is known for
        raise AgreementError(f"no extent is known for {unit.name or unit.country}: draw polygons instead")
    return where.shape


def unit_place(unit: Unit) -> IncidentPlace:
    """A unit as the place that reports name: with the middle that the regions' table has for it."""
    if unit.name is None:
        return IncidentPlace(name=unit.country, country=unit.country, precision="country")
    known = area_named(unit.country, (unit.name, *unit.also))
    if known is None:
        return IncidentPlace(name=unit.name, country=unit.country, geonames=unit.geonames, precision="admin1")
    name, lat, lon, precision = known
    return IncidentPlace(name=name, country=unit.country, lat=lat, lon=lon, geonames=unit.geonames, precision=precision)
