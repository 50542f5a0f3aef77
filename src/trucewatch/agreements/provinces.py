"""The provinces of a country as areas, made from its towns: nobody ships a free map of all provinces of the world.

Each point of the country belongs to the province of the town nearest to it (a Voronoi tiling). The provinces of a
country therefore cover it and do not overlap; their borders are right to half the distance between its towns.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import shapely

from trucewatch.knowledge.gazetteer import Settlement, gazetteer
from trucewatch.knowledge.longitudes import framed, middle_of
from trucewatch.knowledge.shapes import outline

_NO_PROVINCE = frozenset(("", "00"))
"""GeoNames' codes for towns of which it does not know the province."""
_MOST_TOWNS = 6000
"""Countries with more towns are thinned out evenly: their provinces are large against the distance of towns."""
_FEW, _MANY = 2, 8
"""A piece of so few towns, apart from the rest of a province of so many, is an error."""
_KM_PER_DEGREE = 111.2


@cache
def province(country: str, code: str) -> Any | None:
    """The area of a province in degrees (WGS 84), by ISO alpha-2 code and GeoNames admin1 code; ``None`` if unknown.

    Example: ``province("SY", "12")`` is Idlib.
    """
    cells, middle = _cells(country)
    land = _land(country, middle)
    if code not in cells or land is None:
        return None
    cell = cells[code]
    # Cut to the box first: a large country's coast has many corners, a province touches few of them.
    near = shapely.clip_by_rect(land, *cell.bounds)
    area = framed(areas_of(shapely.intersection(cell, near if near.is_valid else land)))
    return None if area.is_empty else area  # islands that the shipped outlines leave out


def codes(country: str) -> list[str]:
    """The admin1 codes of a country's provinces, sorted."""
    return sorted(_cells(country)[0])


def code_at(country: str, lat: float, lon: float) -> tuple[str, float] | None:
    """The province whose towns are nearest to a point, and how clear that is: the share of the five nearest towns."""
    towns = _towns(country)
    if not towns:
        return None
    points = np.array([(t.lat, t.lon) for t in towns])
    east = (points[:, 1] - lon + 180.0) % 360.0 - 180.0
    apart = (points[:, 0] - lat) ** 2 + (east * math.cos(math.radians(lat))) ** 2
    nearest = [towns[i].admin1 for i in np.argsort(apart, kind="stable")[:5]]
    best = max(dict.fromkeys(nearest), key=nearest.count)
    return best, nearest.count(best) / len(nearest)


def distance_km(country: str, code: str, lat: float, lon: float) -> float:
    """Kilometres from a point to a province, 0 inside; infinite for an unknown one."""
    cells, middle = _cells(country)
    if code not in cells:
        return math.inf
    cell, point = cells[code], framed(shapely.Point(lon, lat), middle)
    stretch = math.cos(math.radians(lat))
    narrow = shapely.transform(cell, lambda p: p * [stretch, 1.0])
    return float(shapely.distance(narrow, shapely.Point(point.x * stretch, point.y)) * _KM_PER_DEGREE)


def areas_of(shape: Any) -> Any:
    """The polygons of a shape, without the lines and points that cutting leaves."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.area > 0])


@cache
def _towns(country: str) -> list[Settlement]:
    return [t for t in gazetteer().towns(country) if t.admin1 not in _NO_PROVINCE]


@cache
def _land(country: str, middle: float) -> Any | None:
    whole = outline(country)
    return None if whole is None else framed(whole, middle)


@cache
def _cells(country: str) -> tuple[dict[str, Any], float]:
    """For each admin1 code all that is nearest to its towns, beyond the coast too, around the country's middle."""
    towns = _towns(country)
    middle = middle_of(t.lon for t in towns)
    land = _land(country, middle)
    if land is None or not towns:
        return {}, middle
    towns = towns[:: -(-len(towns) // _MOST_TOWNS)]
    points = np.array([(t.lon, t.lat) for t in towns])
    points[:, 0] = (points[:, 0] - middle + 180.0) % 360.0 - 180.0 + middle
    # Degrees of longitude are shorter than those of latitude: "nearest" is meant in kilometres.
    stretch = math.cos(math.radians(float(np.median(points[:, 1]))))
    points, first = np.unique(points * [stretch, 1.0], axis=0, return_index=True)
    named = np.array([towns[i].admin1 for i in first])
    west, south, east, north = land.bounds
    frame = shapely.box((west - 1) * stretch, south - 1, (east + 1) * stretch, north + 1)
    if len(points) < 2:
        return {str(named[0]): shapely.box(west - 1, south - 1, east + 1, north + 1)}, middle
    found = _tiled(points, named, frame)
    astray = _astray(points, named, found)
    if astray.any():
        found = _tiled(points[~astray], named[~astray], frame)
    return {code: shapely.transform(cell, lambda p: p / [stretch, 1.0]) for code, cell in found.items()}, middle


def _tiled(points: Any, named: Any, frame: Any) -> dict[str, Any]:
    """For each code the union of the cells of its points."""
    tiles = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=frame, ordered=True)
    parts = np.asarray(shapely.get_parts(tiles))
    found = {str(code): shapely.coverage_union_all(parts[named == code]) for code in np.unique(named)}
    return {code: cell if cell.is_valid else shapely.make_valid(cell) for code, cell in found.items()}


def _astray(points: Any, named: Any, cells: dict[str, Any]) -> Any:
    """Which towns lie alone far from their province: GeoNames has such slips, and each would tear a hole elsewhere."""
    astray = np.zeros(len(points), dtype=bool)
    spots = shapely.points(points)
    for code, cell in cells.items():
        own = np.flatnonzero(named == code)
        parts = shapely.get_parts(cell)
        if len(parts) < 2 or len(own) < _MANY:
            continue
        for part in parts:
            inside = own[shapely.covers(part, spots[own])]
            astray[inside] = len(inside) <= _FEW
    return astray
