"""Areas from a GeoJSON file, to ask for the incidents inside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trucewatch.reading import ReadingError
from trucewatch.reading.decode import decode
from trucewatch.reading.source import content_of

Inside = Callable[[float, float], bool]
"""Whether a point (longitude, latitude; degrees) lies in the areas."""


def areas(file: str) -> Inside:
    """The areas of a GeoJSON file (Polygon, MultiPolygon, Feature or FeatureCollection; RFC 7946) as a question.

    Raises ``ReadingError`` where the file cannot be read or holds no area.
    """
    try:
        from shapely import Point, make_valid, prepare, unary_union
        from shapely.geometry import shape
    except ImportError:
        raise ReadingError("areas need shapely: pip install 'trucewatch[exports]', or give a box W,S,E,N") from None
    try:
        data = json.loads(decode(content_of(Path(file))).text)
        shapes = [make_valid(shape(geometry)) for geometry in _geometries(data)]
    except ReadingError as fault:
        raise ReadingError(f"{file}: {fault}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise ReadingError(f"{file} is no GeoJSON of areas ({' '.join(str(fault).split())[:100]})") from None
    whole = unary_union([s for s in shapes if s.area > 0])
    if whole.is_empty:
        raise ReadingError(f"{file} holds no area: draw a Polygon")
    prepare(whole)
    return lambda lon, lat: bool(whole.covers(Point(lon, lat)))


def _geometries(data: Any) -> list[Any]:
    kind = data["type"]
    if kind == "FeatureCollection":
        return [g for feature in data["features"] for g in _geometries(feature)]
    if kind == "Feature":
        return [data["geometry"]] if data["geometry"] else []
    if kind == "GeometryCollection":
        return list(data["geometries"])
    return [data]
